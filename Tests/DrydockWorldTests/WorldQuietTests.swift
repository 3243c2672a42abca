import DrydockExchange
import DrydockFakes
import DrydockFaults
import DrydockKernel
import DrydockWorld
import Testing

@Suite("How a run goes on and ends", .timeLimit(.minutes(10)))
struct WorldQuietTests {
  private func ending(_ played: WorldBench.Played) -> String {
    switch played.trace.events.last?.content {
    case .quiet: "quiet"
    case .books: "books"
    default: "something else"
    }
  }

  @Test("it ends quiet with the books of every partner")
  func books() {
    var bench = WorldBench()
    bench.placeOrder()
    let events = bench.play().trace.events.suffix(3).map(\.content)
    guard case .books(let first) = events[0], case .books(let second) = events[1] else {
      Issue.record("the books are missing")
      return
    }
    #expect(first.partner == WorldBench.store)
    #expect(first.orders.count == 1)
    #expect(second.partner == WorldBench.carrier)
    #expect(events[2] == .quiet)
  }

  @Test("background timers ring for the settling time and do not keep it going")
  func background() {
    var bench = WorldBench()
    bench.placeOrder()
    bench.integration.poll = (.seconds(1_000), true)
    let played = bench.play()
    // The last thing happened in second 60; the plan settles for an hour.
    #expect(played.seconds(of: "timer poll") == [1_000, 2_000, 3_000])
    #expect(ending(played) == "quiet")
    #expect((3_000...3_660).contains(played.lasted))
  }

  @Test("a call that a background timer makes is waited for, and does not extend the settling")
  func backgroundCalls() {
    var bench = WorldBench()
    // The first one makes the carrier send a webhook; the others find the tracker there.
    bench.track(after: .seconds(1))
    bench.track(after: .seconds(3_590), background: true)
    bench.track(after: .seconds(7_100), background: true)
    bench.add(
      .latency(LatencyFault(distribution: .fixed(.seconds(20)))),
      on: "carrier.http"
    )
    bench.plan.faults[0].gates.skip = 1
    let played = bench.play()
    #expect(played.log.contains("call 2: 200"))
    #expect(!played.log.contains("timer call/2"))
    #expect(played.lasted < 3_630)
  }

  @Test("a timer in the foreground keeps it going, and the settling begins after it")
  func foreground() {
    var bench = WorldBench()
    bench.integration.timers = [("ring", .seconds(50_000), false)]
    bench.integration.poll = (.seconds(1_000), true)
    let played = bench.play()
    #expect(played.seconds(of: "timer ring") == [50_000])
    #expect((52_600...53_600).contains(played.lasted))
  }

  @Test("faults end when only background work is left")
  func heals() {
    var bench = WorldBench()
    bench.track(after: .seconds(1))
    bench.track("9401", after: .seconds(2_000), background: true)
    bench.add(.outage(OutageFault(reply: .connectionRefused)), on: "carrier.http")
    let played = bench.play()
    #expect(played.log.contains("call 1: refused"))
    #expect(played.log.contains("call 2: 201"))
  }

  @Test("moving a timer rings it once, at its last time")
  func movedTimer() {
    var bench = WorldBench()
    bench.integration.timers = [("ring", .seconds(100), false), ("ring", .seconds(40), false)]
    #expect(bench.play().seconds(of: "timer ring") == [40])
  }

  @Test("a run that never becomes quiet is stopped by its longest time, and says so")
  func longestTime() {
    var bench = WorldBench()
    bench.integration.poll = (.seconds(3_600), false)
    bench.plan.limits.lasts = .seconds(86_400)
    let played = bench.play()
    #expect(played.stopReason == "the run lasted longer than 1 day")
    #expect(ending(played) == "books")
  }

  @Test("a run that takes too many events is stopped, and says so")
  func eventLimit() {
    var bench = WorldBench()
    bench.integration.poll = (.milliseconds(1), false)
    bench.plan.limits.eventsMax = 500
    #expect(
      bench.play().stopReason == "the run took 500 events without becoming quiet"
    )
  }

  @Test("the story is played in order, steps of one instant in the order of the plan")
  func storyOrder() {
    var bench = WorldBench()
    bench.placeOrder(1_001, after: .seconds(60))
    bench.placeOrder(1_002, after: .seconds(60))
    bench.placeOrder(1_003, after: .seconds(-3_600))
    let played = bench.play()
    let steps = played.trace.events.compactMap { event -> String? in
      if case .step(let text) = event.content {
        "\(WorldBench.Played.second(of: event)) \(text)"
      } else {
        nil
      }
    }
    // What lies before the beginning is played at the beginning.
    #expect(steps == ["0 order 1003", "60 order 1001", "60 order 1002"])
    #expect(played.facts(.orderPlaced).count == 3)
  }

  @Test("the setup names every partner with its credential and secret")
  func setup() throws {
    let setup = try #require(WorldBench().play().integration.setup)
    #expect(setup.partners.map(\.description.id) == [WorldBench.store, WorldBench.carrier])
    #expect(setup.partners.allSatisfy { !$0.credential.isEmpty && !$0.webhookSecret.isEmpty })
    #expect(setup.masterData.products.map(\.sku) == ["SKU-1"])
  }

  @Test("equal plans and seeds give equal traces, another seed another one")
  func determinism() {
    var bench = WorldBench()
    bench.placeOrder()
    bench.track()
    let digest = bench.play(seed: 4).trace.digest.hex
    #expect(bench.play(seed: 4).trace.digest.hex == digest)
    #expect(bench.play(seed: 5).trace.digest.hex != digest)
  }

  @Test("advancing to an instant stops where something must be delivered")
  func advance() {
    var bench = WorldBench()
    bench.placeOrder()
    bench.placeOrder(1_002, after: .seconds(120))
    var integration = bench.integration
    var world = World(plan: bench.plan, seed: Seed(1))
    WorldBench.handOver(&world, &integration)
    let end = WorldBench.start + .seconds(600)
    var halts: [Int64] = []
    while let next = world.nextInstant, next <= end, halts.count < 10 {
      world.advance(to: end)
      let second = (world.now - WorldBench.start).wholeNanoseconds / 1_000_000_000
      let before = integration.log.count
      WorldBench.handOver(&world, &integration)
      if integration.log.count > before { halts.append(second) }
    }
    #expect(halts == [60, 120])
  }
}
