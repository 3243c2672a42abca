import Testing

@Suite("Data")
struct DataTests {
  let check = DataCheck(files: House.repository.files)

  @Test("has kebab-case names")
  func names() {
    Report.record(check.names(), waiving: ["data name"])
  }

  @Test("stands in a folder of its flow or platform")
  func depths() {
    Report.record(check.depths(), waiving: ["data place"])
  }

  @Test("of a contract is complete and says where it stands")
  func contracts() {
    Report.record(check.contracts(), waiving: ["contract folder"])
  }

  @Test(
    "with a name out of style is named",
    arguments: [
      "Scenarios/3pl/DuplicateAck.json", "Scenarios/Flow/a.json", "Recordings/loop/a_b.jsonl",
      "Contracts/shopify/orders-create/1.0/examples/valid/Two Lines.json",
      "Tests/DrydockJSONTests/Cases/bad--name.json",
    ]
  )
  func badNames(path: String) {
    let check = DataCheck(files: [Repository.File(path: path, bytes: [])])
    #expect(check.names().count == 1)
  }

  @Test(
    "with a good name is let pass",
    arguments: [
      "Scenarios/3pl/duplicate-ack.json", "Contracts/shopify/orders-create/1.0/schema.json",
      "Tests/DrydockJSONTests/Golden/text-report.txt", "Tests/DrydockJSONTests/JSONTests.swift",
    ]
  )
  func goodNames(path: String) {
    let check = DataCheck(files: [Repository.File(path: path, bytes: [])])
    #expect(check.names() == [])
  }

  @Test("of a contract that lacks something is named")
  func brokenContracts() {
    let text = #"{"platform": "shopify", "message": "other", "version": "1.0", "format": "json"}"#
    let check = DataCheck(files: [
      Repository.File(path: "Contracts/shopify/order/1.0/contract.json", bytes: Array(text.utf8)),
      Repository.File(path: "Contracts/shopify/order/1.0/notes.txt", bytes: []),
      Repository.File(
        path: "Contracts/shopify/order/1.0/examples/valid/plain.json",
        bytes: Array("{".utf8)
      ),
      Repository.File(path: "Contracts/shopify/refund/1.0/schema.json", bytes: Array("{}".utf8)),
      Repository.File(path: "Contracts/shopify/stray.json", bytes: Array("{}".utf8)),
    ])
    let folder = "Contracts/shopify/order/1.0"
    #expect(
      Set(check.contracts().map { "\($0.file): \($0.message)" }) == [
        "Contracts/shopify/stray.json: files here are"
          + " 'Contracts/<platform>/<message>/<version>/…'; move it",
        "\(folder)/notes.txt: 'notes.txt' is banned here; a contract has contract.json,"
          + " schema.json, upgrade.json and examples/{valid,invalid}/",
        "\(folder)/examples/valid/plain.json: the file is no JSON; mend it",
        "\(folder)/contract.json: 'message' says 'other' and the folder says 'order'",
        "\(folder): 'schema.json' is missing; a contract over JSON has it",
        "\(folder): 'examples/invalid' is missing; a contract over JSON has it",
        "Contracts/shopify/refund/1.0: 'contract.json' is missing",
      ]
    )
  }
}
