import DrydockExchange
import DrydockKernel

/// Who fails again and again, asks less and less.
struct BackoffGrew: Rule {
  let description = RuleDescription(
    id: "backoff-grew",
    family: .manners,
    summary: "the waits between attempts of a failing call grow",
    reason: "callers that retry at a fixed pace keep a struggling partner down",
    example: "the ERP is out for an hour and is called every second",
    remedy: "double the wait after each failure up to some minutes, each caller a little apart"
  )

  /// After so many failures in a row the waits must have grown.
  static let failuresMin = 4
  /// A wait this long needs not grow any more.
  static let longEnough = Duration.seconds(60)

  func judge(_ evidence: Evidence, into report: inout RuleReport) {
    var judged = 0
    for series in evidence.repeatedCalls {
      for run in runs(series, evidence) where run.count > Self.failuresMin {
        judged += 1
        let waits = zip(run, run.dropFirst()).map { first, next in
          evidence.exchanges[next].exchange.sentAt - evidence.exchanges[first].endedAt
        }
        guard let first = waits.first, let longest = waits.dropFirst().max(),
          longest < Self.longEnough, longest < max(first * 2, .milliseconds(500))
        else { continue }
        let last = evidence.exchanges[run[run.count - 1]]
        report.breach(
          at: last.exchange.sentAt,
          order: last.order.map { evidence.orders[$0] },
          "a failing call to '\(last.exchange.attempt.partner)' was repeated at a fixed pace",
          expected: "waits that grow from \(first.roundedDescription)",
          found: "\(run.count) attempts, the longest wait \(longest.roundedDescription)",
          exchanges: run.map { evidence.exchanges[$0].exchange.attempt.exchange }
        )
      }
    }
    if judged == 0 { report.skip("no call failed \(Self.failuresMin) times in a row") }
  }

  /// Runs of attempts that follow a failure; an answer that names the wait is no failure here.
  private func runs(_ series: CallSeries, _ evidence: Evidence) -> [[Int]] {
    var runs: [[Int]] = []
    var run: [Int] = []
    for position in series.calls {
      let observed = evidence.exchanges[position]
      guard observed.exchange.sentAt > .epoch else { return [] }
      run.append(position)
      guard !observed.failed || observed.retryAfter != nil else { continue }
      runs.append(run)
      run = []
    }
    runs.append(run)
    return runs
  }
}

extension ObservedExchange {
  /// Whether it ended without an answer, or with one that says to try again.
  var failed: Bool {
    switch exchange.result {
    case .timedOut, .connectionReset, .connectionRefused: true
    case .response(let response): response.status >= 500 || response.status == 429
    case nil: false
    }
  }
}
