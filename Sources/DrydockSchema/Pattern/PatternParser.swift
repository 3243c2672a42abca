/// Reads an ECMA-262 regular expression with the `u` flag.
///
/// Where real schemas lean on the looser grammar of Annex B without ambiguity, it is accepted: an
/// escaped punctuation mark, a lone brace or bracket, and a hyphen beside a class. An escaped
/// letter without meaning stays an error, as do backreferences.
///
/// Source: ECMA-262, section 22.2.1 and annex B.1.2.
struct PatternParser {
  /// The scalars of the pattern.
  let text: [UInt32]
  /// The next scalar to read.
  var position = 0
  /// What has been read.
  var syntax = PatternSyntax()
  /// How many groups are open.
  var depth = 0

  /// How deep groups may nest.
  static let depthMax = 100

  /// Creates a parser of a pattern.
  init(_ pattern: String) {
    text = pattern.unicodeScalars.map(\.value)
  }

  /// Parses a whole pattern.
  static func parse(_ pattern: String) throws(PatternProblem) -> PatternSyntax {
    var parser = PatternParser(pattern)
    parser.syntax.root = try parser.choice()
    if parser.peek != nil { throw parser.unexpectedHere() }
    return parser.syntax
  }

  /// The next scalar, if there is one.
  var peek: UInt32? { position < text.count ? text[position] : nil }

  /// Returns the scalar some places further on.
  func peek(after count: Int) -> UInt32? {
    position + count < text.count ? text[position + count] : nil
  }

  /// Consumes a given scalar if it comes next.
  mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard peek == scalar.value else { return false }
    position += 1
    return true
  }

  /// Makes a problem at the current position.
  func problem(_ kind: PatternProblem.Kind) -> PatternProblem {
    PatternProblem(kind: kind, position: position)
  }

  /// Makes the problem of a scalar that may not stand here, or of an early end.
  func unexpectedHere(expected: String = "more") -> PatternProblem {
    guard let next = peek else { return problem(.unexpectedEnd(expected: expected)) }
    return problem(.unexpected(PatternParser.shown(next)))
  }

  /// Returns a scalar as text for a message.
  static func shown(_ scalar: UInt32) -> String {
    guard let scalar = Unicode.Scalar(scalar) else { return "?" }
    return String(Character(scalar))
  }

  private mutating func choice() throws(PatternProblem) -> Int {
    depth += 1
    if depth > PatternParser.depthMax {
      throw problem(.tooDeep(limit: PatternParser.depthMax))
    }
    defer { depth -= 1 }
    var branches = [try sequence()]
    while take("|") { branches.append(try sequence()) }
    return branches.count == 1 ? branches[0] : syntax.add(.choice(branches))
  }

  private mutating func sequence() throws(PatternProblem) -> Int {
    var parts: [Int] = []
    while let next = peek, next != 0x7C, next != 0x29 {
      let (node, repeatable) = try term()
      parts.append(try repetition(of: node, repeatable: repeatable))
    }
    if parts.isEmpty { return syntax.add(.empty) }
    return parts.count == 1 ? parts[0] : syntax.add(.sequence(parts))
  }

  private mutating func term() throws(PatternProblem) -> (node: Int, repeatable: Bool) {
    guard let next = peek else { throw unexpectedHere() }
    switch Unicode.Scalar(next) {
    case "^":
      position += 1
      return (syntax.add(.start), false)
    case "$":
      position += 1
      return (syntax.add(.end), false)
    case "(":
      position += 1
      return try group()
    case ".":
      position += 1
      return (syntax.add(set: .exceptLineEnds), true)
    case "[":
      position += 1
      let set = try characterClass()
      return (syntax.add(set: set), true)
    case "\\":
      position += 1
      return try escapedTerm()
    case "*", "+", "?":
      throw unexpectedHere()
    case "{":
      if repetitionBounds() != nil { throw unexpectedHere() }
      position += 1
      return (syntax.add(set: ScalarSet(scalar: next)), true)
    default:
      position += 1
      return (syntax.add(set: ScalarSet(scalar: next)), true)
    }
  }

  private mutating func group() throws(PatternProblem) -> (node: Int, repeatable: Bool) {
    var look: (behind: Bool, negated: Bool)?
    if take("?") {
      if take("=") {
        look = (false, false)
      } else if take("!") {
        look = (false, true)
      } else if take("<") {
        if take("=") {
          look = (true, false)
        } else if take("!") {
          look = (true, true)
        } else {
          _ = try groupName()
        }
      } else if !take(":") {
        throw modifiers()
      }
    }
    let body = try choice()
    if !take(")") { throw unexpectedHere(expected: "')'") }
    guard let look else { return (body, true) }
    return (
      syntax.add(.look(body, behind: look.behind, negated: look.negated)), !look.behind
    )
  }

  /// Reads the flags of `(?i-s:`, which are refused, and returns why.
  private mutating func modifiers() -> PatternProblem {
    guard peek != nil else { return unexpectedHere(expected: "':'") }
    var flags: Set<UInt32> = []
    var hasHyphen = false
    while let next = peek, next != 0x3A {
      switch Unicode.Scalar(next) {
      case "i", "m", "s": if !flags.insert(next).inserted { return unexpectedHere() }
      case "-": if hasHyphen { return unexpectedHere() } else { hasHyphen = true }
      default: return unexpectedHere()
      }
      position += 1
    }
    if peek == nil || flags.isEmpty { return unexpectedHere(expected: "':'") }
    return problem(.unsupported("group modifiers"))
  }

  private mutating func groupName() throws(PatternProblem) -> String {
    var name = ""
    while let next = peek, next != 0x3E {
      guard let scalar = Unicode.Scalar(next),
        scalar == "$" || scalar == "_" || scalar.properties.isIDContinue
      else { throw unexpectedHere() }
      name.unicodeScalars.append(scalar)
      position += 1
    }
    if !take(">") { throw unexpectedHere(expected: "'>'") }
    if name.isEmpty { throw unexpectedHere() }
    return name
  }

  private mutating func repetition(
    of node: Int,
    repeatable: Bool
  ) throws(PatternProblem) -> Int {
    guard let next = peek else { return node }
    let bounds: (min: Int, max: Int?)
    switch Unicode.Scalar(next) {
    case "*": bounds = (0, nil)
    case "+": bounds = (1, nil)
    case "?": bounds = (0, 1)
    case "{":
      guard let counted = repetitionBounds() else { return node }
      if let max = counted.max, max < counted.min {
        throw problem(.reversedBounds("{\(counted.min),\(max)}"))
      }
      if !repeatable { throw unexpectedHere() }
      position += counted.length
      _ = take("?")
      return syntax.add(.repetition(node, min: counted.min, max: counted.max))
    default: return node
    }
    if !repeatable { throw unexpectedHere() }
    position += 1
    _ = take("?")
    return syntax.add(.repetition(node, min: bounds.min, max: bounds.max))
  }

  /// Reads `{3}`, `{3,}` or `{3,5}` without consuming it; nil when a brace is just a brace.
  private func repetitionBounds() -> (min: Int, max: Int?, length: Int)? {
    var cursor = 1
    guard let min = number(at: &cursor) else { return nil }
    if peek(after: cursor) == 0x7D { return (min, min, cursor + 1) }
    guard peek(after: cursor) == 0x2C else { return nil }
    cursor += 1
    if peek(after: cursor) == 0x7D { return (min, nil, cursor + 1) }
    guard let max = number(at: &cursor), peek(after: cursor) == 0x7D else { return nil }
    return (min, max, cursor + 1)
  }

  /// Reads digits; a number too large to matter stays at a large one.
  private func number(at cursor: inout Int) -> Int? {
    var value: Int?
    while let next = peek(after: cursor), next >= 0x30, next <= 0x39 {
      value = min((value ?? 0) * 10 + Int(next - 0x30), 1_000_000_000)
      cursor += 1
    }
    return value
  }
}
