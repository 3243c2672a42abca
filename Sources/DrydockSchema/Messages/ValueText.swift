import DrydockJSON

/// Words for values in messages.
enum ValueText {
  /// How many scalars of a string are shown.
  private static let scalarsMax = 60

  /// Returns the kind of a value.
  static func kind(_ node: Int, in document: JSONDocument) -> String {
    switch document.tape.entries[node].form {
    case .null: "null"
    case .isFalse, .isTrue: "boolean"
    case .number: "number"
    case .string: "string"
    case .array: "array"
    case .object: "object"
    }
  }

  /// Returns a value in short: a scalar itself, a container by its size.
  static func shown(_ node: Int, in document: JSONDocument) -> String {
    switch document.tape.entries[node].form {
    case .null: return "null"
    case .isFalse: return "false"
    case .isTrue: return "true"
    case .number: return cut(document.numberText(at: node))
    case .string: return quoted(document.text(at: node))
    case .array:
      let count = document.childCount(of: node)
      return "array of \(counted(count, "element"))"
    case .object:
      let count = document.childCount(of: node)
      return "object with \(counted(count, "member"))"
    }
  }

  /// Returns a value in short, a container of few bytes as it is written.
  static func exact(_ node: Int, in document: JSONDocument) -> String {
    let entry = document.tape.entries[node]
    guard entry.form == .array || entry.form == .object, entry.length <= scalarsMax,
      !document.bytes[entry.range].contains(UInt8(ascii: "\n"))
    else { return shown(node, in: document) }
    return String(decoding: document.bytes[entry.range], as: UTF8.self)
  }

  /// Returns a value with its kind, where the kind is what is wrong.
  static func shownWithKind(_ node: Int, in document: JSONDocument) -> String {
    let shown = shown(node, in: document)
    switch document.tape.entries[node].form {
    case .number, .string, .isFalse, .isTrue: return kind(node, in: document) + " " + shown
    case .null, .array, .object: return shown
    }
  }

  /// Returns a text in single quotes, shortened, control characters escaped.
  static func quoted(_ text: String) -> String {
    var result = "'"
    for (index, scalar) in text.unicodeScalars.enumerated() {
      if index == scalarsMax { return result + "…'" }
      switch scalar {
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      default:
        if scalar.value < 0x20 || scalar.value == 0x7F {
          result += "\\u{" + String(scalar.value, radix: 16) + "}"
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + "'"
  }

  /// Returns a count with its noun.
  static func counted(_ count: Int, _ noun: String) -> String {
    count == 1 ? "1 \(noun)" : "\(count) \(noun)s"
  }

  private static func cut(_ text: String) -> String {
    text.utf8.count > scalarsMax ? String(text.prefix(scalarsMax)) + "…" : text
  }

  /// Returns the names of types, as `string or null`.
  static func types(_ types: TypeSet) -> String {
    var names: [String] = []
    if types == .any { return "any value" }
    if types.isEmpty { return "nothing" }
    if types.contains(.object) { names.append("object") }
    if types.contains(.array) { names.append("array") }
    if types.contains(.string) { names.append("string") }
    if types.contains(.number) {
      names.append("number")
    } else if types.contains(.integer) {
      names.append("integer")
    } else if types.contains(.fraction) {
      names.append("fraction")
    }
    if types.contains(.boolean) { names.append("boolean") }
    if types.contains(.null) { names.append("null") }
    return alternatives(names)
  }

  /// Returns `a`, `a or b`, `a, b or c`.
  static func alternatives(_ names: [String]) -> String {
    guard names.count > 1, let last = names.last else { return names.first ?? "" }
    return names.dropLast().joined(separator: ", ") + " or " + last
  }
}
