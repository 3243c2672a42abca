import DrydockExchange
import DrydockKernel
import DrydockVerification

extension SequencePicture {
  /// How long nothing must happen for a gap to be drawn.
  static let gapMin = Duration.seconds(60)
  /// How long an exchange may take and still be drawn as one arrow.
  static let wholeMax = Duration.seconds(10)

  /// Lays out an order.
  ///
  /// - Parameters:
  ///   - story: What belongs to the order.
  ///   - messages: The exchanges of the run, those of the story among them.
  ///   - partners: The partners of the run, in its order.
  ///   - findings: The findings about the order, with their numbers in the report.
  ///   - exchangesMax: How many exchanges are drawn at most; those of findings and faults go first.
  /// - Complexity: O(n log n) in what the order has.
  init(
    of story: Verdict.Story,
    messages: RunMessages,
    partners: [PartnerDescription],
    findings: [(number: Int, finding: Finding)],
    exchangesMax: Int
  ) {
    var reader = PictureReader(messages: messages, findings: findings)
    reader.choose(from: story, max: exchangesMax)
    reader.layLanes(partners, story)
    reader.collect(story, factsMax: 4 * exchangesMax)
    self.init(
      title: story.order,
      lanes: reader.lanes,
      rows: reader.rows(),
      begin: messages.begin,
      shown: reader.entries.map(\.id),
      leftOut: reader.leftOut.count
    )
  }
}

/// Chooses, sorts and words what a picture shows.
private struct PictureReader {
  typealias Arrow = SequencePicture.Arrow

  /// What happens at one instant, before it has a row.
  private enum Step {
    case crashed(String)
    case restarted
    case sent(Int)
    case stated(Verdict.StatedFact)
    case answered(Int)
    case ended(Int)
    case note(Verdict.StatedNote)
    case leftOut
    case finding(Int, Finding)
  }

  /// A step and its place: by instant, then as in the trace.
  private struct PlacedStep {
    var at: VirtualInstant
    var index: TraceIndex
    var step: Step
  }

  let messages: RunMessages
  let findings: [(number: Int, finding: Finding)]
  private(set) var entries: [RunMessages.Entry] = []
  private(set) var leftOut: [RunMessages.Entry] = []
  private(set) var lanes: [SequencePicture.Lane] = []
  private var laneOf: [PartnerID: Int] = [:]
  private var steps: [PlacedStep] = []
  private var findingsOf: [Int: [Int]] = [:]

  init(messages: RunMessages, findings: [(number: Int, finding: Finding)]) {
    self.messages = messages
    self.findings = findings
    for (number, finding) in findings {
      for exchange in finding.exchanges where findingsOf[exchange.number]?.last != number {
        findingsOf[exchange.number, default: []].append(number)
      }
    }
  }

  // MARK: Choosing

  /// Takes the exchanges of the story: all, or those that matter and then the first ones.
  mutating func choose(from story: Verdict.Story, max: Int) {
    let all = story.exchanges.compactMap { messages[$0] }
    guard all.count > max else {
      entries = all
      return
    }
    var isKept = Array(repeating: false, count: all.count)
    var room = max
    for index in all.indices where room > 0 {
      let entry = all[index]
      guard findingsOf[entry.id.number] != nil || !entry.fired.isEmpty else { continue }
      isKept[index] = true
      room -= 1
    }
    for index in all.indices where room > 0 && !isKept[index] {
      isKept[index] = true
      room -= 1
    }
    for index in all.indices {
      if isKept[index] { entries.append(all[index]) } else { leftOut.append(all[index]) }
    }
  }

  // MARK: Lanes

  /// Puts store and ERP left of the integration, everybody who moves goods right of it.
  mutating func layLanes(_ partners: [PartnerDescription], _ story: Verdict.Story) {
    var seen: Set<PartnerID> = Set(entries.map(\.attempt.partner))
    for stated in story.facts { seen.insert(stated.fact.partner) }
    seen.remove(.integration)
    var known = partners.filter { seen.contains($0.id) }
    let strangers = seen.subtracting(known.map(\.id)).sorted()
    for id in strangers {
      let kind = entries.first { $0.attempt.partner == id }?.attempt.kind
      known.append(PartnerDescription(id: id, kind: kind ?? .store, dialect: "", host: ""))
    }
    func place(_ kind: PartnerKind) -> Int { PartnerKind.allCases.firstIndex(of: kind) ?? 0 }
    let sorted = known.enumerated().sorted {
      (place($0.element.kind), $0.offset) < (place($1.element.kind), $1.offset)
    }.map(\.element)
    func lane(_ partner: PartnerDescription) -> SequencePicture.Lane {
      let role = [partner.kind.rawValue, partner.dialect].filter {
        !$0.isEmpty && $0 != partner.id.name
      }
      return SequencePicture.Lane(id: partner.id, role: role.joined(separator: " · "))
    }
    let left = sorted.filter { $0.kind == .store || $0.kind == .erp }
    let right = sorted.filter { $0.kind != .store && $0.kind != .erp }
    lanes = left.map(lane)
    lanes.append(SequencePicture.Lane(id: .integration, role: "under test"))
    lanes += right.map(lane)
    for (index, lane) in lanes.enumerated() { laneOf[lane.id] = index }
  }

  private var integration: Int { laneOf[.integration] ?? 0 }

  // MARK: Collecting

  /// Gathers everything that gets a row, in order of instant and of the trace.
  mutating func collect(_ story: Verdict.Story, factsMax: Int) {
    for (position, entry) in entries.enumerated() { collect(entry, position) }
    for entry in leftOut { place(.leftOut, entry.sentAt, entry.sentIndex) }
    for stated in story.facts.prefix(factsMax) {
      place(.stated(stated), stated.at, messages.index(of: stated))
    }
    for stated in story.notes.prefix(factsMax) {
      if stated.note.kind == .crashed || stated.note.kind == .restarted { continue }
      place(.note(stated), stated.at, messages.index(of: stated))
    }
    for (number, finding) in findings { place(.finding(number, finding), finding.at, nil) }
    let last = steps.map(\.at).max() ?? messages.end
    let first = steps.map(\.at).min() ?? messages.begin
    for absence in messages.absences where absence.from <= last && (absence.to ?? last) >= first {
      place(.crashed(absence.words), absence.from, absence.fromIndex)
      if let to = absence.to { place(.restarted, to, absence.toIndex) }
    }
    steps =
      steps.enumerated().sorted {
        ($0.element.at, $0.element.index, $0.offset) < ($1.element.at, $1.element.index, $1.offset)
      }.map(\.element)
  }

  private mutating func collect(_ entry: RunMessages.Entry, _ position: Int) {
    place(.sent(position), entry.sentAt, entry.sentIndex)
    guard !isWhole(entry) else { return }
    if entry.response != nil, let at = answerInstant(of: entry) {
      let index = entry.lostItsAnswer ? entry.answeredIndex : entry.concludedIndex
      place(.answered(position), at, index ?? entry.answeredIndex)
    }
    if let at = entry.concludedAt, entry.lostItsAnswer || entry.response == nil {
      place(.ended(position), at, entry.concludedIndex)
    }
  }

  private mutating func place(_ step: Step, _ at: VirtualInstant, _ index: TraceIndex?) {
    steps.append(PlacedStep(at: at, index: index ?? .max, step: step))
  }

  /// Whether one arrow tells all: answered, soon, without a crash in between.
  private func isWhole(_ entry: RunMessages.Entry) -> Bool {
    guard case .response = entry.result, let duration = entry.duration,
      duration <= SequencePicture.wholeMax, let end = entry.concludedAt
    else { return false }
    return !messages.absences.contains { $0.from > entry.sentAt && $0.from <= end }
  }

  /// When the answer is drawn: when it reached the sender, or when it was given and lost.
  private func answerInstant(of entry: RunMessages.Entry) -> VirtualInstant? {
    if case .response = entry.result { return entry.concludedAt ?? entry.answeredAt }
    return entry.answeredAt
  }

  // MARK: Rows

  /// Makes the rows, with a gap wherever nothing happened for a while.
  ///
  /// A moment of nothing but routine reads is part of the gap around it: pollers poll.
  func rows() -> [SequencePicture.Row] {
    var rows: [SequencePicture.Row] = []
    let moments = self.moments()
    let folds = moments.contains { !isRoutine($0) }
    var last: VirtualInstant?
    var reads = 0
    func addGap(until instant: VirtualInstant) {
      guard let from = last ?? (reads > 0 ? steps.first?.at : nil) else { return }
      rows.append(SequencePicture.Row(at: instant, content: .gap(instant - from, reads: reads)))
      reads = 0
    }
    for moment in moments {
      if folds, isRoutine(moment) {
        reads += moment.count
        continue
      }
      addGap(until: steps[moment.lowerBound].at)
      for placed in steps[moment] { append(placed.step, at: placed.at, to: &rows) }
      last = steps[moment.upperBound - 1].at
    }
    if reads > 0, let end = steps.last?.at { addGap(until: end) }
    return rows
  }

  /// The steps in runs without a gap.
  private func moments() -> [Range<Int>] {
    var moments: [Range<Int>] = []
    var begin = 0
    for index in steps.indices.dropFirst()
    where steps[index].at - steps[index - 1].at >= SequencePicture.gapMin {
      moments.append(begin..<index)
      begin = index
    }
    if begin < steps.count { moments.append(begin..<steps.count) }
    return moments
  }

  /// Whether nothing happens but reads that were answered, without fault or finding.
  private func isRoutine(_ moment: Range<Int>) -> Bool {
    steps[moment].allSatisfy { placed in
      guard case .sent(let position) = placed.step else { return false }
      let entry = entries[position]
      return entry.request.method == "GET" && entry.fired.isEmpty
        && findingsOf[entry.id.number] == nil && isWhole(entry)
        && entry.response?.isSuccess == true
    }
  }

  private func append(_ step: Step, at: VirtualInstant, to rows: inout [SequencePicture.Row]) {
    func add(_ content: SequencePicture.Content, _ findings: [Int] = []) {
      rows.append(SequencePicture.Row(at: at, content: content, findings: findings))
    }
    switch step {
    case .sent(let index): appendRequest(entries[index], at: at, to: &rows)
    case .answered(let index): appendAnswer(entries[index], at: at, to: &rows)
    case .ended(let index):
      let entry = entries[index]
      let lane = laneOf[entry.attempt.from] ?? integration
      add(
        .gaveUp(lane: lane, exchange: entry.id, words: ending(of: entry)),
        findingsOf[entry.id.number] ?? []
      )
    case .stated(let stated):
      let lane = laneOf[stated.fact.partner] ?? integration
      let words = words(of: stated.fact)
      if case .facts(lane, let before)? = rows.last?.content, rows.last?.at == at,
        before.count + words.count < 60
      {
        rows[rows.count - 1].content = .facts(lane: lane, words: "\(before) · \(words)")
      } else {
        add(.facts(lane: lane, words: words))
      }
    case .note(let stated):
      add(.note(lane: integration, words: Self.words(of: stated.note)))
    case .crashed(let words): add(.crashed(lane: integration, words: words))
    case .restarted: add(.restarted(lane: integration))
    case .finding(let number, let finding): add(.finding(number, finding))
    case .leftOut:
      if case .leftOut(let count)? = rows.last?.content {
        rows[rows.count - 1].content = .leftOut(count + 1)
      } else {
        add(.leftOut(1))
      }
    }
  }

  private func appendRequest(
    _ entry: RunMessages.Entry,
    at: VirtualInstant,
    to rows: inout [SequencePicture.Row]
  ) {
    let marks = findingsOf[entry.id.number] ?? []
    var arrow = arrow(of: entry)
    if isWhole(entry) {
      arrow.part = .whole
      arrow.status = entry.response?.status
      if let took = entry.duration, took >= .seconds(1) { arrow.took = took }
    } else if entry.response == nil, entry.arrivedAt == nil {
      arrow.reach = entry.result == .connectionRefused ? .refused : .lost
    }
    if arrow.reach == .lost, entry.result == nil, entry.fired.isEmpty { arrow.reach = .arrives }
    rows.append(SequencePicture.Row(at: at, content: .arrow(arrow), findings: marks))
    let words = entry.fired.map { "\($0.fault): \($0.effect)" }
    guard !words.isEmpty else { return }
    rows.append(
      SequencePicture.Row(
        at: at,
        content: .faults(from: arrow.from, to: arrow.to, words: words.joined(separator: "; ")),
        findings: marks
      )
    )
  }

  private func appendAnswer(
    _ entry: RunMessages.Entry,
    at: VirtualInstant,
    to rows: inout [SequencePicture.Row]
  ) {
    var arrow = arrow(of: entry)
    swap(&arrow.from, &arrow.to)
    arrow.part = .answer
    arrow.remark = ""
    arrow.status = entry.response?.status
    arrow.reach = entry.lostItsAnswer ? .lost : .arrives
    if let end = answerInstant(of: entry) { arrow.took = end - entry.sentAt }
    rows.append(
      SequencePicture.Row(
        at: at,
        content: .arrow(arrow),
        findings: findingsOf[entry.id.number] ?? []
      )
    )
  }

  private func arrow(of entry: RunMessages.Entry) -> Arrow {
    var remarks: [String] = []
    if entry.fired.contains(where: { $0.fault == "duplicate" }) { remarks.append("injected copy") }
    if entry.attempt.number > 1 { remarks.append("try \(entry.attempt.number)") }
    return Arrow(
      exchange: entry.id,
      from: laneOf[entry.attempt.from] ?? integration,
      to: laneOf[entry.attempt.to] ?? integration,
      part: .request,
      reach: .arrives,
      isWebhook: entry.attempt.channel != .http,
      operation: entry.operation,
      remark: remarks.joined(separator: ", "),
      status: nil,
      took: nil,
      isInjected: !entry.fired.isEmpty
    )
  }

  // MARK: Words

  private func ending(of entry: RunMessages.Entry) -> String {
    let after = entry.duration.map { " after \(RunClock.words($0))" } ?? ""
    return switch entry.result {
    case .timedOut: "timed out\(after): may have happened"
    case .connectionReset: "connection broke\(after): may have happened"
    case .connectionRefused: "connection refused: did not happen"
    case .response(let response): "answered \(response.status)\(after)"
    case nil: "no end seen"
    }
  }

  private func words(of fact: Fact) -> String {
    var parts = [fact.kind.rawValue]
    if let detail = fact.detail { parts.append(detail) }
    if let amount = fact.amount { parts.append("\(amount.decimalString) \(amount.currency.code)") }
    let units = fact.lines.prefix(2).map { "\($0.quantity) × \($0.sku)" }
    if fact.amount == nil, !units.isEmpty {
      parts.append(units.joined(separator: ", ") + (fact.lines.count > 2 ? ", …" : ""))
    }
    return parts.joined(separator: " ")
  }

  private static func words(of note: IntegrationNote) -> String {
    let kind = note.kind.rawValue.replacingHyphens
    let owner = note.owner.isEmpty ? "" : " for '\(note.owner)'"
    return note.text.isEmpty ? kind + owner : "\(kind)\(owner): \(note.text)"
  }
}

extension String {
  /// The words of a kebab-case name.
  fileprivate var replacingHyphens: String {
    String(map { $0 == "-" ? " " : $0 })
  }
}
