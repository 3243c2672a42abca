import DrydockExchange
import DrydockFakes
import DrydockKernel

/// Settings and payloads that the 3PL's tests share.
enum ShipBobSamples {
  static let partner = PartnerID("3pl")

  static let masterData = MasterData(
    products: [
      MasterData.Product(
        sku: "SKU-1",
        name: "Cast-iron skillet",
        price: Money(minorUnits: 3_900, currency: .usd)
      ),
      MasterData.Product(
        sku: "SKU-2",
        name: "Linen apron",
        price: Money(minorUnits: 2_450, currency: .usd)
      ),
    ],
    nodes: [
      MasterData.Node(name: "east", partner: partner),
      MasterData.Node(name: "west", partner: partner),
    ]
  )

  static var settings: ThreePLSettings {
    ThreePLSettings(
      nodes: ["east", "west"],
      stock: [
        .init(sku: "SKU-1", node: "east", onHand: 10),
        .init(sku: "SKU-1", node: "west", onHand: 4),
        .init(sku: "SKU-2", node: "east", onHand: 5, held: 1),
      ]
    )
  }

  static func fake(_ settings: ThreePLSettings = settings) -> ThreePLFake {
    ThreePLFake(id: partner, settings: settings, masterData: masterData)
  }

  static func bench(
    at start: String = "2026-03-02T14:00:00Z",
    _ change: (inout ThreePLSettings) -> Void = { _ in }
  ) -> WarehouseBench<ThreePLFake> {
    var settings = settings
    change(&settings)
    return WarehouseBench(fake(settings), at: start)
  }

  /// The payload of an order.
  static func order(
    _ reference: String,
    _ lines: [(sku: String, quantity: Int)] = [("SKU-1", 2)],
    location: Int? = nil
  ) -> String {
    let products = lines.map {
      #"{"reference_id":"\#($0.sku)","name":"\#($0.sku)","quantity":\#($0.quantity)}"#
    }
    let pinned = location.map { #","location_id":\#($0)"# } ?? ""
    return #"{"reference_id":"\#(reference)","shipping_method":"Standard","type":"DTC","#
      + #""recipient":{"name":"Alex Morgan","email":"alex.morgan@example.com","#
      + #""address":{"address1":"12 Harbor Road","city":"Portland","state":"ME","#
      + #""zip_code":"04101","country":"US"}},"#
      + #""products":[\#(products.joined(separator: ","))]\#(pinned)}"#
  }

  /// The payload of a return.
  static func returned(
    _ reference: String,
    _ lines: [(sku: String, quantity: Int)] = [("SKU-1", 1)],
    tracking: String? = nil,
    shipment: Int64? = nil,
    action: String = "Default"
  ) -> String {
    let items = lines.map { line in
      let id = masterData.product(sku: line.sku)?.shipbobInventory ?? 0
      return #"{"id":\#(id),"quantity":\#(line.quantity),"requested_action":"\#(action)"}"#
    }
    let number = tracking.map { #","tracking_number":"\#($0)""# } ?? ""
    let original = shipment.map { #","original_shipment_id":\#($0)"# } ?? ""
    return #"{"reference_id":"\#(reference)","fulfillment_center":{"id":211},"#
      + #""inventory":[\#(items.joined(separator: ","))]\#(number)\#(original)}"#
  }

  /// A parcel that comes back.
  static func parcel(
    _ tracking: String,
    _ lines: [(sku: String, quantity: Int)] = [("SKU-1", 1)],
    isReturn: Bool = true,
    reference: String = "SHOP-1001"
  ) -> WorldEvent.Parcel {
    WorldEvent.Parcel(
      tracking: tracking,
      carrier: "USPS",
      reference: reference,
      isReturn: isReturn,
      lines: lines.map { StoryCommand.Line(sku: $0.sku, quantity: $0.quantity) },
      to: .default
    )
  }
}
