import DrydockExchange
import DrydockJSON

/// Webhooks: requests that the platform makes, told apart by a header, the body, or their path.
extension OpenAPIImporter {
  mutating func readWebhook(
    _ name: String,
    _ method: String,
    _ operation: ImportSource.Place,
    _ item: ImportSource.Place
  ) {
    var context = OpenAPIContext(part: .request)
    context.channel = .webhook
    context.method = method
    context.headers = constantHeaders(operation, item)
    context.operation = operation
    if isOwn { return readOwnOperation(operation, context) }
    let identifier = operation["operationId"]?.string ?? name
    let kebab = MessageName.kebab(identifier)
    context.name = names.take(kebab.isEmpty ? "webhook" : kebab)
    context.title = operation["summary"]?.string ?? "Webhook \(name)"
    leaveOutHooks(operation)
    var body = Body()
    if let place = operation["requestBody"], let request = source.resolved(place) {
      body = read(request["content"], isRequest: false)
    }
    add(body, context, context.name, context.title, operation)
    let last = contracts.count - 1
    guard context.headers.isEmpty else { return }
    contracts[last].recognised.body = body.schema.map { ConstantMembers.of($0) } ?? []
    guard contracts[last].recognised.body.isEmpty else { return }
    contracts[last].recognised.path = "/" + context.name
    source.warn(
      "no header or member tells this webhook from others; the path '/\(context.name)' is taken",
      "import-webhook-path",
      at: operation.pointer
    )
  }

  private mutating func leaveOutHooks(_ operation: ImportSource.Place) {
    leaveOutExtras(of: operation)
    for response in operation["responses"]?.members ?? [] {
      guard let place = source.resolved(response.place), place["content"] != nil else { continue }
      source.leaveOut(
        "the answer to a webhook is not carried over",
        "import-webhook-answer",
        at: place.pointer
      )
    }
  }

  /// Returns the headers that have one value; other parameters are said.
  private mutating func constantHeaders(
    _ operation: ImportSource.Place,
    _ item: ImportSource.Place
  ) -> [HeaderField] {
    var headers: [HeaderField] = []
    for parameter in parameters(of: operation, item) {
      guard let name = parameter["name"]?.string else { continue }
      if parameter["in"]?.string == "header", parameter["required"]?.value.bool == true,
        let schema = parameter["schema"].flatMap({ source.resolved($0) }),
        let value = ConstantMembers.text(JSONNode(schema.value))
      {
        headers.append(HeaderField(name, value))
      } else {
        leaveOut(parameter: parameter)
      }
    }
    return headers
  }
}

/// Members that a schema wants with one of few values, by which messages are told apart.
enum ConstantMembers {
  private static let usual: Set<String> = [
    "event", "type", "topic", "trigger", "action", "name", "kind", "eventType", "event_type",
    "eventName", "event_name", "object", "description", "messageType", "message_type",
  ]

  /// Returns the text of a schema with one value.
  static func text(_ schema: JSONNode) -> String? {
    if case .array(let values) = schema["enum"], values.count == 1 { return scalar(values[0]) }
    return schema["const"].flatMap { scalar($0) }
  }

  private static func scalar(_ value: JSONNode) -> String? {
    switch value {
    case .string(let text): text
    case .number(let number): number.text
    case .boolean(let truth): truth ? "true" : "false"
    case .null, .array, .object: nil
    }
  }

  /// Returns the required members of an object that have one value, those with usual names if any.
  static func of(_ schema: JSONNode) -> [ImportedContract.Recognised.Condition] {
    var found: [(name: String, value: String)] = []
    collect(schema, in: schema, depth: 0, &found)
    let named = found.filter { usual.contains($0.name) }
    return (named.isEmpty ? found : named).map { member in
      ImportedContract.Recognised.Condition(
        pointer: JSONPointer(tokens: [member.name]).description,
        values: [member.value]
      )
    }
  }

  private static func collect(
    _ schema: JSONNode,
    in root: JSONNode,
    depth: Int,
    _ found: inout [(name: String, value: String)]
  ) {
    guard depth < 8 else { return }
    if let target = resolved(schema, in: root) {
      collect(target, in: root, depth: depth + 1, &found)
    }
    if case .array(let parts) = schema["allOf"] {
      for part in parts { collect(part, in: root, depth: depth + 1, &found) }
    }
    guard case .array(let required) = schema["required"],
      case .object(let members) = schema["properties"]
    else { return }
    for member in members where required.contains(.string(member.name)) {
      let value = resolved(member.value, in: root) ?? member.value
      if let text = text(value), !found.contains(where: { $0.name == member.name }) {
        found.append((member.name, text))
      }
    }
  }

  private static func resolved(_ schema: JSONNode, in root: JSONNode) -> JSONNode? {
    guard case .string(let reference) = schema["$ref"],
      let pointer = ImportSource.pointer(reference)
    else { return nil }
    return root.at(pointer)
  }
}
