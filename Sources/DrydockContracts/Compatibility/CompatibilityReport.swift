package import DrydockSchema

/// All that was found out about two versions, or about many.
package struct CompatibilityReport: Sendable {
  /// One finding, with what it is about.
  package struct Entry: Sendable {
    /// The contract, message or operation; empty for a plain schema.
    package var subject: String
    /// What the places of the finding lie in.
    package var oldFile: ComparedFile
    package var newFile: ComparedFile
    /// Who writes the documents, if that is known.
    package var writer: Contract.Writer?
    package var finding: CompatibilityFinding
    /// The old version, where several are compared with one new one.
    package var against: String?

    package init(
      subject: String,
      oldFile: ComparedFile,
      newFile: ComparedFile,
      writer: Contract.Writer?,
      finding: CompatibilityFinding
    ) {
      self.subject = subject
      self.oldFile = oldFile
      self.newFile = newFile
      self.writer = writer
      self.finding = finding
    }
  }

  package var entries: [Entry] = []
  /// How many pairs of versions were compared.
  package var comparisons = 0
  /// The old versions, where several are compared with one new one.
  package private(set) var versions: [String] = []
  /// How many findings an allow-list took out.
  package private(set) var allowed = 0

  package init() {}

  /// What all findings together mean.
  package var verdict: CompatibilityVerdict {
    if entries.contains(where: { $0.finding.level == .error }) { return .breaking }
    return entries.contains { $0.finding.level == .unproven } ? .cannotTell : .compatible
  }

  /// Takes over what was found out about other versions.
  ///
  /// - Parameters:
  ///   - other: What was found out.
  ///   - old: The old version, where several are compared with one new one.
  package mutating func add(_ other: CompatibilityReport, against old: String? = nil) {
    entries += other.entries.map { entry in
      var entry = entry
      entry.against = entry.against ?? old
      return entry
    }
    comparisons += other.comparisons
    if let old { versions.append(old) }
  }

  /// Returns what the findings about one of several old versions mean.
  package func verdict(against old: String) -> CompatibilityVerdict {
    var part = CompatibilityReport()
    part.entries = entries.filter { $0.against == old }
    return part.verdict
  }

  /// Lowers the findings with these names; they are counted and no longer matter.
  ///
  /// - Returns: The names that some finding has.
  package mutating func allow(_ fingerprints: Set<String>) -> Set<String> {
    var used: Set<String> = []
    for index in entries.indices {
      let finding = entries[index].finding
      guard fingerprints.contains(finding.fingerprint) else { continue }
      used.insert(finding.fingerprint)
      guard finding.level == .error || finding.level == .unproven else { continue }
      entries[index].finding.level = .info
      allowed += 1
    }
    return used
  }
}

extension CompatibilityReport.Entry {
  /// Who breaks, in words: whoever is still on the old version.
  package var breaks: String {
    let other = writer == .partner ? "us" : "the partner"
    let own = writer == .partner ? "the partner" : "us"
    switch (finding.direction, writer) {
    case (.backward, nil): return "writers of the old version: readers of the new one refuse it"
    case (.forward, nil): return "readers of the old version: writers of the new one send it"
    case (.backward, _): return "\(own), writing by the old version"
    case (.forward, _): return "\(other), reading by the old version"
    }
  }

  /// Who breaks, in a word for programs.
  package var breaksWord: String {
    switch (finding.direction, writer) {
    case (.backward, nil): "writer"
    case (.forward, nil): "reader"
    case (.backward, .partner?), (.forward, .us?): "partner"
    case (.backward, .us?), (.forward, .partner?): "us"
    }
  }
}
