import DrydockExchange
import DrydockFaults
import DrydockKernel
import Testing

@Suite("Lost")
struct LostFaultTests {
  @Test("a lost request is not applied and hangs")
  func losesRequest() {
    var faults = FaultSet(.lost(LostFault(part: .request, sign: .reset)))
    let fate = faults.fate(.call(1))
    #expect(fate.reception == .hangs)
    #expect(!fate.losesResponse && !fate.resetsResponse)
    #expect(fate.effects.map(\.effect) == ["request lost"])
  }

  @Test("a lost response is applied, and its sender times out or is reset")
  func losesResponse() {
    var timeout = FaultSet(.lost(LostFault(part: .response)))
    let waiting = timeout.fate(.call(1))
    #expect(waiting.reception == .delivered)
    #expect(waiting.losesResponse && !waiting.resetsResponse)
    #expect(waiting.effects.map(\.effect) == ["response lost after effect"])
    var reset = FaultSet(.lost(LostFault(part: .response, sign: .reset)))
    let broken = reset.fate(.call(1))
    #expect(broken.reception == .delivered)
    #expect(!broken.losesResponse && broken.resetsResponse)
  }

  @Test("either loses one of the two, never both")
  func losesEither() {
    var faults = FaultSet(.lost(LostFault(part: .either)))
    for number in 1...100 {
      let fate = faults.fate(.call(number, number: number))
      #expect((fate.reception == .hangs) != fate.losesResponse)
    }
  }
}
