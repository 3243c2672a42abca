/// A currency by its three letters.
///
/// Any three capital letters are accepted, since partners use codes of their own; an unknown
/// currency has two minor digits.
public struct CurrencyCode: Hashable, Sendable {
  /// The letters, five bits each, the first one highest.
  private let packed: UInt16

  /// The United States dollar.
  public static let usd = CurrencyCode(packing: "USD")
  /// The euro.
  public static let eur = CurrencyCode(packing: "EUR")
  /// The pound sterling.
  public static let gbp = CurrencyCode(packing: "GBP")
  /// The yen, which has no minor units.
  public static let jpy = CurrencyCode(packing: "JPY")
  /// The Canadian dollar.
  public static let cad = CurrencyCode(packing: "CAD")

  /// Creates a currency; `nil` unless the code is three ASCII capital letters.
  public init?(_ code: String) {
    let bytes = Array(code.utf8)
    guard bytes.count == 3, bytes.allSatisfy({ (0x41...0x5a).contains($0) }) else { return nil }
    self.init(packing: code)
  }

  private init(packing code: String) {
    packed = code.utf8.reduce(0) { $0 << 5 | UInt16($1 & 0x1f) }
  }

  /// The three letters.
  public var code: String {
    let letters = [packed >> 10, packed >> 5, packed].map { 0x40 | UInt8($0 & 0x1f) }
    return String(decoding: letters, as: UTF8.self)
  }

  /// The digits after the point in an amount: 2 for most, 0 for the yen, 3 for some dinars.
  ///
  /// - Source: ISO 4217, list one.
  public var minorDigits: Int { CurrencyCode.unusualDigits[packed] ?? 2 }

  /// How many minor units make one unit.
  public var minorUnitsPerUnit: Int64 {
    var units: Int64 = 1
    for _ in 0..<minorDigits { units *= 10 }
    return units
  }

  private static let unusualDigits: [UInt16: Int] = {
    var digits: [UInt16: Int] = [:]
    for code in [
      "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND",
      "VUV", "XAF", "XOF", "XPF",
    ] {
      digits[CurrencyCode(packing: code).packed] = 0
    }
    for code in ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"] {
      digits[CurrencyCode(packing: code).packed] = 3
    }
    for code in ["CLF", "UYW"] { digits[CurrencyCode(packing: code).packed] = 4 }
    return digits
  }()
}

extension CurrencyCode: CustomStringConvertible {
  /// The three letters.
  public var description: String { code }
}
