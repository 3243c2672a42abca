public import DrydockJSON

/// One mistake in a schema.
public struct SchemaProblem: Hashable, Sendable {
  /// What is wrong, as facts.
  public enum Kind: Hashable, Sendable {
    /// A schema is neither an object nor a truth value.
    case notASchema(found: String)
    /// A keyword has a value of the wrong type.
    case wrongType(keyword: String, expected: String, found: String)
    /// A keyword has a value outside what it may be.
    case wrongValue(keyword: String, expected: String, found: String)
    /// A type that does not exist.
    case unknownType(String)
    /// A pattern that cannot be compiled.
    case badPattern(String, reason: String)
    /// A reference that leads nowhere known.
    case unknownReference(String, suggestion: String?)
    /// References that lead back to their start without looking at another value.
    case referenceLoop(String)
    /// A `$schema` that names no dialect known here.
    case unknownDialect(String)
    /// A vocabulary that is required and not known here.
    case unknownVocabulary(String)
    /// Two schemas with one identifier.
    case duplicateIdentifier(String)
    /// More subschemas than the limit.
    case tooManySubschemas(limit: Int)
    /// More problems than are listed.
    case tooManyProblems(limit: Int)
  }

  /// What is wrong.
  public var kind: Kind
  /// The URI of the document; empty for the one being compiled unless it names itself.
  public var document: String
  /// Where in the document.
  public var pointer: JSONPointer
  /// The byte offset in the document.
  public var offset: Int
}

/// A schema that cannot be compiled, with all that is wrong with it.
public struct SchemaError: Error, Hashable, Sendable {
  /// What is wrong, in the order of the documents; never empty.
  public var problems: [SchemaProblem]
}
