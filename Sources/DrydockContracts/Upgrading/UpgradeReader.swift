import DrydockJSON
import DrydockKernel

/// Reads `upgrade.json`, collecting what is wrong with it.
struct UpgradeReader {
  /// How many changes an upgrade may have.
  static let changesMax = 1_000
  /// How many steps the pointer of a change may have; it is followed step by step.
  static let stepsMax = 64
  /// The names of the operations, as a patch has them and then our own.
  static let names = [
    "add", "remove", "replace", "move", "copy", "test", "nest", "retype", "translate",
    "header",
  ]

  private let file: String
  private(set) var list: FileDiagnostics

  init(file: String) {
    self.file = file
    list = FileDiagnostics(file: file)
  }

  /// Returns the upgrade; nothing where something is wrong with it.
  mutating func read(_ bytes: [UInt8]) -> ContractUpgrade? {
    let root: JSONValue
    do {
      root = try JSONDocument.parse(bytes).root
    } catch {
      list.add(error.diagnostic(file: file, bytes: bytes))
      return nil
    }
    guard root.kind == .array, (1...Self.changesMax).contains(root.count) else {
      list.add(
        "expected an array of 1 to \(Self.changesMax) changes, found "
          + (root.kind == .array ? "\(root.count)" : root.kind.phrase),
        id: "contract-malformed-upgrade",
        at: root
      )
      return nil
    }
    let changes = root.elements.compactMap { readChange($0) }
    return list.isClean ? ContractUpgrade(file: file, changes: changes) : nil
  }

  private mutating func readChange(_ value: JSONValue) -> ContractUpgrade.Change? {
    var fields = JSONFields(value, as: "a change", ids: "contract")
    let name = fields.requiredString("op", &list)
    let isOptional = fields.bool("optional", &list) ?? false
    guard let name else {
      if value.kind != .object { fields.finish(&list) }
      return nil
    }
    guard Self.names.contains(name) else {
      list.add(
        JSONFields.unknown("operation", name, for: "'op'", among: Self.names),
        id: "contract-unknown-value",
        at: value["op"] ?? value
      )
      return nil
    }
    let action = readAction(name, &fields)
    fields.finish(&list)
    return action.map {
      ContractUpgrade.Change(action: $0, isOptional: isOptional, line: value.location.line)
    }
  }

  private mutating func readAction(
    _ name: String,
    _ fields: inout JSONFields
  ) -> ContractUpgrade.Action? {
    if name == "header" {
      let (header, value) = (
        fields.requiredString("name", &list), fields.requiredString("value", &list)
      )
      return pair(header, value).map { .header(name: $0, value: $1) }
    }
    let place = readPlace("path", &fields)
    switch name {
    case "add": return pair(place, readNode(&fields)).map { .add($0, $1) }
    case "replace": return pair(place, readNode(&fields)).map { .replace($0, $1) }
    case "test": return pair(place, readNode(&fields)).map { .test($0, $1) }
    case "remove": return place.map { .remove($0) }
    case "move", "copy":
      guard let (from, place) = pair(readPlace("from", &fields), place) else { return nil }
      checkStars(from, place, fields.value)
      return name == "move" ? .move(from: from, place) : .copy(from: from, place)
    case "nest":
      return pair(place, fields.requiredString("as", &list)).map { .nest($0, name: $1) }
    case "retype":
      _ = fields.required("to", &list)
      let scalar = fields.word("to", as: ContractUpgrade.Scalar.self, &list)
      return pair(place, scalar).map { .retype($0, $1) }
    default: return pair(place, readWords(&fields)).map { .translate($0, $1) }
    }
  }

  private func pair<First, Second>(_ first: First?, _ second: Second?) -> (First, Second)? {
    guard let first, let second else { return nil }
    return (first, second)
  }

  private mutating func readPlace(_ name: String, _ fields: inout JSONFields) -> JSONPointer? {
    guard fields.required(name, &list) != nil else { return nil }
    return fields.parsed(name, expected: "a pointer such as '/items/*/id'", &list) { text in
      guard !text.hasPrefix("#"), let place = try? JSONPointer(parsing: text) else { return nil }
      return place.tokens.count <= Self.stepsMax ? place : nil
    }
  }

  private mutating func readNode(_ fields: inout JSONFields) -> JSONNode? {
    fields.required("value", &list).map { JSONNode($0) }
  }

  private mutating func readWords(_ fields: inout JSONFields) -> [ContractUpgrade.Word]? {
    _ = fields.required("words", &list)
    guard let object = fields.object("words", &list) else { return nil }
    var words: [ContractUpgrade.Word] = []
    for member in object.members {
      guard let new = member.value.string else {
        list.add(
          "expected a word for '\(member.name)', found \(member.value.kind.phrase)",
          id: "contract-malformed-upgrade",
          at: member.value
        )
        continue
      }
      words.append(ContractUpgrade.Word(old: member.name, new: new))
    }
    return words
  }

  /// A value goes to a place of its own, so both places have the same stars.
  private mutating func checkStars(_ from: JSONPointer, _ place: JSONPointer, _ value: JSONValue) {
    let stars = (from.tokens.count { $0 == "*" }, place.tokens.count { $0 == "*" })
    guard stars.0 != stars.1 else { return }
    list.add(
      "'from' and 'path' need as many stars, found \(stars.0) and \(stars.1)",
      id: "contract-malformed-upgrade",
      at: value["path"] ?? value
    )
  }
}
