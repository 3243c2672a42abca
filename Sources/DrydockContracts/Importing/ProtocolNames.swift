import DrydockJSON

/// How the messages of a channel travel, by the servers of the document.
struct ProtocolNames {
  /// Whether they are calls over HTTP; so too where no server is named.
  private(set) var isHTTP = true
  private(set) var hosts: [String] = []
  private(set) var base = ""

  init(_ root: ImportSource.Place, _ channel: ImportSource.Place) {
    let wanted = (channel["servers"]?.elements ?? []).compactMap { element in
      element.string ?? element["$ref"]?.string.flatMap { ImportSource.pointer($0)?.tokens.last }
    }
    let servers = (root["servers"]?.members ?? []).filter { server in
      wanted.isEmpty || wanted.contains(server.name)
    }
    let protocols = servers.compactMap { $0.place["protocol"]?.string?.lowercasedASCII }
    isHTTP = protocols.isEmpty || protocols.contains { $0 == "http" || $0 == "https" }
    for server in servers {
      guard let word = server.place["protocol"]?.string?.lowercasedASCII, word.hasPrefix("http"),
        let address = server.place["host"]?.string ?? server.place["url"]?.string
      else { continue }
      let full = address.contains("://") ? address : "https://" + address
      let parts = ServerAddress.parts(full + (server.place["pathname"]?.string ?? ""))
      if let host = parts.host, !hosts.contains(host), !host.contains("{") { hosts.append(host) }
      if base.isEmpty { base = parts.base }
    }
  }
}
