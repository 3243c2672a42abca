import DrydockExchange
import DrydockJSON
import DrydockKernel

/// Reads one line of a native recording.
struct ExchangeReader {
  let file: String
  /// The line in the file, from 1.
  let line: Int
  /// The record's number, from 1.
  let record: Int
  private(set) var diagnostics: [Diagnostic] = []

  init(file: String, line: Int, record: Int) {
    self.file = file
    self.line = line
    self.record = record
  }

  mutating func add(_ message: String, id: String = "recording-malformed", _ value: JSONValue) {
    var diagnostic = value.diagnostic(message, id: id, file: file)
    diagnostic.line = line + (diagnostic.line ?? 1) - 1
    diagnostics.append(diagnostic)
  }

  /// Says that a member is missing, with the nearest that is there, or that it is something else.
  private mutating func addMissing(
    _ name: String,
    _ expected: String,
    of noun: String,
    _ value: JSONValue
  ) {
    if let found = value[name] {
      let shown = found.string.map { "'\($0)'" } ?? found.number?.text ?? found.kind.phrase
      return add("expected \(expected) in '\(name)', found \(shown)", found)
    }
    let names = value.kind == .object ? value.members.map(\.name) : []
    let near = Suggestion.nearest(to: name, among: names).map { ", found '\($0)'" } ?? ""
    add(
      "\(noun) needs '\(name)' as \(expected)\(near)",
      id: "recording-missing-member",
      value
    )
  }

  /// Reads a line into a recording: a header line, which may stand anywhere, or an exchange.
  mutating func read(_ root: JSONValue, into recording: inout Recording) {
    if root["drydock"] != nil, root["request"] == nil {
      readHeader(root, into: &recording)
    } else if recording.exchanges.count >= RecordingFormat.exchangesMax {
      add("more than \(RecordingFormat.exchangesMax) exchanges", id: "recording-too-long", root)
    } else if let exchange = readExchange(root) {
      recording.exchanges.append(exchange)
    }
  }

  mutating func readHeader(_ root: JSONValue, into recording: inout Recording) {
    if root["drydock"]?.string != RecordingFormat.mark {
      add("expected 'drydock' to be '\(RecordingFormat.mark)'", root)
    }
    let version = root["version"]?.int ?? 0
    if version < 1 || version > Int64(RecordingFormat.version) {
      add(
        "expected version 1 to \(RecordingFormat.version) of recordings, found \(version)",
        id: "recording-version",
        root["version"] ?? root
      )
    }
    if recording.title.isEmpty { recording.title = root["title"]?.string ?? "" }
    if let partners = root["partners"] {
      for partner in partners.elements {
        guard let id = partner["id"]?.string,
          let kind = partner["kind"]?.string.flatMap({ PartnerKind(rawValue: $0) })
        else {
          add("a partner needs 'id' and a known 'kind'", partner)
          continue
        }
        guard !recording.partners.contains(where: { $0.id.name == id }) else { continue }
        recording.partners.append(
          PartnerDescription(
            id: PartnerID(id),
            kind: kind,
            dialect: partner["dialect"]?.string ?? "",
            host: partner["host"]?.string ?? ""
          )
        )
      }
    }
    if let names = root["names"] {
      for member in names.members {
        // By scalars: a mark behind the colon would make one character with it.
        let scalars = member.name.unicodeScalars
        guard let colon = scalars.firstIndex(of: ":"), let name = member.value.string else {
          add("expected a name such as \"shopify.variant:1\": \"SKU-1\"", member.value)
          continue
        }
        let key = EntityKey(
          String(scalars[..<colon]),
          String(scalars[scalars.index(after: colon)...])
        )
        recording.names[key] = name
      }
    }
  }

  mutating func readExchange(_ root: JSONValue) -> RecordedExchange? {
    guard let requestValue = root["request"], requestValue.kind == .object else {
      addMissing("request", "an object", of: "an exchange", root)
      return nil
    }
    guard let request = readRequest(requestValue) else { return nil }
    var response: Response?
    if let value = root["response"], !value.isNull {
      response = readResponse(value)
    }
    var exchange = RecordedExchange(record: record, request: request, response: response)
    exchange.sentAt = readInstant("sent", root)
    exchange.answeredAt = readInstant("answered", root)
    exchange.from = root["from"]?.string.map { PartnerID($0) }
    exchange.to = root["to"]?.string.map { PartnerID($0) }
    exchange.operation = root["operation"]?.string
    exchange.entity = root["entity"]?.string
    exchange.attempt = root["attempt"]?.int.flatMap { Int(exactly: $0) }
    if let value = root["channel"] {
      exchange.channel = value.string.flatMap { Channel(rawValue: $0) }
      if exchange.channel == nil {
        let known = Channel.allCases.map(\.rawValue)
        add(
          JSONFields.unknown("channel", value.string ?? "?", for: "an exchange", among: known),
          value
        )
      }
    }
    if let value = root["result"] { exchange.result = readResult(value) }
    return exchange
  }

  private mutating func readResult(_ value: JSONValue) -> CallResult? {
    if value.isNull { return nil }
    let known = RecordingFormat.results
    if let entry = known.first(where: { $0.word == value.string }) { return entry.result }
    add(
      JSONFields.unknown(
        "result",
        value.string ?? "?",
        for: "an exchange",
        among: known.map(\.word)
      ),
      value
    )
    return nil
  }

  private mutating func readInstant(_ name: String, _ root: JSONValue) -> VirtualInstant? {
    guard let value = root[name], !value.isNull else { return nil }
    if let instant = value.string.flatMap({ VirtualInstant(parsing: $0) }) { return instant }
    add("expected an instant such as '2026-03-02T09:00:00Z' in '\(name)'", value)
    return nil
  }

  private mutating func readRequest(_ value: JSONValue) -> Request? {
    guard let method = value["method"]?.string, !method.isEmpty else {
      addMissing("method", "text", of: "a request", value)
      return nil
    }
    var host = value["host"]?.string
    var target = value["target"]?.string
    let headers = readHeaders(value)
    if let url = value["url"]?.string { (host, target) = URLParts.split(url, headers) }
    guard let host, let target else {
      add("a request needs 'url', or 'host' and 'target'", id: "recording-missing-member", value)
      return nil
    }
    return Request(
      method.uppercased(),
      host: host,
      target: target,
      headers: headers,
      body: readBody(value)
    )
  }

  private mutating func readResponse(_ value: JSONValue) -> Response? {
    guard let status = value["status"]?.int, (0...999).contains(status) else {
      addMissing("status", "a number from 100 to 599", of: "a response", value)
      return nil
    }
    return Response(Int(status), headers: readHeaders(value), body: readBody(value))
  }

  /// Reads headers as pairs, as objects with `name` and `value`, or as one object.
  ///
  /// In the one object, a list of texts stands for a field that came several times.
  private mutating func readHeaders(_ value: JSONValue) -> HeaderFields {
    var headers = HeaderFields()
    guard let list = value["headers"], !list.isNull else { return headers }
    if list.kind == .object {
      for member in list.members {
        let values = member.value.kind == .array ? Array(member.value.elements) : [member.value]
        for value in values { add(header: member.name, value, value, to: &headers) }
      }
      return headers
    }
    guard list.kind == .array else {
      add("expected headers as [[name, value], …]", list)
      return headers
    }
    for entry in list.elements {
      let isPair = entry.kind == .array
      let name = isPair ? entry[0] : entry["name"]
      let value = isPair ? entry[1] : entry["value"]
      add(header: name?.string, value, entry, to: &headers)
    }
    return headers
  }

  private mutating func add(
    header name: String?,
    _ value: JSONValue?,
    _ entry: JSONValue,
    to headers: inout HeaderFields
  ) {
    if let name, !name.isEmpty, let value, let text = value.string ?? value.number?.text {
      headers.append(name, text)
    } else {
      add("expected a header as [name, value]", entry)
    }
  }

  private mutating func readBody(_ value: JSONValue) -> [UInt8] {
    if let encoded = value["bodyBase64"], !encoded.isNull {
      if let bytes = encoded.string.flatMap({ Base64.decode($0) }) { return bytes }
      add("expected Base64 in 'bodyBase64'", encoded)
      return []
    }
    guard let body = value["body"], !body.isNull else { return [] }
    return body.string.map { Array($0.utf8) } ?? body.bytes
  }
}
