import DrydockContracts
import DrydockExchange
import DrydockJSON
import DrydockKernel
import Testing

@Suite("The shipped contracts")
struct ShippedContractTests {
  @Test("are read without a diagnostic, one for each folder")
  func sound() {
    let catalog = ContractFolder.catalog
    for diagnostic in catalog.diagnostics { Issue.record("\(diagnostic)") }
    let folders = ContractFolder.files.filter { $0.path.hasSuffix("/contract.json") }
    #expect(catalog.contracts.count == folders.count)
    #expect(Set(catalog.contracts.map(\.platform)).count == 5)
  }

  @Test("with a payload have examples of both kinds", arguments: ContractFolder.ids)
  func examples(id: String) throws {
    let contract = try ContractFolder.contract(id)
    guard contract.format == .json else { return }
    #expect(!ContractFolder.examples("valid", of: id).isEmpty)
    #expect(ContractFolder.examples("invalid", of: id).count >= 2)
  }

  @Test("have the whole of every call, asked and answered, where the integration writes")
  func pairs() {
    let contracts = ContractFolder.catalog.contracts
    func call(_ contract: Contract) -> String {
      "\(contract.platform) \(contract.recognition.method ?? "") "
        + (contract.recognition.path?.description ?? "")
    }
    let asked = Set(contracts.filter { $0.part == .request }.map(call))
    let answered = Set(contracts.filter { $0.part == .response }.map(call))
    for contract in contracts
    where contract.channel == .http && contract.part == .request {
      #expect(answered.contains(call(contract)), "no answer to \(contract.id)")
    }
    for contract in contracts
    where contract.part == .response && contract.recognition.method == "GET" {
      #expect(asked.contains(call(contract)), "nothing asks for \(contract.id)")
    }
  }

  @Test("of webhooks say how a delivery is known, or are of a platform that does not")
  func deliveries() {
    for contract in ContractFolder.catalog.contracts where contract.channel == .webhook {
      let delivery = contract.delivery
      #expect(delivery?.signatureHeader != nil && delivery?.scheme != nil, "\(contract.id)")
      #expect(delivery?.redelivery.isEmpty == false, "\(contract.id)")
      // Loop gives its deliveries no identifier.
      if contract.platform != "loop" { #expect(delivery?.id != nil, "\(contract.id)") }
    }
  }

  @Test("declare the header of every credential")
  func credentials() {
    let headers = [
      "shopify": "header:X-Shopify-Access-Token", "netsuite": "header:Authorization",
      "shipbob": "header:Authorization", "easypost": "header:Authorization",
      "loop": "header:X-Authorization",
    ]
    for contract in ContractFolder.catalog.contracts
    where contract.channel == .http && contract.part == .request {
      let isToken = contract.message.hasPrefix("token-create")
      let header = headers[contract.platform] ?? ""
      #expect(isToken || contract.secret.contains(header), "\(contract.id)")
    }
  }
}
