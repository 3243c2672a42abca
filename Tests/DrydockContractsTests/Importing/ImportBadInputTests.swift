import DrydockContracts
import DrydockJSON
import DrydockKernel
import Foundation
import Testing

@Suite("Import of broken documents", .timeLimit(.minutes(10)))
struct ImportBadInputTests {
  private func said(_ text: String, platform: String? = "parcels") -> [String] {
    let made = OpenAPIImportTests.read(text, platform: platform)
    #expect(!made.isSound)
    return made.diagnostics.map(\.description)
      + made.notes.filter { $0.severity == .error }.map {
        $0.diagnostic(file: "in.json").description
      }
  }

  private func openAPI(_ schema: String, _ rest: String = "") -> String {
    """
    {"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {"/a": {"post": {
      "requestBody": {"required": true, "content": {"application/json": {"schema": \(schema)}}}
    }}}\(rest)}
    """
  }

  @Test("says what is no JSON and what is no known document")
  func unknown() {
    #expect(
      said("{") == [
        "in.json:1:2: error: expected a name in double quotes or '}', found the end of the text [json-unexpected-end]"
      ]
    )
    #expect(
      said("[]") == [
        "in.json:1:1: error: expected an OpenAPI, AsyncAPI or Pact document, found none of them "
          + "[import-unknown-format]"
      ]
    )
    #expect(
      said(#"{"swagger": "2.0"}"#) == [
        "in.json:1:13: error: expected an OpenAPI, AsyncAPI or Pact document, found Swagger 2 "
          + "[import-unknown-format]\n  at /swagger"
      ]
    )
    #expect(
      said(#"{"openapi": "3.1.0", "paths": {}}"#) == [
        "in.json:1:1: error: expected at least one operation or message, found none [import-empty]"
      ]
    )
    #expect(
      said(openAPI("{}"), platform: nil) == [
        "in.json:1:1: error: the document does not say which platform it is about; "
          + "name it and its kind [import-no-platform]"
      ]
    )
  }

  @Test("says which reference leads nowhere or in a circle")
  func references() {
    #expect(
      said(openAPI(##"{"$ref": "#/components/schemas/Gone"}"##)) == [
        "in.json:2:89: error: reference '#/components/schemas/Gone' leads nowhere "
          + "[import-unknown-reference]\n"
          + "  at /paths/~1a/post/requestBody/content/application~1json/schema/$ref"
      ]
    )
    let loop = said(
      openAPI(
        ##"{"$ref": "#/components/schemas/A"}"##,
        ##", "components": {"schemas": {"A": {"$ref": "#/components/schemas/A"}}}"##
      )
    )
    #expect(loop.count == 1)
    #expect(loop.first?.contains("references lead in a circle [import-reference-loop]") ?? false)
    let items = said(
      ##"""
      {"openapi": "3.0.0", "paths": {"/a": {"$ref": "#/paths/~1b"}, "/b": {"$ref": "#/paths/~1a"}}}
      """##
    )
    #expect(items.allSatisfy { $0.contains("references lead in a circle [import-reference-loop]") })
    #expect(items.count == 2)
  }

  @Test("says which keyword of a schema is wrong, where it stands")
  func keywords() {
    #expect(
      said(
        openAPI(
          ##"{"$ref": "#/components/schemas/A"}"##,
          #", "components": {"schemas": {"A": {"type": "text"}}}"#
        )
      ).first?.contains("at /components/schemas/A/type") ?? false
    )
  }

  @Test("takes recursive schemas, and any value for what is not in the file")
  func recursion() {
    let made = OpenAPIImportTests.read(
      openAPI(
        ##"{"$ref": "#/components/schemas/A"}"##,
        ##", "components": {"schemas": {"A": {"properties": {"a": {"$ref": "#/components/schemas/A"},"##
          + ##" "b": {"$ref": "other.json#/B"}}}}}"##
      )
    )
    #expect(made.isSound)
    #expect(made.notes.map(\.id) == ["import-external-reference"])
  }

  @Test("ends in time on documents that are deep or wide")
  func hostile() {
    let deep =
      String(repeating: #"{"not": "#, count: 5_000)
      + "{}" + String(repeating: "}", count: 5_000)
    #expect(said(openAPI(deep)).count == 1)
    let names = (0..<400).map { "\"S\($0)\"" }
    let wide = names.map { name in
      let refs = (0..<400).map { "{\"$ref\": \"#/components/schemas/S\($0)\"}" }
      return "\(name): {\"anyOf\": [{\"type\": \"null\"}, "
        + "{\"type\": \"array\", \"items\": {\"anyOf\": [\(refs.prefix(40).joined(separator: ","))]}}]}"
    }
    let made = OpenAPIImportTests.read(
      openAPI(
        ##"{"$ref": "#/components/schemas/S7"}"##,
        ", \"components\": {\"schemas\": {\(wide.joined(separator: ", "))}}"
      )
    )
    #expect(made.isSound)
  }

  @Test("imports what real documents say, or says what is wrong with them")
  func realDocuments() throws {
    let suites = ContractFolder.package.appending(path: "../shared/suites")
      .resolvingSymlinksInPath()
    var read = 0
    var refused: [String: Int] = [:]
    var contracts = 0
    for suite in ["oasdiff-pairs", "openapi-diff-pairs"] {
      let folder = suites.appending(path: "\(suite)/cases")
      guard let files = try? FileManager.default.contentsOfDirectory(atPath: folder.path) else {
        ContractFolder.note("skipped: no \(suite) beside the package")
        continue
      }
      for file in files.sorted() {
        let data = try Data(contentsOf: folder.appending(path: file))
        let item = try JSONDocument.parse([UInt8](data)).root
        guard let document = item["revision"], document["openapi"] != nil else { continue }
        let made = OpenAPIImportTests.read(String(decoding: document.bytes, as: UTF8.self))
        if made.isSound {
          read += 1
          contracts += made.contracts.count
        } else {
          let ids =
            made.diagnostics.map(\.id) + made.notes.filter { $0.severity == .error }.map(\.id)
          refused[ids.first ?? "silent", default: 0] += 1
        }
      }
    }
    guard read > 0 else { return }
    let reasons = refused.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
    ContractFolder.note(
      "real documents: \(read) imported as \(contracts) contracts, refused: "
        + reasons.joined(separator: ", ")
    )
    #expect(refused["silent"] == nil)
    #expect(refused.values.reduce(0, +) * 20 <= read)
  }
}
