import DrydockKernel

/// Names for people that hide them and still join: the same word always becomes the same word.
///
///     Alex Morgan               Ubib Resomi
///     alex.morgan@shop.com      ubib.resomi@example.com
///     12 Harbor Road, 04101     74 Lepisa Nuko, 83315
///
/// Letters become letters and digits digits, so that what a contract wants of a text mostly stays
/// true. Codes of up to three characters stay, since they name countries and states.
public struct Pseudonyms: Sendable {
  private let key: [UInt8]

  /// Creates names that nobody can trace back without the key.
  public init(key: String) {
    self.key = Array(key.utf8)
  }

  /// Returns what stands for a text about people.
  ///
  /// - Complexity: Linear in the text, with one hash for each word.
  public func pseudonym(of text: String) -> String {
    if text.unicodeScalars.count <= 3 { return text }
    if text.hasPrefix("http://") || text.hasPrefix("https://") { return Redaction.url }
    guard let at = text.lastIndex(of: "@"), !text[at...].contains(" ") else { return words(text) }
    return words(String(text[..<at])) + "@example.com"
  }

  private func words(_ text: String) -> String {
    var result = ""
    var word: [Unicode.Scalar] = []
    for scalar in text.unicodeScalars {
      if Self.isWordPart(scalar),
        word.last.map({ Self.isDigit($0) == Self.isDigit(scalar) }) ?? true
      {
        word.append(scalar)
        continue
      }
      result += replacement(of: word)
      word = []
      if Self.isWordPart(scalar) {
        word.append(scalar)
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result + replacement(of: word)
  }

  /// Returns a word of the same length and case, made of syllables or of digits.
  private func replacement(of word: [Unicode.Scalar]) -> String {
    guard let first = word.first else { return "" }
    let text = String(String.UnicodeScalarView(word))
    let bits = HMAC.sha256(Array(text.lowercased().utf8), key: key)
    var result = ""
    for (place, scalar) in word.enumerated() {
      let draw = Int(bits[place % bits.count]) + place / bits.count
      if Self.isDigit(first) {
        result += String(draw % 10)
        continue
      }
      let letters = place % 2 == 0 ? Self.consonants : Self.vowels
      let letter = letters[draw % letters.count]
      result += scalar.properties.isUppercase ? letter.uppercased() : letter
    }
    return result
  }

  private static let consonants = "bdfgklmnprstvz".map(String.init)
  private static let vowels = "aeiou".map(String.init)

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
    (0x30...0x39).contains(scalar.value)
  }

  private static func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
    isDigit(scalar) || scalar.properties.isAlphabetic
  }
}
