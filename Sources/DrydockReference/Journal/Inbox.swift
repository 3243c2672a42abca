import DrydockExchange

/// Webhooks that were taken: those that still wait, and the identifiers of those that came before.
struct Inbox: Sendable {
  /// A webhook as it came.
  struct Item: Hashable, Sendable {
    let partner: PartnerID
    /// What it is about, in the platform's words.
    let topic: String
    let body: [UInt8]
  }

  private(set) var waiting: [Item] = []
  private var seen: Set<DeliveryKey> = []
  private var seenInOrder: [DeliveryKey] = []
  private var oldest = 0

  private struct DeliveryKey: Hashable {
    let partner: PartnerID
    let delivery: String
  }

  /// How many identifiers are remembered.
  var remembered: Int { seen.count }

  /// Takes a delivery's identifier; returns false when it came before.
  mutating func isNew(_ delivery: String, from partner: PartnerID) -> Bool {
    let key = DeliveryKey(partner: partner, delivery: delivery)
    guard seen.insert(key).inserted else { return false }
    if seenInOrder.count < Limits.deliveriesRemembered {
      seenInOrder.append(key)
    } else {
      seen.remove(seenInOrder[oldest])
      seenInOrder[oldest] = key
      oldest = (oldest + 1) % Limits.deliveriesRemembered
    }
    return true
  }

  /// Keeps a webhook until it is processed.
  mutating func keep(_ item: Item) {
    waiting.append(item)
  }

  /// Takes everything that waits, oldest first.
  mutating func takeAll() -> [Item] {
    defer { waiting.removeAll(keepingCapacity: true) }
    return waiting
  }
}
