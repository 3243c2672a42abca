import DrydockExchange
import DrydockRecordings
import DrydockVerification
import Testing

/// A recording that comes with the package, and what it must be judged to be.
private struct Shipped: CustomTestStringConvertible, Sendable {
  var file: String
  /// How many exchanges it has.
  var exchanges: Int
  /// How many of its messages contracts recognise.
  var recognised: Int
  /// Its orders and how they end.
  var orders: [String]
  var testDescription: String { file }
}

@Suite("Shipped recordings", .timeLimit(.minutes(10)))
struct ShippedRecordingTests {
  private static let clean = [
    Shipped(
      file: "easypost/parcel-tracked.jsonl",
      exchanges: 11,
      recognised: 14,
      orders: ["parcel 9400136000102100000012 delivered"]
    ),
    Shipped(
      file: "loop/return-settled.jsonl",
      exchanges: 18,
      recognised: 26,
      orders: ["#1001 return closed"]
    ),
    Shipped(
      file: "netsuite/order-invoiced-and-credited.jsonl",
      exchanges: 24,
      recognised: 48,
      orders: ["SHOP-1001 credited"]
    ),
    Shipped(
      file: "shipbob/order-shipped-and-returned.jsonl",
      exchanges: 7,
      recognised: 9,
      orders: ["SHOP-1001 returned"]
    ),
    Shipped(
      file: "shopify/order-fulfilled-and-refunded.jsonl",
      exchanges: 22,
      recognised: 38,
      orders: ["#1001 refunded"]
    ),
    Shipped(
      file: "stories/order-to-refund.jsonl",
      exchanges: 82,
      recognised: 135,
      orders: ["#1001 credited"]
    ),
  ]

  @Test("that are clean pass, with every message recognised", arguments: clean)
  fileprivate func passes(_ shipped: Shipped) throws {
    let path = "Recordings/\(shipped.file)"
    let judged = RecordingFiles.judge(try RecordingFiles.bytes(path), file: path)
    #expect(judged.diagnostics.isEmpty)
    let verdict = try #require(judged.verdict)
    #expect(judged.recording?.exchanges.count == shipped.exchanges)
    #expect(verdict.messages.recognised == shipped.recognised)
    #expect(verdict.messages.unrecognised.isEmpty)
    #expect(judged.assembly?.strangers.isEmpty == true)
    #expect(verdict.findings.map(\.message) == [])
    #expect(verdict.orders.map { "\($0.name) \($0.ending)" } == shipped.orders)
    #expect(verdict.outcome == .passed)
  }

  @Test("are all judged here or by the command line's golden file")
  func all() {
    let known = Self.clean.map(\.file) + ["planted/night-shift.jsonl"]
    #expect(
      RecordingFiles.list("Recordings", ending: "").filter { $0.contains(".") } == known.sorted()
    )
  }

  @Test("are written as the writer writes them: reading and writing changes nothing")
  func canonical() throws {
    for file in RecordingFiles.list("Recordings", ending: ".jsonl") {
      let bytes = try RecordingFiles.bytes("Recordings/\(file)")
      let recording = try #require(RecordingReader.read(bytes, file: file).recording)
      let again = RecordingWriter.bytes(of: recording, redactor: .byName)
      let lines = zip(bytes.split(separator: 0x0A), again.split(separator: 0x0A))
      let changed = lines.enumerated().filter { $0.element.0 != $0.element.1 }.map { $0.offset + 1 }
      #expect(changed == [], "lines of \(file)")
      #expect(again.count == bytes.count, "\(file)")
    }
  }
}
