import DrydockExchange

/// What one fault wants to happen to an attempt.
enum Consequence: Hashable, Sendable {
  /// The request is not applied.
  case notApplied(Fate.Reception)
  /// Travel times grow.
  case delays(request: Duration, response: Duration)
  /// The message is kept back, or lost from sight, for a while.
  case arrivesLater(by: Duration)
  /// The answer is lost after the effect.
  case responseLost(byReset: Bool)
  /// Further deliveries follow.
  case copied([Fate.Copy])
  /// The partner's message is changed.
  case tampered(Tampering)
}

/// A consequence and the words for it.
struct Injection: Hashable, Sendable {
  var consequence: Consequence
  /// What it does, in a few words.
  var effect: String
}

extension Fate {
  /// Takes one more consequence into the fate, and tells whether it made a difference.
  ///
  /// All combining happens here. Consequences come in order of precedence; one that an earlier one
  /// made impossible is masked and changes nothing:
  ///
  /// - a request that is not applied is not lost, kept back, copied or tampered with, and what
  ///   made it so first, stays;
  /// - a connection that does not come up, or hangs, has no travel times to lengthen;
  /// - a response is lost once, and a lost one is not tampered with.
  mutating func combine(_ consequence: Consequence, from channel: Channel) -> Bool {
    switch consequence {
    case .notApplied(let reception):
      guard self.reception == .delivered else { return false }
      self.reception = reception
    case .delays(let request, let response):
      guard isAnswered else { return false }
      requestDelay += request
      responseDelay += response
    case .arrivesLater(let delay):
      guard reception == .delivered else { return false }
      requestDelay += delay
    case .responseLost(let byReset):
      guard reception == .delivered, !losesResponse, !resetsResponse else { return false }
      losesResponse = !byReset
      resetsResponse = byReset
    case .copied(let more):
      guard reception == .delivered else { return false }
      for copy in more {
        copies.append(
          Copy(after: copy.after, asNewDelivery: copy.asNewDelivery, ordinal: copies.count + 1)
        )
      }
      copies.sort { ($0.after, $0.ordinal) < ($1.after, $1.ordinal) }
    case .tampered(let change):
      guard reception == .delivered else { return false }
      guard channel != .http || !(losesResponse || resetsResponse) else { return false }
      tampering.append(change)
    }
    return true
  }

  /// Whether anything comes back, so that travel times mean something.
  private var isAnswered: Bool {
    switch reception {
    case .delivered, .refused: true
    case .connectionRefused, .hangs: false
    }
  }
}
