/// A regular expression as instructions of a nondeterministic automaton (Thompson's construction).
///
///     a(b|c)*   0 set a    1 split 2 6    2 split 3 5   3 set b   4 jump 1   …   accept
///
/// Bodies of looks are compiled apart; those that look ahead are compiled backwards, so that one
/// pass from the end of a text finds every place where they hold.
struct PatternProgram: Sendable {
  /// One step; every case but `jump`, `split` and `accept` goes on to the next instruction.
  enum Instruction: Hashable, Sendable {
    /// Consumes a scalar of a set.
    case set(Int)
    /// Goes on in two places.
    case split(Int, Int)
    /// Goes on elsewhere.
    case jump(Int)
    /// Holds at the start of the text.
    case start
    /// Holds at the end of the text.
    case end
    /// Holds between a word scalar and another, or the opposite.
    case wordBoundary(negated: Bool)
    /// Holds where a look holds.
    case look(Int, negated: Bool)
    /// Has matched.
    case accept
  }

  /// The body of one look.
  struct Look: Hashable, Sendable {
    /// Where its instructions begin.
    var entry: Int
    /// Whether it looks behind; else ahead, and its instructions run backwards.
    var behind: Bool
  }

  /// The instructions of the expression and of all looks.
  var instructions: [Instruction] = []
  /// The sets that `Instruction.set` refers to.
  var sets: [ScalarSet] = []
  /// The looks; inner ones before those that contain them.
  var looks: [Look] = []
  /// Where the expression begins.
  var entry = 0

  /// How many instructions a pattern may need.
  static let instructionsMax = 20_000

  /// Whether the automaton depends on its place in the text beyond its start and end.
  var needsContext: Bool {
    instructions.contains {
      switch $0 {
      case .wordBoundary, .look: true
      default: false
      }
    }
  }

  /// Compiles a parsed pattern.
  init(_ syntax: PatternSyntax) throws(PatternProblem) {
    sets = syntax.sets
    var builder = Builder(syntax: syntax)
    builder.program = self
    try builder.compileLooks(under: syntax.root)
    let entry = builder.program.instructions.count
    try builder.emit(syntax.root, backwards: false)
    try builder.append(.accept)
    self = builder.program
    self.entry = entry
  }

  private init() {}

  /// Appends instructions, counting them.
  private struct Builder {
    let syntax: PatternSyntax
    var program = PatternProgram()
    /// The look that each look node became.
    var lookOfNode: [Int: Int] = [:]

    mutating func append(_ instruction: Instruction) throws(PatternProblem) {
      if program.instructions.count >= PatternProgram.instructionsMax {
        throw PatternProblem(
          kind: .tooLarge(limit: PatternProgram.instructionsMax),
          position: 0
        )
      }
      program.instructions.append(instruction)
    }

    /// Compiles the bodies of all looks, which stand in the nodes before their own.
    mutating func compileLooks(under root: Int) throws(PatternProblem) {
      let used = nodes(under: root)
      for index in syntax.nodes.indices where used.contains(index) {
        guard case .look(let body, let behind, _) = syntax.nodes[index] else { continue }
        let entry = program.instructions.count
        try emit(body, backwards: !behind)
        try append(.accept)
        lookOfNode[index] = program.looks.count
        program.looks.append(Look(entry: entry, behind: behind))
      }
    }

    private func nodes(under root: Int) -> Set<Int> {
      var found: Set<Int> = []
      var work = [root]
      while let node = work.popLast() {
        guard found.insert(node).inserted else { continue }
        switch syntax.nodes[node] {
        case .sequence(let parts), .choice(let parts): work += parts
        case .repetition(let body, _, _), .look(let body, _, _): work.append(body)
        case .empty, .set, .start, .end, .wordBoundary: continue
        }
      }
      return found
    }

    mutating func emit(_ node: Int, backwards: Bool) throws(PatternProblem) {
      switch syntax.nodes[node] {
      case .empty: break
      case .set(let set): try append(.set(set))
      case .start: try append(.start)
      case .end: try append(.end)
      case .wordBoundary(let negated): try append(.wordBoundary(negated: negated))
      case .look(_, _, let negated):
        try append(.look(lookOfNode[node] ?? 0, negated: negated))
      case .sequence(let parts):
        for part in backwards ? parts.reversed() : parts {
          try emit(part, backwards: backwards)
        }
      case .choice(let branches): try emit(choice: branches, backwards: backwards)
      case .repetition(let body, let min, let max):
        try emit(repetition: body, min: min, max: max, backwards: backwards)
      }
    }

    private mutating func emit(choice branches: [Int], backwards: Bool) throws(PatternProblem) {
      var jumps: [Int] = []
      for (index, branch) in branches.enumerated() {
        if index == branches.count - 1 {
          try emit(branch, backwards: backwards)
          break
        }
        let split = program.instructions.count
        try append(.split(split + 1, 0))
        try emit(branch, backwards: backwards)
        jumps.append(program.instructions.count)
        try append(.jump(0))
        program.instructions[split] = .split(split + 1, program.instructions.count)
      }
      for jump in jumps { program.instructions[jump] = .jump(program.instructions.count) }
    }

    private mutating func emit(
      repetition body: Int,
      min: Int,
      max: Int?,
      backwards: Bool
    ) throws(PatternProblem) {
      var copies = 0
      while copies < min {
        let before = program.instructions.count
        try emit(body, backwards: backwards)
        copies += 1
        if program.instructions.count == before { break }
      }
      guard let max else {
        let split = program.instructions.count
        try append(.split(split + 1, 0))
        try emit(body, backwards: backwards)
        try append(.jump(split))
        program.instructions[split] = .split(split + 1, program.instructions.count)
        return
      }
      var splits: [Int] = []
      while copies < max {
        let split = program.instructions.count
        splits.append(split)
        try append(.split(split + 1, 0))
        try emit(body, backwards: backwards)
        copies += 1
        if program.instructions.count == split + 1 { break }
      }
      for split in splits {
        program.instructions[split] = .split(split + 1, program.instructions.count)
      }
    }
  }
}
