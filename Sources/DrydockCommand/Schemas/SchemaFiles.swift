import DrydockJSON
import DrydockKernel
import DrydockPlayer
import DrydockSchema

/// Schemas as the command line names them.
enum SchemaFiles {
  /// Reads and compiles a schema; what is wrong with it goes to standard error.
  static func compile(
    _ path: String,
    options: SchemaOptions,
    _ console: Console
  ) -> Schema? {
    do {
      let document = try parse(path)
      do {
        return try Schema.compile(document, options: options)
      } catch {
        for problem in error.problems {
          console.complain(problem.diagnostic(file: path, source: document))
        }
      }
    } catch {
      console.complain(error)
    }
    return nil
  }

  /// Reads the documents that references may lead to, each by its `$id` or else its path.
  static func resources(_ paths: [String]) throws(Diagnostic) -> [String: JSONDocument] {
    var resources: [String: JSONDocument] = [:]
    for path in paths {
      let document = try parse(path)
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
