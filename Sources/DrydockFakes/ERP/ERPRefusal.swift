package import DrydockKernel

/// Why the books refuse a command.
package enum ERPRefusal: Error, Hashable, Sendable {
  /// What has to be filled in.
  package enum Field: String, Hashable, Sendable {
    case customer
    case items
    case item
    case quantity
    case location
    case postalCode
    case amount
    case orderLine
    case account
  }

  case missing(Field, line: Int?)
  case unknownRecord(ERPRecordKind, String)
  case unknownCustomer(String)
  case unknownLine(Int, position: Int)
  case alreadyExists(String)
  case externalIDDiffers(expected: String, found: String)
  case creditHold(customer: String)
  case creditLimit(customer: String)
  case priceDiffers(sku: String, expected: Money, found: Money, line: Int)
  case amountDiffers(expected: Money, found: Money, line: Int)
  case countryRefused(String)
  case itemDiffers(line: Int)
  case itemNotAllowed(line: Int)
  case pendingApproval
  case orderClosed
  case approvalNotRevocable
  case lineInUse(number: Int)
  case quantityBelowFulfilled(line: Int)
  case quantityExceeds(available: Int, line: Int)
  case outOfStock(sku: String, line: Int)
  case nothingToDo
  case stageGoesBack
  case closedPeriod
  case creditRefused
  case creditExceedsInvoiced(left: Money)
  case tooLarge(line: Int?)
}
