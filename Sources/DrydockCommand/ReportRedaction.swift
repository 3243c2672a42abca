import DrydockContracts
import DrydockExchange
import DrydockRecordings
import DrydockReports
import DrydockVerification

/// Takes credentials and people out of a judged run before anything of it is shown or written.
///
///     messages ─▶ as in a recording: what contracts name, and copies of it
///     words of findings, notes and orders ─▶ what those messages said about people
///
/// Places, verdict and digest stay what they were: they are those of the messages as sent.
struct ReportRedaction {
  private let redactor: Redactor

  init(_ redactor: Redactor) {
    self.redactor = redactor
  }

  /// Returns a run that may be shown.
  ///
  /// - Parameters:
  ///   - run: The run.
  ///   - showsMessages: Whether messages are shown; else only words of the verdict are.
  /// - Returns: The run with made-up words for people.
  /// - Complexity: Linear in the bytes of all messages that are shown or that findings name.
  func redacted(_ run: JudgedRun, showsMessages: Bool) -> JudgedRun {
    var run = run
    var people = redactor.nobody
    if showsMessages {
      redact(&run.trace, &people)
    } else {
      var named = run.trace
      let exchanges = Set(run.verdict.findings.flatMap(\.exchanges))
      named.events = named.events.filter { event in
        switch event.content {
        case .sent(let attempt, _): exchanges.contains(attempt.exchange)
        case .answered(let exchange, _), .concluded(let exchange, _): exchanges.contains(exchange)
        default: false
        }
      }
      redact(&named, &people)
    }
    redact(&run.verdict, people)
    return run
  }

  private func redact(_ trace: inout Trace, _ people: inout PersonalList) {
    var requests: [ExchangeID: Request] = [:]
    for index in trace.events.indices {
      switch trace.events[index].content {
      case .sent(let attempt, let request):
        requests[attempt.exchange] = request
        let (asked, _) = redactor.redacted(request, nil, &people)
        trace.events[index].content = .sent(attempt, asked)
      case .answered(let exchange, let response):
        let other = redacted(response, to: requests[exchange], &people)
        trace.events[index].content = .answered(exchange, other)
      case .concluded(let exchange, .response(let response)):
        let other = redacted(response, to: requests[exchange], &people)
        trace.events[index].content = .concluded(exchange, .response(other))
      default: break
      }
    }
    for index in trace.events.indices {
      guard case .note(var note) = trace.events[index].content else { continue }
      note.text = people.removed(from: note.text)
      trace.events[index].content = .note(note)
    }
  }

  private func redacted(
    _ response: Response,
    to request: Request?,
    _ people: inout PersonalList
  ) -> Response {
    // Without what was asked nobody knows what the answer is.
    let asked = request ?? Request("GET", host: "", target: "/")
    return redactor.redacted(asked, response, &people).1 ?? Response(response.status)
  }

  private func redact(_ verdict: inout Verdict, _ people: PersonalList) {
    for index in verdict.findings.indices {
      let finding = verdict.findings[index]
      verdict.findings[index].message = people.removed(from: finding.message)
      verdict.findings[index].expected = people.removed(from: finding.expected)
      verdict.findings[index].found = people.removed(from: finding.found)
      verdict.findings[index].order = finding.order.map { people.removed(from: $0) }
    }
    for index in verdict.orders.indices {
      verdict.orders[index].name = people.removed(from: verdict.orders[index].name)
      verdict.orders[index].ending = people.removed(from: verdict.orders[index].ending)
    }
    for index in verdict.expectations.indices {
      verdict.expectations[index].text = people.removed(from: verdict.expectations[index].text)
    }
    for index in verdict.messages.unrecognised.indices {
      let what = verdict.messages.unrecognised[index].what
      verdict.messages.unrecognised[index].what = people.removed(from: what)
    }
    for index in verdict.stories.indices {
      verdict.stories[index].order = people.removed(from: verdict.stories[index].order)
      for note in verdict.stories[index].notes.indices {
        let text = verdict.stories[index].notes[note].note.text
        verdict.stories[index].notes[note].note.text = people.removed(from: text)
      }
    }
  }
}
