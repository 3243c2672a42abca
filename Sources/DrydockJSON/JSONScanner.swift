/// Turns RFC 8259 text into a tape.
///
///             ┌────────── , ──────────┐
///             ▼                       │
///     ──▶ [ value ] ──▶ [ after ] ────┤
///            ▲  │ {         ▲  │ ] }  │ , in an object
///          : │  ▼           └──┘      │
///         [ name ] ◀──────────────────┘
///
/// The open containers are linked through their own `next` until they close, so nesting takes no
/// stack and no recursion.
struct JSONScanner {
  /// Where a scan goes on once a token is taken.
  enum Phase {
    case value
    case name
    case after
    case done
  }

  /// Marks the root, which has no container around it.
  static let outside = Int.max

  var entries: [JSONTape.Entry] = []
  var position = 0
  /// The index of the innermost open container.
  var container = JSONScanner.outside
  var inObject = false
  /// The children of the innermost open container so far.
  var children: UInt32 = 0
  var depth = 0
  let depthMax: Int
  let numberBytesMax: Int

  init(options: JSONReadOptions) {
    depthMax = min(options.depthMax, JSONReadOptions.depthLimit)
    numberBytesMax = options.numberBytesMax
  }

  /// Scans one document.
  mutating func scan(_ bytes: Span<UInt8>) throws(JSONError) {
    entries.reserveCapacity(bytes.count / 8 + 8)
    var phase = Phase.value
    while true {
      switch phase {
      case .value: phase = try scanValue(bytes)
      case .name: phase = try scanName(bytes)
      case .after: phase = try scanAfter(bytes)
      case .done: return
      }
    }
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
    throw failure(.unexpectedEnd(expected), at: bytes.count)
  }

  @inline(__always)
  private mutating func scanValue(_ bytes: Span<UInt8>) throws(JSONError) -> Phase {
    let byte = try nextByte(bytes, .value)
    children &+= 1
    switch byte {
    case UInt8(ascii: "\""):
      try scanString(bytes, form: .string)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      try scanNumber(bytes)
    case UInt8(ascii: "{"):
      return try openObject(bytes)
    case UInt8(ascii: "["):
      return try openArray(bytes)
    case UInt8(ascii: "t"):
      try scanLiteral(bytes, "true", .isTrue)
    case UInt8(ascii: "f"):
      try scanLiteral(bytes, "false", .isFalse)
    case UInt8(ascii: "n"):
      try scanLiteral(bytes, "null", .null)
    default:
      throw unexpected(bytes, .value)
    }
    return .after
  }

  @inline(__always)
  private mutating func scanName(_ bytes: Span<UInt8>) throws(JSONError) -> Phase {
    guard try nextByte(bytes, .name) == UInt8(ascii: "\"") else {
      throw unexpected(bytes, .name)
    }
    try scanString(bytes, form: .string)
    guard try nextByte(bytes, .colon) == UInt8(ascii: ":") else {
      throw unexpected(bytes, .colon)
    }
    position &+= 1
    return .value
  }

  @inline(__always)
  private mutating func scanAfter(_ bytes: Span<UInt8>) throws(JSONError) -> Phase {
    guard container != JSONScanner.outside else {
      try scanEnd(bytes)
      return .done
    }
    let byte = try nextByte(bytes, inObject ? .commaOrObjectEnd : .commaOrArrayEnd)
    if byte == UInt8(ascii: ",") {
      position &+= 1
      return inObject ? .name : .value
    }
    guard byte == (inObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else {
      throw unexpected(bytes, inObject ? .commaOrObjectEnd : .commaOrArrayEnd)
    }
    close()
    return .after
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
  private mutating func openObject(_ bytes: Span<UInt8>) throws(JSONError) -> Phase {
    try open(.object)
    guard try nextByte(bytes, .nameOrEnd) == UInt8(ascii: "}") else {
      guard bytes[position] == UInt8(ascii: "\"") else { throw unexpected(bytes, .nameOrEnd) }
      return .name
    }
    close()
    return .after
  }

  @inline(__always)
  private mutating func openArray(_ bytes: Span<UInt8>) throws(JSONError) -> Phase {
    try open(.array)
    guard try nextByte(bytes, .valueOrEnd) == UInt8(ascii: "]") else { return .value }
    close()
    return .after
  }

  @inline(__always)
  mutating func open(_ form: JSONTape.Form) throws(JSONError) {
    guard depth < depthMax else { throw failure(.depthExceeded(limit: depthMax), at: position) }
    depth &+= 1
    if container != JSONScanner.outside {
      entries[container].tag = packed(inObject ? .object : .array, children)
    }
    let index = entries.count
    entries.append(
      JSONTape.Entry(offset: position, length: 0, next: container, tag: form.rawValue)
    )
    container = index
    inObject = form == .object
    children = 0
    position &+= 1
  }

  /// Closes the innermost container at its closing bracket.
  @inline(__always)
  mutating func close() {
    position &+= 1
    let outer = entries[container].next
    entries[container].length = UInt32(truncatingIfNeeded: position) &- entries[container].offset
    entries[container].next = UInt32(truncatingIfNeeded: entries.count)
    entries[container].tag = packed(inObject ? .object : .array, children)
    depth &-= 1
    guard outer != UInt32.max else {
      container = JSONScanner.outside
      return
    }
    container = Int(outer)
    let tag = entries[container].tag
    inObject = tag & 0xF == JSONTape.Form.object.rawValue
    children = tag >> JSONTape.countShift
  }

  @inline(__always)
  private func packed(_ form: JSONTape.Form, _ children: UInt32) -> UInt32 {
    form.rawValue | min(children, JSONTape.countMax) << JSONTape.countShift
  }

  @inline(__always)
  mutating func append(_ form: JSONTape.Form, flags: UInt32 = 0, from start: Int) {
    entries.append(
      JSONTape.Entry(
        offset: start,
        length: position &- start,
        next: entries.count &+ 1,
        tag: form.rawValue | flags
      )
    )
  }

  private mutating func scanLiteral(
    _ bytes: Span<UInt8>,
    _ word: StaticString,
    _ form: JSONTape.Form
  ) throws(JSONError) {
    let start = position
    let spelling = word.description
    for expected in spelling.utf8 {
      guard position < bytes.count else {
        throw failure(.unexpectedEnd(.literal(spelling)), at: position)
      }
      guard bytes[position] == expected else {
        throw failure(.unexpectedByte(bytes[position], .literal(spelling)), at: position)
      }
      position += 1
    }
    append(form, from: start)
  }

  /// Makes an error; kept out of the fast path.
  @inline(never)
  func failure(_ kind: JSONError.Kind, at offset: Int) -> JSONError {
    JSONError(kind, offset: offset)
  }
}
