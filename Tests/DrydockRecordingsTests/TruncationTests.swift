import DrydockExchange
import DrydockKernel
import DrydockRecordings
import Testing

@Suite("Cut recordings", .timeLimit(.minutes(1)))
struct TruncationTests {
  private static let lines = [
    #"{"drydock":"recording","partners":[],"title":"Two calls","version":1}"#,
    #"{"request":{"method":"GET","url":"https://api.example.com/a?b=1"},"#
      + #""response":{"status":200,"body":{"c":2}},"sent":"2026-03-02T09:00:00Z"}"#,
    #"{"request":{"method":"POST","host":"api.example.com","target":"/d","#
      + #""headers":{"X-Id":"7"},"body":"text"},"result":"timed-out"}"#,
  ]

  @Test("lines written by hand are read")
  func hand() throws {
    let text = Self.lines.joined(separator: "\n") + "\n"
    let (recording, diagnostics) = RecordingReader.read(Array(text.utf8), file: "hand.jsonl")
    #expect(diagnostics.isEmpty)
    let read = try #require(recording)
    #expect(read.title == "Two calls")
    #expect(read.exchanges.count == 2)
    #expect(read.exchanges[0].request.host == "api.example.com")
    #expect(read.exchanges[0].request.queryItem("b") == "1")
    #expect(read.exchanges[0].response?.body == Array(#"{"c":2}"#.utf8))
    #expect(read.exchanges[1].request.headers["x-id"] == "7")
    #expect(read.exchanges[1].result == .timedOut)
  }

  @Test("whole lines survive a cut at any byte; the cut one is a warning at most")
  func cuts() {
    let text = Array((Self.lines.joined(separator: "\n") + "\n").utf8)
    let first = Self.lines[0].utf8.count + 1
    for end in first..<text.count {
      let (recording, diagnostics) = RecordingReader.read(Array(text[..<end]), file: "cut.jsonl")
      #expect(recording != nil, "cut at byte \(end)")
      #expect(!diagnostics.contains { $0.severity == .error }, "cut at byte \(end)")
    }
  }
}
