import DrydockExchange
import DrydockKernel

extension RuleCase {
  static let money: [RuleCase] = [
    .breach(
      "refund-within-payment",
      "more goes back than came in",
      "order '1001' was refunded too much | at most 20.00, which was captured | 30.00"
    ) { story in
      story.plainOrder()
      story.happens(.refunded("rf1", 20.dollars))
      story.after("1 h")
      story.happens(.refunded("rf2", 10.dollars))
    },
    .clean("refund-within-payment", "a half goes back") { story in
      story.plainOrder()
      story.plainReturn()
    },
    .weird("refund-within-payment", "paid in two captures, all of it refunded in three parts") {
      story in
      story.place("1001", 3, 20.dollars)
      story.happens(.captured("1001", 10.dollars, as: "second"))
      for number in 1...3 { story.happens(.refunded("rf\(number)", 10.dollars)) }
    },

    .breach(
      "refund-within-return",
      "the shipping of the first delivery is refunded",
      "return 'returns:r1' was refunded beyond what came back | at most 10.00 | 14.95"
    ) { story in
      story.plainOrder()
      story.sendBack()
      story.settle(1495.cents)
    },
    .breach(
      "refund-within-return",
      "an empty parcel is refunded",
      "return 'returns:r1' was refunded beyond what came back | at most 0.00 | 10.00"
    ) { story in
      story.plainOrder()
      story.sendBack(received: 0)
      story.settle()
    },
    .clean("refund-within-return", "what came back is refunded") { story in
      story.plainOrder()
      story.plainReturn()
    },
    .weird("refund-within-return", "scrap is refunded in full, and a fee is kept of another") {
      story in
      story.plainOrder()
      story.sendBack("scrap")
      story.settle(995.cents)
    },
    .weird("refund-within-return", "a third of 10.00 is a third of a cent more") { story in
      story.place("1001", 3, 10.dollars)
      story.webhook(
        from: .returns,
        telling: [.requested("r1", [3.of(for: 10.dollars)], 10.dollars)]
      )
      story.webhook(from: .threePL, telling: [.graded("wr1", [1.of("SKU-1", "restock")])])
      story.happens(.refunded("rf1", for: "r1", [1.of()], 334.cents))
    },

    .breach(
      "exchange-not-refunded",
      "the receipt of an exchange starts a refund",
      "return 'returns:r1' was refunded although it is exchanged | at most 0.00 | 10.00"
    ) { story in
      story.plainOrder()
      story.webhook(from: .returns, telling: [.requested("r1", [1.of()], as: "exchange")])
      story.happens(.refunded("rf1", for: "r1", [1.of()], 10.dollars))
    },
    .clean("exchange-not-refunded", "an exchange without money") { story in
      story.plainOrder()
      story.webhook(from: .returns, telling: [.requested("r1", [1.of()], as: "exchange")])
      story.webhook(from: .store, telling: [.placed("9001", [1.of()], for: "r1")])
    },
    .weird("exchange-not-refunded", "other goods are cheaper and the difference goes back") {
      story in
      story.plainOrder()
      story.webhook(
        from: .returns,
        telling: [.requested("r1", [1.of()], 3.dollars, as: "exchange")]
      )
      story.happens(.refunded("rf1", for: "r1", [1.of()], 3.dollars))
    },

    .breach(
      "refund-has-cause",
      "a webhook about another order starts a refund",
      "a refund of order '1001' has no cause | a return, a cancellation, a lost parcel or units "
        + "that did not ship | refund 'store:rf1' of 10.00"
    ) { story in
      story.plainOrder()
      story.call("refund-create", at: .store, telling: [.refunded("rf1", 10.dollars)])
    },
    .clean("refund-has-cause", "a refund for a return") { story in
      story.plainOrder()
      story.plainReturn()
    },
    .weird("refund-has-cause", "the 3PL found one unit less, and that one is refunded") { story in
      story.place()
      story.release()
      story.ship("s1", "T1", 1)
      story.call("refund-create", at: .store, telling: [.refunded("rf1", 10.dollars)])
    },
    .weird("refund-has-cause", "somebody was asked, and refunds out of goodwill") { story in
      story.plainOrder()
      story.exception()
      story.call("refund-create", at: .store, telling: [.refunded("rf1", 5.dollars)])
    },

    .breach(
      "invoice-matches-order",
      "shipping is billed with each of two parcels",
      "invoices of order '1001' do not add up | 25.00 | 30.00"
    ) { story in
      story.place("1001", 2, 25.dollars)
      for number in ["1", "2"] {
        story.happens(.invoiced("i\(number)", [1.of()], 15.dollars))
        story.happens(.accepted("so1", "SHOP-1001"))
      }
    },
    .breach(
      "invoice-matches-order",
      "everything is billed, and a cent is missing",
      "invoices of order '1001' do not add up | 20.00 | 19.99"
    ) { story in
      story.place()
      story.accept()
      story.happens(.invoiced("i1", [2.of()], 1999.cents))
    },
    .clean("invoice-matches-order", "one invoice of the order's total") { $0.plainOrder() },
    .weird("invoice-matches-order", "one of two units was billed, and the other never shipped") {
      story in
      story.place()
      story.accept()
      story.happens(.invoiced("i1", [1.of()], 10.dollars))
    },

    .breach(
      "erp-total-agrees",
      "tax is computed anew and is a cent off",
      "order '1001' costs something else in the ERP | 20.00 | 20.01"
    ) { story in
      story.place()
      story.happens(.accepted("so1", "SHOP-1001", [2.of()], 2001.cents))
    },
    .clean("erp-total-agrees", "the same total in both") { $0.plainOrder() },
    .weird("erp-total-agrees", "a second order is entered in parts that differ from it") { story in
      story.plainOrder()
      story.place("1002")
      story.happens(.accepted("so2", "SHOP-1002-1", [1.of()], 9.dollars))
      story.happens(.accepted("so3", "SHOP-1002-2", [1.of()], 9.dollars))
    },

    .breach(
      "credit-equals-refund",
      "the memo lacks the tax",
      "credit memos of order '1001' differ from its refunds | 10.00 | 9.20"
    ) { story in
      story.plainOrder()
      story.sendBack()
      story.happens(.refunded("rf1", for: "r1", 10.dollars))
      story.happens(.credited("cm1", 920.cents))
    },
    .clean("credit-equals-refund", "the same amount") { story in
      story.plainOrder()
      story.plainReturn()
    },
    .weird("invoice-matches-order", "an invoice whose amount no message says") { story in
      story.plainOrder()
      story.place("1002")
      story.accept("1002", as: "so2")
      story.happens(.invoiced("i2", of: "so2", [2.of()]))
    },
    .weird("credit-equals-refund", "two refunds and two memos that are cut otherwise") { story in
      story.plainOrder()
      story.sendBack()
      story.happens(.refunded("rf1", 7.dollars), .refunded("rf2", 3.dollars))
      story.happens(.credited("cm1", 8.dollars), .credited("cm2", 2.dollars))
    },
  ]

  static let moneyBooks: [RuleCase] = [
    .breach(
      "no-negative-money",
      "a credit memo of minus ten",
      "'credit.posted' of 'erp:cm1' is negative | an amount of 0 or more | -10.00"
    ) { story in
      story.happens(.credited("cm1", (-10).dollars))
    },
    .clean("no-negative-money", "amounts above zero") { $0.plainOrder() },
    .weird("no-negative-money", "an order for nothing") { $0.place("1001", 1, 0.dollars) },

    .breach(
      "currency-constant",
      "the ERP books dollars as euros",
      "'order.accepted' of order '1001' is in another currency | USD, as 'order.placed' | EUR"
    ) { story in
      story.place()
      story.happens(
        .accepted("so1", "SHOP-1001", [2.of()], Money(minorUnits: 2000, currency: .eur))
      )
    },
    .clean("currency-constant", "one currency") { $0.plainOrder() },
    .weird("currency-constant", "two orders in two currencies") { story in
      story.plainOrder()
      let euros = Money(minorUnits: 2000, currency: .eur)
      story.place("1002", 2, euros)
      story.happens(.accepted("so2", "SHOP-1002", [2.of()], euros))
    },

    .breach(
      "captured-within-total",
      "a capture times out and is repeated",
      "more was captured for order '1001' than it costs | at most 20.00 | 40.00"
    ) { story in
      story.place()
      story.happens(.captured("1001", 20.dollars, as: "second"))
    },
    .clean("captured-within-total", "one capture of the total") { $0.plainOrder() },
    .weird("captured-within-total", "captured in two parts, each told twice") { story in
      for _ in 1...2 {
        story.webhook(
          from: .store,
          telling: [
            .placed("1001", [2.of()], 20.dollars), .captured("1001", 15.dollars),
            .captured("1001", 5.dollars, as: "rest"),
          ]
        )
      }
    },

    .breach(
      "books-balance",
      "a refund has no credit memo",
      "store and ERP disagree about the money of order '1001' | 10.00, which the store captured "
        + "and did not refund | 20.00, invoiced less credited"
    ) { story in
      story.plainOrder()
      story.closingBooks(store: .atStore(returned: 10.dollars))
      story.quiet()
    },
    .clean("books-balance", "paid and invoiced") { story in
      story.plainOrder()
      story.closingBooks()
      story.quiet()
    },
    .weird("books-balance", "cancelled: paid back here, never invoiced there") { story in
      story.plainOrder()
      story.closingBooks(
        store: .atStore("cancelled", returned: 20.dollars),
        erp: .inERP("cancelled", charged: 0.dollars)
      )
      story.quiet()
    },
    .weird("books-balance", "a difference that finance was asked to look at") { story in
      story.plainOrder()
      story.exception()
      story.closingBooks(store: .atStore(returned: 10.dollars))
      story.quiet()
    },
  ]
}
