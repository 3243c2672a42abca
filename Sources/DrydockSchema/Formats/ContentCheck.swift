import DrydockJSON
import DrydockKernel

/// Strings that carry other documents.
enum ContentCheck {
  /// Returns whether a text is base64 and JSON, as far as each is wanted.
  ///
  /// - Source: JSON Schema draft-07 validation, section 8.
  static func accepts(
    _ bytes: [UInt8],
    _ range: Range<Int>,
    isEncoded: Bool,
    isJSON: Bool
  ) -> Bool {
    var content = Array(bytes[range])
    if isEncoded {
      guard let decoded = Base64.decode(String(decoding: content, as: UTF8.self)) else {
        return false
      }
      content = decoded
    }
    guard isJSON else { return true }
    do {
      _ = try JSONDocument.parse(content)
      return true
    } catch {
      return false
    }
  }
}
