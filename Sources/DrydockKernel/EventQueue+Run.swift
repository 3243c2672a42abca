extension EventQueue {
  /// Puts a bucket's entries in order as the run, last first, so that each is popped off its end.
  ///
  /// Sorts small keys rather than entries: the instant within the slot above the entry's place in
  /// the bucket. A radix sort goes over the instant's four bytes; it is stable, so entries of one
  /// instant stay in the order they were pushed.
  @inlinable
  @inline(never)
  mutating func loadRun(from bucket: inout [Entry]) {
    sortKeys.removeAll(keepingCapacity: true)
    var isInOrder = true
    var previous: UInt64 = 0
    for entry in bucket {
      isInOrder = isInOrder && entry.order >= previous
      previous = entry.order
    }
    // A spill mixes the entries that were there before it.
    if !isInOrder { bucket.sort { $0.order < $1.order } }
    var place = bucket.count
    while place > 0 {
      place &-= 1
      let instant = UInt64(truncatingIfNeeded: bucket[place].instant & EventQueueLayout.slotMask)
      sortKeys.append(instant &<< 32 | UInt64(truncatingIfNeeded: place))
    }
    if bucket.count <= 24 {
      RunOrder.insertionSort(&sortKeys)
    } else {
      RunOrder.radixSort(&sortKeys, scratch: &sortScratch)
    }
    run.reserveCapacity(bucket.count)
    for key in sortKeys { run.append(bucket[Int(truncatingIfNeeded: key & 0xffff_ffff)]) }
    bucket.removeAll(keepingCapacity: true)
  }
}

/// Sorting of a run's keys by their upper 32 bits, largest first; equal ones keep their order.
@usableFromInline
enum RunOrder {
  @usableFromInline
  static func insertionSort(_ keys: inout [UInt64]) {
    var keys = keys.mutableSpan
    for index in keys.indices.dropFirst() {
      let key = keys[index]
      var hole = index
      while hole > 0, keys[hole &- 1] &>> 32 < key &>> 32 {
        keys[hole] = keys[hole &- 1]
        hole &-= 1
      }
      keys[hole] = key
    }
  }

  /// Sorts by one byte after another, lowest byte first.
  @usableFromInline
  static func radixSort(_ keys: inout [UInt64], scratch: inout [UInt64]) {
    if scratch.count < keys.count {
      scratch.append(contentsOf: repeatElement(0, count: keys.count &- scratch.count))
    }
    // Four passes, so the result is back in the keys.
    var forth = keys.mutableSpan
    var back = scratch.mutableSpan
    let count = forth.count
    scatter(forth, into: &back, count: count, byte: 32)
    scatter(back, into: &forth, count: count, byte: 40)
    scatter(forth, into: &back, count: count, byte: 48)
    scatter(back, into: &forth, count: count, byte: 56)
  }

  /// Moves keys to where one of their bytes puts them, the largest byte first.
  @inline(__always)
  private static func scatter(
    _ keys: borrowing MutableSpan<UInt64>,
    into sorted: inout MutableSpan<UInt64>,
    count: Int,
    byte shift: UInt64
  ) {
    var ends = InlineArray<256, Int>(repeating: 0)
    for index in 0..<count { ends[Int(truncatingIfNeeded: keys[index] &>> shift & 255)] &+= 1 }
    var place = 0
    var byte = 255
    while byte >= 0 {
      let size = ends[byte]
      ends[byte] = place
      place &+= size
      byte &-= 1
    }
    for index in 0..<count {
      let key = keys[index]
      let byte = Int(truncatingIfNeeded: key &>> shift & 255)
      sorted[ends[byte]] = key
      ends[byte] &+= 1
    }
  }
}
