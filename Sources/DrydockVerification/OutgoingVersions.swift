import DrydockContracts
import DrydockExchange
import DrydockKernel

/// Messages of contract versions that are deprecated or retired, one finding a version.
struct OutgoingVersions: Sendable {
  private struct Use: Sendable {
    let contract: Contract
    let status: Contract.Status
    let at: VirtualInstant
    let exchange: ExchangeID
    var count = 1
  }

  private var uses: [Use] = []

  /// Takes note of a message, where its version is on the way out at that instant.
  mutating func note(_ contract: Contract, _ exchange: ExchangeID, at instant: VirtualInstant) {
    let status = contract.lifecycle.status(at: instant)
    guard status != .active else { return }
    let known = uses.firstIndex { $0.contract.id == contract.id && $0.status == status }
    guard let known else {
      return uses.append(Use(contract: contract, status: status, at: instant, exchange: exchange))
    }
    uses[known].count += 1
  }

  /// The findings, in order of the first message of each version.
  var findings: [Finding] {
    uses.map { use in
      let isRetired = use.status == .sunset
      let since = isRetired ? use.contract.lifecycle.sunset : use.contract.lifecycle.deprecated
      let day = since.map { " since \($0)" } ?? ""
      let word = isRetired ? "retired" : "deprecated"
      let until =
        isRetired ? "" : use.contract.lifecycle.sunset.map { " before its end on \($0)" } ?? ""
      return Finding(
        rule: isRetired ? "contract-retired" : "contract-deprecated",
        level: .warning,
        at: use.at,
        message: "message of contract '\(use.contract.id)', which is \(word)\(day)",
        expected: isRetired ? "a version that is still served" : "the next version\(until)",
        found: "\(use.count) \(use.count == 1 ? "message" : "messages") of this version",
        exchanges: [use.exchange]
      )
    }
  }
}
