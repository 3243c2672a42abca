import DrydockExchange
import DrydockFakes
import DrydockFaults
import DrydockKernel
import DrydockWorld
import Testing

@Suite("Versions through the world", .timeLimit(.minutes(10)))
struct WorldVersionTests {
  static let created = "orders-create"
  static let updated = "orders-updated"

  /// A version that puts a word in front of a payload, which is enough to tell it.
  private func change(
    _ start: VersionSwitch.Start,
    to version: String = "2.0",
    of operation: String = created,
    partner: PartnerID = WorldBench.store,
    channel: Channel = .webhook,
    id: String = "versions/0",
    overlap: Duration = .zero,
    share: Ratio = Ratio(1, 2)
  ) -> VersionSwitch {
    VersionSwitch(
      id,
      partner: partner,
      channel: channel,
      operation: operation,
      version: version,
      start: start,
      overlap: overlap,
      share: share,
      headers: [HeaderField("X-Shopify-API-Version", version)]
    ) { payload in
      .success(Array("\(version) ".utf8) + payload)
    }
  }

  /// The versions of the webhooks that arrived, in order; `1.0` is the fake's own.
  private func versions(_ played: WorldBench.Played) -> [String] {
    played.integration.webhooks.map { request in
      request.body.first == UInt8(ascii: "{")
        ? "1.0" : String(decoding: request.body.prefix { $0 != 0x20 }, as: UTF8.self)
    }
  }

  private func bench(_ switches: [VersionSwitch], orders: Int = 4) -> WorldBench {
    var bench = WorldBench()
    for number in 0..<orders {
      bench.placeOrder(1_001 + number, after: .seconds(600) * (number + 1))
    }
    bench.plan.versions = switches
    return bench
  }

  private func at(_ seconds: Int) -> VersionSwitch.Start {
    .at(WorldBench.start + .seconds(seconds))
  }

  @Test("what is written from an instant on is new, and signed as it is sent")
  func atInstant() throws {
    let played = bench([change(at(1_200))]).play()
    #expect(versions(played) == ["1.0", "2.0", "2.0", "2.0"])
    let secret = StoreSettings().webhookSecret
    for request in played.integration.webhooks {
      let signature = Base64.encode(HMAC.sha256(request.body, key: Array(secret.utf8)))
      #expect(request.headers["X-Shopify-Hmac-Sha256"] == signature)
    }
    let headers = played.integration.webhooks.map { $0.headers["X-Shopify-API-Version"] }
    #expect(headers == [StoreSettings().apiVersion, "2.0", "2.0", "2.0"])
    #expect(played.effects == Array(repeating: "versions/0: in version 2.0", count: 3))
  }

  @Test("or behind a number of messages of its kind")
  func behindMessages() {
    #expect(versions(bench([change(.after(messages: 3))]).play()) == ["1.0", "1.0", "1.0", "2.0"])
    #expect(versions(bench([change(.after(messages: 0))]).play()).allSatisfy { $0 == "2.0" })
  }

  @Test("of several versions that have begun the last one is written")
  func severalVersions() {
    let switches = [change(at(1_200)), change(at(2_400), to: "3.0", id: "versions/1")]
    #expect(versions(bench(switches).play()) == ["1.0", "2.0", "2.0", "3.0"])
  }

  @Test("what was written before and comes again keeps its bytes: two versions are in flight")
  func retriesKeepTheirVersion() {
    var bench = bench([change(at(700))], orders: 2)
    // The first order is refused until the second one has come.
    bench.integration.answers = [503, 503, 503, 200]
    let played = bench.play()
    #expect(versions(played) == ["1.0", "1.0", "1.0", "1.0", "2.0"])
    let first = played.integration.webhooks.prefix(4)
    #expect(Set(first.map(\.body)).count == 1)
    #expect(first.allSatisfy { $0.headers["X-Shopify-API-Version"] != "2.0" })
  }

  @Test("injected copies are of the version of what they copy, with a new identifier as well")
  func copies() {
    var bench = bench([change(at(1_200))], orders: 2)
    let copies = DuplicateFault(
      copies: 1,
      after: .seconds(900) ... .seconds(900),
      asNewDelivery: true
    )
    bench.add(.duplicate(copies), on: "store.webhook.\(Self.created)")
    let played = bench.play()
    #expect(versions(played) == ["1.0", "2.0", "1.0", "2.0"])
    #expect(Set(played.integration.webhooks.map { $0.headers["X-Shopify-Webhook-Id"] }).count == 4)
  }

  @Test("in an overlap a share is new, by draws that another switch does not move")
  func overlap() {
    let overlap = change(at(0), overlap: .seconds(600 * 150), share: Ratio(1, 4))
    let alone = versions(bench([overlap], orders: 100).play())
    let new = alone.count { $0 == "2.0" }
    #expect(alone.count == 100)
    // Within 99.9 % of the binomial distribution of 100 draws at one in four.
    #expect((11...39).contains(new))
    let other = change(at(0), to: "9.0", of: "orders-cancelled", id: "versions/1")
    #expect(versions(bench([overlap, other], orders: 100).play()) == alone)
    #expect(versions(bench([overlap], orders: 100).play(seed: 2)) != alone)
    var after = overlap
    after.start = .after(messages: 90)
    after.overlap = .seconds(600 * 3)
    let late = versions(bench([after], orders: 100).play())
    #expect(late.prefix(90).allSatisfy { $0 == "1.0" })
    #expect(late.suffix(7).allSatisfy { $0 == "2.0" })
  }

  @Test("answers to calls are written in the new version, refusals are not")
  func answers() {
    var bench = WorldBench()
    bench.track("9400", after: .seconds(1))
    bench.track("9401", after: .seconds(100))
    var refused = WorldBench.tracking("9402", after: .seconds(200))
    refused.request.headers["Authorization"] = "Basic wrong"
    bench.integration.calls.append(refused)
    bench.plan.versions = [
      change(at(50), of: "tracker-create", partner: WorldBench.carrier, channel: .http)
    ]
    let played = bench.play()
    let answers = played.trace.events.compactMap { event -> (Int, Bool)? in
      guard case .answered(_, let response) = event.content, !response.body.isEmpty else {
        return nil
      }
      return (response.status, response.body.starts(with: Array("2.0 ".utf8)))
    }
    #expect(answers.map(\.0) == [201, 201, 401])
    #expect(answers.map(\.1) == [false, true, false])
    #expect(played.effects == ["versions/0: in version 2.0"])
  }

  @Test("an upgrade that does not apply leaves the message as it is, and is told once")
  func failure() throws {
    var broken = change(at(1_200))
    broken.rewrite = { _ in .failure(VersionSwitch.Refusal(reason: "no place for it")) }
    let bench = bench([broken])
    #expect(versions(bench.play()) == ["1.0", "1.0", "1.0", "1.0"])
    var world = World(plan: bench.plan, seed: Seed(1))
    var integration = bench.integration
    while world.nextInstant != nil, !world.isQuiet {
      WorldBench.handOver(&world, &integration)
      world.step()
    }
    #expect(world.staleVersions.isEmpty)
    #expect(world.failedVersions.map(\.id) == ["versions/0"])
    let failure = try #require(world.failedVersions.first)
    #expect(failure.operation == Self.created && failure.version == "2.0")
    #expect(failure.reason == "no place for it")
    #expect(failure.at == WorldBench.start + .seconds(1_200))
  }

  @Test("a switch after which nothing was written is stale")
  func stale() {
    let bench = bench([
      change(at(1_000_000)), change(at(0), of: "orders-cancelled", id: "versions/1"),
    ])
    let played = bench.play()
    #expect(versions(played).allSatisfy { $0 == "1.0" })
    #expect(played.staleVersions == ["versions/0", "versions/1"])
  }
}
