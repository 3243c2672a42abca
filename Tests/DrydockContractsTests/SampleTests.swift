import DrydockContracts
import DrydockJSON
import DrydockKernel
import DrydockSchema
import Foundation
import Testing

@Suite("Real samples")
struct SampleTests {
  @Test("are accepted by their contract, or listed with the reason why not")
  func accepted() throws {
    guard let names = Self.names() else { return }
    let table = try ContractFolder.cases("samples")
    for name in names {
      let entry = try #require(table[name], "the sample '\(name)' is not in Cases/samples.json")
      let document = try Self.document(name)
      if let message = entry["contract"]?.string {
        let schema = try #require(
          try ContractFolder.contract(message).schema,
          "'\(message)' has no schema"
        )
        for violation in schema.violations(of: document.root) {
          Issue.record(
            "\(name) breaks \(message) at '\(violation.pointer)': expected \(violation.expected)"
          )
        }
      } else {
        let reason = try #require(entry["reason"]?.string, "'\(name)' needs 'contract' or 'reason'")
        let takers = Self.takers(of: document, platform: Self.platform(of: name))
        let known = entry["takers"].map { $0.elements.compactMap(\.string) } ?? []
        #expect(takers == known, "\(name) is accepted although '\(reason)'")
      }
    }
    for member in table.members where member.name != "comment" && !names.contains(member.name) {
      ContractFolder.note("skipped: no sample '\(member.name)' on this machine")
    }
  }

  /// Returns the contracts over JSON of a platform whose schema a document satisfies.
  private static func takers(of document: JSONDocument, platform: String) -> [String] {
    ContractFolder.catalog.contracts.filter {
      $0.platform == platform && $0.schema?.isValid(document.root) == true
    }.map(\.id)
  }

  /// Returns the platform whose sample a file is, if it is one of the five.
  private static func platform(of name: String) -> String {
    if name.hasPrefix("shopify/") { return "shopify" }
    if name.hasPrefix("netsuite/") { return "netsuite" }
    let file = name.split(separator: "/").last ?? ""
    return String(file.prefix { $0 != "-" })
  }

  /// Returns the samples of the five platforms; nothing where there are none.
  private static func names() -> [String]? {
    guard FileManager.default.fileExists(atPath: ContractFolder.samples.path) else {
      ContractFolder.note("skipped: no samples at '\(ContractFolder.samples.path)'")
      return nil
    }
    let platforms = ["shopify", "netsuite", "shipbob", "easypost", "loop"]
    let walker = FileManager.default.enumerator(atPath: ContractFolder.samples.path)
    var names: [String] = []
    while let path = walker?.nextObject() as? String {
      if path.hasSuffix(".json"), platforms.contains(platform(of: path)) { names.append(path) }
    }
    return names.sorted()
  }

  private static func document(_ name: String) throws -> JSONDocument {
    let data = try Data(contentsOf: ContractFolder.samples.appending(path: name))
    return try JSONDocument.parse([UInt8](data))
  }
}
