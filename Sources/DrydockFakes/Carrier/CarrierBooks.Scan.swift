import DrydockExchange
package import DrydockKernel

extension CarrierBooks {
  /// What a scan says about a parcel.
  package enum Status: String, CaseIterable, Hashable, Sendable {
    case unknown
    case preTransit = "pre-transit"
    case inTransit = "in-transit"
    case outForDelivery = "out-for-delivery"
    case delivered
    case returnToSender = "returning"
    case failure

    /// Whether somebody had the parcel in hands.
    package var isPhysical: Bool { self != .unknown && self != .preTransit }
  }

  /// What a scan says more closely.
  package enum Detail: Hashable, Sendable {
    case labelCreated
    case accepted
    case arrived
    case departed
    case outForDelivery
    case delivered
    case attemptFailed
    case returning
    case returned
    case lost
  }

  /// Where a scan is made.
  package enum Place: Hashable, Sendable {
    case origin
    case hub
    case destination
  }

  /// One scan on the usual way, at a share of the transit time.
  package struct ScanStep: Hashable, Sendable {
    package var detail: Detail
    package var share: Ratio
    package var place: Place

    package init(_ detail: Detail, at share: Ratio, _ place: Place) {
      self.detail = detail
      self.share = share
      self.place = place
    }

    /// Accepted, arrived, departed, arrived, out for delivery; the end of the journey follows.
    package static let usual = [
      ScanStep(.accepted, at: Ratio(1, 20), .origin),
      ScanStep(.arrived, at: Ratio(1, 5), .origin),
      ScanStep(.departed, at: Ratio(7, 20), .origin),
      ScanStep(.arrived, at: Ratio(7, 10), .hub),
      ScanStep(.outForDelivery, at: Ratio(9, 10), .destination),
    ]
  }

  /// One scan as it was made.
  package struct Scan: Hashable, Sendable {
    package var at: VirtualInstant
    package var detail: Detail
    package var place: Place
    /// Whether the place is written in another way.
    package var isRespelled = false

    package var status: Status { detail.status }
  }

  /// A scan that will be told.
  struct PlannedScan: Hashable, Sendable {
    var scan: Scan
    /// When it is told; later than it is made where it was uploaded late.
    var toldAt: VirtualInstant
    /// What it means in the physical world.
    var arrival: Arrival?
    /// Whether its push is overtaken by the next.
    var isOvertaken = false
  }

  /// How a journey's last scan ends it.
  enum Arrival: Hashable, Sendable {
    case delivered
    case lost
    case backAtDock
  }
}

extension CarrierBooks.Detail {
  /// The status that goes with it.
  package var status: CarrierBooks.Status {
    switch self {
    case .labelCreated: .preTransit
    case .accepted, .arrived, .departed: .inTransit
    case .outForDelivery: .outForDelivery
    case .delivered: .delivered
    case .attemptFailed, .lost: .failure
    case .returning, .returned: .returnToSender
    }
  }
}
