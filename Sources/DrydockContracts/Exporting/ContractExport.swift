import DrydockExchange
import DrydockJSON

/// The catalogue as a document of another kind.
///
///     http      →  paths       request and response bodies
///     webhook   →  webhooks    or channels, operations and messages
///     the rest  →  x-drydock-contracts: meaning, what is confidential, names, versions
///
/// An import of the document gives the same contracts again.
///
/// - Source: OpenAPI 3.1.1, AsyncAPI 3.0.
package struct ContractExport: Sendable {
  let contracts: [ExportedContract]
  let title: String

  /// Takes contracts out of a catalogue's files, which are read without diagnostics.
  ///
  /// - Parameters:
  ///   - files: Every file below the catalogue's folder; examples that are valid are exported too.
  ///   - platform: The platform whose contracts are wanted; all unless given.
  package init(files: [ContractCatalog.File], platform: String? = nil) {
    let wanted = files.filter { platform == nil || $0.path.hasPrefix("\(platform ?? "")/") }
    contracts = ExportedContract.all(wanted)
    var platforms: [String] = []
    for contract in contracts where platforms.last != contract.platform {
      platforms.append(contract.platform)
    }
    title = "Contracts of " + platforms.joined(separator: ", ")
  }

  /// How many contracts there are.
  package var count: Int { contracts.count }

  /// How many of them are no webhooks, which AsyncAPI leaves out.
  package var callsCount: Int { contracts.count { !$0.isWebhook } }

  /// What only `info` says.
  var info: JSONNode { ["title": .string(title), "version": "1.0"] }
}

/// A contract as its files say it.
struct ExportedContract: Sendable {
  let folder: String
  let platform: String
  let message: String
  let node: JSONNode
  let schema: JSONNode?
  let examples: [(name: String, value: JSONNode)]
  let recognised: ImportedContract.Recognised

  var part: String { text("part") }
  var channel: String { text("channel") }
  var title: String { text("title") }
  var isRequest: Bool { part == Contract.Part.request.rawValue }
  /// Whether it is a message that somebody sends unasked.
  var isWebhook: Bool { channel != Channel.http.rawValue && isRequest }

  /// The media type of the body; nothing where there is none.
  var mediaType: String? {
    switch node["format"] {
    case "form": "application/x-www-form-urlencoded"
    case "none": nil
    default: "application/json"
    }
  }

  func text(_ name: String) -> String {
    if case .string(let text) = node[name] { text } else { "" }
  }

  /// Reads contracts, sorted by folder; what cannot be read is not there.
  static func all(_ files: [ContractCatalog.File]) -> [ExportedContract] {
    var nodes: [String: JSONNode] = [:]
    var examples: [String: [(name: String, value: JSONNode)]] = [:]
    for file in files.sorted(by: { $0.path < $1.path }) {
      let parts = file.path.split(separator: "/").map(String.init)
      guard parts.count > 3, let document = try? JSONDocument.parse(file.bytes) else { continue }
      let folder = parts[..<3].joined(separator: "/")
      if parts.count == 4 {
        nodes[file.path] = JSONNode(document.root)
      } else if parts.count == 6, parts[3...4].elementsEqual(["examples", "valid"]) {
        let name = String(parts[5].dropLast(".json".count))
        examples[folder, default: []].append((name, JSONNode(document.root)))
      }
    }
    return nodes.keys.filter { $0.hasSuffix("/contract.json") }.sorted().map { path in
      let folder = String(path.dropLast("/contract.json".count))
      let parts = folder.split(separator: "/").map(String.init)
      let node = nodes[path] ?? .null
      return ExportedContract(
        folder: folder,
        platform: parts[0],
        message: parts[1],
        node: node,
        schema: nodes["\(folder)/schema.json"],
        examples: examples[folder] ?? [],
        recognised: ImportedContract.Recognised(node["recognise"] ?? .null)
      )
    }
  }
}

extension ImportedContract.Recognised {
  /// Reads the value of `recognise`.
  init(_ node: JSONNode) {
    self.init()
    hosts = node["hosts"]?.texts ?? []
    if case .string(let text) = node["method"] { method = text }
    if case .string(let text) = node["path"] { path = text }
    statuses = node["status"]?.texts ?? []
    if case .object(let members) = node["headers"] {
      headers = members.compactMap { member in
        if case .string(let text) = member.value { HeaderField(member.name, text) } else { nil }
      }
    }
    if case .object(let members) = node["body"] {
      body = members.map { Condition(pointer: $0.name, values: $0.value.texts) }
    }
  }

  /// Returns what differs from what a document says in its own way; nothing where nothing does.
  func node(besides native: Self) -> JSONNode? {
    var difference = JSONNode.object([])
    let own = node
    for (name, isSame) in [
      ("hosts", hosts == native.hosts), ("method", method == native.method),
      ("path", path == native.path), ("headers", headers == native.headers),
      ("status", statuses == native.statuses), ("body", body == native.body),
    ] where !isSame {
      let isList = name == "hosts" || name == "status"
      let isObject = name == "headers" || name == "body"
      difference[name] = own[name] ?? (isList ? [] : isObject ? .object([]) : .null)
    }
    // As the value of an expression `nil` would be JSON's null here.
    if difference == .object([]) { return nil }
    return difference
  }
}

extension JSONNode {
  /// The texts of an array of scalars, or of one.
  var texts: [String] {
    switch self {
    case .array(let elements): elements.flatMap(\.texts)
    case .string(let text): [text]
    case .number(let number): [number.text]
    case .boolean(let truth): [truth ? "true" : "false"]
    case .null, .object: []
    }
  }
}
