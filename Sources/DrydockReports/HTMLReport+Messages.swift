import DrydockExchange
import DrydockKernel
import DrydockVerification

extension HTMLPage {
  /// Adds the pictures of a run, each with its messages under it.
  mutating func addPictures(_ section: RunSection) {
    var listed: Set<ExchangeID> = []
    for (index, picture) in section.pictures.enumerated() {
      let id = "\(section.id)-p\(index + 1)"
      let story = section.stories[index]
      let title =
        story.order == RunSection.nameless
        ? "Findings about no single order" : "Order \(story.order)"
      page += "<h3 id=\"\(id)\">\(title)</h3>\n"
      page += "<div class=\"picture\" tabindex=\"0\" role=\"region\" aria-labelledby=\"\(id)\">"
      page += picture.svg(id: id, run: section.id, hasDetails: section.hasMessages)
      page += "</div>\n"
      if picture.leftOut > 0 {
        page +=
          "<p class=\"more\">… \(picture.leftOut) more exchanges of this order are not drawn</p>\n"
      }
      guard section.hasMessages else { continue }
      let fresh = picture.shown.filter { listed.insert($0).inserted }
      guard !fresh.isEmpty else { continue }
      page +=
        """
        <details \
        class="messages"\(index == 0 && section.run.verdict.outcome != .passed ? " open" : "")>\
        <summary>\(Counted.words(fresh.count, "message")) of this picture</summary>\n
        """
      for exchange in fresh { addMessage(exchange, section, story: story, picture: id) }
      page += "</details>\n"
    }
    addMissingPictures(section)
  }

  private mutating func addMissingPictures(_ section: RunSection) {
    guard section.run.verdict.outcome == .failed else { return }
    var orders: Set<String> = []
    for finding in section.run.verdict.errors {
      orders.insert(finding.order ?? RunSection.nameless)
    }
    let rest = orders.subtracting(section.stories.map(\.order)).count
    guard rest > 0 else { return }
    page +=
      """
      <p class="more">… \(Counted.words(rest, "more order")) with findings \
      \(rest == 1 ? "has" : "have") no picture here</p>\n
      """
  }

  // MARK: One message

  private mutating func addMessage(
    _ exchange: ExchangeID,
    _ section: RunSection,
    story: Verdict.Story,
    picture: String
  ) {
    guard let entry = section.messages[exchange] else { return }
    let findings = section.findings.filter { $0.finding.exchanges.contains(exchange) }
    page += "<details class=\"message\" id=\"\(section.id)-x\(exchange.number)\"><summary>"
    page += summary(of: entry, begin: section.messages.begin)
    for _ in entry.fired.prefix(1) {
      page += " <span class=\"injected\">\(HTMLReport.bolt)injected</span>"
    }
    for (number, _) in findings { page += " <span class=\"tag\">F\(number)</span>" }
    page += "</span></summary>\n<div class=\"body\">"
    addTimes(entry, section)
    addEffects(entry)
    let facts = story.facts.filter { $0.exchange == exchange }
    if !facts.isEmpty {
      let words = facts.prefix(8).map { "\($0.fact.kind.rawValue) (\($0.fact.subject))" }
      page += "<p>States \(words.joined(separator: ", "))</p>"
    }
    for (number, finding) in findings {
      page +=
        """
        <p class="violation"><a href="#\(section.id)-f\(number)"><span class="tag">F\(number)\
        </span></a> \(finding.message)
        """
      if let place = finding.place, place.exchange == exchange, place.line > 0 {
        page += " (line \(place.line), column \(place.column) as sent)"
      }
      page += ": expected \(finding.expected), found \(finding.found)</p>"
    }
    let bytesMax =
      findings.isEmpty && entry.fired.isEmpty ? limits.plainPayloadBytes : limits.payloadBytes
    addRequest(entry, marks(in: entry, section, isResponse: false), bytesMax)
    addResponse(entry, marks(in: entry, section, isResponse: true), bytesMax)
    page +=
      "<p class=\"back\"><a href=\"#\(picture)\">back to the picture</a></p></div></details>\n"
  }

  private func summary(of entry: RunMessages.Entry, begin: VirtualInstant) -> HTMLText {
    let attempt = entry.attempt
    var line: HTMLText =
      """
      <span class="count">\(attempt.exchange.number)</span> <time>\
      \(RunClock.text(entry.sentAt - begin))</time> <span class="who">\(attempt.from.name) → \
      \(attempt.to.name)</span> <span class="what"><b>\
      \(entry.operation)\
      </b>
      """
    if attempt.number > 1 { line += " <small>try \(attempt.number)</small>" }
    switch entry.result {
    case .response(let response):
      line +=
        " <span class=\"status \(Self.statusKind(response.status))\">\(response.status)</span>"
      if let took = entry.duration { line += " <small>\(RunClock.words(took))</small>" }
    case .timedOut: line += " <span class=\"status bad\">timed out</span>"
    case .connectionReset: line += " <span class=\"status bad\">connection broke</span>"
    case .connectionRefused: line += " <span class=\"status bad\">refused</span>"
    case nil: line += " <span class=\"status\">no end seen</span>"
    }
    return line
  }

  private static func statusKind(_ status: Int) -> HTMLText {
    status < 300 ? "good" : status < 500 ? "poor" : "bad"
  }

  private mutating func addTimes(_ entry: RunMessages.Entry, _ section: RunSection) {
    page += "<p class=\"times\">\(entry.attempt.channel.rawValue)"
    if !entry.attempt.entity.isEmpty { page += " about <code>\(entry.attempt.entity)</code>" }
    page += ", sent \(entry.sentAt.description(.milliseconds))"
    if let at = entry.arrivedAt { page += ", arrived after \(RunClock.words(at - entry.sentAt))" }
    if let at = entry.answeredAt { page += ", answered after \(RunClock.words(at - entry.sentAt))" }
    if let at = entry.concludedAt { page += ", over after \(RunClock.words(at - entry.sentAt))" }
    page += "; for its sender it was \(Self.words(of: entry.result))</p>"
  }

  private static func words(of result: CallResult?) -> String {
    switch result?.outcome {
    case .accepted: "accepted"
    case .refused: "refused: it did not happen"
    case .unknown: "unknown: it may have happened"
    case nil: "still under way"
    }
  }

  private mutating func addEffects(_ entry: RunMessages.Entry) {
    for effect in entry.effects.prefix(10) {
      if effect.fired {
        page +=
          """
          <p class="cause"><span class="injected">\(HTMLReport.bolt)\(effect.fault)</span> \
          \(effect.effect)</p>
          """
      } else {
        page +=
          """
          <p class="idle">fault \(effect.fault) was eligible and did not fire: \(effect.effect)\
          </p>
          """
      }
    }
  }

  /// The places in one part of an exchange that findings are about.
  private func marks(
    in entry: RunMessages.Entry,
    _ section: RunSection,
    isResponse: Bool
  ) -> [PayloadText.Mark] {
    section.findings.compactMap { number, finding in
      guard let place = finding.place, place.exchange == entry.id else { return nil }
      let message = place.contract.split(separator: "/").dropFirst().first ?? ""
      let isOfResponse = message.hasSuffix("-response") || message == "error"
      guard isOfResponse == isResponse else { return nil }
      return PayloadText.Mark(
        pointer: place.pointer,
        words: "F\(number): expected \(finding.expected)"
      )
    }
  }

  private mutating func addRequest(
    _ entry: RunMessages.Entry,
    _ marks: [PayloadText.Mark],
    _ bytesMax: Int
  ) {
    let request = entry.request
    let target = VisibleText.cut(SecretNames.redacted(target: request.target), to: 600)
    page +=
      """
      <h5>Request</h5><p class="line"><code>\(request.method) https://\(request.host)\(target)\
      </code></p>
      """
    add(request.headers)
    add(request.body, of: request.headers, marks, bytesMax)
  }

  private mutating func addResponse(
    _ entry: RunMessages.Entry,
    _ marks: [PayloadText.Mark],
    _ bytesMax: Int
  ) {
    var seen = entry.response
    if case .response(let response) = entry.result { seen = response }
    guard let seen else { return }
    let note: HTMLText =
      entry.lostItsAnswer ? " <small>given, but never reached the sender</small>" : ""
    page += "<h5>Response\(note)</h5><p class=\"line\"><code>\(seen.status)</code></p>"
    add(seen.headers)
    add(seen.body, of: seen.headers, marks, bytesMax)
  }

  private mutating func add(_ headers: HeaderFields) {
    guard !headers.fields.isEmpty else { return }
    page += "<table class=\"headers\"><tbody>"
    for field in headers.fields.prefix(40) {
      let value =
        SecretNames.contains(field.name)
        ? SecretNames.placeholder : VisibleText.cut(field.value, to: 400)
      page +=
        "<tr><th scope=\"row\">\(VisibleText.cut(field.name, to: 100))</th><td>\(value)</td></tr>"
    }
    page += "</tbody></table>"
  }

  private mutating func add(
    _ body: [UInt8],
    of headers: HeaderFields,
    _ marks: [PayloadText.Mark],
    _ bytesMax: Int
  ) {
    guard !body.isEmpty else { return }
    guard payloadBytesLeft > 0 else {
      page += "<p class=\"cut\">payload of \(body.count) bytes left out: the page is full</p>"
      return
    }
    let payload = PayloadText(
      body,
      contentType: headers["Content-Type"],
      marks: marks,
      bytesMax: min(bytesMax, payloadBytesLeft)
    )
    payloadBytesLeft -= payload.text.bytes.count
    page += "<pre class=\"payload\" tabindex=\"0\">\(payload.text)</pre>"
  }
}
