import DrydockKernel
import Testing

@Suite("Event queue", .timeLimit(.minutes(10)))
struct EventQueueTests {
  /// What a queue must do, done slowly: a sorted array.
  struct Model {
    private var entries: [(instant: VirtualInstant, event: Int)] = []
    var count: Int { entries.count }
    var nextInstant: VirtualInstant? { entries.first?.instant }

    mutating func push(_ event: Int, at instant: VirtualInstant) {
      var (low, high) = (0, entries.count)
      while low < high {
        let middle = (low + high) / 2
        if entries[middle].instant <= instant { low = middle + 1 } else { high = middle }
      }
      entries.insert((instant, event), at: low)
    }

    mutating func pop() -> (instant: VirtualInstant, event: Int)? {
      entries.isEmpty ? nil : entries.removeFirst()
    }
  }

  /// How far ahead events are pushed in a property run.
  enum Spread: String, CaseIterable {
    case sameInstant, withinSlot, minutes, days, years, ends, mixed

    func instant(after now: VirtualInstant, _ draws: KeyedDraws, _ number: Int) -> VirtualInstant {
      let key = KeyedDraws.Key(attempt: number, purpose: "ahead")
      let bits: UInt64
      switch self {
      case .sameInstant: return now
      case .withinSlot: bits = 24
      case .minutes: bits = 38
      case .days: bits = 50
      case .years: bits = 58
      case .ends:
        return VirtualInstant(nanosecondsSinceEpoch: Int64(bitPattern: draws.bits(key)))
      case .mixed: bits = draws.below(60, .init(attempt: number, purpose: "bits")) + 1
      }
      // A few lie in the past, which is allowed.
      let ahead = Int64(draws.below(1 << bits, key)) - (1 << Int64(bits)) / 16
      return now.advanced(byNanoseconds: ahead)
    }
  }

  private func popAll(_ queue: inout EventQueue<Int>) -> [Int] {
    var events: [Int] = []
    while let (_, event) = queue.pop() { events.append(event) }
    return events
  }

  @Test(
    "pops in the order of instants and pushes, like a sorted array",
    arguments: Spread.allCases,
    [60, 3_000] as [UInt64]
  )
  func likeSortedArray(spread: Spread, size: UInt64) throws {
    let draws = Seed(5).draws(for: "queue").derived(spread.rawValue).derived("\(size)")
    var queue = EventQueue<Int>()
    var model = Model()
    var now = VirtualInstant(nanosecondsSinceEpoch: 1_795_000_000_000_000_000)
    var isGrowing = true
    for number in 0..<20_000 {
      // Grows to its size, shrinks to nothing, and grows again.
      if queue.count >= Int(size) { isGrowing = false }
      if queue.isEmpty { isGrowing = true }
      let share = draws.below(100, .init(attempt: number, purpose: "action"))
      if share < (isGrowing ? 70 : 40) {
        let instant = spread.instant(after: now, draws, number)
        queue.push(number, at: instant)
        model.push(number, at: instant)
      } else {
        try #require(queue.nextInstant == model.nextInstant)
        let popped = queue.pop()
        let expected = model.pop()
        try #require(popped?.instant == expected?.instant, "seed 5, step \(number)")
        try #require(popped?.event == expected?.event, "seed 5, step \(number)")
        if spread != .ends, let instant = popped?.instant { now = max(now, instant) }
      }
      try #require(queue.count == model.count)
    }
    while let expected = model.pop() {
      guard let popped = queue.pop(), popped == expected else {
        Issue.record("seed 5: expected \(expected) among the last events")
        return
      }
    }
    #expect(queue.isEmpty)
    #expect(queue.nextInstant == nil)
  }

  @Test("keeps pushes of one instant in their order, also through the buckets")
  func insertionOrder() {
    var queue = EventQueue<Int>()
    let instants = [0, 5_000_000_000, 20_000_000_000_000, 40_000_000_000_000_000]
    for number in 0..<8_000 {
      queue.push(number, at: VirtualInstant(nanosecondsSinceEpoch: Int64(instants[number % 4])))
    }
    #expect(popAll(&queue) == (0..<4).flatMap { first in stride(from: first, to: 8_000, by: 4) })
  }

  @Test("takes pushes in falling and rising order", arguments: [true, false])
  func monotone(isFalling: Bool) {
    var queue = EventQueue<Int>()
    let numbers = Array(0..<50_000)
    for number in isFalling ? numbers.reversed() : numbers {
      queue.push(number, at: VirtualInstant(secondsSinceEpoch: Int64(number)))
    }
    #expect(popAll(&queue) == numbers)
  }

  @Test("refuses and counts events beyond its limit")
  func limit() {
    var queue = EventQueue<Int>(limit: 2)
    var isTaken: [Bool] = []
    for number in 1...3 { isTaken.append(queue.push(number, at: .epoch)) }
    #expect(isTaken == [true, true, false])
    #expect(queue.count == 2)
    #expect(queue.refusedCount == 1)
    #expect(popAll(&queue) == [1, 2])
    queue.push(4, at: .epoch)
    #expect(popAll(&queue) == [4])
  }

  @Test("pops up to an instant, included")
  func popThrough() {
    var queue = EventQueue<Int>()
    queue.push(1, at: .epoch)
    queue.push(2, at: .epoch + .seconds(1))
    let instants: [VirtualInstant] = [.epoch - .nanoseconds(1), .epoch, .epoch, .latest, .latest]
    var popped: [Int?] = []
    for instant in instants { popped.append(queue.pop(through: instant)?.event) }
    #expect(popped == [nil, 1, nil, 2, nil])
  }

  @Test("is empty after its events are removed, and can be used again")
  func removeAll() {
    var queue = EventQueue<Int>()
    for number in 0..<5_000 {
      queue.push(number, at: VirtualInstant(secondsSinceEpoch: Int64(number)))
    }
    _ = queue.pop()
    queue.removeAll()
    #expect(queue.isEmpty)
    #expect(queue.nextInstant == nil)
    for number in 0..<5_000 {
      queue.push(number, at: VirtualInstant(secondsSinceEpoch: Int64(-number)))
    }
    #expect(popAll(&queue) == Array((0..<5_000).reversed()))
  }

  @Test("holds references and lets go of them")
  func references() {
    final class Token {}
    var queue = EventQueue<Token>()
    weak var popped: Token?
    weak var removed: Token?
    for number in 0..<3_000 {
      let token = Token()
      queue.push(token, at: VirtualInstant(secondsSinceEpoch: Int64(number)))
      if number == 0 { popped = token }
      if number == 2_999 { removed = token }
    }
    #expect(popped != nil)
    _ = queue.pop()
    #expect(popped == nil)
    queue.removeAll()
    #expect(removed == nil)
  }

  @Test("is a value: a copy goes its own way")
  func copies() {
    var queue = EventQueue<Int>()
    for number in 0..<3_000 {
      queue.push(number, at: VirtualInstant(secondsSinceEpoch: Int64(number)))
    }
    var copy = queue
    #expect(popAll(&copy) == Array(0..<3_000))
    #expect(queue.count == 3_000)
    #expect(popAll(&queue) == Array(0..<3_000))
  }
}
