import DrydockExchange
import DrydockKernel
import DrydockRecordings
import Testing

@Suite("Reading recordings")
struct RecordingReaderTests {
  @Test("lines written by hand are read")
  func hand() throws {
    let lines = [
      #"{"drydock":"recording","partners":[],"title":"Two calls","version":1}"#,
      #"{"request":{"method":"GET","url":"https://api.example.com/a?b=1"},"#
        + #""response":{"status":200,"body":{"c":2}},"sent":"2026-03-02T09:00:00Z"}"#,
      #"{"request":{"method":"POST","host":"api.example.com","target":"/d","#
        + #""headers":{"X-Id":"7"},"body":"text"},"result":"timed-out"}"#,
    ]
    let text = lines.joined(separator: "\n") + "\n"
    let (recording, diagnostics) = RecordingReader.read(Array(text.utf8), file: "hand.jsonl")
    #expect(diagnostics.isEmpty)
    let read = try #require(recording)
    #expect(read.title == "Two calls")
    #expect(read.exchanges.count == 2)
    #expect(read.exchanges[0].request.host == "api.example.com")
    #expect(read.exchanges[0].request.queryItem("b") == "1")
    #expect(read.exchanges[0].response?.body == Array(#"{"c":2}"#.utf8))
    #expect(read.exchanges[1].request.headers["x-id"] == "7")
    #expect(read.exchanges[1].result == .timedOut)
  }

  @Test("takes the least that can be said about an exchange")
  func minimal() throws {
    let (recording, diagnostics) = read(
      #"{"request":{"method":"GET","url":"https://a.example/x"}}"#
    )
    #expect(diagnostics.isEmpty)
    let exchange = try #require(recording?.exchanges.first)
    #expect(exchange.request == Request("GET", host: "a.example", target: "/x"))
    #expect(exchange.response == nil && exchange.sentAt == nil && exchange.from == nil)
    #expect(exchange.record == 1)
  }

  @Test(
    "takes a URL for host and target",
    arguments: [
      ("https://API.Example:8443/v1/a?b=c#d", "api.example", "/v1/a?b=c"),
      ("https://user:word@api.example", "api.example", "/"),
      ("http://api.example?q=1", "api.example", "/?q=1"),
      ("http://[::1]:8080/x", "[::1]", "/x"),
      ("/v1/orders", "from.header", "/v1/orders"),
    ]
  )
  func url(url: String, host: String, target: String) throws {
    let line =
      #"{"request":{"method":"get","url":"\#(url)","headers":{"Host":"From.Header:443"}}}"#
    let request = try #require(read(line).recording?.exchanges.first?.request)
    #expect(request.host == host)
    #expect(request.target == target)
    #expect(request.method == "GET")
  }

  @Test(
    "takes headers as pairs, as objects and as one object",
    arguments: [
      #"[["A","1"],["b","2"],["A","3"]]"#,
      #"[{"name":"A","value":"1"},{"name":"b","value":"2"},{"name":"A","value":"3"}]"#,
      #"{"A":["1"],"b":2,"A ":"3"}"#,
    ]
  )
  func headers(headers: String) throws {
    let line = #"{"request":{"method":"GET","url":"https://a.example","headers":\#(headers)}}"#
    let (recording, diagnostics) = read(line)
    #expect(diagnostics.isEmpty)
    let request = try #require(recording?.exchanges.first?.request)
    #expect(request.headers.fields.map(\.value) == ["1", "2", "3"])
    #expect(request.headers["B"] == "2")
  }

  @Test("takes a field that came several times as a list")
  func repeatedHeader() throws {
    let line =
      #"{"request":{"method":"GET","url":"https://a.example","headers":{"Via":["1","2"]}}}"#
    let request = try #require(read(line).recording?.exchanges.first?.request)
    #expect(request.headers == HeaderFields([HeaderField("Via", "1"), HeaderField("Via", "2")]))
  }

  @Test(
    "takes a body as text, as JSON, as bytes and not at all",
    arguments: [
      (#""body":"{\"a\": 1}""#, #"{"a": 1}"#),
      (#""body":{"a": 1.50}"#, #"{"a": 1.50}"#),
      (#""body":[1,2]"#, "[1,2]"),
      (#""body":12"#, "12"),
      (#""bodyBase64":"aGk=""#, "hi"),
      (#""body":null"#, ""),
      (#""body":"""#, ""),
    ]
  )
  func body(member: String, expected: String) throws {
    let line = #"{"request":{"method":"POST","url":"https://a.example",\#(member)}}"#
    let (recording, diagnostics) = read(line)
    #expect(diagnostics.isEmpty)
    let request = try #require(recording?.exchanges.first?.request)
    #expect(String(decoding: request.body, as: UTF8.self) == expected)
  }

  @Test("needs no header line, and takes one anywhere")
  func headerLines() throws {
    let (recording, diagnostics) = read(
      """
      {"request":{"method":"GET","url":"https://a.example/1"}}
      {"drydock":"recording","version":1,"title":"Night",\
      "partners":[{"id":"store","kind":"store"}],\
      "names":{"shopify.variant:1":"SKU-1"}}
      {"request":{"method":"GET","url":"https://a.example/2"}}
      {"drydock":"recording","version":1,"title":"Day","partners":[{"id":"store","kind":"store"},\
      {"id":"erp","kind":"erp","dialect":"netsuite","host":"h"}]}
      """
    )
    #expect(diagnostics.isEmpty)
    let found = try #require(recording)
    #expect(found.title == "Night")
    #expect(found.partners.map(\.id.name) == ["store", "erp"])
    #expect(found.names == [EntityKey("shopify.variant", "1"): "SKU-1"])
    #expect(found.exchanges.map(\.record) == [1, 2])
  }

  @Test("takes a byte order mark, blank lines and carriage returns")
  func whiteSpace() {
    let line = #"{"request":{"method":"GET","url":"https://a.example"}}"#
    let (recording, diagnostics) = read("\u{FEFF}\(line)\r\n\r\n  \n\(line)\r\n")
    #expect(diagnostics.isEmpty)
    #expect(recording?.exchanges.count == 2)
  }

  @Test(
    "says where a line is wrong, and what was expected",
    arguments: [
      (
        #"{"request":{"method":"GET"}}"#,
        "1:12: error: a request needs 'url', or 'host' and 'target' [recording-missing-member]"
      ),
      (
        #"{"request":{"url":"https://a.example"}}"#,
        "1:12: error: a request needs 'method' as text [recording-missing-member]"
      ),
      (
        #"{"request":[]}"#,
        "1:12: error: expected an object in 'request', found an array [recording-malformed]"
      ),
      (
        #"{"requst":{"method":"GET"}}"#,
        "1:1: error: an exchange needs 'request' as an object, found 'requst' "
          + "[recording-missing-member]"
      ),
      (
        #"{"request":{"method":"GET","url":"u"},"response":{}}"#,
        "1:50: error: a response needs 'status' as a number from 100 to 599 "
          + "[recording-missing-member]"
      ),
      (
        #"{"request":{"method":"GET","url":"u"},"sent":"yesterday"}"#,
        "1:46: error: expected an instant such as '2026-03-02T09:00:00Z' in 'sent' "
          + "[recording-malformed]"
      ),
      (
        #"{"request":{"method":"GET","url":"u"},"channel":"webhok"}"#,
        "1:49: error: unknown channel 'webhok' for an exchange; did you mean 'webhook'? "
          + "[recording-malformed]"
      ),
      (
        #"{"request":{"method":"GET","url":"u"},"result":"timed out"}"#,
        "1:48: error: unknown result 'timed out' for an exchange; did you mean 'timed-out'? "
          + "[recording-malformed]"
      ),
      (
        #"{"request":{"method":"GET","url":"u","headers":[["a"]]}}"#,
        "1:49: error: expected a header as [name, value] [recording-malformed]"
      ),
      (
        #"{"request":{"method":"GET","url":"u","headers":"a"}}"#,
        "1:48: error: expected headers as [[name, value], …] [recording-malformed]"
      ),
      (
        #"{"request":{"method":"GET","url":"u","bodyBase64":"*"}}"#,
        "1:51: error: expected Base64 in 'bodyBase64' [recording-malformed]"
      ),
      (
        #"{"drydock":"recording","version":2}"#,
        "1:34: error: expected version 1 to 1 of recordings, found 2 [recording-version]"
      ),
      (
        #"{"drydock":"rec","version":1}"#,
        "1:1: error: expected 'drydock' to be 'recording' [recording-malformed]"
      ),
      (
        #"{"drydock":"recording","version":1,"partners":[{"id":"a"}]}"#,
        "1:48: error: a partner needs 'id' and a known 'kind' [recording-malformed]"
      ),
      (
        #"{"drydock":"recording","version":1,"names":{"a":"b"}}"#,
        "1:49: error: expected a name such as \"shopify.variant:1\": \"SKU-1\" "
          + "[recording-malformed]"
      ),
    ]
  )
  func diagnostic(line: String, expected: String) {
    #expect(read(line + "\n").diagnostics == ["r.jsonl:" + expected])
  }

  @Test("says all that is wrong at once, and keeps the rest")
  func several() {
    let good = #"{"request":{"method":"GET","url":"https://a.example"}}"#
    let (recording, diagnostics) = read(
      "\(good)\n{\"request\":\n\(good)\n{\"request\":{\"method\":\"GET\"}}\nnonsense\n\(good)\n"
    )
    #expect(recording?.exchanges.count == 3)
    #expect(
      diagnostics == [
        "r.jsonl:2:12: error: expected a value, found the end of the text [json-unexpected-end]",
        "r.jsonl:4:12: error: a request needs 'url', or 'host' and 'target' "
          + "[recording-missing-member]",
        "r.jsonl:5:2: error: expected 'null', found 'o' [json-unexpected-character]",
      ]
    )
  }

  @Test("counts what it does not show of very many mistakes")
  func bounded() throws {
    let text = String(repeating: "{\"request\":1}\n", count: 10_000)
    let (recording, diagnostics) = read(text)
    #expect(recording == nil)
    #expect(diagnostics.count < 200)
    let last = try #require(diagnostics.last)
    #expect(last.contains("more lines like these are not shown [diagnostics-omitted]"))
  }

  @Test(
    "refuses what is no recording, and says what to do",
    arguments: [
      ([], "r: error: the file is empty [recording-empty]"),
      (Array(" \n\t".utf8), "r: error: the file is empty [recording-empty]"),
      (
        [0x1F, 0x8B, 8],
        "r: error: the file is compressed with gzip; unpack it first "
          + "[recording-compressed]\n  for example: zcat r | drydock verify -"
      ),
      (
        [0x78, 0x9C, 1],
        "r: error: the file is compressed with zlib; unpack it first "
          + "[recording-compressed]\n  for example: pigz -dc r | drydock verify -"
      ),
      (
        [0x28, 0xB5, 0x2F, 0xFD],
        "r: error: the file is compressed with zstd; unpack it first "
          + "[recording-compressed]\n  for example: zstdcat r | drydock verify -"
      ),
      (
        [0x50, 0x4B, 3, 4],
        "r: error: the file is a zip archive; unpack it first [recording-compressed]\n  for "
          + "example: unzip -p r | drydock verify -"
      ),
      (
        [0xFF, 0xFE, 0x7B, 0],
        "r: error: the file is text in UTF-16; convert it first [recording-compressed]\n  "
          + "for example: iconv -f UTF-16 -t UTF-8 r | drydock verify -"
      ),
      (
        Array("[1]".utf8),
        "r:1:1: error: expected a HAR with 'log', or a recording with one exchange a line "
          + "[recording-unknown-form]"
      ),
      (
        Array("{\n}".utf8),
        "r:1:1: error: expected a HAR with 'log', or a recording with one exchange a line "
          + "[recording-unknown-form]"
      ),
    ] as [([UInt8], String)]
  )
  func refused(bytes: [UInt8], expected: String) {
    let (recording, diagnostics) = RecordingReader.read(bytes, file: "r")
    #expect(recording == nil)
    #expect(diagnostics.map(\.description) == [expected])
  }
}
