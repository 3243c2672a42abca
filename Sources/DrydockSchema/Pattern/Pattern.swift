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
  /// The pattern as written.
  let source: String
  private let program: PatternProgram
  private let automaton: PatternAutomaton?

  /// Compiles a pattern.
  init(_ source: String) throws(PatternProblem) {
    self.source = source
    program = try PatternProgram(try PatternParser.parse(source))
    automaton = PatternAutomaton(program)
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
  /// - Complexity: O(length), with the size of the pattern as a factor if it has looks.
  func matches(_ bytes: [UInt8], in range: Range<Int>) -> Bool {
    if let automaton { return automaton.matches(bytes, in: range) }
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
