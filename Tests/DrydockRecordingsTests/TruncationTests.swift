import DrydockExchange
import DrydockKernel
import DrydockRecordings
import Testing

@Suite("Recordings that were cut off")
struct TruncationTests {
  private static let lines: [[UInt8]] = {
    var draws = RecordingDraws(seed: 11)
    var recording = Recording(title: "Night")
    recording.partners = [
      PartnerDescription(id: PartnerID("erp"), kind: .erp, dialect: "netsuite", host: "h")
    ]
    recording.exchanges = (1...4).map { draws.exchange($0) }
    let exchanges = recording.exchanges.map { RecordingWriter.line(of: $0, redactor: .byName) }
    return [RecordingWriter.header(of: recording)] + exchanges
  }()

  @Test("at any byte keep every whole line, with one warning about the last")
  func everyByte() {
    let bytes = Array(Self.lines.joined())
    var ends: [Int] = []
    for line in Self.lines { ends.append((ends.last ?? 0) + line.count) }
    let whole = RecordingReader.read(bytes, file: "r").recording?.exchanges ?? []
    #expect(whole.count == 4)
    for cut in 1...bytes.count {
      let (recording, diagnostics) = RecordingReader.read(Array(bytes[..<cut]), file: "r")
      // A line is whole with or without its newline.
      let wholeLines = ends.count { $0 - 1 <= cut }
      let isCut = !ends.contains(cut) && !ends.contains(cut + 1)
      let found = recording?.exchanges ?? []
      #expect(recording != nil, "cut at \(cut)")
      #expect(found == Array(whole.prefix(max(0, wholeLines - 1))), "cut at \(cut)")
      #expect(diagnostics.count == (isCut ? 1 : 0), "cut at \(cut): \(diagnostics)")
      for diagnostic in diagnostics {
        #expect(diagnostic.severity == .warning, "cut at \(cut)")
        #expect(diagnostic.line == wholeLines + 1, "cut at \(cut)")
        #expect(diagnostic.message.hasPrefix("the last line is cut off and was left out: "))
      }
    }
  }

  @Test("in the middle of a joined file are errors there")
  func middle() {
    let cut = Array(Self.lines[1].prefix(Self.lines[1].count - 5))
    let bytes = cut + [0x0A] + Self.lines[2]
    let (recording, diagnostics) = RecordingReader.read(bytes, file: "r")
    #expect(recording?.exchanges.count == 1)
    #expect(diagnostics.map(\.severity) == [.error])
    #expect(diagnostics.first?.line == 1)
  }
}
