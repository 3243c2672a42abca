import DrydockExchange
import DrydockKernel
import DrydockVerification

/// What one section of the page needs to know about its run.
struct RunSection {
  /// The prefix of every id in the section, such as `r3`.
  let id: String
  let run: JudgedRun
  /// The findings shown, errors first in order of instant, with their numbers.
  let findings: [(number: Int, finding: Finding)]
  /// The orders that get a picture.
  let stories: [Verdict.Story]
  /// The exchanges of these orders.
  let messages: RunMessages
  /// The pictures, one a story.
  let pictures: [SequencePicture]
  /// Whether the section lists the messages of its pictures.
  let hasMessages: Bool
  /// The exchanges whose details the section lists.
  let listed: Set<ExchangeID>

  init(
    _ run: JudgedRun,
    id: String,
    limits: HTMLReport.Limits,
    pictures room: Int,
    hasMessages: Bool
  ) {
    self.run = run
    self.id = id
    self.hasMessages = hasMessages
    let errors = run.verdict.findings.filter { $0.level == .error }
    let warnings = run.verdict.findings.filter { $0.level != .error }
    let findings = (errors + warnings).prefix(limits.findings).enumerated().map { ($0 + 1, $1) }
    let stories = Array(
      Self.stories(of: run, findings.map(\.1)).prefix(min(room, limits.picturesOfRun))
    )
    var wanted = Set(stories.flatMap { $0.exchanges })
    for (_, finding) in findings {
      wanted.formUnion(finding.exchanges)
      wanted.formUnion(finding.causes.compactMap(\.exchange))
    }
    let messages = RunMessages(run.trace, wanted: wanted, stories: stories)
    pictures = stories.map { story in
      SequencePicture(
        of: story,
        messages: messages,
        partners: run.trace.partners,
        findings: findings.filter { ($0.1.order ?? Self.nameless) == story.order },
        exchangesMax: limits.exchanges
      )
    }
    listed = hasMessages ? Set(pictures.flatMap(\.shown)) : []
    self.findings = findings
    self.stories = stories
    self.messages = messages
  }

  /// What a picture of findings about no order is called.
  static let nameless = "no single order"

  /// Returns the stories to draw: of each order with a finding, else of the first orders.
  ///
  /// What findings and their causes point at belongs to the picture, also where nothing else ties
  /// it to the order; findings about no order get a picture of just that.
  private static func stories(of run: JudgedRun, _ findings: [Finding]) -> [Verdict.Story] {
    guard !run.trace.events.isEmpty else { return [] }
    var stories: [Verdict.Story] = []
    for finding in findings where run.verdict.outcome != .failed || finding.level == .error {
      let name = finding.order ?? nameless
      if stories.contains(where: { $0.order == name }) { continue }
      var exchanges: Set<ExchangeID> = []
      for other in findings where (other.order ?? nameless) == name {
        exchanges.formUnion(other.exchanges)
        exchanges.formUnion(other.causes.compactMap(\.exchange))
      }
      var story =
        run.verdict.stories.first { $0.order == name } ?? Verdict.Story(order: name)
      story.exchanges = exchanges.union(story.exchanges).sorted()
      if !story.exchanges.isEmpty || !story.facts.isEmpty { stories.append(story) }
    }
    return stories.isEmpty ? run.verdict.stories : stories
  }
}

extension HTMLPage {
  /// Adds a section for each run that did not pass.
  mutating func addSections() {
    let bad = positions(.failed) + positions(.inconclusive)
    for position in bad.prefix(limits.sections) {
      let section = RunSection(
        runs[position],
        id: "r\(position + 1)",
        limits: limits,
        pictures: picturesLeft,
        hasMessages: true
      )
      picturesLeft -= section.stories.count
      addSection(section)
    }
    guard bad.count > limits.sections else { return }
    page +=
      """
      <p class="more">… \(bad.count - limits.sections) more runs did not pass and have no \
      section here; the JSON report has them all</p>\n
      """
  }

  private mutating func addSection(_ section: RunSection) {
    let run = section.run
    let word = run.verdict.outcome.rawValue
    page += "<section class=\"run\" id=\"\(section.id)\" aria-labelledby=\"\(section.id)-title\">\n"
    page +=
      """
      <h2 id="\(section.id)-title"><span class="verdict \(word)">\(word)</span> \
      \(run.title.isEmpty ? run.file : run.title)</h2>\n
      """
    page += "<p class=\"sub\"><code>\(run.file)</code>"
    if let seed = run.seed { page += " seed \(String(seed))" }
    page += "\(defects(of: run)) · digest <code>\(run.verdict.digest)</code></p>\n"
    page +=
      """
      <div class="again"><span class="caption">See it again</span><pre><code>\(run.reproduce)\
      </code></pre><button type="button" class="copy" hidden>Copy</button></div>\n
      """
    if run.verdict.outcome == .inconclusive { addReason(of: run) }
    addFindings(section)
    addPictures(section)
    addExpectations(run)
    addOrders(run)
    page += "</section>\n"
  }

  private mutating func addReason(of run: JudgedRun) {
    page += "<p class=\"reason\">\(TextReport.reasonWhyInconclusive(run))</p>\n"
  }

  /// Adds the runs that passed, folded; of many seeds of one scenario the first.
  mutating func addPassed() {
    let rows = tableRows().filter { runs[$0.first].verdict.outcome == .passed }
    guard !rows.isEmpty else { return }
    let isDetailed = runs.count <= limits.detailedRuns
    page += "<section aria-labelledby=\"passed\">\n<h2 id=\"passed\">Runs that passed</h2>\n"
    for row in rows.prefix(limits.passedSections) {
      let run = runs[row.first]
      let section = RunSection(
        run,
        id: "r\(row.first + 1)",
        limits: limits,
        pictures: min(1, picturesLeft),
        hasMessages: isDetailed
      )
      picturesLeft -= section.stories.count
      let seeds =
        run.seed == nil ? "" : row.runs > 1 ? " seeds \(seeds(of: row))" : " seed \(seeds(of: row))"
      page +=
        """
        <details class="run" id="\(section.id)"><summary>\
        \(run.title.isEmpty ? run.file : run.title) <small>\(run.file)\(seeds)\
        \(defects(of: run))</small></summary>\n
        """
      if row.runs > 1 { page += "<p class=\"more\">shown is the first of \(row.runs) runs</p>\n" }
      addFindings(section)
      addExpectations(run)
      addOrders(run)
      addPictures(section)
      page += "</details>\n"
    }
    if rows.count > limits.passedSections {
      page +=
        """
        <p class="more">… \(rows.count - limits.passedSections) more passed and are not shown\
        </p>\n
        """
    }
    page += "</section>\n"
  }

  // MARK: Findings

  private mutating func addFindings(_ section: RunSection) {
    guard !section.findings.isEmpty else { return }
    page += "<h3>Findings</h3>\n"
    let first = section.findings.prefix(limits.openFindings)
    let others = section.findings.dropFirst(limits.openFindings)
    for (number, finding) in first { add(finding, number: number, section) }
    if !others.isEmpty {
      page += """
        <details class="others"><summary>\(Counted.words(others.count, "more finding"))</summary>\
        \n
        """
      for (number, finding) in others { add(finding, number: number, section) }
      page += "</details>\n"
    }
    let rest = section.run.verdict.findings.count - section.findings.count
    guard rest > 0 else { return }
    page +=
      """
      <p class="more">… \(Counted.words(rest, "further finding")); the \
      JSON report has them all</p>\n
      """
  }

  private mutating func add(_ finding: Finding, number: Int, _ section: RunSection) {
    let id = "\(section.id)-f\(number)"
    let at = RunClock.text(finding.at - section.messages.begin)
    page +=
      """
      <article class="finding \(finding.level.rawValue)" id="\(id)" aria-labelledby="\(id)\
      -title">\n
      """
    page += "<h4 id=\"\(id)-title\"><span class=\"tag\">F\(number)</span> \(finding.message)</h4>\n"
    let rule = RuleCatalog.descriptions.first { $0.id == finding.rule }
    page +=
      """
      <p class="rule"><time>\(at)</time> <span class="level">\(finding.level.rawValue)</span> \
      <code>\(finding.rule)</code>
      """
    if let rule { page += " \(rule.summary)" }
    page += "</p>\n<dl>"
    page +=
      """
      <dt>Expected</dt><dd>\(finding.expected)</dd><dt>Found</dt><dd class="found">\
      \(finding.found)</dd>
      """
    if let order = finding.order { page += "<dt>Order</dt><dd>\(order)</dd>" }
    if let place = finding.place {
      page +=
        """
        <dt>Payload</dt><dd>\(exchangeLink(place.exchange, section)) at <code>\
        \(place.pointer.isEmpty ? "the root" : place.pointer)</code>
        """
      if place.line > 0 { page += ", line \(place.line), column \(place.column)" }
      page += "; contract <code>\(place.contract)</code></dd>"
    }
    if !finding.causes.isEmpty {
      page += "<dt>Injected</dt><dd>"
      for cause in finding.causes { add(cause, section) }
      page += "</dd>"
    }
    if !finding.exchanges.isEmpty {
      page += "<dt>Seen in</dt><dd>"
      let exchanges = Set(finding.exchanges).sorted()
      page += exchanges.prefix(12).map { exchangeLink($0, section) }.joined(" ")
      if exchanges.count > 12 { page += " … \(exchanges.count - 12) more" }
      page += "</dd>"
    }
    if let rule { page += "<dt>To mend</dt><dd>\(rule.remedy)</dd>" }
    page += "</dl></article>\n"
  }

  private mutating func add(_ cause: FaultEffect, _ section: RunSection) {
    page +=
      """
      <div class="cause"><span class="injected">\(HTMLReport.bolt)\(cause.fault)</span> \
      \(cause.effect)
      """
    if let id = cause.exchange, let entry = section.messages[id] {
      let at = RunClock.text(entry.sentAt - section.messages.begin)
      page +=
        """
         on <code>\(entry.attempt.partner.name).\(entry.attempt.channel.rawValue)\
        .\(entry.attempt.operation)</code> (\(exchangeLink(id, section)), \(at))
        """
    } else {
      page += " at <code>\(cause.partner.name)</code>"
    }
    page += "</div>"
  }

  /// Returns a link to the details of an exchange, or its number where the page has none.
  private func exchangeLink(_ exchange: ExchangeID, _ section: RunSection) -> HTMLText {
    guard section.listed.contains(exchange) else { return "exchange \(exchange.number)" }
    return "<a href=\"#\(section.id)-x\(exchange.number)\">exchange \(exchange.number)</a>"
  }

  private mutating func addExpectations(_ run: JudgedRun) {
    let all = run.verdict.expectations
    let results = all.filter { !$0.holds } + all.filter(\.holds)
    guard !results.isEmpty else { return }
    page += "<h3>Expectations</h3>\n<ul class=\"expectations\">"
    for result in results.prefix(limits.findings) {
      page +=
        """
        <li class="\(result.holds ? "passed" : "failed")"><span class="verdict \
        \(result.holds ? "passed" : "failed")">\(result.holds ? "holds" : "broken")</span> \
        \(result.text)</li>
        """
    }
    if results.count > limits.findings {
      page += "<li class=\"more\">… \(results.count - limits.findings) more</li>"
    }
    page += "</ul>\n"
  }

  private mutating func addOrders(_ run: JudgedRun) {
    let orders = run.verdict.ordersByFindings
    guard !orders.isEmpty else { return }
    page +=
      """
      <h3>Orders</h3>\n<div class="scroll"><table class="orders"><thead><tr><th scope="col">\
      Order</th><th scope="col">Ends</th><th scope="col" class="number">Findings</th></tr>\
      </thead><tbody>\n
      """
    let failing = orders.count { $0.findings > 0 }
    let shown = orders.prefix(min(limits.orders, failing + limits.soundOrders))
    for order in shown {
      page +=
        """
        <tr><th scope="row">\(order.name)</th><td>\(order.ending)</td><td \
        class="number\(order.findings > 0 ? " bad" : "")">\(order.findings)</td></tr>\n
        """
    }
    page += "</tbody></table></div>\n"
    if orders.count > shown.count {
      let more = Counted.words(orders.count - shown.count, "more order")
      let words = shown.count < failing ? more : "\(more) without findings"
      page += "<p class=\"more\">… \(words)</p>\n"
    }
  }
}
