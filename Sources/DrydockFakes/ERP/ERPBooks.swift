package import DrydockExchange
package import DrydockKernel

/// What an ERP keeps: customers and credit, orders, their documents, and stock per node.
///
/// Commands are typed and say what happened or why not; no platform's words are in here.
///
///     order ─┬─▶ fulfilment                    lowers stock, makes units billable
///            ├─▶ invoice ──────────┐           bills fulfilled units
///            └─▶ authorisation ─┬─▶ credit     owes money back
///                               └─▶ receipt    raises stock, or scraps
package struct ERPBooks: Sendable {
  package let settings: ERPSettings
  package let masterData: MasterData
  package internal(set) var customers: [ERPCustomer] = []
  package internal(set) var orders: [ERPOrder] = []
  package internal(set) var fulfilments: [ERPFulfilment] = []
  package internal(set) var invoices: [ERPInvoice] = []
  package internal(set) var authorisations: [ERPAuthorisation] = []
  package internal(set) var receipts: [ERPReceipt] = []
  package internal(set) var credits: [ERPCredit] = []
  package internal(set) var adjustments: [ERPAdjustment] = []
  /// Credit memos that are still to be refused.
  package var creditsToRefuse = 0

  /// Units on hand, by product and node.
  var onHand: [Int]
  /// Units promised to approved orders that name a node, by product and node.
  var committed: [Int]
  private var customersByEmail: [String: Int] = [:]
  private var recordsByExternalID: [ExternalKey: Int] = [:]
  /// Where each record is, by internal identifier less the first one.
  private var records: [ERPRecordAddress] = []
  private var nextLineKey: Int64 = 98_123

  private struct ExternalKey: Hashable, Sendable {
    var kind: ERPRecordKind
    var text: String
  }

  package init(settings: ERPSettings, masterData: MasterData) {
    self.settings = settings
    self.masterData = masterData
    let cells = masterData.products.count * masterData.nodes.count
    onHand = Array(repeating: 0, count: cells)
    committed = Array(repeating: 0, count: cells)
    for entry in settings.stock {
      guard let product = masterData.products.firstIndex(where: { $0.sku == entry.sku }),
        let node = masterData.nodes.firstIndex(where: { $0.name == entry.node })
      else { continue }
      onHand[cell(product, node)] += entry.onHand
    }
    addCustomer(email: "", name: "Web Store Customer")
    for customer in settings.customers {
      let index = addCustomer(email: customer.email, name: customer.email)
      customers[index].creditLimit = customer.creditLimit
      customers[index].isHeld = customer.isHeld
    }
  }

  /// The first currency unit of nothing.
  package var zero: Money { .zero(masterData.currency) }

  // MARK: Looking up

  /// Returns where the record with an internal identifier is.
  ///
  /// - Complexity: O(1).
  package func address(ofID id: Int64) -> ERPRecordAddress? {
    let position = id - settings.firstInternalID
    guard position >= 0, position < records.count else { return nil }
    return records[Int(position)]
  }

  /// Returns the position of the record of a kind with a caller's key.
  package func position(of kind: ERPRecordKind, externalID: String) -> Int? {
    recordsByExternalID[ExternalKey(kind: kind, text: externalID)]
  }

  /// Returns the position of the record of a kind with an internal identifier.
  package func position(of kind: ERPRecordKind, id: Int64) -> Int? {
    guard let address = address(ofID: id), address.kind == kind else { return nil }
    return address.index
  }

  /// Returns what all records have, of one record.
  package func head(of address: ERPRecordAddress) -> ERPRecordHead {
    switch address.kind {
    case .order: orders[address.index].head
    case .fulfilment: fulfilments[address.index].head
    case .invoice: invoices[address.index].head
    case .authorisation: authorisations[address.index].head
    case .receipt: receipts[address.index].head
    case .credit: credits[address.index].head
    case .adjustment: adjustments[address.index].head
    }
  }

  /// Returns the number of records of a kind.
  package func count(of kind: ERPRecordKind) -> Int {
    switch kind {
    case .order: orders.count
    case .fulfilment: fulfilments.count
    case .invoice: invoices.count
    case .authorisation: authorisations.count
    case .receipt: receipts.count
    case .credit: credits.count
    case .adjustment: adjustments.count
    }
  }

  /// The number of records of all kinds.
  package var recordCount: Int { records.count }

  /// Returns where the record made as the nth one, from 0, is.
  package func recordAddress(at position: Int) -> ERPRecordAddress {
    records[position]
  }

  /// Returns the position of the order that a record belongs to, if it belongs to one.
  package func order(of address: ERPRecordAddress) -> Int? {
    switch address.kind {
    case .order: address.index
    case .fulfilment: fulfilments[address.index].order
    case .invoice: invoices[address.index].order
    case .authorisation: authorisations[address.index].order
    case .receipt: authorisations[receipts[address.index].authorisation].order
    case .credit: credits[address.index].order
    case .adjustment: nil
    }
  }

  // MARK: Making records

  /// Refuses a key that a record of the kind already has.
  func requireNew(_ externalID: String?, _ kind: ERPRecordKind) throws(ERPRefusal) {
    if let externalID, position(of: kind, externalID: externalID) != nil {
      throw .alreadyExists(externalID)
    }
  }

  /// Refuses a date in a closed period; returns today for none.
  func postingDate(_ date: CivilDate?, at now: VirtualInstant) throws(ERPRefusal) -> CivilDate {
    let date = date ?? Self.day(of: now)
    if let closed = settings.closedBefore, date < closed { throw .closedPeriod }
    return date
  }

  /// Hands out the next identifier and enters the record into the indexes.
  mutating func enter(
    _ kind: ERPRecordKind,
    externalID: String?,
    date: CivilDate,
    memo: String?,
    at now: VirtualInstant
  ) -> ERPRecordHead {
    let index = count(of: kind)
    let id = settings.firstInternalID + Int64(records.count)
    records.append(ERPRecordAddress(kind: kind, index: index))
    if let externalID { recordsByExternalID[ExternalKey(kind: kind, text: externalID)] = index }
    return ERPRecordHead(
      id: id,
      sequence: index,
      externalID: externalID,
      date: date,
      createdAt: now,
      modifiedAt: now,
      memo: memo
    )
  }

  /// Hands out the key of a new order line.
  mutating func makeLineKey() -> Int64 {
    defer { nextLineKey += 1 }
    return nextLineKey
  }

  /// The civil day of an instant in UTC, the account's time zone.
  package static func day(of instant: VirtualInstant) -> CivilDate {
    let seconds = instant.secondsSinceEpoch
    let days = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
    return CivilDate(daysSinceEpoch: Int(days))
  }

  // MARK: Customers

  /// Blocks or frees a customer's credit, creating the customer where needed.
  package mutating func setCreditHold(email: String, isHeld: Bool) {
    let index = customersByEmail[email] ?? addCustomer(email: email, name: email)
    customers[index].isHeld = isHeld
  }

  /// Returns the position of the customer a caller names, creating one where settings allow.
  mutating func customer(
    _ reference: ERPCustomerReference
  ) throws(ERPRefusal) -> Int {
    switch reference {
    case .id(let id):
      let index = Int(truncatingIfNeeded: id &- Self.firstCustomerID)
      guard customers.indices.contains(index) else { throw .unknownCustomer(String(id)) }
      return index
    case .email(let email):
      if let index = customersByEmail[email] { return index }
      guard settings.createsCustomers else { throw .unknownCustomer(email) }
      return addCustomer(email: email, name: email)
    }
  }

  /// Returns the position of the customer whose credit an order uses.
  ///
  /// Orders of the one web store customer are told apart by their e-mail address.
  func creditCustomer(_ customer: Int, email: String?) -> Int {
    guard let email, let index = customersByEmail[email] else { return customer }
    return index
  }

  @discardableResult
  private mutating func addCustomer(email: String, name: String) -> Int {
    let index = customers.count
    customers.append(
      ERPCustomer(
        id: Self.firstCustomerID + Int64(index),
        email: email,
        name: name,
        isHeld: false,
        exposure: zero
      )
    )
    if !email.isEmpty { customersByEmail[email] = index }
    return index
  }

  /// The internal identifier of the customer that stands for the web store.
  package static let firstCustomerID: Int64 = 107

  // MARK: Stock

  /// Returns the index of a product at a node.
  func cell(_ product: Int, _ node: Int) -> Int {
    product * masterData.nodes.count + node
  }

  /// Returns the units of a product at a node.
  package func units(ofProduct product: Int, atNode node: Int) -> (onHand: Int, committed: Int) {
    let cell = cell(product, node)
    return (onHand[cell], committed[cell])
  }
}
