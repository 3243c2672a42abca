import DrydockExchange
import DrydockJSON
import DrydockKernel

extension NetSuiteBody {
  /// Members of a sales order that the platform takes and these books do not keep.
  private static let orderMembers: Set<String> = [
    "balance", "billAddress", "billingAddress", "ccApproved", "class", "customForm",
    "customerMessage", "department", "discountTotal", "endDate", "exchangeRate", "handlingCost",
    "id", "isRecurringPayment", "links", "originator", "partner", "salesEffectiveDate", "salesRep",
    "shipAddress", "shipComplete", "shipDate", "shipIsResidential", "shippingTaxCode", "source",
    "startDate", "status", "subsidiary", "subtotal", "taxTotal", "terms", "toBeEmailed",
    "toBePrinted", "total", "tranId", "transactionNumber", "createdDate", "lastModifiedDate",
  ]

  private static let orderLineMembers: Set<String> = [
    "commitInventory", "description", "isOpen", "itemType", "lineUniqueKey", "links", "price",
    "quantityAvailable", "quantityBackOrdered", "quantityBilled", "quantityCommitted",
    "quantityFulfilled", "taxCode", "taxRate1", "units",
  ]

  /// Reads a sales order, as a whole or in part.
  mutating func order(_ root: JSONValue) throws(NetSuiteError) -> ERPOrderDraft {
    var draft = ERPOrderDraft()
    for member in root.members {
      let value = member.value
      let name = member.name
      switch name {
      case "externalId": draft.externalID = try text(value, name)
      case "entity": draft.customer = try customer(value, name)
      case "email": draft.email = try text(value, name)
      case "tranDate": draft.date = try date(value, name)
      case "memo": draft.memo = try text(value, name)
      case "otherRefNum": draft.otherReference = try text(value, name)
      case "shipMethod": draft.shippingMethod = try reference(value, name).text
      case "shippingCost": draft.shippingCost = try cost(value, name)
      case "location": draft.node = try node(value, name)
      case "currency": try checkCurrency(value, name)
      case "orderStatus":
        switch try enumeration(value, name) {
        case "A": draft.isApproved = false
        case "B": draft.isApproved = true
        default: throw invalid(value, name)
        }
      case "shippingAddress": draft.address = try address(value, name)
      case "item":
        for (index, line) in try items(value, name).enumerated() {
          draft.lines.append(try orderLine(line, "item.items[\(index)]"))
        }
      default: leave(name, of: Self.orderMembers, at: name)
      }
    }
    return draft
  }

  private mutating func orderLine(
    _ value: JSONValue,
    _ path: String
  ) throws(NetSuiteError) -> ERPOrderDraft.Line {
    try object(value, path)
    var line = ERPOrderDraft.Line()
    for member in value.members {
      let value = member.value
      let place = "\(path).\(member.name)"
      switch member.name {
      case "line": line.number = try self.line(value, place)
      case "item":
        guard case .product(let product) = try item(value, place) else {
          throw invalid(value, place)
        }
        line.product = product
      case "quantity": line.quantity = try quantity(value, place)
      case "rate": line.rate = try money(value, place)
      case "amount": line.amount = try money(value, place)
      case "location": line.node = try node(value, place)
      case "isClosed": line.isClosed = try flag(value, place)
      default: leave(member.name, of: Self.orderLineMembers, at: place)
      }
    }
    return line
  }

  private mutating func address(
    _ value: JSONValue,
    _ path: String
  ) throws(NetSuiteError) -> ERPAddress {
    try object(value, path)
    var address = ERPAddress()
    for member in value.members {
      let value = member.value
      let place = "\(path).\(member.name)"
      switch member.name {
      case "addressee": address.addressee = try text(value, place)
      case "addr1": address.street = try text(value, place)
      case "city": address.city = try text(value, place)
      case "state": address.state = try enumeration(value, place)
      case "zip": address.postalCode = try text(value, place)
      case "country": address.country = try enumeration(value, place)
      default:
        leave(
          member.name,
          of: ["addr2", "addr3", "attention", "addrPhone", "override", "links"],
          at: place
        )
      }
    }
    return address
  }

  private func cost(_ value: JSONValue, _ path: String) throws(NetSuiteError) -> Money {
    let money = try money(value, path)
    guard !money.isNegative, money.minorUnits <= ERPLimits.rateMax else {
      throw invalid(value, path)
    }
    return money
  }

  /// Takes the account's one currency only.
  func checkCurrency(_ value: JSONValue, _ path: String) throws(NetSuiteError) {
    let reference = try reference(value, path)
    guard ["1", masterData.currency.code].contains(reference.text) else {
      throw .invalidValue(reference.text, of: "currency", at: path)
    }
  }
}
