import DrydockExchange
import DrydockFakes
import DrydockJSON
import DrydockKernel

/// Settings, parcels and payloads that the carrier's tests share.
enum EasyPostSamples {
  static let masterData = MasterData(products: [], nodes: [])

  static func bench(
    _ change: (inout CarrierSettings) -> Void = { _ in }
  ) -> WarehouseBench<CarrierFake> {
    var settings = CarrierSettings()
    settings.transit = .seconds(200_000)...(.seconds(200_000))
    change(&settings)
    return WarehouseBench(
      CarrierFake(id: PartnerID("carrier"), settings: settings, masterData: masterData)
    )
  }

  static func parcel(
    _ tracking: String = "9400100000000000000001",
    isReturn: Bool = false,
    order: Int = 1_001
  ) -> WorldEvent.Parcel {
    WorldEvent.Parcel(
      tracking: tracking,
      carrier: "USPS",
      reference: "SHOP-\(order)",
      isReturn: isReturn,
      lines: [StoryCommand.Line(sku: "SKU-1", quantity: 2)],
      to: .default
    )
  }

  static func wish(_ tracking: String = "9400100000000000000001") -> String {
    #"{"tracker":{"tracking_code":"\#(tracking)","carrier":"USPS"}}"#
  }
}

extension WarehouseBench where Fake == CarrierFake {
  /// The statuses that each push of a tracker told, in order.
  var toldStatuses: [String] {
    webhooks.compactMap { $0.json["result"]?["status"]?.string }
  }

  /// How parcels ended, in order.
  var endings: [WorldEvent.ParcelEnding] {
    events.compactMap { event in
      if case .parcelEnded(_, let ending) = event { ending } else { nil }
    }
  }
}
