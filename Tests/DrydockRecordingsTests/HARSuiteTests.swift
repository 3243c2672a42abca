import DrydockExchange
import DrydockJSON
import DrydockKernel
import DrydockRecordings
import Foundation
import Testing

/// HTTP archives of other tools, beside the package, with what a correct reader finds in them.
private enum HARSuite {
  static let folder = RecordingFiles.shared.appending(path: "suites/har-files")

  /// An entry of the manifest.
  struct Entry: CustomTestStringConvertible, Sendable {
    var file: String
    /// The manifest's line, as text.
    var line: [UInt8]
    var testDescription: String { file }

    func value() throws -> JSONValue { try JSONDocument.parse(line).root }
    func bytes() throws -> [UInt8] {
      try [UInt8](Data(contentsOf: folder.appending(path: "files/\(file)")))
    }
  }

  /// The files of a kind; none, with a note, where the suite is absent.
  static func entries(where fits: (JSONValue) -> Bool) -> [Entry] {
    guard let data = FileManager.default.contents(atPath: folder.path + "/manifest.json"),
      let document = try? JSONDocument.parse([UInt8](data))
    else {
      RecordingFiles.note("skipped: no HTTP archives at '\(folder.path)'")
      return []
    }
    return document.root.elements.filter(fits).map {
      Entry(file: $0["file"]?.string ?? "?", line: $0.bytes)
    }
  }

  static let archives = entries { $0["kind"]?.string == "HAR" }
  static let fragments = entries {
    ["fragment", "expected flows (companion)"].contains($0["kind"]?.string)
  }
  static let flows = archives.filter {
    FileManager.default.fileExists(atPath: flowsPath($0))
  }

  static func flowsPath(_ entry: Entry) -> String {
    folder.appending(path: "files/\(entry.file.dropLast(4)).json").path
  }
}

@Suite("HTTP archives of other tools", .timeLimit(.minutes(10)))
struct HARSuiteTests {
  @Test("are read whole, as the manifest says", arguments: HARSuite.archives)
  fileprivate func archive(_ entry: HARSuite.Entry) throws {
    let manifest = try entry.value()
    let bytes = try entry.bytes()
    let (read, diagnostics) = RecordingReader.read(bytes, file: entry.file)
    // One tool says that texts are Base64 which it had cut out before.
    #expect(diagnostics.allSatisfy { $0.id == "har-base64" && $0.severity == .warning })
    let recording = try #require(read)
    let creator = try #require(manifest["creator"]?.string)
    #expect(recording.title == "HAR of \(creator.isEmpty ? "an unnamed tool" : creator)")
    #expect(recording.exchanges.count == manifest["entries"]?.int.map(Int.init))
    #expect(counts(recording.exchanges.map(\.request.method)) == numbers(manifest["methods"]))
    // A status of 0 or below stands for no answer.
    let answered = numbers(manifest["statuses"]).filter { (Int($0.key) ?? 0) > 0 }
    let statuses = recording.exchanges.compactMap(\.response?.status)
    #expect(counts(statuses.map(String.init)) == answered)
    #expect(recording.exchanges.allSatisfy { ($0.result == .timedOut) == ($0.response == nil) })
    #expect(recording.exchanges.allSatisfy { $0.sentAt != nil })
    let unreadable = try expectBodies(of: recording, in: bytes, manifest)
    #expect(diagnostics.count == unreadable)
  }

  /// Compares every body with the text of its entry, and the manifest's counts with the texts.
  ///
  /// - Returns: How many texts say that they are Base64 and are not.
  private func expectBodies(
    of recording: Recording,
    in bytes: [UInt8],
    _ manifest: JSONValue
  ) throws -> Int {
    var options = JSONReadOptions.strict
    options.skipsByteOrderMark = true
    let log = try #require(try JSONDocument.parse(bytes, options: options).root["log"])
    var (texts, encoded, posted, unreadable) = (0, 0, 0, 0)
    for (entry, exchange) in zip(try #require(log["entries"]).elements, recording.exchanges) {
      let content = entry["response"]?["content"]
      let isEncoded = content?["encoding"]?.string == "base64"
      if isEncoded { encoded += 1 }
      if let text = content?["text"]?.string {
        texts += 1
        let decoded = isEncoded ? Data(base64Encoded: text) : Data(text.utf8)
        if decoded == nil { unreadable += 1 }
        if let response = exchange.response {
          #expect(Data(response.body) == decoded ?? Data(text.utf8))
        }
      }
      if let data = entry["request"]?["postData"] {
        posted += 1
        let text = data["text"]?.string ?? ""
        if !text.isEmpty { #expect(exchange.request.body == Array(text.utf8)) }
      } else {
        #expect(exchange.request.body.isEmpty)
      }
      let names = entry["request"]?["headers"]?.elements.compactMap { $0["name"]?.string }
      #expect(exchange.request.headers.fields.map(\.name) == names)
    }
    #expect(texts == manifest["response_text"]?.int.map(Int.init))
    #expect(encoded == manifest["base64"]?.int.map(Int.init))
    #expect(posted == manifest["request_bodies"]?.int.map(Int.init))
    return unreadable
  }

  @Test("are read as the proxy mitmproxy reads them, body for body", arguments: HARSuite.flows)
  fileprivate func flows(_ entry: HARSuite.Entry) throws {
    let data = try Data(contentsOf: URL(filePath: HARSuite.flowsPath(entry)))
    let flows = try JSONDocument.parse([UInt8](data)).root
    let read = RecordingReader.read(try entry.bytes(), file: entry.file).recording
    let recording = try #require(read)
    #expect(recording.exchanges.count == flows.count)
    for (flow, exchange) in zip(flows.elements, recording.exchanges) {
      let request = try #require(flow["request"])
      let response = try #require(flow["response"])
      #expect(exchange.request.method == request["method"]?.string)
      #expect(exchange.request.host == request["host"]?.string)
      #expect(exchange.request.target == request["path"]?.string)
      #expect(hash(exchange.request.body) == request["contentHash"]?.string)
      #expect(Int64(exchange.response?.status ?? 0) == response["status_code"]?.int)
      #expect(hash(exchange.response?.body ?? []) == response["contentHash"]?.string)
      let started = try #require(request["timestamp_start"]?.number?.double)
      let sent = try #require(exchange.sentAt)
      #expect(abs(Double(sent.nanosecondsSinceEpoch) / 1e9 - started) < 0.000_01)
    }
  }

  @Test("that are none are refused with a position", arguments: HARSuite.fragments)
  fileprivate func fragment(_ entry: HARSuite.Entry) throws {
    let (recording, diagnostics) = RecordingReader.read(try entry.bytes(), file: entry.file)
    #expect(recording == nil)
    let diagnostic = try #require(diagnostics.first)
    #expect(diagnostics.count == 1)
    #expect(diagnostic.id == "recording-unknown-form")
    #expect(diagnostic.line == 1 && diagnostic.column == 1)
  }

  @Test(
    "that are broken or packed are refused, and the reader says why",
    arguments: [
      (
        "mitmproxy/corrupted_har/brokenfile.har",
        "r:5:1: error: expected ',' or '}', found '\"' [json-unexpected-character]"
      ),
      (
        "mitmproxy/flows/compressed.zhar",
        """
        r: error: the file is compressed with zlib; unpack it first [recording-compressed]
          for example: pigz -dc r | drydock verify -
        """
      ),
      (
        "mitmproxy/har_extractor.har",
        """
        r:1:1: error: expected one HAR, found 1 named archive [recording-unknown-form]
          take what is in 'test_response'
        """
      ),
      (
        "har-validator/har/invalid.json",
        """
        r:1:1: error: expected one HAR, found 3 named archives [recording-unknown-form]
          take one of them: 'creator', 'date', 'version'
        """
      ),
    ]
  )
  func refused(file: String, message: String) throws {
    let path = HARSuite.folder.appending(path: "files/\(file)").path
    guard let data = FileManager.default.contents(atPath: path) else {
      return RecordingFiles.note("skipped: no file '\(path)'")
    }
    let (recording, diagnostics) = RecordingReader.read([UInt8](data), file: "r")
    #expect(recording == nil)
    #expect(diagnostics.map(\.description) == [message])
  }

  private func counts(_ words: [String]) -> [String: Int] {
    words.reduce(into: [:]) { $0[$1, default: 0] += 1 }
  }

  private func numbers(_ value: JSONValue?) -> [String: Int] {
    var numbers: [String: Int] = [:]
    for member in value?.members.map({ $0 }) ?? [] {
      numbers[member.name] = member.value.int.map(Int.init)
    }
    return numbers
  }

  private func hash(_ bytes: [UInt8]) -> String {
    Hex.encode(SHA256.hash(bytes))
  }
}
