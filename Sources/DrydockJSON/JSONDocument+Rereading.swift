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
    var room = max(tape.entries.capacity, range.count / 6 + 16)
    let options = JSONReadOptions.strict
    let bytes = bytes
    while true {
      tape.entries.removeAll(keepingCapacity: true)
      let scanner = JSONScanner(options: options, position: range.lowerBound)
      var isWhole = false
      let text = bytes.span.extracting(0..<range.upperBound)
      try tape.entries.append(addingCapacity: room) { (entries) throws(JSONError) in
        isWhole = try scanner.scan(text, &entries)
      }
      if isWhole { return }
      room *= 2
    }
  }
}
