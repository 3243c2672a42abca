import DrydockExchange
import DrydockKernel

/// What somebody must look at, and who.
struct OpenException: Hashable, Sendable {
  /// What it is about; a topic is open once.
  let topic: String
  let order: OrderKey?
  let partner: PartnerID?
  let owner: Owner
  let text: String
  let openedAt: VirtualInstant
}

/// Who acts on an exception.
enum Owner: String, Hashable, Sendable {
  case credit
  case pricing
  case catalogue
  case customerService = "customer-service"
  case fulfilment
  case finance
  case claims
  case integration
}

/// The exceptions that are open, each once.
struct ExceptionQueue: Sendable {
  private(set) var open: [OpenException] = []

  /// Opens an exception; returns false when its topic is open already.
  ///
  /// - Complexity: O(open exceptions).
  mutating func raise(_ exception: OpenException) -> Bool {
    guard open.count < Limits.exceptions, !open.contains(where: { $0.topic == exception.topic })
    else { return false }
    open.append(exception)
    return true
  }

  /// Closes the exception of a topic and returns it.
  mutating func resolve(_ topic: String) -> OpenException? {
    guard let index = open.firstIndex(where: { $0.topic == topic }) else { return nil }
    return open.remove(at: index)
  }

  /// Whether an order has an open exception.
  func concerns(_ order: OrderKey) -> Bool {
    open.contains { $0.order == order }
  }
}

/// An errand that was given up, kept to be replayed.
struct DeadLetter: Hashable, Sendable {
  let work: Work
  let partner: PartnerID
  let order: OrderKey?
  let reason: String
  /// Whether an attempt may have had its effect, so that a replay looks first.
  let isUncertain: Bool
  /// How often it was replayed.
  var replays: Int
}
