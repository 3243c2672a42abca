import DrydockExchange
import DrydockKernel
import DrydockReports

@testable import DrydockVerification

/// An order with everything that can befall one.
///
/// A lost answer, a crash, a duplicate, a throttle, an outage, a return refunded twice and a
/// payload that breaks its contract.
enum OrderFixture {
  static let order = "A (#1001)"
  private static let usd = CurrencyCode("USD") ?? .usd
  private static let line = FactLine(sku: "SKU-1", quantity: 2)

  /// What a shopper types into a note: everything that could break a page.
  static let hostileNote =
    "</script><script>alert('1')</script> \"quoted\" & <b>bold</b> \u{202E}gnp.exe \u{7} 😀 مرحبا "
    + String(repeating: "Donaudampfschiff", count: 12)

  static func money(_ text: String) -> Money { Money(parsing: text, currency: usd) ?? .zero(usd) }

  static func failed() -> JudgedRun {
    var builder = TraceBuilder()
    place(&builder)
    acceptAndRelease(&builder)
    ship(&builder)
    track(&builder)
    takeBack(&builder)
    refund(&builder)
    builder.add(.quiet)
    return JudgedRun(
      file: "Scenarios/returns/refund-twice.json",
      title: "A lost answer, a crash, a duplicate, and the refund is paid twice",
      seed: 7,
      defects: ["refund-on-every-receipt"],
      trace: builder.trace,
      verdict: verdict(of: builder.trace),
      reproduce:
        "drydock run Scenarios/returns/refund-twice.json --seed 7 --defect refund-on-every-receipt"
    )
  }

  // MARK: The story

  private static func place(_ builder: inout TraceBuilder) {
    builder.at(0, "9 h")
    builder.add(.step("store: order placed"))
    let subject = EntityKey("shopify.order", "450789469")
    builder.add(
      .fact(builder.fact(.orderPlaced, "store", subject, lines: [line], amount: money("80.00")))
    )
    builder.add(
      .fact(
        builder.fact(
          .paymentCaptured,
          "store",
          EntityKey("shopify.transaction", "389404469"),
          amount: money("80.00")
        )
      )
    )
    let note = hostileNote.unicodeScalars.map { scalar in
      switch scalar {
      case "\"": "\\\""
      case "\u{7}": "\\u0007"
      default: String(scalar)
      }
    }.joined()
    let webhook = builder.webhook(
      "store",
      "orders-create",
      headers: [
        "Content-Type": "application/json", "X-Shopify-Topic": "orders/create",
        "X-Shopify-Hmac-Sha256": "XWmrwMey6OsLMeiZKwP4FppHH3cmAiiJJAweH5Jo4bM=",
      ],
      body:
        """
        {"id":450789469,"name":"#1001","total_price":"80.00","currency":"USD","note":"\(note)\
        ","line_items":[{"sku":"SKU-1","quantity":2,"price":"40.00"}]\
        ,"customer":{"password":"planted-secret-1"}}
        """
    )
    builder.finish(webhook)
  }

  private static func acceptAndRelease(_ builder: inout TraceBuilder) {
    builder.pass(40)
    let body =
      """
      {"externalId":"SHOP-1001","item":{"items":[{"item":{"id":"55"},"quantity":2}]}}
      """
    let first = builder.call(
      "erp",
      "sales-order-upsert",
      "PUT",
      "/services/rest/record/v1/salesOrder/eid:SHOP-1001",
      headers: ["Authorization": "Bearer planted-secret-2", "Content-Type": "application/json"],
      body: body
    )
    builder.fault("faults/0", "response lost after effect", on: first, "erp")
    builder.arrive(first, after: 140)
    let key = EntityKey("netsuite.sales-order", "4711")
    builder.add(.fact(builder.fact(.orderAccepted, "erp", key, lines: [line])))
    _ = builder.answer(first, 204)
    builder.pass(29_860)
    builder.conclude(first, .timedOut)
    builder.note(.retryScheduled, "sales-order-upsert again in 2.1 s")
    builder.pass(2_100)
    let second = builder.call(
      "erp",
      "sales-order-upsert",
      "PUT",
      "/services/rest/record/v1/salesOrder/eid:SHOP-1001",
      attempt: 2,
      headers: ["Authorization": "Bearer planted-secret-2"],
      body: body
    )
    builder.finish(second, 204)
    builder.pass(12)
    let release = builder.call(
      "3pl",
      "order-create",
      "POST",
      "/2026-01/order",
      headers: ["shipbob_channel_id": "101"],
      body: "{\"reference_id\":\"SHOP-1001\",\"products\":[{\"sku\":\"SKU-1\",\"quantity\":2}]}"
    )
    let released = builder.fact(.orderReleased, "3pl", EntityKey("shipbob.order", "88001"))
    builder.finish(
      release,
      201,
      body: "{\"id\":88001,\"status\":\"Processing\"}",
      facts: [released]
    )
  }

  private static func ship(_ builder: inout TraceBuilder) {
    builder.at(1, "14 h 3 min 20 s")
    let shipment = builder.fact(
      .shipmentCreated,
      "3pl",
      EntityKey("shipbob.shipment", "88"),
      lines: [line]
    )
    builder.add(.fact(shipment))
    let body =
      "{\"id\":88,\"order_id\":88001,\"tracking\":{\"tracking_number\":\"1Z999AA10123456784\"}}"
    let first = builder.webhook("3pl", "order-shipped", body: body)
    builder.fault("faults/1", "delivered once more with the same id", on: first, "3pl")
    builder.arrive(first)
    builder.pass(5)
    builder.note(.crashed, "lost the outputs of a step that had taken effect")
    builder.conclude(first, .connectionReset)
    builder.pass(20_000)
    let copy = builder.webhook("3pl", "order-shipped", body: body)
    builder.fault("duplicate", "injected copy of the webhook", on: copy, "3pl")
    builder.pass(60)
    builder.conclude(copy, .connectionRefused)
    builder.pass(99_940)
    builder.note(.restarted, "restarted")
    builder.pass(30_000)
    let again = builder.webhook("3pl", "order-shipped", attempt: 2, body: body)
    builder.finish(again)
    builder.pass(15)
    postShipment(&builder)
  }

  private static func postShipment(_ builder: inout TraceBuilder) {
    let tell = builder.call(
      "store",
      "fulfillment-create",
      "POST",
      "/admin/api/2026-04/fulfillments.json",
      headers: ["X-Shopify-Access-Token": "planted-secret-3"],
      body: "{\"fulfillment\":{\"tracking_info\":{\"number\":\"1Z999AA10123456784\"}}}"
    )
    let post = builder.call(
      "erp",
      "item-fulfillment-create",
      "POST",
      """
      /services/rest/record/v1/salesOrder/4711/!transform/itemFulfillment\
      ?access_token=planted-secret-4&x=1
      """
    )
    let track = builder.call("carrier", "tracker-create", "POST", "/v2/trackers")
    let notified = builder.fact(
      .shipmentNotified,
      "store",
      EntityKey("shopify.fulfillment", "255858046")
    )
    builder.finish(tell, 201, facts: [notified])
    let posted = builder.fact(.fulfilmentPosted, "erp", EntityKey("netsuite.item-fulfillment", "9"))
    builder.finish(post, 204, facts: [posted])
    builder.finish(
      track,
      429,
      body: "{\"error\":{\"code\":\"RATE_LIMITED\",\"message\":\"slow down\"}}"
    )
    builder.note(.retryScheduled, "tracker-create again in 30 s, as the carrier asked")
    builder.pass(30_000)
    let later = builder.call("carrier", "tracker-create", "POST", "/v2/trackers", attempt: 2)
    let tracked = builder.fact(.shipmentTracked, "carrier", EntityKey("easypost.tracker", "trk_1"))
    builder.finish(later, 201, body: "{\"id\":\"trk_1\"}", facts: [tracked])
    let invoice = builder.call(
      "erp",
      "invoice-create",
      "POST",
      "/services/rest/record/v1/salesOrder/4711/!transform/invoice"
    )
    let invoiced = builder.fact(
      .invoicePosted,
      "erp",
      EntityKey("netsuite.invoice", "31"),
      amount: money("80.00")
    )
    builder.finish(invoice, 204, facts: [invoiced])
  }

  private static func track(_ builder: inout TraceBuilder) {
    for (day, detail) in [(2, "in-transit"), (3, "out-for-delivery")] {
      builder.at(day, "7 h 12 min")
      builder.add(
        .fact(
          builder.fact(
            .shipmentScanned,
            "carrier",
            EntityKey("easypost.scan", "1Z/\(day)"),
            detail: detail
          )
        )
      )
      let scan = builder.webhook("carrier", "tracker-updated", entity: "trk_1")
      builder.finish(scan)
    }
    builder.at(3, "15 h 40 min")
    builder.add(
      .fact(builder.fact(.shipmentDelivered, "carrier", EntityKey("easypost.tracker", "trk_1")))
    )
    let delivered = builder.webhook("carrier", "tracker-updated", entity: "trk_1", attempt: 1)
    builder.finish(delivered)
    let event = builder.call(
      "store",
      "fulfillment-event-create",
      "POST",
      "/admin/api/2026-04/fulfillments/255858046/events.json"
    )
    builder.finish(event, 201)
  }

  private static func takeBack(_ builder: inout TraceBuilder) {
    builder.at(9, "10 h 30 min")
    builder.add(.fact(builder.fact(.returnRequested, "returns", EntityKey("loop.return", "73"))))
    let opened = builder.webhook("returns", "return-created", entity: "73")
    builder.finish(opened)
    let authorise = builder.call(
      "erp",
      "return-authorization-create",
      "POST",
      "/services/rest/record/v1/salesOrder/4711/!transform/returnAuthorization"
    )
    builder.fault("faults/2", "connection refused", on: authorise, "erp")
    builder.pass(45)
    builder.conclude(authorise, .connectionRefused)
    builder.note(.circuitOpened, "erp is down, calls wait")
    builder.note(
      .exceptionQueued,
      "return authorisation of return 73 waits for the ERP",
      owner: "finance"
    )
    builder.at(9, "12 h")
    let again = builder.call(
      "erp",
      "return-authorization-create",
      "POST",
      "/services/rest/record/v1/salesOrder/4711/!transform/returnAuthorization",
      attempt: 2
    )
    let authorised = builder.fact(
      .returnAuthorised,
      "erp",
      EntityKey("netsuite.return-authorization", "5")
    )
    builder.finish(again, 204, facts: [authorised])
    builder.at(12, "11 h 5 min")
    builder.add(
      .fact(
        builder.fact(
          .returnReceived,
          "3pl",
          EntityKey("shipbob.return", "410"),
          lines: [line],
          detail: "restock"
        )
      )
    )
    let body =
      """
      {"id":410,"reference_id":"RMA-73-1001","status":"Completed",\
      "inventory":[{"sku":"SKU-1","quantity":0,"action_taken":"Restock"}]}
      """
    for copy in 1...2 {
      let webhook = builder.webhook("3pl", "return-completed", entity: "410", body: body)
      if copy == 1 {
        builder.fault("faults/3", "delivered once more with a new id", on: webhook, "3pl")
      } else {
        builder.fault("duplicate", "injected copy of the webhook", on: webhook, "3pl")
      }
      builder.finish(webhook)
      builder.pass(copy == 1 ? 4_000 : 30)
    }
  }

  private static func refund(_ builder: inout TraceBuilder) {
    for copy in 1...2 {
      let call = builder.call(
        "store",
        "refund-create",
        "POST",
        "/admin/api/2026-04/orders/450789469/refunds.json",
        attempt: copy,
        headers: ["X-Shopify-Access-Token": "planted-secret-3"],
        body:
          """
          {"refund":{"note":"return 73","transactions":[{"amount":"80.00","kind":"refund"}]}}
          """
      )
      let refunded = builder.fact(
        .refundIssued,
        "store",
        EntityKey("shopify.refund", "50905411\(copy)"),
        amount: money("80.00")
      )
      builder.finish(
        call,
        201,
        body: "{\"refund\":{\"id\":50905411\(copy),\"order_id\":450789469,\"note\":\"return 73\"}}",
        facts: [refunded]
      )
      builder.pass(25)
    }
    let credit = builder.call(
      "erp",
      "credit-memo-create",
      "POST",
      "/services/rest/record/v1/returnAuthorization/5/!transform/creditMemo"
    )
    builder.pass(20)
    builder.conclude(credit, .timedOut)
  }

  // MARK: The verdict

  /// Everything in the trace belongs to the one order.
  static func story(of trace: Trace) -> Verdict.Story {
    var story = Verdict.Story(order: order)
    for event in trace.events {
      switch event.content {
      case .sent(let attempt, _): story.exchanges.append(attempt.exchange)
      case .fact(let fact): story.facts.append(Verdict.StatedFact(at: event.at, fact: fact))
      case .note(let note): story.notes.append(Verdict.StatedNote(at: event.at, note: note))
      default: break
      }
    }
    return story
  }

  private static func effects(of trace: Trace) -> [FaultEffect] {
    trace.events.compactMap { event in
      if case .fault(let effect) = event.content { effect } else { nil }
    }
  }

  private static func exchange(_ operation: String, _ nth: Int, in trace: Trace) -> ExchangeID {
    var left = nth
    for event in trace.events {
      guard case .sent(let attempt, _) = event.content, attempt.operation == operation else {
        continue
      }
      left -= 1
      if left == 0 { return attempt.exchange }
    }
    return ExchangeID(0)
  }

  static func findings(of trace: Trace) -> [Finding] {
    let returned = exchange("return-completed", 1, in: trace)
    let refunds = [
      exchange("refund-create", 1, in: trace), exchange("refund-create", 2, in: trace),
    ]
    let end = trace.events.last?.at ?? .epoch
    func at(_ exchange: ExchangeID) -> VirtualInstant {
      RunInstants.sent(exchange, in: trace) ?? end
    }
    var violation = Finding(
      rule: "contract-violation",
      at: at(returned),
      order: order,
      message: "message breaks contract 'shipbob/return-completed/1.0' at '/inventory/0/quantity'",
      expected:
        "integer of at least 1 (schema /properties/inventory/items/properties/quantity/minimum)",
      found: "0",
      exchanges: [returned],
      place: Finding.Place(
        exchange: returned,
        contract: "shipbob/return-completed/1.0",
        pointer: "/inventory/0/quantity",
        line: 1,
        column: 97,
        schemaPointer: "/properties/inventory/items/properties/quantity/minimum"
      )
    )
    violation.causes = effects(of: trace).filter { $0.exchange == returned }
    var refunded = Finding(
      rule: "refund-within-payment",
      at: at(refunds[1]),
      order: order,
      message: "order '\(order)' was refunded too much",
      expected: "at most 80.00, which was captured",
      found: "160.00",
      exchanges: refunds
    )
    refunded.causes = effects(of: trace).reversed().filter { $0.fault != "faults/2" }
    let lost = Finding(
      rule: "order-settled",
      at: end,
      order: order,
      message: "order '\(order)' was refunded and never credited",
      expected: "a credit memo for each refund, or an exception with an owner",
      found: "2 refunds, 0 credit memos; \(hostileNote)",
      exchanges: [exchange("credit-memo-create", 1, in: trace)]
    )
    var manners = Finding(
      rule: "no-retry-of-refusal",
      level: .warning,
      at: end,
      order: order,
      message: "call 'tracker-create' was repeated",
      expected: "no repetition before the wait is over",
      found: "1 repetition after 30 s",
      exchanges: [exchange("tracker-create", 1, in: trace)]
    )
    manners.causes = []
    return [violation, refunded, lost, manners]
  }

  private static func verdict(of trace: Trace) -> Verdict {
    Verdict(
      outcome: .failed,
      findings: findings(of: trace),
      notJudged: [Verdict.NotJudged(rule: "stock-conserved", reason: "no books at the end")],
      judged: ["contract-violation", "refund-within-payment"],
      expectations: [
        Verdict.ExpectationResult(
          text: "order 'A' reaches 'shipment.delivered' within 5 days",
          holds: true
        ),
        Verdict.ExpectationResult(text: "1 'refund.issued' of order 'A'", holds: false),
      ],
      orders: [
        Verdict.OrderResult(
          name: order,
          ending: "refunded and in the exception queue of 'finance'",
          findings: 3
        )
      ],
      indicators: indicators(1),
      messages: Verdict.MessageCount(recognised: 61, violating: 1),
      digest: "5c1f09ab77e3d210",
      stories: [story(of: trace)]
    )
  }

  // MARK: Other runs

  static func indicators(_ seed: UInt64) -> [Indicator] {
    func spread(_ name: String, _ title: String, _ seconds: [Int64]) -> Indicator {
      let values = seconds.enumerated().map { index, value in
        value * 1_000_000_000 * Int64(90 + (seed &* 37 &+ UInt64(index) &* 11) % 45) / 100
      }
      return Indicator(name: name, title: title, unit: .nanoseconds, values: values.sorted())
    }
    func count(_ name: String, _ title: String, _ value: Int64) -> Indicator {
      Indicator(name: name, title: title, unit: .count, values: [value])
    }
    return [
      spread("order-acknowledgement", "order placed to accepted by the ERP", [1, 1, 2, 33]),
      spread("order-to-release", "order placed to released to the 3PL", [2, 3, 3, 36]),
      spread("order-to-delivery", "order placed to delivered", [201_600, 259_200, 282_000]),
      spread("return-to-refund", "return received to refunded", [4, 5, 3_600]),
      count("calls", "calls of the integration", Int64(18 + seed % 5)),
      count("retries", "calls that were a repetition", Int64(seed % 3)),
      count("throttled", "calls refused by a limit", seed % 4 == 0 ? 1 : 0),
    ]
  }

  /// A run in which an order goes through as it should.
  static func passed(_ file: String, _ title: String, seed: UInt64) -> JudgedRun {
    var builder = TraceBuilder()
    place(&builder)
    let call = builder.call("erp", "sales-order-upsert", "PUT")
    builder.finish(
      call,
      204,
      facts: [builder.fact(.orderAccepted, "erp", EntityKey("netsuite.sales-order", "4711"))]
    )
    builder.add(.quiet)
    return JudgedRun(
      file: file,
      title: title,
      seed: seed,
      trace: builder.trace,
      verdict: Verdict(
        outcome: .passed,
        findings: [],
        notJudged: [],
        judged: [],
        expectations: [],
        orders: [Verdict.OrderResult(name: order, ending: "accepted", findings: 0)],
        indicators: indicators(seed),
        messages: Verdict.MessageCount(recognised: 4),
        digest: "00000000000000\(seed % 90 + 10)",
        stories: [story(of: builder.trace)]
      ),
      reproduce: "drydock run \(file) --seed \(seed)"
    )
  }

  /// A run that was cut off.
  static func inconclusive() -> JudgedRun {
    var run = passed("Scenarios/3pl/endless-poll.json", "A poll that never ends", seed: 7)
    run.trace.append(
      TraceEvent(
        at: TraceBuilder.begin + .seconds(3_600),
        .stopped("1,000,000 events were reached")
      )
    )
    run.verdict.outcome = .inconclusive
    return run
  }

  /// A campaign: one failed, one inconclusive, the rest passed.
  static func campaign() -> [JudgedRun] {
    let stories = [
      ("Scenarios/orders/plain.json", "One order from placement to delivery"),
      ("Scenarios/orders/split.json", "Two nodes, two parcels, one invoice each"),
      ("Scenarios/3pl/duplicate-ship.json", "The 3PL confirms the same shipment twice"),
    ]
    var runs = stories.map { passed($0.0, $0.1, seed: 7) }
    runs += (1...5).map {
      passed("Scenarios/erp/down.json", "Orders while the ERP is down", seed: $0)
    }
    runs.append(inconclusive())
    runs.append(failed())
    return runs
  }
}

/// Looks up instants in a trace.
enum RunInstants {
  static func sent(_ exchange: ExchangeID, in trace: Trace) -> VirtualInstant? {
    for event in trace.events {
      if case .sent(let attempt, _) = event.content, attempt.exchange == exchange {
        return event.at
      }
    }
    return nil
  }
}
