/// One compiled subschema.
///
/// Its instructions lie one after the other, grouped by the values that they are about, so that
/// a string never meets a keyword about objects:
///
///     first ─▶ string │ number │ array │ object │ any value │ what is left over ◀─ end
struct Block: BitwiseCopyable, Sendable {
  /// What the subschema is, as far as that decides it.
  enum Form: UInt8, Sendable {
    /// Types and instructions decide.
    case assertions
    /// Only the types decide.
    case types
    /// Everything is valid.
    case always
    /// Nothing is valid.
    case never
  }

  /// What a string or number is held to, besides its type.
  enum Shortcut: UInt8, Sendable {
    /// All kinds of things.
    case none
    /// The instructions about strings or numbers only.
    case scalars
    /// One enumeration or constant only.
    case constants
  }

  var form = Form.always
  /// The accepted types.
  var types = TypeSet.any
  /// The document, and the tape index of the subschema in it.
  var document: Int32 = 0
  var node: Int32 = 0
  /// The schema resource that the subschema belongs to.
  var resource: Int32 = 0
  /// The tape index of the `type` keyword, or -1.
  var typeNode: Int32 = -1
  /// What single strings and numbers need no more than.
  var shortcut = Shortcut.none
  /// Whether members that nobody mentions are looked for where this block is entered by a child.
  var findsUndeclared = false

  /// Whether the verdict on arrays and objects asks nobody which children were evaluated.
  var isFrameless = false
  /// Whether it takes no more than the instructions about them besides.
  var isPlain = false
  /// The plan for members where that is all there is about objects, or -1.
  var members: Int32 = -1

  var stringStart: Int32 = 0
  var numberStart: Int32 = 0
  var arrayStart: Int32 = 0
  var objectStart: Int32 = 0
  var anyStart: Int32 = 0
  var lateStart: Int32 = 0
  var end: Int32 = 0
}

/// A set of the types of JSON Schema, as bits.
///
/// `integer` and `fraction` share the numbers out: a number with a whole value is the former.
struct TypeSet: OptionSet, Hashable, BitwiseCopyable, Sendable {
  var rawValue: UInt8

  static let null = TypeSet(rawValue: 1)
  static let boolean = TypeSet(rawValue: 2)
  static let integer = TypeSet(rawValue: 4)
  static let fraction = TypeSet(rawValue: 8)
  static let string = TypeSet(rawValue: 16)
  static let array = TypeSet(rawValue: 32)
  static let object = TypeSet(rawValue: 64)
  static let number: TypeSet = [.integer, .fraction]
  static let any = TypeSet(rawValue: 127)

  /// Returns the type that the `type` keyword calls by a name.
  static func named(_ name: String) -> TypeSet? {
    switch name {
    case "null": .null
    case "boolean": .boolean
    case "integer": .integer
    case "number": .number
    case "string": .string
    case "array": .array
    case "object": .object
    default: nil
    }
  }
}
