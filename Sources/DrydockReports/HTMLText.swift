/// Markup that escapes what is put into it.
///
///     page += "<td title=\"\(order.name)\">\(order.ending)</td>"
///
/// Literals stand as they are written, values are escaped, other markup is taken over. A literal is
/// a `StaticString`, so nothing that came from a payload can be taken for markup.
struct HTMLText: ExpressibleByStringInterpolation, Sendable {
  /// The markup, as UTF-8.
  private(set) var bytes: [UInt8]

  /// Creates empty markup.
  init() {
    bytes = []
  }

  init(stringLiteral value: StaticString) {
    bytes = Self.bytes(of: value)
  }

  init(stringInterpolation interpolation: StringInterpolation) {
    bytes = interpolation.bytes
  }

  /// Escapes a text.
  init(_ text: String) {
    bytes = []
    Self.escape(text, into: &bytes)
  }

  /// Whether nothing was written.
  var isEmpty: Bool { bytes.isEmpty }

  /// Appends markup.
  static func += (left: inout HTMLText, right: HTMLText) {
    left.bytes += right.bytes
  }

  /// Collects the segments of a literal.
  struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var bytes: [UInt8] = []

    init(literalCapacity: Int, interpolationCount: Int) {
      bytes.reserveCapacity(literalCapacity + interpolationCount * 16)
    }

    mutating func appendLiteral(_ literal: StaticString) {
      bytes += HTMLText.bytes(of: literal)
    }

    mutating func appendInterpolation(_ text: String) {
      HTMLText.escape(text, into: &bytes)
    }

    mutating func appendInterpolation(_ text: Substring) {
      HTMLText.escape(String(text), into: &bytes)
    }

    mutating func appendInterpolation(_ number: Int) {
      bytes += Array(String(number).utf8)
    }

    mutating func appendInterpolation(_ markup: HTMLText) {
      bytes += markup.bytes
    }
  }

  private static func bytes(of literal: StaticString) -> [UInt8] {
    Array(literal.description.utf8)
  }

  private static func escape(_ text: String, into bytes: inout [UInt8]) {
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": bytes += Array("&amp;".utf8)
      case "<": bytes += Array("&lt;".utf8)
      case ">": bytes += Array("&gt;".utf8)
      case "\"": bytes += Array("&quot;".utf8)
      case "'": bytes += Array("&#39;".utf8)
      case " "..."~": bytes.append(UInt8(truncatingIfNeeded: scalar.value))
      default:
        if let replacement = VisibleText.replacement(of: scalar) {
          bytes += Array(replacement.utf8)
        } else {
          bytes += UTF8.encode(scalar).map(Array.init) ?? []
        }
      }
    }
  }
}

extension Sequence<HTMLText> {
  /// Returns all pieces, one behind the other.
  func joined(_ separator: HTMLText = HTMLText()) -> HTMLText {
    var result = HTMLText()
    var isFirst = true
    for piece in self {
      if !isFirst { result += separator }
      result += piece
      isFirst = false
    }
    return result
  }
}
