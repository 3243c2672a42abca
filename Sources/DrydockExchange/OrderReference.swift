/// The text by which one system names another system's order.
///
/// Integrations decorate order numbers (`SHOP-1001`, `#1001`, `1001-2` for a part,
/// `RMA 7 of 1001`), so two references name the same order when one is a whole word of the other. A
/// word is a run of letters and digits.
public enum OrderReference {
  /// The words of a reference, in order.
  public static func words(of reference: some StringProtocol) -> [String] {
    reference.unicodeScalars.split { !isWordPart($0) }.map { String(String.UnicodeScalarView($0)) }
  }

  /// Tells whether a reference names the order with a number.
  public static func names(_ reference: some StringProtocol, number: Int) -> Bool {
    words(of: reference).contains(String(number))
  }

  private static func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "0"..."9", "A"..."Z", "a"..."z": true
    default: scalar.value > 0x7F
    }
  }
}
