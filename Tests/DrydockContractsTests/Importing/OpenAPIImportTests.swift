import DrydockContracts
import DrydockExchange
import DrydockJSON
import DrydockKernel
import DrydockSchema
import Testing

@Suite("Import of OpenAPI")
struct OpenAPIImportTests {
  static let parcels = """
    {
      "openapi": "3.1.0",
      "info": {"title": "Parcel office", "version": "2.3.1"},
      "servers": [{"url": "https://{office}.parcels.example/api/v2/"}],
      "security": [{"key": []}],
      "paths": {
        "/parcels/{parcel}/labels": {
          "post": {
            "operationId": "createLabel",
            "summary": "Makes a label",
            "parameters": [{"name": "dry", "in": "query", "schema": {"type": "boolean"}}],
            "requestBody": {
              "required": true,
              "content": {
                "application/json": {
                  "schema": {"$ref": "#/components/schemas/Label"},
                  "examples": {
                    "smallBox": {"value": {"weight": 3, "carrier": "owl"}},
                    "broken": {"value": {"weight": "heavy"}}
                  }
                },
                "application/xml": {}
              }
            },
            "responses": {
              "201": {
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Label"}}}
              },
              "404": {"$ref": "#/components/responses/Problem"},
              "default": {"$ref": "#/components/responses/Problem"}
            }
          }
        }
      },
      "components": {
        "responses": {
          "Problem": {
            "description": "no",
            "content": {"application/problem+json": {"schema": {"type": "object"}}}
          }
        },
        "schemas": {
          "Label": {
            "type": "object",
            "required": ["id", "weight"],
            "properties": {
              "id": {"type": "string", "readOnly": true},
              "weight": {"type": "integer", "exclusiveMinimum": 0},
              "carrier": {"$ref": "#/components/schemas/Carrier"},
              "parts": {"type": "array", "items": {"$ref": "#/components/schemas/Label"}}
            }
          },
          "Carrier": {"enum": ["owl", "goose"], "discriminator": {"propertyName": "x"}}
        }
      }
    }
    """

  static func read(
    _ text: String,
    platform: String? = "parcels",
    kind: PartnerKind? = .carrier,
    writtenBy: Contract.Writer = .partner,
    equal: Bool = false
  ) -> ContractImport {
    ContractImport(
      Array(text.utf8),
      file: "in.json",
      settings: .init(
        platform: platform,
        kind: kind,
        writtenBy: writtenBy,
        literalsAreEqual: equal
      )
    )
  }

  @Test("makes request, response and error of an operation")
  func makesContracts() throws {
    let made = OpenAPIImportTests.read(OpenAPIImportTests.parcels)
    #expect(made.diagnostics == [])
    #expect(made.notes.filter { $0.severity == .error } == [])
    #expect(
      made.contracts.map(\.folder) == [
        "parcels/create-label-request/2.3", "parcels/create-label-response/2.3",
        "parcels/create-label-error/2.3",
      ]
    )
    let request = try #require(made.contracts.first)
    #expect(request.recognised.hosts == ["*.parcels.example"])
    #expect(request.recognised.path == "/api/v2/parcels/{parcel}/labels")
    #expect(request.writtenBy == .us)
    #expect(request.examples.map(\.name) == ["small-box"])
    let error = made.contracts[2]
    #expect(error.recognised.statuses.contains("404"))
    #expect(error.recognised.statuses.contains("5xx"))
  }

  @Test("writes contracts that the catalogue reads")
  func readsBack() throws {
    let made = OpenAPIImportTests.read(OpenAPIImportTests.parcels)
    let catalog = ContractCatalog(files: made.contracts.flatMap(\.files))
    #expect(catalog.diagnostics == [])
    #expect(catalog.contracts.count == 3)
    let request = Request(
      "POST",
      host: "east.parcels.example",
      target: "/api/v2/parcels/7/labels?dry=true"
    )
    let body = try JSONDocument.parse(Array(#"{"weight": 2, "parts": [{"weight": 0}]}"#.utf8))
    let contract = try #require(catalog.contract(ofRequest: request, body: body))
    #expect(contract.message == "create-label-request")
    #expect(
      contract.schema?.violations(of: body.root).map(\.pointer.description) == [
        "/parts/0/weight"
      ]
    )
  }

  @Test("lists what is not carried over, with line and column")
  func listsLosses() {
    let made = OpenAPIImportTests.read(OpenAPIImportTests.parcels)
    let found = made.notes.map {
      "\($0.location.line):\($0.location.column) \($0.id) \($0.message)"
    }
    #expect(
      found == [
        "5:15 import-security 'security' is not carried over",
        "11:24 import-parameter query parameter 'dry' is not carried over",
        "19:37 import-invalid-example the example is not valid at /weight: "
          + "expected integer, found string 'heavy'",
        "22:32 import-media-type 'application/xml' is not carried over: no JSON",
        "53:62 import-discriminator 'discriminator' is not carried over: "
          + "schemas tell branches apart",
      ]
    )
  }

  @Test("puts schemas of 3.0 into JSON Schema, each direction without what it leaves out")
  func olderSchemas() throws {
    let made = OpenAPIImportTests.read(
      """
      {
        "openapi": "3.0.3", "info": {"title": "Racks", "version": "v3"},
        "servers": [{"url": "/{stage}/api", "variables": {"stage": {"default": "live"}}}],
        "paths": {
          "/racks/{aisle}-{rack}": {"put": {
            "requestBody": {"content": {"application/json": {
              "schema": {"$ref": "#/components/schemas/Rack"}}}},
            "responses": {
              "200": {"content": {"application/json": {
                "schema": {"$ref": "#/components/schemas/Rack"}}}},
              "202": {"description": "later"},
              "404": {"content": {"application/json": {"schema": {"type": "string"}}}},
              "4XX": {"content": {"application/json": {"schema": {"type": "integer"}}}}
            }
          }}
        },
        "components": {"schemas": {"Rack": {
          "type": "object", "required": ["id", "key", "example"],
          "properties": {
            "id": {"type": "string", "readOnly": true},
            "key": {"type": "string", "writeOnly": true},
            "example": {"type": "string", "nullable": true},
            "size": {"type": "number", "maximum": 9, "exclusiveMaximum": true, "example": 3}
          }
        }}}
      }
      """
    )
    #expect(made.diagnostics == [])
    #expect(
      made.contracts.map(\.folder) == [
        "parcels/put-racks-aisle-rack-request/3.0", "parcels/put-racks-aisle-rack-response/3.0",
        "parcels/put-racks-aisle-rack-response-202/3.0",
        "parcels/put-racks-aisle-rack-error-404/3.0",
        "parcels/put-racks-aisle-rack-error-4xx/3.0",
      ]
    )
    #expect(made.contracts[0].recognised.path == "/{stage}/api/racks/{aisle-rack}")
    #expect(made.contracts[0].recognised.hosts == [])
    let asked = try #require(made.contracts[0].schema?["$defs"]?["Rack"])
    let answered = try #require(made.contracts[1].schema?["$defs"]?["Rack"])
    #expect(asked["required"] == ["key", "example"])
    #expect(answered["required"] == ["id", "example"])
    #expect(asked["properties"]?["example"]?["type"] == ["string", "null"])
    #expect(asked["properties"]?["size"]?["exclusiveMaximum"] == 9)
    #expect(asked["properties"]?["size"]?["examples"] == [3])
    let patterns = made.contracts[4].recognised.statuses
    #expect(patterns.first == "400")
    #expect(!patterns.contains("404") && patterns.contains("405") && patterns.last == "49x")
    #expect(made.notes.map(\.id) == ["import-path", "import-optional-body"])
  }

  @Test("tells webhooks apart by a header, else by members, else by their path")
  func webhooks() throws {
    let made = OpenAPIImportTests.read(
      """
      {
        "openapi": "3.1.0", "info": {"title": "Hooks", "version": "1.0"},
        "webhooks": {
          "labelMade": {"post": {
            "parameters": [{"name": "X-Event", "in": "header", "required": true,
              "schema": {"const": "label.made"}}],
            "requestBody": {"content": {"application/json": {"schema": {"type": "object"}}}}}},
          "labelLost": {"post": {
            "requestBody": {"content": {"application/json": {"schema": {
              "type": "object", "required": ["event", "unit"], "properties": {
                "event": {"enum": ["label.lost"]}, "unit": {"const": "kg"}}}}}}}},
          "labelTorn": {"post": {"requestBody": {"content": {"application/json": {"schema": true}}}}}
        }
      }
      """
    )
    #expect(made.contracts.map(\.message) == ["label-made", "label-lost", "label-torn"])
    #expect(made.contracts.map(\.writtenBy) == [.partner, .partner, .partner])
    #expect(made.contracts.map(\.channel) == [.webhook, .webhook, .webhook])
    #expect(made.contracts[0].recognised.headers == [HeaderField("X-Event", "label.made")])
    #expect(made.contracts[1].recognised.body.map(\.pointer) == ["/event"])
    #expect(made.contracts[2].recognised.path == "/label-torn")
    #expect(made.notes.map(\.id) == ["import-webhook-path"])
    let ours = OpenAPIImportTests.read(OpenAPIImportTests.parcels, writtenBy: .us)
    #expect(ours.contracts.map(\.writtenBy) == [.partner, .us, .us])
  }
}
