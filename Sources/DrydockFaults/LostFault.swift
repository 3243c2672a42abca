/// Loses a request before its effect, or a response after it.
///
///     request    ──✗                 not applied, the sender times out
///     response   ──▶ applied ✗──     applied, the sender times out or sees the connection break
package struct LostFault: Hashable, Sendable {
  /// What is lost.
  package enum Part: String, CaseIterable, Hashable, Sendable {
    case request
    case response
    /// One or the other, evenly drawn: the sender cannot tell.
    case either
  }

  /// How the sender learns that a response is lost.
  package enum Sign: String, CaseIterable, Hashable, Sendable {
    /// It waits until its time-out.
    case timeout
    /// The connection breaks when the answer was due.
    case reset
  }

  /// What is lost.
  package var part: Part
  /// How the sender learns that a response is lost; a lost request always times out.
  package var sign: Sign

  package init(part: Part = .response, sign: Sign = .timeout) {
    self.part = part
    self.sign = sign
  }

  /// What it does, in a few words.
  package var summary: String {
    switch part {
    case .request: "lost request"
    case .response: "lost response"
    case .either: "lost message"
    }
  }

  func ruling(at moment: Moment) -> Ruling {
    let losesRequest =
      switch part {
      case .request: true
      case .response: false
      case .either: moment.draws.bits(AttemptDraws.Purpose.part) < 1 << 63
      }
    if losesRequest {
      return .fires(Injection(consequence: .notApplied(.hangs), effect: "request lost"))
    }
    let effect =
      sign == .reset
      ? "response lost after effect, connection reset" : "response lost after effect"
    return .fires(
      Injection(consequence: .responseLost(byReset: sign == .reset), effect: effect)
    )
  }
}
