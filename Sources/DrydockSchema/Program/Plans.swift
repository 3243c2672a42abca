/// What the members of an object are held to: one pass over them serves all keywords.
struct ObjectPlan: BitwiseCopyable, Sendable {
  /// The table of declared and required names, or -1, and these names as a run in `names`.
  var table: Int32 = -1
  /// The places of the table; without one, a place that is free.
  var slotStart: Int32 = 0
  var slotMask: Int32 = 0
  var nameStart: Int32 = 0
  var nameEnd: Int32 = 0
  /// A member that is held to constants, by index into `names`, or -1, and the hash of its name.
  var discriminator: Int32 = -1
  var discriminatorHash: UInt32 = 0
  /// The patterns of names, as a run in `patternMembers`.
  var patternStart: Int32 = 0
  var patternCount: Int32 = 0
  /// The blocks of the members that nothing else matches, and of the names, or -1.
  var additional: Int32 = -1
  var propertyNames: Int32 = -1
  /// The bits of the first 64 required names, and how many names are required in all.
  var requiredMask: UInt64 = 0
  var requiredCount: Int32 = 0
  /// The required names beyond these, as a run in `names`.
  var extraStart: Int32 = 0
  var extraCount: Int32 = 0

  /// The tape indices of the keywords, or -1.
  var requiredNode: Int32 = -1
  var additionalNode: Int32 = -1
}

/// A pattern of names and what their members are held to.
struct PatternMember: BitwiseCopyable, Sendable {
  var pattern: Int32
  var block: Int32
}

/// What the elements of an array are held to by their place.
struct ArrayPlan: BitwiseCopyable, Sendable {
  /// The blocks of the first elements, as a run in `links`.
  var prefixStart: Int32 = 0
  var prefixCount: Int32 = 0
  /// The block of all others, or -1.
  var rest: Int32 = -1
  /// The tape index of the keyword for the others, or -1, and whether it is `additionalItems`.
  var restNode: Int32 = -1
  var isAdditional = false
}

/// How many elements must match a block.
struct ContainsPlan: BitwiseCopyable, Sendable {
  var block: Int32
  var min: Int32
  var max: Int32
  /// The tape indices of the keywords that say so.
  var minNode: Int32
  var maxNode: Int32
  /// Whether elements that match count as evaluated.
  var evaluates: Bool
}

/// Which block applies, depending on another; -1 where there is none.
struct ConditionalPlan: BitwiseCopyable, Sendable {
  var condition: Int32
  var then: Int32
  var otherwise: Int32
}

/// The values of an enumeration or a constant.
struct EnumerationPlan: BitwiseCopyable, Sendable {
  /// The table of the strings, or -1.
  var table: Int32 = -1
  /// The other values, as a run of tape indices in `links`.
  var valueStart: Int32 = 0
  var valueCount: Int32 = 0
}

/// What the presence of a member asks for.
struct DependencyPlan: BitwiseCopyable, Sendable {
  /// The member, by index into `names`.
  var name: Int32
  /// The members that must then be there, as a run in `names`.
  var requiredStart: Int32 = 0
  var requiredCount: Int32 = 0
  /// The block that then applies, or -1.
  var block: Int32 = -1
}

/// A reference whose target depends on the way that evaluation came.
struct DynamicPlan: BitwiseCopyable, Sendable {
  /// The target where no resource on the way has the anchor.
  var initial: Int32
  /// The resources that have the anchor and their blocks, as pairs in `links`.
  var candidateStart: Int32
  var candidateCount: Int32
}
