package import DrydockKernel
import Foundation

/// Whole lines of a stream, as many at a time as fit a block of memory.
package struct LineBatch: Sendable {
  /// The bytes that the lines lie in.
  package var bytes: [UInt8]
  /// Where each line lies, without its end; blank lines too.
  package var lines: [Range<Int>]
  /// The number of the first line, from 1.
  package var firstLine: Int
}

/// Cuts a stream into batches of lines; memory follows one batch, or the longest line.
///
///     stream ─▶ piece ─▶ batch: whole lines ─▶ taken
///                 ▲                 │
///                 └── the rest ◀────┘
package struct LineBatches: ~Copyable {
  /// How many bytes are read at a time.
  package static let pieceBytes = 1 << 19
  /// The longest line taken, in bytes.
  package static let lineBytesMax = 64 << 20

  /// The id of the diagnostic about a line that is longer.
  package static let lineTooLong = "json-line-too-long"

  private var stream: ByteStream
  /// What was read and not yet handed on.
  private var rest: [UInt8]
  private var line = 1
  private var isAtEnd = false
  /// Whether the rest of a line that was refused is being passed over.
  private var isSkipping = false

  /// Starts with bytes that were read before, and goes on with a stream.
  package init(_ stream: consuming ByteStream, after first: [UInt8] = []) {
    self.stream = stream
    rest = first
  }

  /// Returns the next lines, or nothing at the end.
  ///
  /// - Throws: What is wrong with the stream, or a line that is too long; later lines follow.
  package mutating func next() throws(Diagnostic) -> LineBatch? {
    while true {
      if let batch = cut() { return batch }
      if isAtEnd { return nil }
      let searched = rest.count
      if try stream.read(atMost: LineBatches.pieceBytes, into: &rest) == 0 {
        isAtEnd = true
        continue
      }
      guard rest.count > LineBatches.lineBytesMax, !holdsEnd(from: searched) else { continue }
      try refuse()
    }
  }

  /// Drops the line that is too long, up to what has been read of it, and says so once.
  private mutating func refuse() throws(Diagnostic) {
    rest.removeAll(keepingCapacity: true)
    if isSkipping { return }
    isSkipping = true
    throw Diagnostic(
      file: stream.name,
      line: line,
      message: "line is longer than \(LineBatches.lineBytesMax) bytes",
      id: LineBatches.lineTooLong
    )
  }

  private func holdsEnd(from start: Int) -> Bool {
    LineBatches.endOfLine(rest, from: start) < rest.count
  }

  /// Takes the whole lines there are; at the end of the stream a last line needs no end.
  private mutating func cut() -> LineBatch? {
    var lines: [Range<Int>] = []
    lines.reserveCapacity(rest.count / 512)
    var start = 0
    while start < rest.count {
      let end = LineBatches.endOfLine(rest, from: start)
      guard end < rest.count || isAtEnd else { break }
      lines.append(start..<end)
      start = end + 1
    }
    guard !lines.isEmpty else { return nil }
    let first = line
    line += lines.count
    if isSkipping {
      isSkipping = false
      lines[0] = lines[0].upperBound..<lines[0].upperBound
    }
    let bytes = rest
    rest = start < bytes.count ? Array(bytes[start...]) : []
    return LineBatch(bytes: bytes, lines: lines, firstLine: first)
  }

  /// Returns the place of the next line feed, or the end of the bytes.
  private static func endOfLine(_ bytes: [UInt8], from start: Int) -> Int {
    guard start < bytes.count else { return bytes.count }
    return unsafe bytes.withUnsafeBytes { buffer in
      // The search stays between `start` and the end of the buffer.
      guard let base = buffer.baseAddress,
        let found = unsafe memchr(base + start, 0x0A, buffer.count - start)
      else { return buffer.count }
      return unsafe UnsafeRawPointer(found) - base
    }
  }
}
