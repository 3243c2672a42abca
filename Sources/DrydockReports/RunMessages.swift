import DrydockExchange
import DrydockKernel
import DrydockVerification

/// The exchanges of a run that a report shows, put together from the trace's events.
struct RunMessages: Sendable {
  /// One exchange and what befell it.
  struct Entry: Sendable {
    let attempt: Attempt
    let request: Request
    let sentAt: VirtualInstant
    /// The places of its events in the trace, which settle what came first at one instant.
    let sentIndex: TraceIndex
    fileprivate(set) var arrivedAt: VirtualInstant?
    fileprivate(set) var response: Response?
    fileprivate(set) var answeredAt: VirtualInstant?
    fileprivate(set) var answeredIndex: TraceIndex?
    fileprivate(set) var result: CallResult?
    fileprivate(set) var concludedAt: VirtualInstant?
    fileprivate(set) var concludedIndex: TraceIndex?
    /// Every fault that was asked about it, also those that did not fire.
    fileprivate(set) var effects: [FaultEffect] = []

    var id: ExchangeID { attempt.exchange }
    /// What was asked, in the dialect's words, else as method and path.
    var operation: String {
      attempt.operation.isEmpty ? "\(request.method) \(request.path)" : attempt.operation
    }
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
    var fromIndex: TraceIndex
    var to: VirtualInstant?
    var toIndex: TraceIndex?
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
  private var factIndices: [Fact.Identity: TraceIndex] = [:]
  private var noteIndices: [Verdict.StatedNote: TraceIndex] = [:]

  /// Collects the wanted exchanges, and where the facts and notes of stories stand in the trace.
  ///
  /// - Complexity: Linear in the trace's events.
  init(_ trace: Trace, wanted: Set<ExchangeID>, stories: [Verdict.Story]) {
    let facts = Set(stories.flatMap { $0.facts.map(\.fact.identity) })
    let notes = Set(stories.flatMap(\.notes))
    begin = trace.events.first?.at ?? .epoch
    end = trace.events.last?.at ?? .epoch
    for (index, event) in trace.events.enumerated() {
      switch event.content {
      case .sent(let attempt, let request):
        guard wanted.contains(attempt.exchange) else { continue }
        positions[attempt.exchange.number] = entries.count
        entries.append(
          Entry(attempt: attempt, request: request, sentAt: event.at, sentIndex: index)
        )
      case .arrived(let exchange): change(exchange) { $0.arrivedAt = event.at }
      case .answered(let exchange, let response):
        change(exchange) {
          $0.response = response
          $0.answeredAt = event.at
          $0.answeredIndex = index
        }
      case .concluded(let exchange, let result):
        change(exchange) {
          $0.result = result
          $0.concludedAt = event.at
          $0.concludedIndex = index
        }
      case .fault(let effect):
        if let exchange = effect.exchange { change(exchange) { $0.effects.append(effect) } }
      case .fact(let fact):
        guard facts.contains(fact.identity), factIndices[fact.identity] == nil else { continue }
        factIndices[fact.identity] = index
      case .note(let note):
        take(note, at: event.at, index: index)
        let stated = Verdict.StatedNote(at: event.at, note: note)
        if notes.contains(stated), noteIndices[stated] == nil { noteIndices[stated] = index }
      case .step, .books, .quiet, .stopped: break
      }
    }
  }

  /// The entry of an exchange, if it was wanted and the trace has it.
  subscript(exchange: ExchangeID) -> Entry? {
    positions[exchange.number].map { entries[$0] }
  }

  /// Where in the trace a fact was stated first, as far as the trace shows it.
  func index(of stated: Verdict.StatedFact) -> TraceIndex? {
    if let exchange = stated.exchange, let entry = self[exchange] {
      return stated.at > entry.sentAt ? entry.answeredIndex ?? entry.sentIndex : entry.sentIndex
    }
    return factIndices[stated.fact.identity]
  }

  /// Where in the trace a note stands.
  func index(of stated: Verdict.StatedNote) -> TraceIndex? {
    noteIndices[stated]
  }

  private mutating func change(_ exchange: ExchangeID, _ body: (inout Entry) -> Void) {
    guard let position = positions[exchange.number] else { return }
    body(&entries[position])
  }

  private mutating func take(
    _ note: IntegrationNote,
    at instant: VirtualInstant,
    index: TraceIndex
  ) {
    switch note.kind {
    case .crashed:
      if absences.last.map({ $0.to != nil }) ?? true {
        absences.append(
          Absence(from: instant, fromIndex: index, to: nil, toIndex: nil, words: note.text)
        )
      }
    case .restarted:
      guard let last = absences.indices.last, absences[last].to == nil else { return }
      absences[last].to = instant
      absences[last].toIndex = index
    default: break
    }
  }
}
