extension PatternParser {
  /// Reads what follows a backslash outside a class.
  mutating func escapedTerm() throws(PatternProblem) -> (node: Int, repeatable: Bool) {
    guard let next = peek else { throw unexpectedHere(expected: "an escape") }
    switch Unicode.Scalar(next) {
    case "b":
      position += 1
      return (syntax.add(.wordBoundary(negated: false)), false)
    case "B":
      position += 1
      return (syntax.add(.wordBoundary(negated: true)), false)
    case "1", "2", "3", "4", "5", "6", "7", "8", "9", "k":
      throw problem(.unsupported("backreferences"))
    default:
      if let set = try classEscape() { return (syntax.add(set: set), true) }
      let scalar = try scalarEscape(inClass: false)
      return (syntax.add(set: ScalarSet(scalar: scalar)), true)
    }
  }

  /// Reads a class after its opening bracket.
  mutating func characterClass() throws(PatternProblem) -> ScalarSet {
    let negated = take("^")
    var ranges: [ClosedRange<UInt32>] = []
    while !take("]") {
      let low = try classMember()
      guard peek == 0x2D, let after = peek(after: 1), after != 0x5D else {
        ranges += low.set.ranges
        continue
      }
      position += 1
      let high = try classMember()
      if let first = low.scalar, let last = high.scalar {
        if first > last {
          throw problem(
            .reversedBounds(PatternParser.shown(first) + "-" + PatternParser.shown(last))
          )
        }
        ranges.append(first...last)
      } else {
        ranges += low.set.ranges + high.set.ranges + [0x2D...0x2D]
      }
    }
    let set = ScalarSet(ranges)
    return negated ? set.complement : set
  }

  private mutating func classMember() throws(PatternProblem) -> (scalar: UInt32?, set: ScalarSet) {
    guard let next = peek else { throw unexpectedHere(expected: "']'") }
    position += 1
    guard next == 0x5C else { return (next, ScalarSet(scalar: next)) }
    if let set = try classEscape() { return (nil, set) }
    let scalar = try scalarEscape(inClass: true)
    return (scalar, ScalarSet(scalar: scalar))
  }

  /// Reads `d`, `D`, `s`, `S`, `w`, `W`, `p{…}` or `P{…}`; nil when something else comes.
  private mutating func classEscape() throws(PatternProblem) -> ScalarSet? {
    guard let next = peek else { throw unexpectedHere(expected: "an escape") }
    switch Unicode.Scalar(next) {
    case "d": position += 1; return .digits
    case "D": position += 1; return ScalarSet.digits.complement
    case "s": position += 1; return .spaces
    case "S": position += 1; return ScalarSet.spaces.complement
    case "w": position += 1; return .words
    case "W": position += 1; return ScalarSet.words.complement
    case "p", "P":
      position += 1
      let set = try propertyClass()
      return next == 0x50 ? set.complement : set
    default: return nil
    }
  }

  private mutating func propertyClass() throws(PatternProblem) -> ScalarSet {
    if !take("{") { throw unexpectedHere(expected: "'{'") }
    var name = ""
    while let next = peek, next != 0x7D {
      name += PatternParser.shown(next)
      position += 1
    }
    if !take("}") { throw unexpectedHere(expected: "'}'") }
    guard let set = UnicodeProperty.set(named: name) else {
      throw problem(.unknownProperty(name))
    }
    return set
  }

  /// Reads an escape that stands for one scalar.
  private mutating func scalarEscape(inClass: Bool) throws(PatternProblem) -> UInt32 {
    guard let next = peek, let scalar = Unicode.Scalar(next) else {
      throw unexpectedHere(expected: "an escape")
    }
    switch scalar {
    case "t": position += 1; return 0x09
    case "n": position += 1; return 0x0A
    case "v": position += 1; return 0x0B
    case "f": position += 1; return 0x0C
    case "r": position += 1; return 0x0D
    case "b" where inClass: position += 1; return 0x08
    case "0":
      if let digit = peek(after: 1), digit >= 0x30, digit <= 0x39 {
        throw problem(.unknownEscape("0" + PatternParser.shown(digit)))
      }
      position += 1
      return 0
    case "c":
      guard let letter = peek(after: 1), let control = Unicode.Scalar(letter), control.isASCII,
        control.properties.isAlphabetic
      else { throw problem(.unknownEscape("c")) }
      position += 2
      return letter % 32
    case "x":
      position += 1
      return try hexadecimal(digits: 2)
    case "u":
      position += 1
      return try unicodeEscape()
    default:
      if scalar.isASCII, scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
        throw problem(.unknownEscape(PatternParser.shown(next)))
      }
      position += 1
      return next
    }
  }

  private mutating func unicodeEscape() throws(PatternProblem) -> UInt32 {
    if take("{") {
      var value: UInt32 = 0
      var count = 0
      while let digit = peek.flatMap(PatternParser.digit) {
        value = min(value &* 16 &+ digit, 0x200000)
        count += 1
        position += 1
      }
      if count == 0 || !take("}") || value > ScalarSet.scalarMax { throw unexpectedHere() }
      return value
    }
    let first = try hexadecimal(digits: 4)
    guard first >= 0xD800, first <= 0xDBFF, peek == 0x5C, peek(after: 1) == 0x75 else {
      return first
    }
    let before = position
    position += 2
    let second = try hexadecimal(digits: 4)
    guard second >= 0xDC00, second <= 0xDFFF else {
      position = before
      return first
    }
    return 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00)
  }

  private mutating func hexadecimal(digits: Int) throws(PatternProblem) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<digits {
      guard let digit = peek.flatMap(PatternParser.digit) else {
        throw unexpectedHere(expected: "a hexadecimal digit")
      }
      value = value * 16 + digit
      position += 1
    }
    return value
  }

  private static func digit(_ scalar: UInt32) -> UInt32? {
    switch scalar {
    case 0x30...0x39: scalar - 0x30
    case 0x41...0x46: scalar - 0x41 + 10
    case 0x61...0x66: scalar - 0x61 + 10
    default: nil
    }
  }
}
