package import DrydockExchange
import DrydockKernel

/// What a carrier starts with and how it behaves.
///
/// Orders are named by the number in the store's order name, which stands in the reference on the
/// parcel's papers.
package struct CarrierSettings: Sendable {
  /// How a journey goes.
  package enum Journey: String, CaseIterable, Hashable, Sendable {
    case delivered
    /// Nobody finds it again; the carrier says so after a while.
    case lost
    /// Nobody takes it, and it goes back to where it came from.
    case returnedToSender = "returned-to-sender"
    /// The first attempt fails, the next one does not.
    case exceptionThenDelivered = "exception-then-delivered"
    /// A label exists and the parcel never moves.
    case neverScanned = "never-scanned"
  }

  /// How the journey of an order's parcels goes.
  package struct Ending: Hashable, Sendable {
    package var order: Int
    package var journey: Journey
    /// Whether it is about the parcels that come back.
    package var isReturn: Bool

    package init(order: Int, _ journey: Journey, isReturn: Bool = false) {
      self.order = order
      self.journey = journey
      self.isReturn = isReturn
    }
  }

  /// How the scans of an order's parcels are told.
  package enum Quirk: Hashable, Sendable {
    /// A scan is uploaded late, with the instant at which it was made.
    case backdated(by: Duration)
    /// A scan is told twice.
    case repeated
    /// A scan is told again with the place spelled differently.
    case respelled
    /// A push is overtaken by the next one.
    case permuted
    /// A facility scan follows the delivery.
    case scanAfterDelivery
  }

  /// A quirk in the scans of an order's parcels.
  package struct ScanQuirk: Hashable, Sendable {
    package var order: Int
    package var quirk: Quirk

    package init(order: Int, _ quirk: Quirk) {
      self.order = order
      self.quirk = quirk
    }
  }

  /// The host that the platform answers on.
  package var host: String
  /// The key of calls.
  package var credential: String
  /// The secret that signs webhooks.
  package var webhookSecret: String
  /// The mode that the key belongs to: `production` or `test`.
  package var mode: String

  /// The bounds of the time from the dock to the door.
  package var transit: ClosedRange<Duration>
  /// The scans on the way.
  package var schedule: [CarrierBooks.ScanStep]
  /// How long after the last scan a lost parcel is called lost.
  package var lostAfter: Duration
  /// How long a parcel that nobody takes needs to go back.
  package var goesBackIn: Duration
  /// How journeys go that do not end in plain delivery.
  package var endings: [Ending]
  /// What is odd about how scans are told.
  package var scanQuirks: [ScanQuirk]

  /// The limits on calls.
  package var limits: [CallLimit]

  package init() {
    host = "api.easypost.com"
    credential = "EZAK5f0c2a7bd81e4963drydock"
    webhookSecret = "easypost-webhook-secret"
    mode = "production"
    transit = .seconds(40 * 3600)...(.seconds(70 * 3600))
    schedule = CarrierBooks.ScanStep.usual
    lostAfter = .seconds(7 * 86_400)
    goesBackIn = .seconds(2 * 86_400)
    endings = []
    scanQuirks = []
    limits = [.tokenBucket(capacity: 5, refillsPerSecond: Ratio(5, 1))]
  }
}
