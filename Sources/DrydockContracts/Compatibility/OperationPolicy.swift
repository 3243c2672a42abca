import DrydockJSON
import DrydockSchema

/// What changes mean for operations beyond the validity of documents.
///
/// A keyword that became narrower breaks by rule, also where no document shows it: schemas of
/// operations are often written so that something else already rules every such document out, by
/// mistake, and clients are not generated from what is possible but from what is written.
enum OperationPolicy {
  /// Raises the level of a finding where a rule says that it breaks.
  static func judge(_ finding: inout CompatibilityFinding, _ role: OpenAPIDocument.Part.Role) {
    guard finding.level != .error else { return }
    guard let dash = finding.rule.lastIndex(of: "-") else { return }
    let subject = String(finding.rule[..<dash])
    var kind = String(finding.rule[finding.rule.index(after: dash)...])
    if subject.hasPrefix("content-") {
      finding.level = .error
    } else if subject == "default" {
      if case .parameter = role { finding.level = .error }
      return
    } else if subject == "read-only" || subject == "write-only" {
      // Only the side that no longer writes the member, or is no longer heard, is concerned.
      guard kind == "added", role.isRequest == (subject == "read-only") else { return }
      finding.level = .error
    } else if subject.hasPrefix("all-of") {
      // More may be asked for; whether it is, only a document can tell.
      return
    } else {
      // Seen from the side that writes by one version to the side that reads by the other.
      if finding.direction == .forward {
        let losesMember = subject == "member" && kind == "removed" && finding.old == "required"
        kind = losesMember ? kind : opposite[kind] ?? kind
        if losesMember { finding.level = .error }
      }
      guard narrowings[subject]?.contains(kind) ?? false else { return }
      finding.level = .error
    }
    finding.refusal = "breaks by rule: what is written narrows, though no document shows it"
  }

  private static let opposite = [
    "added": "removed", "removed": "added", "raised": "lowered", "lowered": "raised",
    "extended": "narrowed", "narrowed": "extended",
  ]

  /// The changes of the reader's side that break by rule, by subject.
  private static let narrowings: [String: Set<String>] = [
    "type": ["narrowed", "changed"], "format": ["added", "changed"],
    "enum": ["added", "narrowed", "changed"], "const": ["added", "changed"],
    "maximum": ["lowered"], "exclusive-maximum": ["lowered"], "max-length": ["lowered"],
    "max-items": ["lowered"], "max-properties": ["lowered", "added"], "max-contains": ["lowered"],
    "minimum": ["raised"], "exclusive-minimum": ["raised"], "min-length": ["raised"],
    "min-items": ["raised"], "min-properties": ["raised", "added"], "min-contains": ["raised"],
    "pattern": ["added"], "multiple-of": ["added", "changed"], "unique-items": ["added"],
    "required": ["added"], "any-of-branch": ["removed"], "one-of-branch": ["removed"],
    "if": ["added"], "then": ["added"],
    "else": ["added"], "contains": ["added"], "property-names": ["added"],
    "pattern-property": ["added"], "element": ["removed"], "unevaluated-items": ["added"],
    "unevaluated-properties": ["added"], "dependency": ["added", "narrowed", "changed"],
    "additional-properties": ["narrowed"], "schema": ["narrowed"],
  ]

  // MARK: Values that travel as text

  /// Lowers the level of a change of type that no reader of text notices.
  ///
  /// In a header or a parameter any scalar can be read as a string, and a list of the query takes a
  /// single value as well.
  static func excuseText(
    _ finding: inout CompatibilityFinding,
    _ role: OpenAPIDocument.Part.Role,
    writer: JSONValue?,
    reader: JSONValue?
  ) {
    guard finding.rule == "type-changed", finding.documentPointer.tokens.isEmpty else { return }
    let written = types(writer)
    let read = types(reader)
    var isExcused = false
    if read == ["string"], !written.contains("array"), !written.contains("object"),
      reader?["enum"] == nil, reader?["pattern"] == nil, reader?["format"] == nil
    {
      isExcused = true
    }
    if case .parameter("query", _) = role, read.contains("array"), !written.contains("object"),
      (reader?["minItems"]?.int ?? 0) <= 1, isPlain(reader?["items"])
    {
      let items = types(reader?["items"])
      isExcused = items.isEmpty || items.contains("string") || items.isSuperset(of: written)
    }
    guard isExcused else { return }
    finding.level = .info
    finding.witness = nil
    finding.refusal = nil
  }

  /// Whether a schema says nothing of values but their types.
  private static func isPlain(_ schema: JSONValue?) -> Bool {
    let names: Set<String> = ["type", "title", "description", "example", "examples", "default"]
    return (schema?.members.map(\.name) ?? []).allSatisfy { names.contains($0) }
  }

  private static func types(_ schema: JSONValue?) -> Set<String> {
    guard let type = schema?["type"] else { return [] }
    return Set(type.string.map { [$0] } ?? type.elements.compactMap(\.string))
  }
}
