import DrydockContracts
import DrydockReference
import DrydockVerification

/// `drydock explain`: what a rule means, an example that breaks it and how to mend it.
enum ExplainCommand: Subcommand {
  static let syntax = CommandSyntax(
    name: "explain",
    summary: "Say what a rule means, what breaks it and how to mend it.",
    operands: "[RULE]",
    operandHelp: "RULE is the id of a rule; all are listed without one.",
    options: [],
    examples: [("drydock explain order-shipped-once", "Explains the rule.")],
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
    let known =
      RuleCatalog.ids + CompatibilityRules.all.map(\.id) + ReferenceDefect.allCases.map(\.rawValue)
    console.complain(
      "drydock: error: \(CommandLineParser.unknown("rule", id, among: known)) [usage]"
    )
    return .badInput
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
