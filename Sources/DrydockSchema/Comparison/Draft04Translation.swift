public import DrydockJSON

/// A schema of draft-04 in the words of draft-07.
///
///     minimum 5, exclusiveMinimum true    →  exclusiveMinimum 5
///     minimum 5, exclusiveMinimum false   →  minimum 5
///     id                                  →  $id
///     const, contains, if …               →  left out: draft-04 does not know them
///
/// Only what stands where a schema stands is changed, so that a member called `id` stays one.
/// Draft-04 takes `1.0` for no integer; that difference is not carried over.
///
/// - Source: JSON Schema draft-04 (validation 5.1, core 7.2), draft-06 release notes.
public struct Draft04Translation: Sendable {
  /// A keyword that was left out.
  public struct Omission: Hashable, Sendable {
    /// Where it stands.
    public var pointer: JSONPointer
    /// Why it means nothing.
    public var reason: String
  }

  /// The translated schema.
  public private(set) var document: JSONDocument
  /// What was left out, in the order of the schema.
  public private(set) var omissions: [Omission] = []

  /// The pointers of subschemas that were translated.
  private var visited: Set<[String]> = []
  /// Where local references lead.
  private var targets: [[String]] = []

  /// Translates a schema, or returns nothing where it is not of draft-04.
  public init?(_ source: JSONDocument) {
    guard let uri = source.root["$schema"]?.string, Draft04Translation.isNamed(uri) else {
      return nil
    }
    document = source
    var root = JSONNode(source.root)
    root["$schema"] = .string(SchemaDialect.draft07.rawValue)
    root = translated(root, [])
    // Schemas may stand anywhere that a reference leads to.
    while let target = targets.popLast() {
      let pointer = JSONPointer(tokens: target)
      guard !visited.contains(target), let node = root.at(pointer) else { continue }
      root.set(translated(node, target), at: pointer)
    }
    guard let made = try? JSONDocument.parse(root.bytes()) else { return nil }
    document = made
  }

  private static func isNamed(_ uri: String) -> Bool {
    let bare = uri.hasSuffix("#") ? String(uri.dropLast()) : uri
    return bare == "http://json-schema.org/draft-04/schema"
      || bare == "https://json-schema.org/draft-04/schema"
  }

  // MARK: Subschemas

  private static let unknown: Set<String> = [
    "$id", "const", "contains", "propertyNames", "if", "then", "else",
  ]

  private mutating func translated(_ node: JSONNode, _ path: [String]) -> JSONNode {
    guard case .object(let members) = node, visited.insert(path).inserted else { return node }
    var kept: [JSONNode.Member] = []
    for member in members {
      let place = path + [member.name]
      switch member.name {
      case "id":
        if case .string = member.value {
          kept.append(.init("$id", member.value))
        } else {
          kept.append(member)
        }
      case "minimum", "maximum":
        if node[Draft04Translation.exclusive(member.name)] == true { continue }
        kept.append(member)
      case "exclusiveMinimum", "exclusiveMaximum":
        if let bound = bound(member, in: node, place) { kept.append(bound) }
      case let name where Draft04Translation.unknown.contains(name):
        omissions.append(
          Omission(pointer: JSONPointer(tokens: place), reason: "draft-04 does not know it")
        )
      default:
        kept.append(.init(member.name, value(of: member, place)))
      }
    }
    return .object(kept)
  }

  private static func exclusive(_ name: String) -> String {
    name == "minimum" ? "exclusiveMinimum" : "exclusiveMaximum"
  }

  /// Returns the bound that a truth value makes of the one beside it.
  private mutating func bound(
    _ member: JSONNode.Member,
    in node: JSONNode,
    _ place: [String]
  ) -> JSONNode.Member? {
    guard case .boolean(let isExclusive) = member.value else { return member }
    let other = member.name == "exclusiveMinimum" ? "minimum" : "maximum"
    if let bound = node[other] { return isExclusive ? .init(member.name, bound) : nil }
    omissions.append(
      Omission(
        pointer: JSONPointer(tokens: place),
        reason: "it means nothing without '\(other)'"
      )
    )
    return nil
  }

  /// Translates the subschemas in a keyword's value.
  private mutating func value(of member: JSONNode.Member, _ place: [String]) -> JSONNode {
    switch (member.name, member.value) {
    case ("$ref", .string(let text)):
      if let pointer = try? JSONPointer(parsing: text), text.hasPrefix("#") {
        targets.append(pointer.tokens)
      }
      return member.value
    case ("properties", .object(let members)), ("patternProperties", .object(let members)),
      ("definitions", .object(let members)), ("dependencies", .object(let members)):
      return .object(
        members.map { JSONNode.Member($0.name, translated($0.value, place + [$0.name])) }
      )
    case ("items", .array(let elements)), ("allOf", .array(let elements)),
      ("anyOf", .array(let elements)), ("oneOf", .array(let elements)):
      return .array(
        elements.enumerated().map { translated($0.element, place + [String($0.offset)]) }
      )
    case ("items", _), ("additionalItems", _), ("additionalProperties", _), ("not", _):
      return translated(member.value, place)
    default: return member.value
    }
  }
}

extension SchemaComparison {
  /// Returns a schema of draft-04 as one of draft-07; others stay as they are.
  public static func modernised(_ document: JSONDocument) -> JSONDocument {
    Draft04Translation(document)?.document ?? document
  }
}
