import DrydockExchange
import DrydockKernel
import Foundation
import Testing

@testable import DrydockReports
@testable import DrydockVerification

@Suite("HTML report")
struct HTMLReportTests {
  private let page = HTMLReport.bytes(of: OrderFixture.campaign())
  private var text: String { String(decoding: page, as: UTF8.self) }

  @Test("is well-formed, its ids are unique and its links lead somewhere")
  func wellFormed() {
    let scanner = MarkupScanner(page, isHTML: true)
    #expect(scanner.mistakes == [])
    let ids = scanner.tags.compactMap { $0["id"] }
    #expect(Set(ids).count == ids.count)
    let links = scanner.tags.filter { $0.name == "a" }.compactMap { $0["href"] }
    #expect(links.count > 40)
    for link in links { #expect(ids.contains(String(link.dropFirst())), "\(link)") }
    for tag in scanner.tags {
      guard let labels = tag["aria-labelledby"] else { continue }
      #expect(ids.contains(labels), "\(labels)")
    }
  }

  @Test("loads nothing: no source, no foreign address, a policy that allows its own parts only")
  func selfContained() throws {
    let scanner = MarkupScanner(page, isHTML: true)
    for tag in scanner.tags {
      #expect(!["link", "img", "iframe", "object", "embed", "base", "form"].contains(tag.name))
      for (name, value) in tag.attributes {
        #expect(!["src", "srcset", "style", "action", "data"].contains(name))
        #expect(!name.hasPrefix("on"))
        if name == "href" { #expect(value.hasPrefix("#")) }
      }
    }
    #expect(!text.contains("url(") && !text.contains("@import"))
    let policy = try #require(
      scanner.tags.first { $0["http-equiv"] == "Content-Security-Policy" }?["content"]
    )
    #expect(policy.hasPrefix("default-src &#39;none&#39;;"))
    for (element, hash) in [
      ("style", HTMLReport.styleHash), ("script", HTMLReport.scriptHash),
    ] {
      let begin = try #require(text.range(of: "<\(element)>"))
      let end = try #require(text.range(of: "</\(element)>"))
      let inside = Array(text[begin.upperBound..<end.lowerBound].utf8)
      #expect("sha256-" + Base64.encode(SHA256.hash(inside)) == hash)
      #expect(policy.contains(hash))
    }
  }

  @Test("holds every value as text, whatever a payload tries")
  func hostile() {
    let scanner = MarkupScanner(page, isHTML: true)
    #expect(scanner.tags.count { $0.name == "script" } == 1)
    #expect(!scanner.tags.contains { $0.name == "b" && !$0.attributes.isEmpty })
    #expect(scanner.text.contains("&lt;/script&gt;&lt;script&gt;alert(&#39;1&#39;)"))
    #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
    #expect(!text.unicodeScalars.contains("\u{202E}"))
    #expect(text.contains("⟨U+202E⟩gnp.exe"))
    #expect(text.contains("😀") && text.contains("مرحبا"))
  }

  @Test("survives hostile words in every place that a user or partner names")
  func hostileNames() {
    let hostile = "\"><script>alert(1)</script><!--' & \u{0}\u{7F}\u{202E}"
    var builder = TraceBuilder(partners: [
      PartnerDescription(id: PartnerID(hostile), kind: .erp, dialect: hostile, host: hostile)
    ])
    let call = builder.call(
      hostile,
      hostile,
      hostile,
      hostile,
      entity: hostile,
      headers: HeaderFields([HeaderField(hostile, hostile)]),
      body: hostile
    )
    builder.fault(hostile, hostile, on: call, hostile)
    builder.note(.exceptionQueued, hostile, owner: hostile)
    builder.finish(
      call,
      200,
      body: "{\"\(hostile.filter { $0 != "\"" && $0.asciiValue ?? 32 >= 32 })\":1}"
    )
    var run = OrderFixture.failed()
    run.trace = builder.trace
    (run.file, run.title, run.reproduce, run.defects) = (hostile, hostile, hostile, [hostile])
    var finding = Finding(
      rule: hostile,
      at: builder.now,
      order: hostile,
      message: hostile,
      expected: hostile,
      found: hostile,
      exchanges: [call],
      place: Finding.Place(
        exchange: call,
        contract: hostile,
        pointer: hostile,
        line: 1,
        column: 1,
        schemaPointer: hostile
      )
    )
    finding.causes = [
      FaultEffect(
        fault: hostile,
        effect: hostile,
        exchange: nil,
        partner: PartnerID(hostile),
        fired: true
      )
    ]
    run.verdict.findings = [finding]
    run.verdict.orders = [Verdict.OrderResult(name: hostile, ending: hostile, findings: 1)]
    run.verdict.expectations = [Verdict.ExpectationResult(text: hostile, holds: false)]
    var story = OrderFixture.story(of: builder.trace)
    story.order = hostile
    run.verdict.stories = [story]
    let page = HTMLReport.bytes(of: [run])
    let scanner = MarkupScanner(page, isHTML: true)
    #expect(scanner.mistakes == [])
    #expect(scanner.tags.count { $0.name == "script" } == 1)
    #expect(!String(decoding: page, as: UTF8.self).contains("<!--"))
  }

  @Test("shows no secret that a message carried")
  func secrets() {
    #expect(!text.contains("planted-secret"))
    #expect(text.contains("&lt;redacted&gt;"))
  }

  @Test("gives the same bytes for the same runs")
  func deterministic() {
    #expect(HTMLReport.bytes(of: OrderFixture.campaign()) == page)
  }

  @Test("puts the verdict first and failing runs before the others")
  func verdictFirst() throws {
    #expect(text.contains("<h1>1 of 10 runs failed</h1>"))
    let failed = try #require(text.range(of: "href=\"#r10\""))
    let passed = try #require(text.range(of: "One order from placement to delivery"))
    #expect(failed.lowerBound < passed.lowerBound)
    #expect(text.contains("<td class=\"number\">1–5</td>"))
  }

  @Test(
    "words the verdict over all runs",
    arguments: [
      (0, 0, 0, "Nothing was judged"), (1, 0, 0, "The run passed"), (0, 1, 0, "The run failed"),
      (0, 0, 1, "The run was inconclusive"), (26, 0, 0, "All 26 runs passed"),
      (24, 2, 1, "2 of 27 runs failed"), (5, 0, 1, "1 of 6 runs was inconclusive"),
    ]
  )
  func headline(passed: Int, failed: Int, inconclusive: Int, expected: String) {
    var tally = HTMLPage.Tally([])
    (tally.passed, tally.failed, tally.inconclusive) = (passed, failed, inconclusive)
    #expect(tally.headline == expected)
  }

  @Test("is a page also where nothing was judged")
  func empty() {
    let scanner = MarkupScanner(HTMLReport.bytes(of: []), isHTML: true)
    #expect(scanner.mistakes == [])
    #expect(scanner.text.contains("Nothing was judged"))
  }

  @Test("has a run whose trace was let go, with its counts and without a picture")
  func emptiedTrace() {
    let runs = [OrderFixture.passed("Scenarios/orders/plain.json", "A plain order", seed: 1)]
    var emptied = runs
    emptied[0].trace = Trace()
    let words = "<p class=\"sub\">1 order, 2 exchanges, 0 injected fault effects</p>"
    for page in [HTMLReport.bytes(of: runs), HTMLReport.bytes(of: emptied)] {
      #expect(String(decoding: page, as: UTF8.self).contains(words))
      #expect(MarkupScanner(page, isHTML: true).mistakes == [])
    }
    #expect(
      MarkupScanner(HTMLReport.bytes(of: runs), isHTML: true).tags.contains {
        $0["class"] == "lane"
      }
    )
    #expect(
      !MarkupScanner(HTMLReport.bytes(of: emptied), isHTML: true).tags.contains {
        $0["class"] == "lane"
      }
    )
  }

  @Test("draws what a finding and its cause point at, also where nothing ties it to the order")
  func looseExchanges() {
    var run = OrderFixture.failed()
    run.verdict.stories[0].exchanges.removeAll { [2, 20].contains($0.number) }
    let page = String(decoding: HTMLReport.bytes(of: [run]), as: UTF8.self)
    #expect(page.contains("id=\"r1-x2\"") && page.contains("id=\"r1-x20\""))
    run.verdict.findings[0].order = nil
    run.verdict.stories = []
    let nameless = String(decoding: HTMLReport.bytes(of: [run]), as: UTF8.self)
    #expect(nameless.contains(">Findings about no single order</h3>"))
    #expect(nameless.contains("id=\"r1-x20\""))
  }

  @Test("folds many runs that passed below one that did not")
  func foldsPassed() throws {
    let passed = (0..<20).map {
      OrderFixture.passed("Scenarios/\($0).json", "Story \($0)", seed: 1)
    }
    let open = String(decoding: HTMLReport.bytes(of: passed), as: UTF8.self)
    #expect(!open.contains("rows of runs that passed"))
    let mixed = String(
      decoding: HTMLReport.bytes(of: passed + [OrderFixture.failed()]),
      as: UTF8.self
    )
    #expect(mixed.contains("<summary>20 rows of runs that passed</summary>"))
  }

  @Test("marks the broken place in the payload and says where it was sent")
  func violation() {
    #expect(
      text.contains(
        "<span class=\"key\">&quot;quantity&quot;</span>: <mark>0</mark> <span class=\"wrong\">"
      )
    )
    #expect(text.contains("(line 1, column 97 as sent)"))
  }

  @Test("stays within its bounds and counts what it leaves out")
  func bounded() {
    var failed = OrderFixture.failed()
    let stories = failed.verdict.stories
    failed.verdict.findings = (0..<50).map { number in
      var finding = failed.verdict.findings[0]
      finding.order = "order \(number)"
      return finding
    }
    failed.verdict.stories = (0..<50).map { number in
      var story = stories[0]
      story.order = "order \(number)"
      return story
    }
    var limits = HTMLReport.Limits()
    (limits.sections, limits.rows, limits.exchanges, limits.payloadBytes) = (3, 5, 6, 40)
    limits.payloadBytesOfPage = 600
    let runs = Array(repeating: failed, count: 30)
    let page = HTMLReport.bytes(of: runs, limits: limits)
    let text = String(decoding: page, as: UTF8.self)
    #expect(page.count < 1_000_000)
    #expect(MarkupScanner(page, isHTML: true).mistakes == [])
    #expect(text.contains("… 25 more rows are left out"))
    #expect(text.contains("… 27 more runs did not pass"))
    #expect(text.contains("… 30 further findings"))
    #expect(text.contains("… 47 more orders with findings have no picture here"))
    #expect(text.contains("… 18 more exchanges of this order are not drawn"))
    #expect(text.contains("left out: the page is full"))
  }

  @Test("writes a page for people to look at, when told where to")
  func writesPage() throws {
    guard let folder = ProcessInfo.processInfo.environment["DRYDOCK_HTML"] else { return }
    try Data(page).write(to: URL(fileURLWithPath: folder + "/index.html"))
  }
}
