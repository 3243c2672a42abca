package import DrydockJSON
package import DrydockKernel
package import DrydockSchema

/// A file that took part in a comparison.
package struct ComparedFile: Sendable {
  /// The path, as the user gave it.
  package var path: String
  /// What is compared.
  package var document: JSONDocument
  /// What the file holds, where that was translated to be compared.
  private var original: JSONDocument?
  /// What is to be known about the file, such as keywords that were left out.
  package var notes: [Diagnostic] = []

  /// Takes a document; a schema of draft-04 is compared as one of draft-07, with a note.
  package init(path: String, document: JSONDocument) {
    self.path = path
    self.document = document
    guard let translation = Draft04Translation(document) else { return }
    self.document = translation.document
    original = document
    let place = document.location(ofOffset: document.root["$schema"]?.offset ?? 0)
    notes = [
      Diagnostic(
        file: path,
        line: place.line,
        column: place.column,
        severity: .note,
        message: "schema of draft-04 is compared as one of draft-07",
        id: "schema-draft-04",
        notes: translation.omissions.map { "without '\($0.pointer)': \($0.reason)" }
      )
    ]
  }

  /// Returns the line and column of a place in the file.
  package func location(of place: SchemaPlace) -> JSONLocation {
    let source = original ?? document
    return source.location(ofOffset: offset(of: place.pointer, place.offset))
  }

  /// Returns what is wrong with the schema in the file.
  package func diagnostics(_ error: SchemaError) -> [Diagnostic] {
    error.problems.map { problem in
      var problem = problem
      problem.offset = offset(of: problem.pointer, problem.offset)
      return problem.diagnostic(file: path, source: original ?? document)
    }
  }

  /// Returns the offset of a place in the file: of what is there, or of what is around it.
  private func offset(of pointer: JSONPointer, _ offset: Int) -> Int {
    guard let original else { return offset }
    var tokens = pointer.tokens
    if tokens.last == "$id" { tokens[tokens.count - 1] = "id" }
    while true {
      if let value = original.root.at(JSONPointer(tokens: tokens)) { return value.offset }
      guard !tokens.isEmpty else { return 0 }
      tokens.removeLast()
    }
  }
}
