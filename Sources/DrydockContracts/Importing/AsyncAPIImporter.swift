import DrydockExchange
import DrydockJSON

/// Makes contracts of the messages of an AsyncAPI document.
///
///     operations.orderShipped: send    →  a webhook that the platform writes
///     operations.takeOrder: receive    →  a message that the other side writes
///
/// In version 2 `subscribe` says what the application sends, and `publish` what it takes. Messages
/// are told apart by headers with one value, else by members with one value, else by their channel.
///
/// - Source: AsyncAPI 2.6.0 and 3.0.0.
struct AsyncAPIImporter {
  /// One message on its way.
  struct Journey {
    var isSent: Bool
    var address: String
    var operation: ImportSource.Place
    var channel: ImportSource.Place
    /// What the message is called where it is listed.
    var name: String
    var message: ImportSource.Place
  }

  var source: ImportSource
  let settings: ContractImport.Settings
  var contracts: [ImportedContract] = []
  private var old: SchemaExtractor
  private var modern: SchemaExtractor
  private var names = UniqueNames()
  private var seen: Set<[String]> = []

  init(_ source: ImportSource, _ settings: ContractImport.Settings) {
    self.source = source
    self.settings = settings
    old = SchemaExtractor(source.document, rules: .draft07)
    modern = SchemaExtractor(source.document, rules: .modern)
  }

  mutating func run() {
    let root = source.rootPlace
    if root[ExportMember.version] != nil { return readOwn(root) }
    guard let platform = settings.platform, !platform.isEmpty, settings.kind != nil else {
      return source.refuse(
        "the document does not say which platform it is about; name it and its kind",
        "import-no-platform",
        at: .root
      )
    }
    let isOld = root["asyncapi"]?.string?.hasPrefix("2") ?? false
    let journeys = isOld ? oldJourneys(root) : newJourneys(root)
    for journey in journeys {
      guard contracts.count < ContractImport.contractsMax else { break }
      add(journey)
    }
    for scheme in root["components"]?["securitySchemes"]?.members ?? [] {
      source.leaveOut(
        "security scheme '\(scheme.name)' is not carried over",
        "import-security",
        at: scheme.place.pointer
      )
    }
  }

  private mutating func readOwn(_ root: ImportSource.Place) {
    old.keepsAll = true
    for message in root["components"]?["messages"]?.members ?? [] {
      var context = OpenAPIContext(part: .request)
      context.channel = .webhook
      context.headers = message.place["headers"].map { ConstantMembers.headers($0) } ?? []
      for entry in message.place[ExportMember.contracts]?.elements ?? [] {
        var reader = OwnEntryReader(entry: entry, source: source, settings: settings)
        let made = reader.read(context, nil, &old)
        source = reader.source
        guard var contract = made else { continue }
        if let type = message.place["contentType"]?.string {
          contract.format = MediaType.isForm(type) ? .form : .json
        }
        for example in message.place["examples"]?.elements ?? [] {
          guard let payload = example["payload"] else { continue }
          contract.examples.append(.init(named: example["name"]?.string ?? "example", payload))
        }
        contracts.append(contract)
      }
    }
  }

  // MARK: Operations

  private mutating func oldJourneys(_ root: ImportSource.Place) -> [Journey] {
    var journeys: [Journey] = []
    for channel in root["channels"]?.members ?? [] {
      guard let place = source.resolved(channel.place) else { continue }
      leaveOut(["bindings", "parameters"], of: place)
      for (word, isSent) in [("subscribe", true), ("publish", false)] {
        guard let operation = place[word] else { continue }
        leaveOut(["bindings", "security", "traits"], of: operation)
        guard let message = operation["message"] else { continue }
        let several = message["oneOf"]?.elements ?? [message]
        for one in several {
          let label = one["$ref"]?.string.flatMap { ImportSource.pointer($0)?.tokens.last }
          let only = several.count == 1 ? operation["operationId"]?.string : nil
          journeys.append(
            Journey(
              isSent: isSent,
              address: channel.name,
              operation: operation,
              channel: place,
              name: only ?? label ?? channel.name,
              message: one
            )
          )
        }
      }
    }
    return journeys
  }

  private mutating func newJourneys(_ root: ImportSource.Place) -> [Journey] {
    var journeys: [Journey] = []
    var used: Set<JSONPointer> = []
    for member in root["operations"]?.members ?? [] {
      guard let operation = source.resolved(member.place),
        let channel = operation["channel"].flatMap({ source.resolved($0) })
      else { continue }
      used.insert(channel.pointer)
      leaveOut(["bindings", "security", "traits", "reply"], of: operation)
      let listed = (operation["messages"]?.elements ?? []).map { ("", $0) }
      let messages = listed.isEmpty ? channel["messages"]?.members ?? [] : listed
      for message in messages {
        let label = message.1["$ref"]?.string.flatMap { ImportSource.pointer($0)?.tokens.last }
        journeys.append(
          Journey(
            isSent: operation["action"]?.string != "receive",
            address: channel["address"]?.string ?? channel.pointer.tokens.last ?? "",
            operation: operation,
            channel: channel,
            name: message.0.isEmpty ? label ?? member.name : message.0,
            message: message.1
          )
        )
      }
    }
    for member in root["channels"]?.members ?? [] {
      guard let channel = source.resolved(member.place) else { continue }
      leaveOut(["bindings", "parameters"], of: channel)
      guard !used.contains(channel.pointer) else { continue }
      for message in channel["messages"]?.members ?? [] {
        source.warn(
          "no operation uses the channel; its messages are taken as sent",
          "import-unused-channel",
          at: channel.pointer
        )
        let address = channel["address"]?.string ?? member.name
        journeys.append(
          Journey(
            isSent: true,
            address: address,
            operation: channel,
            channel: channel,
            name: message.name,
            message: message.place
          )
        )
      }
    }
    return journeys
  }

  private mutating func leaveOut(_ names: [String], of place: ImportSource.Place) {
    for name in names {
      guard let member = place[name], member.value.count > 0 else { continue }
      source.leaveOut("'\(name)' is not carried over", "import-keyword", at: member.pointer)
    }
  }

  // MARK: Messages

  private mutating func add(_ journey: Journey) {
    guard let message = source.resolved(journey.message) else { return }
    let key = [journey.address, message.pointer.description, journey.isSent ? "send" : "receive"]
    guard seen.insert(key).inserted else { return }
    var layers = [message]
    for trait in message["traits"]?.elements.reversed() ?? [] {
      if let place = source.resolved(trait) { layers.append(place) }
    }
    for layer in layers { leaveOut(["bindings", "correlationId"], of: layer) }
    let title = ["title", "summary", "name"].lazy.compactMap { name in
      layers.lazy.compactMap { $0[name]?.string }.first
    }.first
    let protocols = ProtocolNames(source.rootPlace, journey.channel)
    let kebab = MessageName.kebab(journey.name)
    var contract = ImportedContract(
      platform: settings.platform ?? "",
      kind: settings.kind ?? .store,
      message: names.take(kebab.isEmpty ? "message" : kebab),
      version: MessageName.version(source.root["info"]?["version"]?.string),
      apiVersion: source.root["info"]?["version"]?.string,
      title: ImportedContract.oneLine(title ?? journey.name),
      source: source.root["info"]?["title"]?.string.map { ImportedContract.oneLine($0) },
      channel: protocols.isHTTP ? (journey.isSent ? .webhook : .http) : .queue,
      writtenBy: journey.isSent ? settings.writtenBy : settings.other,
      part: .request,
      format: .json,
      place: message.pointer
    )
    readPayload(layers, &contract)
    recognise(&contract, journey, layers, protocols)
    contracts.append(contract)
  }

  private mutating func recognise(
    _ contract: inout ImportedContract,
    _ journey: Journey,
    _ layers: [ImportSource.Place],
    _ protocols: ProtocolNames
  ) {
    if protocols.isHTTP {
      let method = journey.operation["bindings"]?["http"]?["method"]?.string
      contract.recognised.method = method?.uppercasedASCII ?? "POST"
      if !journey.isSent { contract.recognised.hosts = protocols.hosts }
    }
    for layer in layers.reversed() {
      guard let place = layer["headers"].flatMap({ source.resolved($0) }) else { continue }
      let headers = ConstantMembers.headers(place)
      contract.recognised.headers += headers
      for member in place["properties"]?.members ?? []
      where !headers.contains(where: { $0.name == member.name }) {
        source.leaveOut(
          "header '\(member.name)' is not carried over",
          "import-header",
          at: member.place.pointer
        )
      }
    }
    if journey.isSent, !contract.recognised.headers.isEmpty { return }
    if journey.isSent, let schema = contract.schema {
      contract.recognised.body = ConstantMembers.of(schema)
      if !contract.recognised.body.isEmpty { return }
    }
    contract.recognised.path = path(protocols.base + "/" + journey.address.trimmedSlashes)
    if journey.isSent {
      source.warn(
        "no header or member tells this message from others; its channel's address is taken",
        "import-webhook-path",
        at: journey.message.pointer
      )
    }
  }

  private func path(_ text: String) -> String {
    if PathTemplate(text) != nil { return text }
    return text.split(separator: "/", omittingEmptySubsequences: false).map { segment in
      PathTemplate("/" + segment) != nil
        ? String(segment) : "{\(MessageName.kebab(String(segment)))}"
    }.joined(separator: "/")
  }

  private mutating func readPayload(
    _ layers: [ImportSource.Place],
    _ contract: inout ImportedContract
  ) {
    func first(_ name: String) -> ImportSource.Place? {
      layers.lazy.compactMap { $0[name] }.first
    }
    let type = first("contentType") ?? source.rootPlace["defaultContentType"]
    if let type, let text = type.string, !MediaType.isJSON(text) {
      contract.format = .none
      source.leaveOut(
        "'\(text)' is not carried over: no JSON",
        "import-media-type",
        at: type.pointer
      )
      return
    }
    guard let payload = first("payload") else {
      contract.format = .none
      return
    }
    guard var place = source.resolved(payload) else {
      contract.schema = ["$schema": "https://json-schema.org/draft/2020-12/schema"]
      return
    }
    var format = first("schemaFormat")
    if let inner = place["schemaFormat"], let schema = place["schema"] {
      format = inner
      place = schema
    }
    let word = format?.string ?? ""
    guard
      word.isEmpty || word.contains("asyncapi") || word.contains("schema+json")
        || word.contains("schema+yaml")
    else {
      contract.schema = ["$schema": "https://json-schema.org/draft/2020-12/schema"]
      source.leaveOut(
        "schemas of format '\(word)' are not carried over: any value is taken",
        "import-schema-format",
        at: format?.pointer ?? place.pointer
      )
      return
    }
    let isModern = word.contains("2020-12") || word.contains("2019-09")
    let extract =
      isModern ? modern.extract(place.pointer, &source) : old.extract(place.pointer, &source)
    contract.schema = extract?.schema
    contract.origins = extract?.origins ?? [:]
    for layer in layers {
      for example in layer["examples"]?.elements ?? [] {
        guard let value = example["payload"] else { continue }
        contract.examples.append(.init(named: example["name"]?.string ?? "example", value))
      }
    }
    for example in place["examples"]?.elements ?? [] {
      contract.examples.append(.init(named: "example", example))
    }
  }
}

extension ConstantMembers {
  /// Returns the required headers of a schema that have one value.
  static func headers(_ schema: ImportSource.Place) -> [HeaderField] {
    let required = (schema["required"]?.elements ?? []).compactMap(\.string)
    return (schema["properties"]?.members ?? []).compactMap { member in
      guard required.contains(member.name) else { return nil }
      return text(JSONNode(member.place.value)).map { HeaderField(member.name, $0) }
    }
  }
}

extension String {
  /// The text without slashes around it.
  fileprivate var trimmedSlashes: Substring {
    var text = self[...]
    while text.hasPrefix("/") { text = text.dropFirst() }
    return text
  }
}
