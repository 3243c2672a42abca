/// One operation of a compiled subschema.
struct Instruction: BitwiseCopyable, Sendable {
  /// What is done; operands `a` and `b` are named in that order.
  enum Operation: UInt8, Sendable {
    // Strings
    /// Length in scalars: the bound.
    case minLength
    case maxLength
    /// An index into `patterns`.
    case pattern
    /// The raw value of a `Format`.
    case format
    /// Whether base64 is wanted, whether JSON is.
    case content

    // Numbers: an index into `numbers` and `smallNumbers`.
    case minimum
    case maximum
    case exclusiveMinimum
    case exclusiveMaximum
    case multipleOf

    // Arrays
    /// An index into `arrays`.
    case elements
    /// An index into `contains`.
    case contains
    case minItems
    case maxItems
    case uniqueItems

    // Objects
    /// An index into `objects`.
    case members
    case minProperties
    case maxProperties
    /// An index into `dependencies`.
    case dependency

    // Any value
    /// An index into `enumerations`.
    case enumeration
    case constant
    /// A run of blocks in `links`: where it starts, how many.
    case allOf
    case anyOf
    case oneOf
    /// A block.
    case not
    case reference
    /// An index into `dynamics`.
    case dynamicReference
    /// An index into `conditionals`.
    case conditional

    // What is left over: a block.
    case unevaluatedItems
    case unevaluatedProperties
  }

  var operation: Operation
  var a: Int32
  var b: Int32
  /// The tape index of the keyword's value, in the document of the block.
  var node: Int32
}
