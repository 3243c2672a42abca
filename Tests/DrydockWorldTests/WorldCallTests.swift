import DrydockExchange
import DrydockFakes
import DrydockFaults
import DrydockKernel
import DrydockWorld
import Testing

@Suite("Calls through the world", .timeLimit(.minutes(10)))
struct WorldCallTests {
  @Test("a call arrives, is answered and ends, each event caused by the one before")
  func plain() throws {
    var bench = WorldBench()
    bench.track()
    let played = bench.play()
    #expect(played.log == ["started", "timer call/0", "call 1: 201", "webhook of carrier"])
    let exchange = try #require(played.sent("tracker-create").first).attempt.exchange
    #expect(
      played.story(of: exchange) == ["sent", "arrived", "answered 201", "concluded 201"]
    )
    #expect(played.facts(.shipmentTracked).count == 1)
    for event in played.trace.events {
      if let cause = event.cause { #expect(played.trace.events[cause].at <= event.at) }
    }
  }

  @Test("an injected copy of a call reaches the books, and nobody waits for its answer")
  func duplicate() throws {
    var bench = WorldBench()
    bench.track()
    bench.add(
      .duplicate(DuplicateFault(copies: 2, after: .seconds(10) ... .seconds(10))),
      on: "carrier.http.tracker-create"
    )
    let played = bench.play()
    let sent = played.sent("tracker-create")
    #expect(sent.map(\.second) == [1, 11, 21])
    #expect(Set(sent.map(\.attempt.exchange)).count == 3)
    #expect(sent.map(\.attempt.number) == [1, 1, 1])
    #expect(played.story(of: sent[1].attempt.exchange) == ["sent", "arrived", "answered 200"])
    #expect(played.log.filter { $0.hasPrefix("call 1") } == ["call 1: 201"])
    #expect(played.facts(.shipmentTracked).count == 1)
    #expect(
      played.effects == [
        "faults/0: delivered 2 times more with the same id",
        "duplicate: injected copy of the request", "duplicate: injected copy of the request",
      ]
    )
  }

  @Test("a lost answer leaves the effect, and the caller times out when it said it would")
  func lostAnswer() throws {
    var bench = WorldBench()
    bench.track(timeout: .seconds(12))
    bench.add(.lost(LostFault(part: .response)), on: "carrier.http")
    let played = bench.play()
    let exchange = try #require(played.sent("tracker-create").first).attempt.exchange
    #expect(
      played.story(of: exchange) == ["sent", "arrived", "answered 201", "concluded timed out"]
    )
    #expect(played.seconds(of: "call 1: timed out") == [13])
    #expect(played.facts(.shipmentTracked).count == 1)
  }

  @Test("a connection that breaks instead of an answer ends the call when the answer was due")
  func reset() throws {
    var bench = WorldBench()
    bench.track()
    bench.add(.lost(LostFault(part: .response, sign: .reset)), on: "carrier.http")
    let played = bench.play()
    #expect(played.seconds(of: "call 1: reset") == [1])
    #expect(played.facts(.shipmentTracked).count == 1)
  }

  @Test("a lost request changes nothing, and looks the same to the caller")
  func lostRequest() throws {
    var bench = WorldBench()
    bench.track(timeout: .seconds(12))
    bench.add(.lost(LostFault(part: .request)), on: "carrier.http")
    let played = bench.play()
    let exchange = try #require(played.sent("tracker-create").first).attempt.exchange
    #expect(played.story(of: exchange) == ["sent", "concluded timed out"])
    #expect(played.seconds(of: "call 1: timed out") == [13])
    #expect(played.facts(.shipmentTracked).isEmpty)
  }

  @Test("a request whose caller gave up on the way is applied when it arrives")
  func orphan() throws {
    var bench = WorldBench()
    bench.track(timeout: .seconds(10))
    bench.add(
      .latency(LatencyFault(distribution: .fixed(.seconds(60)), leg: .request)),
      on: "carrier.http"
    )
    let played = bench.play()
    let exchange = try #require(played.sent("tracker-create").first).attempt.exchange
    #expect(
      played.story(of: exchange) == ["sent", "concluded timed out", "arrived", "answered 201"]
    )
    let fact = try #require(played.facts(.shipmentTracked).first)
    #expect((fact.at - WorldBench.start) >= .seconds(61))
    #expect(played.log.filter { $0.hasPrefix("call 1") } == ["call 1: timed out"])
  }

  @Test("what the platform's edge refuses never arrives")
  func outage() throws {
    var bench = WorldBench()
    bench.track()
    bench.track("9401", after: .seconds(60))
    bench.add(
      .outage(OutageFault(reply: .status(503, retryAfter: .unsaid))),
      on: "carrier.http",
      atMost: 1
    )
    let played = bench.play()
    let sent = played.sent("tracker-create")
    #expect(
      played.story(of: sent[0].attempt.exchange) == ["sent", "answered 503", "concluded 503"]
    )
    #expect(played.log.contains("call 2: 201"))
    #expect(played.facts(.shipmentTracked).count == 1)
  }

  @Test("a refused connection ends at once, and a hanging one at the time-out")
  func noAnswer() {
    var bench = WorldBench()
    bench.track()
    bench.track("9401", after: .seconds(100), timeout: .seconds(20))
    bench.add(.outage(OutageFault(reply: .connectionRefused)), on: "carrier.http", atMost: 1)
    bench.add(.outage(OutageFault(reply: .hang)), on: "carrier.http")
    bench.plan.faults[1].gates.skip = 1
    let played = bench.play()
    #expect(played.seconds(of: "call 1: refused") == [1])
    #expect(played.seconds(of: "call 2: timed out") == [120])
    #expect(played.facts(.shipmentTracked).isEmpty)
  }

  @Test("a platform's own limit refuses calls before they reach the books")
  func limit() {
    var bench = WorldBench()
    for number in 0..<8 { bench.track("940\(number)") }
    let played = bench.play()
    let statuses = played.log.filter { $0.hasPrefix("call ") }.map { $0.suffix(3) }
    #expect(statuses.filter { $0 == "201" }.count == 5)
    #expect(statuses.filter { $0 == "429" }.count == 3)
    #expect(played.facts(.shipmentTracked).count == 5)
  }

  @Test("attempts are counted by partner, operation and entity")
  func attempts() {
    var bench = WorldBench()
    bench.track("9400")
    bench.track("9400", after: .seconds(10))
    bench.track("9401", after: .seconds(20))
    let sent = bench.play().sent("tracker-create")
    #expect(sent.map(\.attempt.number) == [1, 2, 1])
    #expect(sent.map(\.attempt.entity) == ["9400", "9400", "9401"])
  }

  @Test("a call to a partner that the plan does not have is refused")
  func stranger() {
    var bench = WorldBench()
    bench.track()
    bench.integration.calls[0].partner = PartnerID("nobody")
    #expect(bench.play().log == ["started", "timer call/0", "call 1: refused"])
  }
}
