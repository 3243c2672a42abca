import DrydockContracts
import DrydockExchange
import DrydockJSON
import Testing

@Suite("Export of the catalogue")
struct RoundTripTests {
  /// Compares what an import made with the shipped files.
  private func expectSame(_ made: ContractImport, _ folders: [String]) throws {
    #expect(made.diagnostics == [])
    #expect(made.notes == [])
    #expect(made.contracts.map(\.folder).sorted() == folders.sorted())
    let files = Dictionary(uniqueKeysWithValues: ContractFolder.files.map { ($0.path, $0.bytes) })
    for contract in made.contracts {
      for file in contract.files {
        let bytes = try #require(files[file.path], "no file '\(file.path)'")
        let before = try JSONDocument.parse(bytes).root
        let after = try JSONDocument.parse(file.bytes).root
        if file.path.hasSuffix("/contract.json") {
          for member in before.members {
            let found = after[member.name]
            let isSame = found.map { JSONValue.semanticallyEqual(member.value, $0) } ?? false
            #expect(isSame, "\(file.path) \(member.name)")
          }
          #expect(before.count == after.count, "\(file.path)")
        } else {
          #expect(JSONValue.semanticallyEqual(before, after), "\(file.path)")
        }
      }
    }
  }

  private func read(_ bytes: [UInt8], platform: String? = nil) -> ContractImport {
    ContractImport(bytes, file: "export.json", settings: .init(platform: platform, kind: nil))
  }

  @Test("gives the same contracts again by way of OpenAPI")
  func openAPI() throws {
    let export = ContractExport(files: ContractFolder.files)
    let made = read(export.openAPI())
    try expectSame(made, ContractFolder.ids)
    let examples = made.contracts.reduce(0) { $0 + $1.examples.count }
    #expect(examples >= ContractFolder.files.count { $0.path.contains("/examples/valid/") })
  }

  @Test("gives the same contracts of one platform again")
  func onePlatform() throws {
    let export = ContractExport(files: ContractFolder.files, platform: "shipbob")
    let made = read(export.openAPI(), platform: "shipbob")
    try expectSame(made, ContractFolder.ids.filter { $0.hasPrefix("shipbob/") })
    let document = try JSONDocument.parse(export.openAPI()).root
    let operation = document["paths"]?["/{version}/order"]?["post"]
    #expect(operation?["servers"]?[0]?["url"]?.string == "https://{account}.shipbob.com")
    #expect(operation?["x-drydock-contracts"]?[0]?["message"]?.string == "order-create-request")
    #expect(operation?["x-drydock-contracts"]?[0]?["recognise"] == nil)
    #expect(document["components"]?["responses"]?["shipbob.error"] != nil)
  }

  @Test("gives the same webhooks again by way of AsyncAPI")
  func asyncAPI() throws {
    let export = ContractExport(files: ContractFolder.files)
    let hooks = ContractFolder.catalog.contracts.filter { $0.channel == .webhook }.map(\.id)
    let made = read(export.asyncAPI())
    try expectSame(made, hooks)
    #expect(export.callsCount + hooks.count == export.count)
  }
}
