/// A parsed regular expression, as a flat list of nodes that refer to earlier ones by index.
struct PatternSyntax: Sendable {
  /// One construct.
  enum Node: Hashable, Sendable {
    /// Matches nothing and always succeeds.
    case empty
    /// One scalar out of a set, by index into `sets`.
    case set(Int)
    /// One node after another.
    case sequence([Int])
    /// One of several.
    case choice([Int])
    /// A node repeated; no upper bound when `max` is nil.
    case repetition(Int, min: Int, max: Int?)
    /// The start of the text.
    case start
    /// The end of the text.
    case end
    /// A place between a word scalar and another, or its opposite.
    case wordBoundary(negated: Bool)
    /// A look ahead or behind.
    case look(Int, behind: Bool, negated: Bool)
  }

  /// The nodes; children precede their parents.
  var nodes: [Node] = []

  /// The sets that `Node.set` refers to.
  var sets: [ScalarSet] = []

  /// The node of the whole expression.
  var root = 0

  /// How many scalars a text without the end of a line must have to match, where this is all that
  /// the pattern asks: 0 for `^.*$`, 1 for `^.+$`.
  var lineLengthMin: Int? {
    guard case .sequence(let parts) = nodes[root], parts.count == 3,
      nodes[parts[0]] == .start, nodes[parts[2]] == .end,
      case .repetition(let body, let min, max: nil) = nodes[parts[1]], min <= 1,
      case .set(let set) = nodes[body], sets[set] == .exceptLineEnds
    else { return nil }
    return min
  }

  /// Appends a node and returns its index.
  mutating func add(_ node: Node) -> Int {
    nodes.append(node)
    return nodes.count - 1
  }

  /// Appends a node for one scalar out of a set.
  mutating func add(set: ScalarSet) -> Int {
    if let known = sets.firstIndex(of: set) { return add(.set(known)) }
    sets.append(set)
    return add(.set(sets.count - 1))
  }
}
