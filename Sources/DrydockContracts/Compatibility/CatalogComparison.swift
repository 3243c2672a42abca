import DrydockJSON
package import DrydockSchema

/// Checks that the versions of contracts follow from each other.
///
///     breaking change → a major step      addition → a minor step      words only → any step
///
/// Every version is compared with the one before it, or with all before it.
package struct CatalogComparison: Sendable {
  package private(set) var report = CompatibilityReport()
  /// Schemas that could not be compiled, by file.
  package private(set) var broken: [(file: ComparedFile, error: SchemaError)] = []
  private let directions: [CompatibilityDirection]
  private let options: ComparisonOptions

  /// Compares all versions of a catalogue with their predecessors.
  ///
  /// - Parameters:
  ///   - versions: The versions, in any order.
  ///   - directions: The ways that documents flow.
  ///   - isTransitive: Whether each version is compared with all before it and not only the last.
  ///   - options: How schemas are compared.
  package init(
    _ versions: [ContractVersion],
    directions: [CompatibilityDirection] = [.backward, .forward],
    isTransitive: Bool = false,
    options: ComparisonOptions = ComparisonOptions()
  ) {
    self.directions = directions
    self.options = options
    for (_, series) in CatalogComparison.series(versions) {
      for (index, later) in series.enumerated().dropFirst() {
        for earlier in series[..<index].suffix(isTransitive ? index : 1) {
          compare(earlier, later, isOneOfSeveral: isTransitive && index > 1)
        }
      }
    }
  }

  /// Compares the newest versions of two catalogues, and which messages they have.
  package init(
    old: [ContractVersion],
    new: [ContractVersion],
    directions: [CompatibilityDirection],
    writer: Contract.Writer?,
    options: ComparisonOptions = ComparisonOptions()
  ) {
    self.directions = directions
    self.options = options
    let earlier = CatalogComparison.series(old).compactMap { $0.versions.last }
    let later = CatalogComparison.series(new).compactMap { $0.versions.last }
    for before in earlier {
      guard let after = later.first(where: { $0.message == before.message }) else {
        add("message-removed", .error, before, before, why: "the message is no longer promised")
        continue
      }
      do {
        let comparison = try ContractComparison(
          old: before,
          new: after,
          directions: directions,
          writer: writer,
          options: options
        )
        report.add(comparison.report)
      } catch {
        let blamed = before.isSound ? after : before
        broken.append((blamed.schema ?? blamed.contract, error))
      }
    }
    for after in later where !earlier.contains(where: { $0.message == after.message }) {
      let isRead = after.writer == .partner
      add("message-added", isRead ? .warning : .info, after, after)
    }
  }

  /// Sorts versions by message and number.
  private static func series(
    _ versions: [ContractVersion]
  ) -> [(message: String, versions: [ContractVersion])] {
    var byMessage: [String: [ContractVersion]] = [:]
    for version in versions { byMessage[version.message, default: []].append(version) }
    return byMessage.keys.sorted().map { message in
      let sorted = (byMessage[message] ?? []).sorted { left, right in
        guard let before = left.numbers, let after = right.numbers else {
          return left.numbers == nil && right.numbers != nil
        }
        return before < after
      }
      return (message, sorted)
    }
  }

  private enum Step: Int, Comparable {
    case none
    case patch
    case minor
    case major

    static func < (left: Step, right: Step) -> Bool { left.rawValue < right.rawValue }

    var words: String {
      switch self {
      case .none: "no step"
      case .patch: "a patch step"
      case .minor: "a minor step"
      case .major: "a major step"
      }
    }
  }

  private mutating func compare(
    _ old: ContractVersion,
    _ new: ContractVersion,
    isOneOfSeveral: Bool
  ) {
    let start = report.entries.count
    defer {
      if isOneOfSeveral {
        for index in report.entries.indices[start...] {
          report.entries[index].against = old.version
        }
      }
    }
    guard let before = old.numbers, let after = new.numbers else {
      add("version-unreadable", .error, old, new, why: "versions are numbers such as '1.2'")
      return
    }
    let taken: Step =
      after.major != before.major
      ? .major
      : (after.minor != before.minor ? .minor : (after.patch != before.patch ? .patch : .none))
    var comparison: CompatibilityReport
    do {
      comparison = try ContractComparison(
        old: old,
        new: new,
        directions: directions,
        options: options
      ).report
    } catch {
      let blamed = old.isSound ? new : old
      broken.append((blamed.schema ?? blamed.contract, error))
      return
    }
    var needed = Step.patch
    var cause: String?
    for entry in comparison.entries {
      let step = CatalogComparison.step(entry.finding)
      if step > needed {
        needed = step
        cause = entry.finding.rule
      }
    }
    if taken == .major {
      // A major step may break what it likes.
      for index in comparison.entries.indices { comparison.entries[index].finding.level = .info }
    }
    report.add(comparison)
    guard taken < needed else { return }
    add(
      "version-step-too-small",
      .error,
      old,
      new,
      why: "'\(cause ?? "")' needs \(needed.words), '\(old.version)' to '\(new.version)' is "
        + taken.words
    )
  }

  /// Returns the step that a finding needs.
  private static func step(_ finding: CompatibilityFinding) -> Step {
    switch finding.level {
    case .error, .unproven: .major
    case .warning: .minor
    case .info: finding.isAnnotation ? .patch : .minor
    }
  }

  private mutating func add(
    _ rule: String,
    _ level: CompatibilityFinding.Level,
    _ old: ContractVersion,
    _ new: ContractVersion,
    why: String? = nil
  ) {
    func place(_ side: ContractVersion) -> SchemaPlace? {
      guard let version = side.contract.document.root["version"] else { return nil }
      return SchemaPlace(
        document: "",
        pointer: .init(tokens: ["version"]),
        offset: version.offset
      )
    }
    var finding = CompatibilityFinding(
      rule: rule,
      level: level,
      direction: .forward,
      oldPlace: place(old),
      newPlace: place(new),
      subject: new.message,
      old: old.version,
      new: new.version
    )
    finding.refusal = why
    report.entries.append(
      CompatibilityReport.Entry(
        subject: new.message,
        oldFile: old.contract,
        newFile: new.contract,
        writer: new.writer,
        finding: finding
      )
    )
  }
}
