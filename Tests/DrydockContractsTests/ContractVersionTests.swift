import DrydockContracts
import DrydockExchange
import DrydockJSON
import DrydockKernel
import Testing

/// Several versions of one message: which one judges, and what is said of those on the way out.
@Suite("Contract versions", .timeLimit(.minutes(10)))
struct ContractVersionTests {
  /// A message in versions that each require a member of their own.
  private func catalog(_ versions: [String: String]) -> ContractCatalog {
    let files = versions.flatMap { version, required -> [ContractCatalog.File] in
      let contract = """
        {"platform": "acme", "kind": "store", "message": "order", "version": "\(version)",
         "title": "an order", "channel": "webhook", "writtenBy": "partner", "part": "request",
         "schema": "schema.json", "recognise": {"method": "POST", "path": "/orders"},
         "lifecycle": {"deprecated": "2026-03-01", "sunset": "2026-06-01"}}
        """
      let schema = """
        {"type": "object", "required": ["\(required)"]}
        """
      return [
        ContractCatalog.File(
          path: "acme/order/\(version)/contract.json",
          bytes: Array(contract.utf8)
        ),
        ContractCatalog.File(path: "acme/order/\(version)/schema.json", bytes: Array(schema.utf8)),
      ]
    }
    return ContractCatalog(files: files)
  }

  private func version(_ catalog: ContractCatalog, of body: String) throws -> String? {
    let request = Request("POST", host: "a.example", target: "/orders", body: Array(body.utf8))
    let document = try JSONDocument.parse(request.body)
    return catalog.contract(ofRequest: request, body: document)?.version
  }

  @Test("the newest version that accepts a message judges it; numbers are no texts")
  func newest() throws {
    let catalog = catalog(["1.0": "old", "9.0": "middle", "10.0": "new"])
    #expect(catalog.diagnostics.isEmpty)
    #expect(try version(catalog, of: #"{"old": 1}"#) == "1.0")
    #expect(try version(catalog, of: #"{"old": 1, "new": 1}"#) == "10.0")
    #expect(try version(catalog, of: #"{"middle": 1}"#) == "9.0")
    #expect(try version(catalog, of: #"{"other": 1}"#) == "10.0")
  }

  @Test("a pinned version judges whatever comes")
  func pins() throws {
    let catalog = try catalog(["1.0": "old", "2.0": "new"]).pinned(["acme/order": "1.0"])
    #expect(try version(catalog, of: #"{"new": 1}"#) == "1.0")
  }

  @Test("a pin that names nothing is refused with what there is")
  func unknownPins() {
    let catalog = catalog(["1.0": "old", "2.0": "new"])
    #expect {
      try catalog.pinned(["acme/order": "3.0"])
    } throws: {
      "\($0)"
        == "acme/order/3.0: error: message 'acme/order' has no version '3.0'; it has 1.0, 2.0"
        + " [contract-unknown-pin]"
    }
    #expect {
      try catalog.pinned(["acme/ordr": "1.0"])
    } throws: {
      "\($0)".contains("no contract for message 'acme/ordr'; did you mean 'acme/order'?")
    }
  }

  @Test(
    "a version ages by its dates",
    arguments: [
      ("2026-02-28T23:59:59Z", Contract.Status.active), ("2026-03-01T00:00:00Z", .deprecated),
      ("2026-05-31T23:59:59Z", .deprecated), ("2026-06-01T00:00:00Z", .sunset),
    ]
  )
  func ages(text: String, status: Contract.Status) throws {
    let contract = try #require(catalog(["1.0": "old"]).contracts.first)
    let instant = try #require(VirtualInstant(parsing: text))
    #expect(contract.lifecycle.status(at: instant) == status)
  }
}
