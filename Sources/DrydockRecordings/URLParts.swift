import DrydockExchange

/// The parts of a URL that a message needs.
enum URLParts {
  /// Returns the host, in lower case and without port, and the path with its query.
  ///
  /// Where the URL has no host, the `Host` header says it.
  static func split(
    _ url: String,
    _ headers: HeaderFields = [:]
  ) -> (host: String, target: String) {
    let rest: Substring
    if let range = url.firstRange(of: "://") {
      rest = url[range.upperBound...]
    } else {
      rest = url[...]
    }
    let withoutFragment = rest.prefix { $0 != "#" }
    let end = withoutFragment.firstIndex { $0 == "/" || $0 == "?" } ?? withoutFragment.endIndex
    let authority = withoutFragment[..<end].split(separator: "@").last ?? ""
    let target = String(withoutFragment[end...])
    var host = name(of: authority)
    if host.isEmpty, let header = headers["Host"] ?? headers[":authority"] {
      host = name(of: header[...])
    }
    return (host, target.hasPrefix("/") ? target : "/" + target)
  }

  /// Returns the name of an authority, without port; an address in brackets keeps them.
  private static func name(of authority: Substring) -> String {
    guard authority.hasPrefix("[") else {
      return authority.prefix { $0 != ":" }.lowercased()
    }
    let end = authority.firstIndex(of: "]") ?? authority.endIndex
    return (authority[..<end] + "]").lowercased()
  }
}
