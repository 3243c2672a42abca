public import DrydockJSON
public import DrydockKernel

extension SchemaProblem {
  /// The stable id.
  public var id: String {
    switch kind {
    case .notASchema: "schema-not-a-schema"
    case .wrongType: "schema-keyword-type"
    case .wrongValue: "schema-keyword-value"
    case .unknownType: "schema-unknown-type"
    case .badPattern: "schema-bad-pattern"
    case .unknownReference: "schema-unknown-reference"
    case .referenceLoop: "schema-reference-loop"
    case .unknownDialect: "schema-unknown-dialect"
    case .unknownVocabulary: "schema-unknown-vocabulary"
    case .duplicateIdentifier: "schema-duplicate-identifier"
    case .tooManySubschemas: "schema-too-many-subschemas"
    case .tooManyProblems: "schema-too-many-problems"
    }
  }

  /// The mistake as one line, without its place.
  public var message: String {
    switch kind {
    case .notASchema(let found): return "expected a schema (object or boolean), found \(found)"
    case .wrongType(let keyword, let expected, let found):
      return "'\(keyword)' expects \(expected), found \(found)"
    case .wrongValue(let keyword, let expected, let found):
      return "'\(keyword)' expects \(expected), found \(found)"
    case .unknownType(let name):
      let known = ["null", "boolean", "integer", "number", "string", "array", "object"]
      return "unknown type '\(name)'" + Suggestion.question(for: name, among: known)
    case .badPattern(let pattern, let reason):
      return "pattern \(ValueText.quoted(pattern)) cannot be used: \(reason)"
    case .unknownReference(let text, let suggestion):
      let question = suggestion.map { "; did you mean '\($0)'?" } ?? ""
      return "reference '\(text)' leads nowhere known" + question
    case .referenceLoop(let target):
      return "reference leads back to '\(target)' without looking at another value"
    case .unknownDialect(let uri):
      return "unknown dialect '\(uri)'; known are draft 2020-12, 2019-09 and draft-07"
    case .unknownVocabulary(let uri): return "required vocabulary '\(uri)' is not known"
    case .duplicateIdentifier(let text): return "identifier '\(text)' is used twice"
    case .tooManySubschemas(let limit): return "schema has more than \(limit) subschemas"
    case .tooManyProblems(let limit): return "more than \(limit) problems; the rest are not listed"
    }
  }

  /// Returns this problem as a diagnostic of a file, at the line and column of its offset.
  ///
  /// - Parameters:
  ///   - file: The path, as the user gave it.
  ///   - source: The schema document that the problem lies in.
  /// - Returns: The diagnostic, with severity error.
  public func diagnostic(file: String, source: JSONDocument) -> Diagnostic {
    let place = source.location(ofOffset: offset)
    return Diagnostic(
      file: file,
      line: place.line,
      column: place.column,
      message: message,
      id: id
    )
  }
}
