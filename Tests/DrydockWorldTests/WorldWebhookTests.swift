import DrydockExchange
import DrydockFakes
import DrydockFaults
import DrydockKernel
import DrydockWorld
import Testing

@Suite("Webhooks through the world", .timeLimit(.minutes(10)))
struct WorldWebhookTests {
  static let created = "orders-create"
  static let deliveryHeader = "X-Shopify-Webhook-Id"

  @Test("a webhook that is acknowledged is delivered once")
  func plain() throws {
    var bench = WorldBench()
    bench.placeOrder()
    let played = bench.play()
    let sent = played.sent(Self.created)
    #expect(sent.count == 1)
    #expect(
      played.story(of: sent[0].attempt.exchange)
        == ["sent", "arrived", "answered 200", "concluded 200"]
    )
    #expect(sent[0].attempt.from == WorldBench.store)
    #expect(sent[0].attempt.to == .integration)
  }

  @Test("a refused webhook comes again as the platform's schedule says, with the same delivery id")
  func schedule() throws {
    var bench = WorldBench()
    bench.placeOrder()
    bench.integration.answers = [503, 500, 404, 200]
    let played = bench.play()
    let sent = played.sent(Self.created)
    // 60, 120 and 240 seconds after the attempt before, which itself takes less than a second.
    #expect(isClose(sent.map(\.second)))
    #expect(sent.map(\.attempt.number) == [1, 2, 3, 4])
    #expect(Set(played.integration.webhooks.map { $0.headers[Self.deliveryHeader] }).count == 1)
  }

  private func isClose(_ seconds: [Int64]) -> Bool {
    zip(seconds, [60, 120, 240, 480]).allSatisfy { (0...4).contains($0 - $1) }
  }

  @Test("no answer within the platform's deadline is a failure")
  func deadline() throws {
    var bench = WorldBench()
    bench.placeOrder()
    bench.integration.answers = [0, 200]
    let played = bench.play()
    let sent = played.sent(Self.created)
    #expect(sent.count == 2)
    #expect(
      played.story(of: sent[0].attempt.exchange) == ["sent", "arrived", "concluded timed out"]
    )
    // A deadline of five seconds, then a wait of sixty.
    #expect((65...66).contains(sent[1].second - sent[0].second))
  }

  @Test("after eight failures in a row the store removes the subscription")
  func disable() throws {
    var bench = WorldBench()
    bench.placeOrder()
    bench.placeOrder(1_002, after: .seconds(7_200))
    bench.integration.answers = [503]
    // A timer that keeps the world from being calm, so that nothing heals in between.
    bench.integration.timers = [("busy", .seconds(86_400), false)]
    let played = bench.play()
    #expect(played.sent(Self.created).count == 8)
    #expect(
      played.effects == [
        "webhook-policy: the platform removed the subscription after 8 failures in a row"
      ]
    )
  }

  @Test("one acknowledged webhook begins the count of failures anew")
  func countsInARow() throws {
    var bench = WorldBench()
    bench.placeOrder()
    bench.placeOrder(1_002, after: .seconds(20_000))
    bench.integration.answers =
      Array(repeating: 503, count: 7) + [200] + Array(repeating: 503, count: 7) + [200]
    let played = bench.play()
    #expect(played.sent(Self.created).count == 16)
    #expect(played.effects.isEmpty)
  }

  @Test("a platform without that rule gives a delivery up after its last wait")
  func givesUp() throws {
    var bench = WorldBench()
    bench.track()
    bench.integration.answers = [503]
    let played = bench.play()
    // The first attempt and one for each of the nine waits.
    #expect(played.sent("tracker-created").map(\.attempt.number) == Array(1...10))
    #expect(played.stopReason == nil)
  }

  @Test("an injected copy has the same delivery id, or a new one when it is a new delivery")
  func copies() throws {
    for asNew in [false, true] {
      var bench = WorldBench()
      bench.placeOrder()
      let after = Duration.seconds(30) ... .seconds(30)
      bench.add(
        .duplicate(DuplicateFault(after: after, asNewDelivery: asNew)),
        on: "store.webhook"
      )
      let played = bench.play()
      let sent = played.sent(Self.created)
      #expect(sent.map(\.second) == [60, 90])
      let bodies = Set(played.integration.webhooks.map(\.body))
      let deliveries = Set(played.integration.webhooks.map { $0.headers[Self.deliveryHeader] })
      #expect(bodies.count == 1)
      #expect(deliveries.count == (asNew ? 2 : 1))
      #expect(played.effects.last == "duplicate: injected copy of the webhook")
    }
  }

  @Test("an injected copy that is refused is not tried again")
  func copiesAreNotRetried() throws {
    var bench = WorldBench()
    bench.placeOrder()
    let after = Duration.seconds(30) ... .seconds(30)
    bench.add(.duplicate(DuplicateFault(after: after)), on: "store.webhook")
    bench.integration.answers = [200, 503, 200]
    #expect(bench.play().sent(Self.created).count == 2)
  }

  @Test("an answer that is lost on its way back makes the platform deliver again")
  func lostAnswer() throws {
    var bench = WorldBench()
    bench.placeOrder()
    bench.add(.lost(LostFault(part: .response)), on: "store.webhook", atMost: 1)
    let played = bench.play()
    let sent = played.sent(Self.created)
    #expect(sent.count == 2)
    #expect(
      played.story(of: sent[0].attempt.exchange)
        == ["sent", "arrived", "answered 200", "concluded timed out"]
    )
    #expect(played.integration.webhooks.count == 2)
  }

  @Test("a late webhook keeps its platform's deadline")
  func late() throws {
    var bench = WorldBench()
    bench.placeOrder()
    let by = Duration.seconds(7_200) ... .seconds(7_200)
    bench.add(.late(LateFault(delay: .between(by))), on: "store.webhook")
    let played = bench.play()
    #expect(played.sent(Self.created).count == 1)
    #expect(played.seconds(of: "webhook of store") == [7_260])
  }
}
