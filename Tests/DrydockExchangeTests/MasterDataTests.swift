import DrydockExchange
import DrydockKernel
import Testing

@Suite("Master data")
struct MasterDataTests {
  private let data = MasterData(
    products: (1...3).map {
      .init(
        sku: "SKU-\($0)",
        name: "Product \($0)",
        price: .init(minorUnits: 1_900, currency: .usd)
      )
    },
    nodes: [
      .init(name: "east", partner: PartnerID("3pl")),
      .init(name: "west", partner: PartnerID("3pl")),
    ]
  )

  private func dollars(_ cents: Int64) -> Money { Money(minorUnits: cents, currency: .usd) }

  @Test("identifiers follow from the position in the list, from 1")
  func numbers() throws {
    #expect(data.products.map(\.number) == [1, 2, 3])
    #expect(data.nodes.map(\.number) == [1, 2])
    let second = try #require(data.product(sku: "SKU-2"))
    #expect(
      [
        second.shopifyVariant, second.shopifyProduct, second.shopifyInventoryItem,
        second.netsuiteItem, second.shipbobInventory,
      ] == [39_072_858, 632_910_394, 808_950_812, 2_102, 20_104_985]
    )
    let west = try #require(data.node(named: "west"))
    #expect([west.netsuiteLocation, west.shipbobCenter] == [7, 212])
  }

  @Test("products are found by SKU and by any identifier, and not by another's")
  func lookup() {
    for product in data.products {
      #expect(data.product(\.shopifyVariant, is: product.shopifyVariant) == product)
      #expect(data.product(\.netsuiteItem, is: product.netsuiteItem) == product)
      #expect(data.product(\.netsuiteItem, is: product.shipbobInventory) == nil)
    }
    #expect(data.product(sku: "sku-1") == nil)
    #expect(data.node(named: "north") == nil)
  }

  @Test("every identifier has a name: four a product, two a node, and the store's location")
  func names() {
    #expect(data.names.count == 4 * 3 + 2 * 2 + 1)
    #expect(data.names[EntityKey("shopify.inventory-item", 808_950_811)] == "SKU-1")
    #expect(data.names[EntityKey("shipbob.center", 211)] == "east")
    #expect(data.names[EntityKey("shopify.location", data.shopifyLocation)] == "all")
  }

  @Test("tax is rounded to a cent, halves to the even one, below zero as above")
  func tax() {
    var half = data
    half.taxBasisPoints = 500
    let cases: [(amount: Int64, tax: Int64)] = [
      (0, 0), (9, 0), (10, 0), (11, 1), (30, 2), (50, 2), (70, 4), (100, 5), (1_900, 95),
      (-10, 0), (-11, -1), (-30, -2),
    ]
    for (amount, tax) in cases {
      #expect(half.tax(on: dollars(amount)) == dollars(tax), "\(amount)")
    }
    #expect(data.tax(on: dollars(1_900)) == dollars(157))
    half.taxBasisPoints = 0
    #expect(half.tax(on: dollars(1_900)) == dollars(0))
  }

  @Test("the taxes of a line's parts add up to the tax of the line, however it is parted")
  func parts() {
    let draws = Seed(3).draws(for: "parts")
    for turn in 0..<200 {
      func drawn(_ bound: UInt64, _ purpose: String) -> Int {
        Int(draws.below(bound, .init(attempt: turn, purpose: purpose)))
      }
      let price = dollars(Int64(drawn(10_000, "price")))
      let first = drawn(20, "first")
      let second = drawn(20, "second")
      let parts =
        data.tax(onUnits: first, after: 0, at: price)
        + data.tax(onUnits: second, after: first, at: price)
      #expect(parts == data.tax(on: price * (first + second)))
    }
  }
}
