import DrydockContracts
import DrydockExchange
import DrydockJSON
import DrydockKernel
import DrydockSchema
import Testing

/// A payload of one version made into one of the next.
@Suite("Upgrades of contracts")
struct UpgradeTests {
  // MARK: The shipped ones

  static let upgraded = ContractFolder.catalog.contracts.filter { $0.upgrade != nil }.map(\.id)

  @Test("there are some, of a minor and of a major step")
  func shipped() {
    #expect(Self.upgraded.contains { $0.hasSuffix("/1.1") })
    #expect(Self.upgraded.contains { $0.hasSuffix("/2.0") })
  }

  @Test(
    "examples of the version before become valid, and break the old one if the step is a major one",
    arguments: upgraded
  )
  func examples(id: String) throws {
    let contract = try ContractFolder.contract(id)
    let before = try #require(
      ContractFolder.catalog.contracts
        .filter { $0.stem == contract.stem && contract.isNewer(than: $0) }
        .max { $1.isNewer(than: $0) }
    )
    let examples = ContractFolder.examples("valid", of: before.id)
    #expect(examples.count >= 2)
    let isMajor = before.version.prefix { $0 != "." } != contract.version.prefix { $0 != "." }
    for example in examples {
      let old = try JSONDocument.parse(example.bytes).root
      let node = try #require(contract.upgrade).applied(to: JSONNode(old))
      let new = try JSONDocument.parse(node.bytes()).root
      for violation in try #require(contract.schema).violations(of: new) {
        Issue.record("\(example.path) at '\(violation.pointer)': \(violation.expected)")
      }
      #expect(try #require(before.schema).isValid(new) != isMajor, "\(example.path)")
    }
  }

  // MARK: Changes

  /// The versions that upgrades lead to, of a message that may be anything.
  private static func catalog(_ upgrade: String, _ later: String? = nil) -> ContractCatalog {
    var files: [ContractCatalog.File] = []
    func add(_ version: String, _ name: String, _ text: String) {
      files.append(
        ContractCatalog.File(path: "acme/order/\(version)/\(name)", bytes: Array(text.utf8))
      )
    }
    for version in ["1.0", "2.0"] + (later == nil ? [] : ["10.0"]) {
      add(
        version,
        "contract.json",
        """
        {"platform": "acme", "kind": "store", "message": "order", "version": "\(version)",
         "title": "an order", "channel": "webhook", "writtenBy": "partner", "part": "request",
         "schema": "schema.json", "recognise": {"method": "POST", "path": "/orders"}}
        """
      )
      add(version, "schema.json", "{}")
    }
    add("2.0", "upgrade.json", upgrade)
    if let later, !later.isEmpty { add("10.0", "upgrade.json", later) }
    return ContractCatalog(files: files)
  }

  private func result(_ upgrade: String, _ payload: JSONValue) throws -> [UInt8] {
    let catalog = Self.catalog(upgrade)
    for diagnostic in catalog.diagnostics { Issue.record("\(diagnostic)") }
    return try catalog.upgradePath(of: "acme/order", to: "2.0").applied(to: payload.bytes)
  }

  private func entries(_ section: String) throws -> [JSONValue] {
    let entries = try #require(ContractFolder.cases("upgrades")[section]).elements
    try #require(entries.count > 5)
    return Array(entries)
  }

  private func text(_ value: JSONValue?) throws -> String {
    try String(decoding: #require(value).bytes, as: UTF8.self)
  }

  @Test("are made at every place that a star means")
  func changes() throws {
    for entry in try entries("applies") {
      let change = try text(entry["change"])
      let found = try result("[\(change)]", #require(entry["payload"]))
      #expect(try found == JSONNode(#require(entry["result"])).bytes(), "\(change)")
    }
  }

  @Test("that do not apply say which, where and why")
  func failures() throws {
    for entry in try entries("fails") {
      let upgrade = try
        "[{\"op\": \"header\", \"name\": \"V\", \"value\": \"\"},\n\(text(entry["change"]))]"
      let payload = try #require(entry["payload"])
      let reason = try #require(entry["reason"]?.string)
      #expect {
        _ = try result(upgrade, payload)
      } throws: {
        "\($0)" == "Contracts/acme/order/2.0/upgrade.json:2: \(reason)"
      }
    }
    let path = try Self.catalog("[{\"op\": \"remove\", \"path\": \"\"}]")
      .upgradePath(of: "acme/order", to: "2.0")
    #expect {
      _ = try path.applied(to: Array("no JSON".utf8))
    } throws: {
      "\($0)" == "the payload is no JSON"
    }
  }

  @Test("lead over several versions, in the order of their numbers")
  func chain() throws {
    let catalog = Self.catalog(
      #"[{"op": "add", "path": "/two", "value": 2}, {"op": "header", "name": "V", "value": "2"}]"#,
      #"[{"op": "move", "from": "/two", "path": "/ten"}]"#
    )
    let path = try catalog.upgradePath(of: "acme/order", to: "10.0")
    #expect(try path.applied(to: Array("{}".utf8)) == Array(#"{"ten":2}"#.utf8))
    #expect(path.headers.map(\.value) == ["2"])
    #expect(path.operation == "order")
    let pinned = try catalog.pinned(["acme/order": "1.0"])
    #expect(try pinned.upgradePath(of: "acme/order", to: "10.0").target.version == "10.0")
  }

  @Test("to versions that cannot be spoken are refused")
  func refusals() throws {
    let catalog = Self.catalog(#"[{"op": "header", "name": "V", "value": "2"}]"#, nil)
    let refused = [
      ("acme/order", "1.0", "is what the partner speaks from the start"),
      ("acme/order", "3.0", "message 'acme/order' has no version '3.0'; it has 1.0, 2.0"),
      ("acme/ordr", "2.0", "no contract for message 'acme/ordr'; did you mean 'acme/order'?"),
    ]
    for (stem, version, message) in refused {
      #expect {
        _ = try catalog.upgradePath(of: stem, to: version)
      } throws: {
        ($0 as? VersionRefusal)?.message.hasSuffix(message) == true
      }
    }
    #expect {
      _ = try Self.catalog("[{\"op\": \"remove\", \"path\": \"\"}]", "").upgradePath(
        of: "acme/order",
        to: "10.0"
      )
    } throws: {
      ($0 as? VersionRefusal)?.message
        == "version '10.0' of 'acme/order' has no 'upgrade.json', so no fake can speak it"
    }
  }

  // MARK: Bad files

  @Test("that are badly written are reported with their place")
  func badFiles() throws {
    for entry in try entries("malformed") {
      let found = try Self.catalog(text(entry["file"])).diagnostics.map(\.description)
      let says = try #require(entry["says"]?.string)
      let place = "Contracts/acme/order/2.0/upgrade.json:1:"
      #expect(found.count == 1)
      #expect(
        found.first?.hasPrefix(place) == true && found.first?.hasSuffix(says) == true,
        "\(found)"
      )
    }
    #expect(Self.catalog("[").diagnostics.count == 1)
  }

  @Test("that would grow a payload without end, or lead very deep, are refused")
  func hostile() throws {
    let doubling = (0..<100).map { #"{"op": "copy", "from": "", "path": "/a\#($0)"}"# }
    let path = try Self.catalog("[\(doubling.joined(separator: ",\n"))]")
      .upgradePath(of: "acme/order", to: "2.0")
    #expect {
      _ = try path.applied(to: Array(#"{"b": [1, 2, 3]}"#.utf8))
    } throws: {
      "\($0)".hasSuffix("the payload grows beyond 1000000 values")
    }
    let deep = String(repeating: "/*", count: 65)
    #expect(Self.catalog(#"[{"op": "remove", "path": "\#(deep)"}]"#).diagnostics.count == 1)
  }

  @Test("of a first version have nothing to start from")
  func first() {
    let files = ["contract.json", "schema.json"].map { name in
      ContractCatalog.File(
        path: "acme/order/1.0/\(name)",
        bytes: name == "schema.json"
          ? Array("{}".utf8)
          : Array(
            """
            {"platform": "acme", "kind": "store", "message": "order", "version": "1.0",
             "title": "an order", "channel": "webhook", "writtenBy": "partner",
             "part": "request", "schema": "schema.json", "recognise": {"method": "POST"}}
            """.utf8
          )
      )
    }
    let upgrade = ContractCatalog.File(
      path: "acme/order/1.0/upgrade.json",
      bytes: Array(#"[{"op": "remove", "path": "/a"}]"#.utf8)
    )
    #expect(
      ContractCatalog(files: files + [upgrade]).diagnostics.map(\.description) == [
        "Contracts/acme/order/1.0/upgrade.json: error: 'acme/order' has no version before '1.0' "
          + "to upgrade from [contract-upgrade-from-nothing]"
      ]
    )
  }
}
