import DrydockContracts
import DrydockJSON
import DrydockSchema

/// What `drydock compare` prints.
struct CompareOutput {
  private let report: CompatibilityReport
  private let showsAll: Bool

  init(_ report: CompatibilityReport, showsAll: Bool) {
    self.report = report
    self.showsAll = showsAll
  }

  // MARK: Text

  /// The report for people.
  var text: String {
    var text = ""
    for entry in report.entries where showsAll || entry.finding.level != .info {
      text += block(entry)
    }
    func count(_ level: CompatibilityFinding.Level) -> Int {
      report.entries.count { $0.finding.level == level }
    }
    for version in report.versions {
      text += "\(version): \(report.verdict(against: version).rawValue)\n"
    }
    text += "\(report.verdict.rawValue): \(count(.error)) breaking, \(count(.unproven)) unproven, "
    text += "\(count(.warning)) to look at, \(count(.info)) that break nothing"
    if report.allowed > 0 { text += " (\(report.allowed) allowed)" }
    return text + "\n"
  }

  private func block(_ entry: CompatibilityReport.Entry) -> String {
    let finding = entry.finding
    let place = finding.newPlace ?? finding.oldPlace
    let file = finding.newPlace != nil ? entry.newFile : entry.oldFile
    let rule = CompatibilityRules.rule(finding.rule)
    var text = position(place, file) ?? file.path
    let subject = entry.subject.isEmpty ? "" : "\(entry.subject): "
    let there =
      finding.documentPointer.tokens.isEmpty ? "" : "'\(finding.documentPointer)': "
    text += ": \(finding.level.rawValue): \(subject)\(there)"
    text += "\(rule?.summary ?? finding.rule) [\(finding.rule)]\n"
    func add(_ label: String, _ line: String) {
      text += "  " + HelpText.pad(label + ":", to: 9) + " \(line)\n"
    }
    if let against = entry.against { add("against", against) }
    if !finding.old.isEmpty || !finding.new.isEmpty {
      let before = position(finding.oldPlace, entry.oldFile).map { "  (\($0))" } ?? ""
      let after = position(finding.newPlace, entry.newFile).map { "  (\($0))" } ?? ""
      add("old", finding.old + before)
      add("new", finding.new + after)
    }
    if finding.level == .error { add("breaks", entry.breaks) }
    if let witness = finding.witness { add("witness", shown(witness)) }
    if let refusal = finding.refusal { add("refused", refusal) }
    if let doubt = finding.doubt { add("unproven", doubt) }
    if finding.level == .error || finding.level == .unproven {
      if let rule { add("mend", rule.remedy) }
      add("allow", finding.fingerprint)
    }
    return text
  }

  /// Returns a place as `file:line:column`; nothing for places in other documents.
  private func position(_ place: SchemaPlace?, _ file: ComparedFile) -> String? {
    guard let place else { return nil }
    if !place.document.isEmpty { return "\(place.document)#\(place.pointer)" }
    let location = file.location(of: place)
    return "\(file.path):\(location.line):\(location.column)"
  }

  private func shown(_ witness: JSONNode) -> String {
    let text = String(decoding: witness.bytes(), as: UTF8.self)
    return text.count > 400 ? String(text.prefix(399)) + "…" : text
  }

  // MARK: JSON

  /// The report for programs: one object.
  var json: String {
    var writer = JSONWriter()
    writer.object {
      $0.member("version", 1)
      $0.member("verdict", report.verdict.rawValue)
      $0.member("comparisons", report.comparisons)
      $0.member("allowed", report.allowed)
      if !report.versions.isEmpty {
        $0.memberArray("versions") { list in
          for version in report.versions {
            list.object {
              $0.member("old", version)
              $0.member("verdict", report.verdict(against: version).rawValue)
            }
          }
        }
      }
      $0.memberArray("findings") { list in
        for entry in report.entries { write(entry, &list) }
      }
    }
    return writer.text
  }

  private func write(_ entry: CompatibilityReport.Entry, _ writer: inout JSONWriter) {
    let finding = entry.finding
    writer.object {
      $0.member("rule", finding.rule)
      $0.member("level", finding.level.rawValue)
      $0.member("direction", finding.direction.rawValue)
      if finding.level == .error { $0.member("breaks", entry.breaksWord) }
      if !entry.subject.isEmpty { $0.member("subject", entry.subject) }
      if let against = entry.against { $0.member("against", against) }
      $0.member("pointer", finding.pointer.description)
      $0.member("documentPointer", finding.documentPointer.description)
      write("old", finding.oldPlace, finding.old, entry.oldFile, &$0)
      write("new", finding.newPlace, finding.new, entry.newFile, &$0)
      if let witness = finding.witness { $0.member("witness", witness) }
      if let refusal = finding.refusal { $0.member("refusal", refusal) }
      if let doubt = finding.doubt { $0.member("unproven", doubt) }
      if finding.level == .error || finding.level == .unproven {
        $0.member("remedy", CompatibilityRules.rule(finding.rule)?.remedy)
      }
      $0.member("fingerprint", finding.fingerprint)
    }
  }

  private func write(
    _ name: String,
    _ place: SchemaPlace?,
    _ says: String,
    _ file: ComparedFile,
    _ writer: inout JSONWriter
  ) {
    guard let place else { return }
    writer.memberObject(name) {
      $0.member("file", place.document.isEmpty ? file.path : place.document)
      $0.member("pointer", place.pointer.description)
      if place.document.isEmpty {
        let location = file.location(of: place)
        $0.member("line", location.line)
        $0.member("column", location.column)
      }
      if !says.isEmpty { $0.member("says", says) }
    }
  }
}
