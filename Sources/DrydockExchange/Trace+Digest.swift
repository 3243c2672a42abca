import DrydockKernel

extension TraceEvent {
  /// Folds everything the event says into a digest, field by field in a fixed order.
  func fold(into digest: inout RollingDigest) {
    digest.combine(UInt64(bitPattern: at.nanosecondsSinceEpoch))
    digest.combine(UInt64(bitPattern: Int64(cause ?? -1)))
    switch content {
    case .step(let text):
      digest.combine(1)
      digest.combine(text)
    case .sent(let attempt, let request):
      digest.combine(2)
      attempt.fold(into: &digest)
      digest.combine(request.method)
      digest.combine(request.host)
      digest.combine(request.target)
      request.headers.fold(into: &digest)
      digest.combine(bytes: request.body)
    case .arrived(let exchange):
      digest.combine(3)
      digest.combine(exchange)
    case .answered(let exchange, let response):
      digest.combine(4)
      digest.combine(exchange)
      response.fold(into: &digest)
    case .concluded(let exchange, let result):
      digest.combine(5)
      digest.combine(exchange)
      result.fold(into: &digest)
    case .fault(let effect):
      digest.combine(6)
      digest.combine(effect.fault)
      digest.combine(effect.effect)
      digest.combine(effect.exchange ?? ExchangeID(0))
      digest.combine(effect.partner.name)
      digest.combine(effect.fired ? 1 : 0)
    case .fact(let fact):
      digest.combine(7)
      fact.fold(into: &digest)
    case .note(let note):
      digest.combine(8)
      digest.combine(note.kind.rawValue)
      digest.combine(note.order)
      digest.combine(note.partner?.name ?? "")
      digest.combine(note.owner)
      digest.combine(note.text)
    case .books(let books):
      digest.combine(9)
      books.fold(into: &digest)
    case .quiet:
      digest.combine(10)
    case .stopped(let reason):
      digest.combine(11)
      digest.combine(reason)
    }
  }
}

extension RollingDigest {
  mutating func combine(_ exchange: ExchangeID) {
    combine(UInt64(exchange.number))
  }

  mutating func combine(_ number: Int) {
    combine(UInt64(bitPattern: Int64(number)))
  }

  mutating func combine(_ key: EntityKey?) {
    combine(key?.namespace ?? "")
    combine(key?.value ?? "")
  }

  mutating func combine(_ keys: [EntityKey]) {
    combine(keys.count)
    for key in keys { combine(key) }
  }

  mutating func combine(_ money: Money?) {
    combine(money.map { UInt64(bitPattern: $0.minorUnits) } ?? .max)
    combine(money?.currency.code ?? "")
  }
}

extension Attempt {
  func fold(into digest: inout RollingDigest) {
    digest.combine(exchange)
    digest.combine(from.name)
    digest.combine(to.name)
    digest.combine(kind.rawValue)
    digest.combine(channel.rawValue)
    digest.combine(operation)
    digest.combine(entity)
    digest.combine(number)
  }
}

extension HeaderFields {
  func fold(into digest: inout RollingDigest) {
    digest.combine(fields.count)
    for field in fields {
      digest.combine(field.name)
      digest.combine(field.value)
    }
  }
}

extension Response {
  func fold(into digest: inout RollingDigest) {
    digest.combine(status)
    headers.fold(into: &digest)
    digest.combine(bytes: body)
  }
}

extension CallResult {
  func fold(into digest: inout RollingDigest) {
    switch self {
    case .response(let response):
      digest.combine(1)
      // In full: a fault may have damaged it behind the one that was answered.
      response.fold(into: &digest)
    case .connectionRefused: digest.combine(2)
    case .timedOut: digest.combine(3)
    case .connectionReset: digest.combine(4)
    }
  }
}

extension Fact {
  func fold(into digest: inout RollingDigest) {
    digest.combine(kind.rawValue)
    digest.combine(partner.name)
    digest.combine(UInt64(bitPattern: at.nanosecondsSinceEpoch))
    digest.combine(subject)
    digest.combine(order)
    digest.combine(links)
    digest.combine(parent)
    digest.combine(lines.count)
    for line in lines {
      digest.combine(line.sku)
      digest.combine(line.quantity)
      digest.combine(line.node ?? "")
      digest.combine(line.amount)
      digest.combine(line.detail ?? "")
    }
    digest.combine(amount)
    digest.combine(detail ?? "")
  }
}

extension BooksSnapshot {
  func fold(into digest: inout RollingDigest) {
    digest.combine(partner.name)
    digest.combine(kind.rawValue)
    digest.combine(orders.count)
    for order in orders {
      digest.combine(order.keys)
      digest.combine(order.status)
      fold(order.lines, into: &digest)
      digest.combine(order.total)
      digest.combine(order.charged)
      digest.combine(order.returned)
    }
    digest.combine(stock.count)
    for entry in stock {
      digest.combine(entry.sku)
      digest.combine(entry.node)
      for number in [entry.onHand, entry.committed, entry.held, entry.available] {
        digest.combine(number)
      }
    }
    digest.combine(returns.count)
    for entry in returns {
      digest.combine(entry.keys)
      digest.combine(entry.status)
      fold(entry.lines, into: &digest)
    }
    digest.combine(parcels.count)
    for parcel in parcels {
      digest.combine(parcel.keys)
      digest.combine(parcel.status)
    }
  }

  private func fold(_ lines: [LineEntry], into digest: inout RollingDigest) {
    digest.combine(lines.count)
    for line in lines {
      digest.combine(line.sku)
      for number in [line.ordered, line.shipped, line.cancelled, line.returned] {
        digest.combine(number)
      }
    }
  }
}
