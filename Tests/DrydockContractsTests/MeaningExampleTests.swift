import DrydockContracts
import DrydockExchange
import DrydockJSON
import DrydockKernel
import DrydockSchema
import Testing

extension Meaning {
  /// Whether the meaning of an answer needs what was asked.
  fileprivate var readsRequest: Bool { "\(self)".contains(".request(") }
}

/// One message made of examples, with the facts that each meaning of its contract finds.
private struct ExampleMessage {
  /// What it is made of.
  let name: String
  /// The facts of each meaning.
  let facts: [[Fact]]
  /// What the meanings missed.
  let gaps: [MeaningGap]

  /// Makes every message of a contract that its examples and their variants give.
  ///
  /// An answer is joined with every example of what is asked, where its meaning reads both.
  static func all(of contract: Contract) throws -> [ExampleMessage] {
    let own = ContractFolder.examples("valid", of: contract.id)
    let question = question(to: contract)
    var asked: [ContractCatalog.File] = []
    if let question, contract.meanings.contains(where: { $0.readsRequest }) {
      asked = ContractFolder.examples("valid", of: question.id)
    }
    let bodies: [ContractCatalog.File?] = own.isEmpty ? [nil] : own
    let questions: [ContractCatalog.File?] = asked.isEmpty ? [nil] : asked
    var messages = try bodies.flatMap { body in
      try questions.map { asked in
        let paths = try body.flatMap { try ContractFolder.cases("example-paths")[$0.path] }
        return ExampleMessage(
          contract,
          name: label(asked: asked, body: body),
          paths: paths,
          body: try body.map { try JSONDocument.parse($0.bytes).root },
          asked: try asked.map { try JSONDocument.parse($0.bytes).root }
        )
      }
    }
    let table = try ContractFolder.cases("meaning-variants")
    let variants: [JSONValue] = table[contract.id].map { Array($0.elements) } ?? []
    for (index, variant) in variants.enumerated() {
      let body = try patched(variant["set"], of: variant["example"]?.string, in: contract)
      let asks = try question.flatMap {
        try patched(variant["askedSet"], of: variant["asked"]?.string, in: $0)
      }
      messages.append(
        ExampleMessage(
          contract,
          name: "variant \(index + 1)",
          paths: variant["path"],
          body: body?.root,
          asked: asks?.root
        )
      )
    }
    return messages
  }

  private static func question(to contract: Contract) -> Contract? {
    guard contract.part == .response else { return nil }
    return ContractFolder.catalog.contracts.first {
      $0.part == .request && $0.platform == contract.platform
        && $0.recognition.method == contract.recognition.method
        && $0.recognition.path == contract.recognition.path
    }
  }

  /// Returns a changed example, which must still satisfy its schema.
  private static func patched(
    _ changes: JSONValue?,
    of name: String?,
    in contract: Contract
  ) throws -> JSONDocument? {
    guard let name else { return nil }
    let path = "\(contract.id)/examples/valid/\(name)"
    let file = try #require(ContractFolder.files.first { $0.path == path }, "no file '\(path)'")
    var changed = JSONNode(try JSONDocument.parse(file.bytes).root)
    for change in changes.map({ Array($0.members) }) ?? [] {
      let pointer = try JSONPointer(parsing: change.name)
      let isSet = changed.set(JSONNode(change.value), at: pointer)
      #expect(isSet, "no '\(pointer)' in \(path)")
    }
    let document = try JSONDocument.parse(changed.bytes())
    for violation in contract.schema?.violations(of: document.root) ?? [] {
      Issue.record("a variant of \(path) breaks its schema at '\(violation.pointer)'")
    }
    return document
  }

  private static func label(asked: ContractCatalog.File?, body: ContractCatalog.File?) -> String {
    [asked, body].compactMap { file in
      file.flatMap { $0.path.split(separator: "/").last.map(String.init) }
    }.joined(separator: " → ")
  }

  private init(
    _ contract: Contract,
    name: String,
    paths: JSONValue?,
    body: JSONValue?,
    asked: JSONValue?
  ) {
    self.name = name
    let recognition = contract.recognition
    let usual = ["reference": "SHOP-1001", "source": "returnAuthorization"]
    var path = recognition.path?.description ?? "/"
    for variable in recognition.path?.names ?? [] {
      let value = paths?[variable]?.string ?? usual[variable] ?? "4711"
      path = path.replacing("{\(variable)}", with: value)
    }
    let host = recognition.hosts.first?.replacing("*", with: "sandbox") ?? "integration.example"
    let request = Request(
      recognition.method ?? "POST",
      host: host,
      target: path,
      headers: ["X-Correlation-Id": "SHOP-1001"]
    )
    let response = Response(
      200,
      headers: ["Location": "https://\(host)/services/rest/record/v1/record/9001"]
    )
    let view = MessageView(
      contract: contract,
      request: request,
      response: contract.part == .response ? response : nil,
      body: body,
      requestBody: asked,
      names: [:]
    )
    var gaps: [MeaningGap] = []
    facts = contract.meanings.map { meaning in
      meaning.facts(in: view, partner: PartnerID(contract.platform), at: .epoch, gaps: &gaps)
    }
    self.gaps = gaps
  }
}

@Suite("Meanings of contracts")
struct MeaningExampleTests {
  @Test("each find their fact in some example", arguments: ContractFolder.meaningful)
  func found(id: String) throws {
    let contract = try ContractFolder.contract(id)
    let messages = try ExampleMessage.all(of: contract)
    let waivers = try ContractFolder.cases("meanings-without-example")[id]
    for (index, meaning) in contract.meanings.enumerated() {
      let isFound = messages.contains { !$0.facts[index].isEmpty }
      let reason = waivers?[String(index)]?.string
      #expect(
        isFound == (reason == nil),
        "meaning \(index) of \(id), '\(meaning.fact.rawValue)': \(reason ?? "no example has it")"
      )
    }
  }

  @Test("miss nothing in valid examples", arguments: ContractFolder.meaningful)
  func gaps(id: String) throws {
    for message in try ExampleMessage.all(of: try ContractFolder.contract(id)) {
      for gap in message.gaps {
        Issue.record("\(id) \(message.name): '\(gap.fact.rawValue)' misses \(gap.missing)")
      }
    }
  }

  @Test("find what they found before")
  func golden() throws {
    var lines: [String] = []
    for id in ContractFolder.meaningful {
      for message in try ExampleMessage.all(of: try ContractFolder.contract(id)) {
        lines.append("\(id): \(message.name)")
        lines += message.facts.joined().map { "  " + Self.line($0) }
      }
    }
    try ContractFolder.expectGolden(lines.joined(separator: "\n") + "\n", "facts-of-examples.txt")
  }

  private static func line(_ fact: Fact) -> String {
    var parts = ["\(fact.kind.rawValue) \(fact.subject)"]
    if let order = fact.order { parts.append("of \(order)") }
    if !fact.links.isEmpty {
      parts.append("also \(fact.links.map(\.description).joined(separator: " "))")
    }
    if let parent = fact.parent { parts.append("for \(parent)") }
    if fact.at != .epoch { parts.append("at \(fact.at.description(.seconds))") }
    if let amount = fact.amount { parts.append("\(amount.decimalString) \(amount.currency.code)") }
    if let detail = fact.detail { parts.append("'\(detail)'") }
    for line in fact.lines {
      let node = line.node.map { " at \($0)" } ?? ""
      let amount = line.amount.map { " \($0.decimalString)" } ?? ""
      let detail = line.detail.map { " '\($0)'" } ?? ""
      parts.append("\(line.quantity) × \(line.sku)\(node)\(amount)\(detail)")
    }
    return parts.joined(separator: ", ")
  }
}
