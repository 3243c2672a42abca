import DrydockExchange
import DrydockFakes
import DrydockFaults
import DrydockKernel
import DrydockWorld
import Testing

@Suite("Crashes of the integration", .timeLimit(.minutes(10)))
struct WorldCrashTests {
  private func crash(
    after: Duration,
    away: Duration = .seconds(60)
  ) -> CrashPlan {
    CrashPlan(id: "crashes/0", trigger: .at(WorldBench.start + after), away: away)
  }

  private func crash(afterEffectOf match: String, nth: Int = 1) -> CrashPlan {
    CrashPlan(
      id: "crashes/0",
      trigger: .afterEffect(Match(parsing: match) ?? Match(), nth: nth)
    )
  }

  @Test("it loses its timers and comes up again after its time away")
  func timers() {
    var bench = WorldBench()
    bench.integration.timers = [("ring", .seconds(100), false)]
    bench.plan.crashes = [crash(after: .seconds(50), away: .seconds(20))]
    let played = bench.play()
    #expect(played.log == ["started", "crash", "restarted"])
    #expect(played.seconds(of: "restarted") == [70])
    #expect(played.notes == ["crashed: crashed", "restarted: restarted"])
  }

  @Test("a call that is under way is cut, and its request is applied all the same")
  func cutsCalls() throws {
    var bench = WorldBench()
    bench.track(after: .seconds(1))
    bench.add(
      .latency(LatencyFault(distribution: .fixed(.seconds(10)), leg: .request)),
      on: "carrier.http"
    )
    bench.plan.crashes = [crash(after: .seconds(5))]
    let played = bench.play()
    let exchange = try #require(played.sent("tracker-create").first).attempt.exchange
    #expect(
      played.story(of: exchange) == ["sent", "concluded reset", "arrived", "answered 201"]
    )
    #expect(!played.log.contains { $0.hasPrefix("call 1") })
    #expect(played.facts(.shipmentTracked).count == 1)
  }

  @Test("after the effect of a call: the partner has it, and the answer never comes")
  func afterEffectOfCall() throws {
    var bench = WorldBench()
    bench.track()
    bench.plan.crashes = [crash(afterEffectOf: "carrier.http.tracker-create")]
    let played = bench.play()
    let exchange = try #require(played.sent("tracker-create").first).attempt.exchange
    #expect(
      played.story(of: exchange) == ["sent", "arrived", "answered 201", "concluded reset"]
    )
    #expect(played.log.prefix(4) == ["started", "timer call/0", "crash", "restarted"])
    #expect(played.facts(.shipmentTracked).count == 1)
    #expect(
      played.notes.first
        == "crashed: crashed after 'tracker-create' took effect and before its answer came"
    )
  }

  @Test(
    "after the effect of a webhook: the step is taken, and everything it wanted to send is lost"
  )
  func afterEffectOfWebhook() throws {
    var bench = WorldBench()
    bench.placeOrder()
    bench.integration.onWebhook = { number in WorldBench.tracking("940\(number)") }
    bench.plan.crashes = [crash(afterEffectOf: "store.webhook.orders-create")]
    let played = bench.play()
    let sent = played.sent("orders-create")
    #expect(sent.count == 2)
    #expect(
      played.story(of: sent[0].attempt.exchange) == ["sent", "arrived", "concluded reset"]
    )
    // The first step took the webhook and its call was lost; the second one's call was made.
    #expect(played.integration.webhooks.count >= 2)
    #expect(played.sent("tracker-create").map(\.attempt.entity).first == "9402")
    #expect(played.notes.first == "crashed: lost the outputs of a step that had taken effect")
  }

  @Test("the nth match counts")
  func nth() {
    var bench = WorldBench()
    bench.track("9400")
    bench.track("9401", after: .seconds(10))
    bench.plan.crashes = [crash(afterEffectOf: "carrier.http.tracker-create", nth: 2)]
    let played = bench.play()
    #expect(played.log.contains("call 1: 201"))
    #expect(!played.log.contains { $0.hasPrefix("call 2") })
    #expect(played.staleCrashes.isEmpty)
  }

  @Test("while it is away webhooks are refused, and come again by their schedule")
  func away() throws {
    var bench = WorldBench()
    bench.placeOrder()
    bench.plan.crashes = [crash(after: .seconds(30), away: .seconds(100))]
    let played = bench.play()
    let sent = played.sent("orders-create")
    #expect(
      sent.map { played.story(of: $0.attempt.exchange) } == [
        ["sent", "concluded refused"], ["sent", "concluded refused"],
        ["sent", "arrived", "answered 200", "concluded 200"],
      ]
    )
    #expect(played.integration.webhooks.count == 1)
  }

  @Test("a crash that never comes is stale, and so is a fault that meets no message")
  func stale() {
    var bench = WorldBench()
    bench.track()
    bench.plan.crashes = [crash(afterEffectOf: "store.webhook")]
    bench.add(.lost(LostFault()), on: "store.http")
    let played = bench.play()
    #expect(played.staleCrashes == ["crashes/0"])
    #expect(played.staleFaults == ["faults/0"])
  }
}
