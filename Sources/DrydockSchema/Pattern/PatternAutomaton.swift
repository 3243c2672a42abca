/// A pattern as a table over UTF-8 text: one look-up for each ASCII byte.
///
///     state   class 0   class 1   …        state 0: no match is possible any more
///       2        3         0               state 1: matched, whatever follows
///       3        3         1
///
/// Scalars that no set of the pattern tells apart share a class. The table is built whole when
/// the pattern is compiled, so that a match needs no lock and no memory.
struct PatternAutomaton: Sendable {
  /// The class of each ASCII scalar.
  private(set) var asciiClasses: [UInt8] = []
  /// Where runs of scalars of one class begin, ascending from 0.
  private(set) var runStarts: [UInt32] = []
  /// The class of each run.
  private(set) var runClasses: [UInt8] = []
  /// How many classes there are.
  private(set) var classCount = 0
  /// The next state, by state and class.
  private(set) var table: [UInt16] = []
  /// Whether a text that ends in a state matches.
  private(set) var matchesAtEnd: [Bool] = [false, true]
  /// The state before the first scalar.
  private(set) var start = 0

  private static let statesMax = 12_000
  private static let entriesMax = 200_000
  private static let workMax = 4_000_000

  /// Builds the table, or gives up when it would be too large or the pattern needs its context.
  ///
  /// - Parameters:
  ///   - program: The pattern.
  ///   - budget: The steps that all patterns together may still take; those taken are subtracted.
  init?(_ program: PatternProgram, budget: inout Int) {
    guard !program.needsContext else { return nil }
    var work = min(budget, PatternAutomaton.workMax)
    budget -= work
    defer { budget += max(work, 0) }
    guard partition(program.sets, &work) else { return nil }
    var builder = Builder(program: program, classCount: classCount, work: work)
    defer { work = builder.work }
    builder.members = program.sets.map { set in
      var inSet = [Bool](repeating: false, count: classCount)
      for (run, start) in runStarts.enumerated() where set.contains(start) {
        inSet[Int(runClasses[run])] = true
      }
      return inSet
    }
    guard builder.build() else { return nil }
    start = builder.start
    table = builder.table
    matchesAtEnd = builder.matchesAtEnd
  }

  /// Splits the code space into classes; false when there would be more than a byte can name.
  private mutating func partition(_ sets: [ScalarSet], _ work: inout Int) -> Bool {
    var bounds: Set<UInt32> = [0]
    for set in sets {
      for range in set.ranges {
        bounds.insert(range.lowerBound)
        bounds.insert(range.upperBound + 1)
      }
    }
    work -= bounds.count * max(sets.count, 1)
    if work < 0 { return false }
    var classes: [[Bool]: UInt8] = [:]
    for bound in bounds.sorted() where bound <= ScalarSet.scalarMax {
      let signature = sets.map { $0.contains(bound) }
      let known = classes[signature]
      if known == nil, classes.count >= 255 { return false }
      let name = known ?? UInt8(classes.count)
      classes[signature] = name
      if runClasses.last != name || runStarts.isEmpty {
        runStarts.append(bound)
        runClasses.append(name)
      }
    }
    classCount = classes.count
    asciiClasses = (0..<128).map { classOfRun($0) }
    return true
  }

  func classOfRun(_ scalar: UInt32) -> UInt8 {
    var low = 0
    var high = runStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if runStarts[middle] <= scalar { low = middle } else { high = middle }
    }
    return runClasses[low]
  }

  /// Returns whether the pattern matches somewhere in a range of UTF-8 bytes.
  func matches(_ bytes: [UInt8], in range: Range<Int>) -> Bool {
    let text = bytes.span
    let classes = asciiClasses.span
    let table = table.span
    let count = classCount
    var state = start
    var index = range.lowerBound
    let end = range.upperBound
    while index < end, state > 1 {
      let byte = text[index]
      if byte < 0x80 {
        state = Int(table[state &* count &+ Int(classes[Int(byte)])])
        index &+= 1
      } else {
        let (scalar, length) = UTF8Reading.scalar(in: bytes, at: index, before: end)
        state = Int(table[state &* count &+ Int(classOfRun(scalar))])
        index &+= length
      }
    }
    return matchesAtEnd[state]
  }

  /// Builds states from sets of instructions (the subset construction).
  private struct Builder {
    let program: PatternProgram
    let classCount: Int
    /// Whether a class belongs to a set, by set and class.
    var members: [[Bool]] = []
    var table: [UInt16] = []
    var matchesAtEnd: [Bool] = [false, true]
    var start = 0
    private var known: [[Int32]: Int] = [:]
    private var kernels: [[Int32]] = [[], []]
    private var marks: [Int32]
    private var generation: Int32 = 0
    /// The steps that are left.
    private(set) var work: Int

    init(program: PatternProgram, classCount: Int, work: Int) {
      self.program = program
      self.work = work
      self.classCount = classCount
      marks = [Int32](repeating: 0, count: program.instructions.count)
    }

    mutating func build() -> Bool {
      table = [UInt16](repeating: 0, count: classCount)
      table += [UInt16](repeating: 1, count: classCount)
      guard let first = state(from: [program.entry], atStart: true) else { return false }
      start = first
      var next = 2
      while next < kernels.count {
        for name in 0..<classCount {
          var targets = [program.entry]
          work -= kernels[next].count
          for place in kernels[next] {
            if case .set(let set) = program.instructions[Int(place)], members[set][name] {
              targets.append(Int(place) + 1)
            }
          }
          guard let target = state(from: targets, atStart: false) else { return false }
          table[next * classCount + name] = UInt16(target)
        }
        next += 1
      }
      return true
    }

    /// Returns the state of a set of places, adding it if it is new; nil beyond the limits.
    private mutating func state(from places: [Int], atStart: Bool) -> Int? {
      generation += 1
      var kernel: [Int32] = []
      if follow(places, atStart: atStart, atEnd: false, into: &kernel) { return 1 }
      kernel.sort()
      work -= kernel.count + places.count
      if work < 0 { return nil }
      if kernel.isEmpty { return 0 }
      if !atStart, let known = known[kernel] { return known }
      let index = kernels.count
      if index >= PatternAutomaton.statesMax { return nil }
      if (index + 1) * classCount > PatternAutomaton.entriesMax { return nil }
      // The first state stands alone: only there does '^' hold after a '$'.
      if !atStart { known[kernel] = index }
      kernels.append(kernel)
      table += [UInt16](repeating: 0, count: classCount)
      generation += 1
      var ignored: [Int32] = []
      let ends = kernel.filter { program.instructions[Int($0)] == .end }
      matchesAtEnd.append(
        follow(ends.map { Int($0) }, atStart: atStart, atEnd: true, into: &ignored)
      )
      return index
    }

    /// Follows instructions that consume nothing; true when one of them accepts.
    ///
    /// Places that consume, and those that wait for the end, go into the kernel.
    private mutating func follow(
      _ places: [Int],
      atStart: Bool,
      atEnd: Bool,
      into kernel: inout [Int32]
    ) -> Bool {
      var stack = places
      while let place = stack.popLast() {
        if marks[place] == generation { continue }
        marks[place] = generation
        work -= 1
        switch program.instructions[place] {
        case .accept: return true
        case .set: kernel.append(Int32(place))
        case .split(let first, let second):
          stack.append(second)
          stack.append(first)
        case .jump(let target): stack.append(target)
        case .start: if atStart { stack.append(place + 1) }
        case .end:
          if atEnd { stack.append(place + 1) } else { kernel.append(Int32(place)) }
        case .wordBoundary, .look: continue
        }
      }
      return false
    }
  }
}
