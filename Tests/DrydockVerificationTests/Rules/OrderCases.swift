import DrydockExchange
import DrydockKernel

extension RuleCase {
  static let order: [RuleCase] = [
    .breach(
      "accepted-before-released",
      "the release overtakes the sales order",
      "order '1001' was released before the ERP accepted it | a release after 'erp:so1' | "
        + "'3pl:w1' before it"
    ) { story in
      story.place()
      story.release()
      story.accept()
    },
    .breach(
      "accepted-before-released",
      "what the ERP refuses is released",
      "order '1001' was released although the ERP refused it | no release without an order in the "
        + "ERP | '3pl:w1'"
    ) { story in
      story.place()
      story.happens(.refusedByERP("SHOP-1001"))
      story.release()
      story.place("1002")
      story.accept("1002", as: "so2")
    },
    .clean("accepted-before-released", "first the ERP, then the 3PL") { $0.plainOrder() },
    .weird("accepted-before-released", "the ERP's answer is lost and a look-up finds the order") {
      story in
      story.place()
      story.call(
        "sales-order-upsert",
        at: .erp,
        telling: [.accepted("so1", "SHOP-1001", [2.of()])],
        takes: .seconds(30),
        ends: .answerLost
      )
      story.call(
        "sales-order-read",
        at: .erp,
        "GET",
        telling: [.accepted("so1", "SHOP-1001", [2.of()])],
        isInBooks: false
      )
      story.release()
    },

    .breach(
      "released-before-shipped",
      "another warehouse ships what was never sent to it",
      "order '1001' was shipped before it was released | a release to '3pl-west' before the "
        + "shipment | none"
    ) { story in
      story.addWest()
      story.place()
      story.release()
      story.webhook(
        from: .west,
        telling: [.shipped("x1", "T9", [2.of()], by: .west)]
      )
    },
    .clean("released-before-shipped", "first released, then shipped") { $0.plainOrder() },
    .weird("released-before-shipped", "the webhook comes before the release is answered") { story in
      story.place()
      let release = Fact.released("w1", [2.of()])
      story.happens(release)
      story.webhook(from: .threePL, telling: [.shipped("s1", "T1", [2.of()])])
      story.call("order-create", at: .threePL, telling: [release])
    },

    .breach(
      "shipped-before-delivered",
      "a tracking number is used again",
      "parcel 'T1' was delivered before it was shipped | a delivery after 2026-03-02T02:00:00Z | "
        + "2026-03-02T00:00:00Z"
    ) { story in
      story.happens(.delivered("T1"))
      story.at("2 h")
      story.happens(.placed("1001", [2.of()]), .released("w1", [2.of()]))
      story.happens(.shipped("s1", "T1", [2.of()]))
    },
    .clean("shipped-before-delivered", "first shipped, then delivered") { $0.plainOrder() },
    .weird("shipped-before-delivered", "the delivery is told before the shipment is") { story in
      story.place()
      story.release()
      var shipped = Fact.shipped("s1", "T1", [2.of()])
      shipped.at = story.now
      story.after("1 day")
      story.webhook(from: .carrier, telling: [.delivered("T1")])
      story.webhook(from: .threePL, telling: [shipped])
    },

    .breach(
      "invoiced-after-shipped",
      "the order is billed when it is accepted",
      "order '1001' was invoiced before it was shipped | shipments of the units in 'erp:i1' before "
        + "it | shipments of other units, or later ones"
    ) { story in
      story.place()
      story.accept()
      story.call("invoice-create", at: .erp, telling: [.invoiced("i1", [2.of()], 20.dollars)])
      story.release()
      story.ship()
    },
    .clean("invoiced-after-shipped", "first shipped, then billed") { $0.plainOrder() },
    .weird("invoiced-after-shipped", "one parcel of two is billed before the other leaves") {
      story in
      story.place()
      story.accept()
      story.release()
      for number in ["1", "2"] {
        story.ship("s\(number)", "T\(number)", 1)
        story.tell("s\(number)", "T\(number)", 1)
      }
    },

    .breach(
      "fulfilled-after-shipped",
      "the fulfilment is posted with the release",
      "order '1001' was posted as fulfilled before it was shipped | shipments of the units in "
        + "'erp:if1' before it | shipments of other units, or later ones"
    ) { story in
      story.place()
      story.accept()
      story.release()
      story.call("item-fulfillment-create", at: .erp, telling: [.fulfilled("if1", [2.of()])])
      story.ship()
    },
    .clean("fulfilled-after-shipped", "first shipped, then posted") { $0.plainOrder() },
    .weird("fulfilled-after-shipped", "the whole order is posted once both parcels have left") {
      story in
      story.place()
      story.accept()
      story.release()
      story.ship("s1", "T1", 1)
      story.ship("s2", "T2", 1)
      story.call("item-fulfillment-create", at: .erp, telling: [.fulfilled("if1", [2.of()])])
    },

    .breach(
      "notified-after-shipped",
      "the store is told when the order is released",
      "order '1001' was told to the store as shipped before it was shipped | shipments of the units "
        + "in 'store:f1' before it | shipments of other units, or later ones"
    ) { story in
      story.place()
      story.accept()
      story.release()
      story.call("fulfillment-create", at: .store, telling: [.told("f1", "T1", [2.of()])])
      story.ship()
    },
    .clean("notified-after-shipped", "first shipped, then told") { $0.plainOrder() },
    .weird("notified-after-shipped", "the store is told in the second of the shipment") { story in
      story.place()
      story.release()
      var told = Fact.told("f1", "T1", [2.of()])
      told.at = story.now
      story.after("900 ms")
      story.webhook(from: .threePL, telling: [.shipped("s1", "T1", [2.of()])])
      story.call("fulfillment-create", at: .store, telling: [told])
    },

    .breach(
      "no-shipment-after-cancel",
      "the release is forgotten when the order is cancelled",
      "order '1001' was shipped after it was cancelled | no shipment after 2026-03-02T02:02:00Z | "
        + "'3pl:s1' at 2026-03-02T03:02:00Z"
    ) { story in
      story.place()
      story.accept()
      story.release()
      story.at("2 h 2 min")
      story.happens(.cancelled("1001"))
      story.at("3 h 2 min")
      story.ship()
    },
    .clean("no-shipment-after-cancel", "cancelled, and nothing ships") { story in
      story.place()
      story.release()
      story.happens(.takenBack("w1"), .cancelled("1001"))
    },
    .weird("no-shipment-after-cancel", "the race is lost, and the parcel is fetched back") {
      story in
      story.place()
      story.release()
      story.happens(.cancelled("1001"))
      story.after("1 min")
      story.ship()
      story.happens(.failed("T1", "returned-to-sender"))
    },
    .weird("no-shipment-after-cancel", "one release is taken back and another one ships") { story in
      story.addWest()
      story.place()
      story.release()
      story.happens(.takenBack("w1"))
      story.after("1 min")
      story.happens(.released("x1", [2.of()], by: .west))
      story.after("1 h")
      story.happens(.shipped("x-s1", of: "x1", "T1", [2.of()], by: .west))
    },

    .breach(
      "no-write-after-cancel",
      "queued work is done although the order is cancelled",
      "order '1001' was carried on after it was cancelled | no 'order.accepted' after "
        + "2026-03-02T00:01:00Z | 'erp:so1' at 2026-03-02T02:00:00Z"
    ) { story in
      story.place()
      story.at("1 min")
      story.webhook(from: .store, telling: [.cancelled("1001")])
      story.at("2 h")
      story.accept()
    },
    .clean("no-write-after-cancel", "nothing is started any more") { story in
      story.place()
      story.accept()
      story.webhook(from: .store, telling: [.cancelled("1001")])
    },
    .weird("no-write-after-cancel", "the call was under way when the news came") { story in
      story.place()
      story.happens(.cancelled("1001"))
      story.accept()
      story.webhook(from: .store, telling: [.cancelled("1001")], isInBooks: false)
      story.call("sales-order-update", at: .erp, "PATCH", telling: [.closedInERP("so1")])
    },
  ]

  static let orderReturns: [RuleCase] = [
    .breach(
      "received-before-refunded",
      "the refund goes out when the label is printed",
      "return 'returns:r1' was refunded before its goods were received | a receipt before the "
        + "refund 'store:rf1' | a receipt at 2026-03-05T00:00:00Z"
    ) { story in
      story.place()
      story.webhook(from: .returns, telling: [.requested("r1", [1.of()])])
      story.call("refund-create", at: .store, telling: [.refunded("rf1", for: "r1", 10.dollars)])
      story.at("3 days")
      story.happens(.received("wr1"))
    },
    .clean("received-before-refunded", "first received, then refunded") { story in
      story.plainOrder()
      story.plainReturn()
    },
    .weird(
      "received-before-refunded",
      "policy says that a scan is enough",
      policy: IntegrationPolicy(refundMoment: .firstScan)
    ) { story in
      story.plainOrder()
      story.webhook(from: .returns, telling: [.requested("r1", [1.of()], label: "B1")])
      story.webhook(from: .carrier, telling: [.scanned("B1")])
      story.call("refund-create", at: .store, telling: [.refunded("rf1", for: "r1", 10.dollars)])
      story.after("3 days")
      story.happens(.received("wr1"))
    },
    .weird("received-before-refunded", "a lost parcel is refunded, for there are no goods") {
      story in
      story.plainOrder()
      story.happens(.failed("T1", "lost"), .received("other", "RMA-r9-9"))
      story.call(
        "refund-create",
        at: .store,
        telling: [.refunded("rf1", for: "LOST-T1", 20.dollars)]
      )
    },

    .breach(
      "exchange-after-receipt",
      "the exchange is settled when the return is created",
      "return 'returns:r1' was exchanged before its goods were received | a receipt before the "
        + "order 'store:9001' | a receipt at 2026-03-05T00:00:00Z"
    ) { story in
      story.place()
      story.webhook(from: .returns, telling: [.requested("r1", [1.of()], as: "exchange")])
      story.webhook(from: .store, telling: [.placed("9001", [1.of()], for: "r1")])
      story.at("3 days")
      story.happens(.received("wr1"))
    },
    .clean("exchange-after-receipt", "first received, then exchanged") { story in
      story.plainOrder()
      story.sendBack()
      story.webhook(from: .store, telling: [.placed("9001", [1.of()], for: "r1")])
    },
    .weird("exchange-after-receipt", "exchanged at the dock, before inspection") { story in
      story.plainOrder()
      story.webhook(from: .returns, telling: [.requested("r1", [1.of()], as: "exchange")])
      story.happens(.received("wr1"))
      story.after("1 min")
      story.webhook(from: .store, telling: [.placed("9001", [1.of()], for: "r1")])
      story.after("1 day")
      story.happens(.graded("wr1", [1.of("SKU-1", "scrap")]))
    },

    .breach(
      "receipt-after-return",
      "the receipt is posted with the authorisation",
      "goods of order '1001' were received in the ERP before they came back | a receipt at the 3PL "
        + "before 'erp:ir1' | one at 2026-03-05T00:00:00Z"
    ) { story in
      story.place()
      story.accept()
      story.call("return-authorization-create", at: .erp, telling: [.authorised("ra1", [1.of()])])
      story.call("item-receipt-create", at: .erp, telling: [.receipted("ir1", [1.of()])])
      story.at("3 days")
      story.happens(.received("wr1"))
    },
    .clean("receipt-after-return", "first at the dock, then in the ERP") { story in
      story.plainOrder()
      story.plainReturn()
    },
    .weird("receipt-after-return", "a second return is received while the first one is known") {
      story in
      story.plainOrder()
      story.plainReturn()
      story.call("return-authorization-create", at: .erp, telling: [.authorised("ra2", [1.of()])])
      story.call("item-receipt-create", at: .erp, telling: [.receipted("ir2", of: "ra2", [1.of()])])
    },

    .breach(
      "credit-after-refund",
      "the memo is posted on receipt",
      "credit memo 'erp:cm1' was posted before its refund | a refund before it | "
        + "'store:rf1' at 2026-03-09T00:00:00Z"
    ) { story in
      story.plainOrder()
      story.sendBack()
      story.call("credit-memo-create", at: .erp, telling: [.credited("cm1", 10.dollars)])
      story.at("7 days")
      story.happens(.refunded("rf1", for: "r1", 10.dollars))
    },
    .clean("credit-after-refund", "first refunded, then credited") { story in
      story.plainOrder()
      story.plainReturn()
    },
    .weird("credit-after-refund", "two refunds, two memos, each after its own") { story in
      story.plainOrder()
      story.plainReturn()
      story.after("1 day")
      story.happens(.refunded("rf2", for: "r2", 10.dollars))
      story.after("1 min")
      story.happens(.credited("cm2", 10.dollars))
    },
  ]
}
