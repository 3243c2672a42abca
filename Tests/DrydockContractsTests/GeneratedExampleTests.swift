import DrydockContracts
import DrydockJSON
import DrydockKernel
import DrydockSchema
import Testing

/// Makes examples of every shipped contract.
@Suite("Examples made of contracts", .timeLimit(.minutes(10)))
struct GeneratedExampleTests {
  private func isValid(_ node: JSONNode, _ schema: Schema) throws -> Bool {
    schema.isValid(try JSONDocument.parse(node.bytes()).root)
  }

  /// Returns the options that the schema of a contract is compiled with.
  private func options(of id: String) throws -> SchemaOptions {
    let file = try #require(ContractFolder.files.first { $0.path == "\(id)/contract.json" })
    let contract = try JSONDocument.parse(file.bytes).root
    let word = contract["undeclared"]?.string ?? "allowed"
    return SchemaOptions(
      assertsFormat: contract["assertsFormat"]?.bool ?? false,
      undeclaredMembers: try #require(UndeclaredPolicy(rawValue: word))
    )
  }

  @Test("are checked documents: small, full, drawn, and with one defect")
  func made() throws {
    var (schemas, documents, broken, impossible) = (0, 0, 0, 0)
    var gaveUp: [String] = []
    for contract in ContractFolder.catalog.contracts {
      guard let schema = contract.schema else { continue }
      schemas += 1
      let generator = ExampleGenerator(schema, options: try options(of: contract.id))
      for shape in ExampleGenerator.Shape.allCases {
        let answer = generator.answer(shape)
        let document = try #require(answer.document, "\(shape) \(contract.id)")
        #expect(try isValid(document, schema), "\(shape) \(contract.id)")
        documents += 1
      }
      let drawn = generator.drawn(2, seed: Seed(11))
      #expect(!drawn.isEmpty, "\(contract.id)")
      for document in drawn { #expect(try isValid(document, schema), "\(contract.id)") }
      documents += drawn.count
      for (keyword, answer) in generator.defects(max: 3) {
        switch answer {
        case .document(let document):
          #expect(try !isValid(document, schema), "\(contract.id) \(keyword)")
          broken += 1
        case .impossible: impossible += 1
        case .gaveUp(let reason): gaveUp.append("\(contract.id) \(keyword): \(reason)")
        }
      }
    }
    print(
      "\(schemas) schemas of contracts: \(documents) documents, \(broken) with one defect, "
        + "\(impossible) defects impossible, gave up \(gaveUp.count) times"
    )
    #expect(gaveUp == [])
    #expect(broken > 250)
  }
}
