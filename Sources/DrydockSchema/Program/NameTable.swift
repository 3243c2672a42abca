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
  /// The bit of a required member, or 0.
  var required: UInt64 = 0
  /// The tape index of the name in its schema.
  var node: Int32 = -1
}

/// The length of a name with its first and last eight bytes: all of it, up to 16 bytes.
struct NameKey: Hashable, BitwiseCopyable, Sendable {
  var first: UInt64
  var last: UInt64
  var length: Int32

  /// Reads the key of a range of bytes.
  @inline(__always)
  init(_ bytes: [UInt8], _ range: Range<Int>) {
    let count = range.count
    length = Int32(truncatingIfNeeded: count)
    let start = range.lowerBound
    if count >= 8 {
      first = NameKey.word(bytes, start)
      last = NameKey.word(bytes, range.upperBound &- 8)
    } else if start &+ 8 <= bytes.count {
      let mask = (UInt64(1) &<< UInt64(truncatingIfNeeded: count &* 8)) &- 1
      first = NameKey.word(bytes, start) & mask
      last = 0
    } else {
      first = 0
      last = 0
      for index in range.reversed() { first = first &<< 8 | UInt64(bytes[index]) }
    }
  }

  /// Loads eight bytes, the first one lowest.
  @inline(__always)
  static func word(_ bytes: [UInt8], _ start: Int) -> UInt64 {
    // Any eight bytes are a valid integer, and the load checks its bounds.
    let raw = unsafe bytes.span.bytes
    return UInt64(
      littleEndian: unsafe raw.unsafeLoadUnaligned(fromByteOffset: start, as: UInt64.self)
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
    let key = NameKey(bytes, range)
    var slot = Int32(truncatingIfNeeded: key.hash) & table.slotMask
    while true {
      let name = slots[Int(table.slotStart &+ slot)]
      if name < 0 { return -1 }
      if names[Int(name)].key == key, matches(name, bytes, range) { return Int(name) }
      slot = (slot &+ 1) & table.slotMask
    }
  }

  /// Compares what lies between the first and last eight bytes.
  @inline(__always)
  private func matches(_ name: Int32, _ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    if range.count <= 16 { return true }
    let start = Int(names[Int(name)].byteStart)
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
    return String(decoding: nameBytes[start..<start + Int(entry.key.length)], as: UTF8.self)
  }

  /// Appends a name.
  mutating func add(name: String, block: Int32 = -1, node: Int32 = -1) -> Int {
    let start = nameBytes.count
    nameBytes.append(contentsOf: name.utf8)
    names.append(
      NameEntry(
        key: NameKey(nameBytes, start..<nameBytes.count),
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
