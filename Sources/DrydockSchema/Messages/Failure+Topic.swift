extension Failure {
  /// Whether a member is there that should not be.
  var isUnexpectedMember: Bool {
    switch rule {
    case .additionalProperties, .unevaluatedProperties, .undeclaredMember: true
    case .never: name >= 0
    default: false
    }
  }

  /// Whether a member is missing; its name is then `detail`.
  var isMissingMember: Bool {
    rule == .required || rule == .dependentRequired
  }
}

extension Rule {
  /// Which of two rules that one scalar breaks says more; the lesser does.
  var precedence: Int {
    switch self {
    case .limit: 0
    case .type: 1
    case .never: 2
    case .constant, .enumeration: 3
    case .oneOf, .anyOf: 4
    case .format: 5
    case .pattern: 6
    case .not: 8
    default: 7
    }
  }
}

extension BranchChoice {
  /// The choice in words.
  var text: String {
    let head = "judged by branch \(branch + 1) of \(count) of '\(rule.rawValue)'"
    if let discriminator { return head + ", chosen by '\(discriminator)'" }
    return head + (isOnly ? ", the only one of its type" : ", the nearest")
  }
}
