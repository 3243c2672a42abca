import DrydockJSON
import Testing

@testable import DrydockSchema

@Suite("Schema comparison", .timeLimit(.minutes(10)))
struct SchemaComparisonTests {
  private func compare(
    _ old: String,
    _ new: String,
    _ direction: CompatibilityDirection = .backward,
    strict: Bool = false,
    workMax: Int = 3_000_000
  ) throws -> SchemaComparison {
    SchemaComparison(
      old: try Schema.compile(try JSONDocument.parse(Array(old.utf8))),
      new: try Schema.compile(try JSONDocument.parse(Array(new.utf8))),
      direction: direction,
      options: ComparisonOptions(isStrict: strict, workMax: workMax)
    )
  }

  private func errors(_ comparison: SchemaComparison) -> [String] {
    comparison.findings.filter { $0.level == .error }.map { "\($0.rule) \($0.pointer)" }
  }

  @Test(
    "tells what breaks by which change",
    arguments: [
      (#"{"maximum": 10}"#, #"{"maximum": 9.5}"#, "maximum-lowered /maximum"),
      (#"{"multipleOf": 0.01}"#, #"{"multipleOf": 0.05}"#, "multiple-of-raised /multipleOf"),
      (#"{"type": "number"}"#, #"{"type": "integer"}"#, "type-narrowed /type"),
      (#"{"pattern": "^a*$"}"#, #"{"pattern": "^a{0,3}$"}"#, "pattern-changed /pattern"),
      (#"{"enum": [1, "a"]}"#, #"{"enum": ["a"]}"#, "enum-narrowed /enum"),
      (#"{"minItems": 1}"#, #"{"minItems": 3}"#, "min-items-raised /minItems"),
      ("{}", #"{"uniqueItems": true}"#, "unique-items-added /uniqueItems"),
      ("{}", #"{"required": ["a"]}"#, "required-added /required/0"),
      (
        #"{"properties": {"a": {}}}"#, #"{"properties": {"a": {}}, "additionalProperties": false}"#,
        "additional-properties-added /additionalProperties"
      ),
      (
        #"{"anyOf": [{"type": "string"}, {"type": "null"}]}"#, #"{"anyOf": [{"type": "string"}]}"#,
        "any-of-branch-removed /anyOf/1"
      ),
      (
        #"{"prefixItems": [{"type": "string"}]}"#, #"{"prefixItems": [{"type": "null"}]}"#,
        "type-changed /prefixItems/0/type"
      ),
      ("{}", #"{"not": {"type": "null"}}"#, "not-added /not"),
      (
        "{}", #"{"if": {"type": "string"}, "then": {"maxLength": 3}}"#, "then-added /then"
      ),
      ("{}", #"{"dependentRequired": {"a": ["b"]}}"#, "dependency-added /dependentRequired/a"),
      ("{}", #"{"propertyNames": {"maxLength": 3}}"#, "property-names-added /propertyNames"),
      ("{}", #"{"maxProperties": 2}"#, "max-properties-added /maxProperties"),
      (
        #"{"contains": {"type": "null"}}"#, #"{"contains": {"type": "string"}}"#,
        "type-changed /contains/type"
      ),
    ]
  )
  func breaking(_ old: String, _ new: String, _ expected: String) throws {
    let comparison = try compare(old, new)
    #expect(comparison.verdict == .breaking)
    #expect(errors(comparison) == [expected])
  }

  @Test(
    "proves what is safe",
    arguments: [
      (#"{"multipleOf": 6}"#, #"{"multipleOf": 3}"#),
      (#"{"type": "integer", "minimum": 1}"#, #"{"exclusiveMinimum": 0}"#),
      (#"{"pattern": "^[a-c]{2}$"}"#, #"{"pattern": "^[a-z]+$", "maxLength": 2}"#),
      (#"{"const": 3}"#, #"{"type": "integer", "maximum": 3}"#),
      (#"{"enum": ["a", "b"]}"#, #"{"anyOf": [{"const": "b"}, {"const": "a"}]}"#),
      (#"{"allOf": [{"minLength": 2}, {"maxLength": 4}]}"#, #"{"minLength": 1, "maxLength": 5}"#),
      (#"{"oneOf": [{"type": "string"}, {"type": "null"}]}"#, #"{"type": ["string", "null"]}"#),
      (#"{"type": "object", "required": ["a"]}"#, #"{"minProperties": 1}"#),
      (
        #"{"properties": {"a": {"type": "string"}}, "additionalProperties": false}"#,
        #"{"additionalProperties": {"type": "string"}}"#
      ),
      (
        #"{"if": {"type": "string"}, "then": {"const": "a"}, "else": false}"#, #"{"const": "a"}"#
      ),
      (
        #"{"not": {"type": "string"}}"#,
        #"{"type": ["object", "array", "number", "boolean", "null"]}"#
      ),
      (##"{"$ref": "#/$defs/a", "$defs": {"a": {"type": "string"}}}"##, #"{"type": "string"}"#),
      (#"{"items": false}"#, #"{"maxItems": 0}"#),
      (#"{"type": "boolean"}"#, #"{"enum": [true, false]}"#),
    ]
  )
  func compatible(_ old: String, _ new: String) throws {
    let comparison = try compare(old, new, strict: true)
    #expect(comparison.verdict == .compatible, "\(errors(comparison))")
  }

  @Test("a new optional member of an open object is no noise, unless asked for strictly")
  func optionalMember() throws {
    let old = #"{"properties": {"a": {"type": "string"}}}"#
    let new = #"{"properties": {"a": {"type": "string"}, "b": {"type": "string"}}}"#
    #expect(try compare(old, new).verdict == .compatible)
    #expect(try compare(old, new, .forward).verdict == .compatible)
    #expect(errors(try compare(old, new, strict: true)) == ["member-added /properties/b"])
  }

  @Test("no break hides another below it or beside it")
  func allBreaks() throws {
    let old = """
      {"properties": {"a": {"properties": {"b": {"maximum": 9}, "c": {"enum": [1, 2]}}}, "d": {}}}
      """
    let new = """
      {"properties": {"a": {"required": ["c"], "properties": {"b": {"maximum": 5}, "c": {"enum": [1]}}},
        "d": {"type": "string"}}, "required": ["d"]}
      """
    let comparison = try compare(old, new)
    #expect(
      Set(errors(comparison)) == [
        "required-added /required/0", "required-added /properties/a/required/0",
        "maximum-lowered /properties/a/properties/b/maximum",
        "enum-narrowed /properties/a/properties/c/enum", "type-narrowed /properties/d/type",
      ]
    )
    for finding in comparison.findings where finding.level == .error {
      #expect(finding.witness != nil, "\(finding.rule)")
    }
  }

  @Test("a change inside a branch is reported there, through any recursion")
  func recursiveBranches() throws {
    func schema(_ bound: Int) -> String {
      """
      {"$ref": "#/$defs/node", "$defs": {"node": {"oneOf": [
        {"type": "object", "properties": {"k": {"const": "leaf"}, "v": {"type": "integer",
          "maximum": \(bound)}}, "required": ["k"]},
        {"type": "object", "properties": {"k": {"const": "pair"}, "l": {"$ref": "#/$defs/node"},
          "r": {"$ref": "#/$defs/node"}}, "required": ["k", "l", "r"]},
        {"type": "object", "properties": {"k": {"const": "list"}, "items": {"type": "array",
          "items": {"$ref": "#/$defs/node"}}}, "required": ["k"]}]}}}
      """
    }
    let narrowed = try compare(schema(100), schema(50))
    #expect(errors(narrowed) == ["maximum-lowered /$defs/node/oneOf/0/properties/v/maximum"])
    #expect(try compare(schema(50), schema(100)).verdict == .compatible)
  }

  @Test("a list that holds itself without end has no documents, and so breaks nothing")
  func endless() throws {
    let old = """
      {"$ref": "#/$defs/n", "$defs": {"n": {"type": "object", "properties": {"n": {"$ref":
        "#/$defs/n"}}, "required": ["n"]}}}
      """
    #expect(try compare(old, "false").verdict == .compatible)
  }

  @Test("fingerprints stay where something else changes, and differ where this does")
  func fingerprints() throws {
    let first = try compare(#"{"maximum": 10}"#, #"{"maximum": 9}"#)
    let second = try compare(
      #"{"title": "x", "maximum": 10, "minimum": 3}"#,
      #"{"title": "y", "minimum": 2, "maximum": 9}"#
    )
    let third = try compare(#"{"maximum": 10}"#, #"{"maximum": 8}"#)
    func mark(_ comparison: SchemaComparison) -> String? {
      comparison.findings.first { $0.rule == "maximum-lowered" }?.fingerprint
    }
    #expect(mark(first) == mark(second))
    #expect(mark(first) != mark(third))
  }

  @Test(
    "hostile schemas end within their budget",
    .timeLimit(.minutes(10)),
    arguments: [3, 6, 9]
  )
  func hostile(_ count: Int) throws {
    func schema(_ bound: Int) -> String {
      let branches = (0..<count).map { index in
        """
        {"type": "object", "properties": {"p\(index)": {"$ref": "#/$defs/n"}, "q\(index)":
          {"type": "string", "maxLength": \(bound)}}, "required": ["q\(index)"]}
        """
      }
      return """
        {"$ref": "#/$defs/n", "$defs": {"n": {"oneOf": [\(branches.joined(separator: ","))]}}}
        """
    }
    let comparison = try compare(schema(10), schema(9), workMax: 200_000)
    #expect(comparison.verdict != .compatible)
  }

  /// Schemas that overlap and lead back to themselves in every branch, by how much of it there is.
  enum Overlap: String, CaseIterable, Sendable {
    case objects
    case mixed
    case nested

    func schema(_ count: Int, _ bound: Int) -> String {
      switch self {
      case .objects:
        let members = (0..<count).map { "\"p\($0)\": {\"$ref\": \"#/$defs/n\"}" }
          .joined(separator: ", ")
        let branches = (0..<count).map { index in
          """
          {"type": "object", "minProperties": \(index % 3), "properties": {\(members),
            "q\(index)": {"type": "integer", "minimum": \(index + bound)}}}
          """
        }
        return """
          {"$ref": "#/$defs/n", "$defs": {"n": {"oneOf": [\(branches.joined(separator: ","))]}}}
          """
      case .mixed:
        let all = (0..<count).map { "{\"$ref\": \"#/$defs/d\($0)\"}" }.joined(separator: ", ")
        let defs = (0..<count).map { index in
          """
          "d\(index)": {"oneOf": [
            {"type": "array", "items": {"$ref": "#/$defs/d\((index + 1) % count)"},
             "minItems": \(bound)},
            {"type": "object", "additionalProperties": {"anyOf": [\(all)]}},
            {"not": {"oneOf": [{"type": "string", "maxLength": \(5 + bound)},
              {"type": "array", "contains": {"$ref": "#/$defs/d\((index + 3) % count)"}},
              {"type": "integer", "multipleOf": \(7 + index)}]}}]}
          """
        }
        return """
          {"$ref": "#/$defs/d0", "$defs": {\(defs.joined(separator: ","))}}
          """
      case .nested:
        return (0..<count).reduce("{\"type\": \"string\", \"maxLength\": \(9 - bound)}") {
          inner,
          _ in
          """
          {"oneOf": [\(inner), {"properties": {"a": \(inner)}, "required": ["a"]},
            {"items": \(inner), "uniqueItems": true}]}
          """
        }
      }
    }
  }

  @Test(
    "overlapping choices that lead back to themselves end without a wrong answer",
    .timeLimit(.minutes(3)),
    arguments: Overlap.allCases,
    [3, 12]
  )
  func overlapping(_ kind: Overlap, _ count: Int) throws {
    let size = kind == .nested ? count / 2 : count
    let comparison = try compare(kind.schema(size, 0), kind.schema(size, 1), workMax: 100_000)
    // Where no document shows a break, nothing is said to be proved that is not.
    for finding in comparison.findings where finding.level == .error {
      #expect(finding.witness != nil)
    }
    if kind == .mixed, count == 12 { #expect(comparison.verdict == .cannotTell) }
  }

  @Test("numbers too long to reason about give no answer rather than a wrong one")
  func longNumbers() throws {
    let old = #"{"type": "number", "multipleOf": 1e-40, "maximum": 1e40}"#
    let new = #"{"type": "number", "multipleOf": 3e-41, "maximum": 1e40}"#
    #expect(try compare(old, new).verdict == .cannotTell)
  }

  @Test("undeclared members count where they are forbidden")
  func forbidden() throws {
    var options = SchemaOptions()
    options.undeclaredMembers = .forbidden
    func compiled(_ text: String) throws -> Schema {
      try Schema.compile(try JSONDocument.parse(Array(text.utf8)), options: options)
    }
    let old = try compiled(#"{"properties": {"a": {}, "b": {"type": "string"}}}"#)
    let new = try compiled(#"{"properties": {"a": {}}}"#)
    let removed = SchemaComparison(old: old, new: new, direction: .backward)
    #expect(errors(removed) == ["member-removed /properties/b"])
    #expect(SchemaComparison(old: old, new: new, direction: .forward).verdict == .compatible)
  }
}
