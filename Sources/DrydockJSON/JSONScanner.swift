/// Turns RFC 8259 text into a tape.
///
///         ┌───────────────── , ◀─────────────┐
///         ▼                                  │
///     [ name : ] ──▶ [ value ] ──▶ [ end? ] ─┤
///      in objects      │  ▲           ▲  │ ] }
///                  { [ └──┘           └──┘   └──▶ done, once all are closed
///
/// One loop takes one token a turn; strings, names among them, are scanned in one place. What
/// changes with every byte is kept in local variables and written back only to make an error.
struct JSONScanner {
  /// Where tokens go while they are scanned; its room is fixed, so a scan may run out of it.
  typealias Tape = OutputSpan<JSONTape.Entry>

  var position: Int
  var nesting: JSONNesting
  let numberBytesMax: Int

  init(options: JSONReadOptions, position: Int) {
    self.position = position
    nesting = JSONNesting(depthMax: min(options.depthMax, JSONReadOptions.depthLimit))
    numberBytesMax = options.numberBytesMax
  }

  /// Scans one document and returns whether the tape had room for it.
  func scan(_ bytes: Span<UInt8>, _ tape: inout Tape) throws(JSONError) -> Bool {
    var position = position
    var nesting = nesting
    var expectsName = false
    while !tape.isFull {
      position = JSONScanner.skipBlank(bytes, position)
      guard position < bytes.count else {
        throw unexpected(bytes, position, nesting, expectsName ? .name : .value)
      }
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") {
        position = try JSONScanner.scanString(bytes, position, &tape)
        if expectsName {
          tape[tape.count &- 1].setNameHash(bytes)
          position = JSONScanner.skipBlank(bytes, position)
          guard position < bytes.count, bytes[position] == UInt8(ascii: ":") else {
            throw unexpected(bytes, position, nesting, .colon)
          }
          position &+= 1
          expectsName = false
          continue
        }
        nesting.children &+= 1
      } else if expectsName {
        throw unexpected(bytes, position, nesting, nesting.children == 0 ? .nameOrEnd : .name)
      } else if byte == UInt8(ascii: "-") || JSONScanner.isDigit(byte) {
        position = try scanNumber(bytes, position, &tape)
        nesting.children &+= 1
      } else if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") {
        nesting.children &+= 1
        try nesting.open(byte, at: position, &tape)
        position = JSONScanner.skipBlank(bytes, position &+ 1)
        guard position < bytes.count else {
          throw unexpected(bytes, position, nesting, nesting.inObject ? .nameOrEnd : .valueOrEnd)
        }
        guard bytes[position] == nesting.closer else {
          expectsName = nesting.inObject
          continue
        }
      } else {
        position = try scanLiteral(bytes, position, nesting, &tape)
        nesting.children &+= 1
      }
      if try scanEnds(bytes, &position, &nesting, &tape) { return true }
      expectsName = nesting.inObject
    }
    return false
  }

  /// Closes all containers that end here and takes a comma, or returns that the document is whole.
  @inline(__always)
  private func scanEnds(
    _ bytes: Span<UInt8>,
    _ position: inout Int,
    _ nesting: inout JSONNesting,
    _ tape: inout Tape
  ) throws(JSONError) -> Bool {
    while nesting.isOpen {
      position = JSONScanner.skipBlank(bytes, position)
      let byte = position < bytes.count ? bytes[position] : 0
      if byte == UInt8(ascii: ",") {
        position &+= 1
        return false
      }
      guard byte == nesting.closer else {
        throw unexpected(
          bytes,
          position,
          nesting,
          nesting.inObject ? .commaOrObjectEnd : .commaOrArrayEnd
        )
      }
      position &+= 1
      nesting.close(at: position, &tape)
    }
    position = JSONScanner.skipBlank(bytes, position)
    guard position == bytes.count else {
      throw unexpected(bytes, position, nesting, .endOfText)
    }
    return true
  }

  /// Returns the offset of the next byte that is no white space, or the end.
  @inline(__always)
  static func skipBlank(_ bytes: Span<UInt8>, _ start: Int) -> Int {
    var position = start
    while position < bytes.count {
      let byte = bytes[position]
      if byte > 0x20 { break }
      guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { break }
      position &+= 1
    }
    return position
  }

  /// Scans one of the three words and returns the offset behind it.
  @inline(__always)
  private func scanLiteral(
    _ bytes: Span<UInt8>,
    _ start: Int,
    _ nesting: JSONNesting,
    _ tape: inout Tape
  ) throws(JSONError) -> Int {
    // The letters of each word, the first in the lowest byte.
    var rest: UInt64
    let form: JSONTape.Form
    switch bytes[start] {
    case UInt8(ascii: "t"): (rest, form) = (0x6575_7274, .isTrue)
    case UInt8(ascii: "f"): (rest, form) = (0x65_736C_6166, .isFalse)
    case UInt8(ascii: "n"): (rest, form) = (0x6C6C_756E, .null)
    default: throw unexpected(bytes, start, nesting, .value)
    }
    var position = start
    while rest != 0 {
      guard position < bytes.count, bytes[position] == UInt8(truncatingIfNeeded: rest) else {
        throw JSONScanner.misspelling(bytes, position, form)
      }
      position &+= 1
      rest &>>= 8
    }
    tape.append(JSONTape.Entry(form, 0, from: start, to: position, next: tape.count &+ 1))
    return position
  }

  /// Says where a word stops being the literal it started as.
  @inline(never)
  private static func misspelling(
    _ bytes: Span<UInt8>,
    _ position: Int,
    _ form: JSONTape.Form
  ) -> JSONError {
    let word = form == .null ? "null" : form == .isTrue ? "true" : "false"
    guard position < bytes.count else {
      return JSONError(.unexpectedEnd(.literal(word)), offset: position)
    }
    return JSONError(.unexpectedByte(bytes[position], .literal(word)), offset: position)
  }
}
