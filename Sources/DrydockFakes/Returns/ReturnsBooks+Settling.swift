import DrydockExchange
package import DrydockKernel

/// What happens to a return after it was asked for.
extension ReturnsBooks {
  /// Asks for a return to be settled; asking again while it is being settled changes nothing.
  ///
  /// - Returns: Whether settling begins with this call.
  package mutating func process(
    _ number: Int,
    at now: VirtualInstant
  ) throws(ReturnsRefusal) -> Bool {
    let index = try index(number)
    switch returns[index].state {
    case .open: break
    case .processing: return false
    case .review: throw .inReview
    case .closed: throw .closed
    case .cancelled: throw .cancelled
    case .expired: throw .expired
    }
    returns[index].state = .processing
    return true
  }

  /// How settling ended.
  package enum Settlement: Hashable, Sendable {
    /// The return is closed; an exchange is due where the customer wants one.
    case closed
    /// It failed, and can be asked for again.
    case failed
    /// There was nothing to settle any more.
    case nothing
  }

  /// Settles a return that was asked to be.
  package mutating func settle(_ number: Int, at now: VirtualInstant) -> Settlement {
    guard let index = found(number), returns[index].state == .processing else { return .nothing }
    returns[index].updatedAt = now
    guard failuresLeft == 0 else {
      failuresLeft -= 1
      returns[index].state = .open
      return .failed
    }
    returns[index].state = .closed(at: now)
    return .closed
  }

  /// Closes a return without settling it; its units cannot be returned again.
  package mutating func close(_ number: Int, at now: VirtualInstant) throws(ReturnsRefusal) {
    let index = try openIndex(number)
    returns[index].state = .closed(at: now)
    returns[index].updatedAt = now
  }

  /// Withdraws a return; its units may be returned again.
  package mutating func cancel(_ number: Int, at now: VirtualInstant) throws(ReturnsRefusal) {
    let index = try openIndex(number)
    release(index)
    returns[index].state = .cancelled(at: now)
    returns[index].updatedAt = now
  }

  /// Lets a person look at a return before it is settled.
  package mutating func flag(_ number: Int, at now: VirtualInstant) throws(ReturnsRefusal) {
    let index = try openIndex(number)
    returns[index].state = .review
    returns[index].updatedAt = now
  }

  /// Writes a note on a return, whatever its state.
  package mutating func note(
    _ number: Int,
    _ text: String,
    at now: VirtualInstant
  ) throws(ReturnsRefusal) {
    let index = try index(number)
    guard returns[index].notes.count < ReturnsLimits.notesMax else { throw .tooManyNotes }
    returns[index].notes.append(text)
    returns[index].updatedAt = now
  }

  /// Writes what an inspection found of a unit; a later grade replaces an earlier one.
  package mutating func grade(
    unit ordinal: Int,
    of number: Int,
    _ grade: Grade,
    at now: VirtualInstant
  ) throws(ReturnsRefusal) {
    let index = try index(number)
    guard returns[index].units.indices.contains(ordinal - 1) else { throw .unknownUnit }
    returns[index].units[ordinal - 1].grade = grade
    returns[index].updatedAt = now
  }

  /// Ends a return whose label was never scanned.
  ///
  /// - Returns: Whether it ended.
  package mutating func expire(_ number: Int, at now: VirtualInstant) -> Bool {
    guard let index = found(number), !returns[index].state.isFinal,
      case .labelled(_, let status) = returns[index].parcel,
      status == .new || status == .preTransit
    else { return false }
    release(index)
    returns[index].state = .expired(at: now)
    returns[index].updatedAt = now
    return true
  }

  private func found(_ number: Int) -> Int? {
    do {
      return try index(number)
    } catch {
      return nil
    }
  }

  /// Returns the position of a return that is not at its end.
  private func openIndex(_ number: Int) throws(ReturnsRefusal) -> Int {
    let index = try index(number)
    switch returns[index].state {
    case .open, .processing, .review: return index
    case .closed: throw .closed
    case .cancelled: throw .cancelled
    case .expired: throw .expired
    }
  }

  private mutating func release(_ index: Int) {
    for unit in returns[index].units { orders[returns[index].order].claimed[unit.line] -= 1 }
  }
}

// MARK: Parcels

extension ReturnsBooks {
  /// Puts a label on a return.
  ///
  /// - Returns: Whether the parcel waits at the counter; nothing where there is no need of a label.
  package mutating func label(
    _ number: Int,
    tracking: String,
    at now: VirtualInstant
  ) -> Bool? {
    guard let index = found(number), !returns[index].state.isFinal,
      case .labelPending(let handedOver) = returns[index].parcel
    else { return nil }
    returns[index].parcel = .labelled(tracking: tracking, .new)
    returns[index].labelUpdatedAt = now
    returns[index].updatedAt = now
    indexOfTracking[tracking] = index
    return handedOver
  }

  /// Notes that the customer hands the parcel over.
  ///
  /// - Returns: The tracking number, where there is a label; without one the parcel waits for it.
  package mutating func handOver(_ number: Int) -> String? {
    guard let index = found(number) else { return nil }
    switch returns[index].state {
    case .cancelled, .expired: return nil
    case .open, .processing, .review, .closed: break
    }
    switch returns[index].parcel {
    case .labelPending:
      returns[index].parcel = .labelPending(handedOver: true)
      return nil
    case .labelled(let tracking, let status):
      return status == .new || status == .preTransit ? tracking : nil
    }
  }

  /// Notes what the carrier says about a label.
  ///
  /// - Returns: The number of the return, where that is news.
  package mutating func scan(
    _ tracking: String,
    _ status: LabelStatus,
    at now: VirtualInstant
  ) -> Int? {
    guard let index = indexOfTracking[tracking],
      case .labelled(_, let known) = returns[index].parcel, known != status, known != .delivered
    else { return nil }
    returns[index].parcel = .labelled(tracking: tracking, status)
    returns[index].labelUpdatedAt = now
    returns[index].updatedAt = now
    return returns[index].number
  }
}
