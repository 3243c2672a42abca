import DrydockJSON
import DrydockSchema

/// The schemas of many contracts, compiled as one: what they share is compiled once.
///
///     contract 3   {"type": …, "$defs": {"date": …}}  ┐   {"properties": {"3": …, "7": …},
///     contract 7   {"items": …, "$defs": {"date": …}} ┘    "$defs": {"date": …}}
///
/// A schema whose references count from itself is no part of one.
struct SchemaBundle {
  private var definitions: [JSONNode.Member] = []
  private var known: [String: JSONNode] = [:]
  private var roots: [JSONNode.Member] = []
  private var schema: Schema?
  private var search: MemberExamples?

  /// How many schemas it holds.
  var count: Int { roots.count }

  private static let dialect: JSONNode = "https://json-schema.org/draft/2020-12/schema"

  private static func name(_ number: Int) -> String { String(number) }

  /// Adds the schema of a contract; false where it does not go with the others.
  ///
  /// - Complexity: Linear in the schema, definitions apart that are there already.
  mutating func add(_ node: JSONNode, of contract: Int) -> Bool {
    guard case .object(var members) = node, node["$schema"] == Self.dialect else { return false }
    var fresh: [JSONNode.Member] = []
    if case .object(let definitions) = node["$defs"] {
      for definition in definitions {
        if let other = known[definition.name] {
          guard other == definition.value else { return false }
        } else {
          guard Self.fits(definition.value) else { return false }
          fresh.append(definition)
        }
      }
    }
    members.removeAll { $0.name == "$schema" || $0.name == "$defs" }
    guard Self.fits(.object(members)) else { return false }
    for definition in fresh { known[definition.name] = definition.value }
    definitions += fresh
    roots.append(.init(Self.name(contract), .object(members)))
    return true
  }

  /// Whether all references of a schema go to shared definitions.
  private static func fits(_ schema: JSONNode) -> Bool {
    !SchemaReferences.hasIdentifiers(schema)
      && SchemaReferences.all(schema).allSatisfy { $0.hasPrefix("#/$defs/") }
  }

  /// Compiles all schemas; false where something is wrong with one of them.
  mutating func compile() -> Bool {
    let node: JSONNode = [
      "$schema": Self.dialect, "properties": .object(roots), "$defs": .object(definitions),
    ]
    // What is wrong is said by compiling each schema by itself.
    guard let document = try? JSONDocument.parse(node.bytes()),
      let schema = try? Schema.compile(document)
    else { return false }
    self.schema = schema
    return true
  }

  /// Returns the first thing that is wrong with a document, its place counted from the document.
  func violation(of value: JSONNode, in contract: Int) -> (place: JSONPointer, message: String)? {
    let whole = JSONNode.object([.init(Self.name(contract), value)])
    guard let schema, let document = try? JSONDocument.parse(whole.bytes()) else { return nil }
    return schema.violations(of: document.root, max: 1).first { $0.level == .error }.map {
      (JSONPointer(tokens: Array($0.pointer.tokens.dropFirst())), $0.message)
    }
  }

  /// Returns a small valid document; nothing where none was found.
  mutating func example(of contract: Int) -> JSONNode? {
    guard let schema else { return nil }
    var search = self.search ?? MemberExamples(schema)
    self.search = nil
    let value = search.value(of: Self.name(contract))
    self.search = search
    return value
  }
}
