import DrydockExchange
import DrydockJSON

/// Bodies: requests, responses, what is taken of their media types, and their examples.
extension OpenAPIImporter {
  /// What a body is: its format, schema and examples.
  struct Body: Hashable {
    var format = Contract.Format.none
    var schema: JSONNode?
    var origins: [String: JSONPointer] = [:]
    var examples: [ImportedContract.Example] = []
    /// Where the body is, if it is anywhere.
    var place: JSONPointer?
  }

  mutating func readRequest(_ operation: ImportSource.Place, _ context: OpenAPIContext) {
    var body = Body()
    if let place = operation["requestBody"], let request = source.resolved(place) {
      body = read(request["content"], isRequest: true)
      if body.format != .none, request["required"]?.value.bool != true {
        source.leaveOut(
          "that the request body may be left out is not carried over",
          "import-optional-body",
          at: request.pointer
        )
      }
    }
    add(body, context, "\(context.name)-request", "\(context.title): what is asked", operation)
  }

  mutating func readResponses(_ operation: ImportSource.Place, _ context: OpenAPIContext) {
    let members = (operation["responses"]?.members ?? []).filter { !$0.name.hasPrefix("x-") }
    let patterns = StatusPatterns(members.map(\.name))
    var groups: [(isSuccess: Bool, key: String, statuses: [String], body: Body)] = []
    for member in members {
      guard let response = source.resolved(member.place) else { continue }
      guard let statuses = patterns.patterns(member.name) else {
        source.leaveOut(
          "'\(member.name)' is no status",
          "import-status",
          at: member.place.pointer
        )
        continue
      }
      for (part, what) in [("links", "link"), ("headers", "response header")] {
        for inner in response[part]?.members ?? [] {
          source.leaveOut(
            "\(what) '\(inner.name)' is not carried over",
            "import-\(part == "links" ? "link" : "header")",
            at: inner.place.pointer
          )
        }
      }
      var body = read(response["content"], isRequest: false)
      body.place = response.pointer
      let isSuccess = patterns.isSuccess(member.name)
      let known = groups.firstIndex {
        $0.isSuccess == isSuccess && $0.body.format == body.format && $0.body.schema == body.schema
      }
      if let known {
        groups[known].statuses += statuses
        groups[known].body.examples += body.examples
      } else {
        groups.append((isSuccess, member.name.lowercasedASCII, statuses, body))
      }
    }
    addGroups(groups, operation, context)
  }

  private mutating func addGroups(
    _ groups: [(isSuccess: Bool, key: String, statuses: [String], body: Body)],
    _ operation: ImportSource.Place,
    _ context: OpenAPIContext
  ) {
    var successes = 0
    let errorsCount = groups.count { !$0.isSuccess }
    for group in groups {
      var message = "\(context.name)-error"
      if group.isSuccess {
        message = "\(context.name)-response" + (successes == 0 ? "" : "-\(group.key)")
        successes += 1
      } else if errorsCount > 1 {
        message += "-\(group.key)"
      }
      var response = context
      response.part = .response
      response.statuses = group.statuses
      let answer = group.isSuccess ? "the answer" : "the refusal"
      add(group.body, response, message, "\(context.title): \(answer)", operation)
    }
  }

  mutating func add(
    _ body: Body,
    _ context: OpenAPIContext,
    _ message: String,
    _ title: String,
    _ operation: ImportSource.Place
  ) {
    let isAsked = context.part == .request
    // What the document describes is asked over HTTP, and asks others by webhooks.
    let asks = (context.channel == .webhook) == isAsked
    var contract = ImportedContract(
      platform: settings.platform ?? "",
      kind: settings.kind ?? .store,
      message: context.channel == .webhook || isAsked ? message : names.take(message),
      version: MessageName.version(info.version),
      apiVersion: info.version,
      title: ImportedContract.oneLine(title),
      source: info.title.isEmpty ? nil : ImportedContract.oneLine(info.title),
      channel: context.channel,
      writtenBy: asks ? settings.writtenBy : settings.other,
      part: context.part,
      format: body.format,
      place: body.place ?? operation.pointer
    )
    contract.recognised.hosts = context.hosts
    contract.recognised.method = context.method
    contract.recognised.path = context.path
    contract.recognised.headers = context.headers
    contract.recognised.statuses = context.statuses
    contract.schema = body.schema
    contract.origins = body.origins
    contract.examples = body.examples
    contracts.append(contract)
  }

  /// Reads the media types of a body: JSON first, then forms; others are said.
  mutating func read(_ content: ImportSource.Place?, isRequest: Bool) -> Body {
    var body = Body()
    let media = content?.members ?? []
    let chosen =
      media.first { MediaType.isJSON($0.name) } ?? media.first { MediaType.isForm($0.name) }
    for other in media where other.name != chosen?.name {
      let reason =
        MediaType.isJSON(other.name) || MediaType.isForm(other.name)
        ? "another media type of the same body" : "no JSON"
      source.leaveOut(
        "'\(other.name)' is not carried over: \(reason)",
        "import-media-type",
        at: other.place.pointer
      )
    }
    guard let chosen else { return body }
    body.format = MediaType.isForm(chosen.name) ? .form : .json
    body.place = chosen.place.pointer
    if chosen.place["encoding"] != nil {
      source.leaveOut(
        "'encoding' is not carried over",
        "import-keyword",
        at: chosen.place.pointer.appending("encoding")
      )
    }
    guard let schema = chosen.place["schema"] else {
      source.leaveOut(
        "a body without a schema may be any value",
        "import-no-schema",
        at: chosen.place.pointer
      )
      body.schema = ["$schema": "https://json-schema.org/draft/2020-12/schema"]
      return body
    }
    let extract =
      isRequest
      ? requests.extract(schema.pointer, &source) : responses.extract(schema.pointer, &source)
    body.schema = extract?.schema
    body.origins = extract?.origins ?? [:]
    body.examples = examples(chosen.place, schema)
    return body
  }

  /// Returns the examples beside a schema and in it, in the order of the document.
  mutating func examples(
    _ media: ImportSource.Place,
    _ schema: ImportSource.Place
  ) -> [ImportedContract.Example] {
    var examples: [ImportedContract.Example] = []
    if let example = media["example"] { examples.append(.init(named: "example", example)) }
    for member in media["examples"]?.members ?? [] {
      guard let example = source.resolved(member.place) else { continue }
      if let value = example["value"] {
        examples.append(.init(named: member.name, value))
      } else {
        source.leaveOut(
          "example '\(member.name)' is not in the file",
          "import-external-example",
          at: example.pointer
        )
      }
    }
    guard let target = source.resolved(schema) else { return examples }
    if let example = target["example"] { examples.append(.init(named: "example", example)) }
    for example in target["examples"]?.elements ?? [] {
      examples.append(.init(named: "example", example))
    }
    return examples
  }
}

extension ImportedContract.Example {
  init(named name: String, _ place: ImportSource.Place) {
    self.init(name: MessageName.kebab(name), value: JSONNode(place.value), place: place.pointer)
  }
}

extension ImportedContract {
  /// Returns a text without line ends and of bounded length.
  static func oneLine(_ text: String) -> String {
    let words = text.split { $0 == "\n" || $0 == "\r" || $0 == "\t" || $0 == "\r\n" }
    return String(words.joined(separator: " ").prefix(200))
  }
}

/// What media types say of a body.
enum MediaType {
  private static func essence(_ name: String) -> String {
    String(name.prefix { $0 != ";" }).lowercasedASCII.filter { $0 != " " }
  }

  static func isJSON(_ name: String) -> Bool {
    let name = essence(name)
    return name == "application/json" || name == "*/*" || name == "application/*"
      || name == "text/json" || name.hasSuffix("+json")
  }

  static func isForm(_ name: String) -> Bool {
    essence(name) == "application/x-www-form-urlencoded"
  }
}
