import DrydockJSON

/// A hash table of names, open addressed, at most half full.
struct NameTable: BitwiseCopyable, Sendable {
  /// Where its slots start in `slots`, and their number less one, a power of two less one.
  var slotStart: Int32
  var slotMask: Int32
  /// Its entries, as a run in `names`.
  var nameStart: Int32
  var nameCount: Int32
}

/// A name in a table.
struct NameEntry: BitwiseCopyable, Sendable {
  var key: NameKey
  /// Where its bytes start in `nameBytes`.
  var byteStart: Int32
  /// The block of the member, or -1.
  var block: Int32 = -1
  /// The types that the block accepts without more ado.
  var leaf = TypeSet()
  /// The bit of a required member, or 0.
  var required: UInt64 = 0
  /// The tape index of the name in its schema.
  var node: Int32 = -1
}

/// The length of a name with its first and last eight bytes: all of it, up to 16 bytes.
struct NameKey: Hashable, BitwiseCopyable, Sendable {
  var first: UInt64
  /// The last eight bytes of a name longer than that; else 0.
  var last: UInt64
  var length: Int

  /// Reads the key of a range of bytes.
  @inline(__always)
  init(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    let start = range.lowerBound
    let end = range.upperBound
    length = end &- start
    guard start &+ 8 <= bytes.count, end >= 8 else {
      // At the edges of a text the words would reach beyond it.
      (first, last) = NameKey.wordsAtEdge(bytes, range)
      return
    }
    // As few branches as can be depend on the length, which varies from name to name.
    let word = NameKey.word(bytes, start)
    let unwanted = UInt64(truncatingIfNeeded: 64 &- 8 &* min(length, 8))
    first = unwanted == 64 ? 0 : (word &<< unwanted) &>> unwanted
    last = length > 8 ? NameKey.word(bytes, end &- 8) : 0
  }

  @inline(never)
  private static func wordsAtEdge(_ bytes: Span<UInt8>, _ range: Range<Int>) -> (UInt64, UInt64) {
    var first: UInt64 = 0
    var last: UInt64 = 0
    for index in range.prefix(8).reversed() { first = first &<< 8 | UInt64(bytes[index]) }
    if range.count > 8 {
      for index in range.suffix(8).reversed() { last = last &<< 8 | UInt64(bytes[index]) }
    }
    return (first, last)
  }

  /// Loads eight bytes, the first one lowest.
  @inline(__always)
  static func word(_ bytes: Span<UInt8>, _ start: Int) -> UInt64 {
    // Any eight bytes are a valid integer, and the load checks its bounds.
    unsafe UInt64(
      littleEndian: bytes.bytes.unsafeLoadUnaligned(fromByteOffset: start, as: UInt64.self)
    )
  }

  /// The place to look first in a table.
  @inline(__always)
  var hash: UInt64 {
    var mixed = first &* 0x9E37_79B9_7F4A_7C15
    mixed ^= (last &+ UInt64(truncatingIfNeeded: length)) &* 0xC2B2_AE3D_27D4_EB4F
    return mixed ^ mixed &>> 32
  }
}

extension SchemaProgram {
  /// Returns the index in `names` of a name of a table, or -1.
  @inline(__always)
  func find(_ bytes: [UInt8], _ range: Range<Int>, in table: NameTable) -> Int {
    find(NameKey(bytes.span, range), bytes, range, in: table)
  }

  /// Returns the index in `names` of a name of a table by its key, or -1.
  @inline(__always)
  func find(_ key: NameKey, _ bytes: [UInt8], _ range: Range<Int>, in table: NameTable) -> Int {
    var slot = Int32(truncatingIfNeeded: key.hash) & table.slotMask
    while true {
      let name = Int(slots[Int(table.slotStart &+ slot)])
      if name < 0 { return -1 }
      if names[name].key == key, matches(name, bytes, range) { return name }
      slot = (slot &+ 1) & table.slotMask
    }
  }

  /// Compares what lies between the first and last eight bytes.
  @inline(__always)
  func matches(_ name: Int, _ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    range.count <= 16 || matchesBetween(name, bytes, range)
  }

  private func matchesBetween(_ name: Int, _ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    let start = Int(names[name].byteStart)
    for offset in 8..<range.count - 8
    where nameBytes[start + offset] != bytes[range.lowerBound + offset] {
      return false
    }
    return true
  }

  /// Returns the text of a name.
  func text(ofName name: Int) -> String {
    let entry = names[name]
    let start = Int(entry.byteStart)
    return String(decoding: nameBytes[start..<start + entry.key.length], as: UTF8.self)
  }

  /// Appends a name.
  mutating func add(name: String, block: Int32 = -1, node: Int32 = -1) -> Int {
    let start = nameBytes.count
    nameBytes.append(contentsOf: name.utf8)
    names.append(
      NameEntry(
        key: NameKey(nameBytes.span, start..<nameBytes.count),
        byteStart: Int32(start),
        block: block,
        node: node
      )
    )
    return names.count - 1
  }

  /// Makes a table of a run of names, which are distinct.
  mutating func addTable(ofNames run: Range<Int>) -> Int32 {
    var size = 4
    while size < run.count * 3 { size *= 2 }
    let start = slots.count
    slots += [Int32](repeating: -1, count: size)
    for name in run {
      var slot = Int(truncatingIfNeeded: names[name].key.hash) & (size - 1)
      while slots[start + slot] >= 0 { slot = (slot + 1) & (size - 1) }
      slots[start + slot] = Int32(name)
    }
    tables.append(
      NameTable(
        slotStart: Int32(start),
        slotMask: Int32(size - 1),
        nameStart: Int32(run.lowerBound),
        nameCount: Int32(run.count)
      )
    )
    return Int32(tables.count - 1)
  }
}
