import DrydockJSON

/// A compiled schema: flat arrays of small values that refer to each other by index.
///
///     blocks         one a subschema: accepted types, and a run of instructions per kind of value
///     instructions   an operation with two operands, often indices into the arrays below
///     objects …      what the larger operations need: names and their subschemas, branches, bounds
///
/// Nothing here is ever changed after compilation, and evaluation allocates nothing that lives on,
/// so one program serves any number of threads.
struct SchemaProgram: Sendable {
  var blocks: [Block] = []
  /// What types alone say about each block.
  var outlooks: [TypeOutlook] = []
  var instructions: [Instruction] = []
  /// Lists of blocks, which operations refer to as ranges.
  var links: [Int32] = []

  var tables: [NameTable] = []
  /// The places of all tables; the first one is free for good.
  var slots: [NameSlot] = [.free]
  var names: [NameEntry] = []
  /// The tape index of each name in its schema, or -1.
  var nameNodes: [Int32] = []
  var nameBytes: [UInt8] = []

  var objects: [ObjectPlan] = []
  var patternMembers: [PatternMember] = []
  var arrays: [ArrayPlan] = []
  var contains: [ContainsPlan] = []
  var conditionals: [ConditionalPlan] = []
  var enumerations: [EnumerationPlan] = []
  var dependencies: [DependencyPlan] = []
  var dynamics: [DynamicPlan] = []

  /// The numbers of bounds and divisors, in both forms.
  var smallNumbers: [SmallDecimal?] = []
  var numbers: [JSONDecimal] = []
  var patterns: [Pattern] = []

  /// The documents that locations and constants lie in; the main one first.
  var documents: [SchemaSource] = []
  /// The block of the whole schema.
  var root: Int32 = 0
  /// Whether some `$dynamicRef` can only be resolved while evaluating.
  var usesDynamicScope = false
  /// What to do with members that no schema mentions.
  var undeclared = UndeclaredPolicy.allowed
  var limits = SchemaLimits()
}

/// A finished program, shared rather than copied.
final class SharedProgram: Sendable {
  let program: SchemaProgram

  init(_ program: SchemaProgram) {
    self.program = program
  }
}

/// A document that schemas lie in.
struct SchemaSource: Sendable {
  /// The URI it is known by, without a fragment; empty for a main document without `$id`.
  var uri: String
  /// The parsed text.
  var document: JSONDocument
}
