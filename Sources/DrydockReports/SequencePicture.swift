import DrydockExchange
import DrydockKernel
import DrydockVerification

/// One order as a picture: who takes part, and what happened row by row, time downwards.
///
///     store    erp    integration    3pl    carrier
///       ├─ ─ ─ ─ ─ ─ ─ ─▶ │             │        │      a webhook
///       │       │ ◀───────┤             │        │      a call
///       │       ├──✕      │             │        │      its answer, lost by a fault
///       ┆       ┆   2 h later           ┆        ┆      a gap
///
/// The picture is a value without looks: what is drawn, in which order, on which lanes.
struct SequencePicture: Sendable {
  /// A vertical line: the integration or a partner.
  struct Lane: Hashable, Sendable {
    var id: PartnerID
    /// Kind and dialect, for people.
    var role: String
    var isIntegration: Bool { id == .integration }
  }

  /// One row, at one instant.
  struct Row: Sendable {
    var at: VirtualInstant
    var content: Content
    /// The numbers of the findings that its exchange shows.
    var findings: [Int] = []
  }

  /// What a row shows.
  enum Content: Sendable {
    /// An exchange, or one half of it.
    case arrow(Arrow)
    /// Faults that fired on the arrow above.
    case faults(from: Int, to: Int, words: String)
    /// How an exchange without an answer ended for its sender.
    case gaveUp(lane: Int, exchange: ExchangeID, words: String)
    /// Changes of a partner's books.
    case facts(lane: Int, words: String)
    /// What the integration said.
    case note(lane: Int, words: String)
    /// The integration goes down.
    case crashed(lane: Int, words: String)
    /// The integration is up again.
    case restarted(lane: Int)
    /// A finding became true.
    case finding(Int, Finding)
    /// Nothing happened to this order for a while but reads that found nothing to do.
    case gap(Duration, reads: Int)
    /// Exchanges that the picture has no room for.
    case leftOut(Int)
  }

  /// An arrow between two lanes.
  struct Arrow: Sendable {
    /// Which part of the exchange it is.
    enum Part: Hashable, Sendable {
      /// Request and answer in one, as nothing came between them.
      case whole
      case request
      case answer
    }

    /// How far it gets.
    enum Reach: Hashable, Sendable {
      case arrives
      /// Turned away at the door.
      case refused
      /// Lost on the way.
      case lost
    }

    var exchange: ExchangeID
    var from: Int
    var to: Int
    var part: Part
    var reach: Reach
    var isWebhook: Bool
    var operation: String
    /// What stands behind the operation: `try 2`, `copy`.
    var remark: String
    /// The status of the answer, where this arrow knows it.
    var status: Int?
    /// How long it took, where that says something.
    var took: Duration?
    /// Whether a fault fired on it.
    var isInjected: Bool
  }

  /// The order.
  var title: String
  var lanes: [Lane]
  var rows: [Row]
  /// When the run began: rows show time since then.
  var begin: VirtualInstant
  /// The exchanges shown, in order of sending.
  var shown: [ExchangeID]
  /// How many exchanges of the order are not shown.
  var leftOut: Int
}

extension SequencePicture {
  /// The rows as text, for tests and for people without a browser.
  var outline: String {
    rows.map { row in
      let marks =
        row.findings.isEmpty ? "" : " F" + row.findings.map(String.init).joined(separator: ",F")
      return "\(RunClock.text(row.at - begin)) \(words(of: row.content))\(marks)\n"
    }.joined()
  }

  private func words(of content: Content) -> String {
    switch content {
    case .arrow(let arrow):
      let reach =
        switch arrow.reach {
        case .arrives: "──▶"
        case .refused: "──┤"
        case .lost: "──✕"
        }
      var text = "\(name(arrow.from)) \(reach) \(name(arrow.to)) #\(arrow.exchange)"
      text += arrow.part == .answer ? " answer" : " \(arrow.operation)"
      if arrow.isWebhook { text += " (webhook)" }
      if !arrow.remark.isEmpty { text += " (\(arrow.remark))" }
      if let status = arrow.status { text += " \(status)" }
      if let took = arrow.took { text += " after \(RunClock.words(took))" }
      return text
    case .faults(_, _, let words): return "  injected: \(words)"
    case .gaveUp(let lane, let exchange, let words): return "\(name(lane)) #\(exchange) \(words)"
    case .facts(let lane, let words): return "\(name(lane)) ◆ \(words)"
    case .note(let lane, let words): return "\(name(lane)) ○ \(words)"
    case .crashed(let lane, let words): return "\(name(lane)) ▒ \(words)"
    case .restarted(let lane): return "\(name(lane)) ▒ restarted"
    case .finding(let number, let finding): return "⚑ F\(number) \(finding.message)"
    case .gap(let duration, let reads): return "┆ \(Self.words(ofGap: duration, reads: reads))"
    case .leftOut(let count): return "… \(count) not shown"
    }
  }

  /// Words for a gap.
  static func words(ofGap duration: Duration, reads: Int) -> String {
    let later = "\(RunClock.words(duration)) later"
    return reads == 0 ? later : "\(later), \(Counted.words(reads, "read")) in between"
  }

  private func name(_ lane: Int) -> String { lanes[lane].id.name }
}
