package import DrydockExchange
import DrydockJSON
package import DrydockKernel

/// What customers and other partners do at a returns platform.
extension ReturnsFake {
  mutating func play(_ command: StoryCommand, _ step: inout Step) {
    switch command {
    case .requestReturn(let asked): request(asked, &step)
    case .shipReturn(let number):
      if let tracking = ledger.handOver(number) {
        step.later.append(.world(.returnTendered(tracking: tracking)))
      }
    case .cancelReturn(let number):
      do throws(ReturnsRefusal) {
        try ledger.cancel(number, at: step.now)
        end(number, &step)
        announce([.returnUpdated], number, &step)
      } catch {
        // What is settled or withdrawn cannot be withdrawn: the portal shows no button.
      }
    case .expireToken: renewKey()
    case .placeOrder, .requestCancel, .resendOrder, .adjustStock, .confirmAgain, .receiveAgain,
      .setCreditHold, .approveOrder, .refuseCredits:
      break
    }
  }

  mutating func notice(_ event: WorldEvent, _ step: inout Step) {
    switch event {
    case .orderPlaced(let order): ledger.copy(order)
    case .orderFulfilled(let key): ledger.fulfil(key)
    case .returnScanned(let tracking): scan(tracking, .inTransit, &step)
    case .parcelEnded(let tracking, .delivered): scan(tracking, .delivered, &step)
    case .parcelEnded(let tracking, _): scan(tracking, .failure, &step)
    case .parcelTendered, .returnLabelIssued, .returnTendered, .parcelAtDock, .exchangeAccepted:
      break
    }
  }

  mutating func remind(_ timer: TimerID, _ step: inout Step) {
    let parts = timer.name.split(separator: "/")
    guard parts.count == 2, let number = Int(parts[1]) else { return }
    switch parts[0] {
    case "label": issueLabel(number, &step)
    case "process": settle(number, &step)
    case "expire":
      if ledger.expire(number, at: step.now) { announce([.returnUpdated], number, &step) }
    default: break
    }
  }

  private mutating func request(
    _ asked: StoryCommand.RequestedReturn,
    _ step: inout Step
  ) {
    let made: ReturnsBooks.Return
    do throws(ReturnsRefusal) {
      made = try ledger.request(asked, at: step.now)
    } catch {
      ledger.refuseRequest()
      return
    }
    step.record(facts.requested(made, ledger.orders[made.order].copy))
    announce([.returnCreated], made.number, &step)
    step.later.append(.wake(TimerID("label/\(made.number)"), after: settings.labelDelay))
  }

  private mutating func issueLabel(_ number: Int, _ step: inout Step) {
    let tracking = LoopIdentifier.tracking(number)
    guard let waits = ledger.label(number, tracking: tracking, at: step.now),
      let made = ledger.return(number)
    else { return }
    let order = ledger.orders[made.order].copy
    step.later.append(
      .world(
        .returnLabelIssued(
          WorldEvent.Parcel(
            tracking: tracking,
            carrier: "USPS",
            reference: "RMA-\(LoopIdentifier.return(number))-\(order.number)",
            isReturn: true,
            lines: Self.lines(of: made),
            to: settings.destination
          )
        )
      )
    )
    if waits { step.later.append(.world(.returnTendered(tracking: tracking))) }
    announce([.labelCreated, .returnUpdated], number, &step)
    step.later.append(
      .wake(TimerID("expire/\(number)"), after: settings.labelLifetime, background: true)
    )
  }

  private mutating func scan(
    _ tracking: String,
    _ status: ReturnsBooks.LabelStatus,
    _ step: inout Step
  ) {
    guard let number = ledger.scan(tracking, status, at: step.now) else { return }
    step.later.append(.cancel(TimerID("expire/\(number)")))
    announce([.labelUpdated, .returnUpdated], number, &step)
  }

  private mutating func settle(_ number: Int, _ step: inout Step) {
    switch ledger.settle(number, at: step.now) {
    case .nothing: break
    case .failed: announce([.returnProcessingFailed], number, &step)
    case .closed:
      end(number, &step)
      exchange(number, &step)
      concludeClosing(number, &step)
    }
  }

  /// Lets the store create the order that a customer gets instead of money.
  ///
  /// The exchange is even: the new unit costs what the old one did.
  private func exchange(_ number: Int, _ step: inout Step) {
    guard let made = ledger.return(number), let sku = made.exchangeSKU else { return }
    var lines: [StoryCommand.Line] = []
    for unit in made.units {
      if let last = lines.indices.last, lines[last].unitPrice == unit.price {
        lines[last].quantity += 1
      } else {
        lines.append(StoryCommand.Line(sku: sku, quantity: 1, unitPrice: unit.price))
      }
    }
    step.later.append(
      .world(
        .exchangeAccepted(
          order: ledger.orders[made.order].copy.key,
          returnKey: LoopIdentifier.key(number),
          lines: lines
        )
      )
    )
  }

  /// States that a return is closed, and announces it.
  mutating func concludeClosing(_ number: Int, _ step: inout Step) {
    guard let made = ledger.return(number) else { return }
    step.record(facts.closed(made, ledger.orders[made.order].copy, at: step.now))
    announce([.returnClosed, .returnUpdated], number, &step)
  }

  /// Takes back the timers of a return that is at its end.
  func end(_ number: Int, _ step: inout Step) {
    for name in ["label", "process", "expire"] {
      step.later.append(.cancel(TimerID("\(name)/\(number)")))
    }
  }

  private static func lines(of made: ReturnsBooks.Return) -> [StoryCommand.Line] {
    var lines: [StoryCommand.Line] = []
    for unit in made.units {
      if let index = lines.firstIndex(where: { $0.sku == unit.sku }) {
        lines[index].quantity += 1
      } else {
        lines.append(StoryCommand.Line(sku: unit.sku, quantity: 1))
      }
    }
    return lines
  }
}

// MARK: Webhooks

extension ReturnsFake {
  /// Sends what happened to a return, signed.
  mutating func announce(_ triggers: [LoopTrigger], _ number: Int, _ step: inout Step) {
    guard let made = ledger.return(number) else { return }
    let content = LoopReturnWriter(books: ledger, made: made, form: .webhook)
    for trigger in triggers {
      var writer = LoopReturnWriter.phpWriter
      writer.object {
        $0.member("topic", trigger.topic)
        $0.member("trigger", trigger.trigger)
        switch trigger {
        case .returnCreated, .returnUpdated, .returnClosed: content.writeMembers(into: &$0)
        case .labelCreated, .labelUpdated: content.writeLabelMembers(into: &$0)
        case .returnProcessingFailed:
          $0.member("return_id", LoopIdentifier.return(number))
          $0.member("return_state", LoopReturnWriter.state(made.state))
          $0.member("message", "Return failed to process")
          $0.member("source", "warehouse")
        }
      }
      let count = ledger.countWebhook(number)
      step.later.append(
        .webhook(
          Webhook(
            operation: trigger.rawValue,
            entity: entity(LoopIdentifier.return(number)),
            delivery: "\(LoopIdentifier.return(number))/\(trigger.trigger)/\(count)",
            request: LoopWebhook.request(
              writer.bytes,
              path: "/webhooks/\(id.name)",
              secret: profile.webhookSecret
            )
          )
        )
      )
    }
  }
}

// MARK: Inspection

extension ReturnsFake {
  package func books(at now: VirtualInstant) -> BooksSnapshot {
    BooksSnapshot(
      partner: id,
      kind: .returns,
      returns: ledger.returns.map { entry($0) },
      parcels: ledger.returns.compactMap { parcel($0) }
    )
  }

  private func entry(_ made: ReturnsBooks.Return) -> BooksSnapshot.ReturnEntry {
    let order = ledger.orders[made.order].copy
    let status: String
    switch made.state {
    case .closed: status = "closed"
    case .cancelled: status = "cancelled"
    case .expired: status = "expired"
    case .open, .processing, .review:
      status = made.units.allSatisfy { $0.grade != nil } ? "graded" : "open"
    }
    return BooksSnapshot.ReturnEntry(
      keys: [LoopIdentifier.key(made.number), order.key, .reference(String(order.number))]
        + (made.tracking.map { [.tracking($0)] } ?? []),
      status: status,
      lines: Self.lines(of: made).map { line in
        BooksSnapshot.LineEntry(
          sku: line.sku,
          ordered: line.quantity,
          returned: made.units.count { unit in
            guard unit.sku == line.sku, let grade = unit.grade else { return false }
            return grade.condition != .missing
          }
        )
      }
    )
  }

  private func parcel(_ made: ReturnsBooks.Return) -> BooksSnapshot.ParcelEntry? {
    guard case .labelled(let tracking, let status) = made.parcel else { return nil }
    let word =
      switch status {
      case .new, .preTransit: "pre-transit"
      case .inTransit, .outForDelivery: "in-transit"
      case .delivered: "delivered"
      case .failure: "failed"
      }
    return BooksSnapshot.ParcelEntry(
      keys: [.tracking(tracking), LoopIdentifier.key(made.number)],
      status: word
    )
  }
}
