/// Text from outside, made safe to show: what is invisible or moves other text becomes visible.
///
/// Payloads are hostile: an escape sequence would repaint a terminal, a direction override would
/// turn a file name round. Letters of every script, emoji and their joiners stay as they are.
enum VisibleText {
  /// Returns what stands for a scalar that must not be written as it is, else nothing.
  ///
  /// Line feeds and tabs are left to the caller, as they are layout in some places.
  static func replacement(of scalar: Unicode.Scalar) -> String? {
    switch scalar.value {
    case 0x09, 0x0A, 0x20...0x7E, 0xA0...0x061B: return nil
    case 0x00...0x1F: return Unicode.Scalar(0x2400 + scalar.value).map { String($0) }
    case 0x7F: return "\u{2421}"
    case 0x80...0x9F: return "\u{FFFD}"
    case 0x061C, 0x200B, 0x200E, 0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF,
      0xFFF9...0xFFFB, 0xE0001:
      return "⟨U+\(hex(scalar.value))⟩"
    case 0xFDD0...0xFDEF: return "\u{FFFD}"
    default: return scalar.value & 0xFFFE == 0xFFFE ? "\u{FFFD}" : nil
    }
  }

  /// Returns text that stays on one line and changes nothing around it.
  static func line(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { isUnfit($0) }) else { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n": result.append("\u{240A}")
      case "\t": result.append(" ")
      default:
        if let replacement = replacement(of: scalar) {
          result.append(contentsOf: replacement.unicodeScalars)
        } else {
          result.append(scalar)
        }
      }
    }
    return String(result)
  }

  /// Returns the beginning of a text, with an ellipsis where something was cut.
  static func cut(_ text: String, to charactersMax: Int) -> String {
    guard text.unicodeScalars.count > charactersMax else { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.prefix(charactersMax - 1))) + "…"
  }

  private static func isUnfit(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "\n" || scalar == "\t" || replacement(of: scalar) != nil
  }

  private static func hex(_ value: UInt32) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
