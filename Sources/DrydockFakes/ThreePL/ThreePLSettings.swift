package import DrydockExchange
package import DrydockKernel

/// What a 3PL starts with and how it behaves.
///
/// Orders are named by the number in the store's order name, which the 3PL finds in the reference
/// that it was given; returns by their number in the order of asking.
package struct ThreePLSettings: Sendable {
  /// Stock of one SKU at one node when the run begins.
  package struct StockLine: Hashable, Sendable {
    package var sku: String
    package var node: String
    /// Units that are there, those in quality hold included.
    package var onHand: Int
    /// Units in quality hold.
    package var held: Int
    /// Units announced and not there yet.
    package var awaiting: Int

    package init(sku: String, node: String, onHand: Int, held: Int = 0, awaiting: Int = 0) {
      self.sku = sku
      self.node = node
      self.onHand = onHand
      self.held = held
      self.awaiting = awaiting
    }
  }

  /// Why people hold a shipment.
  package enum HoldReason: String, CaseIterable, Hashable, Sendable {
    /// The address cannot be delivered to.
    case address
    /// Somebody at the merchant asked for it.
    case manual
  }

  /// An order that people hold when it arrives.
  package struct Hold: Hashable, Sendable {
    package var order: Int
    package var reason: HoldReason
    /// How long they hold it; for good if not given.
    package var lasts: Duration?

    package init(order: Int, reason: HoldReason, lasts: Duration? = nil) {
      self.order = order
      self.reason = reason
      self.lasts = lasts
    }
  }

  /// Units that a picker does not find.
  package struct ShortPick: Hashable, Sendable {
    package var order: Int
    package var sku: String
    package var missing: Int

    package init(order: Int, sku: String, missing: Int) {
      self.order = order
      self.sku = sku
      self.missing = missing
    }
  }

  /// A SKU that is put into the parcel in place of the one ordered; the papers do not say so.
  package struct MisShip: Hashable, Sendable {
    package var order: Int
    package var sku: String
    package var instead: String

    package init(order: Int, sku: String, instead: String) {
      self.order = order
      self.sku = sku
      self.instead = instead
    }
  }

  /// What becomes of goods that come back.
  package enum Disposition: String, CaseIterable, Hashable, Sendable {
    /// Back on the shelf, for sale.
    case restock
    /// Kept apart until somebody decides.
    case quarantine
    /// Thrown away.
    case dispose
    /// Not in the parcel.
    case missing
  }

  /// What inspection finds about a return or about every unit of a SKU.
  package struct Grade: Hashable, Sendable {
    package enum Subject: Hashable, Sendable {
      case returned(Int)
      case sku(String)
    }

    package var subject: Subject
    package var disposition: Disposition
    /// How many units of each line it befalls; all of them if not given.
    package var units: Int?

    package init(_ subject: Subject, _ disposition: Disposition, units: Int? = nil) {
      self.subject = subject
      self.disposition = disposition
      self.units = units
    }
  }

  /// What becomes of an order for a product that the platform does not know.
  package enum UnknownProducts: Hashable, Sendable {
    /// The order is refused.
    case refused
    /// The product is created without stock, as the platform really does.
    case created
  }

  /// The host that the platform answers on.
  package var host: String
  /// The access token of calls.
  package var credential: String
  /// The secret that signs webhooks, `whsec_` and Base64.
  package var webhookSecret: String
  /// The channel that owns the orders.
  package var channel: Int64
  /// The nodes it ships from, best first.
  package var nodes: [String]
  /// The stock when the run begins.
  package var stock: [StockLine]

  /// When the warehouse works, and until when it takes on orders for the same day.
  package var calendar: BusinessCalendar
  /// Whether it works around the clock, whatever the calendar says.
  package var alwaysOpen: Bool
  /// The time from taking on an order, or its wave, until it is picked.
  package var pickAfter: Duration
  /// The time from picking until packing and label.
  package var packAfter: Duration
  /// The time from the label until a carrier takes the parcel.
  package var shipAfter: Duration
  /// How often a wave of picking begins, from opening; each order for itself if not given.
  package var waveEvery: Duration?
  /// How long a new order takes to show in stock levels.
  package var levelLag: Duration

  /// Whether a short order ships what is there and the rest when stock arrives.
  ///
  /// Otherwise the shipment waits as an exception.
  package var backorders: Bool
  /// Whether an order without a location may be split over nodes.
  package var splitsAcrossNodes: Bool
  /// What becomes of an order for an unknown product.
  package var unknownProducts: UnknownProducts
  /// Orders that people hold.
  package var holds: [Hold]
  /// Units that are not found.
  package var shortPicks: [ShortPick]
  /// Wrong goods in parcels.
  package var misShips: [MisShip]
  /// The orders whose first shipped webhook has no tracking number yet.
  package var lateTracking: [Int]
  /// Whether the platform says so when a parcel was delivered.
  package var reportsDelivery: Bool

  /// The carrier on labels: `USPS`, `UPS` or `FedEx`.
  package var carrier: String
  /// The carrier's service on labels.
  package var carrierService: String

  /// The time from a parcel's arrival at the dock until it is inspected.
  package var inspectAfter: Duration
  /// What inspection finds; the first that fits decides, restock or what was asked for otherwise.
  package var grades: [Grade]

  /// The limit on calls.
  package var limits: [CallLimit]
  /// After how many failed attempts in a row webhooks stop, if ever.
  package var webhooksDisabledAfter: Int?

  package init(nodes: [String], stock: [StockLine] = []) {
    host = "api.shipbob.com"
    credential = "sb_pat_2f6c1d0e9a7b4c35"
    webhookSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    channel = 100_211
    self.nodes = nodes
    self.stock = stock
    calendar = ThreePLSettings.newYorkWeekdays
    alwaysOpen = false
    pickAfter = .seconds(3600)
    packAfter = .seconds(1800)
    shipAfter = .seconds(1800)
    waveEvery = nil
    levelLag = .seconds(60)
    backorders = false
    splitsAcrossNodes = true
    unknownProducts = .refused
    holds = []
    shortPicks = []
    misShips = []
    lateTracking = []
    reportsDelivery = true
    carrier = "USPS"
    carrierService = "USPS Ground Advantage"
    inspectAfter = .seconds(4 * 3600)
    grades = []
    limits = [.slidingWindow(limit: 150, per: .seconds(60))]
    webhooksDisabledAfter = nil
  }

  /// Monday to Friday from 08:00 to 18:00 in New York, cut-off 15:00.
  package static let newYorkWeekdays = BusinessCalendar(
    zone: ZoneRules.named("America/New_York") ?? .utc,
    opens: CivilTime(parsing: "08:00") ?? .midnight,
    closes: CivilTime(parsing: "18:00") ?? .endOfDay,
    cutoff: CivilTime(parsing: "15:00")
  )
}
