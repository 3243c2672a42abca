import DrydockExchange
public import DrydockKernel

/// What a trace was judged to be, and why.
public struct Verdict: Sendable {
  /// The judgement.
  public enum Outcome: String, CaseIterable, Hashable, Sendable {
    case passed
    case failed
    case inconclusive
  }

  /// The judgement.
  public var outcome: Outcome
  /// Every breach, in order of instant, then of rule.
  public var findings: [Finding]
  /// What could not be judged, and why.
  public var notJudged: [NotJudged]
  /// The rules that were judged.
  public var judged: [String]
  /// The expectations and whether each held.
  public var expectations: [ExpectationResult]
  /// How each order ended.
  public var orders: [OrderResult]
  /// What was measured.
  public var indicators: [Indicator]
  /// How many messages were checked against a contract, and how many no contract recognised.
  public var messages: MessageCount
  /// The digest of the trace.
  public var digest: String
  /// What happened to the orders that findings are about, for pictures of them.
  public var stories: [Story] = []

  /// A rule that was not judged.
  public struct NotJudged: Hashable, Sendable {
    /// The rule's id.
    public var rule: String
    /// Why, as a sentence without full stop.
    public var reason: String
  }

  /// An expectation of the scenario and whether it held.
  public struct ExpectationResult: Hashable, Sendable {
    /// The expectation in words.
    public var text: String
    /// Whether it held.
    public var holds: Bool
  }

  /// How one order ended.
  public struct OrderResult: Hashable, Sendable {
    /// The order, as people call it.
    public var name: String
    /// The last thing that happened to it, in words.
    public var ending: String
    /// How many error findings are about it.
    public var findings: Int
  }

  /// Messages by what became of them.
  public struct MessageCount: Hashable, Sendable {
    /// Messages that a contract recognised.
    public var recognised = 0
    /// Messages with at least one violation.
    public var violating = 0
    /// Messages that no contract recognised, by method and path or status.
    public var unrecognised: [Unrecognised] = []

    /// A kind of message that no contract recognises.
    public struct Unrecognised: Hashable, Sendable {
      /// Host, method and path; or what it answers, with the status.
      public var what: String
      /// How many there were.
      public var count: Int
    }
  }

  /// The findings that make a verdict fail.
  public var errors: [Finding] { findings.filter { $0.level == .error } }
}

/// A measured quantity, such as the time from shipment to confirmation.
public struct Indicator: Hashable, Sendable {
  /// The stable kebab-case name.
  public var name: String
  /// What it measures, in words.
  public var title: String
  /// What its values count.
  public var unit: Unit
  /// The measured values, sorted; durations in nanoseconds.
  public var values: [Int64]

  /// What values count.
  public enum Unit: String, Hashable, Sendable {
    case nanoseconds
    case count
  }

  /// Returns the value that a share of all values does not exceed.
  ///
  /// Exact, by the nearest-rank method; nothing when nothing was measured.
  public func quantile(_ share: Ratio) -> Int64? {
    guard !values.isEmpty else { return nil }
    let rank =
      (UInt64(values.count) * share.numerator + share.denominator - 1) / share.denominator
    return values[Int(max(rank, 1)) - 1]
  }
}
