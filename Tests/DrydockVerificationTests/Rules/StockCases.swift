import DrydockExchange
import DrydockKernel

extension RuleCase {
  static let stock: [RuleCase] = [
    .breach(
      "no-oversell",
      "two units of one leave the warehouse",
      "more units of 'SKU-1' left '3pl' than it had | 0 or more on hand | -1 on hand after '3pl:s1'"
    ) { story in
      story.stock(onHand: 1)
      story.plainOrder()
      story.stock(onHand: -1)
    },
    .clean("no-oversell", "two of ten leave") { story in
      story.stock(onHand: 10)
      story.plainOrder()
      story.stock(onHand: 8)
    },
    .weird("no-oversell", "the goods arrive an hour before they leave") { story in
      story.stock(onHand: 0)
      story.place()
      story.release()
      story.happens(.adjusted("a1", [2.of(node: "east")]))
      story.after("1 h")
      story.ship()
      story.stock(onHand: 0)
    },

    .breach(
      "stock-conserved",
      "a return is put back twice",
      "stock of 'SKU-1' at '3pl' does not follow from what happened | 9 on hand: the beginning, "
        + "adjusted, less shipped, plus put back | 10 on hand"
    ) { story in
      story.stock(onHand: 10)
      story.plainOrder()
      story.sendBack()
      story.stock(onHand: 10)
    },
    .clean("stock-conserved", "what leaves is missing") { story in
      story.stock(onHand: 10)
      story.plainOrder()
      story.stock(onHand: 8)
    },
    .weird("stock-conserved", "found, lost, put back, scrapped and held: it adds up") { story in
      story.stock(onHand: 10)
      story.happens(.adjusted("a1", [3.of()]), .adjusted("a2", [(-1).of()]))
      story.plainOrder()
      story.sendBack("scrap")
      story.happens(.graded("wr2", [1.of("SKU-1", "hold"), 1.of("SKU-1", "restock")]))
      story.stock(onHand: 12, held: 1)
    },

    .breach(
      "stock-adds-up",
      "a held unit is available as well",
      "stock of 'SKU-1' at '3pl/east' does not add up | 8 available: 10 on hand less 1 committed "
        + "and 1 held | 9 available"
    ) { story in
      story.books(
        BooksSnapshot(
          partner: .threePL,
          kind: .threePL,
          stock: [
            BooksSnapshot.StockEntry(
              sku: "SKU-1",
              node: "east",
              onHand: 10,
              committed: 1,
              held: 1,
              available: 9
            )
          ]
        )
      )
    },
    .clean("stock-adds-up", "available is what is left") { $0.stock(onHand: 10, committed: 4) },
    .weird("stock-adds-up", "more is promised than there is, and nothing is available") { story in
      story.books(
        BooksSnapshot(
          partner: .threePL,
          kind: .threePL,
          stock: [
            BooksSnapshot.StockEntry(
              sku: "SKU-1",
              node: "east",
              onHand: 1,
              committed: 3,
              available: 0
            )
          ]
        )
      )
    },

    .breach(
      "published-within-physical",
      "damaged and promised units are published",
      "more units of 'SKU-1' were published than could be shipped | at most 6, which the 3PLs had "
        + "neither promised nor held | 10"
    ) { story in
      story.stock(onHand: 10, held: 2)
      story.happens(.reserved("s1", [2.of()]))
      story.after("4 h")
      story.call(
        "inventory-level-set",
        at: .store,
        telling: [.published("p1", [10.of(node: "all")])]
      )
      story.stock(onHand: 10, committed: 2, held: 2)
    },
    .clean("published-within-physical", "what is available is published") { story in
      story.stock(onHand: 10, held: 2)
      story.call("inventory-level-set", at: .store, telling: [.published("p1", [8.of()])])
      story.stock(onHand: 10, held: 2)
    },
    .weird("published-within-physical", "units are promised while the publication is on its way") {
      story in
      story.stock(onHand: 10)
      story.after("1 h")
      story.happens(.reserved("s1", [4.of()]))
      story.after("10 s")
      story.call("inventory-level-set", at: .store, telling: [.published("p1", [10.of()])])
      story.stock(onHand: 10, committed: 4)
    },

    .breach(
      "safety-stock-kept",
      "the units that policy keeps back are offered",
      "units of 'SKU-1' were published that policy keeps back | at most 8: 10 available less 2 "
        + "kept back | 10",
      policy: IntegrationPolicy(safetyStock: 2)
    ) { story in
      story.stock(onHand: 10)
      story.call("inventory-level-set", at: .store, telling: [.published("p1", [10.of()])])
      story.stock(onHand: 10)
    },
    .clean(
      "safety-stock-kept",
      "two are kept back",
      policy: IntegrationPolicy(safetyStock: 2)
    ) { story in
      story.stock(onHand: 10)
      story.call("inventory-level-set", at: .store, telling: [.published("p1", [8.of()])])
      story.stock(onHand: 10)
    },
    .weird(
      "safety-stock-kept",
      "less is there than is kept back, and nothing is offered",
      policy: IntegrationPolicy(safetyStock: 20)
    ) { story in
      story.stock(onHand: 10)
      story.call("inventory-level-set", at: .store, telling: [.published("p1", [0.of()])])
      story.stock(onHand: 10)
    },

    .breach(
      "restock-within-received",
      "scrap is offered again",
      "units of 'SKU-1' were put back into stock that are not fit for it | at most 0, which "
        + "inspection found sound | 1 more, by 'erp:ir1'",
      "units of 'SKU-1' were put back into stock that are not fit for it | at most 0, which "
        + "inspection found sound | 1 more, by 'store:rf1'"
    ) { story in
      story.plainOrder()
      story.sendBack("scrap")
      story.settle(10.dollars, "restock")
    },
    .clean("restock-within-received", "sound goods go back on the shelf") { story in
      story.plainOrder()
      story.plainReturn()
    },
    .weird("restock-within-received", "held goods are in stock again, and scrap is refunded") {
      story in
      story.plainOrder()
      story.sendBack("hold")
      story.settle(10.dollars, "restock")
      story.happens(.graded("wr2", [1.of("SKU-1", "scrap")]))
      story.happens(.refunded("rf2", for: "r2", [1.of("SKU-1", "no-restock")], 10.dollars))
    },

    .breach(
      "store-stock-agrees",
      "a count finds less and the store is never told",
      "the store shows another stock of 'SKU-1' than the 3PLs have | at most 5 | 10"
    ) { story in
      story.stock(onHand: 5, shown: 10)
      story.quiet()
    },
    .breach(
      "store-stock-agrees",
      "the store shows none of what is there",
      "the store shows another stock of 'SKU-1' than the 3PLs have | at least 8 | 0",
      policy: IntegrationPolicy(safetyStock: 2)
    ) { story in
      story.stock(onHand: 10, shown: 0)
      story.quiet()
    },
    .clean("store-stock-agrees", "both show the same") { story in
      story.stock(onHand: 5, shown: 5)
      story.quiet()
    },
    .weird(
      "store-stock-agrees",
      "an order that waits for approval is kept out of the shop window",
      policy: IntegrationPolicy()
    ) { story in
      story.place()
      story.stock(onHand: 5, shown: 3)
      story.quiet()
    },

    .breach(
      "erp-stock-agrees",
      "a count never reaches the ERP",
      "the ERP has another stock of 'SKU-1' at 'east' than '3pl' | 5 on hand | 10 on hand in the ERP"
    ) { story in
      story.stock(onHand: 5, booked: 10)
      story.quiet()
    },
    .clean("erp-stock-agrees", "both have the same") { story in
      story.stock(onHand: 5, booked: 5)
      story.quiet()
    },
    .weird("erp-stock-agrees", "an order of the SKU is on somebody's desk") { story in
      story.plainOrder()
      story.exception()
      story.stock(onHand: 8, booked: 10)
      story.quiet()
    },
  ]
}
