import DrydockExchange
import DrydockKernel

extension RuleCase {
  static let end: [RuleCase] = [
    .breach(
      "no-order-lost",
      "the ERP is down and nothing tries again",
      "order '1001' was lost | an order that is shipped, cancelled or in an exception queue | "
        + "placed; 2 of 'SKU-1' never left"
    ) { story in
      story.place()
      story.call("sales-order-upsert", at: .erp, "PUT", ends: .refused)
      story.note(.reconciled, order: nil)
      story.quiet()
    },
    .clean("no-order-lost", "an order that is delivered") { story in
      story.plainOrder()
      story.quiet()
    },
    .weird("no-order-lost", "cancelled, queued, and shipped in two parcels") { story in
      story.place("1001")
      story.happens(.cancelled("1001"))
      story.place("1002")
      story.exception(order: "1002")
      story.place("1003")
      story.release("1003", as: "w3")
      story.ship("s3", of: "w3", "T3", 1)
      story.ship("s4", of: "w3", "T4", 1)
      story.quiet()
    },
    .weird("no-order-lost", "an integration that says nothing, and a 3PL that shows the hold") {
      story in
      story.place()
      story.release()
      story.happens(.held("s1", "out-of-stock"))
      story.quiet()
    },

    .breach(
      "order-reached-erp",
      "released, shipped and never posted",
      "order '1001' never reached the ERP | a sales order | '3pl:w1' at the 3PL and nothing in the "
        + "ERP"
    ) { story in
      story.place()
      story.release()
      story.ship()
      story.quiet()
    },
    .clean("order-reached-erp", "posted and released") { story in
      story.plainOrder()
      story.quiet()
    },
    .weird("order-reached-erp", "nobody knows what became of the call, and the books are closed") {
      story in
      story.place()
      story.call(
        "sales-order-upsert",
        at: .erp,
        "PUT",
        about: "1001",
        ends: .requestLost
      )
      story.release()
      story.quiet()
    },

    .breach(
      "return-settled",
      "the 3PL's 'completed' is lost",
      "goods of order '1001' came back and nothing followed | a refund, an exchange or an exception "
        + "for 'returns:r1' | none"
    ) { story in
      story.plainOrder()
      story.sendBack()
      story.quiet()
    },
    .clean("return-settled", "received and refunded") { story in
      story.plainOrder()
      story.plainReturn()
      story.quiet()
    },
    .weird("return-settled", "one is exchanged, one closed without money, one is not here yet") {
      story in
      story.plainOrder()
      story.happens(.requested("r1", [1.of()]), .received("wr1", "RMA-r1-1001"))
      story.happens(.requested("r2", [1.of()]), .received("wr2", "RMA-r2-1001"))
      story.happens(.requested("r3", [1.of()]))
      story.happens(.placed("9001", [1.of()], for: "r1"), .closed("r2"))
      story.quiet()
    },

    .breach(
      "partners-agree-on-orders",
      "the store shows a shipped order as unfulfilled",
      "3PL and store disagree about order '1001' | 2 of 'SKU-1' shipped, as in the first | 0"
    ) { story in
      story.plainOrder()
      story.closingBooks(store: .atStore("open", shipped: 0))
      story.quiet()
    },
    .breach(
      "partners-agree-on-orders",
      "cancelled at the store alone",
      "store and ERP disagree about order '1001' | 'cancelled', as in the first | 'open'"
    ) { story in
      story.place()
      story.accept()
      story.books(
        BooksSnapshot(
          partner: .store,
          kind: .store,
          orders: [.atStore("cancelled", shipped: 0)]
        )
      )
      story.books(
        BooksSnapshot(partner: .erp, kind: .erp, orders: [.inERP("open", shipped: 0)])
      )
      story.quiet()
    },
    .clean("partners-agree-on-orders", "three times the same") { story in
      story.plainOrder()
      story.closingBooks()
      story.quiet()
    },
    .weird("partners-agree-on-orders", "one order at the 3PL in two parts") { story in
      story.addWest()
      story.plainOrder()
      story.happens(.released("x1", "SHOP-1001-2", [1.of()], by: .west))
      story.closingBooks(threePL: .atThreePL(shipped: 1))
      var other = BooksSnapshot.OrderEntry.atThreePL(shipped: 1)
      other.keys = [EntityKey("3pl", "x1")]
      story.books(BooksSnapshot(partner: .west, kind: .threePL, orders: [other]))
      story.quiet()
    },

    .breach(
      "parcels-settled",
      "a parcel has no scans and nobody looks for it",
      "parcel 'T1' never arrived and nobody looks for it | a parcel that is delivered or back, or an "
        + "exception | 'in-transit' at the end"
    ) { story in
      story.plainOrder()
      story.parcels(("T1", "in-transit"))
      story.quiet()
    },
    .clean("parcels-settled", "delivered") { story in
      story.plainOrder()
      story.parcels(("T1", "delivered"))
      story.quiet()
    },
    .weird("parcels-settled", "a return label that the customer never used") { story in
      story.plainOrder()
      story.webhook(from: .returns, telling: [.requested("r1", [1.of()], label: "B1")])
      story.parcels(("T1", "delivered"), ("B1", "pre-transit"))
      story.quiet()
    },

    .breach(
      "nothing-pending",
      "a dead letter without a reader",
      "what was given up waits for nobody | a replay, or an exception with an owner | "
        + "neither after 'refund given up'"
    ) { story in
      story.place()
      story.note(.deadLettered, "refund given up")
    },
    .clean("nothing-pending", "a dead letter and an exception") { story in
      story.place()
      story.note(.deadLettered)
      story.exception()
    },
    .weird("nothing-pending", "replayed a day later, under no order's name") { story in
      story.place()
      story.note(.deadLettered)
      story.after("1 day")
      story.note(.replayed, order: nil)
    },

    .breach(
      "refund-owed-paid",
      "a parcel is lost and the order stays as it is",
      "money of order '1001' was not given back | a refund, another shipment or an exception after "
        + "'shipment.failed' | nothing"
    ) { story in
      story.plainOrder()
      story.happens(.failed("T1", "lost"))
      story.quiet()
    },
    .breach(
      "refund-owed-paid",
      "cancelled, and half of the money is kept",
      "money of order '1001' was not given back | 20.00 back after 'order.cancelled' | 10.00"
    ) { story in
      story.place()
      story.happens(.cancelled("1001"), .refunded("rf1", 10.dollars))
      story.quiet()
    },
    .clean("refund-owed-paid", "cancelled and paid back") { story in
      story.place()
      story.happens(.cancelled("1001"), .refunded("rf1", 20.dollars))
      story.quiet()
    },
    .weird("refund-owed-paid", "a refund whose amount no message says, beside a full one") {
      story in
      story.place()
      story.happens(.cancelled("1001"), .refunded("rf1", nil))
      story.place("1002")
      story.happens(.cancelled("1002"), .refunded("rf2", order: "1002", 20.dollars))
      story.quiet()
    },
    .weird("refund-owed-paid", "a lost parcel is sent again, and a late one turns up") { story in
      story.plainOrder()
      story.happens(.failed("T1", "lost"))
      story.after("1 day")
      story.ship("s2", "T2")
      story.happens(.failed("T2", "exception"), .delivered("T2"))
      story.quiet()
    },

    .breach(
      "refund-credited",
      "the memo is refused and nobody is told",
      "a refund of order '1001' was never credited | 1 credit memos | 0"
    ) { story in
      story.plainOrder()
      story.sendBack()
      story.happens(.refunded("rf1", for: "r1", 10.dollars))
      story.call("credit-memo-create", at: .erp, ends: .status(400))
      story.quiet()
    },
    .clean("refund-credited", "refunded and credited") { story in
      story.plainOrder()
      story.plainReturn()
      story.quiet()
    },
    .weird("refund-credited", "cancelled before anything was billed: nothing to credit") { story in
      story.place()
      story.accept()
      story.happens(.cancelled("1001"), .refunded("rf1", for: "none", 20.dollars))
      story.quiet()
    },
  ]

  static let endShipments: [RuleCase] = [
    .breach(
      "shipment-told",
      "the webhook is lost and nobody asks",
      "order '1001' was shipped and the store was never told | 'shipment.notified' for shipment "
        + "'3pl:s1' | none"
    ) { story in
      story.place()
      story.release()
      story.happens(.shipped("s1", "T1", [2.of()]))
      story.quiet()
    },
    .clean("shipment-told", "one parcel, one notice") { story in
      story.plainOrder()
      story.quiet()
    },
    .weird("shipment-told", "two parcels and one notice for both") { story in
      story.place()
      story.release()
      story.ship("s1", "T1", 1)
      story.ship("s2", "T2", 1)
      story.call("fulfillment-create", at: .store, telling: [.told("f1", "T1", [2.of()])])
      story.quiet()
    },

    .breach(
      "shipment-invoiced",
      "the second parcel is taken for a duplicate",
      "order '1001' was shipped and never invoiced | 'invoice.posted' for shipment '3pl:s2' | "
        + "1 for other units"
    ) { story in
      story.place()
      story.accept()
      story.release()
      story.ship("s1", "T1", 1)
      story.tell("s1", "T1", 1)
      story.ship("s2", "T2", 1)
      story.quiet()
    },
    .clean("shipment-invoiced", "shipped and billed") { story in
      story.plainOrder()
      story.quiet()
    },
    .weird("shipment-invoiced", "the ERP's answer never came, and its books are closed") { story in
      story.place()
      story.accept()
      story.release()
      story.ship()
      story.call("invoice-create", at: .erp, about: "1001", ends: .requestLost)
      story.quiet()
    },

    .breach(
      "shipment-fulfilled",
      "nothing is posted",
      "order '1001' was shipped and never posted as fulfilled | 'fulfilment.posted' for shipment "
        + "'3pl:s1' | none"
    ) { story in
      story.place()
      story.accept()
      story.release()
      story.ship()
      story.quiet()
    },
    .clean("shipment-fulfilled", "shipped and posted") { story in
      story.plainOrder()
      story.quiet()
    },
    .weird("shipment-fulfilled", "the order was cancelled, and the race was lost") { story in
      story.place()
      story.accept()
      story.release()
      story.happens(.cancelled("1001"))
      story.ship()
      story.quiet()
    },

    .breach(
      "trouble-handled",
      "the 3PL is out of stock and the word is ignored",
      "trouble with order '1001' was put in front of nobody | an exception after 'order.held' | "
        + "none after '3pl:s1' (out-of-stock)"
    ) { story in
      story.place()
      story.release()
      story.happens(.held("s1", "out-of-stock"))
      story.note(.reconciled, order: nil)
      story.quiet()
    },
    .clean("trouble-handled", "held and queued") { story in
      story.place()
      story.release()
      story.happens(.held("s1", "out-of-stock"))
      story.exception()
      story.quiet()
    },
    .weird("trouble-handled", "held until the goods came, and a scan that failed at first") {
      story in
      story.note(.reconciled, order: nil)
      story.place()
      story.release()
      story.happens(.held("s1", "out-of-stock"))
      story.after("1 day")
      story.ship()
      story.happens(.failed("T1", "exception"))
      story.deliver()
      story.place("1002")
      story.happens(.refusedByERP("SHOP-1002"))
      story.accept("1002", as: "so2")
      story.quiet()
    },

    .breach(
      "refusal-handled",
      "the ERP refuses an invoice and the order goes on",
      "'erp' refused something of order '1001' and nobody was told | an exception, a look-up, or "
        + "'invoice-create' accepted later | none after status 400"
    ) { story in
      story.plainOrder()
      story.call("invoice-create", at: .erp, about: "1001", ends: .status(400))
      story.note(.reconciled, order: nil)
      story.quiet()
    },
    .clean("refusal-handled", "refused and queued") { story in
      story.plainOrder()
      story.call("invoice-create", at: .erp, about: "1001", ends: .status(400))
      story.exception()
      story.quiet()
    },
    .weird("refusal-handled", "known already, as a look-up finds, and taken at the second try") {
      story in
      story.note(.reconciled, order: nil)
      story.plainOrder()
      story.call("invoice-create", at: .erp, about: "1001", body: "first", ends: .status(400))
      story.call("record-read", at: .erp, "GET", about: "1001")
      story.call("refund-create", at: .store, about: "1001", body: "first", ends: .status(422))
      story.after("2 h")
      story.call("refund-create", at: .store, about: "1001", body: "second")
      story.quiet()
    },

    .breach(
      "facts-learned",
      "an order's webhook is lost and nobody asks",
      "the integration never heard of 'order.placed' | a webhook that arrived, or an answer that "
        + "tells of 'store:1002' | messages that did not arrive"
    ) { story in
      story.plainOrder()
      story.webhook(from: .store, telling: [.placed("1002", [1.of()])], arrives: false)
      story.quiet()
    },
    .clean("facts-learned", "everything was told") { story in
      story.plainOrder()
      story.quiet()
    },
    .weird("facts-learned", "the webhook is lost and a list tells of the order") { story in
      story.plainOrder()
      let placed = Fact.placed("1002", [1.of()])
      story.webhook(from: .store, telling: [placed], arrives: false)
      story.call("orders-list", at: .store, "GET", telling: [placed], isInBooks: false)
      story.quiet()
    },
  ]
}

extension Story {
  /// Notes the carrier's books with these parcels.
  fileprivate mutating func parcels(_ parcels: (tracking: String, status: String)...) {
    books(
      BooksSnapshot(
        partner: .carrier,
        kind: .carrier,
        parcels: parcels.map {
          BooksSnapshot.ParcelEntry(keys: [.tracking($0.tracking)], status: $0.status)
        }
      )
    )
  }
}
