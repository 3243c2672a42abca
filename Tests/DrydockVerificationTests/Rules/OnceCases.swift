import DrydockExchange
import DrydockKernel

extension RuleCase {
  static let once: [RuleCase] = [
    .breach(
      "erp-order-once",
      "the answer is lost and the order is posted again",
      "order '1001' was entered in the ERP more than once | one sales order, or parts that add up "
        + "to the store's order | 'erp:so1' and 'erp:so2'"
    ) { story in
      story.place()
      for entry in ["so1", "so2"] {
        story.call(
          "sales-order-create",
          at: .erp,
          telling: [.accepted(entry, "SHOP-1001", [2.of()], 20.dollars)],
          ends: entry == "so1" ? .answerLost : .status(200)
        )
      }
    },
    .breach(
      "erp-order-once",
      "two entries under one reference, and no store in sight",
      "order 'SHOP-1001' was entered in the ERP more than once | one sales order, or parts that "
        + "add up to the store's order | 'erp:so1' and 'erp:so2'"
    ) { story in
      story.call("sales-order-create", at: .erp, telling: [.accepted("so1", "SHOP-1001")])
      story.call("sales-order-create", at: .erp, telling: [.accepted("so2", "SHOP-1001")])
    },
    .clean("erp-order-once", "one order, one entry") { $0.plainOrder() },
    .weird("erp-order-once", "two entries, a part of the order each") { story in
      story.place()
      story.call(
        "sales-order-create",
        at: .erp,
        telling: [.accepted("so1", "SHOP-1001-1", [1.of()])]
      )
      story.call(
        "sales-order-create",
        at: .erp,
        telling: [.accepted("so2", "SHOP-1001-2", [1.of()])]
      )
    },
    .weird("erp-order-once", "the first entry is closed before the second is made") { story in
      story.place()
      story.accept()
      story.happens(.closedInERP("so1"))
      story.after("1 min")
      story.accept(as: "so2")
    },

    .breach(
      "order-released-once",
      "a slow 3PL and another one both get the order",
      "order '1001' was released more than once | at most the ordered units of 'SKU-1' | "
        + "releases '3pl:w1' and '3pl:x1'"
    ) { story in
      story.addWest()
      story.place()
      story.accept()
      story.release()
      story.call("order-create", at: .west, telling: [.released("x1", [2.of()], by: .west)])
    },
    .clean("order-released-once", "one order, one release") { $0.plainOrder() },
    .weird("order-released-once", "the first release is taken back before the second is made") {
      story in
      story.addWest()
      story.place()
      story.release()
      story.call("order-cancel", at: .threePL, telling: [.takenBack("w1")])
      story.after("1 min")
      story.call("order-create", at: .west, telling: [.released("x1", [2.of()], by: .west)])
    },
    .weird("order-released-once", "a parcel is lost and its units are released anew") { story in
      story.plainOrder()
      story.happens(.failed("T1", "lost"))
      story.after("1 h")
      story.call("order-create", at: .threePL, telling: [.released("w2", "SHOP-1001-2", [2.of()])])
    },

    .breach(
      "order-shipped-once",
      "both copies of a release ship",
      "order '1001' was shipped more than once | at most the ordered units of 'SKU-1' | "
        + "2 more, in 2 shipments"
    ) { story in
      story.place()
      story.release()
      story.ship()
      story.release(as: "w2")
      story.ship("s2", of: "w2", "T2")
    },
    .clean("order-shipped-once", "one order, one parcel") { $0.plainOrder() },
    .weird("order-shipped-once", "two parcels, and one of them goes a second time after its loss") {
      story in
      story.place()
      story.release()
      story.ship("s1", "T1", 1)
      story.ship("s2", "T2", 1)
      story.happens(.failed("T2", "lost"))
      story.after("1 h")
      story.ship("s3", "T3", 1)
    },

    .breach(
      "shipment-notified-once",
      "the 3PL confirms twice and the store gets two fulfilments",
      "the store was told more than once of parcel 'T1' | one notice for each unit of the parcel | "
        + "2 notices"
    ) { story in
      story.plainOrder()
      story.call("fulfillment-create", at: .store, telling: [.told("f2", "T1", [2.of()])])
    },
    .clean("shipment-notified-once", "one parcel, one notice") { $0.plainOrder() },
    .weird("shipment-notified-once", "a parcel is told in two parts, one for each group of lines") {
      story in
      story.place()
      story.release()
      story.ship()
      story.call("fulfillment-create", at: .store, telling: [.told("f1", "T1", [1.of()])])
      story.call("fulfillment-create", at: .store, telling: [.told("f2", "T1", [1.of()])])
    },

    .breach(
      "fulfilment-posted-once",
      "the answer is lost and the fulfilment is posted again",
      "order '1001' was posted as fulfilled more than once | at most the ordered units | "
        + "2 fulfilments of 4 units"
    ) { story in
      story.plainOrder()
      story.call("item-fulfillment-create", at: .erp, telling: [.fulfilled("if2", [2.of()])])
    },
    .breach(
      "fulfilment-posted-once",
      "the same document comes twice, and no message says what is in it",
      "order '1001' was posted as fulfilled more than once | one fulfilment a reference | "
        + "2 under 'IF-1'"
    ) { story in
      story.place()
      story.accept()
      var second = Fact.fulfilled("2", [])
      second.links = [.reference("IF-1")]
      story.call("fulfilment-create", at: .erp, telling: [.fulfilled("1", [])])
      story.call("fulfilment-create", at: .erp, telling: [second])
    },
    .clean("fulfilment-posted-once", "one parcel, one fulfilment") { $0.plainOrder() },
    .weird("fulfilment-posted-once", "two fulfilments, one for each parcel") { story in
      story.place()
      story.accept()
      for number in ["1", "2"] {
        story.ship("s\(number)", "T\(number)", 1)
        story.tell("s\(number)", "T\(number)", 1)
      }
    },

    .breach(
      "shipment-invoiced-once",
      "a duplicate of the webhook posts a second invoice",
      "order '1001' was invoiced more than once | at most the ordered units | "
        + "2 invoices of 4 units"
    ) { story in
      story.plainOrder()
      story.call("invoice-create", at: .erp, telling: [.invoiced("i2", [2.of()], 20.dollars)])
    },
    .breach(
      "shipment-invoiced-once",
      "the same document comes twice, and no message says what is in it",
      "order '1001' was invoiced more than once | one invoice a reference | "
        + "2 under 'INV-1'"
    ) { story in
      story.place()
      story.accept()
      var second = Fact.invoiced("2", [])
      second.links = [.reference("INV-1")]
      story.call("invoice-create", at: .erp, telling: [.invoiced("1", [])])
      story.call("invoice-create", at: .erp, telling: [second])
    },
    .clean("shipment-invoiced-once", "one parcel, one invoice") { $0.plainOrder() },
    .weird("shipment-invoiced-once", "a lost parcel goes again and is billed again") { story in
      story.plainOrder()
      story.happens(.failed("T1", "lost"))
      story.after("1 day")
      story.ship("s2", "T2")
      story.tell("s2", "T2")
    },

    .breach(
      "parcel-tracked-once",
      "a parcel gets two trackers",
      "parcel 'T1' was registered for tracking more than once | the tracker 'carrier:tr-s1' | "
        + "'carrier:tr2' as well"
    ) { story in
      story.plainOrder()
      story.call("tracker-create", at: .carrier, telling: [.tracked("tr2", "T1")])
    },
    .clean("parcel-tracked-once", "one parcel, one tracker") { $0.plainOrder() },
    .weird("parcel-tracked-once", "two parcels, and a tracker that is created again as the same") {
      story in
      story.place()
      story.release()
      for number in ["1", "2"] { story.ship("s\(number)", "T\(number)", 1) }
      story.call("tracker-create", at: .carrier, telling: [.tracked("tr1", "T1")])
      story.call("tracker-create", at: .carrier, telling: [.tracked("tr1", "T1")])
      story.call("tracker-create", at: .carrier, telling: [.tracked("tr2", "T2")])
    },

    .breach(
      "stock-adjusted-once",
      "the answer is lost and the correction is posted again",
      "stock at 'erp' was corrected twice by the same units | the correction 'erp:a1' | "
        + "'erp:a2' as well, 30 s 300 ms later"
    ) { story in
      story.call(
        "inventory-adjustment-create",
        at: .erp,
        telling: [.adjusted("a1", [(-5).of()], by: .erp)],
        ends: .answerLost
      )
      story.after("30 s")
      story.call(
        "inventory-adjustment-create",
        at: .erp,
        telling: [.adjusted("a2", [(-5).of()], by: .erp)]
      )
    },
    .clean("stock-adjusted-once", "one correction") { story in
      story.call(
        "inventory-adjustment-create",
        at: .erp,
        telling: [.adjusted("a1", [(-5).of()], by: .erp)]
      )
    },
    .weird("stock-adjusted-once", "equal corrections on two days, and equal counts at the 3PL") {
      story in
      for day in ["1", "2"] {
        story.happens(.adjusted("c\(day)", [(-5).of()]), .adjusted("d\(day)", [(-5).of()]))
        story.call(
          "inventory-adjustment-create",
          at: .erp,
          telling: [.adjusted("a\(day)", [(-5).of()], by: .erp)]
        )
        story.after("1 day")
      }
    },
  ]

  static let onceReturns: [RuleCase] = [
    .breach(
      "return-authorised-once",
      "'created' comes twice and the ERP gets two authorisations",
      "a return of order '1001' was authorised more than once | at most the units of 'SKU-1' that "
        + "were to come back | 1 more, in 'erp:ra1' and 'erp:ra2'"
    ) { story in
      story.plainOrder()
      story.sendBack()
      story.call("return-authorization-create", at: .erp, telling: [.authorised("ra2", [1.of()])])
    },
    .clean("return-authorised-once", "one return, one authorisation") { story in
      story.plainOrder()
      story.plainReturn()
    },
    .weird("return-authorised-once", "a return expires and the customer asks again") { story in
      story.plainOrder()
      story.sendBack()
      story.webhook(from: .returns, telling: [.requested("r2", [1.of()])])
      story.call("return-authorization-create", at: .erp, telling: [.authorised("ra2", [1.of()])])
    },
    .weird("return-authorised-once", "a parcel comes back that nobody asked for") { story in
      story.plainOrder()
      story.happens(.failed("T1", "returned-to-sender"))
      story.happens(.requested("r1", order: "9", [1.of()]))
      story.call("return-authorization-create", at: .erp, telling: [.authorised("ra1", [1.of()])])
      story.call("return-authorization-create", at: .erp, telling: [.authorised("ra2", [1.of()])])
    },

    .breach(
      "return-announced-once",
      "a return is announced under two references",
      "a return of order '1001' was announced more than once | at most the units of 'SKU-1' that "
        + "were to come back | 1 more, in '3pl:wr1' and '3pl:wr2'"
    ) { story in
      story.plainOrder()
      story.sendBack()
      story.call(
        "return-create",
        at: .threePL,
        telling: [.expected("wr2", "RMA-r1-1001-again", [1.of()])]
      )
    },
    .clean("return-announced-once", "one return, one announcement") { story in
      story.plainOrder()
      story.plainReturn()
    },
    .weird("return-announced-once", "two returns of one order") { story in
      story.plainOrder()
      story.sendBack()
      story.webhook(from: .returns, telling: [.requested("r2", [1.of()])])
      story.call(
        "return-create",
        at: .threePL,
        telling: [.expected("wr2", "RMA-r2-1001", [1.of()])]
      )
    },

    .breach(
      "receipt-posted-once",
      "the 3PL reports a receipt twice",
      "return 'erp:ra1' was received more than once in the ERP | at most the authorised units of "
        + "'SKU-1' | 1 more, in 2 receipts"
    ) { story in
      story.plainOrder()
      story.plainReturn()
      story.call("item-receipt-create", at: .erp, telling: [.receipted("ir2", [1.of()])])
    },
    .clean("receipt-posted-once", "one return, one receipt") { story in
      story.plainOrder()
      story.plainReturn()
    },
    .weird("receipt-posted-once", "sound goods and scrap are received apart") { story in
      story.plainOrder()
      story.call("return-authorization-create", at: .erp, telling: [.authorised("ra1", [2.of()])])
      story.call("item-receipt-create", at: .erp, telling: [.receipted("ir1", [1.of()])])
      story.call("item-receipt-create", at: .erp, telling: [.receipted("ir2", [1.of()])])
    },

    .breach(
      "return-refunded-once",
      "each report of a receipt starts a refund",
      "return 'returns:r1' was refunded more than once | one refund, or parts that add up to the "
        + "return | 'store:rf1' and 'store:rf2'"
    ) { story in
      story.plainOrder()
      story.plainReturn()
      story.call(
        "refund-create",
        at: .store,
        telling: [.refunded("rf2", for: "r1", [1.of()], 10.dollars)]
      )
    },
    .clean("return-refunded-once", "one return, one refund") { story in
      story.plainOrder()
      story.plainReturn()
    },
    .weird("return-refunded-once", "a return of two comes in two parcels, refunded one by one") {
      story in
      story.plainOrder()
      story.webhook(from: .returns, telling: [.requested("r1", [2.of()], 20.dollars)])
      for number in ["1", "2"] {
        story.call(
          "refund-create",
          at: .store,
          telling: [.refunded("rf\(number)", for: "r1", [1.of()], 10.dollars)]
        )
      }
    },
    .weird("return-refunded-once", "a part is refunded by amount, and the rest later") { story in
      story.plainOrder()
      story.call("refund-create", at: .store, telling: [.refunded("a", for: "r1", 6.dollars)])
      story.call("refund-create", at: .store, telling: [.refunded("b", for: "r1", 4.dollars)])
    },

    .breach(
      "refund-credited-once",
      "the answer is lost and the memo is posted again",
      "a refund of order '1001' was credited more than once | 1 credit memos | "
        + "'erp:cm1' and 'erp:cm2'"
    ) { story in
      story.plainOrder()
      story.plainReturn()
      story.call("credit-memo-create", at: .erp, telling: [.credited("cm2", 10.dollars)])
    },
    .clean("refund-credited-once", "one refund, one memo") { story in
      story.plainOrder()
      story.plainReturn()
    },
    .weird("refund-credited-once", "two memos for a refund whose amount no message says") {
      story in
      story.plainOrder()
      story.sendBack()
      story.happens(.refunded("rf1", for: "r1", nil))
      story.call("credit-memo-create", at: .erp, telling: [.credited("cm1", 6.dollars)])
      story.call("credit-memo-create", at: .erp, telling: [.credited("cm2", 4.dollars)])
    },
    .weird("refund-credited-once", "one refund is credited in two halves") { story in
      story.plainOrder()
      story.sendBack()
      story.call(
        "refund-create",
        at: .store,
        telling: [.refunded("rf1", for: "r1", [1.of()], 10.dollars)]
      )
      story.call("credit-memo-create", at: .erp, telling: [.credited("cm1", 6.dollars)])
      story.call("credit-memo-create", at: .erp, telling: [.credited("cm2", 4.dollars)])
    },

    .breach(
      "exchange-ordered-once",
      "an exchange is settled twice",
      "return 'returns:r1' was exchanged for more than one order | the order 'store:9001' | "
        + "'store:9002' as well"
    ) { story in
      story.plainOrder()
      story.webhook(from: .store, telling: [.placed("9001", [1.of()], for: "r1")])
      story.webhook(from: .store, telling: [.placed("9002", [1.of()], for: "r1")])
    },
    .clean("exchange-ordered-once", "one return, one order instead") { story in
      story.plainOrder()
      story.webhook(from: .store, telling: [.placed("9001", [1.of()], for: "r1")])
    },
    .weird("exchange-ordered-once", "two returns of one order, both exchanged, told twice") {
      story in
      story.plainOrder()
      for _ in 1...2 {
        story.webhook(
          from: .store,
          telling: [
            .placed("9001", [1.of()], for: "r1"), .placed("9002", [1.of()], for: "r2"),
          ]
        )
      }
    },
  ]
}
