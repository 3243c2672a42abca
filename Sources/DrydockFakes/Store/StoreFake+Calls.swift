import DrydockExchange
import DrydockJSON
import DrydockKernel

/// Answers to the integration's calls.
extension StoreFake {
  mutating func answer(
    _ request: Request,
    _ exchange: ExchangeID,
    _ step: inout Step
  ) -> Response {
    var version = settings.apiVersion
    var response: Response
    do throws(ShopifyFailure) {
      response = try perform(request, &version, &step)
    } catch {
      response = Response(error.status, body: error.body)
    }
    let key = KeyedDraws.Key(
      partner: id.name,
      operation: "call",
      attempt: exchange.number,
      purpose: "request-id"
    )
    let more = KeyedDraws.Key(
      partner: id.name,
      operation: "call",
      attempt: exchange.number,
      purpose: "request-id-low"
    )
    response.headers.append("Content-Type", "application/json; charset=utf-8")
    response.headers.append("X-Shopify-API-Version", version)
    response.headers.append(
      "X-Request-Id",
      UUIDText.make(step.draws.bits(key), step.draws.bits(more))
    )
    return response
  }

  private mutating func perform(
    _ request: Request,
    _ version: inout String,
    _ step: inout Step
  ) throws(ShopifyFailure) -> Response {
    guard request.headers["X-Shopify-Access-Token"] == profile.credential else {
      throw .unauthorised
    }
    switch ShopifyRoute(request) {
    case .unknown: throw .notFound
    case .wrongMethod: throw .notAcceptable
    case .operation(let operation, let asked, let identifier):
      guard let resolved = ShopifyVersion.resolve(asked) else { throw .notFound }
      version = resolved
      return try perform(operation, identifier, request, &step)
    }
  }

  private mutating func perform(
    _ operation: ShopifyOperation,
    _ identifier: Int64,
    _ request: Request,
    _ step: inout Step
  ) throws(ShopifyFailure) -> Response {
    switch operation {
    case .ordersList: return try listOrders(request)
    case .inventoryLevelsList: return try listLevels(request)
    case .inventoryLevelSet: return try setLevel(request, &step)
    case .fulfillmentCreate: return try fulfil(request, &step)
    case .fulfillmentEventCreate:
      guard let parts = ShopifyIdentifier.fulfillment.parts(of: identifier) else {
        throw .notFound
      }
      return try tell(request, parts.number, parts.ordinal, &step)
    default: break
    }
    guard let number = ShopifyIdentifier.order.parts(of: identifier)?.number,
      let order = ledger.order(number)
    else { throw .notFound }
    switch operation {
    case .orderUpdate: return try update(request, number, &step)
    case .orderCancel: return try cancel(request, number, &step)
    case .refundCreate: return try refund(request, number, &step)
    case .fulfillmentOrdersList:
      return answer { writer in
        writer.memberArray("fulfillment_orders") {
          ShopifyFulfillmentOrderWriter(dialect: dialect, order: order).write(into: &$0)
        }
      }
    case .refundsList:
      return answer { writer in
        writer.memberArray("refunds") {
          for refund in order.refunds {
            ShopifyRefundWriter(dialect: dialect, order: order, refund: refund).write(into: &$0)
          }
        }
      }
    default: return answer(order)
    }
  }

  private func answer(_ status: Int = 200, _ body: (inout JSONWriter) -> Void) -> Response {
    var writer = JSONWriter()
    writer.object { body(&$0) }
    return Response(status, body: writer.bytes)
  }

  private func answer(_ order: StoreBooks.Order, notice: String? = nil) -> Response {
    answer { writer in
      writer.memberObject("order") {
        ShopifyOrderWriter(dialect: dialect, order: order).writeMembers(into: &$0)
      }
      if let notice { writer.member("notice", notice) }
    }
  }

  /// Returns the order with a number that the books have just changed.
  private func known(_ number: Int) throws(ShopifyFailure) -> StoreBooks.Order {
    guard let order = ledger.order(number) else { throw .notFound }
    return order
  }
}

// MARK: Orders

extension StoreFake {
  private func listOrders(_ request: Request) throws(ShopifyFailure) -> Response {
    let asked = ShopifyQuery(request.query)
    try asked.allow(ShopifyOrderFilter.names)
    let limit = try asked.limit()
    let cursor = try asked.cursor()
    let query = cursor.map { ShopifyQuery($0.filters[...]) } ?? asked
    let filter = try ShopifyOrderFilter(query)
    let orders = ledger.orders
    // From the newest down, unless the list starts behind an identifier.
    func index(_ position: Int) -> Int {
      filter.since == nil ? orders.count - 1 - position : position
    }
    var start: (position: Int, isForward: Bool)?
    if let cursor {
      guard let number = ShopifyIdentifier.order.parts(of: cursor.last)?.number,
        let found = ledger.indexOfNumber[number]
      else { throw ShopifyFailure(400, .member("page_info", "Invalid value.")) }
      start = (index(found), cursor.isForward)
    }
    let page = ShopifyPage(count: orders.count, limit: limit, behind: start) {
      filter.matches(orders[index($0)])
    }
    var response = answer { writer in
      writer.memberArray("orders") {
        for position in page.positions {
          ShopifyOrderWriter(dialect: dialect, order: orders[index(position)]).write(into: &$0)
        }
      }
    }
    let link = dialect.link(
      path: request.path,
      page: page,
      limit: limit,
      filters: query.filters
    ) { ShopifyIdentifier.order(orders[index($0)].number) }
    if let link { response.headers.append("Link", link) }
    return response
  }

  private mutating func update(
    _ request: Request,
    _ number: Int,
    _ step: inout Step
  ) throws(ShopifyFailure) -> Response {
    let edit = try dialect.edit(request, of: ShopifyIdentifier.order(number))
    do {
      try ledger.edit(number, edit, at: step.now)
    } catch {
      throw ShopifyFailure(error)
    }
    announce([.ordersUpdated], number, &step)
    return answer(try known(number))
  }

  private mutating func cancel(
    _ request: Request,
    _ number: Int,
    _ step: inout Step
  ) throws(ShopifyFailure) -> Response {
    let cancellation = try dialect.cancellation(request)
    let refund: StoreBooks.Refund?
    do {
      refund = try ledger.cancel(number, cancellation, at: step.now)
    } catch {
      throw ShopifyFailure(error)
    }
    let order = try known(number)
    step.record(facts.cancelled(order, reason: cancellation.reason, at: step.now))
    if let refund {
      if let fact = facts.refunded(order, refund) { step.record(fact) }
      announce([.ordersCancelled], refund: refund, [.ordersUpdated], number, &step)
    } else {
      announce([.ordersCancelled, .ordersUpdated], number, &step)
    }
    announceStock(order.lines.map(\.product), &step)
    return answer(order, notice: "Order has been canceled")
  }

  private mutating func refund(
    _ request: Request,
    _ number: Int,
    _ step: inout Step
  ) throws(ShopifyFailure) -> Response {
    let asked = try dialect.refund(request, of: number)
    let refund: StoreBooks.Refund
    do {
      refund = try ledger.refund(number, asked, at: step.now)
    } catch {
      throw ShopifyFailure(error)
    }
    let order = try known(number)
    if let fact = facts.refunded(order, refund) { step.record(fact) }
    announce([], refund: refund, [.ordersUpdated], number, &step)
    announceStock(
      refund.lines.filter { $0.restock != .none }.map { order.lines[$0.line].product },
      &step
    )
    return answer(201) { writer in
      writer.memberObject("refund") {
        ShopifyRefundWriter(dialect: dialect, order: order, refund: refund)
          .writeMembers(into: &$0)
      }
    }
  }
}

// MARK: Fulfilments

extension StoreFake {
  private mutating func fulfil(
    _ request: Request,
    _ step: inout Step
  ) throws(ShopifyFailure) -> Response {
    let asked = try dialect.fulfilment(request)
    let fulfilment: StoreBooks.Fulfilment
    do {
      fulfilment = try ledger.fulfil(asked.number, asked.request, at: step.now)
    } catch {
      throw ShopifyFailure(
        error,
        fulfillmentOrder: ShopifyIdentifier.fulfillmentOrder(asked.number, 1)
      )
    }
    let order = try known(asked.number)
    step.record(facts.notified(order, fulfilment))
    step.later.append(.world(.orderFulfilled(order: ShopifyDialect.key(order.number))))
    announce([.ordersUpdated], order.number, &step)
    return answer(201) { writer in
      writer.memberObject("fulfillment") {
        ShopifyFulfillmentWriter(dialect: dialect, order: order, fulfilment: fulfilment)
          .writeMembers(into: &$0)
      }
    }
  }

  private mutating func tell(
    _ request: Request,
    _ number: Int,
    _ ordinal: Int,
    _ step: inout Step
  ) throws(ShopifyFailure) -> Response {
    guard let known = ledger.order(number), known.fulfilments.indices.contains(ordinal - 1) else {
      throw .notFound
    }
    let event = try dialect.event(request, at: step.now)
    let position: Int
    do {
      position = try ledger.tell(event.status, fulfilment: ordinal, of: number, at: step.now)
    } catch {
      throw ShopifyFailure(error)
    }
    let order = try self.known(number)
    announce([.ordersUpdated], number, &step)
    let now = step.now
    return answer(201) { writer in
      writer.memberObject("fulfillment_event") {
        ShopifyFulfillmentWriter(
          dialect: dialect,
          order: order,
          fulfilment: order.fulfilments[ordinal - 1]
        ).writeEvent(
          position,
          message: event.message,
          happenedAt: event.happenedAt,
          at: now,
          into: &$0
        )
      }
    }
  }
}

// MARK: Stock

extension StoreFake {
  private func listLevels(_ request: Request) throws(ShopifyFailure) -> Response {
    let asked = ShopifyQuery(request.query)
    try asked.allow(["inventory_item_ids", "location_ids", "updated_at_min"])
    let limit = try asked.limit()
    let cursor = try asked.cursor()
    let query = cursor.map { ShopifyQuery($0.filters[...]) } ?? asked
    let items = try query.identifiers("inventory_item_ids")
    let locations = try query.identifiers("location_ids")
    guard items != nil || locations != nil else {
      throw .invalid("inventory_item_ids or location_ids must be provided")
    }
    guard (items?.count ?? 0) <= 50 else {
      throw ShopifyFailure(400, .member("inventory_item_ids", "exceeds the maximum of 50"))
    }
    let updatedMin = try query.instant("updated_at_min")
    let isHere = locations?.contains(dialect.masterData.shopifyLocation) ?? true
    let products = dialect.masterData.products
    var start: (position: Int, isForward: Bool)?
    if let cursor {
      guard let position = dialect.product(ofItem: cursor.last) else {
        throw ShopifyFailure(400, .member("page_info", "Invalid value."))
      }
      start = (position, cursor.isForward)
    }
    let levels = ledger.levels
    let page = ShopifyPage(count: isHere ? products.count : 0, limit: limit, behind: start) {
      if let items, !items.contains(products[$0].shopifyInventoryItem) { return false }
      if let updatedMin, levels[$0].updatedAt < updatedMin { return false }
      return true
    }
    var response = answer { writer in
      writer.memberArray("inventory_levels") {
        for product in page.positions {
          $0.object { dialect.writeLevel(levels[product], of: products[product], into: &$0) }
        }
      }
    }
    let link = dialect.link(
      path: request.path,
      page: page,
      limit: limit,
      filters: query.filters
    ) { products[$0].shopifyInventoryItem }
    if let link { response.headers.append("Link", link) }
    return response
  }

  private mutating func setLevel(
    _ request: Request,
    _ step: inout Step
  ) throws(ShopifyFailure) -> Response {
    let asked = try dialect.level(request, books: ledger)
    do {
      try ledger.setAvailable(asked.available, of: asked.product, at: step.now)
    } catch {
      throw ShopifyFailure(error)
    }
    let product = dialect.masterData.products[asked.product]
    step.record(facts.published(product, available: asked.available, at: step.now))
    announceStock([asked.product], &step)
    let level = ledger.levels[asked.product]
    return answer { writer in
      writer.memberObject("inventory_level") {
        dialect.writeLevel(level, of: product, into: &$0)
      }
    }
  }
}

extension ShopifyDialect {
  /// Writes the members of a stock level.
  func writeLevel(
    _ level: StoreBooks.StockLevel,
    of product: MasterData.Product,
    into writer: inout JSONWriter
  ) {
    writer.member("inventory_item_id", product.shopifyInventoryItem)
    writer.member("location_id", masterData.shopifyLocation)
    writer.member("available", level.available)
    writer.member("updated_at", date(level.updatedAt))
    writer.member(
      "admin_graphql_api_id",
      "gid://shopify/InventoryLevel/\(masterData.shopifyLocation)?inventory_item_id="
        + String(product.shopifyInventoryItem)
    )
  }
}
