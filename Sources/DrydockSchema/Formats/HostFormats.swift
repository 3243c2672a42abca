/// Mail addresses, host names and network addresses.
enum HostFormats {
  /// - Source: RFC 5321 section 4.1.2, RFC 6531 for international ones.
  static func isEmail(_ text: FormatReader, international: Bool) -> Bool {
    let range = text.position..<text.end
    guard let at = text.bytes[range].lastIndex(of: UInt8(ascii: "@")) else { return false }
    let local = text.bytes[text.position..<at]
    guard let first = local.first, local.count <= 64 else { return false }
    if first == UInt8(ascii: "\"") {
      if !isQuoted(local.dropFirst(), international: international) { return false }
    } else if !isDotted(local, international: international) {
      return false
    }
    var domain = FormatReader(text.bytes, at + 1..<text.end)
    if domain.take("[") {
      guard domain.count > 0, text.bytes[text.end - 1] == UInt8(ascii: "]") else { return false }
      let literal = FormatReader(text.bytes, domain.position..<text.end - 1)
      if literal.string.hasPrefix("IPv6:") {
        return isIPv6(FormatReader(text.bytes, literal.position + 5..<literal.end))
      }
      return isIPv4(literal)
    }
    return international ? InternationalHostname.isValid(domain.string) : isHostname(domain)
  }

  private static func isQuoted(_ local: ArraySlice<UInt8>, international: Bool) -> Bool {
    var isEscaped = false
    for (index, byte) in zip(local.indices, local) {
      if byte >= 0x80 ? !international : byte < 0x20 || byte == 0x7F { return false }
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if byte == UInt8(ascii: "\"") {
        return index == local.endIndex - 1
      }
    }
    return false
  }

  private static func isDotted(_ local: ArraySlice<UInt8>, international: Bool) -> Bool {
    var afterDot = true
    for byte in local {
      if byte == UInt8(ascii: ".") {
        if afterDot { return false }
        afterDot = true
        continue
      }
      afterDot = false
      if byte >= 0x80 {
        if !international { return false }
      } else if !FormatReader.isDigit(byte), !FormatReader.isLetter(byte),
        !"!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
      {
        return false
      }
    }
    return !afterDot
  }

  /// - Source: RFC 1123 section 2.1; labels that begin with `xn--` as in RFC 5890.
  static func isHostname(_ text: FormatReader) -> Bool {
    guard text.count >= 1, text.count <= 253 else { return false }
    for label in text.bytes[text.position..<text.end].split(
      separator: UInt8(ascii: "."),
      omittingEmptySubsequences: false
    ) {
      guard isLabel(label) else { return false }
      if label.count >= 4, label.dropFirst(2).prefix(2).allSatisfy({ $0 == UInt8(ascii: "-") }) {
        let name = String(decoding: label, as: UTF8.self).lowercased()
        guard name.hasPrefix("xn--"), InternationalHostname.isValid(name) else { return false }
      }
    }
    return true
  }

  private static func isLabel(_ label: ArraySlice<UInt8>) -> Bool {
    guard let first = label.first, let last = label.last, label.count <= 63,
      first != UInt8(ascii: "-"), last != UInt8(ascii: "-")
    else { return false }
    return label.allSatisfy {
      FormatReader.isDigit($0) || FormatReader.isLetter($0) || $0 == UInt8(ascii: "-")
    }
  }

  /// - Source: RFC 2673 section 3.2.
  static func isIPv4(_ text: FormatReader) -> Bool {
    var text = text
    for part in 0..<4 {
      if part > 0, !text.take(".") { return false }
      let start = text.position
      let length = text.skipDigits()
      guard (1...3).contains(length), length == 1 || text.bytes[start] != 0x30 else {
        return false
      }
      let value = text.bytes[start..<start + length].reduce(0) { $0 * 10 + Int($1 - 0x30) }
      if value > 255 { return false }
    }
    return text.isAtEnd
  }

  /// - Source: RFC 4291 section 2.2.
  static func isIPv6(_ text: FormatReader) -> Bool {
    let parts = text.bytes[text.position..<text.end].split(
      separator: UInt8(ascii: ":"),
      omittingEmptySubsequences: false
    )
    guard parts.count >= 3, parts.count <= 9 else { return false }
    var groups = 0
    var gaps = 0
    for (index, part) in parts.enumerated() {
      if part.isEmpty {
        let isEdge = index == 0 || index == parts.count - 1
        if isEdge {
          // An edge may be empty only as one side of a double colon.
          let neighbour = index == 0 ? parts[1] : parts[parts.count - 2]
          if !neighbour.isEmpty { return false }
        } else {
          gaps += 1
        }
      } else if index == parts.count - 1, part.contains(UInt8(ascii: ".")) {
        guard isIPv4(FormatReader(text.bytes, part.startIndex..<part.endIndex)) else {
          return false
        }
        groups += 2
      } else {
        guard part.count <= 4, part.allSatisfy(FormatReader.isHexDigit) else { return false }
        groups += 1
      }
    }
    if parts.count == 3, parts.allSatisfy(\.isEmpty) { return true }
    return gaps == 0 ? groups == 8 : gaps == 1 && groups <= 7
  }
}
