import DrydockExchange
import DrydockKernel
import Testing

@testable import DrydockFakes

@Suite("Returns books") struct ReturnsBooksTests {
  private let now = StoreDriver.start

  private func books(_ settings: ReturnsSettings = ReturnsSettings()) -> ReturnsBooks {
    ReturnsDriver(settings).platform.ledger
  }

  private func asked(
    _ lines: [(String, Int)],
    number: Int = 1,
    exchangeFor: String? = nil
  ) -> StoryCommand.RequestedReturn {
    .init(
      label: "R",
      number: number,
      order: 1001,
      lines: lines.map { .init(sku: $0.0, quantity: $0.1) },
      reason: "Item was too big",
      exchangeFor: exchangeFor
    )
  }

  private func usd(_ minorUnits: Int64) -> Money { Money(minorUnits: minorUnits, currency: .usd) }

  @Test("a return has an entry a unit, with its share of the tax that was paid")
  func requests() throws {
    var books = books()
    let made = try books.request(asked([("SKU-1", 2), ("SKU-2", 1)]), at: now)
    #expect(made.units.map(\.sku) == ["SKU-1", "SKU-1", "SKU-2"])
    #expect(made.units.map(\.tax) == [usd(165), usd(165), usd(103)])
    #expect(made.total == usd(5_248 + 433))
    #expect(made.payout == made.total)
    #expect(made.state == .open)
  }

  @Test("shares of tax add up over several returns")
  func sharesTax() throws {
    var books = books()
    let first = try books.request(asked([("SKU-1", 1)]), at: now)
    let second = try books.request(asked([("SKU-1", 1)], number: 2), at: now)
    #expect(first.taxTotal + second.taxTotal == usd(330))
  }

  @Test("units are returned once, unless their return is withdrawn")
  func claims() throws {
    var books = books()
    try books.request(asked([("SKU-1", 2)]), at: now)
    #expect(throws: ReturnsRefusal.badQuantity(sku: "SKU-1")) {
      try books.request(asked([("SKU-1", 1)], number: 2), at: now)
    }
    try books.cancel(1, at: now)
    try books.request(asked([("SKU-1", 1)], number: 2), at: now)
    try books.close(2, at: now)
    #expect(throws: ReturnsRefusal.badQuantity(sku: "SKU-1")) {
      try books.request(asked([("SKU-1", 2)], number: 3), at: now)
    }
  }

  @Test("requests that cannot be made are refused")
  func refuses() throws {
    var books = books()
    #expect(throws: ReturnsRefusal.unknownProduct(sku: "SKU-3")) {
      try books.request(asked([("SKU-3", 1)]), at: now)
    }
    #expect(throws: ReturnsRefusal.unknownProduct(sku: "SKU-9")) {
      try books.request(asked([("SKU-1", 1)], exchangeFor: "SKU-9"), at: now)
    }
    for quantity in [0, -1, 3, Int.max] {
      #expect(throws: ReturnsRefusal.badQuantity(sku: "SKU-1")) {
        try books.request(asked([("SKU-1", quantity)]), at: now)
      }
    }
    #expect(throws: ReturnsRefusal.badQuantity(sku: "")) {
      try books.request(asked([]), at: now)
    }
    var unknown = asked([("SKU-1", 1)])
    unknown.order = 4711
    #expect(throws: ReturnsRefusal.unknownOrder) { try books.request(unknown, at: now) }
    try books.request(asked([("SKU-1", 1)]), at: now)
    #expect(throws: ReturnsRefusal.numberTaken) {
      try books.request(asked([("SKU-1", 1)]), at: now)
    }
  }

  @Test("what was not fulfilled cannot come back, unless the settings let it")
  func requiresFulfilment() throws {
    var strict = ReturnsDriver(isFulfilled: false).platform.ledger
    #expect(throws: ReturnsRefusal.notFulfilled) {
      try strict.request(asked([("SKU-1", 1)]), at: now)
    }
    var settings = ReturnsSettings()
    settings.requiresFulfilment = false
    var kind = ReturnsDriver(settings, isFulfilled: false).platform.ledger
    try kind.request(asked([("SKU-1", 1)]), at: now)
  }

  @Test("an exchange pays nothing out, and a fee is kept back of a refund")
  func paysOut() throws {
    var settings = ReturnsSettings()
    settings.handlingFee = usd(500)
    var books = books(settings)
    let refund = try books.request(asked([("SKU-1", 1)]), at: now)
    #expect(refund.payout == usd(1_999 + 165 - 500))
    let exchange = try books.request(
      asked([("SKU-1", 1)], number: 2, exchangeFor: "SKU-3"),
      at: now
    )
    #expect(exchange.payout == usd(0))
    #expect(exchange.units.map(\.refund) == [usd(0)])
  }

  @Test("a return is settled once")
  func settles() throws {
    var books = books()
    try books.request(asked([("SKU-1", 1)]), at: now)
    let begins = [try books.process(1, at: now), try books.process(1, at: now)]
    #expect(begins == [true, false])
    let ends = [books.settle(1, at: now), books.settle(1, at: now)]
    #expect(ends == [.closed, .nothing])
    #expect(throws: ReturnsRefusal.closed) { try books.process(1, at: now) }
    #expect(throws: ReturnsRefusal.closed) { try books.cancel(1, at: now) }
    #expect(throws: ReturnsRefusal.closed) { try books.flag(1, at: now) }
  }

  @Test("a settlement that fails can be asked for again")
  func fails() throws {
    var settings = ReturnsSettings()
    settings.processingFailures = 1
    var books = books(settings)
    try books.request(asked([("SKU-1", 1)]), at: now)
    _ = try books.process(1, at: now)
    let first = books.settle(1, at: now)
    #expect(first == .failed)
    #expect(books.return(1)?.state == .open)
    _ = try books.process(1, at: now)
    let second = books.settle(1, at: now)
    #expect(second == .closed)
  }

  @Test("a return that a person must see is not settled")
  func reviews() throws {
    var books = books()
    try books.request(asked([("SKU-1", 1)]), at: now)
    try books.flag(1, at: now)
    #expect(throws: ReturnsRefusal.inReview) { try books.process(1, at: now) }
    var settings = ReturnsSettings()
    settings.approvesAutomatically = false
    var manual = ReturnsDriver(settings).platform.ledger
    let made = try manual.request(asked([("SKU-1", 1)]), at: now)
    #expect(made.state == .review)
  }

  @Test("a return expires only while its label was never scanned")
  func expires() throws {
    var books = books()
    try books.request(asked([("SKU-1", 1)]), at: now)
    let early = books.expire(1, at: now)
    let waits = books.label(1, tracking: "T1", at: now)
    #expect(!early)
    #expect(waits == false)
    var scanned = books
    let expires = books.expire(1, at: now)
    #expect(expires)
    #expect(books.return(1)?.state == .expired(at: now))
    var news = [scanned.scan("T1", .inTransit, at: now)]
    let late = scanned.expire(1, at: now)
    #expect(!late)
    news.append(scanned.scan("T1", .inTransit, at: now))
    news.append(scanned.scan("T1", .delivered, at: now))
    news.append(scanned.scan("T1", .inTransit, at: now))
    news.append(scanned.scan("T9", .delivered, at: now))
    #expect(news == [1, nil, 1, nil, nil])
  }
}
