public import DrydockContracts
import DrydockKernel
import DrydockScenarios
import DrydockVerification

/// What judges a run, besides the scenario's own expectations.
public struct PlayOptions: Sendable {
  /// The folder of contracts.
  public var contracts: String
  /// Contracts that were read before; `contracts` is not read then.
  public var catalog: ContractCatalog?
  /// The ids of the rules that judge; those of the scenario, or all, where nothing is said.
  public var rules: [String]?
  /// Rules whose breaches do not fail the run, each with the reason why.
  public var allowed: [String: String]

  /// Creates options.
  ///
  /// - Parameters:
  ///   - contracts: The folder of contracts.
  ///   - catalog: Contracts that were read before.
  ///   - rules: The ids of the rules that judge.
  ///   - allowed: Rules whose breaches do not fail the run, each with the reason why.
  public init(
    contracts: String = "Contracts",
    catalog: ContractCatalog? = nil,
    rules: [String]? = nil,
    allowed: [String: String] = [:]
  ) {
    self.contracts = contracts
    self.catalog = catalog
    self.rules = rules
    self.allowed = allowed
  }

  /// Puts the rules of these options over those of a scenario.
  func apply(to scenario: inout Scenario) throws(DrydockError) {
    var diagnostics: [Diagnostic] = []
    for rule in (rules ?? []) + allowed.keys.sorted() where !RuleCatalog.ids.contains(rule) {
      let hint = Suggestion.nearest(to: rule, among: RuleCatalog.ids)
        .map { "; did you mean '\($0)'?" }
      diagnostics.append(
        Diagnostic(
          file: scenario.file,
          message: "unknown rule '\(rule)' for the options\(hint ?? "")",
          id: "options-unknown-rule"
        )
      )
    }
    guard diagnostics.isEmpty else { throw DrydockError(diagnostics: diagnostics) }
    if let rules { scenario.rules = rules }
    scenario.allowed.merge(allowed) { _, later in later }
  }
}
