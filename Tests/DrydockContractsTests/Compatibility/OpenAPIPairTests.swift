import DrydockContracts
import DrydockJSON
import DrydockSchema
import Foundation
import Testing

/// Pairs of OpenAPI documents that two other tools have judged.
@Suite("OpenAPI pairs", .timeLimit(.minutes(5)))
struct OpenAPIPairTests {
  private static let suites: URL = {
    var folder = URL(filePath: #filePath)
    for _ in 0..<4 { folder.deleteLastPathComponent() }
    return folder.deletingLastPathComponent().appending(path: "shared/suites")
  }()

  private struct Pair {
    var name: String
    var expected: JSONValue
    var result: OperationComparison

    /// Whether the verdict is breaking with a document that shows it.
    var hasWitness: Bool {
      result.findings.contains { $0.finding.level == .error && $0.finding.witness != nil }
    }
  }

  private static func pairs(_ suite: String) throws -> [Pair]? {
    let folder = suites.appending(path: suite + "/cases")
    guard FileManager.default.fileExists(atPath: folder.path) else {
      print("skipped: suite '\(suite)' is not beside the package")
      return nil
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    return try names.filter { $0.hasSuffix(".json") }.map { name in
      let bytes = Array(try Data(contentsOf: folder.appending(path: name)))
      let root = try JSONDocument.parse(bytes).root
      let base = try #require(root["base"])
      let revision = try #require(root["revision"])
      let old = try #require(OpenAPIDocument(try JSONDocument.parse(base.bytes)))
      let new = try #require(OpenAPIDocument(try JSONDocument.parse(revision.bytes)))
      let result = OperationComparison(old: old, new: new, options: ComparisonOptions())
      return Pair(
        name: String(name.dropLast(".json".count)),
        expected: try #require(root["expected"]),
        result: result
      )
    }
  }

  // MARK: oasdiff

  /// Cases that oasdiff calls breaking and that were proved to be safe, with the reason.
  private static let provedSafe = [
    "TestRequestBodyAnyOfMultiMediaTypeDetails":
      "a branch is another schema now, which says the same in the same words"
  ]

  @Test("no error-level change that oasdiff finds is missed")
  func oasdiffMisses() throws {
    guard let pairs = try Self.pairs("oasdiff-pairs") else { return }
    for pair in pairs where pair.expected["breaking"]?.bool == true {
      if Self.provedSafe[pair.name] != nil {
        #expect(pair.result.verdict == .compatible, "\(pair.name) is no longer proved safe")
      } else {
        #expect(pair.result.verdict == .breaking, "missed: \(pair.name)")
      }
    }
  }

  /// Changes that were proved to be safe though the document breaks by others.
  private static let safeChanges: Set<String> = [
    // Answers promise more members than before.
    "TestRequestBodyDependentRequiredChanged: response-body-dependent-required-changed",
    "TestRequestPropertyDependentRequiredChanged: response-property-dependent-required-changed",
  ]

  @Test("each error-level change of a payload is found in its operation and on its side")
  func oasdiffPlaces() throws {
    guard let pairs = try Self.pairs("oasdiff-pairs") else { return }
    for pair in pairs where Self.provedSafe[pair.name] == nil {
      for change in pair.expected["changes"]?.elements.map({ $0 }) ?? [] {
        guard change["level"]?.string == "error", let id = change["id"]?.string,
          let method = change["operation"]?.string, let path = change["path"]?.string
        else { continue }
        let isRequest = id.contains("request")
        guard isRequest || id.hasPrefix("response-") else { continue }
        if Self.safeChanges.contains("\(pair.name): \(id)") { continue }
        let found = pair.result.findings.contains { finding in
          finding.finding.level == .error && finding.isRequest == isRequest
            && finding.operation.hasPrefix(method + " ")
            && Self.isSame(finding.operation.dropFirst(method.count + 1), path)
        }
        #expect(found, "\(pair.name): \(id) of \(method) \(path)")
      }
    }
  }

  private static func isSame(_ operation: Substring, _ path: String) -> Bool {
    let left = operation.split(separator: "/")
    let right = path.split(separator: "/")
    return left.count == right.count
      && zip(left, right).allSatisfy { $0 == "{}" ? $1.hasPrefix("{") : $0 == $1 }
  }

  @Test("what oasdiff finds no error in is breaking only with a document that shows it")
  func oasdiffAlarms() throws {
    guard let pairs = try Self.pairs("oasdiff-pairs") else { return }
    let alarms = pairs.filter { pair in
      pair.expected["breaking"]?.bool == false && pair.result.verdict == .breaking
        && !pair.hasWitness
    }
    let undecided = pairs.filter { $0.result.verdict == .cannotTell }
    print(
      "oasdiff: \(alarms.count) alarms without witness of \(pairs.count): \(alarms.map(\.name))"
    )
    #expect(alarms.count * 100 <= pairs.count * 3)
    #expect(undecided.count * 100 <= pairs.count * 3)
  }

  // MARK: openapi-diff

  /// Rules about other things than the schemas of payloads.
  private static let otherRules = [
    "SECURITY", "OPERATION_ID", "PARAM_STYLE", "HEADER", "RESPONSE_RESPONSES", "ENDPOINTS",
  ]

  /// Verdicts of openapi-diff that a proof or a document refutes.
  private static let refuted = [
    "MinLengthBCTest.responseMinLengthIncreased": "longer answers only: safe for clients, proved",
    "WriteOnlyBCTest.responseWriteOnlyRequiredDecreased": "answers say more than before: proved",
    "OneOfDiffTest.testComposedSchema": "answers have to be one of three besides: proved",
  ]

  @Test("verdicts are openapi-diff's where they are about payloads, or refuted")
  func openAPIDiff() throws {
    guard let pairs = try Self.pairs("openapi-diff-pairs") else { return }
    var skipped = 0
    var alarms: [String] = []
    for pair in pairs {
      let rule = pair.expected["rule"]?.string ?? ""
      if Self.otherRules.contains(where: { rule.contains($0) }) {
        skipped += 1
        continue
      }
      switch pair.expected["verdict"]?.string {
      case "incompatible":
        if Self.refuted[pair.name] != nil {
          #expect(pair.result.verdict == .compatible, "\(pair.name) is no longer refuted")
        } else {
          #expect(pair.result.verdict == .breaking, "missed: \(pair.name) (\(rule))")
        }
      case "compatible", "unchanged", "no-endpoint-change":
        if pair.result.verdict == .breaking, !pair.hasWitness { alarms.append(pair.name) }
      default: continue
      }
    }
    print("openapi-diff: \(pairs.count) pairs, \(skipped) about other things, alarms \(alarms)")
    #expect(alarms.count * 100 <= pairs.count * 3)
  }
}
