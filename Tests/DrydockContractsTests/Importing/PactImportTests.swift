import DrydockContracts
import DrydockExchange
import DrydockJSON
import DrydockKernel
import DrydockSchema
import Testing

@Suite("Import of Pacts")
struct PactImportTests {
  private let pact = """
    {
      "consumer": {"name": "shop"}, "provider": {"name": "depot"},
      "interactions": [
        {
          "type": "Synchronous/HTTP",
          "description": "a pick of two lines",
          "providerStates": [{"name": "stock is there"}],
          "request": {
            "method": "post", "path": "/depots/17/picks", "query": {"dry": ["no"]},
            "headers": {"Content-Type": ["application/json"]},
            "body": {"contentType": "application/json", "encoded": false,
              "content": {"order": "SO-1", "lines": [{"sku": "A", "count": 2}], "tags": {"a": 1}}},
            "matchingRules": {
              "path": {"combine": "AND", "matchers": [
                {"match": "regex", "regex": "^/depots/[0-9]+/picks$"}]},
              "body": {
                "$.order": {"matchers": [{"match": "regex", "regex": "^SO-[0-9]+$"}]},
                "$.lines": {"matchers": [{"match": "type", "min": 1, "max": 9}]},
                "$.lines[*].count": {"matchers": [{"match": "integer"}]},
                "$.tags": {"matchers": [{"match": "eachKey",
                  "rules": [{"match": "regex", "regex": "^[a-z]$"}]}]}
              }
            }
          },
          "response": {"status": 201, "body": {"contentType": "application/json",
            "content": {"pick": 7}}}
        },
        {
          "type": "Synchronous/HTTP",
          "description": "a pick that is refused",
          "request": {
            "method": "POST", "path": "/depots/18/picks",
            "matchingRules": {"path": {"matchers": [
              {"match": "regex", "regex": "^/depots/[0-9]+/picks$"}]}}
          },
          "response": {"status": 409, "body": {"contentType": "text/plain", "content": "no"}}
        },
        {
          "type": "Asynchronous/Messages",
          "description": "a pick is done",
          "metadata": {"topic": "pick.done"},
          "contents": {"contentType": "application/json", "content": {
            "at": "2026-03-02", "parts": [{"kind": "box", "weight": 1.5}, {"kind": "bag"}],
            "what": "done well"}},
          "matchingRules": {"content": {
            "$.at": {"matchers": [{"match": "date", "format": "yyyy-MM-dd"}]},
            "$.what": {"matchers": [{"match": "include", "value": "done"}]},
            "$.parts": {"matchers": [{"match": "arrayContains", "variants": [
              {"index": 1, "rules": {"$.kind": {"matchers": [{"match": "type"}]}}}]}]}
          }}
        }
      ],
      "metadata": {"pactSpecification": {"version": "4.0"}}
    }
    """

  private func errors(_ schema: JSONNode?, _ text: String) throws -> [String] {
    let schema = try #require(schema)
    let compiled = try Schema.compile(JSONDocument.parse(schema.bytes()))
    let document = try JSONDocument.parse(Array(text.utf8))
    return compiled.violations(of: document.root).map(\.pointer.description)
  }

  @Test("makes one operation of interactions that share method and path")
  func operations() throws {
    let made = OpenAPIImportTests.read(pact)
    #expect(made.diagnostics == [])
    #expect(
      made.contracts.map(\.message) == [
        "a-pick-is-done", "post-depots-part2-picks-request", "post-depots-part2-picks-response",
        "post-depots-part2-picks-error",
      ]
    )
    #expect(made.contracts[1].recognised.path == "/depots/{part2}/picks")
    #expect(made.contracts[1].examples.map(\.name) == ["a-pick-of-two-lines"])
    #expect(made.contracts[2].recognised.statuses == ["201"])
    #expect(made.contracts[3].format == .none)
    #expect(made.contracts[0].recognised.headers == [HeaderField("topic", "pick.done")])
    #expect(made.contracts[0].channel == .queue)
    let catalog = ContractCatalog(files: made.contracts.flatMap(\.files))
    #expect(catalog.diagnostics == [])
  }

  @Test("turns matching rules into keywords")
  func rules() throws {
    let made = OpenAPIImportTests.read(pact)
    let request = made.contracts[1].schema
    let other = #"{"order": "SO-22", "lines": [{"sku": "B", "count": 1}], "tags": {"b": 5}}"#
    #expect(try errors(request, other) == [])
    let broken = #"{"order": "X", "lines": [{"sku": "B", "count": 1.5}], "tags": {"BB": 5}}"#
    let places = try errors(request, broken)
    #expect(places == ["/order", "/lines/0/count", "/tags/BB"])
    #expect(try errors(request, #"{"order": "SO-1", "lines": [], "tags": {}}"#) == ["/lines"])
    let message = made.contracts[0].schema
    let fine = #"{"at": "2026-04-01", "parts": [{"kind": "tin"}], "what": "is done"}"#
    #expect(try errors(message, fine) == [])
    let wrong = #"{"at": "today", "parts": [{"name": "tin"}], "what": "is open"}"#
    #expect(try errors(message, wrong) == ["/at", "/parts", "/what"])
  }

  @Test("takes values without matcher as types, or as they are where asked")
  func literals() throws {
    let loose = OpenAPIImportTests.read(pact).contracts[2].schema
    #expect(try errors(loose, #"{"pick": 8}"#) == [])
    let exact = OpenAPIImportTests.read(pact, equal: true).contracts[2].schema
    #expect(try errors(exact, #"{"pick": 8}"#) == ["/pick"])
    #expect(try errors(exact, #"{"pick": 7, "more": true}"#) == [])
  }

  @Test("lists what is not carried over")
  func losses() {
    let made = OpenAPIImportTests.read(pact)
    #expect(
      made.notes.map { "\($0.pointer) \($0.id)" } == [
        " import-no-host",
        "/interactions/0/providerStates import-pact-part",
        "/interactions/0/request/query import-pact-part",
        "/interactions/0/request/matchingRules/path/matchers/0 import-pact-rule",
        "/interactions/1/request import-optional-body",
        "/interactions/1/request/matchingRules/path/matchers/0 import-pact-rule",
        "/interactions/1/response/body import-media-type",
      ]
    )
  }

  @Test("reads version 2 and 3, where rules are a flat map or by category")
  func older() throws {
    let made = OpenAPIImportTests.read(
      """
      {"interactions": [{"description": "one bin", "request": {"method": "GET", "path": "/bins/a"},
        "response": {"status": 200, "body": {"bin": "a", "size": 3},
          "matchingRules": {"$.body.size": {"match": "type"}, "$.headers.X": {"match": "type"}}}}],
       "metadata": {"pactSpecification": {"version": "2.0.0"}}}
      """
    )
    #expect(made.contracts.map(\.message) == ["get-bins-a-request", "get-bins-a-response"])
    #expect(made.contracts.last?.schema?["properties"]?["size"] == ["type": "number"])
    #expect(made.notes.map(\.id).contains("import-pact-rule"))
  }
}
