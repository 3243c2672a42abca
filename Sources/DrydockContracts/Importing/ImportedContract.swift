package import DrydockExchange
package import DrydockJSON

/// A contract as it is made of another document, before it is a folder of files.
package struct ImportedContract: Sendable {
  /// How the message is told from others.
  package struct Recognised: Hashable, Sendable {
    package var hosts: [String] = []
    package var method: String?
    package var path: String?
    package var headers: [HeaderField] = []
    package var statuses: [String] = []
    /// Pointers into the body, and the texts that may stand there.
    package var body: [Condition] = []

    /// A member of the body and its possible texts.
    package struct Condition: Hashable, Sendable {
      package var pointer: String
      package var values: [String]
    }
  }

  /// A document that shows what the message looks like.
  package struct Example: Hashable, Sendable {
    package var name: String
    package var value: JSONNode
    /// Where it stands in the file; nothing for one that was made.
    package var place: JSONPointer?
  }

  package var platform: String
  package var kind: PartnerKind
  package var message: String
  package var version: String
  package var apiVersion: String?
  package var title: String
  package var source: String?
  package var channel: Channel
  package var writtenBy: Contract.Writer
  package var part: Contract.Part
  package var format: Contract.Format
  package var recognised = Recognised()
  /// The schema, self-contained; nothing for a message without payload.
  package var schema: JSONNode?
  package var examples: [Example] = []
  /// What only our own exports say, such as `meaning`: members of `contract.json` as they were.
  package var extras: [JSONNode.Member] = []
  /// Where the operation or message is.
  package var place: JSONPointer
  /// Where the schema and its definitions come from; the empty name is the schema itself.
  package var origins: [String: JSONPointer] = [:]

  /// The folder below the catalogue's.
  package var folder: String { "\(platform)/\(message)/\(version)" }

  /// Members of `contract.json` that exports carry as they are.
  static let carriedMembers = [
    "apiVersion", "title", "source", "undeclared", "assertsFormat", "secret", "personal",
    "delivery", "lifecycle", "meaning",
  ]
}

extension ImportedContract {
  /// Returns `contract.json`, its members in the usual order.
  package var contractNode: JSONNode {
    var node: JSONNode = [
      "platform": .string(platform), "kind": .string(kind.rawValue),
      "message": .string(message), "version": .string(version),
    ]
    let carried = JSONNode.object(extras)
    node["apiVersion"] = carried["apiVersion"] ?? apiVersion.map { .string($0) }
    node["title"] = carried["title"] ?? .string(title)
    node["source"] = carried["source"] ?? source.map { .string($0) }
    node["channel"] = .string(channel.rawValue)
    node["writtenBy"] = .string(writtenBy.rawValue)
    node["part"] = .string(part.rawValue)
    node["format"] = .string(format.rawValue)
    node["recognise"] = recognised.node
    if schema != nil {
      node["schema"] = "schema.json"
      if extras.isEmpty {
        node["undeclared"] = "allowed"
        node["assertsFormat"] = false
      }
    }
    for name in ["undeclared", "assertsFormat", "secret", "personal", "delivery", "lifecycle"] {
      if let value = carried[name] { node[name] = value }
    }
    if carried["lifecycle"] == nil, extras.isEmpty { node["lifecycle"] = ["status": "active"] }
    node["meaning"] = carried["meaning"]
    return node
  }

  /// The files of the contract's folder, by their paths, before they are text.
  package var parts: [(path: String, node: JSONNode)] {
    var parts = [("\(folder)/contract.json", contractNode)]
    if let schema { parts.append(("\(folder)/schema.json", schema)) }
    for example in examples {
      parts.append(("\(folder)/examples/valid/\(example.name).json", example.value))
    }
    return parts
  }

  /// Returns the files of the contract's folder.
  package var files: [ContractCatalog.File] {
    parts.map { ContractCatalog.File(path: $0.path, bytes: ImportedContract.text(of: $0.node)) }
  }

  /// Returns the text of a file.
  package static func text(of node: JSONNode) -> [UInt8] {
    node.bytes(pretty: true) + [0x0A]
  }
}

extension ImportedContract.Recognised {
  /// The value of `recognise`.
  package var node: JSONNode {
    var node = JSONNode.object([])
    if !hosts.isEmpty { node["hosts"] = .array(hosts.map { .string($0) }) }
    node["method"] = method.map { .string($0) }
    node["path"] = path.map { .string($0) }
    if !headers.isEmpty {
      node["headers"] = .object(headers.map { .init($0.name, .string($0.value)) })
    }
    if !statuses.isEmpty { node["status"] = .array(statuses.map { .string($0) }) }
    if !body.isEmpty {
      node["body"] = .object(
        body.map { .init($0.pointer, .array($0.values.map { .string($0) })) }
      )
    }
    return node
  }
}
