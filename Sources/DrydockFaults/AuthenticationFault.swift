import DrydockExchange

/// Spoils what proves who sent a message.
package struct AuthenticationFault: Hashable, Sendable {
  /// What is wrong.
  package enum Flaw: Hashable, Sendable {
    /// The platform takes the token of a call for expired.
    case expiredToken
    /// The platform takes the token of a call for one without the scope.
    case revokedScope
    /// A secret was changed on one side: calls are unauthorised, webhooks carry a signature that
    /// does not verify.
    case rotatedSecret
    /// A webhook carries a signature that does not verify.
    case wrongSignature
    /// A webhook carries no signature.
    case missingSignature
    /// A webhook comes a second time, byte for byte, this much later: its signature verifies and
    /// its timestamp is old.
    case replayed(after: Duration)
  }

  /// What is wrong.
  package var flaw: Flaw

  package init(flaw: Flaw = .expiredToken) {
    self.flaw = flaw
  }

  /// What it does, in a few words.
  package var summary: String {
    switch flaw {
    case .expiredToken: "expired token"
    case .revokedScope: "revoked scope"
    case .rotatedSecret: "rotated secret"
    case .wrongSignature: "wrong signature"
    case .missingSignature: "missing signature"
    case .replayed: "replayed signature"
    }
  }

  /// Tells whether messages of this direction carry what is spoilt.
  func applies(to moment: Moment) -> Bool {
    switch flaw {
    case .expiredToken, .revokedScope: moment.isCall
    case .rotatedSecret: true
    case .wrongSignature, .missingSignature, .replayed: !moment.isCall
    }
  }

  func ruling(at moment: Moment) -> Ruling {
    guard applies(to: moment) else { return .outside }
    let consequence: Consequence =
      switch flaw {
      case .expiredToken: .notApplied(.refused(.unauthorised))
      case .revokedScope: .notApplied(.refused(.forbidden))
      case .rotatedSecret:
        moment.isCall ? .notApplied(.refused(.unauthorised)) : .tampered(.wrongSignature)
      case .wrongSignature: .tampered(.wrongSignature)
      case .missingSignature: .tampered(.missingSignature)
      case .replayed(let after):
        .copied([
          Fate.Copy(
            after: min(max(.zero, after), Limits.delayMax),
            asNewDelivery: false,
            ordinal: 1
          )
        ])
      }
    return .fires(Injection(consequence: consequence, effect: summary))
  }
}
