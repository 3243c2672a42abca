public import DrydockExchange
import DrydockJSON
import DrydockKernel

/// Takes credentials and people out of messages before anything is written.
///
/// It fails closed: of a message that nobody knows no payload is written, nor of one that should
/// have secrets in it and cannot be read. Besides what contracts name, everything goes whose name
/// or form gives it away as a credential, and any copy of it elsewhere in the exchange.
///
/// What is left is the original, byte for byte: values are replaced where they stand.
public struct Redactor: Sendable {
  /// Says what is confidential in the two halves of an exchange; nothing for an unknown half.
  public typealias Knowledge =
    @Sendable (Request, Response?) -> (request: Confidential?, response: Confidential?)

  private let knowledge: Knowledge
  private let pseudonyms: Pseudonyms

  /// Creates a redactor.
  ///
  /// - Parameters:
  ///   - pseudonyms: What stands for people.
  ///   - knowledge: Says what is confidential.
  public init(
    pseudonyms: Pseudonyms = Pseudonyms(key: "drydock"),
    knowing knowledge: @escaping Knowledge
  ) {
    self.pseudonyms = pseudonyms
    self.knowledge = knowledge
  }

  /// A redactor that goes by names alone and leaves all else, for recordings that are not ours.
  public static let byName = Redactor { _, _ in (Confidential(), Confidential()) }

  /// Returns an exchange as it may be written.
  ///
  /// - Complexity: Linear in its bytes.
  public func redacted(_ request: Request, _ response: Response?) -> (Request, Response?) {
    let known = knowledge(request, response)
    var secrets = SecretList()
    var asked = request
    asked.target = redacted(target: request.target, &secrets)
    asked.headers = redacted(request.headers, known.request, &secrets)
    asked.body = redacted(request.body, request.headers, known.request, &secrets)
    var answered = response
    if let response {
      answered?.headers = redacted(response.headers, known.response, &secrets)
      answered?.body = redacted(response.body, response.headers, known.response, &secrets)
    }
    secrets.remove(from: &asked.headers, &asked.body)
    asked.target = secrets.removed(from: asked.target)
    if var response = answered {
      secrets.remove(from: &response.headers, &response.body)
      answered = response
    }
    return (asked, answered)
  }

  private func redacted(
    _ headers: HeaderFields,
    _ confidential: Confidential?,
    _ secrets: inout SecretList
  ) -> HeaderFields {
    let declared = (confidential?.secret ?? []).filter { $0.hasPrefix("header:") }
      .map { String($0.dropFirst("header:".count)) }
    return HeaderFields(
      headers.fields.map { field in
        let isSecret =
          Redaction.isSecret(header: field.name) || Redaction.isSecret(value: field.value)
          || declared.contains { HeaderFields.sameName($0, field.name) }
        guard isSecret else { return field }
        secrets.add(header: field.value)
        return HeaderField(field.name, Redaction.mark)
      }
    )
  }

  private func redacted(target: String, _ secrets: inout SecretList) -> String {
    guard let mark = target.firstIndex(of: "?") else { return target }
    let query = redacted(form: target[target.index(after: mark)...], Confidential(), &secrets)
    return target[...mark] + query
  }

  private func redacted(
    _ body: [UInt8],
    _ headers: HeaderFields,
    _ confidential: Confidential?,
    _ secrets: inout SecretList
  ) -> [UInt8] {
    guard !body.isEmpty else { return body }
    guard let confidential else { return Array(Redaction.mark.utf8) }
    let document: JSONDocument
    do {
      document = try JSONDocument.parse(body)
    } catch {
      // What is no JSON is a form, or it is text without members.
      let isForm = headers["Content-Type"]?.contains("x-www-form-urlencoded") == true
      if isForm, let text = String(validating: body, as: UTF8.self) {
        return Array(redacted(form: text[...], confidential, &secrets).utf8)
      }
      let places = confidential.secret + confidential.personal
      return places.allSatisfy { $0.hasPrefix("header:") } ? body : Array(Redaction.mark.utf8)
    }
    var redaction = DocumentRedaction(confidential, pseudonyms)
    redaction.visit(document.root)
    secrets.add(redaction.secrets)
    return redaction.applied(to: body)
  }

  /// Returns a form, or a query, with its values redacted.
  private func redacted(
    form: Substring,
    _ confidential: Confidential,
    _ secrets: inout SecretList
  ) -> String {
    form.split(separator: "&", omittingEmptySubsequences: false).map { item in
      guard let equals = item.firstIndex(of: "=") else { return String(item) }
      let name = PercentEncoding.decode(item[..<equals])
      let value = PercentEncoding.decode(item[item.index(after: equals)...])
      if Redaction.isSecret(member: name) || confidential.secret.contains("/\(name)") {
        secrets.add([value])
        return item[...equals] + PercentEncoding.encode(Redaction.mark)
      }
      if confidential.personal.contains("/\(name)") {
        return item[...equals] + PercentEncoding.encode(pseudonyms.pseudonym(of: value))
      }
      return String(item)
    }.joined(separator: "&")
  }
}

/// Secrets of one exchange that were found, to be looked for everywhere else in it.
struct SecretList {
  /// Shorter ones would be found in innocent places.
  private static let lengthMin = 8
  private var secrets: [String] = []

  mutating func add(_ values: [String]) {
    for value in values
    where value.utf8.count >= Self.lengthMin && value != Redaction.mark && !secrets.contains(value)
    {
      secrets.append(value)
    }
  }

  /// Adds a header's value, what stands behind its scheme, and the parts of a basic credential.
  mutating func add(header value: String) {
    add([value])
    guard let space = value.firstIndex(of: " ") else { return }
    let credential = String(value[value.index(after: space)...])
    add([credential])
    guard HeaderFields.sameName(String(value[..<space]), "Basic") else { return }
    let decoded = Base64.decode(credential).flatMap { String(validating: $0, as: UTF8.self) }
    add((decoded ?? "").split(separator: ":").map(String.init))
  }

  func remove(from headers: inout HeaderFields, _ body: inout [UInt8]) {
    guard !secrets.isEmpty else { return }
    headers = HeaderFields(headers.fields.map { HeaderField($0.name, removed(from: $0.value)) })
    for secret in secrets {
      body = body.replacing(Array(secret.utf8), with: Array(Redaction.mark.utf8))
    }
  }

  func removed(from text: String) -> String {
    secrets.reduce(text) { $0.replacing($1, with: Redaction.mark) }
  }
}
