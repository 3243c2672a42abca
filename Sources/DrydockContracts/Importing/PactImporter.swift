import DrydockExchange
import DrydockJSON
import DrydockKernel

/// Makes contracts of a Pact file.
///
///     interactions[*].request, response   →  post-orders-request, -response, -error
///     messages[*].contents                →  a message on a queue
///
/// Interactions of one method and path are one operation: each body is one it may have.
///
/// - Source: Pact specification 2, 3 and 4.
struct PactImporter {
  /// One thing that is expected of a request, response or message.
  struct Expectation {
    var schema: JSONNode?
    var example: ImportedContract.Example?
    var status: Int?
    var place: JSONPointer
    /// Whether there is a body that is no JSON.
    var format = Contract.Format.none
  }

  /// All that is expected of one operation.
  struct Operation {
    var method: String
    var path: String
    var requests: [Expectation] = []
    var responses: [Expectation] = []
    var place: JSONPointer
  }

  var source: ImportSource
  let settings: ContractImport.Settings
  var contracts: [ImportedContract] = []
  let version: String
  private var operations: [Operation] = []
  private var positions: [String: Int] = [:]
  private var names = UniqueNames()

  static func recognises(_ root: JSONValue) -> Bool {
    root["interactions"]?.kind == .array || root["messages"]?.kind == .array
  }

  init(_ source: ImportSource, _ settings: ContractImport.Settings) {
    self.source = source
    self.settings = settings
    let metadata = source.root["metadata"]
    let specification = metadata?["pactSpecification"] ?? metadata?["pact-specification"]
    let text = specification?["version"]?.string ?? metadata?["pactSpecificationVersion"]?.string
    version = text ?? "2.0.0"
  }

  private var provider: String { source.root["provider"]?["name"]?.string ?? "the provider" }

  mutating func run() {
    guard let platform = settings.platform, !platform.isEmpty, settings.kind != nil else {
      return source.refuse(
        "the document does not say which platform it is about; name it and its kind",
        "import-no-platform",
        at: .root
      )
    }
    let root = source.rootPlace
    for interaction in root["interactions"]?.elements ?? [] {
      guard operations.count + contracts.count < ContractImport.contractsMax else { break }
      switch interaction["type"]?.string {
      case nil, "Synchronous/HTTP": readCall(interaction)
      case "Asynchronous/Messages": readMessage(interaction)
      case "Synchronous/Messages": readDialogue(interaction)
      case let type?:
        source.leaveOut(
          "interactions of type '\(type)' are not carried over",
          "import-pact-type",
          at: interaction.pointer
        )
      }
    }
    for message in root["messages"]?.elements ?? [] { readMessage(message) }
    for operation in operations { add(operation) }
    if !operations.isEmpty {
      source.warn(
        "a Pact names no host: its paths are recognised on every host",
        "import-no-host",
        at: .root
      )
    }
  }

  // MARK: Calls

  private mutating func readCall(_ interaction: ImportSource.Place) {
    guard let request = interaction["request"], let method = request["method"]?.string,
      let path = request["path"]?.string ?? request["path"].map({ _ in "/" })
    else {
      return source.refuse(
        "expected a request with method and path",
        "import-wrong-type",
        at: interaction.pointer
      )
    }
    leaveOut(["providerState", "providerStates", "pending", "comments"], of: interaction)
    let template = PactPath.template(path, request, &source)
    let key = "\(method.uppercasedASCII) \(template)"
    let position = positions[key] ?? operations.count
    if position == operations.count {
      positions[key] = position
      operations.append(
        Operation(method: method.uppercasedASCII, path: template, place: interaction.pointer)
      )
    }
    leaveOut(["query", "generators"], of: request)
    let name = MessageName.kebab(interaction["description"]?.string ?? "")
    operations[position].requests.append(expectation(request, "body", name, isStrict: true))
    guard let response = interaction["response"] else { return }
    leaveOut(["generators"], of: response)
    if response["matchingRules"]?["status"] != nil {
      leaveOut(["status"], of: response["matchingRules"] ?? response)
    }
    var answer = expectation(response, "body", name, isStrict: false)
    answer.status = response["status"]?.value.int.flatMap { Int(exactly: $0) } ?? 200
    operations[position].responses.append(answer)
  }

  private mutating func leaveOut(_ names: [String], of place: ImportSource.Place) {
    for name in names {
      guard let member = place[name], !member.value.isNull, !isEmpty(member.value) else { continue }
      source.leaveOut("'\(name)' is not carried over", "import-pact-part", at: member.pointer)
    }
  }

  private func isEmpty(_ value: JSONValue) -> Bool {
    switch value.kind {
    case .array, .object: value.count == 0
    case .string: value.string?.isEmpty ?? true
    case .boolean: value.bool == false
    case .null: true
    case .number: false
    }
  }

  /// Reads what is expected of a request, response or message.
  mutating func expectation(
    _ place: ImportSource.Place,
    _ member: String,
    _ name: String,
    isStrict: Bool
  ) -> Expectation {
    var result = Expectation(place: place.pointer)
    leaveOutHeaders(place)
    guard let body = place[member], let content = PactBody(body, place, &source) else {
      return result
    }
    result.format = .json
    let rules = place["matchingRules"]
    let isOld = rules?.members.contains { $0.name.hasPrefix("$") } ?? false
    let read =
      isOld
      ? PactRules(rules, dropping: [.name("body")], &source)
      : PactRules(rules?[member] ?? rules?["content"] ?? rules?["body"], &source)
    var builder = PactSchema(
      read,
      isStrict: isStrict,
      literalsAreEqual: settings.literalsAreEqual,
      source: source
    )
    var schema = JSONNode.object([
      .init("$schema", "https://json-schema.org/draft/2020-12/schema")
    ])
    if case .object(let members) = builder.schema(content.value) {
      for member in members { schema[member.name] = member.value }
    }
    source = builder.source
    result.schema = schema
    result.example = .init(name: name, value: content.value, place: content.place)
    return result
  }

  private mutating func leaveOutHeaders(_ place: ImportSource.Place) {
    for header in place["headers"]?.members ?? []
    where header.name.lowercasedASCII != "content-type" {
      source.leaveOut(
        "header '\(header.name)' is not carried over",
        "import-header",
        at: header.place.pointer
      )
    }
    for name in ["header", "headers", "query", "metadata"] {
      guard let rules = place["matchingRules"]?[name], rules.value.count > 0 else { continue }
      source.leaveOut(
        "rules of '\(name)' are not carried over",
        "import-pact-rule",
        at: rules.pointer
      )
    }
    for rule in place["matchingRules"]?.members ?? []
    where rule.name.hasPrefix("$.header") || rule.name.hasPrefix("$.query") {
      source.leaveOut(
        "rule '\(rule.name)' is not carried over",
        "import-pact-rule",
        at: rule.place.pointer
      )
    }
  }

  // MARK: Contracts

  private mutating func add(_ operation: Operation) {
    let words = operation.path.filter { !"{}".contains($0) }
    let name = names.take(MessageName.kebab("\(operation.method.lowercasedASCII) \(words)"))
    let title = "\(operation.method) \(operation.path)"
    add(operation.requests, operation, "\(name)-request", "\(title): what is asked")
    let successes = operation.responses.filter { ($0.status ?? 200) < 400 }
    let errors = operation.responses.filter { ($0.status ?? 200) >= 400 }
    if !successes.isEmpty {
      add(successes, operation, "\(name)-response", "\(title): the answer", isAnswer: true)
    }
    if !errors.isEmpty {
      add(errors, operation, "\(name)-error", "\(title): the refusal", isAnswer: true)
    }
  }

  private mutating func add(
    _ expectations: [Expectation],
    _ operation: Operation,
    _ message: String,
    _ title: String,
    isAnswer: Bool = false
  ) {
    var contract = contract(message, title, expectations, operation.place)
    contract.part = isAnswer ? .response : .request
    contract.writtenBy = isAnswer ? settings.writtenBy : settings.other
    contract.recognised.method = operation.method
    contract.recognised.path = operation.path
    for case let status? in expectations.map(\.status) {
      let text = String(status)
      if !contract.recognised.statuses.contains(text) { contract.recognised.statuses.append(text) }
    }
    contracts.append(contract)
  }

  /// Returns a contract of bodies, each of which the message may have.
  mutating func contract(
    _ message: String,
    _ title: String,
    _ expectations: [Expectation],
    _ place: JSONPointer
  ) -> ImportedContract {
    var contract = ImportedContract(
      platform: settings.platform ?? "",
      kind: settings.kind ?? .store,
      message: message,
      version: "1.0",
      title: ImportedContract.oneLine(title),
      source: ImportedContract.oneLine("Pact with \(provider)"),
      channel: .http,
      writtenBy: settings.writtenBy,
      part: .request,
      format: .none,
      place: place
    )
    var schemas: [JSONNode] = []
    var seen: Set<JSONNode> = []
    for case let schema? in expectations.map(\.schema) where seen.insert(schema).inserted {
      schemas.append(schema)
    }
    guard let first = schemas.first else { return contract }
    if let bare = expectations.first(where: { $0.schema == nil }) {
      source.leaveOut(
        "that the body may be missing is not carried over",
        "import-optional-body",
        at: bare.place
      )
    }
    contract.format = .json
    contract.schema = first
    if schemas.count > 1 {
      let branches = schemas.map { schema in
        var branch = schema
        branch["$schema"] = nil
        return branch
      }
      contract.schema = [
        "$schema": "https://json-schema.org/draft/2020-12/schema", "anyOf": .array(branches),
      ]
    }
    contract.origins = ["": expectations.first { $0.schema != nil }?.place ?? place]
    contract.examples = expectations.compactMap(\.example)
    return contract
  }

  mutating func take(_ name: String) -> String { names.take(name) }
}
