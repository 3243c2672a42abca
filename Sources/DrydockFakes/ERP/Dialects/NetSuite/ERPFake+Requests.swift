import DrydockExchange
import DrydockJSON
import DrydockKernel

/// Reads what requests ask for beside their body, and finds records.
extension ERPFake {
  func query(_ request: Request) throws(NetSuiteError) -> Response {
    guard request.headers["Prefer"]?.contains("transient") ?? false else {
      throw NetSuiteError(
        400,
        "INVALID_HEADER",
        "The required request header 'Prefer: transient' is missing.",
        at: .header("Prefer")
      )
    }
    guard let root = try root(of: request, isOptional: false), let text = root["q"]?.string else {
      throw .malformed
    }
    let engine = SuiteQLEngine(books: records, host: settings.host)
    return success(
      engine.body(try SuiteQLQuery(parsing: text), page: try NetSuitePage(request)),
      type: "collection"
    )
  }

  /// Returns the body as JSON; nothing for an empty one where that is allowed.
  func root(
    of request: Request,
    isOptional: Bool
  ) throws(NetSuiteError) -> JSONValue? {
    if request.body.isEmpty, isOptional { return nil }
    let type = request.headers["Content-Type"] ?? ""
    guard
      type.hasPrefix("application/json") || type.hasPrefix("application/vnd.oracle.resource+json")
    else {
      throw NetSuiteError(
        415,
        "UNSUPPORTED_MEDIA_TYPE",
        "The Content-Type '\(type)' is not supported.",
        at: .header("Content-Type")
      )
    }
    guard request.body.count <= ERPLimits.bodyBytesMax else { throw .malformed }
    do {
      let root = try JSONDocument.parse(request.body).root
      guard root.kind == .object else { throw NetSuiteError.malformed }
      return root
    } catch {
      throw .malformed
    }
  }

  func document(
    _ root: JSONValue?,
    _ body: inout NetSuiteBody
  ) throws(NetSuiteError) -> ERPDocumentDraft {
    guard let root else { return ERPDocumentDraft() }
    return try body.document(root)
  }

  func find(_ kind: ERPRecordKind, _ key: NetSuiteRoute.Key) -> ERPRecordAddress? {
    let index: Int? =
      switch key {
      case .id(let id): records.position(of: kind, id: id)
      case .external(let text): records.position(of: kind, externalID: text)
      case .other: nil
      }
    return index.map { ERPRecordAddress(kind: kind, index: $0) }
  }

  func required(
    _ kind: ERPRecordKind,
    _ key: NetSuiteRoute.Key,
    _ request: Request
  ) throws(NetSuiteError) -> ERPRecordAddress {
    guard let address = find(kind, key) else { throw .noRecord(request.path) }
    return address
  }

  /// What becomes of names that the platform does not know.
  enum Validation {
    case ignore
    case warning
    case error
  }

  func validation(_ request: Request) -> Validation? {
    switch request.headers["X-NetSuite-PropertyNameValidation"]?.lowercased() {
    case nil, "warning": .warning
    case "ignore": .ignore
    case "error": .error
    default: nil
    }
  }

  /// Refuses names that the platform does not know, where the caller asks for it.
  func requireKnownNames(
    _ body: NetSuiteBody,
    _ request: Request
  ) throws(NetSuiteError) {
    guard let validation = validation(request) else {
      throw NetSuiteError(
        400,
        "INVALID_HEADER",
        "Expected Ignore, Warning or Error.",
        at: .header("X-NetSuite-PropertyNameValidation")
      )
    }
    guard validation == .error, let name = body.unknown.first else { return }
    throw NetSuiteError(
      400,
      "INVALID_CONTENT",
      "Unknown reference or field name: \(name)",
      at: .path(name)
    )
  }

  func replacesLines(_ request: Request) throws(NetSuiteError) -> Bool {
    guard request.hasQuery, let replaced = request.queryItem("replace") else { return false }
    guard replaced == "item" else {
      throw .parameter("replace", "'\(replaced)' is no sublist of this record.")
    }
    return true
  }

  func style(_ request: Request) -> NetSuiteStyle {
    var style = NetSuiteStyle(host: settings.host, generation: settings.generation)
    guard request.hasQuery else { return style }
    style.expands = request.queryItem("expandSubResources") == "true"
    style.bareEnumerations = request.queryItem("simpleEnumFormat") == "true"
    style.fields = request.queryItem("fields")?.split(separator: ",").map(String.init)
    return style
  }

  func success(_ body: [UInt8], type: String) -> Response {
    Response(
      200,
      headers: [
        "Content-Type": "application/vnd.oracle.resource+json; type=\(type); charset=UTF-8"
      ],
      body: body
    )
  }

  /// Runs a command of the books, saying its refusal in the platform's words.
  static func translating<Value>(
    _ list: String = "item.items",
    _ body: () throws(ERPRefusal) -> Value
  ) throws(NetSuiteError) -> Value {
    do throws(ERPRefusal) {
      return try body()
    } catch {
      throw NetSuiteError(error, list: list)
    }
  }
}

extension Request {
  /// Whether there is anything to look for behind a question mark.
  var hasQuery: Bool { target.utf8.contains(UInt8(ascii: "?")) }
}
