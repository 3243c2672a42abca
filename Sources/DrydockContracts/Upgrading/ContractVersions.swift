package import DrydockExchange
import DrydockJSON
import DrydockKernel

/// Every version of every message, and how a payload of one becomes one of another.
///
///     1.0 ──upgrade.json of 1.1──▶ 1.1 ──upgrade.json of 2.0──▶ 2.0
struct ContractVersions: Sendable {
  /// The contracts of all versions, sorted by identifier.
  let all: [Contract]
  /// The versions of each message, the oldest first.
  private let series: [String: [Contract]]

  init(_ contracts: [Contract]) {
    all = contracts
    series = Dictionary(grouping: contracts, by: \.stem)
      .mapValues { $0.sorted { $1.isNewer(than: $0) } }
  }

  /// What is said of an upgrade that has nothing to start from.
  var diagnostics: [Diagnostic] {
    all.compactMap { contract in
      guard let upgrade = contract.upgrade, before(contract) == nil else { return nil }
      return Diagnostic(
        file: upgrade.file,
        message: "'\(contract.stem)' has no version before '\(contract.version)' to upgrade from",
        id: "contract-upgrade-from-nothing"
      )
    }
  }

  /// Returns one version of a message.
  func contract(
    of stem: String,
    _ version: String
  ) throws(VersionRefusal) -> Contract {
    let known = series[stem] ?? []
    if let contract = known.first(where: { $0.version == version }) { return contract }
    guard known.isEmpty else {
      throw VersionRefusal(
        subject: .version,
        message: "message '\(stem)' has no version '\(version)'; it has "
          + known.map(\.version).joined(separator: ", ")
      )
    }
    throw VersionRefusal(
      subject: .message,
      message: "no contract for message '\(stem)'"
        + Suggestion.question(for: stem, among: series.keys.sorted())
    )
  }

  private func before(_ contract: Contract) -> Contract? {
    series[contract.stem]?.last { contract.isNewer(than: $0) }
  }

  /// Returns the way from the version that fakes write to another one.
  func path(to contract: Contract) throws(VersionRefusal) -> UpgradePath {
    guard before(contract) != nil else {
      throw VersionRefusal(
        subject: .version,
        message: "version '\(contract.version)' of '\(contract.stem)' is what the partner speaks"
          + " from the start"
      )
    }
    guard contract.upgrade != nil else {
      throw VersionRefusal(
        subject: .version,
        message: "version '\(contract.version)' of '\(contract.stem)' has no 'upgrade.json',"
          + " so no fake can speak it"
      )
    }
    var steps: [ContractUpgrade] = []
    var current: Contract? = contract
    while let version = current, let upgrade = version.upgrade {
      steps.append(upgrade)
      current = before(version)
    }
    return UpgradePath(target: contract, steps: steps.reversed())
  }
}

/// Why a partner cannot be made to speak a version.
package struct VersionRefusal: Error, Hashable, Sendable {
  /// What is wrong: the name of the message, or the version.
  package enum Subject: Hashable, Sendable {
    case message
    case version
  }

  /// What is wrong.
  package var subject: Subject
  /// What is said about it.
  package var message: String
}

/// The way from the version of a message that a fake writes to another version.
package struct UpgradePath: Sendable {
  /// The version it leads to.
  package let target: Contract
  let steps: [ContractUpgrade]

  /// The operation of the exchange, as faults match it; nothing where a partner writes no such one.
  package var operation: String? {
    guard target.writtenBy == .partner else { return nil }
    if target.channel == .webhook { return target.message }
    let ending = "-response"
    guard target.part == .response, target.message.hasSuffix(ending) else { return nil }
    return String(target.message.dropLast(ending.count))
  }

  /// Returns a payload of the version that the fake writes as one of the target.
  ///
  /// - Throws: Which change does not apply, or that the payload is no JSON.
  package func applied(to payload: [UInt8]) throws(UpgradeFailure) -> [UInt8] {
    let document: JSONDocument
    do {
      document = try JSONDocument.parse(payload)
    } catch {
      throw UpgradeFailure(file: "", line: 1, reason: "the payload is no JSON")
    }
    var node = JSONNode(document.root)
    for step in steps { node = try step.applied(to: node) }
    return node.bytes()
  }

  /// The headers that say the version, the oldest step's first.
  package var headers: [HeaderField] { steps.flatMap(\.headers) }
}

extension ContractCatalog {
  /// Returns the way from what a partner's fake writes to a version of a message.
  ///
  /// Versions that are pinned away are there all the same: pins are about judging.
  /// - Throws: What is wrong with the message or the version.
  package func upgradePath(
    of stem: String,
    to version: String
  ) throws(VersionRefusal) -> UpgradePath {
    try versions.path(to: versions.contract(of: stem, version))
  }

  /// Returns the messages that a platform writes in a version of its own, by their contracts.
  ///
  /// - Throws: What is wrong with the platform's version.
  package func upgradePaths(
    of platform: String,
    apiVersion: String
  ) throws(VersionRefusal) -> [UpgradePath] {
    let own = versions.all.filter { $0.platform == platform && $0.writtenBy == .partner }
    let meant = own.filter { $0.apiVersion == apiVersion }
    guard !meant.isEmpty else {
      let known = Set(own.compactMap(\.apiVersion)).sorted()
      throw VersionRefusal(
        subject: .version,
        message: "no message of '\(platform)' has a version of its '\(apiVersion)'"
          + (known.isEmpty ? "" : "; it has \(known.joined(separator: ", "))")
      )
    }
    // What the platform speaks already, and what it cannot be made to, stays as it is.
    let paths = meant.filter { $0.upgrade != nil }.compactMap { try? versions.path(to: $0) }
    guard paths.contains(where: { $0.operation != nil }) else {
      throw VersionRefusal(
        subject: .version,
        message: "no message of '\(platform)' has an 'upgrade.json' to its '\(apiVersion)'"
      )
    }
    return paths.filter { $0.operation != nil }
  }
}
