import DrydockExchange
import DrydockFaults
import DrydockKernel
import Testing

@Suite("Duplicate")
struct DuplicateFaultTests {
  @Test("copies follow each other by gaps in the range")
  func copiesFollowByGaps() {
    var faults = FaultSet(
      .duplicate(DuplicateFault(copies: 3, after: .seconds(2) ... .seconds(4)))
    )
    for number in 1...50 {
      let fate = faults.fate(.webhook(number, number: number))
      #expect(fate.reception == .delivered)
      #expect(fate.copies.map(\.ordinal) == [1, 2, 3])
      var last = Duration.zero
      for copy in fate.copies {
        #expect((.seconds(2) ... .seconds(4)).contains(copy.after - last))
        last = copy.after
      }
    }
  }

  @Test("a webhook's copy is a new delivery where that is asked for, a call's never")
  func newDeliveriesAreWebhooks() {
    var faults = FaultSet(.duplicate(DuplicateFault(asNewDelivery: true)))
    let webhook = faults.fate(.webhook(1))
    #expect(webhook.copies[0].asNewDelivery)
    #expect(webhook.effects[0].effect == "delivered once more with a new id")
    let call = faults.fate(.call(2))
    #expect(!call.copies[0].asNewDelivery)
    #expect(call.effects[0].effect == "delivered once more with the same id")
  }

  @Test("copies are bounded, and none is an effect that does not fire")
  func copiesAreBounded() {
    var many = FaultSet(.duplicate(DuplicateFault(copies: .max, after: .zero ... .zero)))
    #expect(many.fate(.call(1)).copies.count == 100)
    var none = FaultSet(.duplicate(DuplicateFault(copies: 0)))
    let fate = none.fate(.call(1))
    #expect(fate.copies.isEmpty)
    #expect(fate.effects.map(\.fired) == [false])
  }
}
