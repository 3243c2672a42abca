import DrydockContracts
import DrydockFaults
import DrydockReference
import DrydockVerification

/// `drydock explain`: what a rule means, an example that breaks it and how to mend it.
///
/// Faults and defects are explained as well: what can be written about one, what one does wrong.
enum ExplainCommand: Subcommand {
  static let syntax = CommandSyntax(
    name: "explain",
    summary: "Say what a rule means, what breaks it and how to mend it.",
    operands: "[RULE]",
    operandHelp:
      "RULE is the id of a rule; all are listed without one. The name of a fault, 'gates' for\n"
      + "what can be said of every fault, and the name of a defect are explained as well.",
    options: [],
    examples: [
      ("drydock explain order-shipped-once", "Explains the rule."),
      ("drydock explain latency", "Lists what a scenario can say about slowness."),
    ],
    operandsMax: 1
  )

  static func run(_ arguments: Arguments, _ console: Console) async -> ExitCode {
    guard let id = arguments.operands.first else {
      list(console)
      return .passed
    }
    if let rule = RuleCatalog.descriptions.first(where: { $0.id == id }) {
      console.line("\(rule.id): \(rule.summary)")
      console.line()
      console.line("  family:   \(rule.family.rawValue)")
      console.line("  why:      \(rule.reason)")
      console.line("  breach:   \(rule.example)")
      console.line("  mend:     \(rule.remedy)")
      return .passed
    }
    if let rule = CompatibilityRules.rule(id) {
      console.line("\(rule.id): \(rule.summary)")
      console.line()
      console.line("  family:   compatibility")
      console.line("  why:      \(rule.reason)")
      console.line("  mend:     \(rule.remedy)")
      return .passed
    }
    if let defect = ReferenceDefect(rawValue: id) {
      console.line("\(defect.rawValue): \(defect.summary)")
      console.line()
      console.line("  a defect of the reference integration, switched on with '--defect'")
      return .passed
    }
    if id == gates {
      console.line("gates: which attempts a fault is about, when and how likely")
      table(FaultCatalogue.gates, console)
      return .passed
    }
    if let entry = FaultCatalogue.entries.first(where: { $0.kind.rawValue == id }) {
      console.line("\(id): \(entry.summary)")
      table(entry.parameters, console)
      return .passed
    }
    let known =
      RuleCatalog.ids + CompatibilityRules.all.map(\.id) + ReferenceDefect.allCases.map(\.rawValue)
      + [gates] + FaultAction.Kind.allCases.map(\.rawValue)
    console.complain(
      "drydock: error: \(CommandLineParser.unknown("rule", id, among: known)) [usage]"
    )
    return .badInput
  }

  /// The word for what every fault has.
  private static let gates = "gates"

  /// Prints what can be written about a fault, one member a line.
  private static func table(_ parameters: [FaultCatalogue.Parameter], _ console: Console) {
    var rows = [("member", "value", "default", "meaning")]
    rows += parameters.map { ($0.name, $0.type.name, $0.byDefault ?? "(required)", $0.meaning) }
    let widths = [
      rows.map(\.0.count).max() ?? 0, rows.map(\.1.count).max() ?? 0,
      rows.map(\.2.count).max() ?? 0,
    ]
    console.line()
    for row in rows {
      let cells = zip([row.0, row.1, row.2], widths).map { HelpText.pad($0, to: $1) }
      console.line("  \(cells.joined(separator: "  "))  \(row.3)")
    }
  }

  private static func list(_ console: Console) {
    let width = RuleCatalog.ids.map(\.count).max() ?? 0
    for family in RuleFamily.allCases {
      let rules = RuleCatalog.descriptions.filter { $0.family == family }
      guard !rules.isEmpty else { continue }
      console.line(family.rawValue)
      for rule in rules {
        console.line("  \(HelpText.pad(rule.id, to: width))  \(rule.summary)")
      }
    }
  }
}
