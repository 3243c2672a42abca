/// Many documents in one run of bytes, read one after the other in the same memory.
///
///     var document = JSONDocument(over: bytes)
///     for line in lines {
///       try document.reread(line)
///       … document.root …
///     }
///
/// A value taken from the document keeps what it needs: the next reading then takes new memory.
extension JSONDocument {
  /// Creates a document that holds no value yet; only `reread` may be asked of it.
  package init(over bytes: [UInt8]) {
    self.init(bytes: bytes, tape: JSONTape(entries: []))
  }

  /// Reads the strict document in a range of the bytes, in place of the one before.
  ///
  /// Offsets of values count from the first of all bytes, not from the range's.
  ///
  /// - Throws: The first thing wrong, with its offset among all bytes; the document then holds no
  ///   value.
  /// - Complexity: O(range); takes no memory once a document of this size was read.
  package mutating func reread(_ range: Range<Int>) throws(JSONError) {
    let bytes = bytes
    let text = bytes.span.extracting(0..<range.upperBound)
    try JSONDocument.scan(text, from: range.lowerBound, .strict, into: &tape.entries)
  }
}
