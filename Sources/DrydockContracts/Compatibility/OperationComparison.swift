import DrydockJSON
package import DrydockSchema

/// What changed in one part of an operation, and what that means.
package struct OperationFinding: Sendable {
  /// Method and path.
  package var operation: String
  /// The part in words; empty for the operation itself.
  package var part: String
  /// Whether the part is written by clients.
  package var isRequest: Bool
  package var finding: CompatibilityFinding
}

/// The outcome of comparing two versions of an OpenAPI document.
///
/// What clients write by the old version has to be accepted by servers of the new one, and what
/// servers write by the new version by clients of the old one.
package struct OperationComparison: Sendable {
  package private(set) var verdict = CompatibilityVerdict.compatible
  package private(set) var findings: [OperationFinding] = []

  private let old: OpenAPIDocument
  private let new: OpenAPIDocument
  private let options: ComparisonOptions
  private var schemas: [String: Schema] = [:]
  private var isUnsure = false

  package init(old: OpenAPIDocument, new: OpenAPIDocument, options: ComparisonOptions) {
    self.old = old
    self.new = new
    self.options = options
    compareOperations()
    if findings.contains(where: { $0.finding.level == .error }) {
      verdict = .breaking
    } else if isUnsure {
      verdict = .cannotTell
    }
  }

  // MARK: Operations and parts

  private mutating func compareOperations() {
    let known = Set(new.operations.map(\.name))
    for operation in old.operations where !known.contains(operation.name) {
      add(
        "operation-removed",
        .error,
        operation.name,
        "",
        true,
        old: operation.place,
        new: nil
      )
    }
    for operation in new.operations
    where !old.operations.contains(where: { $0.name == operation.name }) {
      add("operation-added", .info, operation.name, "", true, old: nil, new: operation.place)
    }
    var later: [String: [OpenAPIDocument.Part]] = [:]
    for part in new.parts { later[part.operation, default: []].append(part) }
    var earlier: [String: [OpenAPIDocument.Part]] = [:]
    for part in old.parts { earlier[part.operation, default: []].append(part) }
    for operation in old.operations where known.contains(operation.name) {
      compareParts(earlier[operation.name] ?? [], later[operation.name] ?? [], operation.name)
    }
  }

  private mutating func compareParts(
    _ before: [OpenAPIDocument.Part],
    _ after: [OpenAPIDocument.Part],
    _ operation: String
  ) {
    for part in before {
      if let other = partner(of: part, in: after, others: before) {
        compare(part, other)
      } else {
        removed(part, after)
      }
    }
    for part in after where partner(of: part, in: before, others: after) == nil {
      added(part, before)
    }
  }

  /// Returns the same part on the other side; a body whose only media type changed its name too.
  private func partner(
    of part: OpenAPIDocument.Part,
    in parts: [OpenAPIDocument.Part],
    others: [OpenAPIDocument.Part]
  ) -> OpenAPIDocument.Part? {
    parts.first { $0.role == part.role }
  }

  private mutating func removed(
    _ part: OpenAPIDocument.Part,
    _ after: [OpenAPIDocument.Part]
  ) {
    let level: CompatibilityFinding.Level
    let rule: String
    switch part.role {
    case .requestBody: (rule, level) = ("request-body-removed", .error)
    case .parameter: (rule, level) = ("parameter-removed", .warning)
    case .responseBody(let status, _):
      let isSuccess = status.hasPrefix("2") || status == "default"
      (rule, level) = ("response-body-removed", isSuccess ? .error : .info)
    case .responseHeader:
      (rule, level) = ("response-header-removed", part.isRequired ? .error : .warning)
    }
    add(
      rule,
      level,
      part.operation,
      part.role.words,
      part.role.isRequest,
      old: part.place,
      new: nil
    )
  }

  private mutating func added(
    _ part: OpenAPIDocument.Part,
    _ before: [OpenAPIDocument.Part]
  ) {
    var level = CompatibilityFinding.Level.info
    let rule: String
    switch part.role {
    case .requestBody:
      rule = "request-body-added"
      let hadBody = before.contains { if case .requestBody = $0.role { true } else { false } }
      if part.isRequired, !hadBody { level = .error }
    case .parameter:
      rule = "parameter-added"
      if part.isRequired { level = .error }
    case .responseBody: rule = "response-body-added"
    case .responseHeader: rule = "response-header-added"
    }
    add(
      rule,
      level,
      part.operation,
      part.role.words,
      part.role.isRequest,
      old: nil,
      new: part.place
    )
  }

  private mutating func compare(_ before: OpenAPIDocument.Part, _ after: OpenAPIDocument.Part) {
    if before.isRequired != after.isRequired {
      let breaks = after.isRequired == after.role.isRequest
      let rule = after.isRequired ? "part-became-required" : "part-became-optional"
      add(
        rule,
        breaks ? .error : .info,
        after.operation,
        after.role.words,
        after.role.isRequest,
        old: before.place,
        new: after.place
      )
    }
    guard let earlier = schema(before, old), let later = schema(after, new) else {
      isUnsure = true
      return
    }
    let comparison = SchemaComparison(
      old: earlier,
      new: later,
      direction: after.role.isRequest ? .backward : .forward,
      options: options
    )
    if comparison.verdict == .cannotTell { isUnsure = true }
    for var finding in comparison.findings {
      judge(&finding, after)
      findings.append(
        OperationFinding(
          operation: after.operation,
          part: after.role.words,
          isRequest: after.role.isRequest,
          finding: finding
        )
      )
    }
  }

  /// Raises what breaks readers though documents stay valid: how content is to be decoded.
  private func judge(_ finding: inout CompatibilityFinding, _ part: OpenAPIDocument.Part) {
    guard finding.level == .info || finding.level == .warning else { return }
    if finding.rule.hasPrefix("content-encoding") || finding.rule.hasPrefix("content-media-type") {
      finding.level = .error
    }
    if finding.rule.hasPrefix("default-"), case .parameter = part.role { finding.level = .error }
  }

  private mutating func add(
    _ rule: String,
    _ level: CompatibilityFinding.Level,
    _ operation: String,
    _ part: String,
    _ isRequest: Bool,
    old before: JSONPointer?,
    new after: JSONPointer?
  ) {
    let finding = CompatibilityFinding(
      rule: rule,
      level: level,
      direction: isRequest ? .backward : .forward,
      oldPlace: before.map { place($0, old) },
      newPlace: after.map { place($0, new) },
      subject: operation + (part.isEmpty ? "" : ", " + part)
    )
    findings.append(
      OperationFinding(operation: operation, part: part, isRequest: isRequest, finding: finding)
    )
  }

  private func place(_ pointer: JSONPointer, _ document: OpenAPIDocument) -> SchemaPlace {
    let offset = document.source.root.at(pointer)?.offset ?? 0
    return SchemaPlace(document: "", pointer: pointer, offset: offset)
  }

  // MARK: Schemas

  private static let uri = "openapi:/document"

  /// Compiles the schema of a part out of its document.
  private func schema(_ part: OpenAPIDocument.Part, _ document: OpenAPIDocument) -> Schema? {
    var text = "true"
    if let pointer = part.schema {
      text = "{\"$ref\":\"\(OperationComparison.uri)\(pointer.uriFragment)\"}"
    }
    var options = SchemaOptions(assertsFormat: true)
    options.dialect = document.isOld ? .draft07 : .draft202012
    options.resources = [
      OperationComparison.uri: part.role.isRequest ? document.requests : document.responses
    ]
    guard let main = try? JSONDocument.parse(Array(text.utf8)) else { return nil }
    return try? Schema.compile(main, options: options)
  }
}
