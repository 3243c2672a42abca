import DrydockExchange
import DrydockJSON
import DrydockKernel

extension NetSuiteBody {
  /// Members of documents that the platform takes and these books do not keep.
  private static let documentMembers: Set<String> = [
    "account", "apply", "approvalStatus", "billAddress", "billingAddress", "class", "createdDate",
    "createdFrom", "customForm", "department", "dueDate", "email", "exchangeRate", "id",
    "lastModifiedDate", "links", "location", "orderStatus", "otherRefNum", "postingPeriod",
    "salesRep", "shipAddress", "shipMethod", "shippedDate", "shippingAddress", "shippingCost",
    "status", "subsidiary", "subtotal", "taxTotal", "terms", "toBeEmailed", "toBePrinted",
    "total", "tranId",
  ]

  private static let documentLineMembers: Set<String> = [
    "description", "inventoryDetail", "isClosed", "itemName", "line", "links", "price",
    "quantityRemaining", "rate", "taxCode", "taxRate1", "units",
  ]

  /// Reads a document made from another one.
  mutating func document(_ root: JSONValue) throws(NetSuiteError) -> ERPDocumentDraft {
    var draft = ERPDocumentDraft()
    for member in root.members {
      try read(member.name, member.value, into: &draft)
    }
    return draft
  }

  /// Reads a credit memo that is made by hand.
  mutating func credit(_ root: JSONValue) throws(NetSuiteError) -> ERPCreditDraft {
    var draft = ERPCreditDraft()
    for member in root.members {
      switch member.name {
      case "entity": draft.customer = try customer(member.value, "entity")
      case "apply":
        for (index, line) in try items(member.value, "apply").enumerated() {
          let path = "apply.items[\(index)]"
          try object(line, path)
          if let isApplied = line["apply"], try !flag(isApplied, "\(path).apply") { continue }
          guard draft.appliedTo == nil, let document = line["doc"],
            let id = Int64(try reference(document, "\(path).doc").text)
          else { throw invalid(line, path) }
          draft.appliedTo = id
        }
      default: try read(member.name, member.value, into: &draft.document)
      }
    }
    return draft
  }

  /// Reads an inventory adjustment.
  mutating func adjustment(_ root: JSONValue) throws(NetSuiteError) -> ERPAdjustmentDraft {
    var draft = ERPAdjustmentDraft()
    guard root["account"] != nil else {
      throw NetSuiteError(ERPRefusal.missing(.account, line: nil))
    }
    for member in root.members {
      let value = member.value
      let name = member.name
      switch name {
      case "externalId": draft.externalID = try text(value, name)
      case "tranDate": draft.date = try date(value, name)
      case "memo": draft.memo = try text(value, name)
      case "adjLocation": draft.node = try node(value, name)
      case "account": _ = try reference(value, name)
      case "inventory":
        for (index, line) in try items(value, name).enumerated() {
          draft.lines.append(try adjustmentLine(line, "inventory.items[\(index)]"))
        }
      default: leave(name, of: Self.documentMembers, at: name)
      }
    }
    return draft
  }

  private mutating func adjustmentLine(
    _ value: JSONValue,
    _ path: String
  ) throws(NetSuiteError) -> ERPAdjustmentDraft.Line {
    try object(value, path)
    guard let itemValue = value["item"],
      case .product(let product) = try item(itemValue, "\(path).item")
    else { throw NetSuiteError(ERPRefusal.missing(.item, line: nil), list: path) }
    var line = ERPAdjustmentDraft.Line(product: product, quantity: 0)
    for member in value.members {
      let place = "\(path).\(member.name)"
      switch member.name {
      case "item": break
      case "location": line.node = try node(member.value, place)
      case "adjustQtyBy": line.quantity = try change(member.value, place)
      default:
        leave(
          member.name,
          of: ["line", "unitCost", "memo", "units", "inventoryDetail", "links"],
          at: place
        )
      }
    }
    return line
  }

  private mutating func read(
    _ name: String,
    _ value: JSONValue,
    into draft: inout ERPDocumentDraft
  ) throws(NetSuiteError) {
    switch name {
    case "externalId": draft.externalID = try text(value, name)
    case "tranDate": draft.date = try date(value, name)
    case "memo": draft.memo = try text(value, name)
    case "currency": try checkCurrency(value, name)
    case "shipStatus":
      switch try enumeration(value, name) {
      case "A": draft.stage = .picked
      case "B": draft.stage = .packed
      case "C": draft.stage = .shipped
      default: throw invalid(value, name)
      }
    case "package", "packageUps", "packageFedEx", "packageUsps":
      for (index, package) in try items(value, name).enumerated() {
        draft.packages.append(try self.package(package, "\(name).items[\(index)]"))
      }
    case "item":
      for (index, line) in try items(value, name).enumerated() {
        draft.lines.append(try documentLine(line, "item.items[\(index)]"))
      }
    default: leave(name, of: Self.documentMembers, at: name)
    }
  }

  private mutating func documentLine(
    _ value: JSONValue,
    _ path: String
  ) throws(NetSuiteError) -> ERPDocumentDraft.Line {
    try object(value, path)
    var line = ERPDocumentDraft.Line()
    for member in value.members {
      let value = member.value
      let place = "\(path).\(member.name)"
      switch member.name {
      case "orderLine": line.number = try self.line(value, place)
      case "item":
        switch try item(value, place) {
        case .product(let product): line.product = product
        case .adjustment: line.isAdjustment = true
        }
      case "itemReceive": line.isTaken = try flag(value, place)
      case "quantity": line.quantity = try quantity(value, place)
      case "location": line.node = try node(value, place)
      case "restock": line.isRestocked = try flag(value, place)
      case "amount": line.amount = try money(value, place)
      case "tax1Amt": line.tax = try money(value, place)
      case "grossAmt": line.gross = try money(value, place)
      default: leave(member.name, of: Self.documentLineMembers, at: place)
      }
    }
    return line
  }

  private mutating func package(
    _ value: JSONValue,
    _ path: String
  ) throws(NetSuiteError) -> ERPFulfilment.Package {
    try object(value, path)
    var package = ERPFulfilment.Package()
    for member in value.members {
      let place = "\(path).\(member.name)"
      // The carriers' own lists write the carrier behind the name: `packageTrackingNumberUps`.
      if member.name.hasPrefix("packageTrackingNumber") {
        package.tracking = try text(member.value, place)
      } else if member.name.hasPrefix("packageDescr") {
        package.description = try text(member.value, place)
      } else if member.name.hasPrefix("packageWeight") {
        guard let number = member.value.number else { throw invalid(member.value, place) }
        package.weight = number.text
      } else {
        leave(member.name, of: ["links"], at: place)
      }
    }
    return package
  }
}
