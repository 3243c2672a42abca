import DrydockJSON
import Testing

@Suite("JSON Lines")
struct JSONLinesTests {
  private let stream = Array("{\"a\":1}\r\n\n  \n[2]\n\"é\"\n3".utf8)

  /// Returns what comes out of a stream fed in chunks of a size.
  private func records(_ bytes: [UInt8], chunk: Int) throws -> [JSONLines.Record] {
    var lines = JSONLines()
    var records: [JSONLines.Record] = []
    for start in stride(from: 0, to: bytes.count, by: chunk) {
      lines.append(bytes[start..<min(bytes.count, start + chunk)])
      while let record = try lines.next() { records.append(record) }
    }
    lines.finish()
    while let record = try lines.next() { records.append(record) }
    return records
  }

  @Test("numbers records, lines and offsets, and passes over blank lines")
  func numbers() throws {
    let found = try records(stream, chunk: stream.count)
    #expect(found.map(\.number) == [1, 2, 3, 4])
    #expect(found.map(\.line) == [1, 4, 5, 6])
    #expect(found.map(\.offset) == [0, 13, 17, 22])
    #expect(
      found.map { String(decoding: $0.bytes, as: UTF8.self) } == ["{\"a\":1}", "[2]", "\"é\"", "3"]
    )
  }

  @Test("gives the same for chunks of every size")
  func chunks() throws {
    let whole = try records(stream, chunk: stream.count)
    for size in 1..<stream.count {
      #expect(try records(stream, chunk: size) == whole, "\(size)")
    }
  }

  @Test("refuses a line beyond the limit once and goes on behind it", arguments: [1, 3, 100])
  func longLine(_ chunk: Int) throws {
    let bytes = Array("[1]\n[1,2,3,4,5,6,7,8]\n[2]\n".utf8)
    var lines = JSONLines(lineBytesMax: 8)
    var found: [String] = []
    for start in stride(from: 0, to: bytes.count, by: chunk) {
      lines.append(bytes[start..<min(bytes.count, start + chunk)])
      while true {
        do {
          guard let record = try lines.next() else { break }
          found.append("\(record.line) \(String(decoding: record.bytes, as: UTF8.self))")
        } catch {
          found.append(error.description)
        }
      }
    }
    #expect(
      found == ["1 [1]", "line is longer than 8 bytes at byte 4 [json-line-too-long]", "3 [2]"]
    )
  }

  @Test("reads a whole text the same as its chunks")
  func whole() throws {
    var lines = JSONLines(stream)
    var found: [JSONLines.Record] = []
    while let record = try lines.next() { found.append(record) }
    #expect(found == (try records(stream, chunk: 5)))
  }

  @Test("holds nothing where nothing came")
  func empty() throws {
    #expect(try records([], chunk: 1) == [])
    #expect(try records(Array("\n\n".utf8), chunk: 1) == [])
  }
}
