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
    #expect(document["components"]?["responses"]?["shipbob-error"] != nil)
  }

  @Test("gives the same webhooks again by way of AsyncAPI")
  func asyncAPI() throws {
    let export = ContractExport(files: ContractFolder.files)
    let hooks = ContractFolder.catalog.contracts.filter { $0.channel == .webhook }.map(\.id)
    let made = read(export.asyncAPI())
    try expectSame(made, hooks)
    #expect(export.callsCount + hooks.count == export.count)
  }

  private static let modern = "https://json-schema.org/draft/2020-12/schema"
  private static let old = "http://json-schema.org/draft-07/schema#"

  /// Makes the files of a webhook whose schema is given.
  private func files(_ name: String, _ schema: String) -> [ContractCatalog.File] {
    let contract =
      """
      {"platform": "shop", "kind": "store", "message": "\(name)", "version": "1.0", "title": "A",
       "channel": "webhook", "writtenBy": "partner", "part": "request", "format": "json",
       "recognise": {"method": "POST", "headers": {"X-Topic": "\(name)"}}, "schema": "schema.json",
       "undeclared": "allowed", "lifecycle": {"status": "active"}, "meaning": []}
      """
    return [
      .init(path: "shop/\(name)/1.0/contract.json", bytes: Array(contract.utf8)),
      .init(path: "shop/\(name)/1.0/schema.json", bytes: Array(schema.utf8)),
    ]
  }

  @Test(
    "says the format of a schema only where AsyncAPI would read it otherwise",
    arguments: [
      (##"{"$schema": "\##(modern)", "required": ["a"]}"##, nil),
      (##"{"$schema": "\##(modern)", "dependentRequired": {"a": ["b"]}}"##, nil),
      (##"{"$schema": "\##(modern)", "properties": {"prefixItems": {"type": "null"}}}"##, nil),
      (##"{"$schema": "\##(modern)", "const": {"prefixItems": []}}"##, nil),
      (
        ##"{"$schema": "\##(modern)", "title": "T", "$ref": "#/$defs/a", "$defs": {"a": true}}"##,
        nil
      ),
      (##"{"$schema": "\##(modern)", "prefixItems": [true]}"##, "2020-12"),
      (
        ##"{"$schema": "\##(modern)", "$ref": "#/$defs/a", "type": "null", "$defs": {"a": true}}"##,
        "2020-12"
      ),
      (##"{"$schema": "\##(modern)", "items": {"unevaluatedProperties": false}}"##, "2020-12"),
      (##"{"$schema": "\##(modern)", "$id": "urn:a", "type": "null"}"##, "2020-12"),
      (##"{"$schema": "\##(old)", "type": "null"}"##, "07"),
    ] as [(String, String?)]
  )
  func schemaFormat(_ schema: String, _ draft: String?) throws {
    let files = files("a", schema)
    let bytes = ContractExport(files: files).asyncAPI()
    let root = try JSONDocument.parse(bytes).root
    let component = try #require(root["components"]?["schemas"]?["shop-a"])
    let format = draft.map { "application/schema+json;version=draft-\($0)" }
    #expect(component["schemaFormat"]?.string == format)
    let message = root["components"]?["messages"]?["shop-a"]
    #expect(message?["payload"]?["$ref"]?.string == "#/components/schemas/shop-a")
    let made = try #require(read(bytes).contracts.first)
    let again = try #require(made.files.first { $0.path.hasSuffix("/schema.json") })
    let after = try JSONDocument.parse(again.bytes).root
    let before = try JSONDocument.parse(Array(schema.utf8)).root
    #expect(JSONValue.semanticallyEqual(before, after), "\(after.bytes.count)")
  }

  @Test("keeps a definition apart that two schemas share, one of them with its format around it")
  func sharedDefinitions() throws {
    let rest = ##""$defs": {"a": {"type": "integer"}}}"##
    let plain = ##"{"$schema": "\##(Self.modern)", "items": {"$ref": "#/$defs/a"}, \##(rest)"##
    let wrapped =
      ##"{"$schema": "\##(Self.modern)", "prefixItems": [{"$ref": "#/$defs/a"}], \##(rest)"##
    let bytes = ContractExport(files: files("p", plain) + files("w", wrapped)).asyncAPI()
    let schemas = try #require(try JSONDocument.parse(bytes).root["components"]?["schemas"])
    #expect(schemas.members.map(\.name) == ["shop-a", "shop-a-2", "shop-p", "shop-w"])
    #expect(schemas["shop-p"]?["items"]?["$ref"]?.string == "#/components/schemas/shop-a")
    let first = schemas["shop-w"]?["schema"]?["prefixItems"]?[0]
    #expect(first?["$ref"]?.string == "#/components/schemas/shop-a-2/schema")
    #expect(read(bytes).contracts.count == 2)
  }
}
