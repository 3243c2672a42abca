/// Runs a pattern program over a text in time proportional to its length (Pike's simulation).
///
/// Used where the table of `PatternAutomaton` does not reach: looks, word boundaries, and
/// automata that would be too large.
struct PatternMatcher {
  private let program: PatternProgram
  private let text: [UInt32]
  /// Where each look holds, by look and position.
  private var looks: [[Bool]] = []
  private var marks: [Int]
  private var generation = 0

  /// Prepares a match against a text.
  init(_ program: PatternProgram, text: [UInt32]) {
    self.program = program
    self.text = text
    marks = [Int](repeating: 0, count: program.instructions.count)
  }

  /// Returns whether the pattern matches somewhere in the text.
  mutating func matches() -> Bool {
    for look in program.looks {
      let places = run(from: look.entry, backwards: !look.behind, stopAtFirst: false)
      looks.append(places)
    }
    return run(from: program.entry, backwards: false, stopAtFirst: true).contains(true)
  }

  /// Returns, for each position, whether a match that began at any earlier one ends there.
  private mutating func run(from entry: Int, backwards: Bool, stopAtFirst: Bool) -> [Bool] {
    var places = [Bool](repeating: false, count: text.count + 1)
    var current: [Int] = []
    var next: [Int] = []
    var position = backwards ? text.count : 0
    while true {
      generation += 1
      var accepted = false
      var waiting: [Int] = []
      for place in current { accepted = follow(place, at: position, into: &waiting) || accepted }
      accepted = follow(entry, at: position, into: &waiting) || accepted
      places[position] = accepted
      if accepted && stopAtFirst { return places }
      if position == (backwards ? 0 : text.count) { return places }
      let scalar = text[backwards ? position - 1 : position]
      next.removeAll(keepingCapacity: true)
      for place in waiting {
        if case .set(let set) = program.instructions[place], program.sets[set].contains(scalar) {
          next.append(place + 1)
        }
      }
      swap(&current, &next)
      position += backwards ? -1 : 1
    }
  }

  /// Follows instructions that consume nothing; true when one accepts.
  private mutating func follow(
    _ entry: Int,
    at position: Int,
    into waiting: inout [Int]
  ) -> Bool {
    var stack = [entry]
    var accepted = false
    while let place = stack.popLast() {
      if marks[place] == generation { continue }
      marks[place] = generation
      switch program.instructions[place] {
      case .accept: accepted = true
      case .set: waiting.append(place)
      case .split(let first, let second):
        stack.append(second)
        stack.append(first)
      case .jump(let target): stack.append(target)
      case .start: if position == 0 { stack.append(place + 1) }
      case .end: if position == text.count { stack.append(place + 1) }
      case .wordBoundary(let negated):
        if isWordBoundary(position) != negated { stack.append(place + 1) }
      case .look(let look, let negated):
        if looks[look][position] != negated { stack.append(place + 1) }
      }
    }
    return accepted
  }

  private func isWordBoundary(_ position: Int) -> Bool {
    let before = position > 0 && ScalarSet.words.contains(text[position - 1])
    let after = position < text.count && ScalarSet.words.contains(text[position])
    return before != after
  }
}
