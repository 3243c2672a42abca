import DrydockJSON

/// A hash table of names, open addressed, a sixth full at most: most searches find nothing.
struct NameTable: BitwiseCopyable, Sendable {
  /// Where its slots start in `slots`, and their number less one, a power of two less one.
  var slotStart: Int32
  var slotMask: Int32
  /// Its entries, as a run in `names`.
  var nameStart: Int32
  var nameCount: Int32
}

/// A place in a table.
struct NameSlot: BitwiseCopyable, Sendable {
  /// The hash of the name, as `JSONNameKey` tells it.
  var hash: UInt32
  /// The index in `names`, or -1 where the place is free.
  var name: Int32

  static let free = NameSlot(hash: 0, name: -1)
}

/// A name in a table: 32 bytes, of which the first are compared with a text.
struct NameEntry: BitwiseCopyable, Sendable {
  /// The first eight bytes, moved up by the bits that are not the name's.
  let firstMoved: UInt64
  /// The last eight bytes of a name longer than that; else 0.
  let last: UInt64
  let length: Int32
  /// Where its bytes start in `nameBytes`.
  let byteStart: Int32
  /// The block of the member, or -1.
  let block: Int32
  /// The bits by which the first word is moved.
  let unwantedBits: UInt8
  /// The bit of a required member, or 255.
  var requiredBit: UInt8 = .max
  /// What types alone say about the block.
  var outlook = TypeOutlook()

  init(_ key: JSONNameKey, byteStart: Int, block: Int32) {
    let bits = key.length > 0 ? JSONNameKey.unwantedBits(of: key.length) : 0
    firstMoved = key.first &<< bits
    last = key.last
    length = Int32(key.length)
    self.byteStart = Int32(byteStart)
    self.block = block
    unwantedBits = UInt8(bits)
  }

  /// Whether the member is required, and among the first 64 that are.
  var isRequired: Bool { requiredBit != .max }

  /// The bit as a mask; 0 for a member that is not required.
  @inline(__always)
  var required: UInt64 { (1 as UInt64) << UInt64(requiredBit) }
}

extension SchemaProgram {
  /// Returns the index in `names` of a name of a table, or -1.
  func find(_ bytes: [UInt8], _ range: Range<Int>, in table: NameTable) -> Int {
    let hash = JSONNameKey(bytes.span, range).hash
    return find(hash, bytes.span, range, from: table.slotStart, mask: table.slotMask)
  }

  /// Returns the index in `names` of a name by its hash and the places of a table, or -1.
  ///
  /// On its own, as the loop over members has no registers to spare for it; and straight to the
  /// first place, where nearly all searches end.
  @inline(never)
  func find(
    _ hash: UInt32,
    _ text: Span<UInt8>,
    _ range: Range<Int>,
    from start: Int32,
    mask: Int32
  ) -> Int {
    let slot = slots[Int(start &+ Int32(truncatingIfNeeded: hash) & mask)]
    if slot.name < 0 { return -1 }
    if slot.hash == hash, isNamed(Int(slot.name), text, range) { return Int(slot.name) }
    return findFurther(hash, text, range, from: start, mask: mask)
  }

  /// Looks behind the first place.
  @inline(never)
  private func findFurther(
    _ hash: UInt32,
    _ text: Span<UInt8>,
    _ range: Range<Int>,
    from start: Int32,
    mask: Int32
  ) -> Int {
    var place = Int32(truncatingIfNeeded: hash) & mask
    while true {
      place = (place &+ 1) & mask
      let slot = slots[Int(start &+ place)]
      if slot.name < 0 { return -1 }
      if slot.hash == hash, isNamed(Int(slot.name), text, range) { return Int(slot.name) }
    }
  }

  /// Returns whether a range of a text is a name.
  @inline(__always)
  func isNamed(_ name: Int, _ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    let length = range.upperBound &- range.lowerBound
    if length != Int(names[name].length) { return false }
    guard range.lowerBound &+ 8 <= text.count else { return isSame(name, text, range) }
    let first = TapeCode.word(text, range.lowerBound) &<< UInt64(names[name].unwantedBits)
    if first != names[name].firstMoved { return length == 0 }
    if length <= 8 { return true }
    if TapeCode.word(text, range.upperBound &- 8) != names[name].last { return false }
    return length <= 16 || isSameBetween(name, text, range)
  }

  /// Compares what lies between the first and last eight bytes of a long name.
  private func isSameBetween(_ name: Int, _ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    let own = nameBytes.span
    let start = Int(names[name].byteStart)
    var offset = 8
    while offset < range.count &- 8 {
      let found = TapeCode.word(text, range.lowerBound &+ offset)
      if TapeCode.word(own, start &+ offset) != found { return false }
      offset &+= 8
    }
    return true
  }

  /// Compares byte by byte, near the end of a text.
  @inline(never)
  private func isSame(_ name: Int, _ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    let start = Int(names[name].byteStart)
    for offset in 0..<range.count
    where nameBytes[start + offset] != text[range.lowerBound + offset] {
      return false
    }
    return true
  }

  /// Returns the key of a name.
  func key(ofName name: Int) -> JSONNameKey {
    let start = Int(names[name].byteStart)
    return JSONNameKey(nameBytes.span, start..<start + Int(names[name].length))
  }

  /// Returns the text of a name.
  func text(ofName name: Int) -> String {
    let entry = names[name]
    let start = Int(entry.byteStart)
    return String(decoding: nameBytes[start..<start + Int(entry.length)], as: UTF8.self)
  }

  /// Appends a name.
  mutating func add(name: String, block: Int32 = -1, node: Int32 = -1) -> Int {
    let start = nameBytes.count
    nameBytes.append(contentsOf: name.utf8)
    names.append(
      NameEntry(
        JSONNameKey(nameBytes.span, start..<nameBytes.count),
        byteStart: start,
        block: block
      )
    )
    nameNodes.append(node)
    return names.count - 1
  }

  /// Makes a table of a run of names, which are distinct.
  mutating func addTable(ofNames run: Range<Int>) -> Int32 {
    var size = 4
    while size < run.count * 6 { size *= 2 }
    let start = slots.count
    slots += [NameSlot](repeating: .free, count: size)
    for name in run {
      let hash = key(ofName: name).hash
      var slot = Int(hash) & (size - 1)
      while slots[start + slot].name >= 0 { slot = (slot + 1) & (size - 1) }
      slots[start + slot] = NameSlot(hash: hash, name: Int32(name))
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
