import DrydockExchange
import DrydockJSON
import DrydockSchema

/// Makes contracts of an OpenAPI document.
///
///     paths./orders.post                  →  create-order-request, -response, -error
///     webhooks.orderShipped.post          →  order-shipped
///     x-drydock-contracts (our exports)   →  the contracts as they were
struct OpenAPIImporter {
  var source: ImportSource
  let settings: ContractImport.Settings
  var contracts: [ImportedContract] = []
  var requests: SchemaExtractor
  var responses: SchemaExtractor
  var names = UniqueNames()
  let info: (title: String, version: String?)
  let isOwn: Bool

  private static let methods = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
  ]
  private static let itemMembers: Set<String> = [
    "summary", "description", "servers", "parameters", "$ref",
  ]

  init(_ source: ImportSource, _ settings: ContractImport.Settings) {
    self.source = source
    self.settings = settings
    let root = source.root
    isOwn = root[ExportMember.version] != nil
    info = (root["info"]?["title"]?.string ?? "", root["info"]?["version"]?.string)
    let isOld = root["openapi"]?.string?.hasPrefix("3.0") ?? false
    let rewritten = isOwn ? nil : OpenAPIDocument(source.document)
    let rules = isOld ? SchemaExtractor.Rules.openAPI30 : .modern
    requests = SchemaExtractor(rewritten?.requests ?? source.document, rules: rules)
    responses = SchemaExtractor(rewritten?.responses ?? source.document, rules: rules)
    requests.keepsAll = isOwn
    responses.keepsAll = isOwn
  }

  mutating func run() {
    let root = source.rootPlace
    if !isOwn {
      guard let platform = settings.platform, !platform.isEmpty, settings.kind != nil else {
        return source.refuse(
          "the document does not say which platform it is about; name it and its kind",
          "import-no-platform",
          at: .root
        )
      }
    }
    for path in root["paths"]?.members ?? [] where !path.name.hasPrefix("x-") {
      readItem(path.place) { importer, method, operation, item in
        importer.readOperation(path.name, method, operation, item)
      }
    }
    for hook in root["webhooks"]?.members ?? [] {
      readItem(hook.place) { importer, method, operation, item in
        importer.readWebhook(hook.name, method, operation, item)
      }
    }
    for response in root["components"]?["responses"]?.members ?? [] where isOwn {
      readOwn(response.place, OpenAPIContext(part: .response))
    }
    leaveOutShared(root)
  }

  private mutating func leaveOutShared(_ root: ImportSource.Place) {
    guard !isOwn else { return }
    leaveOutSecurity(root["security"])
    for scheme in root["components"]?["securitySchemes"]?.members ?? [] {
      source.leaveOut(
        "security scheme '\(scheme.name)' is not carried over",
        "import-security",
        at: scheme.place.pointer
      )
    }
  }

  mutating func leaveOutSecurity(_ place: ImportSource.Place?) {
    guard let place, !place.elements.isEmpty else { return }
    source.leaveOut("'security' is not carried over", "import-security", at: place.pointer)
  }

  /// Reads the operations of a path or webhook.
  private mutating func readItem(
    _ place: ImportSource.Place,
    _ body: (inout Self, String, ImportSource.Place, ImportSource.Place) -> Void
  ) {
    guard let item = source.resolved(place) else { return }
    if item.value.kind != .object {
      return source.refuse("expected an object", "import-wrong-type", at: item.pointer)
    }
    for member in item.members {
      guard contracts.count < ContractImport.contractsMax else {
        return source.refuse(
          "expected at most \(ContractImport.contractsMax) contracts, found more",
          "import-too-large",
          at: item.pointer
        )
      }
      if OpenAPIImporter.methods.contains(member.name) {
        body(&self, member.name.uppercasedASCII, member.place, item)
      } else if !OpenAPIImporter.itemMembers.contains(member.name), !member.name.hasPrefix("x-") {
        source.leaveOut(
          "'\(member.name)' is no method that is known here",
          "import-keyword",
          at: member.place.pointer
        )
      }
    }
  }

  // MARK: Paths

  private mutating func readOperation(
    _ path: String,
    _ method: String,
    _ operation: ImportSource.Place,
    _ item: ImportSource.Place
  ) {
    let servers = operation["servers"] ?? item["servers"] ?? source.rootPlace["servers"]
    let address = ServerAddress(servers, &source)
    var context = OpenAPIContext(part: .request)
    context.hosts = address.hosts
    context.method = method
    context.path = template(address.base + path, at: operation.pointer)
    context.operation = operation
    if isOwn { return readOwnOperation(operation, context) }
    let identifier = operation["operationId"]?.string.map { MessageName.kebab($0) } ?? ""
    let name =
      identifier.isEmpty ? MessageName.kebab("\(method.lowercasedASCII) \(path)") : identifier
    context.name = names.take(name)
    context.title = operation["summary"]?.string ?? "\(method) \(path)"
    leaveOutAround(operation, item)
    readRequest(operation, context)
    readResponses(operation, context)
  }

  /// Returns a path as a template; what a template cannot say is said.
  private mutating func template(_ path: String, at place: JSONPointer) -> String {
    var text = path
    if let end = text.firstIndex(where: { $0 == "?" || $0 == "#" }) {
      text = String(text[..<end])
      source.warn("the query in the path does not count", "import-path", at: place)
    }
    if PathTemplate(text) != nil { return text }
    let segments = text.split(separator: "/", omittingEmptySubsequences: false).map { segment in
      guard PathTemplate("/" + segment) == nil else { return String(segment) }
      guard let open = segment.firstIndex(of: "{"), let close = segment.lastIndex(of: "}"),
        open < close
      else { return String(segment.filter { !"{}".contains($0) }) }
      let name = MessageName.kebab(String(segment[open..<close]))
      return "\(segment[..<open]){\(name)}\(segment[segment.index(after: close)...])"
    }
    source.warn("variables that share a segment are taken as one", "import-path", at: place)
    return segments.joined(separator: "/")
  }

  private mutating func leaveOutAround(_ operation: ImportSource.Place, _ item: ImportSource.Place)
  {
    leaveOutExtras(of: operation)
    for parameter in parameters(of: operation, item) {
      let isPath = parameter["in"]?.string == "path"
      if isPath, parameter["schema"].map(isPlainText) ?? true { continue }
      leaveOut(parameter: parameter)
    }
  }

  /// Says what operations of any kind can have that contracts cannot.
  mutating func leaveOutExtras(of operation: ImportSource.Place) {
    leaveOutSecurity(operation["security"])
    for callback in operation["callbacks"]?.members ?? [] {
      source.leaveOut(
        "callback '\(callback.name)' is not carried over",
        "import-callback",
        at: callback.place.pointer
      )
    }
  }

  /// Returns the parameters of an operation, those of its path first.
  mutating func parameters(
    of operation: ImportSource.Place,
    _ item: ImportSource.Place
  ) -> [ImportSource.Place] {
    [item["parameters"], operation["parameters"]].flatMap { $0?.elements ?? [] }
      .compactMap { source.resolved($0) }
  }

  /// Says that a parameter is not carried over.
  mutating func leaveOut(parameter: ImportSource.Place) {
    let (place, name) = (parameter["in"]?.string ?? "", parameter["name"]?.string ?? "")
    source.leaveOut(
      "\(place) parameter '\(name)' is not carried over",
      "import-parameter",
      at: parameter.pointer
    )
  }

  /// Whether a schema says no more than that there is text.
  private func isPlainText(_ schema: ImportSource.Place) -> Bool {
    schema.value.members.allSatisfy { member in
      (member.name == "type" && member.value.string == "string")
        || ["example", "examples", "description", "title"].contains(member.name)
    }
  }
}

/// Where in a document a message is, and what is known of it so far.
struct OpenAPIContext {
  var part: Contract.Part
  var name = ""
  var title = ""
  var hosts: [String] = []
  var method: String?
  var path: String?
  var statuses: [String] = []
  var headers: [HeaderField] = []
  var channel = Channel.http
  var operation: ImportSource.Place?
}

extension StringProtocol {
  /// The text with small letters of ASCII made capitals.
  var uppercasedASCII: String {
    String(
      decoding: utf8.map { (0x61...0x7A).contains($0) ? $0 - 0x20 : $0 },
      as: UTF8.self
    )
  }
}
