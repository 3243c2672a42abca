import DrydockJSON
import Foundation
import Testing

/// `drydock import` and `drydock export`: contracts of other documents, and back.
@Suite("Import and export commands", .timeLimit(.minutes(10)))
struct ImportCommandTests {
  static let bins = """
    {"openapi": "3.0.3", "info": {"title": "Bins", "version": "1.4"},
     "servers": [{"url": "https://bins.example/v1"}],
     "paths": {"/bins/{bin}": {"put": {"operationId": "setBin",
       "requestBody": {"required": true, "content": {"application/json": {"schema":
         {"type": "object", "required": ["size"],
          "properties": {"size": {"type": "integer", "minimum": 0, "exclusiveMinimum": true},
                         "note": {"type": "string", "nullable": true, "example": "wet"}}}}}},
       "responses": {"204": {"description": "done"}},
       "callbacks": {"onFull": {}}}}}}
    """

  private func words(_ file: String, _ folder: String) -> [String] {
    ["import", file, "--platform", "bins", "--kind", "3pl", "--into", folder]
  }

  @Test("writes contracts once, and says what was left out")
  func writes() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("bins.json", Self.bins)
    let into = folder.path + "/Contracts"
    let first = try Executable.run(words(file, into))
    #expect(first.errors == "")
    #expect(first.status == 0)
    #expect(
      first.output == """
        written: \(into)/bins/set-bin-request/1.4 (1 example)
        written: \(into)/bins/set-bin-response/1.4 (0 examples)
        \(file):9:28: note: callback 'onFull' is not carried over [import-callback]
          at /paths/~1bins~1{bin}/put/callbacks/onFull
        2 contracts written, 0 unchanged, 1 place not carried over as written

        """
    )
    let schema = try folder.read("Contracts/bins/set-bin-request/1.4/schema.json")
    let properties = try #require(try JSONDocument.parse(schema).root["properties"])
    #expect(properties["size"]?["exclusiveMinimum"]?.int == 0)
    #expect(properties["note"]?["type"]?.count == 2)
    let second = try Executable.run(words(file, into) + ["--format", "json"])
    let report = try #require(try second.documents.first)
    #expect(report["contracts"]?[0]?["state"]?.string == "unchanged")
    #expect(
      report["leftOut"]?[0]?["pointer"]?.string == "/paths/~1bins~1{bin}/put/callbacks/onFull"
    )
    #expect(report["leftOut"]?[0]?["line"]?.int == 9)
  }

  @Test("overwrites nothing that differs, unless it is forced to")
  func refuses() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("bins.json", Self.bins)
    let into = folder.path + "/Contracts"
    let place = "Contracts/bins/set-bin-request/1.4/schema.json"
    try folder.write(place, "{}")
    let refused = try Executable.run(words(file, into))
    #expect(refused.status == 2)
    #expect(
      refused.errors == """
        \(folder.path)/\(place): error: is there already and differs; nothing was written \
        [import-file-exists]
          '--force' writes over it

        """
    )
    #expect(try folder.read(place) == Array("{}".utf8))
    #expect(!folder.files.contains { $0.hasSuffix("contract.json") })
    #expect(try Executable.run(words(file, into) + ["--force"]).status == 0)
    #expect(try folder.read(place) != Array("{}".utf8))
  }

  @Test("refuses what it cannot read, with file, line and column")
  func broken() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("bins.json", #"{"swagger": "2.0"}"#)
    let outcome = try Executable.run(words(file, folder.path + "/Contracts"))
    #expect(outcome.status == 2)
    #expect(outcome.output == "")
    #expect(
      outcome.errors == """
        \(file):1:13: error: expected an OpenAPI, AsyncAPI or Pact document, found Swagger 2 \
        [import-unknown-format]
          at /swagger

        """
    )
    let bare = try Executable.run(["import", file])
    #expect(bare.status == 2)
    #expect(bare.errors.hasPrefix("drydock: error: 'import' needs --into DIR [usage]"))
  }

  @Test("imports its own exports as the contracts they were", arguments: ["openapi", "asyncapi"])
  func roundTrip(form: String) throws {
    let folder = try TemporaryFolder()
    let file = folder.path + "/export.json"
    let export = try Executable.run(
      ["export", form, "--platform", "shipbob", "--output", file]
    )
    #expect(export.status == 0)
    #expect(export.output.hasSuffix(" left out\n"))
    // What is equal to the shipped contracts is left as it is, so nothing is written.
    try FileManager.default.createDirectory(
      at: folder.url.appendingPathComponent("Contracts"),
      withIntermediateDirectories: true
    )
    try FileManager.default.copyItem(
      at: Executable.root.appendingPathComponent("Contracts/shipbob").resolvingSymlinksInPath(),
      to: folder.url.appendingPathComponent("Contracts/shipbob")
    )
    let outcome = try Executable.run(["import", file, "--into", folder.path + "/Contracts"])
    #expect(outcome.errors == "")
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("\n0 contracts written, "))
    #expect(outcome.output.hasSuffix(" unchanged, 0 places not carried over as written\n"))
    let unknown = try Executable.run(["export", form, "--platform", "nobody"])
    #expect(
      unknown.errors == "Contracts: error: no contracts of platform 'nobody' here [export-empty]\n"
    )
  }
}
