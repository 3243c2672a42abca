import DrydockExchange
import DrydockJSON

/// Our own exports: contracts become what they were.
extension OpenAPIImporter {
  mutating func readOwnOperation(_ operation: ImportSource.Place, _ context: OpenAPIContext) {
    readOwn(operation, context)
    for response in operation["responses"]?.members ?? [] {
      var answered = context
      answered.part = .response
      answered.statuses = response.name == "default" ? [] : [response.name.lowercasedASCII]
      readOwn(response.place, answered)
    }
  }

  /// Reads the contracts that are named beside a request or response.
  mutating func readOwn(_ place: ImportSource.Place, _ context: OpenAPIContext) {
    let content = place["requestBody"]?["content"] ?? place["content"]
    for entry in place[ExportMember.contracts]?.elements ?? [] {
      var reader = OwnEntryReader(entry: entry, source: source, settings: settings)
      let contract = reader.read(context, content, &responses)
      source = reader.source
      guard let contract else { continue }
      if let known = contracts.firstIndex(where: { $0.folder == contract.folder }) {
        let statuses = contract.recognised.statuses
        contracts[known].recognised.statuses += statuses.filter {
          !contracts[known].recognised.statuses.contains($0)
        }
        contracts[known].examples += contract.examples
      } else {
        contracts.append(contract)
      }
    }
  }
}

/// Reads one contract of our own exports.
struct OwnEntryReader {
  let entry: ImportSource.Place
  var source: ImportSource
  let settings: ContractImport.Settings

  mutating func read(
    _ context: OpenAPIContext,
    _ content: ImportSource.Place?,
    _ extractor: inout SchemaExtractor
  ) -> ImportedContract? {
    guard let platform = text("platform"), let message = text("message"),
      let version = text("version"),
      let kind = text("kind").flatMap({ PartnerKind(rawValue: $0) }),
      let writer = text("writtenBy").flatMap({ Contract.Writer(rawValue: $0) })
    else { return nil }
    for name in [platform, message, version] where !isFolderName(name) {
      source.refuse("'\(name)' is no name of a folder", "import-bad-name", at: entry.pointer)
      return nil
    }
    if let wanted = settings.platform, wanted != platform {
      source.leaveOut(
        "contracts of platform '\(platform)' are not those of '\(wanted)'",
        "import-other-platform",
        at: entry.pointer
      )
      return nil
    }
    let channel = entry["channel"]?.string.flatMap { Channel(rawValue: $0) }
    var contract = ImportedContract(
      platform: platform,
      kind: kind,
      message: message,
      version: version,
      title: "",
      channel: channel ?? context.channel,
      writtenBy: writer,
      part: context.part,
      format: .none,
      place: entry.pointer
    )
    if let media = content?.members.first {
      contract.format = MediaType.isForm(media.name) ? .form : .json
      contract.examples = examples(media.place, "\(platform)/\(message)/\(version)")
    }
    for name in ImportedContract.carriedMembers {
      if let value = entry[name] { contract.extras.append(.init(name, JSONNode(value.value))) }
    }
    recognise(&contract, context)
    if let schema = entry["schema"]?.string, let pointer = ImportSource.pointer(schema) {
      setSchema(&contract, pointer, &extractor)
    }
    return contract
  }

  /// Whether a name is safe as a folder's.
  private func isFolderName(_ name: String) -> Bool {
    !name.isEmpty && !name.hasPrefix(".") && name.utf8.count <= 200
      && name.utf8.allSatisfy { $0 > 0x20 && $0 != 0x2F && $0 != 0x5C && $0 != 0x7F }
  }

  private mutating func text(_ name: String) -> String? {
    if let text = entry[name]?.string { return text }
    source.refuse("expected text in '\(name)'", "import-wrong-type", at: entry.pointer)
    return nil
  }

  private func examples(
    _ media: ImportSource.Place,
    _ folder: String
  ) -> [ImportedContract.Example] {
    (media["examples"]?.members ?? []).compactMap { member in
      if let owner = member.place[ExportMember.contract]?.string, owner != folder { return nil }
      let name = member.place[ExportMember.name]?.string ?? member.name
      return member.place["value"].map { .init(named: name, $0) }
    }
  }

  /// Takes what the document says in its own way, and what it says of us over that.
  private func recognise(_ contract: inout ImportedContract, _ context: OpenAPIContext) {
    contract.recognised.hosts = context.hosts
    contract.recognised.method = context.method
    contract.recognised.path = context.path
    contract.recognised.headers = context.headers
    contract.recognised.statuses = context.statuses
    guard let own = entry["recognise"] else { return }
    if let hosts = own["hosts"] { contract.recognised.hosts = hosts.elements.compactMap(\.string) }
    if let method = own["method"] { contract.recognised.method = method.string }
    if let path = own["path"] { contract.recognised.path = path.string }
    if let status = own["status"] {
      contract.recognised.statuses = status.elements.compactMap(\.string)
    }
    if let headers = own["headers"] {
      contract.recognised.headers = headers.members.compactMap { member in
        member.place.string.map { HeaderField(member.name, $0) }
      }
    }
    if let body = own["body"] {
      contract.recognised.body = body.members.map { member in
        ImportedContract.Recognised.Condition(
          pointer: member.name,
          values: member.place.elements.compactMap(\.string)
        )
      }
    }
  }

  private mutating func setSchema(
    _ contract: inout ImportedContract,
    _ pointer: JSONPointer,
    _ extractor: inout SchemaExtractor
  ) {
    var names: [JSONPointer: String] = [pointer: ""]
    for member in entry["definitions"]?.members ?? [] {
      guard let target = member.place.string.flatMap({ ImportSource.pointer($0) }) else { continue }
      names[target] = member.name
    }
    guard let extract = extractor.extractOwn(pointer, names, &source) else { return }
    contract.schema = extract.schema
    contract.origins = extract.origins
  }
}

extension SchemaExtractor {
  /// Returns a schema that was exported, its definitions under the names they had.
  ///
  /// `known` has the names of all its places; the empty one is the schema itself.
  mutating func extractOwn(
    _ place: JSONPointer,
    _ known: [JSONPointer: String],
    _ source: inout ImportSource
  ) -> Extract? {
    guard let value = plain.root.at(place) else {
      source.refuse("there is no schema at '\(place)'", "import-unknown-reference", at: place)
      return nil
    }
    var origins: [String: JSONPointer] = [:]
    var schema = JSONNode.object([])
    var root = JSONNode(value)
    if case .string(let id) = root["$id"], id.hasPrefix(ExportMember.identifierStart) {
      root["$id"] = nil
      return Extract(schema: root, origins: ["": place])
    }
    if root["$id"] != nil { return Extract(schema: root, origins: ["": place]) }
    root = restored(root, at: place, known)
    if root["$schema"] == nil {
      schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    }
    if case .object(let members) = root {
      for member in members { schema[member.name] = member.value }
    } else {
      schema = root
    }
    var definitions: [JSONNode.Member] = []
    for (pointer, name) in known.sorted(by: { $0.value < $1.value }) {
      origins[name] = pointer
      guard !name.isEmpty, let value = plain.root.at(pointer) else { continue }
      definitions.append(.init(name, restored(JSONNode(value), at: pointer, known)))
    }
    if !definitions.isEmpty { schema["$defs"] = .object(definitions) }
    return Extract(schema: schema, origins: origins)
  }

  /// Puts references back to what they were, and the words of draft-07.
  private func restored(
    _ node: JSONNode,
    at place: JSONPointer,
    _ known: [JSONPointer: String]
  ) -> JSONNode {
    // Without its format around it, a schema of AsyncAPI is one of draft-07.
    let isDraft07 = rules == .draft07 && place.tokens.count == 3
    return SchemaReferences.mapped(isDraft07 ? DraftSeven.restored(node) : node) { reference in
      guard let pointer = ImportSource.pointer(reference) else { return reference }
      for length in stride(from: pointer.tokens.count, through: 0, by: -1) {
        let start = JSONPointer(tokens: Array(pointer.tokens.prefix(length)))
        guard let name = known[start] else { continue }
        let rest = Array(pointer.tokens.dropFirst(length))
        return JSONPointer(tokens: (name.isEmpty ? [] : ["$defs", name]) + rest).uriFragment
      }
      return reference
    }
  }
}
