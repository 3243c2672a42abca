import DrydockJSON

/// Where servers are: host patterns and the path that goes before every operation's.
///
///     https://{store}.example.com/admin/{version}   →   *.example.com   /admin/{version}
///
/// A variable that is the host's first label becomes `*`; another takes its values, a variable of
/// the path stays one.
struct ServerAddress: Hashable {
  var hosts: [String] = []
  var base = ""

  private static let hostsMax = 100

  /// Reads a list of servers; the first one's path counts, and servers with another are said.
  init(_ servers: ImportSource.Place?, _ source: inout ImportSource) {
    var isFirst = true
    for server in servers?.elements ?? [] {
      guard let place = server["url"], let url = place.string else { continue }
      let (texts, base) = ServerAddress.parts(ServerAddress.unfolded(url, server["variables"]))
      if isFirst {
        self.base = base
        isFirst = false
      } else if base != self.base {
        source.leaveOut(
          "server '\(url)' has another path than the first one",
          "import-server-path",
          at: place.pointer
        )
        continue
      }
      guard let text = texts else { continue }
      for host in ServerAddress.hosts(text, server["variables"])
      where !hosts.contains(host) && hosts.count < ServerAddress.hostsMax {
        hosts.append(host)
      }
    }
  }

  /// Puts the default where a variable stands for several segments of the path.
  private static func unfolded(_ url: String, _ variables: ImportSource.Place?) -> String {
    var text = url
    for member in variables?.members ?? [] {
      guard let value = member.place["default"]?.string, value.contains("/") else { continue }
      text = text.replacing("{\(member.name)}", with: value)
    }
    return text
  }

  /// Takes an address apart: its host, if it names one, and its path without a slash at the end.
  static func parts(_ url: String) -> (host: String?, base: String) {
    var rest = url[...]
    var host: Substring?
    if let slashes = rest.firstRange(of: "://") {
      rest = rest[slashes.upperBound...]
      let end = rest.firstIndex { "/?#".contains($0) } ?? rest.endIndex
      host = rest[..<end]
      rest = rest[end...]
    } else if rest.hasPrefix("//") {
      rest = rest.dropFirst(2)
      let end = rest.firstIndex(of: "/") ?? rest.endIndex
      host = rest[..<end]
      rest = rest[end...]
    }
    var base = String(rest.prefix { $0 != "?" && $0 != "#" })
    while base.hasSuffix("/") { base.removeLast() }
    if !base.isEmpty, !base.hasPrefix("/") { base = "/" + base }
    return (host.flatMap { withoutPort($0) }, base)
  }

  private static func withoutPort(_ host: Substring) -> String? {
    var host = host
    if let at = host.lastIndex(of: "@") { host = host[host.index(after: at)...] }
    if let colon = host.lastIndex(of: ":"), !host[colon...].contains("]") { host = host[..<colon] }
    return host.isEmpty ? nil : host.lowercasedASCII
  }

  private static func hosts(_ text: String, _ variables: ImportSource.Place?) -> [String] {
    var texts = [text]
    if text.hasPrefix("{"), let close = text.firstIndex(of: "}") {
      let rest = text[text.index(after: close)...]
      let name = String(text[text.index(after: text.startIndex)..<close])
      let hasValues = !(variables?.variable(name)?["enum"]?.elements ?? []).isEmpty
      if rest.hasPrefix("."), !hasValues { texts = ["*" + rest] }
    }
    for _ in 0..<8 {
      var next: [String] = []
      for text in texts.prefix(hostsMax) {
        guard let open = text.firstIndex(of: "{"), let close = text[open...].firstIndex(of: "}")
        else {
          next.append(text)
          continue
        }
        let name = String(text[text.index(after: open)..<close])
        let variable = variables?.variable(name)
        var values = (variable?["enum"]?.elements ?? []).compactMap(\.string)
        if values.isEmpty, let value = variable?["default"]?.string { values = [value] }
        next += values.prefix(hostsMax).map {
          text[..<open] + $0 + text[text.index(after: close)...]
        }
      }
      texts = next
    }
    return texts.filter { !$0.contains("{") }.compactMap { withoutPort($0[...]) }
  }
}

extension ImportSource.Place {
  /// A variable of a server; its name is as it was written, whatever the host's case.
  fileprivate func variable(_ name: String) -> Self? {
    self[name] ?? members.first { $0.name.lowercasedASCII == name.lowercasedASCII }?.place
  }
}

extension StringProtocol {
  /// The text with capitals of ASCII made small.
  var lowercasedASCII: String {
    String(
      decoding: utf8.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 },
      as: UTF8.self
    )
  }
}
