import DrydockExchange
import DrydockKernel
import DrydockVerification

/// One self-contained page for people: verdict first, then a picture of every failing order.
///
///     verdict and counts ─▶ table of runs ─▶ each failing run: findings, pictures, messages
///                                         ─▶ indicators ─▶ how to read it
///
/// Nothing is loaded: style and script stand in the page, and its content security policy allows
/// these two by their hashes and nothing else. Everything can be read without the script and
/// printed. The same runs give the same bytes. What the page leaves out, it counts.
public enum HTMLReport {
  /// Returns the page.
  ///
  /// - Parameters:
  ///   - runs: The judged runs, in the order in which they are listed.
  ///   - producer: The program and version that the footer names.
  /// - Returns: The page, as UTF-8.
  /// - Complexity: Linear in the traces' events; the page itself is bounded by `Limits`.
  public static func bytes(of runs: [JudgedRun], producer: String = "Drydock") -> [UInt8] {
    var page = HTMLPage(runs: runs, producer: producer, limits: Limits())
    return page.render()
  }

  /// Returns the page with other bounds.
  static func bytes(of runs: [JudgedRun], limits: Limits) -> [UInt8] {
    var page = HTMLPage(runs: runs, producer: "Drydock", limits: limits)
    return page.render()
  }

  /// What keeps a page readable, however much happened.
  struct Limits: Sendable {
    /// Rows of the table of runs.
    var rows = 300
    /// Rows of runs that passed which stand open below runs that did not.
    var openPassedRows = 8
    /// Runs that get a section of their own.
    var sections = 40
    /// Runs that passed and can be unfolded.
    var passedSections = 40
    /// Findings of one run.
    var findings = 20
    /// Findings of one run that stand open; the others are folded.
    var openFindings = 3
    /// Orders listed for one run.
    var orders = 20
    /// Orders without findings among them.
    var soundOrders = 6
    /// Pictures of one run, and of the page.
    var picturesOfRun = 3
    /// Pictures of the page.
    var pictures = 60
    /// Exchanges of one picture.
    var exchanges = 80
    /// Bytes of one payload, of an exchange that a finding or fault is about and of any other.
    var payloadBytes = 6_000
    var plainPayloadBytes = 2_000
    /// Bytes of all payloads together.
    var payloadBytesOfPage = 4_000_000
    /// Runs up to which passed runs show their messages as well.
    var detailedRuns = 3
  }
}

/// The page under construction.
struct HTMLPage {
  let runs: [JudgedRun]
  let producer: String
  let limits: HTMLReport.Limits
  var page = HTMLText()
  /// How many more pictures the page has room for.
  var picturesLeft: Int
  /// How many more bytes of payloads the page has room for.
  var payloadBytesLeft: Int

  init(runs: [JudgedRun], producer: String, limits: HTMLReport.Limits) {
    self.runs = runs
    self.producer = producer
    self.limits = limits
    picturesLeft = limits.pictures
    payloadBytesLeft = limits.payloadBytesOfPage
  }

  mutating func render() -> [UInt8] {
    let tally = Tally(runs)
    addHead(tally)
    addTitle(tally)
    addTable(tally)
    addSections()
    addPassed()
    addIndicators()
    addFooter()
    page += "</main>\n<script>\(HTMLReport.scriptMarkup)</script>\n</body>\n</html>\n"
    return page.bytes
  }

  /// The runs by what became of them, and what they were made of.
  struct Tally {
    var passed = 0
    var failed = 0
    var inconclusive = 0
    var exchanges = 0
    var orders = 0
    var faults = 0

    init(_ runs: [JudgedRun]) {
      for run in runs {
        switch run.verdict.outcome {
        case .passed: passed += 1
        case .failed: failed += 1
        case .inconclusive: inconclusive += 1
        }
        orders += run.verdict.orders.count
        exchanges += run.tally.exchanges
        faults += run.tally.faultEffects
      }
    }

    var all: Int { passed + failed + inconclusive }

    /// The verdict over everything, as a headline.
    var headline: String {
      switch (all, failed, inconclusive) {
      case (0, _, _): "Nothing was judged"
      case (1, 1, _): "The run failed"
      case (1, _, 1): "The run was inconclusive"
      case (1, _, _): "The run passed"
      case (_, 0, 0): "All \(all) runs passed"
      case (_, 0, _):
        "\(inconclusive) of \(all) runs \(inconclusive == 1 ? "was" : "were") inconclusive"
      default: "\(failed) of \(all) runs failed"
      }
    }

    /// The word that colours the page.
    var outcome: Verdict.Outcome {
      failed > 0 ? .failed : inconclusive > 0 || passed == 0 ? .inconclusive : .passed
    }

    var counts: String { "\(failed) failed, \(inconclusive) inconclusive, \(passed) passed" }
  }

  private mutating func addHead(_ tally: Tally) {
    let policy =
      """
      default-src 'none'; style-src '\(HTMLReport.styleHash)'; script-src \
      '\(HTMLReport.scriptHash)'; base-uri 'none'; form-action 'none'
      """
    page += "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
    page += "<meta http-equiv=\"Content-Security-Policy\" content=\"\(policy)\">\n"
    page += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
    page += "<meta name=\"color-scheme\" content=\"light dark\">\n"
    page += "<title>\(tally.headline) – Drydock</title>\n"
    page += "<style>\(HTMLReport.styleMarkup)</style>\n</head>\n"
  }

  private mutating func addTitle(_ tally: Tally) {
    page += "<body class=\"\(tally.outcome.rawValue)\">\n<main>\n<header class=\"top\">\n"
    page += "<p class=\"brand\">Drydock report</p>\n<h1>\(tally.headline)</h1>\n"
    page += "<ul class=\"counts\" aria-label=\"\(tally.counts)\">"
    for (outcome, count) in [
      (Verdict.Outcome.failed, tally.failed), (.inconclusive, tally.inconclusive),
      (.passed, tally.passed),
    ] where count > 0 || outcome == .passed {
      page += "<li class=\"\(outcome.rawValue)\"><b>\(count)</b> \(outcome.rawValue)</li>"
    }
    page += "</ul>\n"
    let words = [
      Counted.words(tally.orders, "order"), Counted.words(tally.exchanges, "exchange"),
      Counted.words(tally.faults, "injected fault effect"),
    ]
    page += "<p class=\"sub\">\(words.joined(separator: ", "))</p>\n</header>\n"
  }

  private mutating func addFooter() {
    page += "<footer>\n<h2 id=\"reading\">How to read this</h2>\n<dl class=\"legend\">"
    page +=
      """
      <dt>\(HTMLReport.sample("arrow"))</dt><dd>a call of the integration, with the number of \
      the exchange and the status of its answer</dd>
      """
    page += "<dt>\(HTMLReport.sample("arrow webhook"))</dt><dd>a webhook of a partner</dd>"
    page +=
      """
      <dt>\(HTMLReport.sample("arrow answer"))</dt><dd>an answer that is drawn apart, as \
      something came between: a fault, a crash, a long wait</dd>
      """
    page +=
      """
      <dt>\(HTMLReport.lostSample)</dt><dd>a message that was lost on the way; what it asked \
      for may have happened</dd>
      """
    page +=
      """
      <dt><span class="injected">\(HTMLReport.bolt)faults/0</span></dt><dd>an injected fault \
      that had an effect, with its place in the scenario</dd>
      """
    page += "<dt>\(HTMLReport.factSample)</dt><dd>a fact: a partner’s books changed</dd>"
    page +=
      "<dt>\(HTMLReport.noteSample)</dt><dd>a note: the integration says what it did inside</dd>"
    page +=
      """
      <dt>\(HTMLReport.absenceSample)</dt><dd>the integration is down, from a crash until it \
      is up again</dd>
      """
    page +=
      """
      <dt><span class="tag">F1</span></dt><dd>a finding, and the exchanges that show it on a \
      tinted ground</dd></dl>\n
      """
    page +=
      """
      <p>Time runs downwards and not to scale: each row shows the time since the run began, \
      and a gap says how long nothing happened to this order; reads that found nothing to do \
      are counted there and listed below the picture. A <em>finding</em> is one breach of a \
      rule; it names the injected faults that led to it. A run is <em>inconclusive</em> \
      when too little happened to judge. <code>drydock explain RULE</code> tells more about a \
      rule.</p>\n
      """
    page +=
      """
      <p>Values of fields that are named like secrets are replaced by <code>&lt;redacted&gt;\
      </code>, and so is a payload that no contract knows; what contracts call personal is \
      replaced by made-up words of the same form. Characters that cannot be seen or that turn the direction of text are written \
      out.</p>\n
      """
    page +=
      """
      <p class="version">Made by \(producer), report form \(JSONReport.version). The same runs \
      give the same page, byte for byte.</p>\n</footer>\n
      """
  }
}
