/// Turns RFC 8259 text into a tape.
///
///         ┌───────────────── , ◀─────────────┐
///         ▼                                  │
///     [ name : ] ──▶ [ value ] ──▶ [ end? ] ─┤
///      in objects      │  ▲           ▲  │ ] }
///                  { [ └──┘           └──┘   └──▶ done, once all are closed
///
/// The open containers are linked through their own `next` until they close, so nesting takes no
/// stack and no recursion.
struct JSONScanner {
  /// Marks the root, which has no container around it.
  static let outside = Int.max

  /// Where tokens go while they are scanned; its room is fixed, so a scan may run out of it.
  typealias Tape = OutputSpan<JSONTape.Entry>

  var position: Int
  /// The index of the innermost open container.
  var container = JSONScanner.outside
  var inObject = false
  /// The children of the innermost open container so far.
  var children: UInt32 = 0
  var depth = 0
  let depthMax: Int
  let numberBytesMax: Int

  init(options: JSONReadOptions, position: Int) {
    self.position = position
    depthMax = min(options.depthMax, JSONReadOptions.depthLimit)
    numberBytesMax = options.numberBytesMax
  }

  /// Scans one document and returns whether the tape had room for it.
  mutating func scan(_ bytes: Span<UInt8>, _ tape: inout Tape) throws(JSONError) -> Bool {
    // A turn takes one name and one value.
    while tape.freeCapacity >= 2 {
      if inObject { try scanName(bytes, &tape) }
      if try scanValue(bytes, &tape) { continue }
      if try scanEnds(bytes, &tape) { return true }
    }
    return false
  }

  /// Moves to the next byte that is no white space and returns it.
  @inline(__always)
  mutating func nextByte(
    _ bytes: Span<UInt8>,
    _ expected: JSONError.Expected
  ) throws(JSONError) -> UInt8 {
    while position < bytes.count {
      let byte = bytes[position]
      if byte > 0x20 { return byte }
      guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return byte }
      position &+= 1
    }
    throw endOfText(bytes, expected)
  }

  /// Says that the text ends, or that there was none.
  @inline(never)
  func endOfText(_ bytes: Span<UInt8>, _ expected: JSONError.Expected) -> JSONError {
    let isEmpty = container == JSONScanner.outside && expected == .value
    return failure(isEmpty ? .empty : .unexpectedEnd(expected), at: bytes.count)
  }

  /// Scans a value and returns whether it is a container that waits for its first child.
  @inline(__always)
  private mutating func scanValue(
    _ bytes: Span<UInt8>,
    _ tape: inout Tape
  ) throws(JSONError) -> Bool {
    let byte = try nextByte(bytes, .value)
    children &+= 1
    switch byte {
    case UInt8(ascii: "\""):
      try scanString(bytes, &tape)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      try scanNumber(bytes, &tape)
    case UInt8(ascii: "{"):
      return try openObject(bytes, &tape)
    case UInt8(ascii: "["):
      return try openArray(bytes, &tape)
    case UInt8(ascii: "t"):
      try scanLiteral(bytes, 0x6575_7274, .isTrue, &tape)
    case UInt8(ascii: "f"):
      try scanLiteral(bytes, 0x65_736C_6166, .isFalse, &tape)
    case UInt8(ascii: "n"):
      try scanLiteral(bytes, 0x6C6C_756E, .null, &tape)
    default:
      throw unexpected(bytes, .value)
    }
    return false
  }

  /// Scans a name and the colon behind it.
  @inline(__always)
  private mutating func scanName(_ bytes: Span<UInt8>, _ tape: inout Tape) throws(JSONError) {
    guard try nextByte(bytes, .name) == UInt8(ascii: "\"") else {
      throw unexpected(bytes, .name)
    }
    try scanString(bytes, &tape)
    guard try nextByte(bytes, .colon) == UInt8(ascii: ":") else {
      throw unexpected(bytes, .colon)
    }
    position &+= 1
  }

  /// Closes all containers that end here and takes a comma, or returns that the document is whole.
  @inline(__always)
  private mutating func scanEnds(
    _ bytes: Span<UInt8>,
    _ tape: inout Tape
  ) throws(JSONError) -> Bool {
    while container != JSONScanner.outside {
      let byte = try nextByte(bytes, inObject ? .commaOrObjectEnd : .commaOrArrayEnd)
      if byte == UInt8(ascii: ",") {
        position &+= 1
        return false
      }
      guard byte == (inObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else {
        throw unexpected(bytes, inObject ? .commaOrObjectEnd : .commaOrArrayEnd)
      }
      close(&tape)
    }
    try scanEnd(bytes)
    return true
  }

  /// Makes sure that nothing follows the root.
  private mutating func scanEnd(_ bytes: Span<UInt8>) throws(JSONError) {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x0A, 0x0D, 0x09: position += 1
      default: throw unexpected(bytes, .endOfText)
      }
    }
  }

  @inline(__always)
  private mutating func openObject(
    _ bytes: Span<UInt8>,
    _ tape: inout Tape
  ) throws(JSONError) -> Bool {
    try open(.object, &tape)
    guard try nextByte(bytes, .nameOrEnd) == UInt8(ascii: "}") else {
      guard bytes[position] == UInt8(ascii: "\"") else { throw unexpected(bytes, .nameOrEnd) }
      return true
    }
    close(&tape)
    return false
  }

  @inline(__always)
  private mutating func openArray(
    _ bytes: Span<UInt8>,
    _ tape: inout Tape
  ) throws(JSONError) -> Bool {
    try open(.array, &tape)
    guard try nextByte(bytes, .valueOrEnd) == UInt8(ascii: "]") else { return true }
    close(&tape)
    return false
  }

  @inline(__always)
  mutating func open(_ form: JSONTape.Form, _ tape: inout Tape) throws(JSONError) {
    guard depth < depthMax else { throw failure(.depthExceeded(limit: depthMax), at: position) }
    depth &+= 1
    if container != JSONScanner.outside {
      tape[container].tag = packed(inObject ? .object : .array, children)
    }
    let index = tape.count
    tape.append(
      JSONTape.Entry(offset: position, length: 0, next: container, tag: form.rawValue)
    )
    container = index
    inObject = form == .object
    children = 0
    position &+= 1
  }

  /// Closes the innermost container at its closing bracket.
  @inline(__always)
  mutating func close(_ tape: inout Tape) {
    position &+= 1
    let outer = tape[container].next
    tape[container].length = UInt32(truncatingIfNeeded: position) &- tape[container].offset
    tape[container].next = UInt32(truncatingIfNeeded: tape.count)
    tape[container].tag = packed(inObject ? .object : .array, children)
    depth &-= 1
    guard outer != UInt32.max else {
      container = JSONScanner.outside
      inObject = false
      return
    }
    container = Int(outer)
    let tag = tape[container].tag
    inObject = tag & 0xF == JSONTape.Form.object.rawValue
    children = tag >> JSONTape.countShift
  }

  @inline(__always)
  private func packed(_ form: JSONTape.Form, _ children: UInt32) -> UInt32 {
    form.rawValue | min(children, JSONTape.countMax) << JSONTape.countShift
  }

  @inline(__always)
  mutating func append(
    _ form: JSONTape.Form,
    flags: UInt32 = 0,
    from start: Int,
    _ tape: inout Tape
  ) {
    tape.append(
      JSONTape.Entry(
        offset: start,
        length: position &- start,
        next: tape.count &+ 1,
        tag: form.rawValue | flags
      )
    )
  }

  /// Scans a word given as its letters, the first in the lowest byte.
  @inline(__always)
  private mutating func scanLiteral(
    _ bytes: Span<UInt8>,
    _ letters: UInt64,
    _ form: JSONTape.Form,
    _ tape: inout Tape
  ) throws(JSONError) {
    let start = position
    var rest = letters
    while rest != 0 {
      guard position < bytes.count, bytes[position] == UInt8(truncatingIfNeeded: rest) else {
        throw misspelling(bytes, form)
      }
      position &+= 1
      rest &>>= 8
    }
    append(form, from: start, &tape)
  }

  /// Says where a word stops being the literal it started as.
  @inline(never)
  private func misspelling(_ bytes: Span<UInt8>, _ form: JSONTape.Form) -> JSONError {
    let word = form == .null ? "null" : form == .isTrue ? "true" : "false"
    guard position < bytes.count else {
      return failure(.unexpectedEnd(.literal(word)), at: position)
    }
    return failure(.unexpectedByte(bytes[position], .literal(word)), at: position)
  }

  /// Makes an error; kept out of the fast path.
  @inline(never)
  func failure(_ kind: JSONError.Kind, at offset: Int) -> JSONError {
    JSONError(kind, offset: offset)
  }
}
