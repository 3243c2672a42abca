import DrydockContracts
import DrydockJSON
import DrydockKernel
import DrydockSchema
import Testing

@Suite("Examples of contracts")
struct ExampleTests {
  @Test("that are valid satisfy the schema", arguments: ContractFolder.ids)
  func valid(id: String) throws {
    let schema = try ContractFolder.contract(id).schema
    for file in ContractFolder.examples("valid", of: id) {
      let document = try JSONDocument.parse(file.bytes)
      for violation in try #require(schema).violations(of: document.root) {
        Issue.record("\(file.path) at '\(violation.pointer)': expected \(violation.expected)")
      }
    }
  }

  @Test("that are invalid break it for one reason", arguments: ContractFolder.ids)
  func invalid(id: String) throws {
    let schema = try ContractFolder.contract(id).schema
    let manifold = try ContractFolder.cases("manifold-examples")
    for file in ContractFolder.examples("invalid", of: id) {
      let document = try JSONDocument.parse(file.bytes)
      let violations = try #require(schema).violations(of: document.root)
      let found = violations.map { "'\($0.pointer)' \($0.rule)" }.joined(separator: ", ")
      let expected = manifold[file.path].flatMap { Int($0["violations"]?.int ?? 0) } ?? 1
      #expect(violations.count == expected, "\(file.path): \(found)")
      #expect(try !#require(schema).isValid(document.root), "\(file.path)")
    }
  }

  @Test("that break for several reasons are there, with the reason why")
  func manifold() throws {
    for member in try ContractFolder.cases("manifold-examples").members
    where member.name != "comment" {
      #expect(ContractFolder.files.contains { $0.path == member.name }, "no file '\(member.name)'")
      #expect(member.value["violations"]?.int ?? 0 > 1, "\(member.name)")
      #expect(member.value["reason"]?.string?.isEmpty == false, "\(member.name)")
    }
  }
}
