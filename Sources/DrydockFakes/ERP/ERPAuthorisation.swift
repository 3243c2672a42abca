/// A return authorisation: what may come back.
package struct ERPAuthorisation: Hashable, Sendable {
  package struct Line: Hashable, Sendable {
    package var number: Int
    package var orderLine: Int
    package var quantity: Int
    package var received = 0
    package var credited = 0
  }

  package enum Status: Int, CaseIterable, Hashable, Sendable {
    case pendingReceipt
    case partiallyReceived
    case pendingRefundPartiallyReceived
    case pendingRefund
    case refunded
  }

  package var head: ERPRecordHead
  package var order: Int
  package var lines: [Line]

  /// How far the return is, computed from its lines.
  package var status: Status {
    var quantity = 0
    var received = 0
    var credited = 0
    for line in lines {
      quantity += line.quantity
      received += line.received
      credited += line.credited
    }
    if received >= quantity { return credited >= quantity ? .refunded : .pendingRefund }
    if received == 0 { return .pendingReceipt }
    return credited < received ? .pendingRefundPartiallyReceived : .partiallyReceived
  }
}
