import DrydockExchange
import DrydockJSON
import DrydockKernel
import DrydockRecordings
import DrydockVerification
import Foundation
import Testing

@Suite("Recordings of real payloads", .timeLimit(.minutes(10)))
struct RealSampleTests {
  private static let start = VirtualInstant(parsing: "2026-03-02T09:00:00Z") ?? .epoch

  /// The samples on this machine, each within its exchange, a minute apart.
  private static let exchanges: [(sample: RealSample, exchange: RecordedExchange)] = {
    var found: [(RealSample, RecordedExchange)] = []
    for sample in RealSample.all {
      let at = start + .seconds(60 * found.count)
      if let exchange = try? sample.exchange(record: found.count + 1, at: at) {
        found.append((sample, exchange))
      } else {
        RecordingFiles.note("skipped: no sample '\(sample.file)' on this machine")
      }
    }
    return found
  }()

  /// A native recording as a small tool would write it: no header line, no partners.
  private static func lines() -> [UInt8] {
    exchanges.flatMap { _, exchange in
      var writer = JSONWriter()
      writer.object { writer in
        writer.memberObject("request") {
          $0.member("method", exchange.request.method)
          $0.member("url", "https://\(exchange.request.host)\(exchange.request.target)")
          write(exchange.request.headers, exchange.request.body, &$0)
        }
        writer.memberObject("response") {
          $0.member("status", exchange.response?.status ?? 0)
          write(exchange.response?.headers ?? [:], exchange.response?.body ?? [], &$0)
        }
        writer.member("sent", exchange.sentAt?.description(.milliseconds) ?? "")
        writer.member("answered", exchange.answeredAt?.description(.milliseconds) ?? "")
      }
      return writer.bytes + [0x0A]
    }
  }

  private static func write(
    _ headers: HeaderFields,
    _ body: [UInt8],
    _ writer: inout JSONWriter
  ) {
    writer.memberObject("headers") {
      for field in headers.fields { $0.member(field.name, field.value) }
    }
    if !body.isEmpty { writer.member("body", String(decoding: body, as: UTF8.self)) }
  }

  /// The same as a HAR; every other answer is in Base64, as proxies write it.
  private static func archive() -> [UInt8] {
    var writer = JSONWriter(pretty: true)
    writer.object { writer in
      writer.memberObject("log") { writer in
        writer.member("version", "1.2")
        writer.memberObject("creator") {
          $0.member("name", "drydock tests")
          $0.member("version", "1")
        }
        writer.memberArray("entries") { writer in
          for (_, exchange) in exchanges { entry(exchange, &writer) }
        }
      }
    }
    return writer.bytes
  }

  private static func entry(_ exchange: RecordedExchange, _ writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("startedDateTime", exchange.sentAt?.description(.milliseconds) ?? "")
      writer.member("time", 120)
      writer.memberObject("request") {
        $0.member("method", exchange.request.method)
        $0.member("url", "https://\(exchange.request.host)\(exchange.request.target)")
        write(archived: exchange.request.headers, &$0)
        if !exchange.request.body.isEmpty {
          $0.memberObject("postData") {
            $0.member("mimeType", "application/json")
            $0.member("text", String(decoding: exchange.request.body, as: UTF8.self))
          }
        }
      }
      writer.memberObject("response") {
        $0.member("status", exchange.response?.status ?? 0)
        write(archived: exchange.response?.headers ?? [:], &$0)
        let body = exchange.response?.body ?? []
        $0.memberObject("content") {
          $0.member("size", body.count)
          $0.member("mimeType", "application/json")
          if exchange.record % 2 == 0 {
            $0.member("encoding", "base64")
            $0.member("text", Base64.encode(body))
          } else {
            $0.member("text", String(decoding: body, as: UTF8.self))
          }
        }
      }
    }
  }

  private static func write(archived headers: HeaderFields, _ writer: inout JSONWriter) {
    writer.memberArray("headers") {
      for field in headers.fields {
        $0.object {
          $0.member("name", field.name)
          $0.member("value", field.value)
        }
      }
    }
  }

  @Test("are recognised, each message by its contract", arguments: ["jsonl", "har"])
  func recognised(form: String) throws {
    let bytes = form == "har" ? Self.archive() : Self.lines()
    guard !Self.exchanges.isEmpty else { return }
    let (read, diagnostics) = RecordingReader.read(bytes, file: "samples.\(form)")
    #expect(diagnostics.isEmpty)
    let recording = try #require(read)
    #expect(recording.exchanges.map(\.request) == Self.exchanges.map(\.exchange.request))
    #expect(recording.exchanges.map(\.response) == Self.exchanges.map(\.exchange.response))
    let assembly = TraceAssembler(catalog: RecordingFiles.catalog).assemble([recording])
    #expect(assembly.strangers.isEmpty)
    let evidence = Verifier(catalog: RecordingFiles.catalog).evidence(of: assembly.trace)
    #expect(evidence.exchanges.count == Self.exchanges.count)
    for (observed, (sample, _)) in zip(evidence.exchanges, Self.exchanges) {
      let contract = sample.isRequest ? observed.requestContract : observed.responseContract
      #expect(contract == sample.contract, "\(sample.file)")
    }
  }

  @Test("end in a verdict for each order", arguments: ["jsonl", "har"])
  func verdict(form: String) throws {
    let bytes = form == "har" ? Self.archive() : Self.lines()
    guard Self.exchanges.count == RealSample.all.count else { return }
    let judged = RecordingFiles.judge(bytes, file: "samples.\(form)")
    let verdict = try #require(judged.verdict)
    let orders = verdict.orders.map { "\($0.name): \($0.ending), \($0.findings)" }
    #expect(
      orders == [
        "#1001: refunded, 1", "parcel EZ4000000004: delivered, 0", "#9999: cancelled, 0",
        "#90507: return requested, 0", "parcel 1: on its way, 0",
        "parcel EZ1000000001: tracked, 2", "netsuite.credit-memo:1819: credited, 0",
      ]
    )
    #expect(
      judged.assembly?.trace.partners.map(\.id.name)
        == ["shopify", "netsuite", "shipbob", "easypost", "loop"]
    )
    #expect(verdict.messages.recognised == 123)
    #expect(verdict.messages.violating == 0)
    // Both answers are of one tracker, and nobody shows what the refund was for.
    #expect(
      verdict.findings.map(\.rule)
        == ["refund-has-cause", "parcel-tracked-once", "write-accepted-once"]
    )
    // Answers of calls that no story makes are known; what was asked there is not.
    #expect(verdict.messages.unrecognised.count == 18)
    #expect(
      verdict.messages.unrecognised.allSatisfy { $0.what.hasPrefix("api.easypost.com ") }
    )
  }
}
