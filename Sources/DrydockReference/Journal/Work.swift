import DrydockExchange

/// What the integration can do at a partner: one thing, about one record, safe to ask for twice.
///
/// The value is also the idempotency key: the outbox holds no work twice.
enum Work: Hashable, Sendable {
  // Orders
  case fetchOrder(Int64)
  case acceptOrder(OrderKey)
  case confirmOrder(OrderKey)
  case approveOrder(OrderKey)
  case releasePart(PartKey)
  case withdrawPart(PartKey)
  case closeOrder(OrderKey)
  case cancelInStore(OrderKey)
  case tagOrder(OrderKey)
  // Shipments
  case notifyShipment(ShipmentKey)
  case postFulfilment(ShipmentKey)
  case postInvoice(ShipmentKey)
  /// Only with the defect `invoices-before-shipment`.
  case billAhead(OrderKey)
  case trackParcel(ShipmentKey)
  case notifyDelivery(ShipmentKey)
  // Returns
  case fetchReturn(ReturnKey)
  case authoriseReturn(ReturnKey)
  case expectReturn(ReturnKey)
  case gradeReturn(ReturnKey)
  /// Goods for the shelf, or goods for the bin: 1 or 2, as one receipt cannot say both of one line.
  case postReceipt(ReturnKey, part: Int)
  case refund(ReturnKey)
  case postCredit(ReturnKey)
  case processReturn(ReturnKey)
  // Stock
  case readStock(PartnerID, page: Int)
  case readStoreStock(page: Int)
  case publishStock(String)
  case readERPStock
  case adjustERPStock
  // Reconciliation
  case listStoreOrders(page: Int)
  case listWarehouseOrders(PartnerID, page: Int)
  case readParcel(ShipmentKey)
  case listReturns
  case listReceipts(PartnerID, page: Int)

  /// The name of the work in notes and dead letters, such as `release/SHOP-1001`.
  var name: String {
    switch self {
    case .fetchOrder(let id): "fetch-order/\(id)"
    case .acceptOrder(let order): "erp-order/\(order.reference)"
    case .confirmOrder(let order): "erp-order-status/\(order.reference)"
    case .approveOrder(let order): "erp-approval/\(order.reference)"
    case .releasePart(let part): "release/\(part.reference)"
    case .withdrawPart(let part): "withdraw/\(part.reference)"
    case .closeOrder(let order): "erp-close/\(order.reference)"
    case .cancelInStore(let order): "store-cancel/\(order.reference)"
    case .tagOrder(let order): "store-tags/\(order.reference)"
    case .notifyShipment(let shipment): "store-shipment/\(shipment.name)"
    case .postFulfilment(let shipment): "erp-fulfilment/\(shipment.name)"
    case .postInvoice(let shipment): "erp-invoice/\(shipment.name)"
    case .billAhead(let order): "erp-invoice/\(order.reference)"
    case .trackParcel(let shipment): "track/\(shipment.name)"
    case .notifyDelivery(let shipment): "store-delivery/\(shipment.name)"
    case .fetchReturn(let key): "fetch-return/\(key.text)"
    case .authoriseReturn(let key): "erp-authorisation/\(key.text)"
    case .expectReturn(let key): "3pl-return/\(key.text)"
    case .gradeReturn(let key): "grade/\(key.text)"
    case .postReceipt(let key, let part): "erp-receipt/\(key.text)/\(part)"
    case .refund(let key): "refund/\(key.text)"
    case .postCredit(let key): "erp-credit/\(key.text)"
    case .processReturn(let key): "process-return/\(key.text)"
    case .readStock(let partner, let page): "read-stock/\(partner)" + Self.suffix(page)
    case .readStoreStock(let page): "read-store-stock" + Self.suffix(page)
    case .publishStock(let sku): "publish-stock/\(sku)"
    case .readERPStock: "read-erp-stock"
    case .adjustERPStock: "adjust-erp-stock"
    case .listStoreOrders(let page): "list-orders/\(page)"
    case .listWarehouseOrders(let partner, let page): "list-3pl-orders/\(partner)/\(page)"
    case .readParcel(let shipment): "read-parcel/\(shipment.name)"
    case .listReturns: "list-returns"
    case .listReceipts(let partner, let page):
      "list-3pl-returns/\(partner)" + Self.suffix(page)
    }
  }

  /// The first page has no number in its name, as most lists have but one.
  private static func suffix(_ page: Int) -> String { page == 0 ? "" : "/\(page)" }

  /// Whether it changes nothing at the partner, so that it may be repeated blindly.
  var isRead: Bool {
    switch self {
    case .fetchOrder, .confirmOrder, .fetchReturn, .readStock, .readStoreStock, .readERPStock,
      .listStoreOrders, .listWarehouseOrders, .readParcel, .listReturns, .listReceipts:
      true
    default: false
    }
  }

  /// Whether it is asked again by a timer anyway, so that a failure need not be repeated.
  var isPoll: Bool {
    switch self {
    case .readStoreStock, .publishStock, .readERPStock, .listStoreOrders, .listWarehouseOrders,
      .readParcel, .listReturns, .listReceipts:
      true
    default: false
    }
  }

  /// The step that it starts with, and starts again with when a look-up found nothing.
  var firstStep: Errand.Step {
    switch self {
    case .notifyShipment: .prepare
    default: .act
    }
  }
}

extension ShipmentKey {
  /// The shipment's name in notes, such as `SHOP-1001#1`.
  var name: String { "\(order.reference)#\(position + 1)" }
}
