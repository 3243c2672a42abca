/// What changes while a program runs over a document.
struct EvaluationState<Failures: Sink>: Sendable {
  var sink: Failures
  /// How many blocks are being evaluated within each other.
  var depth = 0
  let depthMax: Int
  /// How many more blocks may be evaluated.
  var steps: Int
  /// Set once depth or steps ran out; the verdict is then invalid whatever else is found.
  var isExhausted = false
  /// How many trials of branches are under way within each other.
  var trials = 0

  /// The evaluated children of the containers being looked at: a run of words, a bit a child.
  var marks: [UInt64] = []
  /// Values that no constant fits, in a trial: what depends on them cannot be told.
  var doubted: [Int32] = []
  /// The resources on the way to the current block, where dynamic references need them.
  var scope: [Int32] = []

  /// Creates the state before the first block.
  init(sink: Failures, depthMax: Int, steps: Int) {
    self.sink = sink
    self.depthMax = depthMax
    self.steps = steps
  }

  /// Creates a state that goes on where another one stands.
  init(sink: Failures, continuing other: EvaluationState<some Sink>) {
    self.sink = sink
    depth = other.depth
    depthMax = other.depthMax
    steps = other.steps
    isExhausted = other.isExhausted
    trials = other.trials
    doubted = other.doubted
    marks = other.marks
    scope = other.scope
  }

  /// Takes over what another state, which went on from this one, has used up and marked.
  mutating func rejoin(_ other: EvaluationState<some Sink>) {
    steps = other.steps
    isExhausted = isExhausted || other.isExhausted
    marks = other.marks
  }

  /// Counts a block in; false when depth or steps have run out.
  @inline(__always)
  mutating func enter() -> Bool {
    steps &-= 1
    depth &+= 1
    if steps >= 0, depth <= depthMax { return true }
    isExhausted = true
    return false
  }

  /// Opens a frame of marks for a number of children and returns where it starts.
  mutating func openFrame(children: Int) -> Int {
    let start = marks.count
    for _ in 0..<(children + 63) / 64 { marks.append(0) }
    return start
  }

  /// Closes the last frame, handing its marks to an outer one where there is one.
  mutating func closeFrame(at start: Int, outer: Int) {
    if outer >= 0 {
      for offset in 0..<marks.count - start { marks[outer + offset] |= marks[start + offset] }
    }
    marks.removeSubrange(start...)
  }

  @inline(__always)
  mutating func mark(_ child: Int, in frame: Int) {
    marks[frame &+ child &>> 6] |= 1 &<< UInt64(truncatingIfNeeded: child & 63)
  }

  @inline(__always)
  func isMarked(_ child: Int, in frame: Int) -> Bool {
    marks[frame &+ child &>> 6] & (1 &<< UInt64(truncatingIfNeeded: child & 63)) != 0
  }
}

/// The frame of marks that a block is evaluated with.
enum Frame {
  /// The block is entered for a child of a container, or for the whole document.
  static let entry = -1
  /// The block applies beside others to the same value, and nobody asks what it evaluated.
  static let none = -2

  /// Returns the frame for a block that applies to the same value.
  @inline(__always)
  static func inPlace(_ frame: Int) -> Int {
    frame >= 0 ? frame : none
  }
}
