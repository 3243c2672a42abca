/// URIs, IRIs and URI templates.
enum URIFormats {
  /// - Source: RFC 3986 appendix A; RFC 3987 section 2.2 for international ones.
  static func isURI(_ text: FormatReader, international: Bool, relative: Bool) -> Bool {
    var index = text.position
    while index < text.end {
      let byte = text.bytes[index]
      if byte == UInt8(ascii: "%") {
        guard index + 2 < text.end, FormatReader.isHexDigit(text.bytes[index + 1]),
          FormatReader.isHexDigit(text.bytes[index + 2])
        else { return false }
      } else if byte >= 0x80 {
        if !international { return false }
      } else if !isAllowed(byte) {
        return false
      }
      index += 1
    }
    if international, !hasAllowedScalars(text) { return false }
    let source = text.string
    let parts = URIReference(source)
    if parts.scheme == nil {
      if !relative { return false }
      // A colon in the first segment would begin a scheme.
      let first = parts.path.prefix { $0 != "/" }
      if parts.authority == nil, first.contains(":") { return false }
    }
    if let fragment = parts.fragment, fragment.contains("#") { return false }
    for part in [parts.path, parts.query ?? "", parts.fragment ?? ""]
    where part.contains("[") || part.contains("]") {
      return false
    }
    if parts.authority == nil, parts.path.hasPrefix("//") { return false }
    return parts.authority.map { isAuthority($0) } ?? true
  }

  private static func hasAllowedScalars(_ text: FormatReader) -> Bool {
    text.string.unicodeScalars.allSatisfy { scalar in
      scalar.isASCII
        || !(0xD800...0xF8FF).contains(scalar.value) && scalar.value >= 0xA0
          && !(0xFFF0...0xFFFF).contains(scalar.value)
    }
  }

  private static func isAllowed(_ byte: UInt8) -> Bool {
    FormatReader.isDigit(byte) || FormatReader.isLetter(byte)
      || "-._~:/?#[]@!$&'()*+,;=".utf8.contains(byte)
  }

  private static func isAuthority(_ authority: String) -> Bool {
    let bytes = Array(authority.utf8)
    let ats = bytes.filter { $0 == UInt8(ascii: "@") }.count
    if ats > 1 { return false }
    let hostStart = (bytes.firstIndex(of: UInt8(ascii: "@")) ?? -1) + 1
    if bytes[..<max(0, hostStart - 1)].contains(where: { $0 == 0x5B || $0 == 0x5D }) {
      return false
    }
    var text = FormatReader(bytes, hostStart..<bytes.count)
    if text.take("[") {
      guard let close = bytes.lastIndex(of: UInt8(ascii: "]")), close >= text.position else {
        return false
      }
      let address = FormatReader(bytes, text.position..<close)
      let isFuture = address.peek.map { $0 | 0x20 == UInt8(ascii: "v") } ?? false
      guard isFuture || HostFormats.isIPv6(address) else { return false }
      text.position = close + 1
    } else {
      while let next = text.peek, next != UInt8(ascii: ":") {
        if next == UInt8(ascii: "[") || next == UInt8(ascii: "]") { return false }
        text.position += 1
      }
    }
    if text.isAtEnd { return true }
    guard text.take(":") else { return false }
    _ = text.skipDigits()
    return text.isAtEnd
  }

  /// - Source: RFC 6570 section 2.
  static func isTemplate(_ text: FormatReader) -> Bool {
    var text = text
    while let next = text.peek {
      text.position += 1
      switch next {
      case UInt8(ascii: "{"): if !isExpression(&text) { return false }
      case UInt8(ascii: "}"), 0...0x20, UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"),
        UInt8(ascii: "\\"), UInt8(ascii: "^"),
        UInt8(ascii: "`"), UInt8(ascii: "|"), 0x7F:
        return false
      case UInt8(ascii: "%"):
        guard let high = text.peek, FormatReader.isHexDigit(high) else { return false }
        text.position += 1
        guard let low = text.peek, FormatReader.isHexDigit(low) else { return false }
        text.position += 1
      default: continue
      }
    }
    return true
  }

  private static func isExpression(_ text: inout FormatReader) -> Bool {
    if let operation = text.peek, "+#./;?&=,!@|".utf8.contains(operation) { text.position += 1 }
    repeat {
      if !isVariable(&text) { return false }
      if text.take(":") {
        let first = text.peek
        let length = text.skipDigits()
        guard (1...4).contains(length), first != UInt8(ascii: "0") else { return false }
      } else {
        _ = text.take("*")
      }
    } while text.take(",")
    return text.take("}")
  }

  /// Reads a name of letters, digits and encoded bytes, with single dots between them.
  private static func isVariable(_ text: inout FormatReader) -> Bool {
    var afterDot = true
    while let next = text.peek {
      if next == UInt8(ascii: ".") {
        if afterDot { return false }
        afterDot = true
      } else if next == UInt8(ascii: "%") {
        text.position += 1
        guard let high = text.peek, FormatReader.isHexDigit(high) else { return false }
        text.position += 1
        guard let low = text.peek, FormatReader.isHexDigit(low) else { return false }
        afterDot = false
      } else if FormatReader.isDigit(next) || FormatReader.isLetter(next)
        || next == UInt8(ascii: "_")
      {
        afterDot = false
      } else {
        break
      }
      text.position += 1
    }
    return !afterDot
  }
}
