import DrydockExchange
import DrydockJSON

extension ContractExport {
  /// Returns the catalogue as an OpenAPI 3.1 document.
  package func openAPI() -> [UInt8] {
    OpenAPIWriter(self).document.bytes(pretty: true) + [0x0A]
  }
}

/// Writes contracts as paths, webhooks and components.
struct OpenAPIWriter {
  private let schemas: ExportedSchemas
  private var paths: [JSONNode.Member] = []
  private var webhooks: [JSONNode.Member] = []
  private var requests: [JSONNode.Member] = []
  private var responses: [JSONNode.Member] = []
  /// The template a path is written by, by its shape.
  private var templates: [String: String] = [:]
  /// What the document says of each operation in its own way, by path and method.
  private var natives: [String: ImportedContract.Recognised] = [:]
  private var names = UniqueNames()
  private(set) var document: JSONNode = .null

  private static let methods: Set<String> = [
    "GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE",
  ]

  init(_ export: ContractExport) {
    schemas = ExportedSchemas(export.contracts)
    // Requests go first: an operation's servers are those of what is asked.
    for contract in export.contracts where contract.isRequest { add(contract) }
    for contract in export.contracts where !contract.isRequest { add(contract) }
    var components: JSONNode = ["schemas": .object(schemas.components)]
    if !requests.isEmpty { components["requestBodies"] = .object(requests) }
    if !responses.isEmpty { components["responses"] = .object(responses) }
    var document: JSONNode = [
      "openapi": "3.1.0", "info": export.info, ExportMember.version: 1,
      "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
      "paths": .object(paths),
    ]
    if !webhooks.isEmpty { document["webhooks"] = .object(webhooks) }
    document["components"] = components
    self.document = document
  }

  private mutating func add(_ contract: ExportedContract) {
    let method = contract.recognised.method
    if contract.isWebhook {
      addWebhook(contract, method)
    } else if let path = contract.recognised.path, let method,
      OpenAPIWriter.methods.contains(method), contract.channel == Channel.http.rawValue
    {
      addOperation(contract, path, method)
    } else {
      addComponent(contract)
    }
  }

  // MARK: Paths

  private mutating func addOperation(
    _ contract: ExportedContract,
    _ path: String,
    _ method: String
  ) {
    let shape = OpenAPIWriter.shape(path)
    let template = templates[shape] ?? path
    templates[shape] = template
    let key = "\(method) \(template)"
    var native = natives[key] ?? ImportedContract.Recognised()
    let position = paths.firstIndex { $0.name == template } ?? paths.count
    if position == paths.count {
      paths.append(.init(template, OpenAPIWriter.item(template)))
    }
    let member = method.lowercasedASCII
    var operation = paths[position].value[member] ?? .null
    if operation == .null {
      native.hosts = contract.recognised.hosts
      native.method = method
      native.path = template
      natives[key] = native
      let name =
        contract.message.hasSuffix("-\(contract.part)")
        ? String(contract.message.dropLast(contract.part.count + 1)) : contract.message
      operation = [
        "operationId": .string(names.take("\(contract.platform)-\(name)")),
        "summary": .string(contract.title), "tags": [.string(contract.platform)],
      ]
      if !native.hosts.isEmpty {
        operation["servers"] = .array(native.hosts.map(OpenAPIWriter.server))
      }
    }
    if contract.isRequest {
      addRequest(contract, native, &operation)
    } else {
      addResponse(contract, native, &operation)
    }
    paths[position].value[member] = operation
  }

  private static func shape(_ path: String) -> String {
    path.split(separator: "/", omittingEmptySubsequences: false).map { segment in
      guard let open = segment.firstIndex(of: "{"), let close = segment.lastIndex(of: "}") else {
        return String(segment)
      }
      return "\(segment[...open])\(segment[close...])"
    }.joined(separator: "/")
  }

  private static func item(_ path: String) -> JSONNode {
    let names = PathTemplate(path)?.names ?? []
    guard !names.isEmpty else { return .object([]) }
    let parameters = names.map { name -> JSONNode in
      ["name": .string(name), "in": "path", "required": true, "schema": ["type": "string"]]
    }
    return ["parameters": .array(parameters)]
  }

  private static func server(_ host: String) -> JSONNode {
    guard host.hasPrefix("*.") else { return ["url": .string("https://\(host)")] }
    return [
      "url": .string("https://{account}\(host.dropFirst())"),
      "variables": ["account": ["default": "example"]],
    ]
  }

  private func addRequest(
    _ contract: ExportedContract,
    _ native: ImportedContract.Recognised,
    _ operation: inout JSONNode
  ) {
    add(entry(contract, native), to: &operation)
    guard let media = contract.mediaType else { return }
    var body = operation["requestBody"] ?? ["required": true, "content": .object([])]
    add(contract, media, to: &body)
    operation["requestBody"] = body
  }

  private func addResponse(
    _ contract: ExportedContract,
    _ native: ImportedContract.Recognised,
    _ operation: inout JSONNode
  ) {
    let statuses = contract.recognised.statuses
    var keys: [String] = []
    for status in statuses.isEmpty ? ["default"] : statuses {
      let key = OpenAPIWriter.key(status)
      if !keys.contains(key) { keys.append(key) }
    }
    var responses = operation["responses"] ?? .object([])
    for (position, key) in keys.enumerated() {
      var own = native
      own.statuses = key == "default" ? [] : [key.lowercasedASCII]
      var response = responses[key] ?? ["description": .string(contract.title)]
      add(entry(contract, own), to: &response)
      if let media = contract.mediaType {
        add(contract, media, to: &response, withExamples: position == 0)
      }
      responses[key] = response
    }
    operation["responses"] = responses
  }

  /// Returns the key of a status: itself, or its range in capitals.
  private static func key(_ status: String) -> String {
    if status == "default" || Int(status) != nil { return status }
    return "\(status.prefix(1))XX"
  }

  // MARK: Webhooks and what has no place

  private mutating func addWebhook(_ contract: ExportedContract, _ method: String?) {
    var native = ImportedContract.Recognised()
    let usable = method.flatMap { OpenAPIWriter.methods.contains($0) ? $0 : nil } ?? "POST"
    native.method = usable
    native.headers = contract.recognised.headers
    var name = "\(contract.platform)-\(contract.message)"
    if webhooks.contains(where: { $0.name == name }) { name += "-\(contract.text("version"))" }
    var operation: JSONNode = [
      "operationId": .string(names.take(name)), "summary": .string(contract.title),
      "tags": [.string(contract.platform)],
    ]
    if !native.headers.isEmpty {
      operation["parameters"] = .array(
        native.headers.map { field in
          [
            "name": .string(field.name), "in": "header", "required": true,
            "schema": ["const": .string(field.value)],
          ]
        }
      )
    }
    addRequest(contract, native, &operation)
    operation["responses"] = ["2XX": ["description": "Taken"]]
    webhooks.append(.init(name, .object([.init(usable.lowercasedASCII, operation)])))
  }

  private mutating func addComponent(_ contract: ExportedContract) {
    var component: JSONNode = ["description": .string(contract.title)]
    add(entry(contract, ImportedContract.Recognised()), to: &component)
    if let media = contract.mediaType {
      add(contract, media, to: &component)
    } else if contract.isRequest {
      component["content"] = .object([])
    }
    var name = "\(contract.platform)-\(contract.message)"
    let others = contract.isRequest ? requests : responses
    if others.contains(where: { $0.name == name }) { name += "-\(contract.text("version"))" }
    if contract.isRequest {
      requests.append(.init(name, component))
    } else {
      responses.append(.init(name, component))
    }
  }

  // MARK: Parts

  /// Returns what the document cannot say of a contract.
  private func entry(
    _ contract: ExportedContract,
    _ native: ImportedContract.Recognised
  ) -> JSONNode {
    contract.entry(
      besides: native,
      channel: contract.isWebhook ? Channel.webhook.rawValue : Channel.http.rawValue,
      schemas.entries[contract.folder]
    )
  }

  private func add(_ entry: JSONNode, to place: inout JSONNode) {
    var entries: [JSONNode] = []
    if case .array(let known) = place[ExportMember.contracts] { entries = known }
    place[ExportMember.contracts] = .array(entries + [entry])
  }

  /// Adds a body to a request or response; several bodies of one place are a choice.
  private func add(
    _ contract: ExportedContract,
    _ media: String,
    to place: inout JSONNode,
    withExamples: Bool = true
  ) {
    var content = place["content"] ?? .object([])
    var type = content[media] ?? .object([])
    if let reference = schemas.entries[contract.folder]?.schema {
      let schema: JSONNode = ["$ref": .string(reference)]
      if case .array(let known) = type["schema"]?["anyOf"] {
        type["schema"] = ["anyOf": .array(known + [schema])]
      } else if let known = type["schema"] {
        type["schema"] = ["anyOf": [known, schema]]
      } else {
        type["schema"] = schema
      }
    }
    if withExamples, !contract.examples.isEmpty {
      var examples = type["examples"] ?? .object([])
      for example in contract.examples {
        let isTaken = examples[example.name] != nil
        let name = isTaken ? "\(contract.message)-\(example.name)" : example.name
        var value: JSONNode = [
          ExportMember.contract: .string(contract.folder), "value": example.value,
        ]
        if isTaken { value[ExportMember.name] = .string(example.name) }
        examples[name] = value
      }
      type["examples"] = examples
    }
    content[media] = type
    place["content"] = content
  }
}

extension ExportedContract {
  /// Returns what a document does not say of a contract in its own way.
  func entry(
    besides native: ImportedContract.Recognised,
    channel usual: String,
    _ schemas: ExportedSchemas.Entry?
  ) -> JSONNode {
    var entry = JSONNode.object([])
    for name in ["platform", "kind", "message", "version", "writtenBy"] { entry[name] = node[name] }
    if channel != usual { entry["channel"] = .string(channel) }
    for name in ImportedContract.carriedMembers { entry[name] = node[name] }
    entry["recognise"] = recognised.node(besides: native)
    if let schemas {
      entry["schema"] = .string(schemas.schema)
      if !schemas.definitions.isEmpty {
        entry["definitions"] = .object(
          schemas.definitions.map { .init($0.name, .string($0.reference)) }
        )
      }
    }
    return entry
  }
}
