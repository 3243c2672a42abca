/// An ECMA-262 regular expression that matches in linear time.
///
///     let pattern = try Pattern("^SO-[0-9]{4,}$")
///     pattern.matches("SO-1042")       // true
///
/// A match may lie anywhere in the text, as JSON Schema wants it. There is no backtracking, so no
/// pattern is slow on any text; what cannot be had without it (backreferences) is refused.
///
/// Source: ECMA-262, section 22.2, with the `u` flag.
struct Pattern: Sendable {
  /// A part of the pattern that has a table, and whether it has to match or must not.
  struct Part: Sendable {
    var automaton: PatternAutomaton
    var isWanted: Bool
  }

  /// The pattern as written.
  let source: String
  private let program: PatternProgram
  /// The parts that all have to hold; empty where the program has to be simulated.
  let parts: [Part]
  /// The least length of a text that matches unless it may hold the end of a line, or -1: what is
  /// left of patterns such as `^.+$`.
  private let lineLengthMin: Int

  /// The steps that tables of all patterns of a schema may take; some 100 million a second.
  static let budget = 60_000_000

  /// Compiles a pattern.
  init(_ source: String) throws(PatternProblem) {
    var budget = Pattern.budget
    try self.init(source, budget: &budget)
  }

  /// Compiles a pattern.
  ///
  /// - Parameters:
  ///   - source: The pattern.
  ///   - budget: The steps that tables may still take. A pattern beyond it has none and is
  ///     simulated.
  /// - Throws: What is wrong with the pattern.
  init(_ source: String, budget: inout Int) throws(PatternProblem) {
    self.source = source
    let syntax = try PatternParser.parse(source)
    program = try PatternProgram(syntax)
    lineLengthMin = syntax.lineLengthMin ?? -1
    if let automaton = PatternAutomaton(program, budget: &budget) {
      parts = [Part(automaton: automaton, isWanted: true)]
    } else {
      parts = try Pattern.parts(of: syntax, &budget)
    }
  }

  /// Takes apart a pattern that begins with `^` and looks ahead.
  ///
  /// All of its looks are then taken at the start of the text, so each is a pattern of its own:
  /// `^(?=a)(?!b)c` matches where `^a` and `^c` do and `^b` does not.
  private static func parts(
    of syntax: PatternSyntax,
    _ budget: inout Int
  ) throws(PatternProblem) -> [Part] {
    guard case .sequence(let nodes) = syntax.nodes[syntax.root], syntax.nodes[nodes[0]] == .start
    else { return [] }
    var bodies: [(node: Int, isWanted: Bool)] = []
    var rest = nodes.dropFirst()
    while let first = rest.first,
      case .look(let body, behind: false, let negated) = syntax.nodes[first]
    {
      bodies.append((body, !negated))
      rest.removeFirst()
    }
    guard !bodies.isEmpty else { return [] }
    var whole = syntax
    bodies.append((whole.add(.sequence(Array(rest))), true))
    var parts: [Part] = []
    for body in bodies {
      var part = whole
      part.root = part.add(.sequence([nodes[0], body.node]))
      let program = try PatternProgram(part)
      guard let automaton = PatternAutomaton(program, budget: &budget) else { return [] }
      parts.append(Part(automaton: automaton, isWanted: body.isWanted))
    }
    return parts
  }

  /// Returns whether a pattern is well formed, unsupported constructs included.
  static func isWellFormed(_ source: String) -> Bool {
    do {
      _ = try PatternParser.parse(source)
      return true
    } catch {
      if case .unsupported = error.kind { return true }
      return false
    }
  }

  /// Returns whether the pattern matches somewhere in a range of UTF-8 bytes.
  ///
  /// - Complexity: O(length), with the size of the pattern as a factor if it looks about elsewhere
  ///   than at its start.
  func matches(_ bytes: [UInt8], in range: Range<Int>) -> Bool {
    if lineLengthMin >= 0, Pattern.isOneLine(bytes.span, range) {
      return range.count >= lineLengthMin
    }
    if parts.isEmpty { return simulate(bytes, in: range) }
    for index in parts.indices
    where parts[index].automaton.matches(bytes, in: range) != parts[index].isWanted {
      return false
    }
    return true
  }

  /// Returns whether no byte of a text belongs to the end of a line, as far as a glance tells.
  private static func isOneLine(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var index = range.lowerBound
    while index &+ 8 <= range.upperBound {
      if mayEndLine(TapeCode.word(text, index)) { return false }
      index &+= 8
    }
    if index > range.lowerBound {
      // The last word may overlap the one before.
      return index == range.upperBound
        || !mayEndLine(TapeCode.word(text, range.upperBound &- 8))
    }
    while index < range.upperBound {
      let byte = text[index]
      // U+2028 and U+2029 begin with E2 in UTF-8.
      if byte == 0x0A || byte == 0x0D || byte == 0xE2 { return false }
      index &+= 1
    }
    return true
  }

  @inline(__always)
  private static func mayEndLine(_ word: UInt64) -> Bool {
    hasByte(word, 0x0A) || hasByte(word, 0x0D) || hasByte(word, 0xE2)
  }

  /// Returns whether one of the eight bytes of a word has a value.
  @inline(__always)
  private static func hasByte(_ word: UInt64, _ byte: UInt64) -> Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let difference = word ^ (ones &* byte)
    return (difference &- ones) & ~difference & (ones &* 0x80) != 0
  }

  /// Returns whether the pattern matches, without a table.
  func simulate(_ bytes: [UInt8], in range: Range<Int>) -> Bool {
    var text: [UInt32] = []
    text.reserveCapacity(range.count)
    var index = range.lowerBound
    while index < range.upperBound {
      let (scalar, length) = UTF8Reading.scalar(in: bytes, at: index, before: range.upperBound)
      text.append(scalar)
      index += length
    }
    var matcher = PatternMatcher(program, text: text)
    return matcher.matches()
  }

  /// Returns whether the pattern matches somewhere in a text.
  func matches(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return matches(bytes, in: 0..<bytes.count)
  }
}
