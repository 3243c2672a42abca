/// The form of a secret that the platform signs with: decomposed, so that `é` is `e` and an accent.
///
/// Covers ASCII and the letters with accents of Latin-1, which is what people type into a secret;
/// other characters stay as they are.
/// - Source: Unicode Standard Annex 15, form NFKD; UnicodeData, U+00A0 to U+00FF.
enum CompatibilityDecomposition {
  /// Returns the UTF-8 bytes of a text's decomposed form.
  static func bytes(of text: String) -> [UInt8] {
    var decomposed = ""
    for scalar in text.unicodeScalars {
      if let parts = parts(of: scalar) {
        decomposed.unicodeScalars.append(parts.0)
        decomposed.unicodeScalars.append(parts.1)
      } else {
        decomposed.unicodeScalars.append(scalar)
      }
    }
    return Array(decomposed.utf8)
  }

  /// Base letters with each accent, in the order of the accented ones.
  private static let table: [(accent: Unicode.Scalar, bases: String, accented: String)] = [
    ("\u{300}", "AEIOUaeiou", "ÀÈÌÒÙàèìòù"),
    ("\u{301}", "AEIOUYaeiouy", "ÁÉÍÓÚÝáéíóúý"),
    ("\u{302}", "AEIOUaeiou", "ÂÊÎÔÛâêîôû"),
    ("\u{303}", "ANOano", "ÃÑÕãñõ"),
    ("\u{308}", "AEIOUaeiouy", "ÄËÏÖÜäëïöüÿ"),
    ("\u{30A}", "Aa", "Åå"),
    ("\u{327}", "Cc", "Çç"),
  ]

  private static func parts(of scalar: Unicode.Scalar) -> (Unicode.Scalar, Unicode.Scalar)? {
    guard (0xC0...0xFF).contains(scalar.value) else { return nil }
    for (accent, bases, accented) in table {
      for (base, whole) in zip(bases.unicodeScalars, accented.unicodeScalars)
      where whole == scalar {
        return (base, accent)
      }
    }
    return nil
  }
}
