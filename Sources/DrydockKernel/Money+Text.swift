extension Money {
  /// Creates an amount from decimal text such as `12.50` or `-738.0`, exactly.
  ///
  /// Every JSON number is read, powers of ten included. Fails if digits other than zero are left
  /// beyond the currency's minor digits, and beyond 64 bits: an amount is never rounded silently.
  public init?(parsing text: String, currency: CurrencyCode) {
    guard let number = DecimalText(parsing: text.utf8),
      let magnitude = number.scaled(toDigits: currency.minorDigits),
      let minorUnits = Int64(exactly: magnitude)
    else { return nil }
    self.init(minorUnits: number.isNegative ? -minorUnits : minorUnits, currency: currency)
  }

  /// The amount with all minor digits and no currency, such as `12.50`, `-0.05` or, in yen, `738`.
  public var decimalString: String {
    let digits = currency.minorDigits
    var bytes: [UInt8] = []
    if minorUnits < 0 { bytes.append(UInt8(ascii: "-")) }
    let unit = UInt64(currency.minorUnitsPerUnit)
    let (whole, fraction) = minorUnits.magnitude.quotientAndRemainder(dividingBy: unit)
    bytes.append(decimal: whole)
    if digits > 0 {
      bytes.append(UInt8(ascii: "."))
      bytes.append(decimal: fraction, width: digits)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension Money: CustomStringConvertible {
  /// The amount and its currency, such as `12.50 USD`.
  public var description: String { "\(decimalString) \(currency.code)" }
}
