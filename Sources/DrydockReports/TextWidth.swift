/// How wide a text will be, by estimate.
///
/// A report knows no fonts, and labels must not run into lines. The estimate is for wide sans-serif
/// faces, so that narrower ones leave room rather than overlap.
enum TextWidth {
  /// Returns the width in pixels at a font size in pixels.
  static func of(_ text: String, size: Int) -> Int {
    var hundredths = 0
    for scalar in text.unicodeScalars { hundredths += hundredthsOfEm(scalar) }
    return hundredths * size / 100
  }

  /// Returns as much of a text as fits, with an ellipsis where something was cut.
  static func fitted(_ text: String, width: Int, size: Int) -> String {
    guard of(text, size: size) > width else { return text }
    var left = max(0, width * 100 / max(size, 1) - 70)
    var kept = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      left -= hundredthsOfEm(scalar)
      guard left >= 0 else { break }
      kept.append(scalar)
    }
    return String(kept) + "…"
  }

  private static func hundredthsOfEm(_ scalar: Unicode.Scalar) -> Int {
    switch scalar {
    case "i", "j", "l", "'", "|", "!", ".", ",", ":", ";", "I": 31
    case "f", "t", "r", " ", "(", ")", "[", "]", "/", "-": 38
    case "m", "w", "M", "W", "@", "%": 90
    case "A"..."Z": 70
    case " "..."~": 60
    case "\u{1100}"..."\u{115F}", "\u{2E80}"..."\u{A4CF}", "\u{AC00}"..."\u{D7A3}",
      "\u{F900}"..."\u{FAFF}", "\u{FF00}"..."\u{FF60}", "\u{1F000}"..."\u{3FFFF}":
      110
    default: 65
    }
  }
}
