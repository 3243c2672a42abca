import DrydockExchange

/// The integration's name for a store order, by which every partner can be asked about it.
///
///     #1001 in the store ─▶ SHOP-1001 at the ERP and the 3PL ─▶ SHOP-1001-2 for a part of it
struct OrderKey: Hashable, Comparable, Sendable {
  /// The number in the store's order name.
  let number: Int

  /// The reference that ERP and 3PL know the order by.
  var reference: String { "SHOP-\(number)" }

  static func < (left: OrderKey, right: OrderKey) -> Bool { left.number < right.number }
}

/// The part of an order that one node ships.
struct PartKey: Hashable, Sendable {
  let order: OrderKey
  /// 0 when the order is one part, otherwise the part's number from 1.
  let part: Int

  /// The reference that the 3PL knows the part by.
  var reference: String { part == 0 ? order.reference : "\(order.reference)-\(part)" }

  init(order: OrderKey, part: Int) {
    self.order = order
    self.part = part
  }

  /// Reads `SHOP-1001` or `SHOP-1001-2`; nothing when the reference is not one of ours.
  init?(reference: String) {
    let words = OrderReference.words(of: reference)
    guard words.count == 2 || words.count == 3, words[0] == "SHOP",
      let number = Int(words[1])
    else { return nil }
    order = OrderKey(number: number)
    guard words.count == 3 else {
      part = 0
      return
    }
    guard let part = Int(words[2]), part > 0 else { return nil }
    self.part = part
  }
}

/// One shipment of an order, by its position in the order's record.
struct ShipmentKey: Hashable, Sendable {
  let order: OrderKey
  let position: Int
}

/// The integration's name for a return: the returns platform's identifier, or one of its own.
///
///     6042537       asked for by a customer
///     RTS-880001    a parcel that came back undelivered
///     LOST-1Z99     a parcel that never came back: a refund without goods
struct ReturnKey: Hashable, Comparable, Sendable {
  let text: String

  static func < (left: ReturnKey, right: ReturnKey) -> Bool { left.text < right.text }
}
