import DrydockExchange
import DrydockJSON

extension ContractExport {
  /// Returns the webhooks of the catalogue as an AsyncAPI 3.0 document.
  package func asyncAPI() -> [UInt8] {
    let hooks = contracts.filter(\.isWebhook)
    let schemas = ExportedSchemas(hooks, usual: .draft07)
    var names = UniqueNames()
    var channels: [JSONNode.Member] = []
    var operations: [JSONNode.Member] = []
    var messages: [JSONNode.Member] = []
    for contract in hooks {
      let name = names.take("\(contract.platform)-\(contract.message)")
      let message = asyncMessage(contract, name, schemas)
      messages.append(.init(name, message))
      var address = JSONNode.null
      if let path = contract.recognised.path { address = .string(path) }
      channels.append(
        .init(
          name,
          [
            "address": address, "title": .string(contract.title),
            "messages": .object([
              .init(name, ["$ref": .string(pointer("components", "messages", name))])
            ]),
          ]
        )
      )
      let isSent = contract.text("writtenBy") == Contract.Writer.partner.rawValue
      operations.append(
        .init(
          name,
          [
            "action": isSent ? "send" : "receive",
            "channel": ["$ref": .string(pointer("channels", name))],
            "messages": [["$ref": .string(pointer("channels", name, "messages", name))]],
          ]
        )
      )
    }
    let document: JSONNode = [
      "asyncapi": "3.0.0", "info": info, ExportMember.version: 1,
      "channels": .object(channels), "operations": .object(operations),
      "components": [
        "messages": .object(messages), "schemas": .object(schemas.components),
      ],
    ]
    return document.bytes(pretty: true) + [0x0A]
  }

  private func pointer(_ tokens: String...) -> String {
    JSONPointer(tokens: tokens).uriFragment
  }

  private func asyncMessage(
    _ contract: ExportedContract,
    _ name: String,
    _ schemas: ExportedSchemas
  ) -> JSONNode {
    var native = ImportedContract.Recognised()
    native.headers = contract.recognised.headers
    var message: JSONNode = ["name": .string(name), "title": .string(contract.title)]
    if let media = contract.mediaType { message["contentType"] = .string(media) }
    if !native.headers.isEmpty {
      message["headers"] = [
        "type": "object", "required": .array(native.headers.map { .string($0.name) }),
        "properties": .object(
          native.headers.map { .init($0.name, ["const": .string($0.value)]) }
        ),
      ]
    }
    let entry = schemas.entries[contract.folder]
    if let entry { message["payload"] = ["$ref": .string(entry.component)] }
    if !contract.examples.isEmpty {
      message["examples"] = .array(
        contract.examples.map { ["name": .string($0.name), "payload": $0.value] }
      )
    }
    message[ExportMember.contracts] = [
      contract.entry(besides: native, channel: Channel.webhook.rawValue, entry)
    ]
    return message
  }
}
