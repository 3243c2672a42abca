import DrydockExchange
import DrydockJSON
import DrydockKernel

/// Reads HTTP Archives of version 1.1 and 1.2, as browsers, proxies and test tools write them.
///
/// What producers leave out is no error: body texts, pages, times, a status of 0 for a request that
/// got no answer. What makes an entry unreadable is a diagnostic with line and column, and the
/// other entries are read all the same.
/// - Source: HTTP Archive 1.2 (W3C draft of 2012).
enum HARReader {
  static func read(
    _ bytes: [UInt8],
    file: String
  ) -> (recording: Recording?, diagnostics: [Diagnostic]) {
    var options = JSONReadOptions.strict
    options.skipsByteOrderMark = true
    let document: JSONDocument
    do {
      document = try JSONDocument.parse(bytes, options: options)
    } catch {
      return (nil, [error.diagnostic(file: file, bytes: bytes)])
    }
    var list = FileDiagnostics(file: file)
    guard let log = document.root["log"], log.kind == .object else {
      list.add(
        "expected a HAR with 'log', or a recording with one exchange a line",
        id: "recording-unknown-form",
        at: document.root
      )
      return (nil, list.diagnostics)
    }
    guard let entries = log["entries"], entries.kind == .array else {
      list.add("'log' needs 'entries' as an array", id: "har-malformed", at: log)
      return (nil, list.diagnostics)
    }
    let creator = log["creator"]?["name"]?.string ?? "unknown tool"
    var recording = Recording(title: "HAR of \(creator)")
    for (position, entry) in entries.elements.enumerated() {
      if let exchange = exchange(entry, record: position + 1, &list) {
        recording.exchanges.append(exchange)
      }
    }
    return (recording, list.diagnostics)
  }

  private static func exchange(
    _ entry: JSONValue,
    record: Int,
    _ list: inout FileDiagnostics
  ) -> RecordedExchange? {
    guard let request = entry["request"], request.kind == .object else {
      list.add("entry \(record) needs 'request' as an object", id: "har-malformed", at: entry)
      return nil
    }
    guard let method = request["method"]?.string, let url = request["url"]?.string else {
      list.add(
        "the request of entry \(record) needs 'method' and 'url'",
        id: "har-malformed",
        at: request
      )
      return nil
    }
    let (host, target) = URLParts.split(url)
    let call = Request(
      method.uppercased(),
      host: host,
      target: target,
      headers: headers(request),
      body: requestBody(request)
    )
    var exchange = RecordedExchange(
      record: record,
      request: call,
      response: response(entry["response"])
    )
    if let text = entry["startedDateTime"]?.string {
      exchange.sentAt = VirtualInstant(parsing: text)
      if exchange.sentAt == nil, let value = entry["startedDateTime"] {
        list.add(
          Diagnostic(
            file: list.file,
            line: value.location.line,
            column: value.location.column,
            severity: .warning,
            message: "'\(text)' is no instant; the entry keeps its place",
            id: "har-time"
          )
        )
      }
    }
    if let sent = exchange.sentAt, let time = entry["time"]?.number?.double, time.isFinite,
      time > 0, time < 1e9
    {
      exchange.answeredAt = sent + .microseconds(Int64(time * 1_000))
    }
    if exchange.response == nil { exchange.result = .timedOut }
    return exchange
  }

  private static func headers(_ value: JSONValue) -> HeaderFields {
    var headers = HeaderFields()
    guard let list = value["headers"] else { return headers }
    for entry in list.elements {
      if let name = entry["name"]?.string { headers.append(name, entry["value"]?.string ?? "") }
    }
    return headers
  }

  private static func requestBody(_ request: JSONValue) -> [UInt8] {
    guard let data = request["postData"] else { return [] }
    if let text = data["text"]?.string {
      if data["encoding"]?.string == "base64" { return Base64.decode(text) ?? Array(text.utf8) }
      if !text.isEmpty { return Array(text.utf8) }
    }
    guard let parameters = data["params"] else { return [] }
    let pairs = parameters.elements.compactMap { entry in
      entry["name"]?.string.map {
        "\(PercentEncoding.encode($0))=\(PercentEncoding.encode(entry["value"]?.string ?? ""))"
      }
    }
    return Array(pairs.joined(separator: "&").utf8)
  }

  /// Returns the answer; nothing for status 0, which stands for none.
  private static func response(_ value: JSONValue?) -> Response? {
    guard let value, let status = value["status"]?.int, (100...599).contains(status) else {
      return nil
    }
    var body: [UInt8] = []
    if let content = value["content"], let text = content["text"]?.string {
      body =
        content["encoding"]?.string == "base64"
        ? Base64.decode(text) ?? Array(text.utf8) : Array(text.utf8)
    }
    return Response(Int(status), headers: headers(value), body: body)
  }
}
