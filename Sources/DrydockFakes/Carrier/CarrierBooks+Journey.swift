import DrydockExchange
import DrydockKernel

/// The plan of a parcel's journey, with everything that goes wrong on it.
extension CarrierBooks {
  /// Returns how the journey of a parcel goes.
  func journey(of papers: WorldEvent.Parcel) -> CarrierSettings.Journey {
    let ending = settings.endings.first { ending in
      ending.isReturn == papers.isReturn
        && OrderReference.names(papers.reference, number: ending.order)
    }
    return ending?.journey ?? .delivered
  }

  /// Returns the scans of a journey, in the order in which they are told.
  func plan(
    for papers: WorldEvent.Parcel,
    journey: CarrierSettings.Journey,
    from start: VirtualInstant,
    transit: Duration
  ) -> [PlannedScan] {
    var plan = settings.schedule.map { step in
      let after = Self.share(step.share, of: transit)
      return Self.planned(step.detail, at: start + after, step.place)
    }
    let arrives = Self.wholeSeconds(start + transit)
    switch journey {
    case .delivered:
      plan.append(Self.planned(.delivered, at: arrives, .destination, .delivered))
    case .lost:
      plan.removeAll { $0.scan.place == .destination }
      let last = plan.last?.scan.at ?? start
      plan.append(Self.planned(.lost, at: last + settings.lostAfter, .hub, .lost))
    case .returnedToSender:
      plan.append(Self.planned(.returning, at: arrives, .destination))
      plan.append(
        Self.planned(.returned, at: arrives + settings.goesBackIn, .origin, .backAtDock)
      )
    case .exceptionThenDelivered:
      let day = Duration.seconds(86_400)
      plan.append(Self.planned(.attemptFailed, at: arrives, .destination))
      plan.append(Self.planned(.outForDelivery, at: arrives + day - .seconds(14_400), .destination))
      plan.append(Self.planned(.delivered, at: arrives + day, .destination, .delivered))
    case .neverScanned: return []
    }
    for odd in settings.scanQuirks
    where OrderReference.names(papers.reference, number: odd.order) {
      Self.apply(odd.quirk, to: &plan)
    }
    return Self.inOrderOfTelling(plan)
  }

  private static func planned(
    _ detail: Detail,
    at instant: VirtualInstant,
    _ place: Place,
    _ arrival: Arrival? = nil
  ) -> PlannedScan {
    let instant = wholeSeconds(instant)
    return PlannedScan(
      scan: Scan(at: instant, detail: detail, place: place),
      toldAt: instant,
      arrival: arrival
    )
  }

  /// Scans have no fractions of a second, and two of one parcel are never made at the same one.
  private static func wholeSeconds(_ instant: VirtualInstant) -> VirtualInstant {
    VirtualInstant(secondsSinceEpoch: instant.secondsSinceEpoch + 1)
  }

  private static func share(_ share: Ratio, of duration: Duration) -> Duration {
    let nanoseconds = UInt64(max(0, duration.wholeNanoseconds))
    return .nanoseconds(Int64(clamping: share.share(of: nanoseconds)))
  }

  private static func apply(_ quirk: CarrierSettings.Quirk, to plan: inout [PlannedScan]) {
    switch quirk {
    case .backdated(let late):
      guard let index = plan.firstIndex(where: { $0.scan.detail == .arrived }) else { return }
      plan[index].toldAt = plan[index].scan.at + late
    case .repeated, .respelled:
      guard let index = plan.firstIndex(where: { $0.scan.detail == .outForDelivery }) else {
        return
      }
      var again = plan[index]
      again.scan.isRespelled = quirk == .respelled
      again.toldAt = plan[index].toldAt + .seconds(600)
      plan.insert(again, at: index + 1)
    case .permuted:
      guard let index = plan.firstIndex(where: { $0.scan.detail == .arrived }) else { return }
      plan[index].isOvertaken = true
    case .scanAfterDelivery:
      guard let last = plan.last(where: { $0.arrival == .delivered }) else { return }
      plan.append(planned(.arrived, at: last.scan.at + .seconds(21_600), .hub))
    }
  }

  /// Sorts by the instant of telling, keeping the order of scans told at the same one.
  private static func inOrderOfTelling(_ plan: [PlannedScan]) -> [PlannedScan] {
    plan.enumerated().sorted { left, right in
      left.element.toldAt == right.element.toldAt
        ? left.offset < right.offset : left.element.toldAt < right.element.toldAt
    }.map(\.element)
  }
}
