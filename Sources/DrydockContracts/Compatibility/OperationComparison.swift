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
      if let other = partner(of: part, in: after, isNew: true) {
        compare(part, other)
      } else {
        removed(part, after)
      }
    }
    for part in after where partner(of: part, in: before, isNew: false) == nil {
      added(part, before)
    }
  }

  /// Returns the same part on the other side.
  private func partner(
    of part: OpenAPIDocument.Part,
    in parts: [OpenAPIDocument.Part],
    isNew: Bool
  ) -> OpenAPIDocument.Part? {
    if let same = parts.first(where: { $0.role == part.role }) { return same }
    // Without a media type of its own, a body is that of any; one of a kind is still of that kind.
    return parts.first { other in
      let (before, after) = isNew ? (part.role, other.role) : (other.role, part.role)
      return other.role.isAnyMedia(of: part.role) || part.role.isAnyMedia(of: other.role)
        || after.isSpecial(before)
    }
  }

  private mutating func removed(
    _ part: OpenAPIDocument.Part,
    _ after: [OpenAPIDocument.Part]
  ) {
    let level: CompatibilityFinding.Level
    let rule: String
    switch part.role {
    case .request: (rule, level) = ("request-body-removed", .error)
    case .requestBody: (rule, level) = ("request-media-type-removed", .error)
    case .parameter: (rule, level) = ("parameter-removed", .warning)
    case .response(let status):
      (rule, level) = ("response-removed", status.hasPrefix("2") ? .error : .warning)
    case .responseBody(let status, _):
      let isSuccess = status.hasPrefix("2") || status == "default"
      let isWhole = !after.contains { $0.role == .response(status: status) }
      (rule, level) = ("response-media-type-removed", isSuccess && !isWhole ? .error : .info)
    case .responseHeader:
      (rule, level) = ("response-header-removed", part.isRequired ? .error : .warning)
    }
    add(rule, level, part, old: part.place, new: nil)
  }

  private mutating func added(
    _ part: OpenAPIDocument.Part,
    _ before: [OpenAPIDocument.Part]
  ) {
    var level = CompatibilityFinding.Level.info
    let rule: String
    switch part.role {
    case .request:
      rule = "request-body-added"
      if part.isRequired { level = .error }
    case .requestBody: rule = "request-media-type-added"
    case .parameter:
      rule = "parameter-added"
      if part.isRequired { level = .error }
    case .response: rule = "response-added"
    case .responseBody: rule = "response-media-type-added"
    case .responseHeader: rule = "response-header-added"
    }
    add(rule, level, part, old: nil, new: part.place)
  }

  private mutating func compare(_ before: OpenAPIDocument.Part, _ after: OpenAPIDocument.Part) {
    if before.isRequired != after.isRequired {
      let breaks = after.isRequired == after.role.isRequest
      let rule = after.isRequired ? "part-became-required" : "part-became-optional"
      add(rule, breaks ? .error : .info, after, old: before.place, new: after.place)
    }
    switch after.role {
    case .request, .response: return
    default: compareSchemas(before, after)
    }
  }

  /// Returns what breaks where members that only the other side declares are written too.
  ///
  /// Asked for where something more has to hold as a whole: that adding it is harmless rests on
  /// nobody having used its members before.
  private func strictFindings(
    _ comparison: SchemaComparison,
    _ earlier: Schema,
    _ later: Schema,
    _ isRequest: Bool
  ) -> [String: CompatibilityFinding] {
    let asks = comparison.findings.contains { $0.rule.hasPrefix("all-of") && $0.level == .info }
    guard isRequest, !options.isStrict, asks else { return [:] }
    var strict = options
    strict.isStrict = true
    let proof = SchemaComparison(old: earlier, new: later, direction: .backward, options: strict)
    var found: [String: CompatibilityFinding] = [:]
    for finding in proof.findings where finding.rule.hasPrefix("all-of") {
      if finding.level == .error { found[finding.fingerprint] = finding }
    }
    return found
  }

  /// Raises a change of the member that tells the branches of a choice apart.
  private func judgeDiscriminator(_ finding: inout CompatibilityFinding) {
    guard finding.rule == "discriminator-changed", let before = finding.oldPlace?.pointer,
      let after = finding.newPlace?.pointer,
      let earlier = old.source.root.at(before)?["propertyName"]?.string,
      let later = new.source.root.at(after)?["propertyName"]?.string, earlier != later
    else { return }
    finding.level = .error
    finding.refusal = "breaks by rule: branches are told apart by '\(later)', not by '\(earlier)'"
  }

  private func excuse(
    _ finding: inout CompatibilityFinding,
    _ before: OpenAPIDocument.Part,
    _ after: OpenAPIDocument.Part
  ) {
    switch after.role {
    case .parameter, .responseHeader: break
    default: return
    }
    let earlier = before.schema.flatMap { old.source.root.at($0) }
    let later = after.schema.flatMap { new.source.root.at($0) }
    let isRequest = after.role.isRequest
    OperationPolicy.excuseText(
      &finding,
      after.role,
      writer: isRequest ? earlier : later,
      reader: isRequest ? later : earlier
    )
  }

  private mutating func compareSchemas(
    _ before: OpenAPIDocument.Part,
    _ after: OpenAPIDocument.Part
  ) {
    let isRequest = after.role.isRequest
    guard let earlier = schema(before, old),
      let later = schema(after, new)
    else {
      isUnsure = true
      add("schema-unreadable", .unproven, after, old: before.place, new: after.place)
      return
    }
    let comparison = SchemaComparison(
      old: earlier,
      new: later,
      direction: isRequest ? .backward : .forward,
      options: options
    )
    if comparison.verdict == .cannotTell { isUnsure = true }
    let strict = strictFindings(comparison, earlier, later, isRequest)
    for var finding in comparison.findings {
      if let proof = strict[finding.fingerprint], finding.level == .info { finding = proof }
      judgeDiscriminator(&finding)
      OperationPolicy.judge(&finding, after.role)
      excuse(&finding, before, after)
      findings.append(
        OperationFinding(
          operation: after.operation,
          part: after.role.words,
          isRequest: isRequest,
          finding: finding
        )
      )
    }
  }

  private mutating func add(
    _ rule: String,
    _ level: CompatibilityFinding.Level,
    _ part: OpenAPIDocument.Part,
    old before: JSONPointer?,
    new after: JSONPointer?
  ) {
    add(
      rule,
      level,
      part.operation,
      part.role.words,
      part.role.isRequest,
      old: before,
      new: after
    )
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
  private func schema(
    _ part: OpenAPIDocument.Part,
    _ document: OpenAPIDocument
  ) -> Schema? {
    var schema: JSONNode = true
    if let pointer = part.schema {
      schema = ["$ref": .string(OperationComparison.uri + pointer.uriFragment)]
    }
    var options = SchemaOptions(assertsFormat: true)
    options.dialect = document.isOld ? .draft201909 : .draft202012
    options.resources = [
      OperationComparison.uri: part.role.isRequest ? document.requests : document.responses
    ]
    if part.schema == part.place, let plain = document.source.root.at(part.place) {
      // A parameter that is its own schema: only what is said of its values counts.
      let kept = JSONNode(plain).keeping([
        "type", "format", "enum", "pattern", "items", "minimum", "maximum", "minLength",
        "maxLength", "minItems", "maxItems", "uniqueItems", "multipleOf", "default",
      ])
      schema = kept
    }
    guard let main = try? JSONDocument.parse(schema.bytes()) else { return nil }
    return try? Schema.compile(main, options: options)
  }
}

extension OpenAPIDocument.Part.Role {
  /// Whether this is the body of any media type where the other is that of a certain one.
  func isAnyMedia(of other: OpenAPIDocument.Part.Role) -> Bool {
    switch (self, other) {
    case (.requestBody("*/*"), .requestBody): true
    case (.responseBody(let status, "*/*"), .responseBody(let otherStatus, _)):
      status == otherStatus
    default: false
    }
  }
}

extension OpenAPIDocument.Part.Role {
  /// Whether this response body is of a kind of another media type: `problem+json` is JSON.
  fileprivate func isSpecial(_ general: OpenAPIDocument.Part.Role) -> Bool {
    guard case .responseBody(let status, let media) = self,
      case .responseBody(status, let other) = general
    else { return false }
    let bare = media.split(separator: ";").first.map(String.init) ?? media
    let wide = other.split(separator: ";").first.map(String.init) ?? other
    if bare == wide { return true }
    guard let slash = wide.firstIndex(of: "/") else { return false }
    let kind = wide[wide.index(after: slash)...]
    return bare.hasPrefix(wide[...slash]) && bare.hasSuffix("+\(kind)")
  }
}

extension JSONNode {
  /// Returns an object with some of its members.
  fileprivate func keeping(_ names: Set<String>) -> JSONNode {
    guard case .object(let members) = self else { return self }
    return .object(members.filter { names.contains($0.name) })
  }
}
