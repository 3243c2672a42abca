import DrydockContracts
import DrydockExchange
import DrydockFakes
import DrydockReference
import DrydockScenarios
import DrydockSimulation
import DrydockVerification
import DrydockWorld
import DrydockKernel
import Testing

/// What the fakes' books state and what payloads say by their contracts are the same facts.
@Suite("Facts of books and payloads", .timeLimit(.minutes(10)))
struct FactConformanceTests {
  /// Kinds that no message of the five platforms carries in every case.
  static let bookOnly = ThreePLBooks.bookOnlyFacts.union(CarrierBooks.bookOnlyFacts)
    .union([.stockReserved])

  /// Stories without faults: every message arrives, once.
  static let stories = PackageFiles.scenarios.filter { path in
    guard let scenario = try? PackageFiles.scenario(path) else { return false }
    return scenario.plan.faults.isEmpty && scenario.plan.crashes.isEmpty
  }

  @Test("agree where both state something", arguments: stories)
  func agree(path: String) throws {
    let scenario = try PackageFiles.scenario(path)
    let run = Simulator.run(
      scenario.plan,
      seed: scenario.seed,
      against: ReferenceIntegration()
    )
    let stated = statements(of: run.trace)
    let extracted = statements(
      of: Self.wireOnly(run.trace),
      catalog: PackageFiles.catalog
    )
    for (identity, fact) in extracted {
      let book = try #require(
        stated[identity],
        "payloads state \(identity) and the books do not"
      )
      if let order = fact.order { #expect(book.order == order || book.links.contains(order)) }
      if let parent = fact.parent { #expect(book.parent == parent, "\(identity)") }
      if !fact.lines.isEmpty { #expect(lines(fact) == lines(book), "\(identity)") }
      if let amount = fact.amount { #expect(book.amount == amount, "\(identity)") }
      if let detail = fact.detail, let own = book.detail { #expect(own == detail, "\(identity)") }
    }
    // Nobody asks the carrier about return parcels, so no payload tells of their scans.
    let tracked = Set(stated.values.filter { $0.kind == .shipmentTracked }.flatMap(\.links))
    for (identity, fact) in stated where !Self.bookOnly.contains(identity.kind) {
      let parcel = (fact.links + [fact.subject]).first { $0.namespace == "tracking" }
      if let parcel, fact.partner == PartnerID("carrier"), !tracked.contains(parcel) { continue }
      #expect(extracted[identity] != nil, "the books state \(identity) and no payload does")
    }
  }

  /// The facts of a trace by identity, as a verifier gathers them.
  private func statements(
    of trace: Trace,
    catalog: ContractCatalog = ContractCatalog(files: [])
  ) -> [Fact.Identity: Fact] {
    var facts: [Fact.Identity: Fact] = [:]
    for observed in Verifier(catalog: catalog, rules: []).evidence(of: trace).facts {
      facts[observed.fact.identity] = observed.fact
    }
    return facts
  }

  /// The trace without what the books said.
  private static func wireOnly(_ trace: Trace) -> Trace {
    var wire = Trace(partners: trace.partners, names: trace.names)
    for event in trace.events {
      if case .fact = event.content { continue }
      wire.append(event)
    }
    return wire
  }

  private func lines(_ fact: Fact) -> [String] {
    fact.lines.map { "\($0.sku) × \($0.quantity)" }.sorted()
  }
}
