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
  public internal(set) var bytes: [UInt8] = []

  private let isPretty: Bool
  let escapesSlashes: Bool
  let escapesNonASCII: Bool
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
    // Room for a small payload, so that a large one is moved a few times less.
    bytes.reserveCapacity(512)
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
