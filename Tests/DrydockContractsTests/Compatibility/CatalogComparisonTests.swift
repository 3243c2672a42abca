import DrydockContracts
import DrydockJSON
import DrydockSchema
import Foundation
import Testing

@Suite("Comparing contracts", .timeLimit(.minutes(10)))
struct CatalogComparisonTests {
  private static func file(_ path: String, _ node: JSONNode) throws -> ComparedFile {
    ComparedFile(path: path, document: try JSONDocument.parse(node.bytes()))
  }

  private static func node(_ path: String) throws -> JSONNode {
    let bytes = Array(try Data(contentsOf: ContractFolder.folder.appending(path: path)))
    return JSONNode(try JSONDocument.parse(bytes).root)
  }

  /// Returns a contract of the catalogue, changed.
  private static func version(
    _ folder: String,
    as number: String? = nil,
    contract change: (inout JSONNode) -> Void = { _ in },
    schema changeSchema: (inout JSONNode) -> Void = { _ in }
  ) throws -> ContractVersion {
    var contract = try node("\(folder)/contract.json")
    if let number { contract["version"] = .string(number) }
    change(&contract)
    let path = ContractFolder.folder.appending(path: "\(folder)/schema.json").path
    guard FileManager.default.fileExists(atPath: path) else {
      return ContractVersion(contract: try file("contract.json", contract), schema: nil)
    }
    var schema = try node("\(folder)/schema.json")
    changeSchema(&schema)
    return ContractVersion(
      contract: try file("\(number ?? "1.0")/contract.json", contract),
      schema: try file("\(number ?? "1.0")/schema.json", schema)
    )
  }

  private static let order = "shipbob/order-shipped/1.0"

  private func rules(
    _ report: CompatibilityReport,
    _ level: CompatibilityFinding.Level = .error
  ) -> [String] {
    report.entries.filter { $0.finding.level == level }.map(\.finding.rule)
  }

  private func step(
    to number: String,
    contract: (inout JSONNode) -> Void = { _ in },
    schema: (inout JSONNode) -> Void = { _ in }
  ) throws -> CompatibilityReport {
    CatalogComparison([
      try Self.version(Self.order),
      try Self.version(Self.order, as: number, contract: contract, schema: schema),
    ]).report
  }

  private static let removal: @Sendable (inout JSONNode) -> Void = { schema in
    schema.remove(at: JSONPointer(tokens: ["$defs", "order", "properties", "reference_id"]))
  }

  @Test("the same contract as the next version is fine")
  func unchanged() throws {
    #expect(try step(to: "1.1").verdict == .compatible)
  }

  @Test("a member that is silently gone needs a major step, and a document shows who misses it")
  func removedMember() throws {
    let report = try step(to: "1.1", schema: Self.removal)
    #expect(rules(report).contains("member-removed"))
    #expect(rules(report).contains("version-step-too-small"))
    let entry = try #require(report.entries.first { $0.finding.rule == "member-removed" })
    #expect(entry.breaks == "us, reading by the old version")
    let witness = try #require(entry.finding.witness)
    #expect(witness["reference_id"] != nil)
    #expect(try step(to: "2.0", schema: Self.removal).verdict == .compatible)
  }

  @Test("an optional member needs a minor step")
  func addedMember() throws {
    func add(_ schema: inout JSONNode) {
      let pointer = JSONPointer(tokens: ["$defs", "order", "properties", "colour"])
      schema.set(.object([.init("type", "string")]), at: pointer)
    }
    #expect(try step(to: "1.1", schema: add).verdict == .compatible)
    #expect(rules(try step(to: "1.0.1", schema: add)) == ["version-step-too-small"])
  }

  @Test(
    "promises besides the schema are compared",
    arguments: [
      ("/delivery/signature/scheme", "hmac-sha256-hex", "signature-changed"),
      ("/delivery/id", "header:other", "delivery-id-changed"),
      ("/recognise/method", "PUT", "recognition-changed"), ("/writtenBy", "us", "writer-changed"),
      ("/format", "form", "payload-format-changed"),
    ]
  )
  func promises(_ place: String, _ value: String, _ rule: String) throws {
    let pointer = try JSONPointer(parsing: place)
    let report = try step(to: "1.1") { $0.set(.string(value), at: pointer) }
    #expect(rules(report) == [rule, "version-step-too-small"])
  }

  @Test("a fact that a message no longer means is missed")
  func meaning() throws {
    let report = try step(to: "1.1") { $0["meaning"] = .array([]) }
    #expect(rules(report) == ["meaning-removed", "version-step-too-small"])
  }

  @Test("a transitive policy holds a version against all before it, up to a major step")
  func transitive() throws {
    func series(_ last: String) throws -> [ContractVersion] {
      let narrow: (inout JSONNode) -> Void = { schema in
        let pointer = JSONPointer(tokens: ["$defs", "order", "properties", "reference_id"])
        schema.set(["type": "string", "maxLength": 5], at: pointer)
      }
      return [
        try Self.version(Self.order),
        try Self.version(Self.order, as: "2.0", schema: narrow),
        try Self.version(Self.order, as: last, schema: narrow),
      ]
    }
    let two = CatalogComparison(try series("2.1"), isTransitive: true).report
    #expect(two.verdict == .compatible)
    #expect(two.comparisons == 3)
    let against = Set(two.entries.filter { $0.newFile.path.hasPrefix("2.1") }.map(\.against))
    #expect(against == ["1.0"])
    // Numbers that go back: 1.5 comes before 2.0, and narrows what 1.0 promised.
    let back = CatalogComparison(try series("1.5"), directions: [.backward], isTransitive: true)
    #expect(rules(back.report).contains("version-step-too-small"))
    #expect(CatalogComparison(try series("2.1")).report.comparisons == 2)
  }

  @Test("messages that come and go between catalogues are named")
  func messages() throws {
    let order = try Self.version(Self.order)
    let other = try Self.version("shipbob/return-created/1.0")
    let report = CatalogComparison(
      old: [order],
      new: [other],
      directions: [.backward],
      writer: nil
    ).report
    #expect(rules(report) == ["message-removed"])
    #expect(rules(report, .warning) == ["message-added"])
  }

  @Test("what is allowed by its fingerprint no longer breaks")
  func allowed() throws {
    var report = try step(to: "1.1", schema: Self.removal)
    let marks = Set(report.entries.map(\.finding.fingerprint))
    #expect(report.allow(marks.union(["unknown"])) == marks)
    #expect(report.verdict == .compatible)
    #expect(report.allowed > 0)
  }

  @Test("every rule that can be reported explains itself, once")
  func explained() throws {
    let ids = CompatibilityRules.all.map(\.id)
    #expect(Set(ids).count == ids.count)
    let report = try step(to: "1.1", schema: Self.removal)
    for entry in report.entries {
      #expect(CompatibilityRules.rule(entry.finding.rule) != nil, "\(entry.finding.rule)")
    }
  }

  // MARK: The whole catalogue

  @Test("one member taken from any contract of the catalogue is found, with a document")
  func everyContract() throws {
    var checked = 0
    for (index, folder) in ContractFolder.ids.enumerated() where index % 6 == 0 {
      var removed: JSONPointer?
      let old = try Self.version(folder)
      guard old.schema != nil else { continue }
      let new = try Self.version(
        folder,
        as: "1.1",
        schema: { removed = Self.removeMember(&$0, number: index) }
      )
      guard removed != nil else { continue }
      checked += 1
      let report = CatalogComparison([old, new]).report
      #expect(report.verdict == .breaking, "\(folder) without \(removed?.description ?? "")")
      let shown = report.entries.filter {
        $0.finding.level == .error && $0.finding.rule != "version-step-too-small"
      }
      #expect(shown.contains { $0.finding.witness != nil }, "\(folder): no document")
      #expect(!shown.isEmpty)
      for entry in report.entries {
        #expect(entry.finding.level != .unproven, "\(folder): \(entry.finding.rule)")
        #expect(CompatibilityRules.rule(entry.finding.rule) != nil, "\(entry.finding.rule)")
      }
    }
    #expect(checked > 15)
  }

  /// Takes one declared member out of a schema, and out of what is required.
  private static func removeMember(_ schema: inout JSONNode, number: Int) -> JSONPointer? {
    var places: [JSONPointer] = []
    func walk(_ node: JSONNode, _ pointer: JSONPointer) {
      guard case .object(let members) = node else { return }
      if case .object(let properties) = node["properties"] {
        for member in properties {
          places.append(pointer.appending("properties").appending(member.name))
        }
      }
      for member in members where !["enum", "const", "examples"].contains(member.name) {
        walk(member.value, pointer.appending(member.name))
      }
    }
    walk(schema, .root)
    guard !places.isEmpty else { return nil }
    let place = places[number * 7 % places.count]
    guard schema.remove(at: place), let object = place.parent?.parent, let name = place.tokens.last
    else { return nil }
    let list = object.appending("required")
    if case .array(let names) = schema.at(list) {
      schema.set(.array(names.filter { $0 != .string(name) }), at: list)
    }
    return place
  }
}
