import DrydockExchange
import DrydockKernel

/// The tables that queries can read.
///
/// | table | columns |
/// | --- | --- |
/// | `inventoryitemlocations` | `item`, `location`, `quantityonhand`, `quantityavailable` |
/// | also `aggregateitemlocation` | and `quantitycommitted` |
/// | `transaction` | `id`, `externalid`, `tranid`, `type`, `status`, `entity`, `email` |
/// | | `otherrefnum`, `trandate`, `createddate`, `lastmodifieddate`, `foreigntotal` |
/// | `item` | `id`, `itemid`, `displayname` |
/// | `location` | `id`, `name` |
///
/// Instants are kept to the minute. Without `TO_CHAR` they show their day as `M/D/YYYY`.
enum SuiteQLTable: String, CaseIterable, Hashable, Sendable {
  case stock = "inventoryitemlocations"
  case transaction
  case item
  case location

  init?(name: String) {
    let name = name.lowercased()
    self.init(rawValue: name == "aggregateitemlocation" ? "inventoryitemlocations" : name)
  }

  /// The columns of the table.
  var columns: [SuiteQLColumn] {
    switch self {
    case .stock: [.item, .location, .quantityOnHand, .quantityAvailable, .quantityCommitted]
    case .transaction:
      [
        .id, .externalID, .documentNumber, .type, .status, .entity, .email, .otherReference,
        .date, .createdDate, .lastModifiedDate, .total,
      ]
    case .item: [.id, .itemID, .displayName]
    case .location: [.id, .name]
    }
  }

  /// Returns the column of a name, with or without the table's name before it.
  func column(_ name: String) throws(NetSuiteError) -> SuiteQLColumn {
    let wanted = SuiteQLParser.unqualified(name).lowercased()
    guard let column = columns.first(where: { $0.rawValue == wanted }) else {
      throw .parameter(
        "q",
        "Invalid search query. Detailed unprocessed description follows. Search error occurred: "
          + "Unknown identifier '\(name)'. Available identifiers are: {\(rawValue)=\(rawValue)}."
      )
    }
    return column
  }
}

/// The columns of all tables, by their names in lower case.
enum SuiteQLColumn: String, CaseIterable, Hashable, Sendable {
  case id
  case externalID = "externalid"
  case documentNumber = "tranid"
  case type
  case status
  case entity
  case email
  case otherReference = "otherrefnum"
  case date = "trandate"
  case createdDate = "createddate"
  case lastModifiedDate = "lastmodifieddate"
  case total = "foreigntotal"
  case item
  case location
  case quantityOnHand = "quantityonhand"
  case quantityAvailable = "quantityavailable"
  case quantityCommitted = "quantitycommitted"
  case itemID = "itemid"
  case displayName = "displayname"
  case name
}

/// One value of a row.
enum SuiteQLValue: Hashable, Sendable {
  case none
  case text(String)
  case number(Int64)
  case money(Money)
  case instant(VirtualInstant)

  /// The value as a query's answer writes it: always text; nothing where there is no value.
  func text(format: String?) -> String? {
    switch self {
    case .none: nil
    case .text(let text): text
    case .number(let number): String(number)
    case .money(let money): money.netSuiteNumber
    case .instant(let instant): SuiteQLDate.text(instant, format: format ?? "MM/DD/YYYY")
    }
  }

  /// Compares with a value of a query; nothing where the two cannot be compared.
  func order(with other: SuiteQLValue) -> Int? {
    switch (self, other) {
    case (.number(let left), .number(let right)): Self.order(left, right)
    case (.number(let left), .text(let right)): Int64(right).map { Self.order(left, $0) }
    case (.text(let left), .text(let right)): Self.order(left, right)
    case (.text(let left), .number(let right)): Self.order(left, String(right))
    case (.instant(let left), .instant(let right)): Self.order(left, right)
    case (.money(let left), .number(let right)):
      Self.order(left.minorUnits, right &* left.currency.minorUnitsPerUnit)
    default: nil
    }
  }

  private static func order<Value: Comparable>(_ left: Value, _ right: Value) -> Int {
    left == right ? 0 : left < right ? -1 : 1
  }
}
