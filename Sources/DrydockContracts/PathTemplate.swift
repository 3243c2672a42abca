import DrydockExchange

/// A path with variables: `/orders/{order}/refunds.json`.
///
/// A segment is a literal, or one variable with optional text around it: `eid:{reference}`.
public struct PathTemplate: Hashable, Sendable, CustomStringConvertible {
  private enum Segment: Hashable, Sendable {
    case literal([UInt8])
    case variable(prefix: [UInt8], name: String, suffix: [UInt8])
  }

  private let segments: [Segment]
  /// The template as it was written.
  public let description: String

  /// Creates a template; fails when braces do not pair, or a segment has two variables.
  public init?(_ text: String) {
    guard text.hasPrefix("/") else { return nil }
    var segments: [Segment] = []
    for part in text.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
      guard let open = part.firstIndex(of: "{") else {
        guard !part.contains("}") else { return nil }
        segments.append(.literal(Array(part.utf8)))
        continue
      }
      guard let close = part[open...].firstIndex(of: "}") else { return nil }
      let name = part[part.index(after: open)..<close]
      let suffix = part[part.index(after: close)...]
      guard !name.isEmpty, !suffix.contains("{") else { return nil }
      segments.append(
        .variable(
          prefix: Array(part[..<open].utf8),
          name: String(name),
          suffix: Array(suffix.utf8)
        )
      )
    }
    self.segments = segments
    description = text
  }

  /// How many segments are literals.
  var literalCount: Int {
    segments.reduce(into: 0) { count, segment in
      if case .literal = segment { count += 1 }
    }
  }

  /// The names of the variables, in order.
  public var names: [String] {
    segments.compactMap { segment in
      if case .variable(_, let name, _) = segment { name } else { nil }
    }
  }

  /// Tells whether a path fits.
  ///
  /// - Complexity: O(path).
  public func matches(_ path: Substring) -> Bool {
    matches(PathSegments(target: String(path)))
  }

  /// Tells whether a path fits that was taken apart before.
  ///
  /// - Complexity: O(path); allocates nothing.
  func matches(_ path: PathSegments) -> Bool {
    guard path.count == segments.count else { return false }
    let segments = segments.span
    for position in segments.indices {
      switch segments[position] {
      case .literal(let text):
        guard path.hasText(text, in: position) else { return false }
      case .variable(let prefix, _, let suffix):
        guard path.value(in: position, between: prefix, and: suffix) != nil else { return false }
      }
    }
    return true
  }

  /// Returns the decoded value of a variable in a path that fits.
  public func value(of name: String, in path: Substring) -> String? {
    value(of: name, inTarget: String(path))
  }

  /// Returns the decoded value of a variable in a target whose path fits.
  func value(of name: String, inTarget target: String) -> String? {
    let path = PathSegments(target: target)
    guard matches(path) else { return nil }
    var found: String?
    for (position, segment) in segments.enumerated() {
      guard case .variable(let prefix, name, let suffix) = segment,
        let range = path.value(in: position, between: prefix, and: suffix)
      else { continue }
      found = PercentEncoding.decode(String(decoding: path.bytes[range], as: UTF8.self))
    }
    return found
  }
}

/// A path taken apart at its slashes, once for all templates that it is held against.
struct PathSegments {
  /// The path, and whatever stands behind it in the target.
  let bytes: [UInt8]
  /// Where each segment ends in `bytes`; it starts behind the slash before it.
  private let ends: [Int]

  /// Takes the path of a target apart; one that starts with no slash has no segments.
  init(target: String) {
    bytes = Array(target.utf8)
    guard bytes.first == UInt8(ascii: "/") else {
      ends = []
      return
    }
    var ends: [Int] = []
    ends.reserveCapacity(8)
    var index = 1
    while index < bytes.count, bytes[index] != UInt8(ascii: "?") {
      if bytes[index] == UInt8(ascii: "/") { ends.append(index) }
      index += 1
    }
    ends.append(index)
    self.ends = ends
  }

  /// The number of segments.
  var count: Int { ends.count }

  private func range(_ position: Int) -> Range<Int> {
    (position == 0 ? 1 : ends[position - 1] + 1)..<ends[position]
  }

  /// Tells whether a segment is a text.
  func hasText(_ text: [UInt8], in position: Int) -> Bool {
    let range = range(position)
    return range.count == text.count && has(text, at: range.lowerBound)
  }

  /// Returns where the value of a variable is, unless it is empty or the text around it differs.
  func value(
    in position: Int,
    between prefix: [UInt8],
    and suffix: [UInt8]
  ) -> Range<Int>? {
    let range = range(position)
    guard range.count > prefix.count + suffix.count, has(prefix, at: range.lowerBound),
      has(suffix, at: range.upperBound - suffix.count)
    else { return nil }
    return (range.lowerBound + prefix.count)..<(range.upperBound - suffix.count)
  }

  private func has(_ text: [UInt8], at start: Int) -> Bool {
    for index in text.indices where bytes[start + index] != text[index] { return false }
    return true
  }
}
