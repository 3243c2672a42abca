public import DrydockKernel

extension JSONError {
  /// Returns this error as a diagnostic of a file, at the line and column of its offset.
  ///
  /// - Parameters:
  ///   - file: The path, as the user gave it.
  ///   - bytes: The text that the offset counts in.
  ///   - firstLine: The line of the file that the text starts on, as a record's line says.
  /// - Returns: The diagnostic, with severity error.
  /// - Complexity: O(offset).
  public func diagnostic(file: String, bytes: [UInt8], firstLine: Int = 1) -> Diagnostic {
    let place = JSONLocation(ofOffset: offset, in: bytes)
    return Diagnostic(
      file: file,
      line: firstLine - 1 + place.line,
      column: place.column,
      message: message,
      id: id
    )
  }
}

extension JSONValue {
  /// Returns a diagnostic about this value, at the line and column where it starts.
  ///
  /// - Parameters:
  ///   - message: What is wrong: one line, lower case, no full stop.
  ///   - id: The stable kebab-case name.
  ///   - file: The path, as the user gave it.
  /// - Returns: The diagnostic, with severity error.
  /// - Complexity: O(offset).
  public func diagnostic(_ message: String, id: String, file: String) -> Diagnostic {
    let place = location
    return Diagnostic(
      file: file,
      line: place.line,
      column: place.column,
      message: message,
      id: id
    )
  }
}
