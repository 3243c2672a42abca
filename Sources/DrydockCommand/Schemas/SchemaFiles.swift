import DrydockJSON
import DrydockKernel
import DrydockPlayer
import DrydockSchema

/// Schemas as the command line names them.
enum SchemaFiles {
  /// What is wrong with files.
  struct Failure: Error {
    var diagnostics: [Diagnostic]

    init(diagnostics: [Diagnostic]) {
      self.diagnostics = diagnostics
    }

    /// Words what is wrong with a schema.
    init(_ error: SchemaError, file: String, source: JSONDocument) {
      diagnostics = error.problems.map { $0.diagnostic(file: file, source: source) }
    }
  }

  /// Compiles a schema; an error names the file.
  static func compile(
    _ document: JSONDocument,
    file: String,
    options: SchemaOptions
  ) throws(Failure) -> Schema {
    do {
      return try Schema.compile(document, options: options)
    } catch {
      throw Failure(error, file: file, source: document)
    }
  }

  /// Compiles a schema for the output of all its keywords.
  static func outputs(
    _ document: JSONDocument,
    file: String,
    options: SchemaOptions
  ) throws(Failure) -> OutputEvaluator {
    do {
      return try OutputEvaluator(document, options: options)
    } catch {
      throw Failure(error, file: file, source: document)
    }
  }

  /// Reads the documents that references may lead to, each by its `$id` or else its path.
  static func resources(
    _ paths: [String],
    as reading: (JSONDocument) -> JSONDocument = { $0 }
  ) throws(Diagnostic) -> [String: JSONDocument] {
    var resources: [String: JSONDocument] = [:]
    for path in paths {
      let document = reading(try parse(path))
      resources[document.root["$id"]?.string ?? path] = document
    }
    return resources
  }

  /// Reads a file that somebody wrote by hand.
  static func parse(_ path: String) throws(Diagnostic) -> JSONDocument {
    try parse(try Files.read(path, atMost: Files.authoredBytesMax), file: path)
  }

  /// Reads JSON; an error names the file.
  static func parse(_ bytes: [UInt8], file: String) throws(Diagnostic) -> JSONDocument {
    do {
      return try JSONDocument.parse(bytes)
    } catch {
      throw error.diagnostic(file: file, bytes: bytes)
    }
  }
}
