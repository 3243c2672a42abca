import DrydockExchange
import DrydockFaults
import DrydockKernel
import Testing

@Suite("Reorder")
struct ReorderFaultTests {
  private static let swap = FaultAction.reorder(ReorderFault(hold: .seconds(60)))

  @Test("keeps one message back, lets the next pass, and releases the first")
  func swaps() {
    var faults = FaultSet(Self.swap)
    let first = faults.fate(.webhook(1))
    #expect(first.requestDelay == .seconds(60))
    #expect(first.effects.map(\.effect) == ["kept back until overtaken, at most 1 min"])
    let second = faults.fate(.webhook(2, "order-delivered"), after: .seconds(1))
    #expect(second.requestDelay == .zero)
    #expect(second.releases == [ExchangeID(1)])
    #expect(second.effects.isEmpty)
    #expect(faults.fate(.webhook(3), after: .seconds(2)).requestDelay == .seconds(60))
  }

  @Test("only a message about the same entity overtakes within an entity")
  func swapsWithinEntity() {
    var faults = FaultSet(Self.swap)
    #expect(faults.fate(.webhook(1)).isTouched)
    #expect(faults.fate(.webhook(2, entity: "SHOP-1002")).isTouched)
    #expect(faults.fate(.webhook(3)).releases == [ExchangeID(1)])
    #expect(faults.fate(.webhook(4, entity: "SHOP-1002")).releases == [ExchangeID(2)])
  }

  @Test("any matching message overtakes across entities")
  func swapsAcrossEntities() throws {
    let gates = Gates(match: try #require(Match(parsing: "3pl.webhook")))
    var faults = FaultSet(.reorder(ReorderFault(scope: .any)), gates: gates)
    #expect(faults.fate(.webhook(1)).isTouched)
    #expect(faults.fate(.call(2)).releases.isEmpty)
    #expect(faults.fate(.webhook(3, entity: "SHOP-1002")).releases == [ExchangeID(1)])
  }

  @Test("a hold that ended is overtaken by none")
  func holdEnds() {
    var faults = FaultSet(Self.swap)
    #expect(faults.fate(.webhook(1)).isTouched)
    let next = faults.fate(.webhook(2), after: .seconds(60))
    #expect(next.releases.isEmpty)
    #expect(next.isTouched)
  }

  @Test("the one that overtakes passes whatever the odds and the count")
  func overtakingNeedsNoGate() {
    var faults = FaultSet(Self.swap, gates: Gates(atMost: 1))
    #expect(faults.fate(.webhook(1)).isTouched)
    #expect(faults.fate(.webhook(2)).releases == [ExchangeID(1)])
    #expect(!faults.fate(.webhook(3)).isTouched)
  }

  @Test("keeps a bounded number back")
  func holdsAreBounded() {
    var faults = FaultSet(Self.swap)
    for number in 1...4_096 {
      #expect(faults.fate(.webhook(number, entity: "SHOP-\(number)")).isTouched)
    }
    let full = faults.fate(.webhook(5_000, entity: "SHOP-5000"))
    #expect(full.effects.map(\.effect) == ["too many messages kept back already"])
    #expect(!full.isTouched)
    #expect(
      faults.fate(.webhook(5_001, entity: "SHOP-5001"), after: .seconds(60)).isTouched
    )
  }
}
