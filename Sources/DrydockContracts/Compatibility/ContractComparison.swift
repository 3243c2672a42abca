import DrydockJSON
package import DrydockSchema

/// Compares two versions of a contract: its schema, and what it says besides.
///
/// By default both ways are asked about, since while versions change over, old documents meet new
/// readers and new documents meet old ones.
package struct ContractComparison: Sendable {
  private let old: ContractVersion
  private let new: ContractVersion
  private let directions: [CompatibilityDirection]
  private let writer: Contract.Writer?
  private let options: ComparisonOptions
  package private(set) var report = CompatibilityReport()

  package init(
    old: ContractVersion,
    new: ContractVersion,
    directions: [CompatibilityDirection] = [.backward, .forward],
    writer: Contract.Writer? = nil,
    options: ComparisonOptions = ComparisonOptions()
  ) throws(SchemaError) {
    self.old = old
    self.new = new
    self.directions = directions
    self.writer = writer ?? new.writer
    self.options = options
    report.comparisons = 1
    try compareSchemas()
    comparePromises()
    compareRecognition()
    compareDelivery()
    compareMeaning()
    compareConfidential()
  }

  // MARK: The schema

  private mutating func compareSchemas() throws(SchemaError) {
    guard let earlier = try old.compiled(), let later = try new.compiled(), let before = old.schema,
      let after = new.schema
    else { return }
    let findings = SchemaComparison.findings(
      old: earlier,
      new: later,
      directions: directions,
      options: options
    )
    for finding in findings { add(finding, before, after) }
    if directions.contains(.forward) { try judgeRemovals(before, after) }
  }

  /// Finds members that the old version declared and the new one no longer does.
  ///
  /// No document breaks by it, but who read the member has it no more. What shows it is a document
  /// of the old version that has the member, with which the new version could do nothing.
  private mutating func judgeRemovals(
    _ before: ComparedFile,
    _ after: ComparedFile
  ) throws(SchemaError) {
    let removed = report.entries.indices.filter { index in
      let finding = report.entries[index].finding
      return finding.rule == "member-removed" && finding.level == .info
    }
    guard !removed.isEmpty, let earlier = try old.compiled(closed: true),
      let later = try new.compiled(closed: true)
    else { return }
    let closed = SchemaComparison(
      old: earlier,
      new: later,
      direction: .backward,
      options: ComparisonOptions(isStrict: true, workMax: options.workMax)
    )
    for index in removed {
      let finding = report.entries[index].finding
      report.entries[index].finding.level = .error
      report.entries[index].finding.direction = .forward
      report.entries[index].finding.refusal =
        "the new version no longer declares '\(finding.documentPointer)', which readers may rely on"
      let proof = closed.findings.first {
        $0.rule == finding.rule && $0.pointer == finding.pointer && $0.witness != nil
      }
      let example = ExampleGenerator(earlier).containing(finding.documentPointer)
      report.entries[index].finding.witness = proof?.witness ?? example
      report.entries[index].finding.sign(new.message)
    }
  }

  // MARK: Everything else

  private mutating func add(
    _ finding: CompatibilityFinding,
    _ before: ComparedFile,
    _ after: ComparedFile
  ) {
    var signed = finding
    let mark = finding.fingerprint.split(separator: "-").dropFirst().first
    signed.sign(new.message)
    if let mark { signed.fingerprint += "-\(mark)" }
    report.entries.append(
      CompatibilityReport.Entry(
        subject: new.message,
        oldFile: before,
        newFile: after,
        writer: writer,
        finding: signed
      )
    )
  }

  private func value(_ pointer: [String], _ side: ContractVersion) -> JSONValue? {
    side.contract.document.root.at(JSONPointer(tokens: pointer))
  }

  private func place(_ pointer: [String], _ side: ContractVersion) -> SchemaPlace? {
    value(pointer, side).map {
      SchemaPlace(document: "", pointer: JSONPointer(tokens: pointer), offset: $0.offset)
    }
  }

  private func shown(_ value: JSONValue?) -> String {
    guard let value else { return "nothing" }
    let text = String(decoding: JSONNode(value).bytes(), as: UTF8.self)
    return text.count > 120 ? String(text.prefix(119)) + "…" : text
  }

  private mutating func add(
    _ rule: String,
    _ level: CompatibilityFinding.Level,
    _ pointer: [String],
    why refusal: String? = nil
  ) {
    var finding = CompatibilityFinding(
      rule: rule,
      level: level,
      direction: .forward,
      oldPlace: place(pointer, old),
      newPlace: place(pointer, new),
      subject: new.message + " " + pointer.joined(separator: "/"),
      old: shown(value(pointer, old)),
      new: shown(value(pointer, new))
    )
    finding.refusal = refusal
    report.entries.append(
      CompatibilityReport.Entry(
        subject: new.message,
        oldFile: old.contract,
        newFile: new.contract,
        writer: writer,
        finding: finding
      )
    )
  }

  /// Reports a member that differs, with a level for each way in which it can.
  private mutating func compare(
    _ pointer: [String],
    _ subject: String,
    added: CompatibilityFinding.Level,
    removed: CompatibilityFinding.Level,
    changed: CompatibilityFinding.Level,
    why: String? = nil
  ) {
    let before = value(pointer, old)
    let after = value(pointer, new)
    switch (before, after) {
    case (nil, nil): return
    case (nil, _?): add("\(subject)-added", added, pointer, why: added == .error ? why : nil)
    case (_?, nil): add("\(subject)-removed", removed, pointer, why: removed == .error ? why : nil)
    case (let before?, let after?):
      if JSONValue.semanticallyEqual(before, after) { return }
      add("\(subject)-changed", changed, pointer, why: changed == .error ? why : nil)
    }
  }

  private mutating func comparePromises() {
    for (name, why) in [
      ("writtenBy", "the other side writes the message now"),
      ("channel", "the message travels another way"), ("part", "it is another half of an exchange"),
      ("format", "the payload has another format"),
    ] {
      let subjects = ["writtenBy": "writer", "format": "payload-format"]
      let subject = subjects[name] ?? name
      compare([name], subject, added: .error, removed: .error, changed: .error, why: why)
    }
    compare(["apiVersion"], "api-version", added: .info, removed: .info, changed: .info)
    compare(["title"], "contract-title", added: .info, removed: .info, changed: .info)
    compare(["undeclared"], "undeclared", added: .info, removed: .info, changed: .warning)
    compare(["assertsFormat"], "asserts-format", added: .info, removed: .info, changed: .info)
    let status = value(["lifecycle", "status"], new)?.string
    let isEnding = status == "deprecated" || status == "sunset"
    let level: CompatibilityFinding.Level = isEnding ? .warning : .info
    compare(["lifecycle", "status"], "lifecycle", added: level, removed: .info, changed: level)
  }

  private mutating func compareRecognition() {
    let why = "messages of the one version are not recognised as those of the other"
    for name in ["method", "path", "headers", "body"] {
      compare(
        ["recognise", name],
        "recognition",
        added: .error,
        removed: .warning,
        changed: .error,
        why: why
      )
    }
    for name in ["hosts", "status"] {
      let before = Set(texts(["recognise", name], old))
      let after = Set(texts(["recognise", name], new))
      if before == after { continue }
      if !before.isEmpty, after.isEmpty || before.isSubset(of: after) {
        add("recognition-extended", .info, ["recognise", name])
      } else {
        add("recognition-narrowed", .error, ["recognise", name], why: why)
      }
    }
  }

  private func texts(_ pointer: [String], _ side: ContractVersion) -> [String] {
    value(pointer, side)?.elements.map { String(decoding: $0.bytes, as: UTF8.self) } ?? []
  }

  private mutating func compareDelivery() {
    compare(
      ["delivery", "id"],
      "delivery-id",
      added: .info,
      removed: .error,
      changed: .error,
      why: "a redelivery is no longer told from a new message"
    )
    for name in ["header", "scheme"] {
      compare(
        ["delivery", "signature", name],
        "signature",
        added: .warning,
        removed: .error,
        changed: .error,
        why: "receivers that check signatures refuse the message"
      )
    }
    compare(
      ["delivery", "redelivery"],
      "redelivery",
      added: .info,
      removed: .error,
      changed: .warning,
      why: "nothing is promised about messages that were not received"
    )
  }

  /// Compares meanings fact by fact.
  private mutating func compareMeaning() {
    let before = facts(old)
    let after = facts(new)
    for (key, index) in before {
      guard let other = after.first(where: { $0.key == key }) else {
        add(
          "meaning-removed",
          .error,
          ["meaning", String(index)],
          why: "the message no longer says '\(key.fact)', which checks rely on"
        )
        continue
      }
      let earlier = value(["meaning", String(index)], old)
      let later = value(["meaning", String(other.index)], new)
      if let earlier, let later, JSONValue.semanticallyEqual(earlier, later) { continue }
      add("meaning-changed", .warning, ["meaning", String(other.index)])
    }
    for (key, index) in after where !before.contains(where: { $0.key == key }) {
      add("meaning-added", .info, ["meaning", String(index)])
    }
  }

  /// A fact by its kind, and how many of that kind stand before it.
  private struct FactKey: Hashable {
    var fact: String
    var ordinal: Int
  }

  private func facts(_ side: ContractVersion) -> [(key: FactKey, index: Int)] {
    var counts: [String: Int] = [:]
    let elements = value(["meaning"], side)?.elements.map { $0 } ?? []
    return elements.enumerated().map { index, element in
      let fact = element["fact"]?.string ?? ""
      counts[fact, default: 0] += 1
      return (FactKey(fact: fact, ordinal: counts[fact] ?? 0), index)
    }
  }

  private mutating func compareConfidential() {
    for name in ["secret", "personal"] {
      let before = Set(texts([name], old))
      let after = Set(texts([name], new))
      if !before.isSubset(of: after) {
        add("\(name)-removed", .warning, [name])
      } else if before != after {
        add("\(name)-added", .info, [name])
      }
    }
  }
}
