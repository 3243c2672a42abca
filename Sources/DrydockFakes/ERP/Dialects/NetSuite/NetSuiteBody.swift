import DrydockExchange
import DrydockJSON
import DrydockKernel

/// Reads the values of a request body, refusing wrong types and remembering unknown names.
///
/// The platform drops a misspelt name in silence and says so in a response header; with the header
/// `X-NetSuite-PropertyNameValidation: Error` it refuses the request.
struct NetSuiteBody {
  let masterData: MasterData
  /// Paths of members that the platform does not know, in order.
  private(set) var unknown: [String] = []

  init(masterData: MasterData) {
    self.masterData = masterData
  }

  /// How a body refers to another record.
  enum Reference: Hashable {
    case id(String)
    case external(String)

    var text: String {
      switch self {
      case .id(let text), .external(let text): text
      }
    }
  }

  /// What a line is for.
  enum Item: Hashable {
    case product(Int)
    /// The item that stands for money without goods.
    case adjustment
  }

  /// The internal identifier of the adjustment item.
  static let adjustmentItem: Int64 = 2_100
  /// What the adjustment item is called.
  static let adjustmentName = "Refund Adjustment"

  // MARK: Names

  /// Remembers a name that no reader took, unless it is custom or known and without effect here.
  mutating func leave(_ name: String, of known: Set<String>, at path: String) {
    guard !known.contains(name), !name.hasPrefix("custbody"), !name.hasPrefix("custcol") else {
      return
    }
    if unknown.count < 20 { unknown.append(path) }
  }

  // MARK: Values

  func text(_ value: JSONValue, _ path: String) throws(NetSuiteError) -> String {
    if let text = value.string { return text }
    if value.isNull { return "" }
    throw invalid(value, path)
  }

  func flag(_ value: JSONValue, _ path: String) throws(NetSuiteError) -> Bool {
    if let flag = value.bool { return flag }
    switch value.string {
    case "T": return true
    case "F": return false
    default: throw invalid(value, path)
    }
  }

  /// Reads a whole number of units, 0 or more.
  func quantity(_ value: JSONValue, _ path: String) throws(NetSuiteError) -> Int {
    guard let number = value.int, number >= 0, number <= ERPLimits.quantityMax else {
      throw invalid(value, path)
    }
    return Int(number)
  }

  /// Reads a whole number of units that may be negative.
  func change(_ value: JSONValue, _ path: String) throws(NetSuiteError) -> Int {
    guard let number = value.int, abs(number) <= ERPLimits.quantityMax else {
      throw invalid(value, path)
    }
    return Int(number)
  }

  /// Reads the number of a line.
  func line(_ value: JSONValue, _ path: String) throws(NetSuiteError) -> Int {
    guard let number = value.int, (0...1_000_000_000).contains(number) else {
      throw invalid(value, path)
    }
    return Int(number)
  }

  func money(_ value: JSONValue, _ path: String) throws(NetSuiteError) -> Money {
    guard let number = value.number,
      let money = Money(parsing: number.text, currency: masterData.currency),
      abs(money.minorUnits) <= ERPLimits.amountMax
    else { throw invalid(value, path) }
    return money
  }

  /// Reads `2026-03-02`; one-digit months and days are taken too.
  func date(_ value: JSONValue, _ path: String) throws(NetSuiteError) -> CivilDate {
    let parts = (value.string ?? "").split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].utf8.count == 4, let year = Int(parts[0]),
      let month = Int(parts[1]), let day = Int(parts[2]),
      let date = CivilDate(year: year, month: month, day: day)
    else { throw invalid(value, path) }
    return date
  }

  /// Reads `{"id": "107"}`, `{"externalId": "C-1"}`, or an identifier by itself.
  func reference(_ value: JSONValue, _ path: String) throws(NetSuiteError) -> Reference {
    if value.kind == .object {
      if let id = value["id"].flatMap(scalar) { return .id(id) }
      if let external = value["externalId"]?.string { return .external(external) }
      throw invalid(value, path)
    }
    guard let text = scalar(value) else { throw invalid(value, path) }
    return .id(text)
  }

  /// Reads `{"id": "B"}` or `"B"`.
  func enumeration(_ value: JSONValue, _ path: String) throws(NetSuiteError) -> String {
    if value.kind == .object, let id = value["id"]?.string { return id }
    guard let text = value.string else { throw invalid(value, path) }
    return text
  }

  // MARK: References to master data

  func item(_ value: JSONValue, _ path: String) throws(NetSuiteError) -> Item {
    switch try reference(value, path) {
    case .id(let text):
      guard let id = Int64(text) else { throw invalid(value, path) }
      if id == Self.adjustmentItem { return .adjustment }
      let index = Int(truncatingIfNeeded: id &- Self.adjustmentItem &- 1)
      guard masterData.products.indices.contains(index),
        masterData.products[index].netsuiteItem == id
      else { throw .invalidValue(text, of: "item", at: path) }
      return .product(index)
    case .external(let sku):
      guard let index = masterData.products.firstIndex(where: { $0.sku == sku }) else {
        throw .invalidValue(sku, of: "item", at: path)
      }
      return .product(index)
    }
  }

  func node(_ value: JSONValue, _ path: String) throws(NetSuiteError) -> Int {
    let reference = try reference(value, path)
    let found: Int? =
      switch reference {
      case .id(let text):
        Int64(text).flatMap { id in
          masterData.nodes.firstIndex { $0.netsuiteLocation == id }
        }
      case .external(let name): masterData.nodes.firstIndex { $0.name == name }
      }
    guard let found else { throw .invalidValue(reference.text, of: "location", at: path) }
    return found
  }

  func customer(
    _ value: JSONValue,
    _ path: String
  ) throws(NetSuiteError) -> ERPCustomerReference {
    switch try reference(value, path) {
    case .id(let text):
      guard let id = Int64(text) else { throw .invalidValue(text, of: "entity", at: path) }
      return .id(id)
    case .external(let email): return .email(email)
    }
  }

  // MARK: Lists

  /// Returns the elements of `{"items": […]}`.
  func items(_ value: JSONValue, _ path: String) throws(NetSuiteError) -> JSONElements {
    guard value.kind == .object, let items = value["items"], items.kind == .array,
      items.count <= ERPLimits.linesMax
    else { throw invalid(value, path) }
    return items.elements
  }

  func object(_ value: JSONValue, _ path: String) throws(NetSuiteError) {
    guard value.kind == .object else { throw invalid(value, path) }
  }

  // MARK: Errors

  func invalid(_ value: JSONValue, _ path: String) -> NetSuiteError {
    let field = path.split(separator: ".").last.map(String.init) ?? path
    let shown = value.string ?? String(decoding: value.bytes.prefix(60), as: UTF8.self)
    return .invalidValue(shown, of: field, at: path)
  }

  private func scalar(_ value: JSONValue) -> String? {
    value.string ?? value.int.map(String.init)
  }
}
