import DrydockExchange
import DrydockJSON
import DrydockKernel
import DrydockSchema

/// Reads `contract.json` and `schema.json` into a contract, collecting what is wrong with them.
struct ContractReader {
  let id: String
  let platformFolder: String
  let messageFolder: String
  let versionFolder: String
  var list: FileDiagnostics
  var schemaDiagnostics: [Diagnostic] = []

  /// Creates a reader of the contract in a folder: `<platform>/<message>/<version>`.
  init?(folder: String, file: String) {
    let parts = folder.split(separator: "/").map(String.init)
    guard parts.count == 3 else { return nil }
    (platformFolder, messageFolder, versionFolder) = (parts[0], parts[1], parts[2])
    id = folder
    list = FileDiagnostics(file: file)
  }

  mutating func read(
    _ root: JSONValue,
    schemaFile: String,
    schemaBytes: [UInt8]?,
    upgrade: ContractUpgrade? = nil
  ) -> Contract? {
    var fields = JSONFields(root, as: "a contract", ids: "contract")
    check(fields.requiredString("platform", &list), is: platformFolder, "platform", root)
    check(fields.requiredString("message", &list), is: messageFolder, "message", root)
    check(fields.requiredString("version", &list), is: versionFolder, "version", root)
    let kind = fields.word("kind", as: PartnerKind.self, &list)
    let title = fields.requiredString("title", &list)
    let apiVersion = fields.string("apiVersion", &list)
    _ = fields.string("source", &list)
    let channel = fields.word("channel", as: Channel.self, &list)
    let writer = fields.word("writtenBy", as: Contract.Writer.self, &list)
    let part = fields.word("part", as: Contract.Part.self, &list)
    let format = fields.word("format", as: Contract.Format.self, &list) ?? .json
    let recognition = fields.required("recognise", &list).map { readRecognition($0) }
    let undeclared =
      fields.word("undeclared", as: UndeclaredPolicy.self, &list) ?? .allowed
    let assertsFormat = fields.bool("assertsFormat", &list) ?? false
    let secret = fields.strings("secret", &list)
    let personal = fields.strings("personal", &list)
    let delivery = fields.object("delivery", &list).map { readDelivery($0) }
    let lifecycle = fields.object("lifecycle", &list).map { readLifecycle($0) } ?? .init()
    let meanings = fields.array("meaning", &list).compactMap { readMeaning($0) }
    let schemaName = readSchemaName(&fields)
    fields.finish(&list)
    var schema: Schema?
    if schemaName != nil || format == .json {
      if let schemaBytes {
        schema = readSchema(
          schemaBytes,
          file: schemaFile,
          undeclared: undeclared,
          assertsFormat: assertsFormat
        )
      } else {
        list.add("the schema '\(schemaFile)' is missing", id: "contract-missing-schema", at: root)
      }
    }
    guard let kind, let title, let channel, let writer, let part, let recognition else {
      return nil
    }
    return Contract(
      id: id,
      platform: platformFolder,
      kind: kind,
      message: messageFolder,
      version: versionFolder,
      apiVersion: apiVersion,
      title: title,
      channel: channel,
      writtenBy: writer,
      part: part,
      format: format,
      recognition: recognition,
      schema: schema,
      secret: secret,
      personal: personal,
      delivery: delivery,
      lifecycle: lifecycle,
      meanings: meanings,
      upgrade: upgrade
    )
  }

  private mutating func check(
    _ found: String?,
    is expected: String,
    _ name: String,
    _ root: JSONValue
  ) {
    guard let found, found != expected, let value = root[name] else { return }
    list.add(
      "expected '\(expected)' in '\(name)', as the folder is named, found '\(found)'",
      id: "contract-wrong-folder",
      at: value
    )
  }

  /// Reads the name of the schema's file, which is the same everywhere.
  private mutating func readSchemaName(_ fields: inout JSONFields) -> String? {
    guard let name = fields.string("schema", &list) else { return nil }
    if name != "schema.json", let place = fields.value["schema"] {
      list.add(
        "expected 'schema.json' in 'schema', found '\(name)'",
        id: "contract-unknown-value",
        at: place
      )
    }
    return name
  }

  private mutating func readSchema(
    _ bytes: [UInt8],
    file: String,
    undeclared: UndeclaredPolicy,
    assertsFormat: Bool
  ) -> Schema? {
    let document: JSONDocument
    do {
      document = try JSONDocument.parse(bytes)
    } catch {
      schemaDiagnostics.append(error.diagnostic(file: file, bytes: bytes))
      return nil
    }
    do {
      var options = SchemaOptions()
      options.assertsFormat = assertsFormat
      options.undeclaredMembers = undeclared
      return try Schema.compile(document, options: options)
    } catch {
      schemaDiagnostics += error.problems.map { $0.diagnostic(file: file, source: document) }
      return nil
    }
  }

  private mutating func readRecognition(_ value: JSONValue) -> Recognition {
    var fields = JSONFields(value, as: "'recognise'", ids: "contract")
    let hosts = fields.strings("hosts", &list)
    let method = fields.string("method", &list)
    let path = fields.parsed("path", expected: "a path template", &list) { PathTemplate($0) }
    let headers = (fields.object("headers", &list)?.members).map { members in
      members.compactMap { member in member.value.string.map { HeaderField(member.name, $0) } }
    }
    let statuses = fields.array("status", &list).compactMap { $0.scalarText }
    let body = (fields.object("body", &list)?.members).map { members in
      members.compactMap { readBodyCondition($0.name, $0.value) }
    }
    fields.finish(&list)
    return Recognition(
      hosts: hosts,
      method: method,
      path: path,
      headers: headers ?? [],
      statuses: statuses,
      body: body ?? []
    )
  }

  private mutating func readBodyCondition(
    _ pointer: String,
    _ value: JSONValue
  ) -> Recognition.BodyCondition? {
    guard let parsed = try? JSONPointer(parsing: pointer) else {
      list.add("'\(pointer)' is no JSON pointer", id: "contract-malformed-value", at: value)
      return nil
    }
    let values = value.kind == .array ? Array(value.elements) : [value]
    return Recognition.BodyCondition(
      pointer: parsed,
      values: values.compactMap { $0.scalarText }
    )
  }

  private mutating func readDelivery(_ value: JSONValue) -> DeliveryIdentity {
    var fields = JSONFields(value, as: "'delivery'", ids: "contract")
    let id = fields.string("id", &list)
    let redelivery = fields.string("redelivery", &list) ?? ""
    var header: String?
    var scheme: DeliveryIdentity.Scheme?
    if let signature = fields.object("signature", &list) {
      var inner = JSONFields(signature, as: "'signature'", ids: "contract")
      header = inner.requiredString("header", &list)
      scheme = inner.word("scheme", as: DeliveryIdentity.Scheme.self, &list)
      inner.finish(&list)
    }
    fields.finish(&list)
    return DeliveryIdentity(
      id: id,
      signatureHeader: header,
      scheme: scheme,
      redelivery: redelivery
    )
  }

  private mutating func readLifecycle(_ value: JSONValue) -> Contract.Lifecycle {
    var fields = JSONFields(value, as: "'lifecycle'", ids: "contract")
    var lifecycle = Contract.Lifecycle()
    lifecycle.status = fields.word("status", as: Contract.Status.self, &list) ?? .active
    lifecycle.since = readDate("since", &fields)
    lifecycle.deprecated = readDate("deprecated", &fields)
    lifecycle.sunset = readDate("sunset", &fields)
    fields.finish(&list)
    if let deprecated = lifecycle.deprecated, let sunset = lifecycle.sunset, sunset < deprecated,
      let place = value["sunset"]
    {
      list.add(
        "expected a sunset on or after the day of deprecation, \(deprecated)",
        id: "contract-malformed-value",
        at: place
      )
    }
    return lifecycle
  }

  private mutating func readDate(_ name: String, _ fields: inout JSONFields) -> CivilDate? {
    fields.parsed(name, expected: "a date", &list) { CivilDate(parsing: $0) }
  }
}
