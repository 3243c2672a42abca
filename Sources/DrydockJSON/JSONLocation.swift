/// A place in a text as people count it.
public struct JSONLocation: Hashable, Sendable {
  /// The line, from 1; a line ends at a line feed.
  public var line: Int
  /// The column, from 1, in Unicode scalars.
  public var column: Int

  /// Creates the location at a line and a column, both from 1.
  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// Creates the location of a byte offset in a text.
  ///
  /// An offset beyond the end is taken as the end. Bytes that are not UTF-8 count one column each.
  ///
  /// - Complexity: O(offset).
  public init(ofOffset offset: Int, in bytes: [UInt8]) {
    var line = 1
    var column = 1
    for byte in bytes.prefix(max(0, offset)) {
      if byte == 0x0A {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
    }
    self.line = line
    self.column = column
  }
}
