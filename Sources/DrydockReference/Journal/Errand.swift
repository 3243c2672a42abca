import DrydockExchange
import DrydockKernel

/// The number of an errand, in the order of asking.
struct ErrandNumber: Hashable, Comparable, Sendable {
  let number: Int

  static func < (left: ErrandNumber, right: ErrandNumber) -> Bool { left.number < right.number }
}

/// Work to be done at a partner, and how far it has come.
///
///     waiting ──call──▶ under way ──success──▶ done (and gone)
///        ▲                 │
///        │ retry           ├── nobody knows ──▶ waiting, to look first
///        └─────────────────┤
///                          ├── refused ───────▶ an exception with an owner
///                          └── too often ─────▶ a dead letter, replayed by reconciliation
struct Errand: Hashable, Sendable {
  let number: ErrandNumber
  let work: Work
  let partner: PartnerID
  /// The order that it is about, which every call of it names.
  let order: OrderKey?

  /// What the next call is for.
  enum Step: Hashable, Sendable {
    /// Find out whether an earlier attempt had its effect, or read back what was written.
    case look
    /// Read what the write needs.
    case prepare
    /// Write.
    case act
  }

  var step: Step
  /// Whether a call of it is under way; after a crash its outcome is unknown.
  var isUnderWay = false
  /// Whether an attempt was made whose outcome nobody knows.
  var isUncertain = false
  /// How many calls were made, for the waits between them.
  var attempts = 0
  /// How many calls said nothing although the partner was up, for giving up.
  var strikes = 0
  var firstTriedAt: VirtualInstant?
  var lastTriedAt: VirtualInstant?
  /// Not before this instant.
  var due: VirtualInstant
  /// What `prepare` found, for `act`.
  var prepared: [PreparedLine] = []

  init(
    number: ErrandNumber,
    work: Work,
    partner: PartnerID,
    order: OrderKey?,
    due: VirtualInstant
  ) {
    self.number = number
    self.work = work
    self.partner = partner
    self.order = order
    self.due = due
    step = work.firstStep
  }

  /// Whether its effect may have come already.
  var mayHaveHappened: Bool { isUncertain || isUnderWay || step == .look }
}

/// A line of a fulfilment order at the store that a shipment fills.
struct PreparedLine: Hashable, Sendable {
  var fulfilmentOrder: Int64
  var line: Int64
  var quantity: Int
}
