import DrydockExchange
import DrydockJSON
import DrydockKernel

/// Trackers and scans as the platform writes them.
extension EasyPostDialect {
  func write(tracker position: Int, in books: CarrierBooks, into writer: inout JSONWriter) {
    let tracker = books.trackers[position]
    let parcel = tracker.parcel.map { books.parcels[$0] }
    writer.object { writer in
      writer.member("id", tracker.id)
      writer.member("object", "Tracker")
      writer.member("mode", mode)
      writer.member("tracking_code", tracker.tracking)
      writer.member("status", Self.word(books.status(ofTracker: position)))
      writer.member("status_detail", Self.word(parcel?.scans.last?.detail))
      writer.member("created_at", tracker.created.description(.seconds))
      writer.member("updated_at", tracker.updated.description(.seconds))
      writer.memberNull("signed_by")
      write(weightOf: parcel, into: &writer)
      writer.member("est_delivery_date", parcel?.expected.map(Self.midnight))
      writer.memberNull("shipment_id")
      writer.member("carrier", tracker.carrier)
      writer.memberArray("tracking_details") { writer in
        guard let parcel else { return }
        for scan in parcel.scans {
          write(scan, of: parcel, carrier: tracker.carrier, into: &writer)
        }
      }
      writer.memberArray("fees") { writer in
        writer.object {
          $0.member("object", "Fee")
          $0.member("type", "TrackerFee")
          $0.member("amount", "0.02000")
          $0.member("charged", true)
          $0.member("refunded", false)
        }
      }
      if let parcel {
        write(carrierDetailOf: parcel, into: &writer)
      } else {
        writer.memberNull("carrier_detail")
      }
      writer.member("finalized", parcel?.ending != nil)
      writer.member("is_return", parcel?.papers.isReturn ?? false)
      let path = Base64.encode(Array("v1:\(tracker.id)".utf8), padding: false)
      writer.member("public_url", "https://track.easypost.com/\(path)")
    }
  }

  private func write(weightOf parcel: CarrierBooks.Parcel?, into writer: inout JSONWriter) {
    guard let parcel, parcel.tendered != nil else { return writer.memberNull("weight") }
    let units = parcel.papers.lines.reduce(0) { $0 + $1.quantity }
    writer.member("weight", number: "\(8 * units).0")
  }

  private static func midnight(_ instant: VirtualInstant) -> String {
    "\(instant.description(.date))T00:00:00Z"
  }

  private func write(
    _ scan: CarrierBooks.Scan,
    of parcel: CarrierBooks.Parcel,
    carrier: String,
    into writer: inout JSONWriter
  ) {
    let message = Self.message(scan.detail, carrier)
    writer.object { writer in
      writer.member("object", "TrackingDetail")
      writer.member("message", message)
      writer.member("description", scan.detail == .labelCreated ? "" : message)
      writer.member("status", Self.word(scan.status))
      writer.member("status_detail", Self.word(scan.detail))
      writer.member("datetime", scan.at.description(.seconds))
      writer.member("source", carrier)
      writer.member("carrier_code", Self.code(scan.detail))
      writer.memberObject("tracking_location") {
        write(locationOf: scan, parcel, into: &$0)
      }
      writer.memberNull("est_delivery_date")
    }
  }

  private func write(
    locationOf scan: CarrierBooks.Scan,
    _ parcel: CarrierBooks.Parcel,
    into writer: inout JSONWriter
  ) {
    writer.member("object", "TrackingLocation")
    guard scan.detail != .labelCreated else {
      for name in ["city", "state", "country", "zip"] { writer.memberNull(name) }
      return
    }
    let place = Self.place(scan.place, of: parcel)
    writer.member("city", scan.isRespelled ? "\(place.city) DIST CTR" : place.city)
    writer.member("state", place.state)
    writer.member("country", place.country)
    writer.member("zip", place.zip)
  }

  private struct Location {
    var city: String
    var state: String
    var zip: String
    var country: String
  }

  private static func place(
    _ place: CarrierBooks.Place,
    of parcel: CarrierBooks.Parcel
  ) -> Location {
    switch place {
    case .origin: return Location(city: "BEDFORD PARK", state: "IL", zip: "60638", country: "US")
    case .hub: return Location(city: "JERSEY CITY", state: "NJ", zip: "07306", country: "US")
    case .destination:
      let to = parcel.papers.to
      return Location(
        city: to.city.uppercased(),
        state: to.provinceCode,
        zip: to.zip,
        country: to.countryCode
      )
    }
  }

  private func write(
    carrierDetailOf parcel: CarrierBooks.Parcel,
    into writer: inout JSONWriter
  ) {
    let origin = Self.place(.origin, of: parcel)
    let destination = Self.place(.destination, of: parcel)
    writer.memberObject("carrier_detail") { writer in
      writer.member("object", "CarrierDetail")
      writer.member("service", Self.service(parcel.papers.carrier))
      writer.memberNull("container_type")
      writer.member("est_delivery_date_local", parcel.expected?.description(.date))
      writer.memberNull("est_delivery_time_local")
      writer.member("origin_location", "\(origin.city) \(origin.state), \(origin.zip)")
      writer.memberObject("origin_tracking_location") {
        $0.member("object", "TrackingLocation")
        $0.member("city", origin.city)
        $0.member("state", origin.state)
        $0.memberNull("country")
        $0.member("zip", origin.zip)
      }
      writer.member(
        "destination_location",
        "\(destination.city) \(destination.state), \(destination.zip)"
      )
      writer.memberNull("destination_tracking_location")
      writer.memberNull("guaranteed_delivery_date")
      writer.memberNull("alternate_identifier")
      writer.memberNull("initial_delivery_attempt")
    }
  }

  private static func service(_ carrier: String) -> String {
    switch carrier {
    case "UPS": "UPS GROUND"
    case "FedEx": "FEDEX_GROUND"
    default: "First-Class Package Service"
    }
  }

  // MARK: Words

  static func word(_ status: CarrierBooks.Status) -> String {
    switch status {
    case .unknown: "unknown"
    case .preTransit: "pre_transit"
    case .inTransit: "in_transit"
    case .outForDelivery: "out_for_delivery"
    case .delivered: "delivered"
    case .returnToSender: "return_to_sender"
    case .failure: "failure"
    }
  }

  private static func word(_ detail: CarrierBooks.Detail?) -> String {
    switch detail {
    case nil: "unknown"
    case .labelCreated: "label_created"
    case .accepted: "received_at_origin_facility"
    case .arrived: "arrived_at_facility"
    case .departed: "departed_facility"
    case .outForDelivery: "out_for_delivery"
    case .delivered: "arrived_at_destination"
    case .attemptFailed: "delivery_exception"
    case .returning, .returned: "return"
    case .lost: "lost"
    }
  }

  private static func code(_ detail: CarrierBooks.Detail) -> String {
    switch detail {
    case .labelCreated: "OC"
    case .accepted: "PU"
    case .arrived: "AR"
    case .departed: "DP"
    case .outForDelivery: "OD"
    case .delivered: "DL"
    case .attemptFailed: "DE"
    case .returning, .returned: "RS"
    case .lost: "SE"
    }
  }

  private static func message(_ detail: CarrierBooks.Detail, _ carrier: String) -> String {
    switch detail {
    case .labelCreated: "Shipment information sent to \(carrier)"
    case .accepted: "Picked up"
    case .arrived: "Arrived at \(carrier) facility"
    case .departed: "Departed \(carrier) facility"
    case .outForDelivery: "Out for delivery"
    case .delivered: "Delivered"
    case .attemptFailed: "Delivery attempted, no one was available to receive the package"
    case .returning: "Undeliverable, returning to sender"
    case .returned: "Returned to sender"
    case .lost: "Package could not be located"
    }
  }
}
