/// The flat form of a document: one entry a value or name, in the order of the text.
///
///     text      {"sku": "A-1", "lines": [7, null]}
///
///     index     0       1      2       3        4      5       6
///     entry     object  name   string  name     array  number  null
///     offset    0       1      8       15       24     25      28
///     next      7       2      3       4        7      6       7
///     count     2                               2
///     hash              of sku         of lines
///
/// A value is skipped by following `next`; the children of a container start right after it.
/// Strings and numbers stay offsets into the text until asked for. Names carry a hash, so that a
/// look-up reads the text of few names that are not the one it looks for.
public struct JSONTape: Sendable {
  /// The entries, the root first.
  package var entries: [Entry]

  /// One value or name.
  package struct Entry: Sendable, BitwiseCopyable {
    /// The byte offset of the first byte, which is the quote, bracket or first digit.
    package var offset: UInt32
    /// The bytes from the first to the last, quotes and brackets included.
    package var length: UInt32
    /// The index of the entry after this value and all it holds.
    package var next: UInt32
    /// The form in the low 4 bits, flags in the next 4, and above them the number of children of
    /// a container, or the hash of a name.
    package var tag: UInt32

    /// Creates the entry of a value between two byte offsets.
    @inline(__always)
    init(_ form: JSONTape.Form, _ flags: UInt32, from start: Int, to end: Int, next: Int) {
      offset = UInt32(truncatingIfNeeded: start)
      length = UInt32(truncatingIfNeeded: end &- start)
      self.next = UInt32(truncatingIfNeeded: next)
      tag = form.rawValue | flags
    }
  }

  /// The form of an entry.
  package enum Form: UInt32, Sendable {
    case null = 0
    case isFalse
    case isTrue
    case number
    case string
    case array
    case object
  }

  /// Set where a string has escapes, so that its text differs from its bytes.
  @inlinable package static var escaped: UInt32 { 0x10 }
  /// Set where a number has no fraction and no exponent.
  @inlinable package static var plainInteger: UInt32 { 0x20 }
  /// Set where a string or number is written in relaxed syntax and has to be made strict first.
  @inlinable package static var relaxed: UInt32 { 0x40 }
  /// Set where a name has no quotes around it.
  @inlinable package static var unquoted: UInt32 { 0x80 }
  /// The first bit of the number of children.
  @inlinable package static var countShift: UInt32 { 8 }
  /// The largest number of children an entry can state; a container with as many or more is
  /// counted.
  @inlinable package static var countMax: UInt32 { 0xFF_FFFF }
}

extension JSONTape.Entry {
  /// The form of this entry.
  @inlinable @inline(__always)
  package var form: JSONTape.Form {
    // Only the scanners write tags, from this very enum.
    JSONTape.Form(rawValue: tag & 0xF) ?? .null
  }

  /// The hash of a name without escapes in double quotes, which `JSONNameKey` tells.
  @inline(__always)
  var nameHash: UInt32 {
    tag &>> JSONTape.countShift
  }

  /// Notes the hash of a name.
  @inline(__always)
  mutating func setNameHash(_ bytes: Span<UInt8>) {
    let start = Int(offset) &+ 1
    let key = JSONNameKey(bytes, start..<start &+ Int(length) &- 2)
    tag |= key.hash &<< JSONTape.countShift
  }

  /// Whether a flag is set.
  @inlinable @inline(__always)
  package func has(_ flag: UInt32) -> Bool {
    tag & flag != 0
  }

  /// The byte range of the whole value.
  @inlinable @inline(__always)
  package var range: Range<Int> {
    Int(offset)..<Int(offset) + Int(length)
  }

  /// The byte range of a string's or name's text, without its quotes.
  @inlinable @inline(__always)
  package var contentRange: Range<Int> {
    if has(JSONTape.unquoted) { return range }
    return Int(offset) + 1..<Int(offset) + Int(length) - 1
  }
}
