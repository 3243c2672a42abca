import DrydockJSON
import DrydockKernel

/// Why a payload makes no sense to us.
struct Unreadable: Error, Hashable, Sendable {
  /// The member that is missing or of another kind.
  let member: String
}

/// The members of a JSON object, read as what we need or not at all.
struct Fields: Sendable {
  private let value: JSONValue?

  init(_ value: JSONValue?) {
    self.value = value
  }

  /// Reads a payload; one that is not an object is unreadable.
  init(parsing body: [UInt8]) throws(Unreadable) {
    let document: JSONDocument
    do {
      document = try JSONDocument.parse(body)
    } catch {
      throw Unreadable(member: "the whole")
    }
    guard document.root.kind == .object else { throw Unreadable(member: "the whole") }
    value = document.root
  }

  /// Returns the objects of a list, which is bare or under a name.
  static func list(
    parsing body: [UInt8],
    named names: [String]
  ) throws(Unreadable) -> [Fields] {
    let root: JSONValue
    do {
      root = try JSONDocument.parse(body).root
    } catch {
      throw Unreadable(member: "the whole")
    }
    let fields = Fields(root)
    if root.kind == .array { return fields.elements }
    for name in names where fields[name].exists { return fields.list(name) }
    throw Unreadable(member: names.first ?? "the whole")
  }

  /// The object under a name; empty where there is none.
  subscript(name: String) -> Fields { Fields(value?[name]) }

  /// Whether there is anything.
  var exists: Bool { value.map { !$0.isNull } ?? false }

  /// The objects of the array under a name; none where there is no array.
  func list(_ name: String) -> [Fields] {
    guard let array = value?[name], array.kind == .array else { return [] }
    return array.elements.map { Fields($0) }
  }

  /// The texts of the array under a name.
  func texts(_ name: String) -> [String] {
    guard let array = value?[name], array.kind == .array else { return [] }
    return array.elements.compactMap(\.string)
  }

  /// The members of the object, in order.
  var members: [(name: String, value: Fields, text: String?)] {
    guard let value, value.kind == .object else { return [] }
    return value.members.map { ($0.name, Fields($0.value), $0.value.string) }
  }

  /// The elements, where this is an array.
  var elements: [Fields] {
    guard let value, value.kind == .array else { return [] }
    return value.elements.map { Fields($0) }
  }

  /// The text that this is.
  var text: String? { value?.string }

  // MARK: Members that may be missing

  func optionalText(_ name: String) -> String? { value?[name]?.string }

  func optionalBool(_ name: String) -> Bool? { value?[name]?.bool }

  /// An identifier, written as a number or as text.
  func optionalIdentifier(_ name: String) -> String? {
    guard let member = value?[name] else { return nil }
    return member.string ?? member.int.map(String.init)
  }

  func optionalInteger(_ name: String) -> Int64? {
    guard let member = value?[name] else { return nil }
    return member.int ?? member.string.flatMap { Int64($0) }
  }

  func optionalInstant(_ name: String) -> VirtualInstant? {
    optionalText(name).flatMap { VirtualInstant(parsing: $0) }
  }

  // MARK: Members that must be there

  func text(_ name: String) throws(Unreadable) -> String {
    guard let text = optionalText(name) else { throw Unreadable(member: name) }
    return text
  }

  func identifier(_ name: String) throws(Unreadable) -> String {
    guard let identifier = optionalIdentifier(name), !identifier.isEmpty else {
      throw Unreadable(member: name)
    }
    return identifier
  }

  func integer(_ name: String) throws(Unreadable) -> Int64 {
    guard let integer = optionalInteger(name) else { throw Unreadable(member: name) }
    return integer
  }

  /// A number of units, from 0 up to the limit of one line.
  func quantity(_ name: String) throws(Unreadable) -> Int {
    let quantity = try integer(name)
    guard (0...Limits.quantity).contains(quantity) else { throw Unreadable(member: name) }
    return Int(quantity)
  }

  func instant(_ name: String) throws(Unreadable) -> VirtualInstant {
    guard let instant = optionalInstant(name) else { throw Unreadable(member: name) }
    return instant
  }

  /// An amount, written as text or as a number; never through a binary fraction.
  func money(_ name: String, _ currency: CurrencyCode) throws(Unreadable) -> Money {
    guard let member = value?[name], let text = member.string ?? member.number?.text,
      let money = Money(parsing: text, currency: currency),
      (-Limits.amount...Limits.amount).contains(money.minorUnits)
    else { throw Unreadable(member: name) }
    return money
  }
}
