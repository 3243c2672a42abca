import DrydockExchange
import Testing

@Suite("Words of order references")
struct ReferenceWordTests {
  @Test(
    "a decorated reference names its order",
    arguments: ["1001", "#1001", "SHOP-1001", "SHOP-1001-2", "RMA-6042537-1001"]
  )
  func names(reference: String) {
    #expect(OrderReference.names(reference, number: 1001))
  }

  @Test("a longer number is another order", arguments: ["11001", "SHOP-10011", "A1001", ""])
  func others(reference: String) {
    #expect(!OrderReference.names(reference, number: 1001))
  }
}
