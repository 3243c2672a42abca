/// Splits a stream of JSON Lines into records, chunk by chunk.
///
///     var lines = JSONLines()
///     lines.append(chunk)
///     while let record = try lines.next() { … JSONDocument.parse(record.bytes) … }
///     lines.finish()
///     while let record = try lines.next() { … }
///
/// Lines that hold only white space are no records. A line beyond the limit is an error once; the
/// reader then goes on with the line after it. Memory follows one line and one chunk.
///
/// - Source: jsonlines.org; a line ends in a line feed, one carriage return before it is dropped.
public struct JSONLines: Sendable {
  /// One line that holds a value.
  public struct Record: Hashable, Sendable {
    /// The number of this record, from 1.
    public var number: Int
    /// The number of its line, from 1.
    public var line: Int
    /// The byte offset of its line in the stream.
    public var offset: Int
    /// The text of the line, without its end.
    public var bytes: [UInt8]
  }

  /// The longest line taken, in bytes.
  public let lineBytesMax: Int

  private var buffer: [UInt8] = []
  /// Where the current line starts in the buffer.
  private var start = 0
  /// How far the current line has been searched for its end.
  private var searched = 0
  /// The offset in the stream of the buffer's first byte.
  private var base = 0
  private var line = 1
  private var number = 0
  private var isFinished = false
  private var isSkippingLine = false

  /// Creates a reader of lines up to a length.
  public init(lineBytesMax: Int = 64 << 20) {
    self.lineBytesMax = lineBytesMax
  }

  /// Creates a reader of a whole text, all of it there at once.
  public init(_ bytes: [UInt8], lineBytesMax: Int = 64 << 20) {
    self.init(lineBytesMax: lineBytesMax)
    buffer = bytes
    isFinished = true
  }

  /// Takes the next part of the stream, which may end anywhere.
  public mutating func append(_ chunk: some Collection<UInt8>) {
    precondition(!isFinished, "the stream has ended")
    if start > 0, start >= buffer.count / 2 {
      buffer.removeFirst(start)
      base += start
      searched -= start
      start = 0
    }
    buffer.append(contentsOf: chunk)
  }

  /// Says that the stream has ended, so that a last line without an end counts.
  public mutating func finish() {
    isFinished = true
  }

  /// Returns the next record, or nothing until more is appended or at the end.
  ///
  /// - Throws: `lineLengthExceeded` at the offset of the line in the stream.
  public mutating func next() throws(JSONError) -> Record? {
    while let range = try nextLine() {
      let isBlank = buffer[range].allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
      if isBlank { continue }
      number += 1
      return Record(
        number: number,
        line: line - 1,
        offset: base + range.lowerBound,
        bytes: Array(buffer[range])
      )
    }
    return nil
  }

  /// Returns the range of the next whole line in the buffer, without its end, and moves behind it.
  private mutating func nextLine() throws(JSONError) -> Range<Int>? {
    while true {
      let lineEnd = buffer[searched...].firstIndex(of: 0x0A)
      guard let end = lineEnd ?? (isFinished && start < buffer.count ? buffer.count : nil) else {
        searched = buffer.count
        try refuseLongLine(upTo: buffer.count)
        return nil
      }
      let lineStart = start
      let wasSkipping = isSkippingLine
      if !wasSkipping { try refuseLongLine(upTo: end) }
      start = lineEnd == nil ? end : end + 1
      searched = start
      line += 1
      isSkippingLine = false
      if wasSkipping { continue }
      let hasReturn = end > lineStart && buffer[end - 1] == 0x0D
      return lineStart..<(hasReturn ? end - 1 : end)
    }
  }

  /// Throws once where the current line is beyond the limit, and drops what there is of it.
  private mutating func refuseLongLine(upTo end: Int) throws(JSONError) {
    guard isSkippingLine || end - start > lineBytesMax else { return }
    let offset = base + start
    start = end
    searched = end
    if isSkippingLine { return }
    isSkippingLine = true
    throw JSONError(.lineLengthExceeded(limit: lineBytesMax), offset: offset)
  }
}
