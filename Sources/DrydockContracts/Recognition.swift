public import DrydockExchange
public import DrydockJSON

/// How a message is told from all others: everything given must hold.
public struct Recognition: Hashable, Sendable {
  /// Host patterns, any of which may hold: a name, or `*.` and a suffix; none for any host.
  public var hosts: [String]
  /// The method; nothing for any.
  public var method: String?
  /// The path; nothing for any.
  public var path: PathTemplate?
  /// Header values that must be equal, without regard to case.
  public var headers: [HeaderField]
  /// Status patterns, any of which may hold: `201` or `2xx`; none for any status.
  public var statuses: [String]
  /// Members of the payload and the values they may have.
  public var body: [BodyCondition]

  /// A member of the payload and the texts it may have.
  public struct BodyCondition: Hashable, Sendable {
    /// The member.
    public var pointer: JSONPointer
    /// Its possible texts.
    public var values: [String]
  }

  /// How much this pins down: of several contracts that match, the greatest wins.
  package var weight: Int {
    headers.count * 8 + body.count * 8 + (path?.literalCount ?? 0) * 2
      + (hosts.isEmpty ? 0 : 4) + (statuses.isEmpty ? 0 : 1) + (method == nil ? 0 : 1)
  }

  /// Tells whether the head of a request fits; bodies and statuses are asked apart.
  package func fitsHead(of request: Request) -> Bool {
    if let method, method != request.method { return false }
    if !hosts.isEmpty, !hosts.contains(where: { Self.host(request.host, fits: $0) }) {
      return false
    }
    if let path, !path.matches(request.path) { return false }
    return headers.allSatisfy { field in
      guard let value = request.headers[field.name] else { return false }
      return HeaderFields.sameName(value, field.value)
    }
  }

  package func fits(status: Int) -> Bool {
    statuses.isEmpty
      || statuses.contains { pattern in
        let digits = Array(String(status).utf8)
        let wanted = Array(pattern.utf8)
        return digits.count == wanted.count
          && zip(digits, wanted).allSatisfy { $1 == 0x78 || $0 == $1 }
      }
  }

  package func fits(body document: JSONDocument?) -> Bool {
    guard !body.isEmpty else { return true }
    guard let root = document?.root else { return false }
    return body.allSatisfy { condition in
      guard let found = root.at(condition.pointer) else { return false }
      return condition.values.contains(found.string ?? found.scalarText ?? "")
    }
  }

  /// Tells whether a host is the one meant, or ends as the pattern says; case does not matter.
  private static func host(_ host: String, fits pattern: String) -> Bool {
    guard pattern.utf8.first == 0x2A else { return HeaderFields.sameName(host, pattern) }
    let ending = pattern.dropFirst()
    return host.utf8.count > ending.utf8.count && HeaderFields.name(host, endsWith: ending)
  }
}

/// A path with variables: `/orders/{order}/refunds.json`.
///
/// A segment is a literal, or one variable with optional text around it: `eid:{reference}`.
public struct PathTemplate: Hashable, Sendable, CustomStringConvertible {
  private enum Segment: Hashable, Sendable {
    case literal(String)
    case variable(prefix: String, name: String, suffix: String)
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
        segments.append(.literal(String(part)))
        continue
      }
      guard let close = part[open...].firstIndex(of: "}") else { return nil }
      let name = part[part.index(after: open)..<close]
      let suffix = part[part.index(after: close)...]
      guard !name.isEmpty, !suffix.contains("{") else { return nil }
      segments.append(
        .variable(prefix: String(part[..<open]), name: String(name), suffix: String(suffix))
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
  /// - Complexity: O(path); allocates nothing.
  public func matches(_ path: Substring) -> Bool {
    walk(path) { _, _ in }
  }

  /// Returns the decoded value of a variable in a path that fits.
  public func value(of name: String, in path: Substring) -> String? {
    var value: String?
    let fits = walk(path) { variable, text in
      if variable == name { value = PercentEncoding.decode(text) }
    }
    return fits ? value : nil
  }

  private func walk(_ path: Substring, _ visit: (String, Substring) -> Void) -> Bool {
    let bytes = path.utf8
    guard bytes.first == 0x2F else { return false }
    var start = bytes.index(after: bytes.startIndex)
    for (position, segment) in segments.enumerated() {
      let end = bytes[start...].firstIndex(of: 0x2F) ?? bytes.endIndex
      let part = bytes[start..<end]
      switch segment {
      case .literal(let text):
        guard part.elementsEqual(text.utf8) else { return false }
      case .variable(let prefix, let name, let suffix):
        guard part.count > prefix.utf8.count + suffix.utf8.count,
          part.starts(with: prefix.utf8), part.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
        else { return false }
        let value = part.dropFirst(prefix.utf8.count).dropLast(suffix.utf8.count)
        visit(name, path[value.startIndex..<value.endIndex])
      }
      let isLast = position == segments.count - 1
      guard (end == bytes.endIndex) == isLast else { return false }
      if !isLast { start = bytes.index(after: end) }
    }
    return true
  }
}

extension JSONValue {
  /// The text of a string, number or boolean, as identifiers are compared.
  package var scalarText: String? {
    switch kind {
    case .string: string
    case .number: number?.text
    case .boolean: bool == true ? "true" : "false"
    case .null, .array, .object: nil
    }
  }
}
