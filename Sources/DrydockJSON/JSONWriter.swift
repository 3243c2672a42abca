/// Writes JSON text piece by piece into a buffer of its own.
///
///     var writer = JSONWriter()
///     writer.object {
///       $0.member("order", "SO-1042")
///       $0.member("quantity", 2)
///       $0.memberArray("tags") { $0.value("gift") }
///     }
///     writer.text        // {"order":"SO-1042","quantity":2,"tags":["gift"]}
///
/// Commas, escapes and indents are the writer's. A member outside an object, a value without a name
/// inside one, a second root and a malformed number are mistakes of the calling code and stop it,
/// so what comes out is always valid. Members are written in the order of the calls.
public struct JSONWriter: Sendable {
  /// Which container is open innermost.
  @usableFromInline
  enum Frame: Sendable {
    case root
    case object
    case array
  }

  /// What a container sets aside while it is open.
  @usableFromInline
  struct Outer: Sendable {
    let frame: Frame
  }

  /// The text so far.
  public private(set) var bytes: [UInt8] = []

  private let isPretty: Bool
  private let escapesSlashes: Bool
  private let escapesNonASCII: Bool
  private var frame = Frame.root
  /// Whether a value stands before the current place in the same container.
  private var hasValue = false
  private var depth = 0

  /// Creates a writer.
  ///
  /// - Parameters:
  ///   - pretty: Whether members and elements stand on lines of their own, two spaces deeper.
  ///   - escapesSlashes: Whether `/` is written `\/`, as some partners sign it.
  ///   - escapesNonASCII: Whether characters beyond ASCII are written `\uXXXX`, in lower-case hex.
  public init(
    pretty: Bool = false,
    escapesSlashes: Bool = false,
    escapesNonASCII: Bool = false
  ) {
    isPretty = pretty
    self.escapesSlashes = escapesSlashes
    self.escapesNonASCII = escapesNonASCII
  }

  /// The text so far.
  public var text: String {
    String(decoding: bytes, as: UTF8.self)
  }

  /// Makes room for a number of bytes.
  public mutating func reserveCapacity(_ count: Int) {
    bytes.reserveCapacity(count)
  }

  /// Empties the buffer, keeping its room, so that another document can be written.
  public mutating func removeAll() {
    precondition(frame == .root, "a container is still open")
    bytes.removeAll(keepingCapacity: true)
    hasValue = false
  }

  /// Ends a record of JSON Lines: writes a line feed and takes another root.
  public mutating func endLine() {
    precondition(frame == .root && hasValue, "a line holds one whole value")
    bytes.append(0x0A)
    hasValue = false
  }

  /// Writes an object whose members the body writes.
  @inlinable
  public mutating func object<Failure: Error>(
    _ body: (inout JSONWriter) throws(Failure) -> Void
  ) throws(Failure) {
    let outer = beginObject()
    try body(&self)
    endObject(outer)
  }

  /// Writes an array whose elements the body writes.
  @inlinable
  public mutating func array<Failure: Error>(
    _ body: (inout JSONWriter) throws(Failure) -> Void
  ) throws(Failure) {
    let outer = beginArray()
    try body(&self)
    endArray(outer)
  }

  /// Writes a member that is an object whose members the body writes.
  @inlinable
  public mutating func memberObject<Failure: Error>(
    _ name: String,
    _ body: (inout JSONWriter) throws(Failure) -> Void
  ) throws(Failure) {
    let outer = beginObject(name)
    try body(&self)
    endObject(outer)
  }

  /// Writes a member that is an array whose elements the body writes.
  @inlinable
  public mutating func memberArray<Failure: Error>(
    _ name: String,
    _ body: (inout JSONWriter) throws(Failure) -> Void
  ) throws(Failure) {
    let outer = beginArray(name)
    try body(&self)
    endArray(outer)
  }
}

// MARK: Containers

extension JSONWriter {
  @usableFromInline
  mutating func beginObject(_ name: String? = nil) -> Outer {
    begin(name, .object, UInt8(ascii: "{"))
  }

  @usableFromInline
  mutating func endObject(_ outer: Outer) {
    end(outer, .object, UInt8(ascii: "}"))
  }

  @usableFromInline
  mutating func beginArray(_ name: String? = nil) -> Outer {
    begin(name, .array, UInt8(ascii: "["))
  }

  @usableFromInline
  mutating func endArray(_ outer: Outer) {
    end(outer, .array, UInt8(ascii: "]"))
  }

  private mutating func begin(_ name: String?, _ inner: Frame, _ bracket: UInt8) -> Outer {
    if let name { startMember(name) } else { startValue() }
    return open(inner, bracket)
  }

  private mutating func open(_ inner: Frame, _ bracket: UInt8) -> Outer {
    bytes.append(bracket)
    let outer = Outer(frame: frame)
    frame = inner
    hasValue = false
    depth += 1
    return outer
  }

  /// Writes a container where its place is already made ready.
  mutating func writeContainer<Failure: Error>(
    _ inner: Frame,
    _ body: (inout JSONWriter) throws(Failure) -> Void
  ) throws(Failure) {
    let outer = open(inner, inner == .object ? UInt8(ascii: "{") : UInt8(ascii: "["))
    try body(&self)
    end(outer, inner, inner == .object ? UInt8(ascii: "}") : UInt8(ascii: "]"))
  }

  private mutating func end(_ outer: Outer, _ inner: Frame, _ bracket: UInt8) {
    precondition(frame == inner, "containers close in the order they were opened")
    depth -= 1
    if isPretty, hasValue { startLine() }
    bytes.append(bracket)
    frame = outer.frame
    hasValue = true
  }

  /// Writes what stands before a value without a name.
  @inline(__always)
  mutating func startValue() {
    precondition(frame != .object, "a value inside an object needs a name")
    precondition(frame != .root || !hasValue, "a document has one root")
    if isPretty {
      separate()
    } else if hasValue {
      bytes.append(UInt8(ascii: ","))
    }
    hasValue = true
  }

  /// Writes what stands before a member's value, its name included.
  @inline(__always)
  mutating func startMember(_ name: String) {
    let utf8 = name.utf8
    startMember(utf8.span)
  }

  /// Writes what stands before a member's value, its name included.
  mutating func startMember(_ name: Span<UInt8>) {
    precondition(frame == .object, "a member stands inside an object")
    if isPretty {
      separate()
      writeString(name)
      bytes.append(UInt8(ascii: ":"))
      bytes.append(0x20)
    } else {
      writeString(name, afterComma: hasValue, beforeColon: true)
    }
    hasValue = true
  }

  private mutating func separate() {
    if hasValue { bytes.append(UInt8(ascii: ",")) }
    if frame != .root { startLine() }
  }

  private mutating func startLine() {
    bytes.append(0x0A)
    for _ in 0..<depth {
      bytes.append(0x20)
      bytes.append(0x20)
    }
  }
}

// MARK: Text

extension JSONWriter {
  /// Writes text in quotes, escaping what has to be.
  mutating func writeString(_ text: String) {
    let utf8 = text.utf8
    writeString(utf8.span)
  }

  /// Writes UTF-8 in quotes, escaping what has to be, with the marks around it in the same step.
  mutating func writeString(
    _ utf8: Span<UInt8>,
    afterComma: Bool = false,
    beforeColon: Bool = false
  ) {
    var plain = 0
    let isMoreEscaped = escapesSlashes || escapesNonASCII
    bytes.append(addingCapacity: utf8.count + 4) { output in
      if afterComma { output.append(UInt8(ascii: ",")) }
      output.append(UInt8(ascii: "\""))
      if !isMoreEscaped { plain = JSONWriter.appendPlain(utf8, to: &output) }
      guard plain == utf8.count else { return }
      output.append(UInt8(ascii: "\""))
      if beforeColon { output.append(UInt8(ascii: ":")) }
    }
    guard plain < utf8.count else { return }
    writeEscaped(utf8, from: plain)
    bytes.append(UInt8(ascii: "\""))
    if beforeColon { bytes.append(UInt8(ascii: ":")) }
  }

  /// Appends bytes up to the first that needs an escape and returns how many those were.
  @inline(__always)
  private static func appendPlain(_ utf8: Span<UInt8>, to output: inout OutputSpan<UInt8>) -> Int {
    var position = 0
    while position < utf8.count {
      let byte = utf8[position]
      if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { break }
      output.append(byte)
      position &+= 1
    }
    return position
  }

  /// Writes bytes that are already valid here, such as digits.
  mutating func writePlain(_ text: Span<UInt8>) {
    bytes.append(addingCapacity: text.count) { output in
      for position in 0..<text.count { output.append(text[position]) }
    }
  }

  /// Writes text that is already valid here, such as a number's.
  mutating func writePlain(_ text: String) {
    let utf8 = text.utf8
    writePlain(utf8.span)
  }

  /// Writes a word given as its letters, the first in the lowest byte.
  @inline(__always)
  private mutating func writeWord(_ letters: UInt64) {
    bytes.append(addingCapacity: 8) { output in
      var rest = letters
      while rest != 0 {
        output.append(UInt8(truncatingIfNeeded: rest))
        rest &>>= 8
      }
    }
  }

  /// Writes `null`.
  mutating func writeNull() {
    writeWord(0x6C6C_756E)
  }

  /// Writes `true` or `false`.
  mutating func writeBoolean(_ value: Bool) {
    writeWord(value ? 0x6575_7274 : 0x65_736C_6166)
  }

  /// Writes a whole number.
  mutating func writeInteger(_ value: Int64) {
    var digits = InlineArray<20, UInt8>(repeating: 0)
    var start = 20
    var magnitude = value.magnitude
    repeat {
      start &-= 1
      let (quotient, digit) = magnitude.quotientAndRemainder(dividingBy: 10)
      digits[start] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: digit)
      magnitude = quotient
    } while magnitude > 0
    if value < 0 {
      start &-= 1
      digits[start] = UInt8(ascii: "-")
    }
    bytes.append(addingCapacity: 20) { output in
      while start < 20 {
        output.append(digits[start])
        start &+= 1
      }
    }
  }

  private mutating func writeEscaped(_ utf8: Span<UInt8>, from start: Int) {
    for position in start..<utf8.count {
      let byte = utf8[position]
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(byte)
      case 0..<0x20: writeControl(byte)
      case UInt8(ascii: "/") where escapesSlashes:
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(byte)
      case 0x80... where escapesNonASCII: writeUnicodeEscape(utf8, at: position)
      default: bytes.append(byte)
      }
    }
  }

  private mutating func writeControl(_ byte: UInt8) {
    bytes.append(UInt8(ascii: "\\"))
    switch byte {
    case 0x08: bytes.append(UInt8(ascii: "b"))
    case 0x09: bytes.append(UInt8(ascii: "t"))
    case 0x0A: bytes.append(UInt8(ascii: "n"))
    case 0x0C: bytes.append(UInt8(ascii: "f"))
    case 0x0D: bytes.append(UInt8(ascii: "r"))
    default: writeHex(UInt32(byte))
    }
  }

  /// Writes the scalar whose first byte is here as one or two escapes; nothing for its other bytes.
  private mutating func writeUnicodeEscape(_ utf8: Span<UInt8>, at position: Int) {
    let lead = utf8[position]
    guard lead >= 0xC0 else { return }
    let length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
    var scalar = UInt32(lead & (0x7F >> UInt8(length)))
    for offset in 1..<length {
      scalar = scalar << 6 | UInt32(utf8[position + offset] & 0x3F)
    }
    if scalar >= 0x1_0000 {
      let rest = scalar - 0x1_0000
      bytes.append(UInt8(ascii: "\\"))
      writeHex(0xD800 + rest >> 10)
      scalar = 0xDC00 + rest & 0x3FF
    }
    bytes.append(UInt8(ascii: "\\"))
    writeHex(scalar)
  }

  /// Writes `u` and four hex digits.
  private mutating func writeHex(_ unit: UInt32) {
    bytes.append(UInt8(ascii: "u"))
    for shift in [12, 8, 4, 0] as [UInt32] {
      let digit = UInt8(truncatingIfNeeded: unit >> shift & 0xF)
      bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
    }
  }

  /// Returns the upper-case hex digit of a number below 16.
  static func upperHexDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
  }
}
