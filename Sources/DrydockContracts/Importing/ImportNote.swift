package import DrydockJSON
package import DrydockKernel

/// Something an import says about a place of the file: what was left out, or what is wrong.
package struct ImportNote: Hashable, Sendable {
  /// The place; its nearest container where the place itself does not exist.
  package var pointer: JSONPointer
  /// The byte offset of the place.
  package var offset: Int
  /// Where that is, as people count.
  package var location = JSONLocation(line: 1, column: 1)
  /// An error means that nothing can be imported.
  package var severity: Diagnostic.Severity
  /// One line, lower case, no full stop.
  package var message: String
  /// The stable id.
  package var id: String

  /// The note as a diagnostic of a file.
  package func diagnostic(file: String) -> Diagnostic {
    Diagnostic(
      file: file,
      line: location.line,
      column: location.column,
      severity: severity,
      message: message,
      id: id,
      notes: pointer.tokens.isEmpty ? [] : ["at \(pointer)"]
    )
  }
}
