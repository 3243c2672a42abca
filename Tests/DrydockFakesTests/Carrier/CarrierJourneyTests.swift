import DrydockExchange
import DrydockFakes
import DrydockJSON
import DrydockKernel
import Testing

@Suite("Carrier journeys")
struct CarrierJourneyTests {
  private static let tracking = "9400100000000000000001"

  @Test("scans a parcel from the dock to the door, telling the whole history each time")
  func plain() throws {
    var bench = EasyPostSamples.bench()
    bench.call("POST", "/v2/trackers", EasyPostSamples.wish())
    bench.give(.world(.parcelTendered(EasyPostSamples.parcel())))
    bench.run(for: .seconds(5 * 86_400))
    #expect(
      bench.toldStatuses == [
        "unknown", "pre_transit", "in_transit", "in_transit", "in_transit", "in_transit",
        "out_for_delivery", "delivered",
      ]
    )
    let last = try #require(bench.webhooks.last).json
    #expect(last["description"]?.string == "tracker.updated")
    #expect(last["previous_attributes"]?["status"]?.string == "out_for_delivery")
    let details = try #require(last["result"]?["tracking_details"])
    #expect(details.count == 7)
    let instants = details.elements.compactMap { $0["datetime"]?.string }
    #expect(instants == instants.sorted())
    #expect(bench.endings == [.delivered])
    #expect(bench.facts(.shipmentTracked).count == 1)
    // The label is no scan of a parcel.
    #expect(bench.facts(.shipmentScanned).count == 6)
    let delivered = try #require(bench.facts(.shipmentDelivered).first)
    #expect(delivered.subject == .tracking(Self.tracking))
    #expect(delivered.at.description(.seconds) == instants.last)
    #expect(bench.fake.books(at: bench.now).parcels.map(\.status) == ["delivered"])
  }

  @Test("tells nobody about parcels that nobody tracks")
  func untracked() {
    var bench = EasyPostSamples.bench()
    bench.give(.world(.parcelTendered(EasyPostSamples.parcel())))
    bench.run(for: .seconds(5 * 86_400))
    #expect(bench.webhooks.isEmpty)
    #expect(bench.facts(.shipmentDelivered).count == 1)
    let late = bench.call("POST", "/v2/trackers", EasyPostSamples.wish())
    #expect(late.json["status"]?.string == "delivered")
    #expect(late.json["finalized"]?.bool == true)
    #expect(late.json["tracking_details"]?.count == 7)
  }

  @Test(
    "ends journeys as told",
    arguments: [
      (CarrierSettings.Journey.delivered, WorldEvent.ParcelEnding.delivered, nil as String?, 3),
      (.lost, .lost, "lost", 10),
      (.returnedToSender, .returnedToSender, "returned-to-sender", 6),
      (.exceptionThenDelivered, .delivered, "exception", 5),
    ]
  )
  func endings(
    journey: CarrierSettings.Journey,
    ending: WorldEvent.ParcelEnding,
    failure: String?,
    days: Int
  ) {
    var bench = EasyPostSamples.bench { $0.endings = [.init(order: 1_001, journey)] }
    bench.give(.world(.parcelTendered(EasyPostSamples.parcel())))
    bench.give(.world(.parcelTendered(EasyPostSamples.parcel("other", order: 1_002))))
    bench.run(for: .seconds(days * 86_400))
    #expect(Set(bench.endings) == Set([ending, .delivered]))
    #expect(bench.endings.count == 2)
    #expect(bench.facts(.shipmentFailed).map(\.detail) == (failure.map { [$0] } ?? []))
    let isDelivered = bench.facts(.shipmentDelivered).contains {
      $0.subject == .tracking(Self.tracking)
    }
    #expect(isDelivered == (ending == .delivered))
  }

  @Test("brings a parcel that nobody takes back to the dock")
  func backAtDock() {
    var bench = EasyPostSamples.bench { $0.endings = [.init(order: 1_001, .returnedToSender)] }
    bench.give(.world(.parcelTendered(EasyPostSamples.parcel())))
    bench.run(for: .seconds(10 * 86_400))
    #expect(bench.events.first == .parcelAtDock(EasyPostSamples.parcel()))
  }

  @Test("never moves a parcel whose label is all there is")
  func neverScanned() {
    var bench = EasyPostSamples.bench { $0.endings = [.init(order: 1_001, .neverScanned)] }
    bench.call("POST", "/v2/trackers", EasyPostSamples.wish())
    bench.give(.world(.parcelTendered(EasyPostSamples.parcel())))
    bench.run(for: .seconds(60 * 86_400))
    #expect(bench.toldStatuses == ["unknown", "pre_transit"])
    #expect(bench.endings.isEmpty)
  }

  @Test("carries a return from its first scan to the dock")
  func returned() {
    var bench = EasyPostSamples.bench()
    let parcel = EasyPostSamples.parcel("9400R", isReturn: true)
    bench.give(.world(.returnLabelIssued(parcel)))
    bench.run(for: .seconds(86_400))
    #expect(bench.events.isEmpty)
    bench.give(.world(.returnTendered(tracking: "9400R")))
    bench.give(.world(.returnTendered(tracking: "9400R")))
    bench.run(for: .seconds(5 * 86_400))
    #expect(
      bench.events == [
        .returnScanned(tracking: "9400R"), .parcelAtDock(parcel),
        .parcelEnded(tracking: "9400R", ending: .delivered),
      ]
    )
  }

  @Test("uploads a scan late, with the instant at which it was made")
  func backdated() throws {
    var bench = EasyPostSamples.bench {
      $0.scanQuirks = [.init(order: 1_001, .backdated(by: .seconds(12 * 3_600)))]
    }
    bench.call("POST", "/v2/trackers", EasyPostSamples.wish())
    bench.give(.world(.parcelTendered(EasyPostSamples.parcel())))
    bench.run(for: .seconds(5 * 86_400))
    let counts = bench.webhooks.map { $0.json["result"]?["tracking_details"]?.count ?? 0 }
    #expect(counts == [0, 1, 2, 3, 4, 5, 6, 7])
    let scanned = bench.facts(.shipmentScanned).map(\.at)
    #expect(scanned != scanned.sorted())
    let details = try #require(bench.webhooks.last?.json["result"]?["tracking_details"])
    let instants = details.elements.compactMap { $0["datetime"]?.string }
    #expect(instants == instants.sorted())
  }

  @Test("tells a scan twice, once with the place spelled differently")
  func repeated() {
    for quirk in [CarrierSettings.Quirk.repeated, .respelled] {
      var bench = EasyPostSamples.bench { $0.scanQuirks = [.init(order: 1_001, quirk)] }
      bench.call("POST", "/v2/trackers", EasyPostSamples.wish())
      bench.give(.world(.parcelTendered(EasyPostSamples.parcel())))
      bench.run(for: .seconds(5 * 86_400))
      let details = bench.webhooks.last?.json["result"]?["tracking_details"]
      let twice = details?.elements.filter { $0["status"]?.string == "out_for_delivery" } ?? []
      #expect(twice.count == 2)
      let cities = Set(twice.compactMap { $0["tracking_location"]?["city"]?.string })
      #expect(cities.count == (quirk == .repeated ? 1 : 2))
      // One scan, however often it is told.
      #expect(bench.facts(.shipmentScanned).count == 6)
    }
  }

  @Test("lets one push overtake another")
  func permuted() {
    var bench = EasyPostSamples.bench { $0.scanQuirks = [.init(order: 1_001, .permuted)] }
    bench.call("POST", "/v2/trackers", EasyPostSamples.wish())
    bench.give(.world(.parcelTendered(EasyPostSamples.parcel())))
    bench.run(for: .seconds(5 * 86_400))
    let counts = bench.webhooks.map { $0.json["result"]?["tracking_details"]?.count ?? 0 }
    #expect(counts == [0, 1, 2, 4, 3, 5, 6, 7])
  }

  @Test("scans a parcel once more after its delivery")
  func scanAfterDelivery() {
    var bench = EasyPostSamples.bench { $0.scanQuirks = [.init(order: 1_001, .scanAfterDelivery)] }
    bench.call("POST", "/v2/trackers", EasyPostSamples.wish())
    bench.give(.world(.parcelTendered(EasyPostSamples.parcel())))
    bench.run(for: .seconds(5 * 86_400))
    #expect(bench.toldStatuses.suffix(2) == ["delivered", "in_transit"])
    #expect(bench.endings == [.delivered])
    #expect(bench.fake.books(at: bench.now).parcels.map(\.status) == ["delivered"])
  }

  @Test("draws the transit time of each parcel by its number")
  func draws() {
    func arrival(_ numbers: [String]) -> [EntityKey: VirtualInstant] {
      var bench = EasyPostSamples.bench { $0.transit = .seconds(90_000)...(.seconds(250_000)) }
      for number in numbers { bench.give(.world(.parcelTendered(EasyPostSamples.parcel(number)))) }
      bench.run(for: .seconds(5 * 86_400))
      var found: [EntityKey: VirtualInstant] = [:]
      for fact in bench.facts(.shipmentDelivered) { found[fact.subject] = fact.at }
      return found
    }
    let both = arrival(["A", "B"])
    #expect(both[.tracking("A")] != both[.tracking("B")])
    #expect(arrival(["B"])[.tracking("B")] == both[.tracking("B")])
  }
}
