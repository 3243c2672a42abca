import DrydockExchange

/// What a request asks for, read from method and path.
///
/// | operation | method and path, below `/services/rest/record/v1` |
/// | --- | --- |
/// | token-create | `POST /services/rest/auth/oauth2/v1/token` |
/// | suiteql-query | `POST /services/rest/query/v1/suiteql` |
/// | sales-order-upsert | `PUT /salesOrder/eid:{reference}` |
/// | sales-order-create | `POST /salesOrder` |
/// | sales-order-read | `GET /salesOrder/{id}`, `GET /salesOrder/eid:{reference}` |
/// | sales-order-update | `PATCH /salesOrder/{id}`, `PATCH /salesOrder/eid:{reference}` |
/// | item-fulfillment-create | `POST /salesOrder/{id}/!transform/itemFulfillment` |
/// | item-fulfillment-update | `PATCH /itemFulfillment/{id}` |
/// | invoice-create | `POST /salesOrder/{id}/!transform/invoice` |
/// | return-authorization-create | `POST /salesOrder/{id}/!transform/returnAuthorization` |
/// | item-receipt-create | `POST /returnAuthorization/{id}/!transform/itemReceipt` |
/// | credit-memo-create | `POST /returnAuthorization/{id}/!transform/creditMemo` |
/// | credit-memo-create | `POST /invoice/{id}/!transform/creditMemo`, `POST /creditMemo` |
/// | inventory-adjustment-create | `POST /inventoryAdjustment` |
/// | record-read | `GET /{record}/{id}`, `GET /{record}/eid:{key}` |
/// | records-list | `GET /{record}` |
enum NetSuiteRoute: Hashable, Sendable {
  /// How a path names a record.
  enum Key: Hashable, Sendable {
    case id(Int64)
    case external(String)
    /// Neither digits nor `eid:`; no record has it.
    case other(String)

    init(_ segment: Substring) {
      let text = PercentEncoding.decode(segment)
      if text.hasPrefix("eid:") {
        self = .external(String(text.dropFirst(4)))
      } else if let id = Int64(text), id > 0 {
        self = .id(id)
      } else {
        self = .other(text)
      }
    }

    /// The key as a message about the record names it.
    var text: String {
      switch self {
      case .id(let id): String(id)
      case .external(let text), .other(let text): text
      }
    }
  }

  case token
  case query
  case upsertOrder(String)
  case createOrder
  case read(ERPRecordKind, Key)
  case list(ERPRecordKind)
  case updateOrder(Key)
  case updateFulfilment(Key)
  case transform(from: ERPRecordKind, Key, to: ERPRecordKind)
  case createCredit
  case createAdjustment
  case wrongMethod
  case unknown

  static let recordBase = "/services/rest/record/v1/"
  static let tokenPath = "/services/rest/auth/oauth2/v1/token"
  static let queryPath = "/services/rest/query/v1/suiteql"

  init(_ request: Request) {
    // Walked as bytes: every call comes through here, twice.
    let target = request.target.utf8
    let path = request.target[..<(target.firstIndex(of: UInt8(ascii: "?")) ?? target.endIndex)]
    guard path.utf8.starts(with: Self.recordBase.utf8) else {
      self = Self.service(path, request.method)
      return
    }
    let rest = path.utf8.dropFirst(Self.recordBase.utf8.count)
    let parts = rest.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard let first = parts.first, let kind = ERPRecordKind(netSuiteType: first) else {
      self = .unknown
      return
    }
    switch parts.count {
    case 1: self = Self.collection(kind, request.method)
    case 2 where !parts[1].isEmpty:
      self = Self.instance(kind, Key(Substring(parts[1])), request.method)
    case 4 where parts[2].elementsEqual("!transform".utf8):
      guard let target = ERPRecordKind(netSuiteType: parts[3]),
        Self.transforms.contains(where: { $0.from == kind && $0.to == target })
      else {
        self = .unknown
        return
      }
      self =
        request.method == "POST"
        ? .transform(from: kind, Key(Substring(parts[1])), to: target) : .wrongMethod
    default: self = .unknown
    }
  }

  /// Reads a path beside the records: tokens and queries.
  private static func service(_ path: Substring, _ method: String) -> NetSuiteRoute {
    switch path {
    case tokenPath[...]: method == "POST" ? .token : .wrongMethod
    case queryPath[...]: method == "POST" ? .query : .wrongMethod
    default: .unknown
    }
  }

  private static let transforms: [(from: ERPRecordKind, to: ERPRecordKind)] = [
    (.order, .fulfilment), (.order, .invoice), (.order, .authorisation),
    (.authorisation, .receipt), (.authorisation, .credit), (.invoice, .credit),
  ]

  private static func collection(_ kind: ERPRecordKind, _ method: String) -> NetSuiteRoute {
    switch (kind, method) {
    case (_, "GET"): .list(kind)
    case (.order, "POST"): .createOrder
    case (.credit, "POST"): .createCredit
    case (.adjustment, "POST"): .createAdjustment
    default: .wrongMethod
    }
  }

  private static func instance(
    _ kind: ERPRecordKind,
    _ key: Key,
    _ method: String
  ) -> NetSuiteRoute {
    switch (kind, method, key) {
    case (_, "GET", _): .read(kind, key)
    case (.order, "PUT", .external(let reference)) where !reference.isEmpty:
      .upsertOrder(reference)
    case (.order, "PATCH", _): .updateOrder(key)
    case (.fulfilment, "PATCH", _): .updateFulfilment(key)
    default: .wrongMethod
    }
  }

  /// The operation's name, as contracts and faults use it.
  var operation: String {
    switch self {
    case .token: "token-create"
    case .query: "suiteql-query"
    case .upsertOrder: "sales-order-upsert"
    case .createOrder: "sales-order-create"
    case .read(.order, _): "sales-order-read"
    case .read: "record-read"
    case .list: "records-list"
    case .updateOrder: "sales-order-update"
    case .updateFulfilment: "item-fulfillment-update"
    case .transform(_, _, .fulfilment): "item-fulfillment-create"
    case .transform(_, _, .invoice): "invoice-create"
    case .transform(_, _, .authorisation): "return-authorization-create"
    case .transform(_, _, .receipt): "item-receipt-create"
    case .transform, .createCredit: "credit-memo-create"
    case .createAdjustment: "inventory-adjustment-create"
    case .wrongMethod, .unknown: "unknown"
    }
  }
}

extension ERPRecordKind {
  /// Creates a kind from the platform's record type, which it takes in any case.
  init?(netSuiteType text: Substring.UTF8View) {
    for kind in Self.allCases {
      let name = kind.netSuiteType.utf8
      guard name.count == text.count, zip(name, text).allSatisfy({ $0 | 0x20 == $1 | 0x20 }) else {
        continue
      }
      self = kind
      return
    }
    return nil
  }

  /// The platform's record type.
  var netSuiteType: String {
    switch self {
    case .order: "salesOrder"
    case .fulfilment: "itemFulfillment"
    case .invoice: "invoice"
    case .authorisation: "returnAuthorization"
    case .receipt: "itemReceipt"
    case .credit: "creditMemo"
    case .adjustment: "inventoryAdjustment"
    }
  }

  /// The record type as links inside answers write it.
  var netSuiteLinkType: String { netSuiteType.lowercased() }

  /// The namespace of this kind's keys.
  var netSuiteNamespace: String {
    switch self {
    case .order: "netsuite.sales-order"
    case .fulfilment: "netsuite.item-fulfillment"
    case .invoice: "netsuite.invoice"
    case .authorisation: "netsuite.return-authorization"
    case .receipt: "netsuite.item-receipt"
    case .credit: "netsuite.credit-memo"
    case .adjustment: "netsuite.inventory-adjustment"
    }
  }

  /// The document number of a record: letters of its kind and a number of its own.
  func documentNumber(_ sequence: Int) -> String {
    switch self {
    case .order: "SO\(33_870 + sequence)"
    case .fulfilment: "IF\(14_647 + sequence)"
    case .invoice: "INV\(7_001 + sequence)"
    case .authorisation: "RMA\(2_301 + sequence)"
    case .receipt: "IR\(5_501 + sequence)"
    case .credit: "CM\(1_201 + sequence)"
    case .adjustment: "IA\(801 + sequence)"
    }
  }

  /// What the platform calls a document in references: `Sales Order #SO33870`.
  var netSuiteLabel: String {
    switch self {
    case .order: "Sales Order"
    case .fulfilment: "Item Fulfillment"
    case .invoice: "Invoice"
    case .authorisation: "Return Authorization"
    case .receipt: "Item Receipt"
    case .credit: "Credit Memo"
    case .adjustment: "Inventory Adjustment"
    }
  }

  /// The type code of the query tables.
  var netSuiteTypeCode: String {
    switch self {
    case .order: "SalesOrd"
    case .fulfilment: "ItemShip"
    case .invoice: "CustInvc"
    case .authorisation: "RtnAuth"
    case .receipt: "ItemRcpt"
    case .credit: "CustCred"
    case .adjustment: "InvAdjst"
    }
  }
}
