import DrydockContracts
import DrydockExchange
import DrydockJSON
import DrydockKernel
import DrydockSchema
import Foundation
import Testing

@Suite("Pact specification cases")
struct PactSuiteTests {
  static let folder = ContractFolder.package
    .appending(path: "../shared/suites/pact-specification").resolvingSymlinksInPath()

  /// What a case says once it is put as a Pact file.
  private enum Outcome {
    case agrees
    case disagrees
    case skipped(String)
  }

  /// Returns a Pact file that expects what a case expects.
  private func pact(_ expected: JSONNode, kind: String, major: Int) -> JSONNode {
    var interaction: JSONNode = ["description": "a case"]
    var root: JSONNode = [
      "metadata": ["pactSpecification": ["version": .string("\(major).0")]]
    ]
    if kind == "message" {
      var message = expected
      message["description"] = "a case"
      if major >= 4 { message["type"] = "Asynchronous/Messages" }
      root[major >= 4 ? "interactions" : "messages"] = .array([message])
      return root
    }
    if major >= 4 { interaction["type"] = "Synchronous/HTTP" }
    var request: JSONNode = kind == "request" ? expected : .object([])
    if request["method"] == nil { request["method"] = "POST" }
    if request["path"] == nil { request["path"] = "/" }
    interaction["request"] = request
    interaction["response"] = kind == "response" ? expected : ["status": 200]
    root["interactions"] = .array([interaction])
    return root
  }

  private func body(_ node: JSONNode) -> JSONNode? {
    let body = node["body"] ?? node["contents"]
    if let content = body?["content"], body?["contentType"] != nil || body?["encoded"] != nil {
      return content
    }
    return body
  }

  private func judge(_ item: JSONNode, kind: String, major: Int) -> Outcome {
    guard let expected = item["expected"], let actual = item["actual"] else {
      return .skipped("no expectation")
    }
    let made = OpenAPIImportTests.read(
      String(decoding: pact(expected, kind: kind, major: major).bytes(), as: UTF8.self),
      equal: true
    )
    let part: Contract.Part = kind == "response" ? .response : .request
    guard let contract = made.contracts.first(where: { $0.part == part }) else {
      return .skipped("no contract")
    }
    guard contract.format == .json, let schema = contract.schema else {
      let isThere = body(expected).map { $0 != .null } ?? false
      return .skipped(isThere ? "another format than JSON" : "no body is expected")
    }
    guard let found = body(actual), found != .null else {
      let matches = item["match"] == .boolean(false)
      return matches ? .agrees : .skipped("no body is there")
    }
    guard let compiled = try? Schema.compile(JSONDocument.parse(schema.bytes())),
      let document = try? JSONDocument.parse(found.bytes())
    else { return .skipped("unreadable") }
    let isValid = compiled.isValid(document.root)
    return JSONNode.boolean(isValid) == item["match"] ? .agrees : .disagrees
  }

  @Test("accepts and refuses JSON bodies as the cases say")
  func bodies() throws {
    guard FileManager.default.fileExists(atPath: PactSuiteTests.folder.path) else {
      ContractFolder.note("skipped: no Pact cases beside the package")
      return
    }
    var agreed = 0
    var skipped: [String: Int] = [:]
    var disagreed: [String] = []
    for (version, major) in [("v2", 2), ("v3", 3), ("v4", 4)] {
      for kind in ["request", "response", "message"] {
        let folder = PactSuiteTests.folder.appending(path: "\(version)/testcases/\(kind)/body")
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        for file in files.sorted() where file.hasSuffix(".json") {
          let data = try Data(contentsOf: folder.appending(path: file))
          let item = JSONNode(try JSONDocument.parse([UInt8](data)).root)
          switch judge(item, kind: kind, major: major) {
          case .agrees: agreed += 1
          case .disagrees: disagreed.append("\(version)/\(kind)/\(file)")
          case .skipped(let reason): skipped[reason, default: 0] += 1
          }
        }
      }
    }
    let reasons = skipped.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
    ContractFolder.note(
      "Pact cases: \(agreed) agree, \(disagreed.count) disagree, skipped: "
        + reasons.joined(separator: ", ")
    )
    #expect(disagreed == [])
    #expect(agreed > 100)
  }
}
