/// The sizes of the queue's buckets.
@usableFromInline
enum EventQueueLayout {
  /// A slot is 2^32 ns.
  @usableFromInline static let slotShift: Int64 = 32
  @usableFromInline static let slotMask: Int64 = (1 << 32) - 1
  @usableFromInline static let slotCount = 4_096
  /// A span is all the slots together, 2^44 ns.
  @usableFromInline static let spanShift: Int64 = 44
  @usableFromInline static let spanMask: Int64 = (1 << 44) - 1
  @usableFromInline static let spanCount = 1_024
  /// A smaller heap is never split.
  @usableFromInline static let spillMin = 1_024
}

extension EventQueue {
  /// Adds an entry beyond the heap's last instant to its bucket.
  @inlinable
  mutating func pushFar(_ entry: Entry) {
    farCount &+= 1
    if entry.instant <= slotsLast {
      let index =
        Int(truncatingIfNeeded: entry.instant &>> EventQueueLayout.slotShift)
        & (EventQueueLayout.slotCount &- 1)
      if slotsUsed.insert(index), let spare = spares.popLast() { slots[index] = spare }
      slots[index].append(entry)
    } else if entry.instant <= spansLast {
      let index = Int(
        truncatingIfNeeded: (entry.instant &>> EventQueueLayout.spanShift) &- spansFirst
      )
      if spansUsed.insert(index), let spare = spares.popLast() { spans[index] = spare }
      spans[index].append(entry)
    } else {
      remote.append(entry)
    }
  }

  /// Plays the first slot that is not empty; there is one, and the run and the heap are empty.
  @inlinable
  @inline(never)
  mutating func advance() {
    while true {
      if let index = slotsUsed.first {
        var bucket: [Entry] = []
        swap(&bucket, &slots[index])
        slotsUsed.remove(index)
        farCount &-= bucket.count
        nearLast = bucket[0].instant | EventQueueLayout.slotMask
        loadRun(from: &bucket)
        keepSpare(bucket)
        break
      }
      if let index = spansUsed.first {
        var bucket: [Entry] = []
        swap(&bucket, &spans[index])
        spansUsed.remove(index)
        farCount &-= bucket.count
        slotsLast = bucket[0].instant | EventQueueLayout.spanMask
        for entry in bucket { pushFar(entry) }
        bucket.removeAll(keepingCapacity: true)
        keepSpare(bucket)
        continue
      }
      var later: [Entry] = []
      swap(&later, &remote)
      farCount &-= later.count
      rebase(later)
      break
    }
    findFarFirst()
  }

  /// Moves what is later than the first slot out of the large heap, into buckets that start there.
  @inlinable
  @inline(never)
  mutating func spill() {
    var all: [Entry] = []
    swap(&all, &near)
    all.reserveCapacity(count)
    all.append(contentsOf: run)
    run.removeAll(keepingCapacity: true)
    while let index = slotsUsed.first {
      all.append(contentsOf: slots[index])
      slots[index].removeAll(keepingCapacity: true)
      slotsUsed.remove(index)
    }
    while let index = spansUsed.first {
      all.append(contentsOf: spans[index])
      spans[index].removeAll(keepingCapacity: true)
      spansUsed.remove(index)
    }
    all.append(contentsOf: remote)
    remote.removeAll(keepingCapacity: true)
    farCount = 0
    rebase(all)
    findFarFirst()
    // Grows with the queue, so that pushes in falling order cost O(1) each in the long run.
    spillAt = Swift.max(EventQueueLayout.spillMin, near.count &* 2, count / 2)
  }

  /// Places all entries anew, with the first one's slot in the heap; all else is empty.
  @inlinable
  mutating func rebase(_ entries: [Entry]) {
    if slots.isEmpty {
      slots = Array(repeating: [], count: EventQueueLayout.slotCount)
      spans = Array(repeating: [], count: EventQueueLayout.spanCount)
    }
    var first = Int64.max
    for entry in entries where entry.instant < first { first = entry.instant }
    nearLast = first | EventQueueLayout.slotMask
    slotsLast = first | EventQueueLayout.spanMask
    spansFirst = first &>> EventQueueLayout.spanShift
    let lastSpan = spansFirst &+ Int64(EventQueueLayout.spanCount &- 1)
    let greatest = Int64.max &>> EventQueueLayout.spanShift
    spansLast =
      Swift.min(lastSpan, greatest) &<< EventQueueLayout.spanShift
      | EventQueueLayout.spanMask
    for entry in entries {
      if entry.instant <= nearLast { near.append(entry) } else { pushFar(entry) }
    }
    heapify()
  }

  /// Finds the first instant of the buckets.
  @inlinable
  mutating func findFarFirst() {
    farFirst = .max
    if let index = slotsUsed.first {
      for entry in slots[index] where entry.instant < farFirst { farFirst = entry.instant }
    } else if let index = spansUsed.first {
      for entry in spans[index] where entry.instant < farFirst { farFirst = entry.instant }
    } else {
      for entry in remote where entry.instant < farFirst { farFirst = entry.instant }
    }
  }

  /// Keeps an emptied bucket's memory for the next one, unless it is large or enough are kept.
  @inlinable
  mutating func keepSpare(_ bucket: [Entry]) {
    guard (1...4_096).contains(bucket.capacity), spares.count < 64 else { return }
    spares.append(bucket)
  }
}

/// Which buckets are not empty: a bit for each, and the first of them in a few steps.
@usableFromInline
struct BucketSet: Sendable {
  @usableFromInline var words: [UInt64] = []

  @inlinable
  init() {}

  /// Adds a bucket; returns whether it was new.
  @inlinable
  mutating func insert(_ index: Int) -> Bool {
    let word = index &>> 6
    while words.count <= word { words.append(0) }
    let bit: UInt64 = 1 &<< UInt64(truncatingIfNeeded: index & 63)
    guard words[word] & bit == 0 else { return false }
    words[word] |= bit
    return true
  }

  @inlinable
  mutating func remove(_ index: Int) {
    words[index &>> 6] &= ~(1 &<< UInt64(truncatingIfNeeded: index & 63))
  }

  /// The lowest bucket of the set.
  @inlinable var first: Int? {
    for index in words.indices where words[index] != 0 {
      return index &* 64 &+ words[index].trailingZeroBitCount
    }
    return nil
  }
}
