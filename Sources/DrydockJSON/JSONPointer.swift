/// A path to one value inside a document.
///
///     /lines/0/sku         a member, an element, a member
///     /a~1b/m~0n           the names `a/b` and `m~n`
///     #/lines/0/gift%20note   the URI fragment form
///
/// Two pointers are equal when their tokens are, byte for byte.
///
/// - Source: RFC 6901.
public struct JSONPointer: Sendable {
  /// The pointer to the whole document.
  public static let root = JSONPointer(tokens: [])

  /// The names and positions to follow, escapes resolved.
  public var tokens: [String]

  /// Creates a pointer from its tokens.
  public init(tokens: [String]) {
    self.tokens = tokens
  }

  /// Creates a pointer from text: `""`, `"/a/0"`, or the URI fragment form `"#/a/0"`.
  ///
  /// - Throws: What is wrong with the text, at its byte offset.
  public init(parsing text: String) throws(JSONError) {
    if text.utf8.first == UInt8(ascii: "#") {
      try self.init(bytes: JSONPointer.percentDecoded(Array(text.utf8)), offsetBy: 1)
    } else {
      try self.init(bytes: Array(text.utf8), offsetBy: 0)
    }
  }

  private init(bytes: [UInt8], offsetBy start: Int) throws(JSONError) {
    guard let first = bytes.first else {
      self.init(tokens: [])
      return
    }
    guard first == UInt8(ascii: "/") else { throw JSONError(.pointerStart, offset: start) }
    var tokens: [String] = []
    var token: [UInt8] = []
    var index = 1
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "/"):
        tokens.append(String(decoding: token, as: UTF8.self))
        token.removeAll(keepingCapacity: true)
      case UInt8(ascii: "~"):
        index += 1
        let mark = index < bytes.count ? bytes[index] : 0
        guard mark == UInt8(ascii: "0") || mark == UInt8(ascii: "1") else {
          throw JSONError(.pointerEscape, offset: start + index - 1)
        }
        token.append(mark == UInt8(ascii: "0") ? UInt8(ascii: "~") : UInt8(ascii: "/"))
      case let byte: token.append(byte)
      }
      index += 1
    }
    tokens.append(String(decoding: token, as: UTF8.self))
    self.init(tokens: tokens)
  }

  /// Returns the bytes of a URI fragment behind its `#`, percent signs resolved.
  private static func percentDecoded(_ fragment: [UInt8]) throws(JSONError) -> [UInt8] {
    var decoded: [UInt8] = []
    var index = 1
    while index < fragment.count {
      guard fragment[index] == UInt8(ascii: "%") else {
        decoded.append(fragment[index])
        index += 1
        continue
      }
      guard index + 2 < fragment.count, let high = UTF8Text.hexDigit(fragment[index + 1]),
        let low = UTF8Text.hexDigit(fragment[index + 2])
      else {
        throw JSONError(.pointerPercent, offset: index)
      }
      decoded.append(high << 4 | low)
      index += 3
    }
    guard String(validating: decoded, as: UTF8.self) != nil else {
      throw JSONError(.pointerEncoding, offset: 1)
    }
    return decoded
  }

  /// Returns the array position that a token states: `0`, or digits without a leading zero.
  package static func position(_ token: String) -> Int? {
    let utf8 = token.utf8
    guard let first = utf8.first, utf8.count <= 18, utf8.allSatisfy(JSONScanner.isDigit),
      first != UInt8(ascii: "0") || utf8.count == 1
    else {
      return nil
    }
    return Int(token)
  }

  /// Returns the pointer to a member of the value here.
  public func appending(_ name: String) -> JSONPointer {
    JSONPointer(tokens: tokens + [name])
  }

  /// Returns the pointer to an element of the value here.
  public func appending(_ position: Int) -> JSONPointer {
    JSONPointer(tokens: tokens + [String(position)])
  }

  /// Returns the pointer that follows another one from the value here.
  public func appending(_ pointer: JSONPointer) -> JSONPointer {
    JSONPointer(tokens: tokens + pointer.tokens)
  }

  /// The pointer to what holds the value here; nothing for the whole document.
  public var parent: JSONPointer? {
    tokens.isEmpty ? nil : JSONPointer(tokens: tokens.dropLast())
  }

  /// The pointer as a URI fragment, its `#` included.
  ///
  /// - Source: RFC 6901 section 6, RFC 3986 section 3.5.
  public var uriFragment: String {
    var text: [UInt8] = [UInt8(ascii: "#")]
    for byte in description.utf8 {
      if JSONPointer.isFragmentByte(byte) {
        text.append(byte)
      } else {
        text.append(UInt8(ascii: "%"))
        text.append(JSONWriter.upperHexDigit(byte >> 4))
        text.append(JSONWriter.upperHexDigit(byte & 0xF))
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Returns whether a byte stands for itself in a URI fragment.
  private static func isFragmentByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "-._~!$&'()*+,;=:@/?".utf8.contains(byte)
    }
  }
}

extension JSONPointer: CustomStringConvertible {
  /// The pointer as text, such as `/lines/0/sku`; empty for the whole document.
  public var description: String {
    var text: [UInt8] = []
    for token in tokens {
      text.append(UInt8(ascii: "/"))
      for byte in token.utf8 {
        switch byte {
        case UInt8(ascii: "~"): text.append(contentsOf: "~0".utf8)
        case UInt8(ascii: "/"): text.append(contentsOf: "~1".utf8)
        default: text.append(byte)
        }
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}

extension JSONPointer: Hashable, Comparable {
  /// Returns whether two pointers have the same tokens, byte for byte.
  public static func == (left: JSONPointer, right: JSONPointer) -> Bool {
    left.tokens.count == right.tokens.count
      && zip(left.tokens, right.tokens).allSatisfy { $0.utf8.elementsEqual($1.utf8) }
  }

  /// Returns whether a pointer comes before another by the bytes of its tokens.
  public static func < (left: JSONPointer, right: JSONPointer) -> Bool {
    left.tokens.lexicographicallyPrecedes(right.tokens) {
      $0.utf8.lexicographicallyPrecedes($1.utf8)
    }
  }

  /// Feeds the bytes of the tokens into a hasher.
  public func hash(into hasher: inout Hasher) {
    for token in tokens {
      for byte in token.utf8 { hasher.combine(byte) }
      hasher.combine(UInt8(0xFF))
    }
  }
}
