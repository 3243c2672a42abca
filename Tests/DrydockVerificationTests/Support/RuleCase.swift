import DrydockExchange
import DrydockKernel
import DrydockVerification

/// A story that one rule judges, and what it must say about it.
struct RuleCase: Sendable, CustomStringConvertible {
  /// What a case shows of its rule.
  enum Role: String, CaseIterable, Sendable {
    /// The rule must find what is planted.
    case breach
    /// The rule judges and has nothing to say.
    case clean
    /// Strange but legal: the rule judges and must let it pass.
    case weird
  }

  var rule: String
  var role: Role
  /// The story in a few words.
  var name: String
  /// The findings: message, expected and found, joined by ` | `.
  var findings: [String]
  var policy: IntegrationPolicy?
  var tell: @Sendable (inout Story) -> Void

  var description: String { "\(rule), \(role.rawValue): \(name)" }

  static func breach(
    _ rule: String,
    _ name: String,
    _ findings: String...,
    policy: IntegrationPolicy? = nil,
    tell: @escaping @Sendable (inout Story) -> Void
  ) -> RuleCase {
    RuleCase(
      rule: rule,
      role: .breach,
      name: name,
      findings: findings,
      policy: policy,
      tell: tell
    )
  }

  static func clean(
    _ rule: String,
    _ name: String,
    policy: IntegrationPolicy? = nil,
    tell: @escaping @Sendable (inout Story) -> Void
  ) -> RuleCase {
    RuleCase(rule: rule, role: .clean, name: name, findings: [], policy: policy, tell: tell)
  }

  static func weird(
    _ rule: String,
    _ name: String,
    policy: IntegrationPolicy? = nil,
    tell: @escaping @Sendable (inout Story) -> Void
  ) -> RuleCase {
    RuleCase(rule: rule, role: .weird, name: name, findings: [], policy: policy, tell: tell)
  }

  /// Every case there is.
  static let all =
    once + onceReturns + money + moneyBooks + stock + order + orderReturns + end + endShipments
    + manners + mannersWebhooks + time + trace

  /// Judges the story by the case's rule alone.
  func judge() -> Verdict {
    var story = Story()
    tell(&story)
    let rules = RuleCatalog.all.filter { $0.description.id == rule }
    return Verifier(catalog: TestCatalog.catalog, rules: rules).judge(story.trace, policy: policy)
  }
}

extension Finding {
  /// The finding as cases write it.
  var text: String { "\(message) | \(expected) | \(found)" }
}
