/// Events in the order of their instants; those of one instant in the order they were pushed.
///
///     var queue = EventQueue<WorldEvent>()
///     queue.push(.orderPlaced(7), at: start)
///     while let (now, event) = queue.pop() { … }
///
/// Most events of a long run lie far ahead and need no exact order yet:
///
///     run       the slot that is being played, sorted when its turn came
///     near      a 4-ary heap of what was pushed into that slot since
///     slots     4,096 buckets of 2^32 ns (4.3 s) each
///     spans     1,024 buckets of 2^44 ns (4.9 h) each
///     remote    all that is later (beyond about 208 days), in no order
///
/// An event moves towards the heap at most three times. A queue starts as a heap alone and takes
/// buckets into use when the heap has grown large, so that a short run allocates next to nothing.
///
/// - Complexity: Push O(1) for an event beyond the slot that is being played and O(log n) in it;
///   pop O(log n), where n counts that slot's events.
public struct EventQueue<Event> {
  /// An event with its place in the total order.
  @usableFromInline
  struct Entry {
    @usableFromInline var instant: Int64
    @usableFromInline var order: UInt64
    @usableFromInline var event: Event

    @inlinable
    init(instant: Int64, order: UInt64, event: Event) {
      self.instant = instant
      self.order = order
      self.event = event
    }

    /// Returns whether this entry is popped before another.
    @inlinable @inline(__always)
    func precedes(_ other: Entry) -> Bool {
      instant < other.instant || (instant == other.instant && order < other.order)
    }
  }

  /// The most events the queue holds at a time.
  public let limit: Int

  // The events of the slot that is being played: those that were there when its turn came, in
  // order and last first, and a heap of those pushed since. Up to and including `nearLast`.
  @usableFromInline var run: [Entry] = []
  @usableFromInline var near: [Entry] = []
  @usableFromInline var nearLast = Int64.max
  // The heap's size at which its later events are moved out.
  @usableFromInline var spillAt = EventQueueLayout.spillMin
  @usableFromInline var nextOrder: UInt64 = 0
  @usableFromInline var refused = 0

  // The buckets, all empty until the first spill, and how many events they hold together.
  @usableFromInline var farCount = 0
  @usableFromInline var farFirst = Int64.max
  @usableFromInline var slots: [[Entry]] = []
  @usableFromInline var slotsUsed = BucketSet()
  @usableFromInline var slotsLast = Int64.max
  @usableFromInline var spans: [[Entry]] = []
  @usableFromInline var spansUsed = BucketSet()
  @usableFromInline var spansFirst: Int64 = 0
  @usableFromInline var spansLast = Int64.max
  @usableFromInline var remote: [Entry] = []
  // Memory that is used again: emptied buckets, and what the sorting of a run needs.
  @usableFromInline var spares: [[Entry]] = []
  @usableFromInline var sortKeys: [UInt64] = []
  @usableFromInline var sortScratch: [UInt64] = []

  /// Creates an empty queue that holds at most a number of events.
  @inlinable
  public init(limit: Int = Limits.queueEventsMax) {
    self.limit = limit
  }

  /// The events that are waiting.
  @inlinable
  public var count: Int { run.count &+ near.count &+ farCount }

  /// Whether no event is waiting.
  @inlinable
  public var isEmpty: Bool { count == 0 }

  /// The events that were refused because the queue was full.
  @inlinable
  public var refusedCount: Int { refused }

  /// The instant of the event that is popped next.
  @inlinable
  public var nextInstant: VirtualInstant? {
    guard !isEmpty else { return nil }
    let first = Swift.min(
      run.isEmpty ? .max : run[run.count &- 1].instant,
      near.isEmpty ? .max : near[0].instant
    )
    let isPlaying = !(run.isEmpty && near.isEmpty)
    return VirtualInstant(nanosecondsSinceEpoch: isPlaying ? first : farFirst)
  }

  /// Adds an event at an instant, after those already there; instants gone by are allowed.
  ///
  /// - Returns: `false` if the queue is full: the event is dropped and counted in `refusedCount`.
  @inlinable
  @discardableResult
  public mutating func push(_ event: Event, at instant: VirtualInstant) -> Bool {
    guard count < limit else {
      refused &+= 1
      return false
    }
    let entry = Entry(instant: instant.nanosecondsSinceEpoch, order: nextOrder, event: event)
    nextOrder &+= 1
    if entry.instant <= nearLast {
      pushNear(entry)
      if near.count >= spillAt { spill() }
    } else {
      pushFar(entry)
      if entry.instant < farFirst { farFirst = entry.instant }
    }
    return true
  }

  /// Removes the first event and returns it with its instant.
  @inlinable
  public mutating func pop() -> (instant: VirtualInstant, event: Event)? {
    if run.isEmpty && near.isEmpty {
      guard farCount > 0 else { return nil }
      advance()
    }
    let first = nextIsInRun ? run.removeLast() : popNear()
    if isEmpty { restart() }
    return (VirtualInstant(nanosecondsSinceEpoch: first.instant), first.event)
  }

  /// Whether the first event is the run's; of one instant its events were pushed first.
  @inlinable var nextIsInRun: Bool {
    guard !run.isEmpty else { return false }
    guard !near.isEmpty else { return true }
    return run[run.count &- 1].instant <= near[0].instant
  }

  /// Removes the first event if it is not after an instant.
  @inlinable
  public mutating func pop(
    through last: VirtualInstant
  ) -> (instant: VirtualInstant, event: Event)? {
    guard let next = nextInstant, next <= last else { return nil }
    return pop()
  }

  /// Removes all events; the counts of the order and of refusals go on.
  @inlinable
  public mutating func removeAll() {
    run.removeAll(keepingCapacity: true)
    near.removeAll(keepingCapacity: true)
    slots.removeAll()
    spans.removeAll()
    remote.removeAll()
    spares.removeAll()
    slotsUsed = BucketSet()
    spansUsed = BucketSet()
    farCount = 0
    restart()
  }

  /// Goes back to a heap alone; the queue is empty.
  @inlinable
  mutating func restart() {
    nearLast = .max
    farFirst = .max
    spillAt = EventQueueLayout.spillMin
  }
}

extension EventQueue: Sendable where Event: Sendable {}
extension EventQueue.Entry: Sendable where Event: Sendable {}

// MARK: The heap

extension EventQueue {
  /// Adds the latest entry to the heap: it never goes before an equal instant.
  @inlinable
  mutating func pushNear(_ entry: Entry) {
    var hole = near.count
    near.append(entry)
    var heap = near.mutableSpan
    while hole > 0 {
      let parent = (hole &- 1) &>> 2
      guard entry.instant < heap[parent].instant else { break }
      heap[hole] = heap[parent]
      hole = parent
    }
    heap[hole] = entry
  }

  /// Removes the first entry of the heap, which is not empty.
  @inlinable
  mutating func popNear() -> Entry {
    let last = near.removeLast()
    guard let first = near.first else { return last }
    siftDown(last, from: 0)
    return first
  }

  /// Puts an entry at a place of the heap, or below it.
  @inlinable
  mutating func siftDown(_ entry: Entry, from place: Int) {
    var heap = near.mutableSpan
    let count = heap.count
    var hole = place
    while true {
      let child = hole &* 4 &+ 1
      guard child < count else { break }
      var least = child
      let end = Swift.min(child &+ 4, count)
      var other = child &+ 1
      while other < end {
        if heap[other].precedes(heap[least]) { least = other }
        other &+= 1
      }
      guard heap[least].precedes(entry) else { break }
      heap[hole] = heap[least]
      hole = least
    }
    heap[hole] = entry
  }

  /// Makes a heap of entries in any order.
  @inlinable
  mutating func heapify() {
    guard near.count > 1 else { return }
    var place = (near.count &- 2) / 4
    while place >= 0 {
      siftDown(near[place], from: place)
      place &-= 1
    }
  }
}
