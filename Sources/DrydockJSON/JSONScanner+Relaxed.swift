// Relaxed syntax has its own loop, so that it costs strict text nothing.
extension JSONScanner {
  /// Where a relaxed scan goes on once a token is taken.
  private enum Phase {
    case value
    case name
    case after
    case done
  }

  /// Scans one document in relaxed syntax and returns whether the tape had room for it.
  mutating func scanRelaxed(_ bytes: Span<UInt8>, _ tape: inout Tape) throws(JSONError) -> Bool {
    var phase = Phase.value
    while !tape.isFull {
      switch phase {
      case .value: phase = try scanRelaxedValue(bytes, &tape)
      case .name: phase = try scanRelaxedName(bytes, &tape)
      case .after: phase = try scanRelaxedAfter(bytes, &tape)
      case .done: return true
      }
    }
    return false
  }

  private mutating func scanRelaxedValue(
    _ bytes: Span<UInt8>,
    _ tape: inout Tape
  ) throws(JSONError) -> Phase {
    let byte = try nextRelaxedByte(bytes, .value)
    nesting.children &+= 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      try scanRelaxedString(bytes, &tape)
    case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      try scanRelaxedNumber(bytes, &tape)
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      try nesting.open(byte, at: position, &tape)
      position += 1
      return try phaseBeforeChild(bytes, nesting.inObject ? .nameOrEnd : .valueOrEnd, &tape)
    default: try scanWord(bytes, &tape)
    }
    return .after
  }

  /// Closes the container if its end is next, else says what its next child starts with.
  private mutating func phaseBeforeChild(
    _ bytes: Span<UInt8>,
    _ expected: JSONError.Expected,
    _ tape: inout Tape
  ) throws(JSONError) -> Phase {
    let byte = try nextRelaxedByte(bytes, expected)
    guard byte == nesting.closer else {
      return nesting.inObject ? .name : .value
    }
    position += 1
    nesting.close(at: position, &tape)
    return .after
  }

  private mutating func scanWord(_ bytes: Span<UInt8>, _ tape: inout Tape) throws(JSONError) {
    let start = position
    let found = word(bytes)
    let form: JSONTape.Form
    switch found {
    case "null": form = .null
    case "true": form = .isTrue
    case "false": form = .isFalse
    default: throw unexpected(bytes, .value)
    }
    position += found.utf8.count
    append(form, 0, from: start, &tape)
  }

  private mutating func scanRelaxedName(
    _ bytes: Span<UInt8>,
    _ tape: inout Tape
  ) throws(JSONError) -> Phase {
    let byte = try nextRelaxedByte(bytes, .name)
    if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
      try scanRelaxedString(bytes, &tape)
      tape[tape.count - 1].setNameHash(bytes)
    } else {
      try scanUnquotedName(bytes, &tape)
    }
    guard try nextRelaxedByte(bytes, .colon) == UInt8(ascii: ":") else {
      throw unexpected(bytes, .colon)
    }
    position += 1
    return .value
  }

  private mutating func scanUnquotedName(_ bytes: Span<UInt8>, _ tape: inout Tape) throws(JSONError)
  {
    let start = position
    while position < bytes.count, JSONScanner.isNameByte(bytes[position]) { position += 1 }
    let following = position < bytes.count ? bytes[position] : UInt8(ascii: ":")
    guard position > start || following >= 0x80 || following == UInt8(ascii: "\\") else {
      throw unexpected(bytes, .name)
    }
    let endsName: Bool
    switch following {
    case UInt8(ascii: ":"), 0x20, 0x09, 0x0A, 0x0D, UInt8(ascii: "/"): endsName = true
    default: endsName = false
    }
    guard endsName, position > start, !JSONScanner.isDigit(bytes[start]) else {
      let name = String(decoding: (start..<position).map { bytes[$0] }, as: UTF8.self)
      throw JSONError(.nameNeedsQuotes(name), offset: start)
    }
    append(.string, JSONTape.unquoted | JSONTape.relaxed, from: start, &tape)
  }

  private mutating func scanRelaxedAfter(
    _ bytes: Span<UInt8>,
    _ tape: inout Tape
  ) throws(JSONError) -> Phase {
    guard nesting.isOpen else {
      try skipBlank(bytes)
      guard position == bytes.count else { throw unexpected(bytes, .endOfText) }
      return .done
    }
    let expected: JSONError.Expected = nesting.inObject ? .commaOrObjectEnd : .commaOrArrayEnd
    let byte = try nextRelaxedByte(bytes, expected)
    if byte == UInt8(ascii: ",") {
      position += 1
      return try phaseBeforeChild(bytes, nesting.inObject ? .nameOrEnd : .valueOrEnd, &tape)
    }
    guard byte == nesting.closer else {
      throw unexpected(bytes, expected)
    }
    position += 1
    nesting.close(at: position, &tape)
    return .after
  }

  /// Moves to the next byte that is neither white space nor part of a comment and returns it.
  private mutating func nextRelaxedByte(
    _ bytes: Span<UInt8>,
    _ expected: JSONError.Expected
  ) throws(JSONError) -> UInt8 {
    try skipBlank(bytes)
    guard position < bytes.count else { throw unexpected(bytes, expected) }
    return bytes[position]
  }

  /// Moves behind white space and comments.
  private mutating func skipBlank(_ bytes: Span<UInt8>) throws(JSONError) {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x09, 0x0A, 0x0D: position += 1
      case UInt8(ascii: "/") where position + 1 < bytes.count:
        switch bytes[position + 1] {
        case UInt8(ascii: "/"): try skipComment(bytes, isBlock: false)
        case UInt8(ascii: "*"): try skipComment(bytes, isBlock: true)
        default: return
        }
      default: return
      }
    }
  }

  /// Moves behind a comment, making sure that it is UTF-8.
  private mutating func skipComment(_ bytes: Span<UInt8>, isBlock: Bool) throws(JSONError) {
    let start = position
    position += 2
    while position < bytes.count {
      let byte = bytes[position]
      if byte >= 0x80 {
        position = try UTF8Text.endOfScalar(bytes, at: position)
        continue
      }
      position += 1
      if !isBlock, byte == 0x0A { return }
      if isBlock, byte == UInt8(ascii: "*"), position < bytes.count,
        bytes[position] == UInt8(ascii: "/")
      {
        position += 1
        return
      }
    }
    if isBlock { throw JSONError(.unexpectedEnd(.commentEnd), offset: start) }
  }

  /// Scans a string in either kind of quotes.
  private mutating func scanRelaxedString(
    _ bytes: Span<UInt8>,
    _ tape: inout Tape
  ) throws(JSONError) {
    let start = position
    let quote = bytes[start]
    var flags = JSONTape.relaxed
    position += 1
    while position < bytes.count, bytes[position] != quote {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\\") {
        flags |= JSONTape.escaped
        position = try endOfRelaxedEscape(bytes)
      } else if byte >= 0x80 {
        position = try UTF8Text.endOfScalar(bytes, at: position)
      } else if byte < 0x20 {
        throw JSONError(.controlCharacter(byte), offset: position)
      } else {
        position += 1
      }
    }
    guard position < bytes.count else {
      throw JSONError(.unexpectedEnd(.closingQuote), offset: position)
    }
    position += 1
    append(.string, flags, from: start, &tape)
  }

  /// Returns the offset behind an escape of relaxed syntax.
  private func endOfRelaxedEscape(_ bytes: Span<UInt8>) throws(JSONError) -> Int {
    guard position + 1 < bytes.count else {
      return try UTF8Text.endOfEscape(bytes, at: position)
    }
    let following = position + 2 < bytes.count ? bytes[position + 2] : 0
    switch bytes[position + 1] {
    case UInt8(ascii: "'"), UInt8(ascii: "v"), 0x0A: return position + 2
    case UInt8(ascii: "0") where !JSONScanner.isDigit(following): return position + 2
    case 0x0D: return following == 0x0A ? position + 3 : position + 2
    case UInt8(ascii: "x"):
      _ = try UTF8Text.hexValue(bytes, at: position + 2, digits: 2)
      return position + 4
    default: return try UTF8Text.endOfEscape(bytes, at: position)
    }
  }

  /// Returns whether a byte may stand in a name without quotes.
  private static func isNameByte(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || isDigit(byte)
      || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "$")
  }
}

// MARK: Numbers and entries

extension JSONScanner {
  /// Scans a number with the forms that relaxed syntax adds.
  private mutating func scanRelaxedNumber(
    _ bytes: Span<UInt8>,
    _ tape: inout Tape
  ) throws(JSONError) {
    let start = position
    var isStrict = true
    if bytes[position] == UInt8(ascii: "-") || bytes[position] == UInt8(ascii: "+") {
      isStrict = bytes[position] == UInt8(ascii: "-")
      position += 1
    }
    if position + 1 < bytes.count, bytes[position] == UInt8(ascii: "0"),
      bytes[position + 1] | 0x20 == UInt8(ascii: "x")
    {
      try scanHexadecimal(bytes, from: start, &tape)
      return
    }
    let first = position
    position = JSONScanner.skipDigits(bytes, first)
    let whole = position - first
    if whole > 1, bytes[first] == UInt8(ascii: "0") {
      throw JSONError(.foreignSyntax(.leadingZero), offset: first)
    }
    var flags = JSONTape.plainInteger
    var fraction = 0
    if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
      flags = 0
      let point = position
      position = JSONScanner.skipDigits(bytes, point + 1)
      fraction = position - point - 1
      if whole == 0 || fraction == 0 { isStrict = false }
    }
    guard whole + fraction > 0 else { throw JSONScanner.missingDigit(bytes, position) }
    if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
      flags = 0
      position = try JSONScanner.scanExponent(bytes, position)
    }
    guard position - start <= numberBytesMax else {
      throw JSONError(.numberLengthExceeded(limit: numberBytesMax), offset: start)
    }
    append(.number, isStrict ? flags : JSONTape.relaxed, from: start, &tape)
  }

  /// Scans `0x` and up to 16 hex digits.
  private mutating func scanHexadecimal(
    _ bytes: Span<UInt8>,
    from start: Int,
    _ tape: inout Tape
  ) throws(JSONError) {
    position += 2
    let first = position
    while position < bytes.count, UTF8Text.hexDigit(bytes[position]) != nil { position += 1 }
    guard position > first else {
      guard position < bytes.count else {
        throw JSONError(.unexpectedEnd(.hexDigit), offset: position)
      }
      throw JSONError(.unexpectedByte(bytes[position], .hexDigit), offset: position)
    }
    guard position - first <= 16 else {
      throw JSONError(.numberLengthExceeded(limit: 18), offset: start)
    }
    append(.number, JSONTape.relaxed, from: start, &tape)
  }

  /// Appends the entry of a value from an offset to the current position.
  private func append(
    _ form: JSONTape.Form,
    _ flags: UInt32,
    from start: Int,
    _ tape: inout Tape
  ) {
    tape.append(JSONTape.Entry(form, flags, from: start, to: position, next: tape.count + 1))
  }
}
