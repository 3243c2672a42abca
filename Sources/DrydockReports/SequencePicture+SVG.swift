import DrydockExchange
import DrydockKernel
import DrydockVerification

extension SequencePicture {
  /// Returns the picture as an inline SVG.
  ///
  /// - Parameters:
  ///   - id: The picture's id in the page; ids within it begin with it.
  ///   - run: The prefix of the ids of the run's messages and findings.
  ///   - hasDetails: Whether the page has details of messages and findings to link to.
  /// - Returns: An `svg` element without references to anything outside it but the page's style.
  func svg(id: String, run: String, hasDetails: Bool) -> HTMLText {
    var drawing = PictureDrawing(self, id: id, run: run, hasDetails: hasDetails)
    return drawing.draw()
  }
}

/// Draws rows from top to bottom, keeping what reaches over several of them.
private struct PictureDrawing {
  typealias Arrow = SequencePicture.Arrow

  private enum Metrics {
    /// What the page has room for without scrolling.
    static let widthWanted = 1066
    static let margin = 64
    /// Words of findings and faults need this much, however few lanes there are.
    static let widthMin = 780
    static let flags = 46
    static let head = 54
    static let label = 12
    static let small = 11
    /// After this much, the names of the lanes are written again.
    static let repeatEvery = 900
  }

  let picture: SequencePicture
  let id: String
  let run: String
  let hasDetails: Bool
  /// Room for times, as wide as the longest of them.
  private let gutter: Int
  /// Room between the outer lanes and the edges.
  private let margin: Int
  private let spacing: Int
  private let width: Int
  private var y = Metrics.head + 14
  private var rows = HTMLText()
  private var bands = HTMLText()
  private var bars = HTMLText()
  private var lastTime = ""
  private var lastNames = 0
  private var crashedAt: Int?
  private var open: [(exchange: ExchangeID, lane: Int, y: Int)] = []

  init(_ picture: SequencePicture, id: String, run: String, hasDetails: Bool) {
    self.picture = picture
    self.id = id
    self.run = run
    self.hasDetails = hasDetails
    let end = picture.rows.map(\.at).max() ?? picture.begin
    gutter = 20 + RunClock.text(end - picture.begin).utf8.count * 7
    let gaps = max(1, picture.lanes.count - 1)
    let fixed = gutter + 2 * Metrics.margin + Metrics.flags
    spacing = min(260, max(140, (Metrics.widthWanted - fixed) / gaps))
    let needed = fixed + spacing * (picture.lanes.count - 1)
    margin = Metrics.margin + max(0, Metrics.widthMin - needed) / 2
    width = needed + 2 * (margin - Metrics.margin)
  }

  // MARK: Whole

  mutating func draw() -> HTMLText {
    for row in picture.rows { draw(row) }
    if let top = crashedAt { drawAbsence(from: top, to: y) }
    let bottom = y + 8
    let height = bottom + 40
    var svg: HTMLText =
      """
      <svg class="sequence" role="group" aria-labelledby="\(id)-name" width="\(width)" \
      height="\(height)" viewBox="0 0 \(width) \(height)">
      """
    svg +=
      """
      <title id="\(id)-name">Sequence of \(picture.title): \(picture.shown.count) exchanges \
      between \(names)</title>
      """
    svg += bands
    for lane in picture.lanes.indices {
      let kind: HTMLText = picture.lanes[lane].isIntegration ? "lane own" : "lane"
      svg += "<path class=\"\(kind)\" d=\"M\(x(lane)) \(Metrics.head)V\(bottom)\"/>"
    }
    svg += bars
    for lane in picture.lanes.indices {
      svg += head(lane, top: 4)
      svg += head(lane, top: bottom, isShort: true)
    }
    svg += rows
    svg += "</svg>"
    return svg
  }

  private var names: String { picture.lanes.map(\.id.name).joined(separator: ", ") }

  private func x(_ lane: Int) -> Int { gutter + margin + lane * spacing }

  private func head(_ lane: Int, top: Int, isShort: Bool = false) -> HTMLText {
    let it = picture.lanes[lane]
    let boxWidth = min(spacing - 12, 140)
    let left = x(lane) - boxWidth / 2
    let kind: HTMLText = it.isIntegration ? "head own" : "head"
    let name = TextWidth.fitted(it.id.name, width: boxWidth - 10, size: 13)
    guard !isShort else {
      return
        """
        <text class="again" x="\(x(lane))" y="\(top + 18)" text-anchor="middle">\(name)</text>
        """
    }
    let role = TextWidth.fitted(it.role, width: boxWidth - 8, size: Metrics.small)
    var box: HTMLText =
      """
      <rect class="\(kind)" x="\(left)" y="\(top)" width="\(boxWidth)" height="46" rx="7"/>
      """
    box +=
      """
      <text class="name" x="\(x(lane))" y="\(top + 20)" text-anchor="middle">\(name)</text>
      """
    box +=
      """
      <text class="role" x="\(x(lane))" y="\(top + 36)" text-anchor="middle">\(role)</text>
      """
    return box
  }

  private mutating func repeatNames() {
    guard y - lastNames > Metrics.repeatEvery else { return }
    lastNames = y
    for lane in picture.lanes.indices {
      rows +=
        """
        <text class="again" x="\(x(lane))" y="\(y + 16)" text-anchor="middle">\
        \(picture.lanes[lane].id.name)</text>
        """
    }
    y += 26
  }

  // MARK: Rows

  private mutating func draw(_ row: SequencePicture.Row) {
    let top = y
    switch row.content {
    case .arrow(let arrow):
      repeatNames()
      let top = y
      time(row.at, y: y + 28)
      draw(arrow)
      y += 40
      mark(row.findings, from: top)
    case .faults(let from, let to, let words):
      drawFaults(words, from: from, to: to)
      mark(row.findings, from: top, isFlagged: false)
    case .gaveUp(let lane, let exchange, let words):
      time(row.at, y: y + 16)
      close(exchange, y: y + 12)
      rows += pointMark(lane, y: y + 12, kind: "gave-up", path: cross(x(lane), y + 12, 5))
      rows += sideText(words, lane: lane, y: y + 16, kind: "gave-up", isOutward: true)
      y += 26
      mark(row.findings, from: top, isFlagged: false)
    case .facts(let lane, let words):
      time(row.at, y: y + 15)
      rows += pointMark(lane, y: y + 11, kind: "fact", path: diamond(x(lane), y + 11, 5))
      rows += sideText(words, lane: lane, y: y + 15, kind: "fact")
      y += 22
    case .note(let lane, let words):
      time(row.at, y: y + 15)
      rows += "<circle class=\"note\" cx=\"\(x(lane))\" cy=\"\(y + 11)\" r=\"4\"/>"
      rows += sideText(words, lane: lane, y: y + 15, kind: "note")
      y += 22
    case .crashed(let lane, let words):
      time(row.at, y: y + 16)
      if crashedAt == nil { crashedAt = y + 12 }
      rows += sideText("crashed: \(words)", lane: lane, y: y + 16, kind: "crash", offset: 20)
      y += 28
    case .restarted(let lane):
      time(row.at, y: y + 16)
      if let from = crashedAt { drawAbsence(from: from, to: y + 12) }
      crashedAt = nil
      rows += sideText("up again", lane: lane, y: y + 16, kind: "crash", offset: 20)
      y += 28
    case .finding(let number, let finding): draw(finding, number: number, at: row.at)
    case .gap(let duration, let reads):
      drawGap(SequencePicture.words(ofGap: duration, reads: reads))
    case .leftOut(let count): drawGap("… \(Counted.words(count, "exchange")) not shown")
    }
  }

  private mutating func time(_ instant: VirtualInstant, y: Int) {
    let text = RunClock.text(instant - picture.begin)
    guard text != lastTime else { return }
    lastTime = text
    rows +=
      "<text class=\"time\" x=\"\(gutter - 14)\" y=\"\(y)\" text-anchor=\"end\">\(text)</text>"
  }

  /// Colours the rows of an exchange that a finding is about, and flags the first of them.
  private mutating func mark(_ findings: [Int], from top: Int, isFlagged: Bool = true) {
    guard let first = findings.first else { return }
    bands +=
      """
      <rect class="shown" x="\(gutter - 6)" y="\(top)" width="\(width - gutter + 6)" \
      height="\(y - top)"/>
      """
    guard isFlagged else { return }
    let more = findings.count > 1 ? "+" : ""
    let flag: HTMLText =
      """
      <text class="flag" x="\(width - 10)" y="\(top + 28)" text-anchor="end">F\(first)\(more)\
      </text>
      """
    rows += link(to: "f\(first)", label: "finding \(first)", flag)
  }

  private func link(to target: String, label: String, _ content: HTMLText) -> HTMLText {
    guard hasDetails else { return content }
    return "<a href=\"#\(run)-\(target)\" aria-label=\"\(label)\">\(content)</a>"
  }

  private mutating func drawGap(_ words: String) {
    let middle = y + 17
    let half = TextWidth.of(words, size: Metrics.small) / 2 + 12
    let centre = (x(0) + x(picture.lanes.count - 1)) / 2
    bars +=
      """
      <rect class="blank" x="\(gutter)" y="\(middle - 7)" \
      width="\(width - gutter - Metrics.flags)" height="14"/>
      """
    for lane in picture.lanes.indices {
      bars += "<path class=\"torn\" d=\"M\(x(lane)) \(middle - 7)v14\"/>"
    }
    rows +=
      """
      <rect class="gap" x="\(centre - half)" y="\(middle - 10)" width="\(2 * half)" \
      height="20" rx="10"/>
      """
    rows +=
      """
      <text class="gap" x="\(centre)" y="\(middle + 4)" text-anchor="middle">\(words)</text>
      """
    y += 34
  }

  private mutating func draw(_ finding: Finding, number: Int, at instant: VirtualInstant) {
    time(instant, y: y + 20)
    let left = gutter
    let room = width - left - 12
    let words = TextWidth.fitted(
      "\(finding.message) [\(finding.rule)]",
      width: room - 60,
      size: Metrics.label
    )
    let kind: HTMLText = finding.level == .error ? "breach" : "breach mild"
    var content: HTMLText =
      """
      <rect class="\(kind)" x="\(left)" y="\(y + 4)" width="\(room)" height="24" rx="5"/>
      """
    content +=
      """
      <text class="\(kind)" x="\(left + 10)" y="\(y + 20)"><tspan class="number">F\(number)\
      </tspan> \(words)</text>
      """
    rows += link(to: "f\(number)", label: "finding \(number): \(finding.message)", content)
    y += 34
  }

  private mutating func drawAbsence(from top: Int, to bottom: Int) {
    guard let lane = picture.lanes.firstIndex(where: \.isIntegration) else { return }
    let left = x(lane) - 9
    let height = max(bottom - top, 6)
    bars +=
      """
      <rect class="absence" x="\(left)" y="\(top)" width="18" height="\(height)" rx="3"/>
      """
    var hatch = ""
    var step = 9
    while step < height {
      hatch += "M\(left) \(top + step)l18 -9"
      step += 9
    }
    bars += "<path class=\"hatch\" d=\"\(hatch)\"/>"
  }

  // MARK: Pieces

  private func sideText(
    _ words: String,
    lane: Int,
    y: Int,
    kind: StaticString,
    offset: Int = 12,
    isOutward: Bool = false
  ) -> HTMLText {
    let right = width - Metrics.flags - x(lane) - offset
    let left = x(lane) - gutter - offset
    let goesRight = right >= left || TextWidth.of(words, size: Metrics.small) <= right
    let fitted = TextWidth.fitted(words, width: goesRight ? right : left, size: Metrics.small)
    let name = HTMLText(stringLiteral: kind)
    let full: HTMLText = fitted == words ? "" : "<title>\(words)</title>"
    return goesRight
      ? "<text class=\"side \(name)\" x=\"\(x(lane) + offset)\" y=\"\(y)\">\(full)\(fitted)</text>"
      : """
      <text class="side \(name)" x="\(x(lane) - offset)" y="\(y)" text-anchor="end">\(full)\
      \(fitted)</text>
      """
  }

  private func pointMark(_ lane: Int, y: Int, kind: StaticString, path: String) -> HTMLText {
    "<path class=\"\(HTMLText(stringLiteral: kind))\" d=\"\(path)\"/>"
  }

  private func diamond(_ x: Int, _ y: Int, _ size: Int) -> String {
    "M\(x) \(y - size)l\(size) \(size)l-\(size) \(size)l-\(size) -\(size)z"
  }

  private func cross(_ x: Int, _ y: Int, _ size: Int) -> String {
    "M\(x - size) \(y - size)l\(2 * size) \(2 * size)m0 -\(2 * size)l-\(2 * size) \(2 * size)"
  }

  private mutating func close(_ exchange: ExchangeID, y: Int) {
    guard let index = open.firstIndex(where: { $0.exchange == exchange }) else { return }
    let bar = open.remove(at: index)
    bars +=
      """
      <rect class="busy" x="\(x(bar.lane) - 4)" y="\(bar.y)" width="8" \
      height="\(max(0, y - bar.y))"/>
      """
  }

  // MARK: Arrows

  private mutating func draw(_ arrow: Arrow) {
    let from = x(arrow.from)
    let to = x(arrow.to)
    let line = y + 30
    let sign = to > from ? 1 : -1
    switch arrow.part {
    case .request where arrow.reach == .arrives: open.append((arrow.exchange, arrow.to, line))
    case .answer: close(arrow.exchange, y: line)
    default: break
    }
    let kind: HTMLText =
      """
      arrow\(arrow.isWebhook ? " webhook" : "")\(arrow.part == .answer ? " answer" : "")\
      \(arrow.isInjected ? " injected" : "")
      """
    var shape: HTMLText = ""
    switch arrow.reach {
    case .arrives:
      shape += "<path class=\"line\" d=\"M\(from) \(line)H\(to - sign * 7)\"/>"
      shape += arrow.part == .answer ? openTip(to, line, sign) : tip(to, line, sign)
      if arrow.part == .whole {
        shape += "<circle class=\"origin\" cx=\"\(from)\" cy=\"\(line)\" r=\"3\"/>"
      }
    case .refused:
      let end = to - sign * 14
      shape += "<path class=\"line\" d=\"M\(from) \(line)H\(end - sign * 7)\"/>"
      shape += tip(end, line, sign)
      shape += "<path class=\"stop\" d=\"M\(end + sign * 3) \(line - 8)v16\"/>"
    case .lost:
      let end = from + (to - from) * 6 / 10
      shape += "<path class=\"line\" d=\"M\(from) \(line)H\(end)\"/>"
      shape += "<path class=\"ghost\" d=\"M\(end) \(line)H\(to)\"/>"
      shape += "<path class=\"lost\" d=\"\(cross(end, line, 6))\"/>"
    }
    let centre = clamped((from + to) / 2, for: labelWidth(arrow))
    let text: HTMLText =
      """
      <text class="label" x="\(centre)" y="\(line - 8)" text-anchor="middle">\(label(arrow))\
      </text>
      """
    let hit: HTMLText =
      """
      <rect class="hit" x="\(min(from, to))" y="\(y + 4)" width="\(abs(to - from))" \
      height="34"/>
      """
    let title = "exchange \(arrow.exchange): \(spoken(arrow))"
    rows += "<g class=\"\(kind)\">"
    rows += link(
      to: "x\(arrow.exchange)",
      label: title,
      "<title>\(title)</title>\(hit)\(shape)\(text)"
    )
    rows += "</g>"
  }

  private func tip(_ x: Int, _ y: Int, _ sign: Int) -> HTMLText {
    "<path class=\"tip\" d=\"M\(x) \(y)l\(-9 * sign) -5v10z\"/>"
  }

  private func openTip(_ x: Int, _ y: Int, _ sign: Int) -> HTMLText {
    "<path class=\"open-tip\" d=\"M\(x - 8 * sign) \(y - 5)l\(8 * sign) 5l\(-8 * sign) 5\"/>"
  }

  private func clamped(_ centre: Int, for labelWidth: Int) -> Int {
    let half = labelWidth / 2
    let left = gutter + half
    let right = width - Metrics.flags - half
    return left > right ? centre : min(max(centre, left), right)
  }

  private func labelWidth(_ arrow: Arrow) -> Int {
    TextWidth.of("\(arrow.exchange)  \(plain(arrow))", size: Metrics.label)
  }

  private func operation(_ arrow: Arrow) -> String {
    TextWidth.fitted(arrow.operation, width: 300, size: Metrics.label)
  }

  private func plain(_ arrow: Arrow) -> String {
    var text = arrow.part == .answer ? "answer" : operation(arrow)
    if !arrow.remark.isEmpty { text += " (\(arrow.remark))" }
    if let status = arrow.status { text += " \(status)" }
    if let took = arrow.took { text += " · \(RunClock.words(took))" }
    return text
  }

  private func label(_ arrow: Arrow) -> HTMLText {
    var text: HTMLText = "<tspan class=\"count\">\(arrow.exchange.number)</tspan> "
    text +=
      arrow.part == .answer ? "<tspan class=\"took\">answer</tspan>" : HTMLText(operation(arrow))
    if !arrow.remark.isEmpty { text += " <tspan class=\"remark\">(\(arrow.remark))</tspan>" }
    if let status = arrow.status {
      let kind: HTMLText = status < 300 ? "good" : status < 500 ? "poor" : "bad"
      text += " <tspan class=\"status \(kind)\">\(status)</tspan>"
    }
    if let took = arrow.took { text += "<tspan class=\"took\"> · \(RunClock.words(took))</tspan>" }
    return text
  }

  private func spoken(_ arrow: Arrow) -> String {
    let lanes = picture.lanes
    let reach =
      switch arrow.reach {
      case .arrives: ""
      case .refused: ", connection refused"
      case .lost: ", lost on the way"
      }
    return "\(lanes[arrow.from].id) to \(lanes[arrow.to].id), \(plain(arrow))\(reach)"
  }

  private mutating func drawFaults(_ words: String, from: Int, to: Int) {
    let fitted = TextWidth.fitted(
      words,
      width: width - gutter - Metrics.flags - 50,
      size: Metrics.small
    )
    let pill = TextWidth.of(fitted, size: Metrics.small) + 34
    let centre = clamped((x(from) + x(to)) / 2, for: pill)
    let left = centre - pill / 2
    rows +=
      "<rect class=\"fault\" x=\"\(left)\" y=\"\(y)\" width=\"\(pill)\" height=\"20\" rx=\"10\"/>"
    rows += "<path class=\"bolt\" d=\"M\(left + 15) \(y + 3)l-6 8h4l-2 6l6 -8h-4z\"/>"
    let full: HTMLText = fitted == words ? "" : "<title>\(words)</title>"
    rows += "<text class=\"fault\" x=\"\(left + 24)\" y=\"\(y + 14)\">\(full)\(fitted)</text>"
    y += 26
  }
}
