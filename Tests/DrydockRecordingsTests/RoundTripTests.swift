import DrydockExchange
import DrydockKernel
import DrydockRecordings
import Testing

@Suite("Written recordings")
struct RoundTripTests {
  @Test("are read as they were", arguments: 1...200)
  func roundTrip(seed: Int) throws {
    var draws = RecordingDraws(seed: UInt64(seed))
    let recording = draws.recording()
    let bytes = RecordingWriter.bytes(of: recording, redactor: .byName)
    let (found, diagnostics) = RecordingReader.read(bytes, file: "r")
    #expect(diagnostics.isEmpty, "seed \(seed): \(diagnostics)")
    let again = try #require(found)
    #expect(again.title == recording.title, "seed \(seed)")
    #expect(again.partners == recording.partners, "seed \(seed)")
    #expect(again.names == recording.names, "seed \(seed)")
    #expect(again.exchanges == recording.exchanges, "seed \(seed)")
    #expect(RecordingWriter.bytes(of: again, redactor: .byName) == bytes, "seed \(seed)")
  }

  @Test("have the members of a line sorted by name")
  func sorted() {
    var exchange = RecordedExchange(
      record: 1,
      request: Request(
        "PUT",
        host: "h",
        target: "/t",
        headers: ["B": "2", "A": "1"],
        body: Array("é".utf8)
      ),
      response: Response(204, body: [0xFF])
    )
    exchange.sentAt = VirtualInstant(parsing: "2026-03-02T09:00:00Z")
    exchange.answeredAt = VirtualInstant(parsing: "2026-03-02T09:00:00.25Z")
    (exchange.from, exchange.to) = (.integration, PartnerID("erp"))
    (exchange.channel, exchange.operation, exchange.entity) = (.http, "upsert", "SHOP-1")
    (exchange.attempt, exchange.result) = (2, .timedOut)
    let line = RecordingWriter.line(of: exchange, redactor: .byName)
    #expect(
      String(decoding: line, as: UTF8.self) == """
        {"answered":"2026-03-02T09:00:00.250000000Z","attempt":2,"channel":"http",\
        "entity":"SHOP-1","from":"integration","operation":"upsert",\
        "request":{"body":"é","headers":[["B","2"],["A","1"]],"host":"h","method":"PUT",\
        "target":"/t"},"response":{"bodyBase64":"/w==","headers":[],"status":204},\
        "result":"timed-out","sent":"2026-03-02T09:00:00.000000000Z","to":"erp"}

        """
    )
  }
}
