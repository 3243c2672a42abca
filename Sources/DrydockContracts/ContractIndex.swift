import DrydockExchange

/// Contracts of one half of an exchange, found by method and host before anything else is asked.
///
///     method ─▶ groups of equal hosts ─▶ contracts, best first ─▶ path, headers, status, body
struct ContractIndex: Sendable {
  /// Contracts that name the same hosts, best first.
  private struct Group: Sendable {
    let hosts: [String]
    var entries: [Entry]
  }

  /// A contract and its rank among all; the lowest of those that fit wins.
  private struct Entry: Sendable {
    let rank: Int
    let contract: Contract
  }

  private var groups: [String: [Group]] = [:]
  /// Contracts that say nothing about the method.
  private static let anyMethod = ""

  /// Creates an index of contracts, best first.
  init(_ ordered: [Contract]) {
    let methods = Set(ordered.compactMap(\.recognition.method)).union([Self.anyMethod])
    for method in methods {
      var found: [Group] = []
      for (rank, contract) in ordered.enumerated()
      where contract.recognition.method.map({ $0 == method }) ?? true {
        let entry = Entry(rank: rank, contract: contract)
        let hosts = contract.recognition.hosts
        if let position = found.firstIndex(where: { $0.hosts == hosts }) {
          found[position].entries.append(entry)
        } else {
          found.append(Group(hosts: hosts, entries: [entry]))
        }
      }
      groups[method] = found
    }
  }

  /// Returns the best contract whose request fits and of which a further condition holds.
  func first(of request: Request, where condition: (Contract) -> Bool) -> Contract? {
    let path = PathSegments(target: request.target)
    var best: Entry?
    for group in groups[request.method] ?? groups[Self.anyMethod] ?? [] {
      guard let first = group.entries.first, first.contract.recognition.fits(host: request.host)
      else { continue }
      for entry in group.entries {
        if let best, best.rank < entry.rank { break }
        guard entry.contract.recognition.fits(path: path, headers: request.headers),
          condition(entry.contract)
        else { continue }
        best = entry
        break
      }
    }
    return best?.contract
  }
}
