public import DrydockJSON

/// What to do with a member of an object that its schema neither declares nor rules out.
public enum UndeclaredPolicy: String, Hashable, Sendable, CaseIterable {
  /// It is fine, as JSON Schema says.
  case allowed
  /// It is noted, and the document stays valid.
  case reported
  /// It makes the document invalid.
  case forbidden
}

/// Bounds on what compiling and evaluating may take.
public struct SchemaLimits: Hashable, Sendable {
  /// The most problems that are collected before compiling gives up.
  public var problemsMax = 50
  /// The most subschemas that a program may hold.
  public var subschemasMax = 1_000_000
  /// How deep subschemas may apply within each other; a level takes up to 3 KB of stack.
  public var depthMax = 600
  /// How many subschemas may apply for each value of a document, on average.
  public var stepsPerValueMax = 2_000
  /// How many subschemas may apply in any case, however small the document.
  public var stepsMin = 1_000_000

  /// Creates the default bounds.
  public init() {}
}

/// The dialect of a schema that does not name one itself.
public enum SchemaDialect: String, Hashable, Sendable, CaseIterable {
  /// Draft 2020-12.
  case draft202012 = "https://json-schema.org/draft/2020-12/schema"
  /// Draft 2019-09.
  case draft201909 = "https://json-schema.org/draft/2019-09/schema"
  /// Draft-07, and draft-06 with it.
  case draft07 = "http://json-schema.org/draft-07/schema"
}

/// How a schema is to be compiled.
public struct SchemaOptions: Sendable {
  /// Whether `format` is an assertion; a vocabulary may ask for it as well.
  public var assertsFormat = false
  /// Whether `contentEncoding` and `contentMediaType` are assertions in draft-07, which leaves
  /// that open; later drafts make them annotations.
  public var assertsContent = false
  /// What to do with undeclared members of objects that declare some.
  public var undeclaredMembers = UndeclaredPolicy.allowed
  /// Other documents that references may lead to, by absolute URI; nothing is ever fetched.
  public var resources: [String: JSONDocument] = [:]
  /// The dialect of schemas without `$schema`.
  public var dialect = SchemaDialect.draft202012
  /// Bounds on what compiling and evaluating may take.
  public var limits = SchemaLimits()
  /// Whether every subschema keeps a block of its own, those that only refer to another included.
  var keepsReferences = false

  /// Creates options that differ from the defaults.
  public init(
    assertsFormat: Bool = false,
    undeclaredMembers: UndeclaredPolicy = .allowed,
    resources: [String: JSONDocument] = [:],
    dialect: SchemaDialect = .draft202012,
    assertsContent: Bool = false
  ) {
    self.assertsFormat = assertsFormat
    self.assertsContent = assertsContent
    self.undeclaredMembers = undeclaredMembers
    self.resources = resources
    self.dialect = dialect
  }
}
