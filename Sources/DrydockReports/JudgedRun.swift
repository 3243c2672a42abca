public import DrydockExchange
public import DrydockVerification

/// A run or recording with its verdict: what every report is made from.
public struct JudgedRun: Sendable {
  /// The scenario's or recording's file, as the user gave it.
  public var file: String
  /// The title, for people.
  public var title: String
  /// The seed; nothing for a recording.
  public var seed: UInt64?
  /// The defects that were switched on.
  public var defects: [String]
  /// What happened; may be emptied for a run that passed, to save room.
  public var trace: Trace
  /// How many exchanges and effects of faults the trace had.
  let tally: TraceTally
  /// What it was judged to be.
  public var verdict: Verdict
  /// The command line that plays or judges it again.
  public var reproduce: String

  /// Creates a judged run.
  public init(
    file: String,
    title: String,
    seed: UInt64?,
    defects: [String] = [],
    trace: Trace,
    verdict: Verdict,
    reproduce: String
  ) {
    self.file = file
    self.title = title
    self.seed = seed
    self.defects = defects
    self.trace = trace
    tally = TraceTally(trace)
    self.verdict = verdict
    self.reproduce = reproduce
  }

  /// When the first thing happened; findings are shown as time since then.
  var begin: TraceEvent? { trace.events.first }
}

/// How much a trace has of what reports count.
struct TraceTally: Hashable, Sendable {
  private(set) var exchanges = 0
  private(set) var faultEffects = 0

  /// Counts.
  ///
  /// - Complexity: Linear in the trace's events.
  init(_ trace: Trace) {
    for event in trace.events {
      switch event.content {
      case .sent: exchanges += 1
      case .fault(let effect) where effect.fired: faultEffects += 1
      default: break
      }
    }
  }
}

extension Verdict {
  /// The orders with findings, then the others, each in their order.
  var ordersByFindings: [OrderResult] {
    orders.filter { $0.findings > 0 } + orders.filter { $0.findings == 0 }
  }
}
