package import DrydockExchange

/// What the faults decide for one attempt.
///
///     sender ── requestDelay ──▶ receiver ── responseDelay ──▶ sender
///                                   │
///                                   └ copies arrive after the original, each by its own gap
package struct Fate: Hashable, Sendable {
  /// What the receiver makes of the request.
  package enum Reception: Hashable, Sendable {
    /// It arrives.
    case delivered
    /// No connection comes up; it is not applied.
    case connectionRefused
    /// Nothing comes back; it is not applied.
    case hangs
    /// The platform's edge answers; it is not applied.
    case refused(Refusal)
  }

  /// One more delivery of the same message.
  package struct Copy: Hashable, Sendable {
    /// How long after the arrival of the original it arrives.
    package var after: Duration
    /// Whether the platform sends it as a new delivery, with new identifiers.
    package var asNewDelivery: Bool
    /// Its number among the copies of this attempt, from 1.
    package var ordinal: Int

    package init(after: Duration, asNewDelivery: Bool, ordinal: Int) {
      self.after = after
      self.asNewDelivery = asNewDelivery
      self.ordinal = ordinal
    }
  }

  /// What the receiver makes of the request.
  package var reception: Reception
  /// How long the request travels; for a webhook also how long its platform keeps it back.
  package var requestDelay: Duration
  /// How long the response travels.
  package var responseDelay: Duration
  /// Whether the request is applied and the answer never comes, so that the sender times out.
  package var losesResponse: Bool
  /// Whether the request is applied and the connection breaks instead of an answer.
  package var resetsResponse: Bool
  /// Further deliveries, in the order of arrival.
  package var copies: [Copy]
  /// What is done to the message of the partner.
  package var tampering: [Tampering]
  /// Exchanges that a reorder fault keeps back and that may arrive once this attempt has.
  ///
  /// They arrive on their own at the end of their `requestDelay`, whether this is heeded or not.
  package var releases: [ExchangeID]
  /// Everything that was injected, in order of precedence, and what was eligible and did not fire.
  package var effects: [FaultEffect]

  package init(
    reception: Reception = .delivered,
    requestDelay: Duration,
    responseDelay: Duration,
    losesResponse: Bool = false,
    resetsResponse: Bool = false,
    copies: [Copy] = [],
    tampering: [Tampering] = [],
    releases: [ExchangeID] = [],
    effects: [FaultEffect] = []
  ) {
    self.reception = reception
    self.requestDelay = requestDelay
    self.responseDelay = responseDelay
    self.losesResponse = losesResponse
    self.resetsResponse = resetsResponse
    self.copies = copies
    self.tampering = tampering
    self.releases = releases
    self.effects = effects
  }
}
