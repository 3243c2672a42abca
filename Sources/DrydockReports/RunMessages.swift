import DrydockExchange
import DrydockKernel

/// The exchanges of a run that a report shows, put together from the trace's events.
struct RunMessages: Sendable {
  /// One exchange and what befell it.
  struct Entry: Sendable {
    let attempt: Attempt
    let request: Request
    let sentAt: VirtualInstant
    fileprivate(set) var arrivedAt: VirtualInstant?
    fileprivate(set) var response: Response?
    fileprivate(set) var answeredAt: VirtualInstant?
    fileprivate(set) var result: CallResult?
    fileprivate(set) var concludedAt: VirtualInstant?
    /// Every fault that was asked about it, also those that did not fire.
    fileprivate(set) var effects: [FaultEffect] = []

    var id: ExchangeID { attempt.exchange }
    /// The faults that changed it.
    var fired: [FaultEffect] { effects.filter(\.fired) }
    /// How long the sender waited to learn the end.
    var duration: Duration? { concludedAt.map { $0 - sentAt } }
    /// Whether an answer was given that never reached the sender.
    var lostItsAnswer: Bool {
      guard response != nil else { return false }
      if case .response = result { return false }
      return result != nil
    }
  }

  /// A time without the integration.
  struct Absence: Sendable {
    var from: VirtualInstant
    var to: VirtualInstant?
    var words: String
  }

  private(set) var entries: [Entry] = []
  /// When the integration was down, in order.
  private(set) var absences: [Absence] = []
  /// When the first thing happened.
  let begin: VirtualInstant
  /// When the last thing happened.
  let end: VirtualInstant
  private var positions: [Int: Int] = [:]

  /// Collects the wanted exchanges.
  ///
  /// - Complexity: Linear in the trace's events.
  init(_ trace: Trace, wanted: Set<ExchangeID>) {
    begin = trace.events.first?.at ?? .epoch
    end = trace.events.last?.at ?? .epoch
    for event in trace.events {
      switch event.content {
      case .sent(let attempt, let request):
        guard wanted.contains(attempt.exchange) else { continue }
        positions[attempt.exchange.number] = entries.count
        entries.append(Entry(attempt: attempt, request: request, sentAt: event.at))
      case .arrived(let exchange): change(exchange) { $0.arrivedAt = event.at }
      case .answered(let exchange, let response):
        change(exchange) {
          $0.response = response
          $0.answeredAt = event.at
        }
      case .concluded(let exchange, let result):
        change(exchange) {
          $0.result = result
          $0.concludedAt = event.at
        }
      case .fault(let effect):
        if let exchange = effect.exchange { change(exchange) { $0.effects.append(effect) } }
      case .note(let note): take(note, at: event.at)
      case .step, .fact, .books, .quiet, .stopped: break
      }
    }
  }

  /// The entry of an exchange, if it was wanted and the trace has it.
  subscript(exchange: ExchangeID) -> Entry? {
    positions[exchange.number].map { entries[$0] }
  }

  private mutating func change(_ exchange: ExchangeID, _ body: (inout Entry) -> Void) {
    guard let position = positions[exchange.number] else { return }
    body(&entries[position])
  }

  private mutating func take(_ note: IntegrationNote, at instant: VirtualInstant) {
    switch note.kind {
    case .crashed:
      if absences.last.map({ $0.to != nil }) ?? true {
        absences.append(Absence(from: instant, to: nil, words: note.text))
      }
    case .restarted:
      if let last = absences.indices.last, absences[last].to == nil { absences[last].to = instant }
    default: break
    }
  }
}
