import DrydockContracts
import DrydockExchange
import DrydockJSON
import DrydockKernel
import Testing

@Suite("Import of AsyncAPI")
struct AsyncAPIImportTests {
  private let newer = """
    {
      "asyncapi": "3.0.0",
      "info": {"title": "Dock events", "version": "4"},
      "servers": {"hooks": {"host": "dock.example", "protocol": "https", "pathname": "/in"}},
      "channels": {
        "gate": {
          "address": "gates/{gate}/moves",
          "messages": {
            "arrived": {"$ref": "#/components/messages/Arrived"},
            "left": {
              "payload": {"type": "object", "required": ["trigger"],
                "properties": {"trigger": {"const": "gate.left"}}}
            }
          }
        }
      },
      "operations": {
        "tellArrival": {
          "action": "send",
          "channel": {"$ref": "#/channels/gate"},
          "messages": [{"$ref": "#/channels/gate/messages/arrived"}],
          "reply": {"address": {"location": "$message.header#/reply"}}
        },
        "takeMove": {
          "action": "receive",
          "channel": {"$ref": "#/channels/gate"},
          "messages": [{"$ref": "#/channels/gate/messages/left"}]
        }
      },
      "components": {
        "messages": {
          "Arrived": {
            "traits": [{"$ref": "#/components/messageTraits/Topic"}],
            "payload": {
              "schemaFormat": "application/schema+json;version=draft-07",
              "schema": {"$ref": "#/components/schemas/Truck"}
            },
            "examples": [{"name": "empty truck", "payload": {"plate": "B-7", "load": []}}]
          }
        },
        "messageTraits": {
          "Topic": {
            "title": "A truck is there",
            "headers": {"type": "object", "required": ["X-Topic"],
              "properties": {"X-Topic": {"const": "truck.arrived"}, "X-Retry": {"type": "integer"}}}
          }
        },
        "schemas": {
          "Truck": {
            "type": "object", "required": ["plate"],
            "properties": {
              "plate": {"type": "string"},
              "load": {"type": "array", "items": [{"type": "string"}], "additionalItems": false}
            },
            "dependencies": {"load": ["plate"]}
          }
        }
      }
    }
    """

  @Test("makes webhooks of what is sent and calls of what is received")
  func operations() throws {
    let made = OpenAPIImportTests.read(newer)
    #expect(made.diagnostics == [])
    let arrived = try #require(made.contracts.first)
    #expect(arrived.folder == "parcels/arrived/4.0")
    #expect(arrived.channel == .webhook)
    #expect(arrived.writtenBy == .partner)
    #expect(arrived.title == "A truck is there")
    #expect(arrived.recognised.headers == [HeaderField("X-Topic", "truck.arrived")])
    #expect(arrived.recognised.path == nil)
    #expect(arrived.examples.map(\.name) == ["empty-truck"])
    let left = try #require(made.contracts.last)
    #expect(left.writtenBy == .us)
    #expect(left.channel == .http)
    #expect(left.recognised.hosts == ["dock.example"])
    #expect(left.recognised.path == "/in/gates/{gate}/moves")
    let catalog = ContractCatalog(files: made.contracts.flatMap(\.files))
    #expect(catalog.diagnostics == [])
  }

  @Test("puts draft-07 into 2020-12")
  func modernises() throws {
    let made = OpenAPIImportTests.read(newer)
    let truck = try #require(made.contracts.first?.schema?["$defs"]?["Truck"])
    #expect(truck["dependentRequired"] == ["load": ["plate"]])
    #expect(truck["properties"]?["load"]?["prefixItems"] == [["type": "string"]])
    #expect(truck["properties"]?["load"]?["items"] == false)
  }

  @Test("lists what is not carried over")
  func losses() {
    let made = OpenAPIImportTests.read(newer)
    #expect(
      made.notes.map { "\($0.pointer) \($0.message)" } == [
        "/operations/tellArrival/reply 'reply' is not carried over",
        "/components/messageTraits/Topic/headers/properties/X-Retry "
          + "header 'X-Retry' is not carried over",
      ]
    )
  }

  @Test("reads version 2, where 'subscribe' is what the application sends")
  func older() throws {
    let made = OpenAPIImportTests.read(
      """
      {
        "asyncapi": "2.6.0", "info": {"title": "Dock", "version": "1.2.0"},
        "servers": {"broker": {"url": "broker.example:9092", "protocol": "kafka"}},
        "channels": {
          "trucks": {
            "subscribe": {"operationId": "onTruck", "message": {
              "payload": {"type": "object", "properties": {"plate": {"type": "string"}}}}},
            "publish": {"message": {"oneOf": [
              {"name": "open", "schemaFormat": "application/vnd.apache.avro;version=1.9.0",
                "payload": {"type": "record"}},
              {"name": "close", "contentType": "application/xml", "payload": {}}]}}
          }
        }
      }
      """
    )
    #expect(made.diagnostics == [])
    #expect(made.contracts.map(\.channel) == [.queue, .queue, .queue])
    #expect(made.contracts.map(\.writtenBy) == [.partner, .us, .us])
    #expect(made.contracts.first?.message == "on-truck")
    #expect(made.contracts.map(\.format) == [.json, .json, .none])
    #expect(
      made.notes.map(\.id) == [
        "import-webhook-path", "import-schema-format", "import-media-type",
      ]
    )
  }
}
