import DrydockExchange
import DrydockJSON
import DrydockKernel

/// Writes records of the books as the platform answers reads of them.
struct NetSuiteRecords {
  let books: ERPBooks
  let style: NetSuiteStyle

  /// Returns a record as JSON.
  func body(of address: ERPRecordAddress) -> [UInt8] {
    var writer = JSONWriter()
    writer.reserveCapacity(4096)
    let head = books.head(of: address)
    let path = "\(address.kind.netSuiteLinkType)/\(head.id)"
    writer.object { writer in
      style.selfLink(&writer, path)
      writeHead(&writer, head, address.kind)
      switch address.kind {
      case .order: write(&writer, books.orders[address.index], path)
      case .fulfilment: write(&writer, books.fulfilments[address.index], path)
      case .invoice: write(&writer, books.invoices[address.index], path)
      case .authorisation: write(&writer, books.authorisations[address.index], path)
      case .receipt: write(&writer, books.receipts[address.index], path)
      case .credit: write(&writer, books.credits[address.index], path)
      case .adjustment: write(&writer, books.adjustments[address.index], path)
      }
    }
    return writer.bytes
  }

  // MARK: Parts that records share

  private func writeHead(
    _ writer: inout JSONWriter,
    _ head: ERPRecordHead,
    _ kind: ERPRecordKind
  ) {
    style.text(&writer, "id", String(head.id))
    style.text(&writer, "externalId", head.externalID)
    style.text(&writer, "tranId", kind.documentNumber(head.sequence))
    style.text(&writer, "tranDate", head.date.description)
    style.instant(&writer, "createdDate", head.createdAt)
    style.instant(&writer, "lastModifiedDate", head.modifiedAt)
    style.text(&writer, "memo", head.memo)
    style.enumeration(&writer, "customForm", "68", "Standard \(kind.netSuiteLabel)")
    style.reference(&writer, "subsidiary", "subsidiary", 1, "Parent Company")
    if style.generation == .y2023 {
      style.text(&writer, "originator", "restWebServices")
      style.enumeration(&writer, "source", "REST Web Services", "REST Web Services")
    }
  }

  private func writeMoney(
    _ writer: inout JSONWriter,
    subtotal: Money,
    tax: Money,
    shipping: Money?,
    total: Money
  ) {
    let currency = books.masterData.currency.code
    style.reference(&writer, "currency", "currency", 1, currency)
    if style.wants("exchangeRate") { writer.member("exchangeRate", number: "1.0") }
    style.money(&writer, "subtotal", subtotal)
    style.money(&writer, "taxTotal", tax)
    if let shipping { style.money(&writer, "shippingCost", shipping) }
    style.money(&writer, "total", total)
  }

  private func writeEntity(_ writer: inout JSONWriter, _ customer: Int) {
    let customer = books.customers[customer]
    style.reference(&writer, "entity", "customer", customer.id, customer.name)
  }

  func writeItem(_ writer: inout JSONWriter, _ style: NetSuiteStyle, _ product: Int?) {
    if let product {
      let product = books.masterData.products[product]
      style.reference(&writer, "item", "inventoryitem", product.netsuiteItem, product.sku)
    } else {
      style.reference(
        &writer,
        "item",
        "otherchargeitem",
        NetSuiteBody.adjustmentItem,
        NetSuiteBody.adjustmentName
      )
    }
  }

  private func writeLocation(
    _ writer: inout JSONWriter,
    _ style: NetSuiteStyle,
    _ node: Int?
  ) {
    guard let node else { return }
    let location = books.masterData.nodes[node]
    style.reference(
      &writer,
      "location",
      "location",
      location.netsuiteLocation,
      location.name
    )
  }

  // MARK: Records

  private func write(_ writer: inout JSONWriter, _ order: ERPOrder, _ path: String) {
    let totals = books.totals(of: order)
    let letter = order.status.letter
    if style.generation == .y2020 {
      style.flag(&writer, "balreadyrefunded", false)
      style.flag(&writer, "webstore", false)
    }
    writeEntity(&writer, order.customer)
    style.text(&writer, "email", order.email)
    style.text(&writer, "otherRefNum", order.otherReference)
    style.text(&writer, "salesEffectiveDate", order.head.date.description)
    style.enumeration(&writer, "orderStatus", letter, letter)
    style.status(&writer, letter, order.status.text)
    writeLocation(&writer, style, order.node)
    if let method = order.shippingMethod {
      style.enumeration(&writer, "shipMethod", method, method)
    }
    style.flag(&writer, "shipComplete", false)
    style.flag(&writer, "toBeEmailed", false)
    style.text(&writer, "linkedTrackingNumbers", trackingNumbers(of: order))
    writeMoney(
      &writer,
      subtotal: totals.subtotal,
      tax: totals.tax,
      shipping: order.shippingCost,
      total: totals.total
    )
    if let address = order.address {
      style.text(&writer, "shipAddress", address.lines.joined(separator: "\n"))
      style.subresource(&writer, "shippingAddress", of: path) { writer, style in
        write(&writer, style, address)
      }
    }
    style.sublist(&writer, "item", of: path, count: order.lines.count) { writer, style, index in
      let line = order.lines[index]
      writer.member("line", line.number)
      writer.member("lineUniqueKey", line.key)
      writeItem(&writer, style, line.product)
      style.text(&writer, "description", books.masterData.products[line.product].name)
      style.quantity(&writer, "quantity", line.quantity)
      style.money(&writer, "rate", line.rate)
      style.money(&writer, "amount", line.rate * line.quantity)
      style.quantity(&writer, "quantityFulfilled", line.fulfilled)
      style.quantity(&writer, "quantityBilled", line.billed)
      style.flag(&writer, "isClosed", line.isClosed)
      style.flag(&writer, "isOpen", line.open > 0)
      writeLocation(&writer, style, line.node)
    }
  }

  private func write(
    _ writer: inout JSONWriter,
    _ style: NetSuiteStyle,
    _ address: ERPAddress
  ) {
    style.text(&writer, "addressee", address.addressee)
    style.text(&writer, "addr1", address.street)
    style.text(&writer, "city", address.city)
    style.text(&writer, "state", address.state)
    style.text(&writer, "zip", address.postalCode)
    if let country = address.country {
      style.enumeration(&writer, "country", country, country)
    }
  }

  private func trackingNumbers(of order: ERPOrder) -> String {
    let numbers = order.fulfilments.flatMap { position in
      books.fulfilments[position].packages.compactMap(\.tracking)
    }
    return numbers.joined(separator: " ")
  }

  private func write(_ writer: inout JSONWriter, _ fulfilment: ERPFulfilment, _ path: String) {
    let order = books.orders[fulfilment.order]
    let letter = fulfilment.stage.letter
    style.reference(&writer, "createdFrom", .order, order.head)
    writeEntity(&writer, order.customer)
    style.enumeration(&writer, "shipStatus", letter, fulfilment.stage.text)
    style.status(&writer, letter, fulfilment.stage.text)
    style.sublist(
      &writer,
      "item",
      of: path,
      count: fulfilment.lines.count
    ) { writer, style, index in
      let line = fulfilment.lines[index]
      let orderLine = order.lines[line.orderLine]
      writer.member("orderLine", orderLine.number)
      writeItem(&writer, style, orderLine.product)
      style.flag(&writer, "itemReceive", true)
      style.quantity(&writer, "quantity", line.quantity)
      style.quantity(&writer, "quantityRemaining", orderLine.open)
      writeLocation(&writer, style, line.node)
    }
    style.sublist(
      &writer,
      "package",
      of: path,
      count: fulfilment.packages.count
    ) { writer, style, index in
      let package = fulfilment.packages[index]
      style.text(&writer, "packageTrackingNumber", package.tracking)
      style.text(&writer, "packageDescr", package.description)
      if let weight = package.weight { writer.member("packageWeight", number: weight) }
    }
  }

  private func write(_ writer: inout JSONWriter, _ invoice: ERPInvoice, _ path: String) {
    let order = books.orders[invoice.order]
    style.reference(&writer, "createdFrom", .order, order.head)
    writeEntity(&writer, order.customer)
    style.text(&writer, "email", order.email)
    let isPaid = invoice.credited >= invoice.total
    style.status(&writer, isPaid ? "B" : "A", isPaid ? "Paid In Full" : "Open")
    style.money(&writer, "amountPaid", invoice.credited)
    style.money(&writer, "amountRemaining", invoice.total - invoice.credited)
    writeMoney(
      &writer,
      subtotal: invoice.subtotal,
      tax: invoice.tax,
      shipping: invoice.shippingCost,
      total: invoice.total
    )
    style.sublist(&writer, "item", of: path, count: invoice.lines.count) { writer, style, index in
      let line = invoice.lines[index]
      let orderLine = order.lines[line.orderLine]
      writer.member("orderLine", orderLine.number)
      writeItem(&writer, style, orderLine.product)
      style.quantity(&writer, "quantity", line.quantity)
      style.money(&writer, "rate", orderLine.rate)
      style.money(&writer, "amount", line.amount)
      style.money(&writer, "tax1Amt", line.tax)
      style.money(&writer, "grossAmt", line.amount + line.tax)
    }
  }

  private func write(
    _ writer: inout JSONWriter,
    _ authorisation: ERPAuthorisation,
    _ path: String
  ) {
    let order = books.orders[authorisation.order]
    let status = authorisation.status
    style.reference(&writer, "createdFrom", .order, order.head)
    writeEntity(&writer, order.customer)
    style.enumeration(&writer, "orderStatus", status.letter, status.letter)
    style.status(&writer, status.letter, status.text)
    style.sublist(
      &writer,
      "item",
      of: path,
      count: authorisation.lines.count
    ) { writer, style, index in
      let line = authorisation.lines[index]
      let orderLine = order.lines[line.orderLine]
      writer.member("line", line.number)
      writer.member("orderLine", orderLine.number)
      writeItem(&writer, style, orderLine.product)
      style.quantity(&writer, "quantity", line.quantity)
      style.money(&writer, "rate", orderLine.rate)
      style.money(&writer, "amount", orderLine.rate * line.quantity)
      style.quantity(&writer, "quantityReceived", line.received)
      style.quantity(&writer, "quantityBilled", line.credited)
    }
  }

  private func write(_ writer: inout JSONWriter, _ receipt: ERPReceipt, _ path: String) {
    let authorisation = books.authorisations[receipt.authorisation]
    let order = books.orders[authorisation.order]
    style.reference(&writer, "createdFrom", .authorisation, authorisation.head)
    writeEntity(&writer, order.customer)
    style.sublist(&writer, "item", of: path, count: receipt.lines.count) { writer, style, index in
      let line = receipt.lines[index]
      let source = authorisation.lines[line.line]
      writer.member("orderLine", source.number)
      writeItem(&writer, style, order.lines[source.orderLine].product)
      style.flag(&writer, "itemReceive", true)
      style.quantity(&writer, "quantity", line.quantity)
      style.flag(&writer, "restock", line.isRestocked)
      writeLocation(&writer, style, line.node)
    }
  }

  private func write(_ writer: inout JSONWriter, _ credit: ERPCredit, _ path: String) {
    switch credit.source {
    case .authorisation(let index):
      style.reference(&writer, "createdFrom", .authorisation, books.authorisations[index].head)
    case .invoice(let index):
      style.reference(&writer, "createdFrom", .invoice, books.invoices[index].head)
    case .customer: break
    }
    writeEntity(&writer, credit.customer)
    let isApplied = credit.appliedTo != nil
    style.status(&writer, isApplied ? "B" : "A", isApplied ? "Fully Applied" : "Open")
    let zero = books.zero
    style.money(&writer, "amountPaid", zero)
    style.money(&writer, "amountRemaining", isApplied ? zero : credit.total)
    style.money(&writer, "applied", isApplied ? credit.total : zero)
    style.money(&writer, "unapplied", isApplied ? zero : credit.total)
    writeMoney(
      &writer,
      subtotal: credit.subtotal,
      tax: credit.tax,
      shipping: nil,
      total: credit.total
    )
    style.sublist(&writer, "item", of: path, count: credit.lines.count) { writer, style, index in
      let line = credit.lines[index]
      if let number = line.number { writer.member("orderLine", number) }
      writeItem(&writer, style, line.product)
      if let quantity = line.quantity { style.quantity(&writer, "quantity", quantity) }
      style.money(&writer, "amount", line.amount)
      style.money(&writer, "tax1Amt", line.tax)
      style.money(&writer, "grossAmt", line.gross)
    }
    if let appliedTo = credit.appliedTo {
      let invoice = books.invoices[appliedTo]
      style.sublist(&writer, "apply", of: path, count: 1) { writer, style, _ in
        style.reference(&writer, "doc", .invoice, invoice.head)
        style.flag(&writer, "apply", true)
        style.money(&writer, "amount", credit.total)
      }
    }
  }

  private func write(_ writer: inout JSONWriter, _ adjustment: ERPAdjustment, _ path: String) {
    style.sublist(
      &writer,
      "inventory",
      of: path,
      count: adjustment.lines.count
    ) { writer, style, index in
      let line = adjustment.lines[index]
      writeItem(&writer, style, line.product)
      style.quantity(&writer, "adjustQtyBy", line.quantity)
      writeLocation(&writer, style, line.node)
    }
  }
}

extension ERPAddress {
  /// The address as people write it, line by line.
  var lines: [String] {
    let place = [city, state, postalCode].compactMap { $0 }.joined(separator: " ")
    return [addressee, street, place, country].compactMap { $0 }.filter { !$0.isEmpty }
  }
}

extension ERPOrder.Status {
  /// The platform's letter.
  var letter: String { ["A", "B", "C", "D", "E", "F", "G", "H"][rawValue] }

  /// The platform's text.
  var text: String {
    switch self {
    case .pendingApproval: "Pending Approval"
    case .pendingFulfilment: "Pending Fulfillment"
    case .cancelled: "Cancelled"
    case .partiallyFulfilled: "Partially Fulfilled"
    case .pendingBillingPartiallyFulfilled: "Pending Billing/Partially Fulfilled"
    case .pendingBilling: "Pending Billing"
    case .billed: "Billed"
    case .closed: "Closed"
    }
  }
}

extension ERPFulfilment.Stage {
  var letter: String { ["A", "B", "C"][rawValue] }

  var text: String {
    switch self {
    case .picked: "Picked"
    case .packed: "Packed"
    case .shipped: "Shipped"
    }
  }
}

extension ERPAuthorisation.Status {
  var letter: String { ["B", "D", "E", "F", "G"][rawValue] }

  var text: String {
    switch self {
    case .pendingReceipt: "Pending Receipt"
    case .partiallyReceived: "Partially Received"
    case .pendingRefundPartiallyReceived: "Pending Refund/Partially Received"
    case .pendingRefund: "Pending Refund"
    case .refunded: "Refunded"
    }
  }
}
