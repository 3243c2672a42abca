import DrydockExchange
import DrydockJSON
import DrydockKernel

/// Reads HTTP Archives of version 1.1 and 1.2, as browsers, proxies and test tools write them.
///
/// What producers leave out is no error: body texts, pages, times, a status of 0 or below for a
/// request that got no answer. What makes an entry unreadable is a diagnostic with line and column,
/// and the other entries are read all the same.
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
      complain(about: document.root, &list)
      return (nil, list.diagnostics)
    }
    checkVersion(log, &list)
    guard let entries = log["entries"], entries.kind == .array else {
      list.add("'log' needs 'entries' as an array", id: "har-malformed", at: log)
      return (nil, list.diagnostics)
    }
    let creator = log["creator"]?["name"]?.string ?? ""
    var recording = Recording(title: "HAR of \(creator.isEmpty ? "an unnamed tool" : creator)")
    for (position, entry) in entries.elements.enumerated() {
      if let exchange = exchange(entry, record: position + 1, &list) {
        recording.exchanges.append(exchange)
      }
    }
    let isLost = recording.exchanges.isEmpty && !list.isClean
    return (isLost ? nil : recording, list.diagnostics)
  }

  /// Says what a document without `log` lacks, and names the archives it may hold instead.
  private static func complain(about root: JSONValue, _ list: inout FileDiagnostics) {
    let archives =
      root.kind == .object
      ? root.members.filter { $0.value.kind == .object && $0.value["log"] != nil }
        .map { "'\($0.name)'" } : []
    if archives.isEmpty {
      list.add(
        "expected a HAR with 'log', or a recording with one exchange a line",
        id: "recording-unknown-form",
        at: root
      )
    } else {
      list.add(
        "expected one HAR, found \(archives.count) named archive\(archives.count == 1 ? "" : "s")",
        id: "recording-unknown-form",
        at: root,
        notes: [
          archives.count == 1
            ? "take what is in \(archives[0])"
            : "take one of them: \(archives.joined(separator: ", "))"
        ]
      )
    }
  }

  /// Later versions are read as far as they look the same.
  private static func checkVersion(_ log: JSONValue, _ list: inout FileDiagnostics) {
    guard let value = log["version"], let text = value.string ?? value.number?.text,
      !text.isEmpty, !["1.1", "1.2"].contains(text)
    else { return }
    warn("version '\(text)' is read as '1.2'", id: "har-version", at: value, &list)
  }

  private static func warn(
    _ message: String,
    id: String,
    at value: JSONValue,
    _ list: inout FileDiagnostics
  ) {
    list.add(
      Diagnostic(
        file: list.file,
        line: value.location.line,
        column: value.location.column,
        severity: .warning,
        message: message,
        id: id
      )
    )
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
    guard let method = request["method"]?.string, !method.isEmpty,
      let url = request["url"]?.string, !url.isEmpty
    else {
      list.add(
        "the request of entry \(record) needs 'method' and 'url'",
        id: "har-malformed",
        at: request
      )
      return nil
    }
    let fields = headers(request)
    let (host, target) = URLParts.split(url, fields)
    let call = Request(
      method.uppercased(),
      host: host,
      target: target,
      headers: fields,
      body: requestBody(request, &list)
    )
    var exchange = RecordedExchange(
      record: record,
      request: call,
      response: response(entry["response"], &list)
    )
    exchange.sentAt = instant(entry["startedDateTime"], &list)
    if let sent = exchange.sentAt, let time = entry["time"]?.number?.double, time.isFinite,
      time > 0, time < 1e9
    {
      exchange.answeredAt = sent + .microseconds(Int64(time * 1_000))
    }
    if exchange.response == nil { exchange.result = .timedOut }
    return exchange
  }

  /// Returns when a request left: with any offset, `+0100` too; without one it is taken as UTC.
  private static func instant(
    _ value: JSONValue?,
    _ list: inout FileDiagnostics
  ) -> VirtualInstant? {
    guard let value, let text = value.string, !text.isEmpty else { return nil }
    if let instant = VirtualInstant(parsing: text) { return instant }
    let bytes = Array(text.utf8)
    if bytes.count > 5, [0x2B, 0x2D].contains(bytes[bytes.count - 5]),
      let instant = VirtualInstant(parsing: "\(text.dropLast(2)):\(text.suffix(2))")
    {
      return instant
    }
    if let instant = VirtualInstant(parsing: text + "Z") {
      warn("'\(text)' has no offset and is taken as UTC", id: "har-time", at: value, &list)
      return instant
    }
    warn("'\(text)' is no instant; the entry keeps its place", id: "har-time", at: value, &list)
    return nil
  }

  private static func headers(_ value: JSONValue) -> HeaderFields {
    var headers = HeaderFields()
    guard let list = value["headers"], list.kind == .array else { return headers }
    for entry in list.elements {
      guard let name = entry["name"]?.string, !name.isEmpty else { continue }
      headers.append(name, entry["value"]?.scalar ?? "")
    }
    return headers
  }

  private static func requestBody(
    _ request: JSONValue,
    _ list: inout FileDiagnostics
  ) -> [UInt8] {
    guard let data = request["postData"], data.kind == .object else { return [] }
    let bytes = body(data, &list)
    guard bytes.isEmpty, let parameters = data["params"], parameters.kind == .array else {
      return bytes
    }
    let pairs = parameters.elements.compactMap { entry in
      entry["name"]?.string.map {
        "\(PercentEncoding.encode($0))=\(PercentEncoding.encode(entry["value"]?.scalar ?? ""))"
      }
    }
    return Array(pairs.joined(separator: "&").utf8)
  }

  /// Returns the answer; nothing for a status of 0 or below, which stands for none.
  private static func response(_ value: JSONValue?, _ list: inout FileDiagnostics) -> Response? {
    guard let value, let status = value["status"]?.int, (100...599).contains(status) else {
      return nil
    }
    return Response(
      Int(status),
      headers: headers(value),
      body: value["content"].map { body($0, &list) } ?? []
    )
  }

  /// Returns the bytes of a text, decoded where it says that it is Base64.
  private static func body(_ value: JSONValue, _ list: inout FileDiagnostics) -> [UInt8] {
    guard let text = value["text"]?.string else { return [] }
    guard value["encoding"]?.string?.lowercased() == "base64" else { return Array(text.utf8) }
    if let bytes = Base64.decode(text) { return bytes }
    warn(
      "the text says it is Base64 and is not; it is kept as it is",
      id: "har-base64",
      at: value,
      &list
    )
    return Array(text.utf8)
  }
}

extension JSONValue {
  /// The text of a string or number, as header values are.
  fileprivate var scalar: String? { string ?? number?.text }
}
