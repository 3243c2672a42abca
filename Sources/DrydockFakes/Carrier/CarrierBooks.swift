package import DrydockExchange
package import DrydockKernel

/// What a carrier keeps: parcels and their scans, and who wants to know of them.
///
///     registered ─tendered─▶ under way ─scan, scan, scan─▶ delivered | back at the dock | lost
///
/// It takes typed commands and leaves effects; how they look on the wire is the dialect's.
package struct CarrierBooks: Sendable {
  /// The namespaces by which the platform's entities are known.
  package struct Names: Hashable, Sendable {
    package var tracker: String
    package var scan: String
    /// The platform's words for what a scan says, which are part of a scan's key.
    package var statusWords: [Status: String]

    package init(tracker: String, scan: String, statusWords: [Status: String]) {
      self.tracker = tracker
      self.scan = scan
      self.statusWords = statusWords
    }
  }

  /// A parcel and its journey.
  package struct Parcel: Hashable, Sendable {
    package var papers: WorldEvent.Parcel
    package var registered: VirtualInstant
    package var tendered: VirtualInstant?
    /// When it is expected at the door.
    package var expected: VirtualInstant?
    /// What was told so far, oldest scan first.
    package var scans: [Scan] = []
    package var ending: WorldEvent.ParcelEnding?
    /// The tracker that was registered for it, by its position.
    package var tracker: Int?
    var plan: [PlannedScan] = []
    var isScanned = false
  }

  /// Somebody's wish to be told about a tracking number.
  package struct Tracker: Hashable, Sendable {
    package var id: String
    package var tracking: String
    package var carrier: String
    package var created: VirtualInstant
    package var updated: VirtualInstant
    /// The parcel's position, once the carrier has seen its papers.
    package var parcel: Int?
  }

  /// What a change of the books asks its fake to do.
  package enum Effect: Sendable {
    case fact(Fact)
    case wake(TimerID, after: Duration)
    case world(WorldEvent)
    /// A tracker, by its position, came into being.
    case trackerCreated(Int)
    /// A tracker changed from a status; its push may be overtaken by the next one.
    case trackerUpdated(Int, from: Status, isOvertaken: Bool)
  }

  /// The facts that no payload of the platform carries.
  package static let bookOnlyFacts: Set<FactKind> = []

  let partner: PartnerID
  let names: Names
  let settings: CarrierSettings

  package private(set) var parcels: [Parcel] = []
  private var parcelIndex: [String: Int] = [:]
  package private(set) var trackers: [Tracker] = []
  private var trackerIndex: [String: Int] = [:]
  private var trackerByTracking: [String: Int] = [:]

  /// What the last changes ask for, in order.
  private var effects: [Effect] = []

  package init(partner: PartnerID, names: Names, settings: CarrierSettings) {
    self.partner = partner
    self.names = names
    self.settings = settings
  }

  // MARK: Looking up

  package func tracker(id: String) -> Int? { trackerIndex[id] }

  package func tracker(tracking: String) -> Int? { trackerByTracking[tracking] }

  package func parcel(tracking: String) -> Int? { parcelIndex[tracking] }

  /// Returns what a tracker shows: what the latest scan says.
  package func status(ofTracker position: Int) -> Status {
    guard let parcel = trackers[position].parcel else { return .unknown }
    return parcels[parcel].scans.last?.status ?? .unknown
  }

  /// Returns the effects of the last changes and forgets them.
  package mutating func takeEffects() -> [Effect] {
    defer { effects.removeAll(keepingCapacity: true) }
    return effects
  }

  // MARK: Trackers

  /// Registers a tracker for a number, whether or not a parcel of it is known.
  ///
  /// - Returns: Its position, and whether it is new: a number has one tracker.
  package mutating func track(
    _ tracking: String,
    carrier: String?,
    at now: VirtualInstant
  ) -> (position: Int, isNew: Bool) {
    if let position = trackerByTracking[tracking] { return (position, false) }
    let position = trackers.count
    let parcel = parcelIndex[tracking]
    let id = "trk_\(Self.digits(of: "\(partner.name) \(tracking)"))"
    trackers.append(
      Tracker(
        id: id,
        tracking: tracking,
        carrier: carrier ?? parcel.map { parcels[$0].papers.carrier } ?? "USPS",
        created: now,
        updated: now,
        parcel: parcel
      )
    )
    trackerIndex[id] = position
    trackerByTracking[tracking] = position
    if let parcel { parcels[parcel].tracker = position }
    record(
      .shipmentTracked,
      at: now,
      subject: EntityKey(names.tracker, id),
      tracking: tracking
    )
    effects.append(.trackerCreated(position))
    return (position, true)
  }

  /// Returns 32 hexadecimal digits that are always the same for a text.
  static func digits(of text: String) -> String {
    let first = Mixing.hash(text)
    let second = Mixing.finish(Mixing.combine(first, 1))
    return Hex.encode(first) + Hex.encode(second)
  }

  // MARK: Parcels

  /// Learns of a parcel whose label exists.
  package mutating func register(_ papers: WorldEvent.Parcel, at now: VirtualInstant) {
    guard parcelIndex[papers.tracking] == nil else { return }
    let position = parcels.count
    parcels.append(
      Parcel(papers: papers, registered: now, tracker: trackerByTracking[papers.tracking])
    )
    parcelIndex[papers.tracking] = position
    if let tracker = parcels[position].tracker { trackers[tracker].parcel = position }
    tell(
      PlannedScan(scan: Scan(at: now, detail: .labelCreated, place: .origin), toldAt: now),
      of: position,
      at: now
    )
  }

  /// Takes a parcel over and plans its journey.
  package mutating func tender(_ tracking: String, at now: VirtualInstant, draws: KeyedDraws) {
    guard let position = parcelIndex[tracking], parcels[position].tendered == nil else { return }
    parcels[position].tendered = now
    let key = KeyedDraws.Key(
      partner: partner.name,
      operation: "journey",
      entity: tracking,
      purpose: "transit"
    )
    let transit = draws.duration(in: settings.transit, key)
    let journey = journey(of: parcels[position].papers)
    guard journey != .neverScanned else { return }
    parcels[position].expected = now + transit
    parcels[position].plan = plan(
      for: parcels[position].papers,
      journey: journey,
      from: now,
      transit: transit
    )
    wake(position, at: now)
  }

  private mutating func wake(_ position: Int, at now: VirtualInstant) {
    guard let next = parcels[position].plan.first else { return }
    effects.append(.wake(TimerID("parcel \(position)"), after: next.toldAt - now))
  }

  /// Tells the scans of a parcel that are due.
  package mutating func advanceParcel(_ position: Int, at now: VirtualInstant) {
    guard parcels.indices.contains(position) else { return }
    while let next = parcels[position].plan.first, next.toldAt <= now {
      parcels[position].plan.removeFirst()
      tell(next, of: position, at: now)
    }
    wake(position, at: now)
  }

  private mutating func tell(
    _ planned: PlannedScan,
    of position: Int,
    at now: VirtualInstant
  ) {
    let before = parcels[position].tracker.map { status(ofTracker: $0) }
    let scan = planned.scan
    let isKnown = parcels[position].scans.contains {
      $0.at == scan.at && $0.status == scan.status
    }
    let place = parcels[position].scans.firstIndex { $0.at > scan.at }
    parcels[position].scans.insert(scan, at: place ?? parcels[position].scans.count)
    if !isKnown { recordScan(scan, of: position) }
    if let tracker = parcels[position].tracker, let before {
      trackers[tracker].updated = now
      effects.append(
        .trackerUpdated(tracker, from: before, isOvertaken: planned.isOvertaken)
      )
    }
    move(planned, position)
  }

  /// Says what a scan means to others: the goods are somewhere else now.
  private mutating func move(_ planned: PlannedScan, _ position: Int) {
    let papers = parcels[position].papers
    if papers.isReturn, planned.scan.status.isPhysical, !parcels[position].isScanned {
      effects.append(.world(.returnScanned(tracking: papers.tracking)))
    }
    if planned.scan.status.isPhysical { parcels[position].isScanned = true }
    guard let arrival = planned.arrival else { return }
    let ending: WorldEvent.ParcelEnding
    switch arrival {
    case .delivered:
      ending = .delivered
      if papers.isReturn { effects.append(.world(.parcelAtDock(papers))) }
    case .lost: ending = .lost
    case .backAtDock:
      ending = .returnedToSender
      effects.append(.world(.parcelAtDock(papers)))
    }
    parcels[position].ending = ending
    effects.append(.world(.parcelEnded(tracking: papers.tracking, ending: ending)))
  }

  // MARK: Facts

  private mutating func recordScan(_ scan: Scan, of position: Int) {
    let tracking = parcels[position].papers.tracking
    guard scan.status.isPhysical else { return }
    record(
      .shipmentScanned,
      at: scan.at,
      subject: EntityKey(
        names.scan,
        "\(tracking)/\(scan.at.description(.seconds))/\(names.statusWords[scan.status] ?? "")"
      ),
      tracking: tracking,
      detail: scan.status.rawValue
    )
    switch scan.status {
    case .delivered:
      record(.shipmentDelivered, at: scan.at, subject: .tracking(tracking), tracking: tracking)
    case .returnToSender:
      guard scan.detail == .returning else { return }
      record(
        .shipmentFailed,
        at: scan.at,
        subject: .tracking(tracking),
        tracking: tracking,
        detail: "returned-to-sender"
      )
    case .failure:
      record(
        .shipmentFailed,
        at: scan.at,
        subject: .tracking(tracking),
        tracking: tracking,
        detail: scan.detail == .lost ? "lost" : "exception"
      )
    case .unknown, .preTransit, .inTransit, .outForDelivery: break
    }
  }

  private mutating func record(
    _ kind: FactKind,
    at instant: VirtualInstant,
    subject: EntityKey,
    tracking: String,
    detail: String? = nil
  ) {
    effects.append(
      .fact(
        Fact(
          kind,
          by: partner,
          at: instant,
          subject: subject,
          order: .tracking(tracking),
          links: [.tracking(tracking)],
          detail: detail
        )
      )
    )
  }

  // MARK: Snapshot

  /// Returns what the books say, in neutral words.
  package func snapshot() -> BooksSnapshot {
    BooksSnapshot(
      partner: partner,
      kind: .carrier,
      parcels: parcels.map { parcel in
        var keys = [EntityKey.tracking(parcel.papers.tracking)]
        if let tracker = parcel.tracker {
          keys.append(EntityKey(names.tracker, trackers[tracker].id))
        }
        keys.append(.reference(parcel.papers.reference))
        return BooksSnapshot.ParcelEntry(keys: keys, status: Self.word(for: parcel))
      }
    )
  }

  private static func word(for parcel: Parcel) -> String {
    switch parcel.ending {
    case .delivered: return "delivered"
    case .returnedToSender: return "returned"
    case .lost: return "lost"
    case nil: break
    }
    guard let last = parcel.scans.last(where: \.status.isPhysical) else { return "pre-transit" }
    return last.status == .failure ? "failed" : "in-transit"
  }
}
