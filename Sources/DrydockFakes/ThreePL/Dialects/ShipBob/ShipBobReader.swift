import DrydockJSON

/// Reads the members of a request's payload and collects what is wrong with them.
///
/// The platform answers with a list of messages per member, named as its own code names them:
/// `Recipient.Address.City` for a missing member, `$.recipient.address.city` for a wrong type.
struct ShipBobReader {
  /// One thing that is wrong.
  struct Problem: Hashable {
    var key: String
    var message: String
  }

  private(set) var problems: [Problem] = []

  /// How many problems are told at most.
  static let problemsMax = 32

  mutating func add(_ key: String, _ message: String) {
    guard problems.count < Self.problemsMax else { return }
    problems.append(Problem(key: key, message: message))
  }

  private mutating func addMissing(_ name: String, _ path: String) {
    let key = Self.property(path.isEmpty ? name : "\(path).\(name)")
    add(key, "The \(Self.property(name)) field is required.")
  }

  private mutating func addWrongType(_ name: String, _ path: String, _ type: String) {
    let full = path.isEmpty ? "$.\(name)" : "$.\(path).\(name)"
    add(full, "The JSON value could not be converted to \(type). Path: \(full).")
  }

  /// Returns a member that is there and not null.
  private func value(_ name: String, of object: JSONValue) -> JSONValue? {
    guard let value = object[name], !value.isNull else { return nil }
    return value
  }

  mutating func optionalText(_ name: String, of object: JSONValue, at path: String = "") -> String?
  {
    guard let value = value(name, of: object) else { return nil }
    guard let text = value.string else {
      addWrongType(name, path, "System.String")
      return nil
    }
    return text
  }

  mutating func text(_ name: String, of object: JSONValue, at path: String = "") -> String {
    guard value(name, of: object) != nil else {
      addMissing(name, path)
      return ""
    }
    let text = optionalText(name, of: object, at: path)
    if text?.isEmpty == true { addMissing(name, path) }
    return text ?? ""
  }

  mutating func optionalInteger(
    _ name: String,
    of object: JSONValue,
    at path: String = ""
  ) -> Int64? {
    guard let value = value(name, of: object) else { return nil }
    guard let number = value.int, Int32(exactly: number) != nil else {
      addWrongType(name, path, "System.Int32")
      return nil
    }
    return number
  }

  mutating func integer(_ name: String, of object: JSONValue, at path: String = "") -> Int64 {
    guard value(name, of: object) != nil else {
      addMissing(name, path)
      return 0
    }
    return optionalInteger(name, of: object, at: path) ?? 0
  }

  /// Returns a number of units, which is at least one.
  mutating func quantity(of object: JSONValue, at path: String) -> Int {
    let before = problems.count
    let number = integer("quantity", of: object, at: path)
    if problems.count == before, number < 1 {
      add(
        Self.property("\(path).quantity"),
        "The field Quantity must be between 1 and 2147483647."
      )
    }
    return Int(number)
  }

  /// Returns the text of a number.
  mutating func optionalNumber(_ name: String, of object: JSONValue, at path: String) -> String? {
    guard let value = value(name, of: object) else { return nil }
    guard let number = value.number else {
      addWrongType(name, path, "System.Nullable`1[System.Double]")
      return nil
    }
    return number.text
  }

  mutating func word(
    _ name: String,
    of object: JSONValue,
    at path: String = "",
    among words: [String],
    type: String
  ) -> String {
    guard let value = value(name, of: object) else {
      addMissing(name, path)
      return ""
    }
    guard let word = value.string, words.contains(word) else {
      addWrongType(name, path, type)
      return ""
    }
    return word
  }

  mutating func object(_ name: String, of object: JSONValue, at path: String = "") -> JSONValue? {
    guard let value = value(name, of: object) else {
      addMissing(name, path)
      return nil
    }
    guard value.kind == .object else {
      addWrongType(name, path, "an object")
      return nil
    }
    return value
  }

  mutating func optionalObject(
    _ name: String,
    of object: JSONValue,
    at path: String = ""
  ) -> JSONValue? {
    value(name, of: object) == nil ? nil : self.object(name, of: object, at: path)
  }

  /// Returns the elements of a list that has at least one.
  mutating func list(_ name: String, of object: JSONValue) -> [JSONValue] {
    guard let value = value(name, of: object) else {
      addMissing(name, "")
      return []
    }
    guard value.kind == .array else {
      addWrongType(name, "", "a list")
      return []
    }
    if value.count == 0 { addMissing(name, "") }
    return Array(value.elements)
  }

  /// Returns a path as the platform's code spells it: `recipient.zip_code` is `Recipient.ZipCode`.
  static func property(_ path: String) -> String {
    var text = ""
    var startsWord = true
    for character in path.unicodeScalars {
      if character == "_" {
        startsWord = true
      } else {
        let letter = Character(character)
        text += startsWord ? letter.uppercased() : String(letter)
        startsWord = character == "."
      }
    }
    return text
  }
}
