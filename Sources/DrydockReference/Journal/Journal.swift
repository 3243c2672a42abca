import DrydockExchange
import DrydockKernel

/// What survives a crash: a database in a real middleware, a value here.
///
/// It is written before anything is sent that follows from it, so whatever a crash cuts short is
/// found again: webhooks that were taken and not processed, errands whose calls were under way.
struct Journal: Sendable {
  private(set) var orders: [OrderKey: OrderRecord] = [:]
  private var storeOrders: [Int64: OrderKey] = [:]
  private(set) var returns: [ReturnKey: ReturnRecord] = [:]
  private var parcels: [String: ShipmentKey] = [:]
  private var warehouseShipments: [WarehouseShipment: ShipmentKey] = [:]
  private var openOrderKeys: Set<OrderKey> = []
  private var openReturnKeys: Set<ReturnKey> = []
  private var closed: [OrderKey] = []
  var inbox = Inbox()
  var outbox = Outbox()
  var exceptions = ExceptionQueue()
  /// Work that was given up, and may be replayed.
  private(set) var deadLetters: [DeadLetter] = []
  /// Work that must not be asked for again by itself: it was refused for good, or given up.
  private var givenUp: Set<Work> = []
  /// Orders that changed in the store before this instant are known.
  var reconciledUntil: VirtualInstant?

  private struct WarehouseShipment: Hashable {
    let partner: PartnerID
    let id: Int64
  }

  /// Orders that are not at their end, in order of number.
  var openOrders: [OrderKey] { openOrderKeys.sorted() }

  /// Returns that are not at their end.
  var openReturns: [ReturnKey] { openReturnKeys.sorted() }

  /// The order of a key; setting it keeps the indices.
  subscript(key: OrderKey) -> OrderRecord? {
    get { orders[key] }
    set {
      orders[key] = newValue
      guard let newValue else { return }
      storeOrders[newValue.order.storeID] = key
    }
  }

  /// Changes an order in place; nothing happens when it is not known.
  mutating func change(_ key: OrderKey, _ body: (inout OrderRecord) -> Void) {
    guard var record = orders.removeValue(forKey: key) else { return }
    body(&record)
    orders[key] = record
  }

  /// Changes a return in place; nothing happens when it is not known.
  mutating func change(_ key: ReturnKey, _ body: (inout ReturnRecord) -> Void) {
    guard var record = returns.removeValue(forKey: key) else { return }
    body(&record)
    returns[key] = record
  }

  /// The key of the order with a store's identifier.
  func order(inStore id: Int64) -> OrderKey? { storeOrders[id] }

  /// The shipment with a tracking number.
  func shipment(tracking: String) -> ShipmentKey? { parcels[tracking] }

  /// The shipment with a 3PL's identifier.
  func shipment(_ id: Int64, at partner: PartnerID) -> ShipmentKey? {
    warehouseShipments[WarehouseShipment(partner: partner, id: id)]
  }

  /// The record of a shipment.
  subscript(key: ShipmentKey) -> OrderRecord.Shipment? {
    guard let record = orders[key.order], record.shipments.indices.contains(key.position) else {
      return nil
    }
    return record.shipments[key.position]
  }

  /// Changes a shipment in place; nothing happens when it is not known.
  mutating func change(_ key: ShipmentKey, _ body: (inout OrderRecord.Shipment) -> Void) {
    change(key.order) { record in
      guard record.shipments.indices.contains(key.position) else { return }
      body(&record.shipments[key.position])
    }
  }

  /// Takes a new order in.
  mutating func open(_ order: CanonicalOrder, at now: VirtualInstant) {
    orders[order.key] = OrderRecord(order: order, at: now)
    storeOrders[order.storeID] = order.key
    openOrderKeys.insert(order.key)
  }

  /// Takes a new return in.
  mutating func open(_ record: ReturnRecord) {
    returns[record.key] = record
    openReturnKeys.insert(record.key)
  }

  /// Takes a new shipment in and returns its key.
  mutating func add(_ shipment: CanonicalShipment) -> ShipmentKey? {
    guard var record = orders.removeValue(forKey: shipment.part.order) else { return nil }
    record.shipments.append(OrderRecord.Shipment(shipment))
    let key = ShipmentKey(order: shipment.part.order, position: record.shipments.count - 1)
    orders[shipment.part.order] = record
    parcels[shipment.tracking] = key
    warehouseShipments[WarehouseShipment(partner: shipment.partner, id: shipment.id)] = key
    return key
  }

  /// Notes that an order is at its end; the oldest closed ones are forgotten.
  mutating func close(_ key: OrderKey) {
    guard openOrderKeys.remove(key) != nil else { return }
    change(key) { $0.isClosed = true }
    closed.append(key)
    guard closed.count > Limits.closedRecords else { return }
    let half = closed.count / 2
    for old in closed.prefix(half) { forget(old) }
    closed.removeFirst(half)
  }

  /// Notes that an order which was at its end goes on.
  mutating func reopen(_ key: OrderKey) {
    guard orders[key]?.isClosed == true else { return }
    change(key) { $0.isClosed = false }
    openOrderKeys.insert(key)
    closed.removeAll { $0 == key }
  }

  /// Notes that a return is at its end.
  mutating func close(_ key: ReturnKey) {
    openReturnKeys.remove(key)
  }

  // MARK: Work that was given up

  /// Whether work must not be asked for again by itself.
  func isGivenUp(_ work: Work) -> Bool { givenUp.contains(work) }

  /// Notes that work is not to be asked for again by itself.
  mutating func giveUp(_ work: Work) {
    givenUp.insert(work)
  }

  /// Keeps work to be replayed; a letter that was replayed before stays counted.
  mutating func bury(_ letter: DeadLetter) {
    givenUp.insert(letter.work)
    guard let index = deadLetters.firstIndex(where: { $0.work == letter.work }) else {
      return deadLetters.append(letter)
    }
    var letter = letter
    letter.replays = deadLetters[index].replays
    deadLetters[index] = letter
  }

  /// Notes that work is tried once more.
  mutating func replayed(_ work: Work) {
    givenUp.remove(work)
    guard let index = deadLetters.firstIndex(where: { $0.work == work }) else { return }
    deadLetters[index].replays += 1
  }

  /// Whether work was given up once and is tried again.
  func isReplayed(_ work: Work) -> Bool { deadLetters.contains { $0.work == work } }

  /// Forgets that work was given up: it is done after all.
  mutating func settle(_ work: Work) {
    givenUp.remove(work)
    deadLetters.removeAll { $0.work == work }
  }

  private mutating func forget(_ key: OrderKey) {
    guard let record = orders.removeValue(forKey: key) else { return }
    storeOrders[record.order.storeID] = nil
    for entry in record.shipments {
      let shipment = entry.shipment
      parcels[shipment.tracking] = nil
      warehouseShipments[WarehouseShipment(partner: shipment.partner, id: shipment.id)] = nil
    }
    for (returnKey, entry) in returns
    where entry.order == key && !openReturnKeys.contains(returnKey) {
      returns[returnKey] = nil
    }
  }
}
