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
  /// The places that wait for a scalar, and work space.
  private var waiting: [Int] = []
  private var stack: [Int] = []

  /// Prepares a match against a text.
  init(_ program: PatternProgram, text: [UInt32]) {
    self.program = program
    self.text = text
    marks = [Int](repeating: 0, count: program.instructions.count)
  }

  /// Returns whether the pattern matches somewhere in the text.
  mutating func matches() -> Bool {
    for look in program.looks {
      var places = [Bool](repeating: false, count: text.count + 1)
      _ = run(from: look.entry, backwards: !look.behind, places: &places)
      looks.append(places)
    }
    var none: [Bool] = []
    return run(from: program.entry, backwards: false, places: &none)
  }

  /// Finds, for each position, whether a match that began at any earlier one ends there.
  ///
  /// Without a place for the answers the first match ends the run.
  private mutating func run(from entry: Int, backwards: Bool, places: inout [Bool]) -> Bool {
    var current: [Int] = []
    var found = false
    var position = backwards ? text.count : 0
    while true {
      generation += 1
      waiting.removeAll(keepingCapacity: true)
      stack.removeAll(keepingCapacity: true)
      stack.append(entry)
      stack.append(contentsOf: current)
      if follow(at: position) {
        found = true
        if places.isEmpty { return true }
        places[position] = true
      }
      if position == (backwards ? 0 : text.count) { return found }
      let scalar = text[backwards ? position - 1 : position]
      current.removeAll(keepingCapacity: true)
      for place in waiting {
        if case .set(let set) = program.instructions[place], program.sets[set].contains(scalar) {
          current.append(place + 1)
        }
      }
      position += backwards ? -1 : 1
    }
  }

  /// Follows instructions that consume nothing from the places on the stack; true when one accepts.
  private mutating func follow(at position: Int) -> Bool {
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
