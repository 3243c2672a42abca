import DrydockContracts
import DrydockJSON
import DrydockKernel
import DrydockPlayer
import DrydockSchema

/// What is to be compared with what, and how.
struct CompareRequest {
  /// Which way documents flow.
  enum Policy: String, CaseIterable {
    case backward
    case forward
    case full
    case backwardTransitive = "backward-transitive"
    case forwardTransitive = "forward-transitive"
    case fullTransitive = "full-transitive"

    var directions: [CompatibilityDirection] {
      switch self {
      case .backward, .backwardTransitive: [.backward]
      case .forward, .forwardTransitive: [.forward]
      case .full, .fullTransitive: [.backward, .forward]
      }
    }

    /// Whether every old version is asked about, and not only the last.
    var isTransitive: Bool {
      switch self {
      case .backward, .forward, .full: false
      case .backwardTransitive, .forwardTransitive, .fullTransitive: true
      }
    }
  }

  /// One side of a comparison.
  enum Input {
    case schema(ComparedFile)
    case contract(ContractVersion)
    case operations(ComparedFile, OpenAPIDocument)
    case catalogue(String, [ContractVersion])

    var words: String {
      switch self {
      case .schema: "a schema"
      case .contract: "a contract"
      case .operations: "an OpenAPI document"
      case .catalogue: "a folder of contracts"
      }
    }

    /// What is to be known about the files.
    var notes: [Diagnostic] {
      switch self {
      case .schema(let file), .operations(let file, _): file.notes
      case .contract(let version): version.schema?.notes ?? []
      case .catalogue(_, let versions): versions.flatMap { $0.schema?.notes ?? [] }
      }
    }
  }

  private let arguments: Arguments
  private let policy: Policy?
  private let writer: Contract.Writer?
  private var options = ComparisonOptions()
  private var schemaOptions = SchemaOptions()

  init(_ arguments: Arguments) throws {
    self.arguments = arguments
    policy = arguments["--policy"].flatMap { Policy(rawValue: $0) }
    writer = arguments["--written-by"].flatMap { Contract.Writer(rawValue: $0) }
    options.isStrict = arguments.has("--strict")
    schemaOptions.assertsFormat = arguments.has("--assert-format")
    if arguments.has("--catalog") {
      guard arguments.operands.isEmpty else {
        throw UsageError(message: "'--catalog' takes no operands", command: "compare")
      }
      guard writer == nil else {
        throw UsageError(
          message: "'--written-by' does not go with '--catalog', whose contracts say it themselves",
          command: "compare"
        )
      }
      return
    }
    guard arguments.operands.count >= 2 else {
      throw UsageError(message: "'compare' needs OLD and NEW", command: "compare")
    }
    schemaOptions.resources = try SchemaFiles.resources(
      arguments.all("--resource"),
      as: SchemaComparison.modernised
    )
  }

  /// The ways that documents flow: as asked for, else as who writes them makes it.
  ///
  /// What a partner writes by the old version must be accepted by us on the new one; what we write
  /// by the new version must be accepted by a partner on the old one.
  private func directions(default other: [CompatibilityDirection]) -> [CompatibilityDirection] {
    if let policy { return policy.directions }
    switch writer {
    case .partner: return [.backward]
    case .us: return [.forward]
    case nil: return other
    }
  }

  /// Compares everything.
  func report(_ console: Console) throws -> CompatibilityReport {
    if let folder = arguments["--catalog"] {
      let versions = try CompareRequest.versions(in: folder)
      guard !versions.isEmpty else {
        throw CompareRequest.noContracts(folder)
      }
      for note in Input.catalogue(folder, versions).notes { console.complain(note) }
      return try checked(
        CatalogComparison(
          versions,
          directions: directions(default: [.backward, .forward]),
          isTransitive: policy?.isTransitive ?? false,
          options: options
        )
      )
    }
    let paths = arguments.operands
    let new = paths[paths.count - 1]
    var old = paths.dropLast()
    if let policy, !policy.isTransitive {
      for path in old.dropLast() { console.complain(CompareRequest.unasked(path, policy)) }
      old = old.suffix(1)
    }
    let later = try CompareRequest.input(new)
    var report = CompatibilityReport()
    for note in later.notes { console.complain(note) }
    if case .operations(let file, _) = later, policy != nil || writer != nil {
      console.complain(CompareRequest.ownDirections(file.path))
    }
    for path in old {
      let earlier = try CompareRequest.input(path)
      for note in earlier.notes { console.complain(note) }
      let found = try compare(earlier, later, paths: (path, new))
      report.add(found, against: old.count > 1 ? path : nil)
    }
    return report
  }

  private static func ownDirections(_ path: String) -> Diagnostic {
    Diagnostic(
      file: path,
      severity: .note,
      message: "requests are compared backward and responses forward, whatever the options say",
      id: "compare-own-directions"
    )
  }

  private static func unasked(_ path: String, _ policy: Policy) -> Diagnostic {
    Diagnostic(
      file: path,
      severity: .note,
      message: "not compared: '\(policy.rawValue)' asks about the last old version only;"
        + " '\(policy.rawValue)-transitive' asks about all",
      id: "compare-not-asked"
    )
  }

  private func checked(_ comparison: CatalogComparison) throws -> CompatibilityReport {
    guard comparison.broken.isEmpty else {
      throw SchemaFiles.Failure(
        diagnostics: comparison.broken.flatMap { $0.file.diagnostics($0.error) }
      )
    }
    return comparison.report
  }

  private func compare(
    _ old: Input,
    _ new: Input,
    paths: (old: String, new: String)
  ) throws -> CompatibilityReport {
    switch (old, new) {
    case (.schema(let before), .schema(let after)): return try compare(before, after)
    case (.contract(let before), .contract(let after)):
      do {
        return try ContractComparison(
          old: before,
          new: after,
          directions: directions(default: [.backward, .forward]),
          writer: writer,
          options: options
        ).report
      } catch {
        let broken = before.isSound ? after : before
        let file = broken.schema ?? broken.contract
        throw SchemaFiles.Failure(diagnostics: file.diagnostics(error))
      }
    case (.operations(let before, let earlier), .operations(let after, let later)):
      return compare(earlier, later, before, after)
    case (.catalogue(_, let before), .catalogue(_, let after)):
      return try checked(
        CatalogComparison(
          old: before,
          new: after,
          directions: directions(default: [.backward, .forward]),
          writer: writer,
          options: options
        )
      )
    default:
      throw UsageError(
        message: "'\(paths.old)' is \(old.words), '\(paths.new)' is \(new.words)",
        command: "compare"
      )
    }
  }

  private func compiled(_ file: ComparedFile) throws -> Schema {
    do {
      return try Schema.compile(file.document, options: schemaOptions)
    } catch {
      throw SchemaFiles.Failure(diagnostics: file.diagnostics(error))
    }
  }

  private func compare(_ old: ComparedFile, _ new: ComparedFile) throws -> CompatibilityReport {
    let earlier = try compiled(old)
    let later = try compiled(new)
    var report = CompatibilityReport()
    report.comparisons = 1
    let findings = SchemaComparison.findings(
      old: earlier,
      new: later,
      directions: directions(default: [.backward]),
      options: options
    )
    report.entries = findings.map { finding in
      .init(subject: "", oldFile: old, newFile: new, writer: writer, finding: finding)
    }
    return report
  }

  private func compare(
    _ old: OpenAPIDocument,
    _ new: OpenAPIDocument,
    _ oldFile: ComparedFile,
    _ newFile: ComparedFile
  ) -> CompatibilityReport {
    let comparison = OperationComparison(old: old, new: new, options: options)
    var report = CompatibilityReport()
    report.comparisons = 1
    report.entries = comparison.findings.map { found in
      let part = found.part.isEmpty ? "" : ", \(found.part)"
      return .init(
        subject: found.operation + part,
        oldFile: oldFile,
        newFile: newFile,
        writer: nil,
        finding: found.finding
      )
    }
    return report
  }

  // MARK: Files

  private static func file(_ path: String) throws(Diagnostic) -> ComparedFile {
    ComparedFile(path: path, document: try SchemaFiles.parse(path))
  }

  private static func input(_ operand: String) throws -> Input {
    let path = operand.hasSuffix("/") ? String(operand.dropLast()) : operand
    if Files.isFolder(path) {
      if Files.exists(path + "/contract.json") { return .contract(try version(in: path)) }
      let versions = try versions(in: path)
      if versions.count == 1 { return .contract(versions[0]) }
      guard !versions.isEmpty else {
        throw CompareRequest.noContracts(path)
      }
      return .catalogue(path, versions)
    }
    let file = try file(path)
    if path.hasSuffix("/contract.json") || path == "contract.json" {
      return .contract(try version(in: String(path.dropLast("contract.json".count + 1))))
    }
    if let document = OpenAPIDocument(file.document) { return .operations(file, document) }
    return .schema(file)
  }

  private static func noContracts(_ folder: String) -> Diagnostic {
    Diagnostic(file: folder, message: "no contracts in this folder", id: "contracts-missing")
  }

  private static func version(in folder: String) throws -> ContractVersion {
    let place = folder.isEmpty ? "" : folder + "/"
    let contract = try file(place + "contract.json")
    let schema = contract.document.root["schema"]?.string ?? "schema.json"
    let hasSchema = Files.exists(place + schema)
    return ContractVersion(
      contract: contract,
      schema: hasSchema ? try file(place + schema) : nil
    )
  }

  private static func versions(in folder: String) throws -> [ContractVersion] {
    guard Files.isFolder(folder) else {
      throw Diagnostic(
        file: folder,
        message: "no such folder of contracts",
        id: "contracts-missing"
      )
    }
    return try Files.list(folder, ending: "/contract.json").map { path in
      try version(in: String(path.dropLast("/contract.json".count)))
    }
  }
}
