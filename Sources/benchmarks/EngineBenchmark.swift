import DrydockKernel

/// The bare engine: a toy day of a million orders through the event queue, with draws and digest.
///
/// Orders arrive over 24 hours; each then lives through sixteen steps, every one an event that
/// draws its delay by key and pushes the next: a few seconds between calls, minutes in a wave,
/// hours until the carrier's scans. Each event popped is folded into the digest. 17 million events,
/// some 170,000 of them waiting at a time.
enum EngineBenchmark {
  static let benchmark = Benchmark(
    name: "engine",
    summary: "events per second of the bare engine, digest and draws on"
  ) {
    await run(orders: 1_000_000, repeats: 3)
  }

  /// What waits in the queue: an order and the step it is at.
  struct Event {
    var order: UInt32
    var step: UInt32
  }

  /// The longest delay before each step, in nanoseconds.
  static let delays: [UInt64] = [
    2, 1, 5, 1, 30, 600, 3_600, 2, 1, 900, 7_200, 2, 3_600, 1, 14_400, 2,
  ].map { $0 * 1_000_000_000 }

  static func run(orders: Int, repeats: Int) async {
    let measurements = await Benchmark.compare(
      repeats: repeats,
      [
        ("event queue", { day(orders: orders, queue: EventQueue<Event>()) }),
        ("one binary heap (baseline)", { day(orders: orders, queue: BinaryHeap<Event>()) }),
      ]
    )
    Benchmark.report(measurements, unit: "events", thresholdPercent: 180)
    print("  events \(measurements[0].units), orders \(orders)")
  }

  /// Plays a day and returns the number of events and the digest of all of them.
  static func day(
    orders: Int,
    queue: consuming some EventSource<Event>
  ) -> (units: Int, digest: String) {
    let draws = Seed(20_261_127).draws(for: "engine")
    let purpose = KeyedDraws.Label("delay")
    let start = VirtualInstant(secondsSinceEpoch: 1_795_737_600)
    let gap = 86_400_000_000_000 / Int64(orders)
    var digest = RollingDigest()
    var count = 0
    queue.push(Event(order: 0, step: 0), at: start)
    while let (now, event) = queue.pop() {
      count &+= 1
      digest.combine(UInt64(bitPattern: now.nanosecondsSinceEpoch))
      digest.combine(UInt64(event.order) &<< 32 | UInt64(event.step))
      // Arrivals are made one at a time, each by the one before.
      if event.step == 0, event.order &+ 1 < orders {
        queue.push(Event(order: event.order &+ 1, step: 0), at: now.advanced(byNanoseconds: gap))
      }
      guard event.step < delays.count else { continue }
      let key = KeyedDraws.Key(
        entityNumber: UInt64(event.order),
        attempt: Int(event.step),
        purpose: purpose
      )
      let delay = draws.below(delays[Int(event.step)], key)
      queue.push(
        Event(order: event.order, step: event.step &+ 1),
        at: now.advanced(byNanoseconds: Int64(delay))
      )
    }
    return (count, digest.hex)
  }
}

/// What the toy day needs of a queue.
protocol EventSource<Event> {
  associatedtype Event
  @discardableResult
  mutating func push(_ event: Event, at instant: VirtualInstant) -> Bool
  mutating func pop() -> (instant: VirtualInstant, event: Event)?
}

extension EventQueue: EventSource {}

/// A binary heap over one array, as one would write it first.
struct BinaryHeap<Event>: EventSource {
  private var entries: [(instant: VirtualInstant, order: UInt64, event: Event)] = []
  private var nextOrder: UInt64 = 0

  init() {}

  private func precedes(_ left: Int, _ right: Int) -> Bool {
    (entries[left].instant.nanosecondsSinceEpoch, entries[left].order)
      < (entries[right].instant.nanosecondsSinceEpoch, entries[right].order)
  }

  mutating func push(_ event: Event, at instant: VirtualInstant) -> Bool {
    entries.append((instant, nextOrder, event))
    nextOrder += 1
    var place = entries.count - 1
    while place > 0, precedes(place, (place - 1) / 2) {
      entries.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
    return true
  }

  mutating func pop() -> (instant: VirtualInstant, event: Event)? {
    guard !entries.isEmpty else { return nil }
    entries.swapAt(0, entries.count - 1)
    let (instant, _, event) = entries.removeLast()
    var place = 0
    while true {
      var least = place
      for child in (place * 2 + 1)...(place * 2 + 2)
      where child < entries.count && precedes(child, least) {
        least = child
      }
      guard least != place else { break }
      entries.swapAt(place, least)
      place = least
    }
    return (instant, event)
  }
}
