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

  /// Tells whether a host is one of those meant.
  package func fits(host: String) -> Bool {
    hosts.isEmpty || hosts.contains { Self.host(host, fits: $0) }
  }

  /// Tells whether path and headers of a request fit; the index of contracts knows about the rest.
  func fits(path segments: PathSegments, headers fields: HeaderFields) -> Bool {
    if let path, !path.matches(segments) { return false }
    return headers.allSatisfy { field in
      guard let value = fields[field.name] else { return false }
      return HeaderFields.sameName(value, field.value)
    }
  }

  /// Tells whether a whole request fits.
  func fits(_ request: Request, body document: JSONDocument?) -> Bool {
    if let method, method != request.method { return false }
    return fits(host: request.host)
      && fits(path: PathSegments(target: request.target), headers: request.headers)
      && fits(body: document)
  }

  /// Tells whether a status has the digits of a pattern, of which an `x` stands for any.
  package func fits(status: Int) -> Bool {
    statuses.isEmpty
      || statuses.contains { pattern in
        var rest = status
        for wanted in pattern.utf8.reversed() {
          guard rest > 0, wanted == 0x78 || Int(wanted) == 0x30 + rest % 10 else { return false }
          rest /= 10
        }
        return rest == 0
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
