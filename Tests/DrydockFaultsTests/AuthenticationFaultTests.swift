import DrydockExchange
import DrydockFaults
import DrydockKernel
import Testing

@Suite("Authentication")
struct AuthenticationFaultTests {
  private func fate(_ flaw: AuthenticationFault.Flaw, of attempt: Attempt) -> Fate {
    var faults = FaultSet(.authentication(AuthenticationFault(flaw: flaw)))
    return faults.fate(attempt)
  }

  @Test("an expired token and a revoked scope refuse calls at the edge")
  func refusesCalls() {
    #expect(fate(.expiredToken, of: .call(1)).reception == .refused(.unauthorised))
    #expect(fate(.revokedScope, of: .call(1)).reception == .refused(.forbidden))
    #expect(fate(.expiredToken, of: .webhook(1)).effects.isEmpty)
  }

  @Test("a rotated secret refuses calls and spoils signatures")
  func rotatesSecret() {
    #expect(fate(.rotatedSecret, of: .call(1)).reception == .refused(.unauthorised))
    let webhook = fate(.rotatedSecret, of: .webhook(1))
    #expect(webhook.reception == .delivered)
    #expect(webhook.tampering == [.wrongSignature])
  }

  @Test("signatures of webhooks are wrong, missing or replayed")
  func spoilsSignatures() {
    #expect(fate(.wrongSignature, of: .webhook(1)).tampering == [.wrongSignature])
    #expect(fate(.missingSignature, of: .webhook(1)).tampering == [.missingSignature])
    let replayed = fate(.replayed(after: .seconds(600)), of: .webhook(1))
    #expect(replayed.tampering.isEmpty)
    #expect(
      replayed.copies == [.init(after: .seconds(600), asNewDelivery: false, ordinal: 1)]
    )
    #expect(fate(.wrongSignature, of: .call(1)).effects.isEmpty)
  }
}
