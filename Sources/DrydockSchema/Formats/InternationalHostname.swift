/// Host names beyond ASCII.
///
/// - Source: RFC 5890 to 5893, RFC 3492 for `xn--` labels.
enum InternationalHostname {
  /// Returns whether a name is valid, its labels in either form.
  static func isValid(_ name: String) -> Bool {
    var labels: [[Unicode.Scalar]] = [[]]
    for scalar in name.unicodeScalars {
      if isSeparator(scalar) {
        labels.append([])
      } else {
        labels[labels.count - 1].append(scalar)
      }
    }
    var total = labels.count - 1
    let decoded = labels.map(unicodeForm)
    if decoded.contains(where: { $0.contains { Bidirectional.isRightToLeft($0) } }),
      !decoded.allSatisfy(Bidirectional.isValidLabel)
    {
      return false
    }
    for label in labels {
      guard let length = encodedLength(label) else { return false }
      total += length
    }
    return total <= 253
  }

  /// Returns a label with its `xn--` form undone.
  private static func unicodeForm(_ label: [Unicode.Scalar]) -> [Unicode.Scalar] {
    guard label.count > 4,
      String(String.UnicodeScalarView(label[..<4])).lowercased() == "xn--"
    else { return label }
    return Punycode.decode(Array(label[4...])) ?? label
  }

  private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "." || scalar == "\u{3002}" || scalar == "\u{FF0E}" || scalar == "\u{FF61}"
  }

  /// Returns how long a label is in its ASCII form, or nil if it is no valid label.
  private static func encodedLength(_ label: [Unicode.Scalar]) -> Int? {
    guard let first = label.first, let last = label.last, first != "-", last != "-" else {
      return nil
    }
    if label.allSatisfy(\.isASCII) {
      guard label.count <= 63, label.allSatisfy(isASCIILabelScalar) else { return nil }
      if label.count >= 4, label[2] == "-", label[3] == "-" {
        let text = String(String.UnicodeScalarView(label)).lowercased()
        guard text.hasPrefix("xn--"), let decoded = Punycode.decode(Array(label[4...])),
          !decoded.allSatisfy(\.isASCII), isUnicodeLabel(decoded),
          Punycode.encode(decoded).map({ $0.elementsEqual(text.utf8.dropFirst(4)) }) == true
        else { return nil }
      }
      return label.count
    }
    if label.count >= 4, label[2] == "-", label[3] == "-" { return nil }
    guard isUnicodeLabel(label), let encoded = Punycode.encode(label) else { return nil }
    return encoded.count + 4 <= 63 ? encoded.count + 4 : nil
  }

  private static func isASCIILabelScalar(_ scalar: Unicode.Scalar) -> Bool {
    guard let byte = UInt8(exactly: scalar.value) else { return false }
    return FormatReader.isDigit(byte) || FormatReader.isLetter(byte) || byte == UInt8(ascii: "-")
  }

  private static func isUnicodeLabel(_ label: [Unicode.Scalar]) -> Bool {
    guard let first = label.first, !isMark(first) else { return false }
    if label.count >= 4, label[2] == "-", label[3] == "-" { return false }
    for (index, scalar) in label.enumerated() {
      if let allowed = contextRule(scalar, at: index, in: label) {
        if !allowed { return false }
        continue
      }
      if !isAllowed(scalar) { return false }
    }
    return true
  }

  /// Returns whether a scalar with a rule about its neighbours may stand where it does; nil if it
  /// has no such rule.
  ///
  /// - Source: RFC 5892 appendix A.
  private static func contextRule(
    _ scalar: Unicode.Scalar,
    at index: Int,
    in label: [Unicode.Scalar]
  ) -> Bool? {
    let before = index > 0 ? label[index - 1] : nil
    let after = index + 1 < label.count ? label[index + 1] : nil
    switch scalar.value {
    case 0xB7: return before == "l" && after == "l"
    case 0x375: return after.map { isGreek($0.value) } ?? false
    case 0x5F3, 0x5F4: return before.map { (0x591...0x5F4).contains($0.value) } ?? false
    case 0x30FB: return label.contains { isJapanese($0.value) }
    case 0x660...0x669: return !label.contains { (0x6F0...0x6F9).contains($0.value) }
    case 0x6F0...0x6F9: return !label.contains { (0x660...0x669).contains($0.value) }
    case 0x200C, 0x200D:
      if before?.properties.canonicalCombiningClass == .virama { return true }
      return scalar.value == 0x200C && Joining.allowsNonJoiner(at: index, in: label)
    default: return nil
    }
  }

  private static func isGreek(_ value: UInt32) -> Bool {
    (0x370...0x3FF).contains(value) || (0x1F00...0x1FFF).contains(value)
  }

  private static func isJapanese(_ value: UInt32) -> Bool {
    (0x3041...0x309F).contains(value) || (0x30A1...0x30FA).contains(value)
      || (0x30FC...0x30FF).contains(value) || (0x31F0...0x31FF).contains(value)
      || value == 0x3005 || value == 0x3007 || (0x3400...0x4DBF).contains(value)
      || (0x4E00...0x9FFF).contains(value) || (0x20000...0x2FA1F).contains(value)
  }

  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark: true
    default: false
    }
  }

  /// Returns whether a scalar may stand in a label anywhere.
  ///
  /// - Source: RFC 5892 sections 2 and 3.
  private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0xDF, 0x3C2, 0x6FD, 0x6FE, 0xF0B, 0x3007: return true
    case 0x640, 0x7FA, 0x302E, 0x302F, 0x3031...0x3035, 0x303B: return false
    case 0x2D: return true
    case 0x1100...0x11FF, 0xA960...0xA97F, 0xD7B0...0xD7FF: return false
    default: break
    }
    switch scalar.properties.generalCategory {
    case .lowercaseLetter, .otherLetter, .modifierLetter, .nonspacingMark, .spacingMark,
      .decimalNumber:
      let text = String(Character(scalar))
      return text == text.lowercased() && !scalar.properties.isDefaultIgnorableCodePoint
    default: return false
    }
  }
}
