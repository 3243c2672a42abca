/// A number as it was written, compared and divided exactly.
///
///     JSONNumber(parsing: "1.0") == JSONNumber(parsing: "10e-1")     // mathematically
///     JSONNumber(parsing: "0.3")?.isMultiple(of: tenth)              // true: no binary float
///
/// An exponent beyond ±10¹⁵ is taken as that, so that `1e99999999999` costs nothing; numbers that
/// large or small only compare as equal to each other where their digits are.
public struct JSONNumber: Sendable {
  /// The text in RFC 8259 form, every digit as it was written.
  public let text: String

  /// Creates a number from text.
  ///
  /// - Parameter text: A number in RFC 8259 form, with no white space; otherwise the result is nil.
  public init?(parsing text: String) {
    guard JSONNumber.isNumber(text.utf8) else { return nil }
    self.text = text
  }

  /// Creates a whole number.
  public init(_ value: Int64) {
    text = String(value)
  }

  /// Creates a number from text that a scanner has let through.
  package init(scanned text: String) {
    self.text = text
  }

  /// The number as digits and a power of ten.
  package var decimal: JSONDecimal {
    JSONDecimal(scanned: text.utf8)
  }

  /// Whether the number is whole, as `1.0` and `1e2` are.
  public var isInteger: Bool {
    decimal.isInteger
  }

  /// The value of a whole number that fits.
  public var int64: Int64? {
    Int64(text) ?? decimal.int64
  }

  /// The nearest binary float; infinite where the number is too large.
  public var double: Double {
    Double(text) ?? .nan
  }

  /// Returns whether this number divided by another leaves nothing over, exactly.
  ///
  /// Nothing is a multiple of 0, but 0 itself.
  public func isMultiple(of divisor: JSONNumber) -> Bool {
    decimal.isMultiple(of: divisor.decimal)
  }

  /// Returns whether text is a number in RFC 8259 form.
  static func isNumber(_ text: String.UTF8View) -> Bool {
    var rest = text[...]
    if rest.first == UInt8(ascii: "-") { rest.removeFirst() }
    let whole = rest.prefix(while: JSONScanner.isDigit)
    guard !whole.isEmpty, whole.count == 1 || whole.first != UInt8(ascii: "0") else { return false }
    rest = rest[whole.endIndex...]
    if rest.first == UInt8(ascii: ".") {
      let fraction = rest.dropFirst().prefix(while: JSONScanner.isDigit)
      guard !fraction.isEmpty else { return false }
      rest = rest[fraction.endIndex...]
    }
    if let mark = rest.first, mark | 0x20 == UInt8(ascii: "e") {
      rest.removeFirst()
      if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest.removeFirst() }
      let exponent = rest.prefix(while: JSONScanner.isDigit)
      guard !exponent.isEmpty else { return false }
      rest = rest[exponent.endIndex...]
    }
    return rest.isEmpty
  }
}

extension JSONNumber: Hashable, Comparable {
  /// Returns whether two numbers are the same mathematically, however they are written.
  public static func == (left: JSONNumber, right: JSONNumber) -> Bool {
    left.text == right.text || left.decimal == right.decimal
  }

  /// Returns whether one number is less than another, exactly.
  public static func < (left: JSONNumber, right: JSONNumber) -> Bool {
    left.decimal < right.decimal
  }

  /// Feeds the number, not its spelling, into a hasher.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(decimal)
  }
}

extension JSONNumber: CustomStringConvertible {
  /// The text as it was written.
  public var description: String {
    text
  }
}
