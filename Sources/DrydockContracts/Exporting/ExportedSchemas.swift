import DrydockJSON

/// The schemas of all contracts as components of one document, each under a name of its own.
///
///     shopify/orders-create/1.0           #            →  components/schemas/shopify-orders-create
///                                         #/$defs/date →  components/schemas/shopify-date
///
/// Definitions of one platform that are the same, with all they refer to, are one component.
struct ExportedSchemas {
  /// Where the schema of a contract is, and its definitions.
  struct Entry {
    /// The schema's component, with all that goes around the schema.
    var component: String
    var schema: String
    var definitions: [(name: String, reference: String)] = []
  }

  /// What the document takes a schema for that does not say its format.
  enum Usual {
    /// JSON Schema 2020-12: nothing has to be said.
    case modern
    /// JSON Schema draft-07: what means something else there goes with its format around it.
    case draft07
  }

  private let usual: Usual
  private(set) var entries: [String: Entry] = [:]
  private(set) var components: [JSONNode.Member] = []
  private var names = UniqueNames()
  private var shared: [String: String] = [:]

  init(_ contracts: [ExportedContract], usual: Usual = .modern) {
    self.usual = usual
    let withSchema = contracts.filter { $0.schema != nil }
    var roots: [String: String] = [:]
    for contract in withSchema {
      roots[contract.folder] = take("\(contract.platform)-\(contract.message)")
    }
    for contract in withSchema {
      guard let schema = contract.schema, let root = roots[contract.folder] else { continue }
      add(contract, schema, root)
    }
    components.sort { $0.name < $1.name }
  }

  private mutating func take(_ name: String) -> String {
    let clean = name.utf8.map { byte -> UInt8 in
      let isPlain =
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
        || (0x61...0x7A).contains(byte) || byte == 0x2E || byte == 0x5F || byte == 0x2D
      return isPlain ? byte : 0x2D
    }
    return names.take(String(decoding: clean, as: UTF8.self))
  }

  private func component(_ name: String) -> String {
    JSONPointer(tokens: ["components", "schemas", name]).uriFragment
  }

  private func reference(_ name: String, _ isWrapped: Bool, _ rest: [String] = []) -> String {
    let tokens = ["components", "schemas", name] + (isWrapped ? ["schema"] : []) + rest
    return JSONPointer(tokens: tokens).uriFragment
  }

  private mutating func append(_ name: String, _ schema: JSONNode, _ isWrapped: Bool) {
    guard isWrapped else { return components.append(.init(name, schema)) }
    let draft = schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    let version = draft ? "draft-07" : "draft-2020-12"
    components.append(
      .init(
        name,
        ["schemaFormat": .string("application/schema+json;version=\(version)"), "schema": schema]
      )
    )
  }

  private mutating func add(_ contract: ExportedContract, _ schema: JSONNode, _ root: String) {
    let isUsual = schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    guard isUsual, !SchemaReferences.hasIdentifiers(schema) else {
      // Its references count from itself, so it stays whole.
      var whole = schema
      if case .object(let members) = schema, schema["$id"] == nil {
        let id = JSONNode.string(ExportMember.identifierStart + contract.folder)
        whole = .object([.init("$id", id)] + members)
      }
      let isWrapped = usual == .draft07
      append(root, whole, isWrapped)
      entries[contract.folder] = Entry(
        component: component(root),
        schema: reference(root, isWrapped)
      )
      return
    }
    let isWrapped = usual == .draft07 && !DraftSeven.means(theSameAs: schema)
    var entry = Entry(component: component(root), schema: reference(root, isWrapped))
    var definitions: [JSONNode.Member] = []
    if case .object(let members) = schema["$defs"] { definitions = members }
    var places: [String: String] = [:]
    for definition in definitions {
      let key =
        (isWrapped ? "wrapped " : "") + signature(of: definition.name, definitions, contract)
      if let known = shared[key] {
        places[definition.name] = known
        continue
      }
      let name = take("\(contract.platform)-\(definition.name)")
      shared[key] = name
      places[definition.name] = name
    }
    let known = Set(components.map(\.name))
    for definition in definitions {
      guard let name = places[definition.name] else { continue }
      entry.definitions.append((definition.name, reference(name, isWrapped)))
      guard !known.contains(name) else { continue }
      append(name, moved(definition.value, root, places, isWrapped), isWrapped)
    }
    var body = schema
    body["$schema"] = nil
    body["$defs"] = nil
    append(root, moved(body, root, places, isWrapped), isWrapped)
    entries[contract.folder] = entry
  }

  /// Returns a schema whose references go to components.
  private func moved(
    _ schema: JSONNode,
    _ root: String,
    _ places: [String: String],
    _ isWrapped: Bool
  ) -> JSONNode {
    let words = usual == .draft07 && !isWrapped ? DraftSeven.written(schema) : schema
    return SchemaReferences.mapped(words) { text in
      guard let pointer = ImportSource.pointer(text) else { return text }
      let tokens = pointer.tokens
      if tokens.first == "$defs", tokens.count > 1, let name = places[tokens[1]] {
        return reference(name, isWrapped, Array(tokens.dropFirst(2)))
      }
      return reference(root, isWrapped, tokens)
    }
  }

  /// Returns what makes a definition the same as another one: it and all it refers to.
  private func signature(
    of name: String,
    _ definitions: [JSONNode.Member],
    _ contract: ExportedContract
  ) -> String {
    var parts: [String: String] = [:]
    var waiting = [name]
    var isOwn = false
    while let next = waiting.popLast() {
      guard parts[next] == nil, let value = definitions.last(where: { $0.name == next })?.value
      else { continue }
      parts[next] = String(decoding: value.bytes(), as: UTF8.self)
      for text in SchemaReferences.all(value) {
        guard let tokens = ImportSource.pointer(text)?.tokens, tokens.first == "$defs",
          tokens.count > 1
        else {
          isOwn = true
          continue
        }
        waiting.append(tokens[1])
      }
    }
    let start = isOwn ? contract.folder : contract.platform
    return "\(start) \(name)\n"
      + parts.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: "\n")
  }
}
