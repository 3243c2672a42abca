import DrydockExchange
import DrydockKernel
import Testing

@testable import DrydockFakes

@Suite("Store books") struct StoreBooksTests {
  private let now = StoreDriver.start

  private func books(_ available: Int = 10) -> StoreBooks {
    var settings = StoreSettings()
    settings.stockOtherwise = available
    return StoreBooks(masterData: StoreDriver.masterData, settings: settings, at: now)
  }

  private func order(
    _ lines: [(String, Int)] = [("SKU-1", 2), ("SKU-2", 1)],
    number: Int = 1001
  ) -> StoreBooks.NewOrder {
    StoreBooks.NewOrder(
      label: "A",
      number: number,
      lines: lines.map { .init(sku: $0.0, quantity: $0.1) },
      customer: "alex.morgan@example.com",
      address: .default,
      shipping: "standard",
      shippingPrice: Money(minorUnits: 595, currency: .usd),
      tokens: .init(high: 1, low: 2)
    )
  }

  private func usd(_ minorUnits: Int64) -> Money { Money(minorUnits: minorUnits, currency: .usd) }

  @Test("an order takes its units off sale and is paid with tax and shipping")
  func places() throws {
    var books = books()
    let order = try books.place(order(), guardsStock: true, at: now)
    #expect(order.subtotal == usd(5_248))
    #expect(order.tax == usd(433))  // 330 on 39.98, 103 on 12.50
    #expect(order.total == usd(6_276))
    #expect(books.levels.map(\.available) == [8, 9, 10])
    #expect(books.levels.map(\.committed) == [2, 1, 0])
  }

  @Test("the checkout refuses more units than are available, over all lines of a SKU")
  func refusesSoldOut() throws {
    var books = books(3)
    #expect(throws: StoreRefusal.soldOut(sku: "SKU-1", available: 3)) {
      try books.place(
        order([("SKU-1", 2), ("SKU-1", 2)]),
        guardsStock: true,
        at: now
      )
    }
    #expect(books.orders.isEmpty)
    #expect(books.levels[0].available == 3)
    try books.place(order([("SKU-1", 2), ("SKU-1", 2)]), guardsStock: false, at: now)
    #expect(books.levels[0].available == -1)
  }

  @Test("malformed orders are refused", arguments: [0, -1, StoreLimits.lineUnitsMax + 1])
  func refusesQuantities(quantity: Int) {
    var books = books()
    #expect(throws: StoreRefusal.badQuantity(quantity)) {
      try books.place(order([("SKU-1", quantity)]), guardsStock: false, at: now)
    }
  }

  @Test("unknown SKUs, empty orders and used numbers are refused")
  func refusesOthers() throws {
    var books = books()
    #expect(throws: StoreRefusal.unknownProduct(sku: "SKU-9")) {
      try books.place(order([("SKU-9", 1)]), guardsStock: true, at: now)
    }
    #expect(throws: StoreRefusal.badLines) {
      try books.place(order([]), guardsStock: true, at: now)
    }
    try books.place(order(), guardsStock: true, at: now)
    #expect(throws: StoreRefusal.numberTaken(1001)) {
      try books.place(order(), guardsStock: true, at: now)
    }
  }

  @Test("parts of a line are fulfilled until nothing is left, and then the order is archived")
  func fulfils() throws {
    var books = books()
    try books.place(order(), guardsStock: true, at: now)
    try books.fulfil(1001, .init(lines: [.init(line: 0, quantity: 1)]), at: now)
    #expect(books.order(1001)?.lines.map(\.fulfillable) == [1, 1])
    #expect(books.order(1001)?.state == .open)
    #expect(throws: StoreRefusal.fulfilsTooMany) {
      try books.fulfil(1001, .init(lines: [.init(line: 0, quantity: 2)]), at: now)
    }
    try books.fulfil(1001, .init(), at: now)
    #expect(books.order(1001)?.lines.map(\.fulfillable) == [0, 0])
    #expect(books.order(1001)?.state == .archived(at: now))
    #expect(books.levels.map(\.committed) == [0, 0, 0])
    #expect(throws: StoreRefusal.fulfilsClosed(cancelled: false)) {
      try books.fulfil(1001, .init(), at: now)
    }
  }

  @Test("a cancelled order gives its units back, and cannot be cancelled or fulfilled again")
  func cancels() throws {
    var books = books()
    let placed = try books.place(order(), guardsStock: true, at: now)
    let refund = try books.cancel(
      1001,
      .init(reason: .customer, amount: placed.total, restocks: true),
      at: now
    )
    #expect(refund?.amount == placed.total)
    #expect(books.levels.map(\.available) == [10, 10, 10])
    #expect(books.levels.map(\.committed) == [0, 0, 0])
    #expect(throws: StoreRefusal.cancelledAlready) {
      try books.cancel(1001, .init(reason: .customer), at: now)
    }
    #expect(throws: StoreRefusal.fulfilsClosed(cancelled: true)) {
      try books.fulfil(1001, .init(), at: now)
    }
  }

  @Test("cancelling without restocking leaves the units off sale")
  func cancelsWithoutRestocking() throws {
    var books = books()
    try books.place(order(), guardsStock: true, at: now)
    try books.cancel(1001, .init(reason: .fraud, restocks: false), at: now)
    #expect(books.levels.map(\.available) == [8, 9, 10])
    #expect(books.levels.map(\.committed) == [0, 0, 0])
    #expect(books.order(1001)?.refunded == usd(0))
  }

  @Test("an order of which anything shipped cannot be cancelled")
  func refusesCancelling() throws {
    var books = books()
    try books.place(order(), guardsStock: true, at: now)
    try books.fulfil(1001, .init(lines: [.init(line: 1, quantity: 1)]), at: now)
    #expect(throws: StoreRefusal.cancelsFulfilled) {
      try books.cancel(1001, .init(reason: .customer), at: now)
    }
  }

  @Test("the tax on parts of a line adds up to the tax on the line")
  func sharesTax() throws {
    var books = books()
    try books.place(order([("SKU-2", 7)]), guardsStock: true, at: now)
    try books.fulfil(1001, .init(), at: now)
    var tax = usd(0)
    for _ in 0..<7 {
      var request = StoreBooks.RefundRequest()
      request.lines = [.init(line: 0, quantity: 1, restock: .giveBack)]
      let refund = try books.refund(1001, request, at: now)
      tax += refund.lines[0].tax
    }
    #expect(tax == books.order(1001)?.tax)
  }

  @Test("money goes back until nothing is left of the payment, however often it is asked for")
  func refundsUntilNothingIsLeft() throws {
    var books = books()
    try books.place(order(), guardsStock: true, at: now)
    var request = StoreBooks.RefundRequest()
    request.amounts = [usd(3_000)]
    try books.refund(1001, request, at: now)
    try books.refund(1001, request, at: now)
    #expect(books.order(1001)?.refunded == usd(6_000))
    #expect(throws: StoreRefusal.refundsTooMuch(asked: usd(3_000), left: usd(276))) {
      try books.refund(1001, request, at: now)
    }
  }

  @Test("units go back at most once, and only on sale again in the way that fits")
  func refundsUnits() throws {
    var books = books()
    try books.place(order(), guardsStock: true, at: now)
    func request(_ quantity: Int, _ restock: StoreBooks.Restock) -> StoreBooks.RefundRequest {
      var request = StoreBooks.RefundRequest()
      request.lines = [.init(line: 0, quantity: quantity, restock: restock)]
      return request
    }
    #expect(throws: StoreRefusal.restocksImpossibly(.giveBack)) {
      try books.refund(1001, request(1, .giveBack), at: now)
    }
    try books.refund(1001, request(1, .cancel), at: now)
    #expect(books.levels[0].available == 9)
    #expect(books.order(1001)?.lines[0].fulfillable == 1)
    try books.fulfil(1001, .init(), at: now)
    #expect(throws: StoreRefusal.restocksImpossibly(.cancel)) {
      try books.refund(1001, request(1, .cancel), at: now)
    }
    try books.refund(1001, request(1, .giveBack), at: now)
    #expect(books.levels[0].available == 10)
    #expect(throws: StoreRefusal.refundsTooMany) {
      try books.refund(1001, request(1, .none), at: now)
    }
  }

  @Test("a refund needs money or goods, and shipping goes back once")
  func refundsSomething() throws {
    var books = books()
    try books.place(order(), guardsStock: true, at: now)
    #expect(throws: StoreRefusal.refundsNothing) {
      try books.refund(1001, StoreBooks.RefundRequest(), at: now)
    }
    var request = StoreBooks.RefundRequest()
    request.shipping = usd(595)
    request.amounts = [usd(595)]
    let refund = try books.refund(1001, request, at: now)
    #expect(refund.discrepancy.isZero)
    #expect(throws: StoreRefusal.refundsShippingTwice(left: usd(0))) {
      try books.refund(1001, request, at: now)
    }
  }

  @Test("a refund that is not worth its lines states the difference")
  func statesDiscrepancy() throws {
    var books = books()
    try books.place(order(), guardsStock: true, at: now)
    var request = StoreBooks.RefundRequest()
    request.lines = [.init(line: 1, quantity: 1, restock: .none)]
    request.amounts = [usd(1_000)]
    let refund = try books.refund(1001, request, at: now)
    #expect(refund.discrepancy == usd(353))
    #expect(refund.shippingPart == nil)
    #expect(refund.discrepancyPart == 2)
  }

  @Test("a request that is refused changes nothing")
  func isAtomic() throws {
    var books = books()
    try books.place(order(), guardsStock: true, at: now)
    let before = books.order(1001)
    var request = StoreBooks.RefundRequest()
    request.lines = [.init(line: 0, quantity: 1, restock: .cancel)]
    request.amounts = [usd(99_999)]
    #expect(throws: StoreRefusal.self) { try books.refund(1001, request, at: now) }
    #expect(throws: StoreRefusal.self) {
      try books.cancel(1001, .init(reason: .customer, amount: usd(99_999)), at: now)
    }
    #expect(throws: StoreRefusal.self) {
      try books.fulfil(
        1001,
        .init(lines: [.init(line: 0, quantity: 1), .init(line: 0, quantity: 2)]),
        at: now
      )
    }
    #expect(books.order(1001) == before)
    #expect(books.levels.map(\.available) == [8, 9, 10])
  }
}
