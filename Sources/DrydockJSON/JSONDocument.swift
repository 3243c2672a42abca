/// A JSON text with its tape: read once, then looked at without copies.
///
///     let document = try JSONDocument.parse(bytes)
///     let sku = document.root["lines"]?[0]?["sku"]?.string
///
/// The text stays as it came, so numbers keep every digit and values know where they stood.
public struct JSONDocument: Sendable {
  /// The text as it came.
  public let bytes: [UInt8]
  /// The flat form of the text.
  package internal(set) var tape: JSONTape

  /// Reads one document and nothing after it but white space.
  ///
  /// Nesting takes no recursion: a hundred thousand brackets give an error, not a crash.
  ///
  /// - Parameters:
  ///   - bytes: UTF-8 text.
  ///   - options: The grammar and the limits.
  /// - Returns: The document.
  /// - Throws: The first thing wrong, with its byte offset.
  /// - Complexity: O(bytes).
  /// - Source: RFC 8259.
  public static func parse(
    _ bytes: [UInt8],
    options: JSONReadOptions = .strict
  ) throws(JSONError) -> JSONDocument {
    let start = try startOfText(bytes, options)
    let tape = try tape(of: bytes, from: start, options)
    let document = JSONDocument(bytes: bytes, tape: tape)
    if options.duplicateNames == .refused { try document.refuseDuplicateNames() }
    return document
  }

  /// Reads one document from text.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - options: The grammar and the limits.
  /// - Returns: The document.
  /// - Throws: The first thing wrong, with its byte offset in the text's UTF-8.
  public static func parse(
    _ text: String,
    options: JSONReadOptions = .strict
  ) throws(JSONError) -> JSONDocument {
    try parse(Array(text.utf8), options: options)
  }

  /// The value that the whole text is.
  public var root: JSONValue {
    JSONValue(document: self, index: 0)
  }

  /// Returns the line and column of a byte offset, both from 1.
  ///
  /// - Complexity: O(offset).
  public func location(ofOffset offset: Int) -> JSONLocation {
    JSONLocation(ofOffset: offset, in: bytes)
  }

  /// Returns where the text starts, refusing sizes and encodings that are not read.
  private static func startOfText(
    _ bytes: [UInt8],
    _ options: JSONReadOptions
  ) throws(JSONError) -> Int {
    let bytesMax = min(options.bytesMax, Int(UInt32.max) - 1)
    guard bytes.count <= bytesMax else {
      throw JSONError(.sizeExceeded(limit: bytesMax), offset: bytesMax)
    }
    if let encoding = otherEncoding(bytes) {
      throw JSONError(.otherEncoding(encoding), offset: 0)
    }
    let hasMark =
      bytes.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF
    guard !hasMark || options.skipsByteOrderMark else {
      throw JSONError(.byteOrderMark, offset: 0)
    }
    return hasMark ? 3 : 0
  }

  /// Returns the tape of a text.
  private static func tape(
    of bytes: [UInt8],
    from start: Int,
    _ options: JSONReadOptions
  ) throws(JSONError) -> JSONTape {
    var entries: [JSONTape.Entry] = []
    try scan(bytes.span, from: start, options, into: &entries)
    return JSONTape(entries: entries)
  }

  /// Fills a tape, starting again with more room where the first guess was too small.
  ///
  /// An order payload has an entry every ten bytes; the densest text has one every two.
  ///
  /// - Throws: The first thing wrong; the tape is then empty.
  static func scan(
    _ text: Span<UInt8>,
    from start: Int,
    _ options: JSONReadOptions,
    into entries: inout [JSONTape.Entry]
  ) throws(JSONError) {
    var room = max(entries.capacity, (text.count - start) / 6 + 16)
    while true {
      entries.removeAll(keepingCapacity: true)
      var scanner = JSONScanner(options: options, position: start)
      var isWhole = false
      try entries.append(addingCapacity: room) { (tape) throws(JSONError) in
        switch options.syntax {
        case .strict: isWhole = try scanner.scan(text, &tape)
        case .relaxed: isWhole = try scanner.scanRelaxed(text, &tape)
        }
      }
      if isWhole { return }
      room *= 2
    }
  }

  /// Returns the name of a UTF-16 or UTF-32 encoding, which the first four bytes give away.
  ///
  /// - Source: RFC 4627 section 3, which told encodings apart by where the zero bytes are.
  private static func otherEncoding(_ bytes: [UInt8]) -> String? {
    guard bytes.count >= 2 else { return nil }
    let third = bytes.count > 2 ? bytes[2] : 0x20
    let fourth = bytes.count > 3 ? bytes[3] : 0x20
    switch (bytes[0], bytes[1], third, fourth) {
    case (0, 0, 0xFE, 0xFF), (0, 0, 0, 1...): return "UTF-32BE"
    case (0xFF, 0xFE, 0, 0), (1..., 0, 0, 0): return "UTF-32LE"
    case (0xFE, 0xFF, _, _), (0, 1..., _, _): return "UTF-16BE"
    case (0xFF, 0xFE, _, _), (1..., 0, _, _): return "UTF-16LE"
    default: return nil
    }
  }
}
