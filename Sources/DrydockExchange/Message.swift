/// One header field of a message.
public struct HeaderField: Hashable, Sendable {
  /// The name as it was written; compared without regard to case.
  public var name: String
  /// The value, without surrounding white space.
  public var value: String

  /// Creates a field.
  public init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

/// Header fields in the order they were written.
///
/// Lookup ignores the case of ASCII letters and returns the first match.
/// - Complexity: O(n) per lookup; messages have a dozen fields.
/// - Source: RFC 9110 section 5.
public struct HeaderFields: Hashable, Sendable, ExpressibleByDictionaryLiteral {
  /// The fields, in order.
  public private(set) var fields: [HeaderField]

  /// Creates header fields in the order given.
  public init(_ fields: [HeaderField] = []) {
    self.fields = fields
  }

  /// Creates header fields from a literal, keeping its order.
  public init(dictionaryLiteral elements: (String, String)...) {
    fields = elements.map { HeaderField($0.0, $0.1) }
  }

  /// The first value of a name; setting replaces it in place, or appends it, or removes it.
  public subscript(name: String) -> String? {
    get {
      for field in fields where Self.sameName(field.name, name) { return field.value }
      return nil
    }
    set {
      if let index = fields.firstIndex(where: { Self.sameName($0.name, name) }) {
        if let newValue {
          fields[index].value = newValue
        } else {
          fields.removeAll { Self.sameName($0.name, name) }
        }
      } else if let newValue {
        fields.append(HeaderField(name, newValue))
      }
    }
  }

  /// Adds a field at the end, also where one of the same name exists.
  public mutating func append(_ name: String, _ value: String) {
    fields.append(HeaderField(name, value))
  }

  /// Tells whether two names are the same field.
  public static func sameName(_ left: String, _ right: String) -> Bool {
    guard left.utf8.count == right.utf8.count else { return false }
    // Most names are written alike; only the others are looked at letter by letter.
    return left == right || hasSameEnding(left.utf8, right.utf8)
  }

  /// Tells whether a text ends with another, without regard to the case of ASCII letters.
  public static func name(_ text: String, endsWith ending: Substring) -> Bool {
    text.utf8.count >= ending.utf8.count && hasSameEnding(text.utf8, ending.utf8)
  }

  private static func hasSameEnding(
    _ text: String.UTF8View,
    _ ending: some BidirectionalCollection<UInt8>
  ) -> Bool {
    var index = text.endIndex
    for byte in ending.reversed() {
      index = text.index(before: index)
      if lower(text[index]) != lower(byte) { return false }
    }
    return true
  }

  private static func lower(_ byte: UInt8) -> UInt8 {
    byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
  }
}

/// A request message: what one side asks of the other.
public struct Request: Hashable, Sendable {
  /// The method, upper case.
  public var method: String
  /// The host it was sent to, such as `acme-dist.myshopify.com`.
  public var host: String
  /// The path and query, percent-encoded, such as `/v2/trackers?page_size=20`.
  public var target: String
  /// The header fields.
  public var headers: HeaderFields
  /// The payload's bytes.
  public var body: [UInt8]

  /// Creates a request.
  public init(
    _ method: String,
    host: String,
    target: String,
    headers: HeaderFields = [:],
    body: [UInt8] = []
  ) {
    self.method = method
    self.host = host
    self.target = target
    self.headers = headers
    self.body = body
  }

  /// The target up to the question mark.
  public var path: Substring {
    guard let mark = target.utf8.firstIndex(of: 0x3F) else { return target[...] }
    return target[..<mark]
  }

  /// The target behind the question mark, or nothing.
  public var query: Substring {
    guard let mark = target.utf8.firstIndex(of: 0x3F) else { return "" }
    return target[target.utf8.index(after: mark)...]
  }

  /// Returns the decoded value of a query item.
  public func queryItem(_ name: String) -> String? {
    for item in query.utf8.split(separator: 0x26) {
      let mark = item.firstIndex(of: 0x3D) ?? item.endIndex
      guard PercentEncoding.decode(Substring(item[..<mark])) == name else { continue }
      return mark == item.endIndex
        ? "" : PercentEncoding.decode(Substring(item[item.index(after: mark)...]))
    }
    return nil
  }
}

/// A response message: the answer to a request.
public struct Response: Hashable, Sendable {
  /// The status code, 100 to 599.
  public var status: Int
  /// The header fields.
  public var headers: HeaderFields
  /// The payload's bytes.
  public var body: [UInt8]

  /// Creates a response.
  public init(_ status: Int, headers: HeaderFields = [:], body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// Whether the status is 200 to 299.
  public var isSuccess: Bool { status >= 200 && status < 300 }
}

/// Percent-encoding of query items and path segments.
///
/// - Source: RFC 3986 section 2.
public enum PercentEncoding {
  /// Returns text with `%XX` and `+` decoded; a malformed escape stays as it is.
  public static func decode(_ text: some StringProtocol) -> String {
    guard text.utf8.contains(where: { $0 == 0x25 || $0 == 0x2B }) else { return String(text) }
    let source = Array(text.utf8)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(source.count)
    var index = 0
    while index < source.count {
      let byte = source[index]
      if byte == 0x25, index + 2 < source.count,
        let high = digit(source[index + 1]), let low = digit(source[index + 2])
      {
        bytes.append(high << 4 | low)
        index += 3
      } else {
        bytes.append(byte == 0x2B ? 0x20 : byte)
        index += 1
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Returns text with everything but unreserved characters encoded.
  public static func encode(_ text: some StringProtocol) -> String {
    var bytes: [UInt8] = []
    let digits = Array("0123456789ABCDEF".utf8)
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: bytes.append(byte)
      default: bytes += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x37
    case 0x61...0x66: byte - 0x57
    default: nil
    }
  }
}
