import DrydockKernel
import DrydockVerification

extension HTMLPage {
  /// A row of the table of runs: one run, or many seeds of one scenario that passed alike.
  struct TableRow {
    var first: Int
    var runs: Int
    var lastSeed: UInt64?
    var orders: Int
    var errors: Int
    var warnings: Int
    var digest: String
  }

  /// Adds the table of runs, those that did not pass first.
  ///
  /// Where some did not, many that passed are folded, so that the findings follow at once.
  mutating func addTable(_ tally: Tally) {
    guard !runs.isEmpty else { return }
    let rows = tableRows()
    let shown = rows.prefix(limits.rows)
    let bad = shown.prefix { runs[$0.first].verdict.outcome != .passed }
    let folds = !bad.isEmpty && shown.count - bad.count > limits.openPassedRows
    page += "<section aria-labelledby=\"runs\">\n<h2 id=\"runs\">Runs</h2>\n"
    addTable(of: folds ? bad : shown)
    if folds {
      let words = Counted.words(shown.count - bad.count, "row")
      page += "<details class=\"others\"><summary>\(words) of runs that passed</summary>\n"
      addTable(of: shown.dropFirst(bad.count))
      page += "</details>\n"
    }
    if rows.count > limits.rows {
      page += "<p class=\"more\">… \(rows.count - limits.rows) more rows are left out</p>\n"
    }
    page += "</section>\n"
  }

  private mutating func addTable(of rows: ArraySlice<TableRow>) {
    page += """
      <div class="scroll"><table class="runs">\n<thead><tr><th scope="col">Verdict</th>
      """
    page += "<th scope=\"col\">Scenario</th><th scope=\"col\" class=\"number\">Seed</th>"
    page += "<th scope=\"col\" class=\"number\">Orders</th>"
    page += "<th scope=\"col\" class=\"number\">Findings</th>"
    page += "<th scope=\"col\" class=\"digest\">Digest</th></tr></thead>\n<tbody>\n"
    for row in rows { addRow(row) }
    page += "</tbody></table></div>\n"
  }

  /// The positions of runs of an outcome, in their order.
  func positions(_ outcome: Verdict.Outcome) -> [Int] {
    runs.indices.filter { runs[$0].verdict.outcome == outcome }
  }

  /// The rows of the table: failed, inconclusive, passed, each in the order of the runs.
  func tableRows() -> [TableRow] {
    var rows: [TableRow] = []
    var digests: [RollingDigest] = []
    for outcome in [Verdict.Outcome.failed, .inconclusive, .passed] {
      for position in positions(outcome) {
        let run = runs[position]
        let errors = run.verdict.findings.count { $0.level == .error }
        let warnings = run.verdict.findings.count - errors
        if outcome == .passed, let last = rows.last, isSameStory(runs[last.first], run) {
          rows[rows.count - 1].runs += 1
          rows[rows.count - 1].lastSeed = run.seed
          rows[rows.count - 1].orders += run.verdict.orders.count
          rows[rows.count - 1].warnings += warnings
          digests[rows.count - 1].combine(run.verdict.digest)
          rows[rows.count - 1].digest = digests[rows.count - 1].hex
          continue
        }
        var digest = RollingDigest()
        digest.combine(run.verdict.digest)
        digests.append(digest)
        rows.append(
          TableRow(
            first: position,
            runs: 1,
            lastSeed: run.seed,
            orders: run.verdict.orders.count,
            errors: errors,
            warnings: warnings,
            digest: run.verdict.digest
          )
        )
      }
    }
    return rows
  }

  private func isSameStory(_ one: JudgedRun, _ other: JudgedRun) -> Bool {
    one.verdict.outcome == other.verdict.outcome && one.file == other.file
      && one.defects == other.defects && one.title == other.title
  }

  private mutating func addRow(_ row: TableRow) {
    let run = runs[row.first]
    let word = run.verdict.outcome.rawValue
    page += "<tr><td><span class=\"verdict \(word)\">\(word)</span></td><th scope=\"row\">"
    let title = run.title.isEmpty ? run.file : run.title
    if run.verdict.outcome == .passed {
      page += "<span class=\"title\">\(title)</span>"
    } else {
      page += "<a class=\"title\" href=\"#r\(row.first + 1)\">\(title)</a>"
    }
    page += "<span class=\"file\">\(run.file)\(defects(of: run))</span>"
    if let first = run.verdict.errors.first {
      page += "<span class=\"first\">\(first.message) <code>\(first.rule)</code></span>"
    }
    let warnings: HTMLText =
      row.warnings > 0 ? "<small>\(Counted.words(row.warnings, "warning"))</small>" : ""
    page +=
      "</th><td class=\"number\">\(seeds(of: row))</td><td class=\"number\">\(row.orders)</td>"
    page += "<td class=\"number\">\(row.errors)\(warnings)</td>"
    page += "<td class=\"digest\"><code>\(row.digest)</code></td></tr>\n"
  }

  /// The seeds of a row: one, or the first and the last.
  func seeds(of row: TableRow) -> String {
    guard let first = runs[row.first].seed else { return "–" }
    guard row.runs > 1, let last = row.lastSeed else { return String(first) }
    return "\(first)–\(last)"
  }

  /// Words for the defects that were switched on.
  func defects(of run: JudgedRun) -> String {
    guard !run.defects.isEmpty else { return "" }
    return
      """
       with \(run.defects.count == 1 ? "defect" : "defects") \
      \(run.defects.joined(separator: ", "))
      """
  }

  // MARK: Indicators

  /// Adds what was measured, over all runs together.
  mutating func addIndicators() {
    let merged = MergedIndicator.merge(runs)
    guard !merged.isEmpty else { return }
    page += "<section aria-labelledby=\"indicators\">\n<h2 id=\"indicators\">Indicators</h2>\n"
    page += "<p class=\"sub\">Over \(Counted.words(runs.count, "run")), in virtual time.</p>\n"
    let durations = merged.filter { $0.unit == .nanoseconds }
    if !durations.isEmpty { addDurations(durations) }
    let counts = merged.filter { $0.unit == .count }
    if !counts.isEmpty { addCounts(counts) }
    page += "</section>\n"
  }

  private mutating func addDurations(_ durations: [MergedIndicator]) {
    let axis = IndicatorPlot.Axis(holding: durations)
    page +=
      """
      <div class="scroll"><table class="indicators">\n<caption>Durations. Bars: how many \
      values; <span class="p50">line: median</span>; <span class="p95">dashed: 95 %</span>; \
      ring: largest.</caption>\n
      """
    page +=
      "<thead><tr><th scope=\"col\">From and to</th><th scope=\"col\" class=\"number\">Values</th>"
    page += "<th scope=\"col\" class=\"plot\">Distribution\(IndicatorPlot.scale(axis))</th>"
    page +=
      "<th scope=\"col\" class=\"number\">Median</th><th scope=\"col\" class=\"number\">95 %</th>"
    page += "<th scope=\"col\" class=\"number\">Largest</th></tr></thead>\n<tbody>\n"
    for indicator in durations {
      page += "<tr><th scope=\"row\">\(indicator.title)<code>\(indicator.name)</code></th>"
      page += "<td class=\"number\">\(indicator.values.count)</td>"
      page += "<td class=\"plot\">\(IndicatorPlot(indicator: indicator, axis: axis).svg())</td>"
      for share in [Ratio(1, 2), Ratio(19, 20), .one] {
        let words = RunClock.words(.nanoseconds(indicator.quantile(share)))
        page += "<td class=\"number\">\(words)</td>"
      }
      page += "</tr>\n"
    }
    page += "</tbody></table></div>\n"
  }

  private mutating func addCounts(_ counts: [MergedIndicator]) {
    page += "<div class=\"scroll\"><table class=\"tallies\">\n<caption>Counts</caption>\n"
    page += "<thead><tr><th scope=\"col\">What</th><th scope=\"col\" class=\"number\">Total</th>"
    page += "<th scope=\"col\" class=\"number\">Runs with any</th>"
    page += "<th scope=\"col\" class=\"number\">Most in a run</th></tr></thead>\n<tbody>\n"
    for indicator in counts {
      page += "<tr><th scope=\"row\">\(indicator.title)<code>\(indicator.name)</code></th>"
      page += "<td class=\"number\">\(String(indicator.total))</td>"
      page += "<td class=\"number\">\(indicator.runsAboveZero) of \(indicator.runs)</td>"
      page += "<td class=\"number\">\(String(indicator.values.last ?? 0))</td></tr>\n"
    }
    page += "</tbody></table></div>\n"
  }
}
