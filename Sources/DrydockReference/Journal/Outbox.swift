import DrydockExchange
import DrydockKernel

/// All work that is not done yet, each piece once.
struct Outbox: Sendable {
  private(set) var errands: [ErrandNumber: Errand] = [:]
  private var numbers: [Work: ErrandNumber] = [:]
  private var lastNumber = 0

  var count: Int { errands.count }

  /// The errands in the order of asking.
  ///
  /// - Complexity: O(n log n).
  var inOrder: [Errand] { errands.values.sorted { $0.number < $1.number } }

  /// Adds work; returns nothing when it is there already.
  mutating func add(
    _ work: Work,
    at partner: PartnerID,
    order: OrderKey?,
    due: VirtualInstant
  ) -> Errand? {
    guard numbers[work] == nil else { return nil }
    lastNumber += 1
    let number = ErrandNumber(number: lastNumber)
    let errand = Errand(number: number, work: work, partner: partner, order: order, due: due)
    errands[number] = errand
    numbers[work] = number
    return errand
  }

  /// The errand of a number.
  subscript(number: ErrandNumber) -> Errand? {
    get { errands[number] }
    set {
      if newValue == nil, let old = errands[number] { numbers[old.work] = nil }
      errands[number] = newValue
    }
  }

  /// The errand that does a piece of work.
  subscript(work: Work) -> Errand? {
    numbers[work].flatMap { errands[$0] }
  }

  /// Takes work back that was never tried, or whose every attempt is known not to have happened.
  ///
  /// - Returns: Whether the work is gone; false when its effect may still come.
  mutating func withdraw(_ work: Work) -> Bool {
    guard let errand = self[work] else { return true }
    guard !errand.mayHaveHappened else { return false }
    self[errand.number] = nil
    return true
  }

  /// Drops the work that a timer asks for again anyway: what it was to be made from is forgotten.
  mutating func forgetPolls() {
    for errand in inOrder where errand.work.isPoll { self[errand.number] = nil }
  }

  /// Makes every call that was under way uncertain: the answers will never come.
  mutating func forgetCalls() {
    for number in errands.keys {
      guard var errand = errands[number], errand.isUnderWay else { continue }
      errand.isUnderWay = false
      if errand.step == .act, !errand.work.isRead {
        errand.step = .look
        errand.isUncertain = true
      }
      errands[number] = errand
    }
  }
}
