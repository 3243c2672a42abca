extension JSONError {
  /// What is wrong, in words: lower case, no full stop, expected before found.
  public var message: String {
    if let suggestion { return "\(fact); \(suggestion)" }
    return fact
  }

  /// The stable name of this kind of error.
  public var id: String {
    switch kind {
    case .empty: "json-empty"
    case .unexpectedEnd: "json-unexpected-end"
    case .unexpectedByte: "json-unexpected-character"
    case .foreignSyntax(let foreign): foreign.id
    case .byteOrderMark: "json-byte-order-mark"
    case .otherEncoding: "json-encoding"
    case .invalidUTF8: "json-invalid-utf-8"
    case .controlCharacter: "json-control-character"
    case .invalidEscape: "json-invalid-escape"
    case .loneSurrogate: "json-lone-surrogate"
    case .depthExceeded: "json-too-deep"
    case .sizeExceeded: "json-too-large"
    case .numberLengthExceeded: "json-number-too-long"
    case .lineLengthExceeded: "json-line-too-long"
    case .nameNeedsQuotes: "json-name-needs-quotes"
    case .duplicateName: "json-duplicate-name"
    case .numberOutOfRange: "json-number-out-of-range"
    case .pointerStart: "json-pointer-start"
    case .pointerEscape: "json-pointer-escape"
    case .pointerPercent: "json-pointer-percent"
    case .pointerEncoding: "json-pointer-encoding"
    }
  }

  /// What is wrong, without advice.
  private var fact: String {
    switch kind {
    case .empty: "expected a value, found nothing"
    case .unexpectedEnd(.commentEnd): "expected '*/' to end this comment, found the end of the text"
    case .unexpectedEnd(let expected): "expected \(expected.words), found the end of the text"
    case .unexpectedByte(let byte, .endOfText):
      "expected nothing more, found \(JSONError.name(of: byte))"
    case .unexpectedByte(let byte, let expected):
      "expected \(expected.words), found \(JSONError.name(of: byte))"
    case .foreignSyntax(let foreign): foreign.words
    case .byteOrderMark: "text starts with a byte order mark"
    case .otherEncoding(let name): "expected UTF-8, found \(name)"
    case .invalidUTF8: "bytes are no UTF-8"
    case .controlCharacter(let byte): "string holds \(JSONError.name(of: byte)) unescaped"
    case .invalidEscape(let byte): "backslash before \(JSONError.name(of: byte)) is no escape"
    case .loneSurrogate(let unit): "escape '\\u\(JSONError.hex(unit))' is half a surrogate pair"
    case .depthExceeded(let limit): "nesting is deeper than \(limit)"
    case .sizeExceeded(let limit): "document is longer than \(limit) bytes"
    case .numberLengthExceeded(let limit): "number is longer than \(limit) bytes"
    case .lineLengthExceeded(let limit): "line is longer than \(limit) bytes"
    case .nameNeedsQuotes(""): "name needs quotes"
    case .nameNeedsQuotes(let name): "name that starts '\(name)' needs quotes"
    case .duplicateName(let name): "member '\(name)' is there twice"
    case .numberOutOfRange(let text): "number '\(text)' is too large for a binary float"
    case .pointerStart: "pointer does not start with '/'"
    case .pointerEscape: "'~' in a pointer is not followed by '0' or '1'"
    case .pointerPercent: "'%' in a pointer is not followed by two hex digits"
    case .pointerEncoding: "pointer is no UTF-8 once decoded"
    }
  }

  /// What to do about it, where that is plain.
  public var suggestion: String? {
    switch kind {
    case .foreignSyntax(let foreign): foreign.suggestion
    case .byteOrderMark: "save the file without one"
    case .otherEncoding: "save the file as UTF-8"
    case .controlCharacter(let byte): JSONError.escape(of: byte).map { "write '\($0)'" }
    case .invalidEscape(UInt8(ascii: "'")): "a single quote needs no escape"
    case .invalidEscape: "write '\\\\' for a backslash"
    case .pointerEscape: "write '~0' for '~' and '~1' for '/'"
    default: nil
    }
  }

  /// Returns a byte as people name it.
  static func name(of byte: UInt8) -> String {
    switch byte {
    case 0x09: "a tab"
    case 0x0A: "a line feed"
    case 0x0D: "a carriage return"
    case 0..<0x20, 0x7F: "the control character U+\(hex(UInt16(byte)).uppercased())"
    case 0x20: "a space"
    case 0x27: "a single quote"
    case 0x80...: "a character beyond ASCII"
    default: "'\(Unicode.Scalar(byte))'"
    }
  }

  /// Returns the escape of a control character.
  private static func escape(of byte: UInt8) -> String? {
    switch byte {
    case 0x08: "\\b"
    case 0x09: "\\t"
    case 0x0A: "\\n"
    case 0x0C: "\\f"
    case 0x0D: "\\r"
    case 0..<0x20: "\\u\(hex(UInt16(byte)))"
    default: nil
    }
  }

  /// Returns four hex digits.
  private static func hex(_ unit: UInt16) -> String {
    let digits = String(unit, radix: 16)
    return String(repeating: "0", count: 4 - digits.count) + digits
  }
}

extension JSONError: CustomStringConvertible {
  /// The message with its byte offset.
  public var description: String {
    "\(message) at byte \(offset) [\(id)]"
  }
}

extension JSONError.Expected {
  /// What was expected, in words.
  var words: String {
    switch self {
    case .value: "a value"
    case .name: "a name in double quotes"
    case .nameOrEnd: "a name in double quotes or '}'"
    case .valueOrEnd: "a value or ']'"
    case .colon: "':' after the name"
    case .commaOrObjectEnd: "',' or '}'"
    case .commaOrArrayEnd: "',' or ']'"
    case .endOfText: "the end of the text"
    case .closingQuote: "a closing quote"
    case .digit: "a digit"
    case .hexDigit: "a hex digit"
    case .escape: "the rest of an escape"
    case .commentEnd: "'*/'"
    case .literal(let word): "'\(word)'"
    }
  }
}

extension JSONError.Foreign {
  /// The stable name of this slip.
  var id: String {
    switch self {
    case .trailingComma: "json-trailing-comma"
    case .comment, .hashComment: "json-comment"
    case .singleQuotes: "json-single-quotes"
    case .unquotedName: "json-unquoted-name"
    case .notFinite: "json-not-finite"
    case .leadingPlus, .leadingPoint, .leadingZero, .hexadecimal: "json-number-form"
    case .literalSpelling: "json-literal-spelling"
    case .whiteSpace: "json-white-space"
    }
  }

  /// The slip, in words.
  var words: String {
    switch self {
    case .trailingComma: "comma after the last member or element"
    case .comment: "comment in strict JSON"
    case .hashComment: "'#' starts no comment"
    case .singleQuotes: "string in single quotes"
    case .unquotedName: "name without quotes"
    case .notFinite: "number that is not finite"
    case .leadingPlus: "number starts with '+'"
    case .leadingPoint: "number starts with its decimal point"
    case .leadingZero: "number starts with a zero and goes on"
    case .hexadecimal: "number is hexadecimal"
    case .literalSpelling: "unknown word"
    case .whiteSpace: "white space that JSON does not know"
    }
  }

  /// What to write instead.
  var suggestion: String? {
    switch self {
    case .trailingComma, .comment, .leadingPlus, .leadingZero: "remove it"
    case .hashComment: nil
    case .singleQuotes, .unquotedName: "use double quotes"
    case .notFinite: "write 'null' or a string"
    case .leadingPoint: "write a '0' before it"
    case .hexadecimal: "write it in decimal"
    case .literalSpelling(let word): "did you mean '\(word)'?"
    case .whiteSpace: "use a space"
    }
  }
}
