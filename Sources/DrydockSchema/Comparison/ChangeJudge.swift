import DrydockJSON

/// Puts what changed and what is refused together: each refusal is laid to the change that caused
/// it.
struct ChangeJudge {
  private let old: Schema
  private let new: Schema
  private let direction: CompatibilityDirection
  private let changes: [SchemaChange]

  init(old: Schema, new: Schema, direction: CompatibilityDirection, changes: [SchemaChange]) {
    self.old = old
    self.new = new
    self.direction = direction
    self.changes = changes
  }

  private var reader: SchemaProgram { direction == .backward ? new.program : old.program }

  /// Returns a finding for each change, and one for each refusal that no change explains.
  mutating func findings(_ refusals: [Refusal]) -> [CompatibilityFinding] {
    var causes: [Int: Refusal] = [:]
    var orphans: [Refusal] = []
    for refusal in refusals {
      guard let cause = cause(of: refusal) else {
        orphans.append(refusal)
        continue
      }
      // The refusal with a document to show stands for the others.
      if let known = causes[cause], known.witness != nil || refusal.witness == nil { continue }
      causes[cause] = refusal
    }
    var findings: [CompatibilityFinding] = []
    for (index, change) in changes.enumerated() {
      findings.append(finding(change, causes[index]))
    }
    var seen: Set<[String]> = []
    for refusal in orphans {
      let finding = finding(refusal)
      let key = [finding.rule, finding.pointer.description, finding.documentPointer.description]
      if seen.insert(key).inserted { findings.append(finding) }
    }
    mark(&findings)
    return findings
  }

  // MARK: Causes

  private func readerNode(_ change: SchemaChange) -> Int {
    direction == .backward ? change.newNode : change.oldNode
  }

  private func readerDocument(_ change: SchemaChange) -> Int {
    direction == .backward ? change.newDocument : change.oldDocument
  }

  /// Keywords that refuse as a whole, whatever it is inside them that does.
  private static let wholes: Set<String> = [
    "contains", "not", "anyOf", "oneOf", "if", "propertyNames", "dependency",
    "unevaluatedProperties", "unevaluatedItems",
  ]

  /// Returns the change that a refusal is due to.
  private func cause(of refusal: Refusal) -> Int? {
    let block = reader.blocks[Int(refusal.block)]
    let document = Int(block.document)
    let assertions = changes.indices.filter { changes[$0].isAssertion }
    // The keyword itself.
    if let exact = assertions.first(where: { index in
      let change = changes[index]
      guard readerDocument(change) == document else { return false }
      if change.subject == "required" {
        guard refusal.keyword == "required", change.name == refusal.name else { return false }
        let node = readerNode(change)
        if node < 0 || refusal.node < 0 { return plain(change.path) == plain(refusal.path) }
        let end = reader.documents[document].document.tape.entries[refusal.node].next
        return node > refusal.node && node < Int(end)
      }
      return readerNode(change) == refusal.node && refusal.node >= 0
    }) {
      return exact
    }
    // Counts of what an array contains refuse under the name of what it contains.
    if refusal.keyword == "contains" {
      let counts = assertions.filter { index in
        ["min-contains", "max-contains"].contains(changes[index].subject)
          && plain(changes[index].path) == plain(refusal.path)
      }
      if let first = counts.first { return first }
    }
    // Something around it that came in whole.
    let tape = reader.documents[document].document.tape
    let around = assertions.filter { index in
      let node = readerNode(changes[index])
      guard node >= 0, readerDocument(changes[index]) == document, refusal.node >= 0 else {
        return false
      }
      return node < refusal.node && refusal.node < Int(tape.entries[node].next)
    }
    if let nearest = around.max(by: { readerNode(changes[$0]) < readerNode(changes[$1]) }) {
      return nearest
    }
    // Something inside a keyword that refuses as a whole.
    if ChangeJudge.wholes.contains(refusal.keyword), refusal.node >= 0 {
      let end = Int(tape.entries[refusal.node].next)
      let inside = assertions.first { index in
        let node = readerNode(changes[index])
        return readerDocument(changes[index]) == document && node > refusal.node && node < end
      }
      if let inside { return inside }
    }
    // A member or element that the reader's side no longer, or not yet, speaks of.
    let child = refusal.name.map { plain(refusal.path) + [$0] } ?? plain(refusal.path)
    let gone = assertions.filter { readerNode(changes[$0]) < 0 }
    if let member = gone.first(where: { plain(changes[$0].path) == child }) { return member }
    return gone.first { index in
      let subject = changes[index].subject
      return plain(changes[index].path) == plain(refusal.path)
        && (subject.hasSuffix("-branch") || subject == refusal.subject || subject == "type")
        || (subject == "element" && plain(changes[index].path.dropLast()) == plain(refusal.path)
          && refusal.keyword.hasSuffix("tems"))
    }
  }

  /// Returns a path as names, elements all alike.
  private func plain(_ path: some Sequence<DocumentStep>) -> [String] {
    path.map { step in
      switch step {
      case .member(let name): name
      case .element(let index, let isAny): isAny ? "*" : String(index)
      }
    }
  }

  // MARK: Findings

  private func finding(_ change: SchemaChange, _ refusal: Refusal?) -> CompatibilityFinding {
    var finding = CompatibilityFinding(
      rule: change.rule,
      level: .info,
      direction: direction,
      oldPlace: place(old.program, change.oldDocument, change.oldNode),
      newPlace: place(new.program, change.newDocument, change.newNode),
      documentPointer: JSONPointer(tokens: plain(change.path)),
      old: change.old,
      new: change.new
    )
    if change.subject == "default" { finding.level = .warning }
    if let refusal { explain(refusal, &finding) }
    return finding
  }

  private func finding(_ refusal: Refusal) -> CompatibilityFinding {
    let document = Int(reader.blocks[Int(refusal.block)].document)
    let there = place(reader, document, refusal.node)
    let keyword = ChangeLister.kebab(refusal.keyword)
    var finding = CompatibilityFinding(
      rule: "\(keyword)-refuses",
      level: .error,
      direction: direction,
      oldPlace: direction == .backward ? nil : there,
      newPlace: direction == .backward ? there : nil,
      documentPointer: JSONPointer(tokens: plain(refusal.path)),
      old: "",
      new: ""
    )
    explain(refusal, &finding)
    return finding
  }

  private func explain(_ refusal: Refusal, _ finding: inout CompatibilityFinding) {
    finding.witness = refusal.witness
    finding.level = refusal.witness == nil ? .unproven : .error
    finding.doubt = refusal.doubt?.words
    guard let witness = refusal.witness,
      let document = try? JSONDocument.parse(witness.bytes())
    else { return }
    let violations = (direction == .backward ? new : old).violations(of: document.root)
      .filter { $0.level == .error }
    let node = refusal.node
    let text = place(reader, Int(reader.blocks[Int(refusal.block)].document), node)
    let wanted = text.map { $0.document.isEmpty ? "" : $0.document + "#" } ?? ""
    let pointer = wanted + (text?.pointer.description ?? "")
    let fitting =
      violations.first { violation in
        guard violation.schemaPointer == pointer else { return false }
        return refusal.keyword != "required"
          || violation.message.contains("'\(refusal.name ?? "")'")
      } ?? violations.first
    guard let fitting else { return }
    let there = fitting.pointer.tokens.isEmpty ? "the document" : "'\(fitting.pointer)'"
    finding.refusal = "\(there): \(fitting.message)"
  }

  private func place(_ program: SchemaProgram, _ document: Int, _ node: Int) -> SchemaPlace? {
    guard node >= 0 else { return nil }
    let source = program.documents[document]
    return SchemaPlace(
      document: document == 0 ? "" : source.uri,
      pointer: TapePointer.pointer(to: node, in: source.document),
      offset: Int(source.document.tape.entries[node].offset)
    )
  }

  /// Gives each finding its name: of what it says, not of where in a file it says so.
  private func mark(_ findings: inout [CompatibilityFinding]) {
    var used: [String: Int] = [:]
    for index in findings.indices {
      findings[index].sign("")
      let name = findings[index].fingerprint
      let count = used[name] ?? 0
      used[name] = count + 1
      if count > 0 { findings[index].fingerprint = "\(name)-\(count + 1)" }
    }
  }
}

extension Refusal {
  /// The keyword as changes name it.
  var subject: String {
    ChangeLister.kebab(keyword)
  }
}

extension SolverDoubt {
  /// The reason in words.
  var words: String {
    switch self {
    case .budget: "the work that a comparison may take is used up"
    case .depth: "documents would have to be nested too deep"
    case .size: "a document that shows it would be too large, or numbers are too long"
    case .keyword: "a keyword here cannot be reasoned about"
    }
  }
}

extension BlockClasses {
  /// Puts the second program first.
  mutating func swapSides() {
    classes.reverse()
  }
}

extension Instruction.Operation {
  /// The keyword that an instruction was made of.
  var keyword: String {
    switch self {
    case .minLength: "minLength"
    case .maxLength: "maxLength"
    case .pattern: "pattern"
    case .format: "format"
    case .content: "contentMediaType"
    case .minimum: "minimum"
    case .maximum: "maximum"
    case .exclusiveMinimum: "exclusiveMinimum"
    case .exclusiveMaximum: "exclusiveMaximum"
    case .multipleOf: "multipleOf"
    case .elements: "items"
    case .contains: "contains"
    case .minItems: "minItems"
    case .maxItems: "maxItems"
    case .uniqueItems: "uniqueItems"
    case .members: "properties"
    case .minProperties: "minProperties"
    case .maxProperties: "maxProperties"
    case .dependency: "dependency"
    case .enumeration: "enum"
    case .constant: "const"
    case .allOf: "allOf"
    case .anyOf: "anyOf"
    case .oneOf: "oneOf"
    case .not: "not"
    case .reference, .dynamicReference: "$ref"
    case .conditional: "if"
    case .unevaluatedItems: "unevaluatedItems"
    case .unevaluatedProperties: "unevaluatedProperties"
    }
  }
}
