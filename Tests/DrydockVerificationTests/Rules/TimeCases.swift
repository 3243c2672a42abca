import DrydockExchange
import DrydockKernel

extension RuleCase {
  static let time: [RuleCase] = [
    .breach(
      "acknowledged-in-time",
      "orders are posted by a nightly job",
      "order '1001' was accepted by the ERP too late | 'order.accepted' within 1 h | "
        + "after 9 h 1 min"
    ) { story in
      story.place()
      story.after("9 h")
      story.accept()
    },
    .clean("acknowledged-in-time", "posted at once") { $0.plainOrder() },
    .weird("acknowledged-in-time", "the ERP was down all day, and back at night") { story in
      story.place()
      story.after("12 h")
      story.fault("outage: status 503", at: .erp)
      story.after("1 h")
      story.accept()
    },

    .breach(
      "released-in-time",
      "approved orders are asked for once a day",
      "order '1001' was released too late | 'order.released' within 1 h | after 20 h 1 min"
    ) { story in
      story.place()
      story.accept()
      story.after("20 h")
      story.release()
    },
    .breach(
      "released-in-time",
      "the integration refuses webhooks all day, which is its own fault",
      "order '1001' was released too late | 'order.released' within 1 h | after 3 h 1 min"
    ) { story in
      story.place()
      story.accept()
      for _ in 1...3 {
        story.after("1 h")
        story.webhook(from: .store, takes: .zero, status: 503)
      }
      story.release()
    },
    .clean("released-in-time", "released on acceptance") { $0.plainOrder() },
    .weird("released-in-time", "calls that failed show an outage, with no fault marked") { story in
      story.place()
      story.accept()
      for _ in 1...4 {
        story.call("order-create", at: .threePL, about: "1001", ends: .status(503))
        story.after("50 min")
      }
      story.release()
    },
    .weird("released-in-time", "an order that somebody held, beside one that was in time") {
      story in
      story.plainOrder()
      story.place("1002")
      story.accept("1002", as: "so2")
      story.exception(order: "1002")
      story.after("3 days")
      story.release("1002", as: "w2")
    },

    .breach(
      "confirmed-in-time",
      "shipments are fetched once a night",
      "the store heard of parcel 'T1' too late | 'shipment.notified' within 1 h | "
        + "after 10 h 1 min"
    ) { story in
      story.place()
      story.accept()
      story.release()
      story.ship()
      story.after("10 h")
      story.tell()
    },
    .clean("confirmed-in-time", "told at once") { $0.plainOrder() },
    .weird("confirmed-in-time", "the webhook was lost and the daily look found the parcel") {
      story in
      story.place()
      story.release()
      story.webhook(
        from: .threePL,
        telling: [.shipped("s1", "T1", [2.of()])],
        arrives: false,
        effect: "request lost"
      )
      story.after("23 h")
      story.call(
        "orders-list",
        at: .threePL,
        "GET",
        telling: [.shipped("s1", "T1", [2.of()])],
        isInBooks: false
      )
      story.tell()
    },

    .breach(
      "invoiced-in-time",
      "invoices are posted on Fridays",
      "order '1001' was invoiced too late | 'invoice.posted' within 4 h | "
        + "after 3 days"
    ) { story in
      story.place()
      story.accept()
      story.release()
      story.ship()
      story.after("3 days")
      story.tell()
    },
    .clean("invoiced-in-time", "billed at once") { $0.plainOrder() },
    .weird("invoiced-in-time", "three hours later, in the afternoon") { story in
      story.place()
      story.accept()
      story.release()
      story.ship()
      story.after("3 h")
      story.tell()
    },

    .breach(
      "refunded-in-time",
      "refunds wait for a list to be read",
      "order '1001' was refunded too late | 'refund.issued' within 1 day | after 4 days"
    ) { story in
      story.plainOrder()
      story.sendBack()
      story.after("4 days")
      story.settle()
    },
    .clean("refunded-in-time", "refunded on inspection") { story in
      story.plainOrder()
      story.plainReturn()
    },
    .weird("refunded-in-time", "the store was down for two days") { story in
      story.plainOrder()
      story.sendBack()
      story.after("20 h")
      story.fault("outage: status 503", at: .store)
      story.after("20 h")
      story.settle()
    },

    .breach(
      "stock-fresh",
      "a damaged pallet is sold until the evening",
      "the store went on showing units of 'SKU-1' that were gone | at most 2 shown within 8 h | "
        + "10 shown for 20 h"
    ) { story in
      story.stock(onHand: 10)
      story.call("inventory-level-set", at: .store, telling: [.published("p1", [10.of()])])
      story.happens(.adjusted("a1", [(-8).of()]))
      story.after("20 h")
      story.call("inventory-level-set", at: .store, telling: [.published("p2", [2.of()])])
      story.stock(onHand: 2)
    },
    .clean("stock-fresh", "told an hour later") { story in
      story.stock(onHand: 10)
      story.call("inventory-level-set", at: .store, telling: [.published("p1", [10.of()])])
      story.happens(.adjusted("a1", [(-8).of()]))
      story.after("1 h")
      story.call("inventory-level-set", at: .store, telling: [.published("p2", [2.of()])])
      story.after("1 day")
      story.stock(onHand: 2)
    },
    .weird("stock-fresh", "found again within the hour, and a loss that was never shown") { story in
      story.stock(onHand: 10)
      story.call("inventory-level-set", at: .store, telling: [.published("p1", [5.of()])])
      story.happens(.adjusted("a1", [(-3).of()]))
      story.happens(.adjusted("a2", [(-7).of()]))
      story.after("1 h")
      story.happens(.adjusted("a3", [7.of()]))
      story.after("1 day")
      story.stock(onHand: 7)
    },
  ]

  static let trace: [RuleCase] = [
    .breach(
      "correlation-carried",
      "the retry of a release carries no id",
      "a call to '3pl' about order '1001' cannot be traced | 'X-Correlation-Id' with the order's id "
        + "| none"
    ) { story in
      story.place()
      story.accept()
      story.call("order-create", at: .threePL, about: "SHOP-1001", headers: [:])
    },
    .breach(
      "correlation-carried",
      "the id changes on the way",
      "a call to '3pl' about order '1001' cannot be traced | 'SHOP-1001', as in earlier calls | "
        + "'request-7'"
    ) { story in
      story.place()
      story.accept()
      story.call(
        "order-create",
        at: .threePL,
        about: "SHOP-1001",
        headers: ["X-Correlation-Id": "request-7"]
      )
    },
    .clean("correlation-carried", "every call carries it") { $0.plainOrder() },
    .weird("correlation-carried", "parts carry a longer id, and calls about nothing carry none") {
      story in
      story.place()
      story.accept()
      for part in ["1", "2"] {
        story.call(
          "order-create",
          at: .threePL,
          about: "SHOP-1001-\(part)",
          headers: ["X-Correlation-Id": "SHOP-1001-\(part)"]
        )
      }
      story.call("inventory-level-set", at: .store, headers: [:])
      story.call("order-read", at: .threePL, "GET", about: "SHOP-1001", headers: [:])
      story.call("token", at: .erp, about: "SHOP-1001", headers: [:])
    },

    .breach(
      "exception-has-owner",
      "a queue called 'errors'",
      "an exception is nobody's | an owner | none for 'somebody has to look'"
    ) { story in
      story.place()
      story.exception(owner: "")
    },
    .clean("exception-has-owner", "finance has to look") { story in
      story.place()
      story.exception()
    },
    .weird("exception-has-owner", "an exception about no order, and other notes without owner") {
      story in
      story.exception(order: nil)
      story.note(.exceptionResolved, order: nil)
    },

    .breach(
      "facts-explained",
      "a forged webhook tells of a shipment",
      "a message tells what the books of '3pl' do not know | 'shipment.created' of '3pl:s9' in the "
        + "books | 1 messages, and nothing in the books"
    ) { story in
      story.plainOrder()
      story.webhook(
        from: .threePL,
        telling: [.shipped("s9", "T9", [2.of()])],
        isInBooks: false
      )
    },
    .clean("facts-explained", "messages and books agree") { $0.plainOrder() },
    .weird("facts-explained", "a partner whose books say less than its messages") { story in
      story.plainOrder()
      story.webhook(from: .carrier, telling: [.failed("T1", "exception")], isInBooks: false)
    },

    .breach(
      "calls-concluded",
      "a call without a time-out",
      "a call to 'erp' never ended | an answer or a time-out | 'sales-order-upsert' still under way "
        + "at the end"
    ) { story in
      story.call("sales-order-upsert", at: .erp, "PUT", ends: .never)
      story.quiet()
    },
    .clean("calls-concluded", "every call ends") { story in
      story.plainOrder()
      story.quiet()
    },
    .weird("calls-concluded", "a copy on the network that nobody waits for, and a time-out") {
      story in
      story.call("order-create", at: .threePL, ends: .requestLost)
      story.call("order-create", at: .threePL, ends: .never, isCopy: true)
      story.quiet()
    },
  ]
}
