import DrydockJSON

/// Takes schemas out of a document, each with all that it refers to.
///
///     components/schemas/Order ──▶ {"$ref": "#/$defs/Order", "$defs": {"Order": …, "Address": …}}
///
/// What a reference leads to becomes a definition under its own name, read once for each direction
/// and shared by all contracts of the import.
struct SchemaExtractor {
  /// A schema as a contract needs it.
  struct Extract {
    var schema: JSONNode
    /// Where the schema (under the empty name) and its definitions come from.
    var origins: [String: JSONPointer]
  }

  /// A schema of the document, cleaned, and the places that it refers to.
  struct Piece {
    var node: JSONNode
    var references: [JSONPointer] = []
    /// About how many bytes it takes as text.
    var size: Int
  }

  /// Which rules the schemas of the document follow.
  enum Rules {
    /// JSON Schema 2020-12, as in OpenAPI 3.1.
    case modern
    /// What is left of OpenAPI 3.0 after rewriting.
    case openAPI30
    /// Draft-07, as in AsyncAPI.
    case draft07
  }

  /// The document with schemas in plain JSON Schema.
  let plain: JSONDocument
  let rules: Rules
  /// Whether nothing is to be changed but references, as in our own exports.
  var keepsAll = false
  private var pieces: [JSONPointer: Piece] = [:]
  private var names: [JSONPointer: String] = [:]
  private var uniqueNames = UniqueNames()
  /// What the piece being read refers to.
  var references: [JSONPointer] = []
  private var anchors: [String: JSONPointer]?
  /// How many bytes of schemas have been taken out.
  private(set) var bytesCount = 0

  /// How many bytes all schemas of an import may have together.
  static let bytesMax = 1 << 29
  private static let piecesMax = 200_000

  init(_ plain: JSONDocument, rules: Rules) {
    self.plain = plain
    self.rules = rules
  }

  /// Returns the schema at a place and all that it refers to; nothing where there is none.
  mutating func extract(_ place: JSONPointer, _ source: inout ImportSource) -> Extract? {
    guard bytesCount <= SchemaExtractor.bytesMax, let root = piece(place, &source) else {
      return nil
    }
    var origins: [String: JSONPointer] = ["": place]
    var definitions: [(name: String, node: JSONNode, size: Int)] = []
    var waiting = root.references
    var seen: Set<JSONPointer> = []
    while let pointer = waiting.popLast() {
      guard seen.insert(pointer).inserted, let piece = piece(pointer, &source) else { continue }
      let name = name(of: pointer)
      definitions.append((name, piece.node, piece.size))
      origins[name] = pointer
      waiting += piece.references
    }
    var schema = JSONNode.object([
      .init("$schema", "https://json-schema.org/draft/2020-12/schema")
    ])
    switch root.node {
    case .object(let members):
      for member in members where member.name != "$schema" { schema[member.name] = member.value }
    case .boolean(false): schema["not"] = .object([])
    default: break
    }
    if !definitions.isEmpty {
      definitions.sort { $0.name < $1.name }
      schema["$defs"] = .object(definitions.map { .init($0.name, $0.node) })
    }
    bytesCount += root.size + definitions.reduce(0) { $0 + $1.size }
    if bytesCount > SchemaExtractor.bytesMax {
      source.refuse(
        "expected schemas of at most \(SchemaExtractor.bytesMax) bytes together, found more",
        "import-too-large",
        at: place
      )
      return nil
    }
    return Extract(schema: schema, origins: origins)
  }

  /// Returns the piece at a place, reading it at the first time.
  private mutating func piece(_ place: JSONPointer, _ source: inout ImportSource) -> Piece? {
    if let known = pieces[place] { return known }
    guard let value = plain.root.at(place), pieces.count < SchemaExtractor.piecesMax else {
      return nil
    }
    references = []
    let node = cleaned(JSONNode(value), at: place, &source)
    let piece = Piece(node: node, references: references, size: node.roughSize)
    pieces[place] = piece
    return piece
  }

  /// Returns the name of what stands at a place.
  mutating func name(of place: JSONPointer) -> String {
    if let known = names[place] { return known }
    var tokens = place.tokens[...]
    for prefix in [["components", "schemas"], ["$defs"], ["definitions"], ["components"]]
    where tokens.starts(with: prefix) && tokens.count > prefix.count {
      tokens = tokens.dropFirst(prefix.count)
      break
    }
    let name =
      tokens.count == 1 ? tokens.first ?? "" : MessageName.kebab(tokens.joined(separator: "-"))
    let unique = uniqueNames.take(name.isEmpty ? "part" : name)
    names[place] = unique
    return unique
  }

  /// Returns where a reference leads; nothing where it leads out of the document.
  mutating func target(_ reference: String) -> JSONPointer? {
    if let pointer = ImportSource.pointer(reference) { return pointer }
    guard reference.hasPrefix("#") else { return nil }
    let known = anchors ?? plain.anchors
    anchors = known
    return known[String(reference.dropFirst())]
  }
}

extension JSONDocument {
  /// Where the anchors of a document are, by name.
  fileprivate var anchors: [String: JSONPointer] {
    var anchors: [String: JSONPointer] = [:]
    var waiting: [(JSONValue, JSONPointer)] = [(root, .root)]
    while let (value, place) = waiting.popLast() {
      if value.kind == .object {
        for member in value.members {
          let isAnchor = member.name == "$anchor" || member.name == "$dynamicAnchor"
          if isAnchor, let name = member.value.string { anchors[name] = place }
          waiting.append((member.value, place.appending(member.name)))
        }
      } else if value.kind == .array {
        for (index, element) in value.elements.enumerated() {
          waiting.append((element, place.appending(index)))
        }
      }
    }
    return anchors
  }
}

extension JSONNode {
  /// About how many bytes the value takes as text.
  var roughSize: Int {
    switch self {
    case .null, .boolean: 4
    case .number(let number): number.text.utf8.count
    case .string(let text): text.utf8.count + 2
    case .array(let elements): elements.reduce(2) { $0 + $1.roughSize + 1 }
    case .object(let members):
      members.reduce(2) { $0 + $1.name.utf8.count + $1.value.roughSize + 4 }
    }
  }
}
