public import DrydockExchange
import DrydockJSON
import DrydockKernel

/// Takes credentials and people out of messages before anything is written.
///
/// It fails closed: of a message that nobody knows no payload is written, nor of one that should
/// have secrets in it and cannot be read. Besides what contracts name, everything goes whose name
/// or form gives it away as a credential, and any copy of it elsewhere in the exchange, as well as
/// copies of what a payload says about people.
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
    var people = PersonalList(pseudonyms)
    return redacted(request, response, &people)
  }

  /// Returns an exchange as it may be written, and adds what it says about people.
  package func redacted(
    _ request: Request,
    _ response: Response?,
    _ people: inout PersonalList
  ) -> (Request, Response?) {
    let known = knowledge(request, response)
    var secrets = SecretList()
    var asked = request
    asked.headers = redacted(request.headers, known.request, &secrets, &people)
    let target = redacted(target: request.target, known.request, &secrets, &people)
    let body = redacted(request.body, request.headers, known.request, &secrets, &people)
    var answered = response
    var answer = Body.text([])
    if let response {
      answered?.headers = redacted(response.headers, known.response, &secrets, &people)
      answer = redacted(response.body, response.headers, known.response, &secrets, &people)
    }
    asked.target = secrets.removed(from: removed(people, from: target))
    asked.headers = removed(people, from: asked.headers)
    asked.body = body.bytes(without: people)
    secrets.remove(from: &asked.headers, &asked.body)
    if var response = answered {
      response.headers = removed(people, from: response.headers)
      response.body = answer.bytes(without: people)
      secrets.remove(from: &response.headers, &response.body)
      answered = response
    }
    return (asked, answered)
  }

  /// An empty list of what is said about people, to be filled by redacting.
  package var nobody: PersonalList { PersonalList(pseudonyms) }

  /// A body in which values are replaced, but not yet their copies.
  private enum Body {
    case text([UInt8])
    case document(JSONDocument, DocumentRedaction)

    func bytes(without people: PersonalList) -> [UInt8] {
      switch self {
      case .text(let bytes): return people.removed(from: bytes) ?? bytes
      case .document(let document, var redaction):
        redaction.visitCopies(document.root, of: people)
        return redaction.applied(to: document.bytes)
      }
    }
  }

  private func redacted(
    _ headers: HeaderFields,
    _ confidential: Confidential?,
    _ secrets: inout SecretList,
    _ people: inout PersonalList
  ) -> HeaderFields {
    let secret = Self.names(confidential?.secret, after: "header:")
    let personal = Self.names(confidential?.personal, after: "header:")
    return HeaderFields(
      headers.fields.map { field in
        if personal.contains(where: { HeaderFields.sameName($0, field.name) }) {
          people.add(field.value)
          return HeaderField(field.name, pseudonyms.pseudonym(of: field.value))
        }
        let isSecret =
          Redaction.isSecret(header: field.name) || Redaction.isSecret(value: field.value)
          || secret.contains { HeaderFields.sameName($0, field.name) }
        guard isSecret else { return field }
        secrets.add(header: field.value)
        return HeaderField(field.name, Redaction.mark)
      }
    )
  }

  /// Returns the names in places of one kind, such as `header:`.
  private static func names(_ places: [String]?, after start: String) -> [String] {
    (places ?? []).filter { $0.hasPrefix(start) }.map { String($0.dropFirst(start.count)) }
  }

  /// Returns a target whose query is redacted; what bodies call personal is so in a query too.
  private func redacted(
    target: String,
    _ confidential: Confidential?,
    _ secrets: inout SecretList,
    _ people: inout PersonalList
  ) -> String {
    guard let mark = target.firstIndex(of: "?") else { return target }
    var named = Confidential()
    named.secret = Self.names(confidential?.secret, after: "query:").map { "/\($0)" }
    named.personal = Self.names(confidential?.personal, after: "query:").map { "/\($0)" }
    for place in confidential?.personal ?? [] where place.hasPrefix("/") {
      if let name = place.split(separator: "/").last, name != "*" {
        named.personal.append("/\(name)")
      }
    }
    let query = target[target.index(after: mark)...]
    return target[...mark] + redacted(form: query, named, &secrets, &people)
  }

  /// Returns a target in which nobody is named, also in another encoding.
  private func removed(_ people: PersonalList, from target: String) -> String {
    let marks: Set<Character> = ["/", "?", "&", "="]
    var result = ""
    var part = ""
    func flush() {
      let plain = PercentEncoding.decode(part[...])
      let other = people.removed(from: plain)
      result += other == plain ? part : PercentEncoding.encode(other)
      part = ""
    }
    for character in target {
      guard marks.contains(character) else {
        part.append(character)
        continue
      }
      flush()
      result.append(character)
    }
    flush()
    return result
  }

  private func removed(_ people: PersonalList, from headers: HeaderFields) -> HeaderFields {
    HeaderFields(
      headers.fields.map { HeaderField($0.name, people.removed(from: $0.value)) }
    )
  }

  private func redacted(
    _ body: [UInt8],
    _ headers: HeaderFields,
    _ confidential: Confidential?,
    _ secrets: inout SecretList,
    _ people: inout PersonalList
  ) -> Body {
    guard !body.isEmpty else { return .text(body) }
    guard let confidential else { return .text(Array(Redaction.mark.utf8)) }
    let document: JSONDocument
    do {
      document = try JSONDocument.parse(body)
    } catch {
      // What is no JSON is a form, or it is text without members.
      let isForm = headers["Content-Type"]?.contains("x-www-form-urlencoded") == true
      if isForm, let text = String(validating: body, as: UTF8.self) {
        let form = redacted(form: text[...], confidential, &secrets, &people)
        return .text(Array(form.utf8))
      }
      let places = confidential.secret + confidential.personal
      return .text(
        places.allSatisfy { !$0.hasPrefix("/") } ? body : Array(Redaction.mark.utf8)
      )
    }
    var redaction = DocumentRedaction(confidential, pseudonyms)
    redaction.visit(document.root)
    secrets.add(redaction.secrets)
    for text in redaction.personal { people.add(text) }
    return .document(document, redaction)
  }

  /// Returns a form, or a query, with its values redacted.
  private func redacted(
    form: Substring,
    _ confidential: Confidential,
    _ secrets: inout SecretList,
    _ people: inout PersonalList
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
        people.add(value)
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
