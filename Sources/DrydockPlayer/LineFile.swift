package import DrydockKernel
import Foundation

/// A file that grows line by line while a command works.
///
/// Whatever ends the process, the file can be read up to its last whole line.
package struct LineFile: Sendable {
  private let path: String
  private let handle: FileHandle

  /// Empties the file, or creates it and the folders above it.
  package init(_ path: String) throws(Diagnostic) {
    try Files.write([], to: path)
    self.path = path
    do {
      handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    } catch {
      throw Files.unwritable(path, error)
    }
  }

  /// Appends bytes that end with a line feed.
  package func append(_ bytes: [UInt8]) throws(Diagnostic) {
    do {
      try handle.write(contentsOf: Data(bytes))
    } catch {
      throw Files.unwritable(path, error)
    }
  }
}
