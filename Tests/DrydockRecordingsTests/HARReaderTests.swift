import DrydockExchange
import DrydockKernel
import DrydockRecordings
import Testing

@Suite("Reading HTTP archives")
struct HARReaderTests {
  private func read(
    _ entries: String...,
    log members: String = #""version":"1.2","creator":{"name":"proxy"},"#
  ) -> (recording: Recording?, diagnostics: [String]) {
    let text = #"{"log":{\#(members)"entries":[\#(entries.joined(separator: ","))]}}"#
    let (recording, diagnostics) = RecordingReader.read(Array(text.utf8), file: "a.har")
    return (recording, diagnostics.map(\.description))
  }

  private func entry(
    request: String = "",
    response: String = #""status":200"#,
    more: String = ""
  ) -> String {
    #"{"request":{"method":"post","url":"https://A.example/b?c=d"\#(request)},"#
      + #""response":{\#(response)}\#(more)}"#
  }

  @Test("takes the least that an archive may have")
  func minimal() throws {
    let (recording, diagnostics) = read(entry(response: #""status":204"#), log: "")
    #expect(diagnostics.isEmpty)
    #expect(recording?.title == "HAR of an unnamed tool")
    let exchange = try #require(recording?.exchanges.first)
    #expect(exchange.request == Request("POST", host: "a.example", target: "/b?c=d"))
    #expect(exchange.response == Response(204))
    #expect(exchange.sentAt == nil && exchange.answeredAt == nil && exchange.result == nil)
  }

  @Test(
    "takes a status of 0, of -2 and none at all for no answer",
    arguments: [#""status":0"#, #""status":-2"#, "", #""status":0,"content":{"text":"lost"}"#]
  )
  func noAnswer(response: String) throws {
    let (recording, diagnostics) = read(entry(response: response))
    #expect(diagnostics.isEmpty)
    let exchange = try #require(recording?.exchanges.first)
    #expect(exchange.response == nil)
    #expect(exchange.result == .timedOut)
  }

  @Test(
    "takes posted data as text, as parameters and without either",
    arguments: [
      (#""mimeType":"application/json","text":"{}""#, "{}"),
      (#""mimeType":"a/b","params":[{"name":"a b","value":"1&2"},{"name":"c"}]"#, "a%20b=1%262&c="),
      (#""mimeType":"a/b","params":[{"name":"a","value":"1"}],"text":"a=1""#, "a=1"),
      (#""mimeType":"application/json""#, ""),
      (#""mimeType":"a/b","encoding":"base64","text":"aGk=""#, "hi"),
    ]
  )
  func posted(data: String, body: String) throws {
    let (recording, diagnostics) = read(entry(request: #","postData":{\#(data)}"#))
    #expect(diagnostics.isEmpty)
    let request = try #require(recording?.exchanges.first?.request)
    #expect(String(decoding: request.body, as: UTF8.self) == body)
  }

  @Test("decodes content in Base64, and keeps it with a warning where it is none")
  func base64() throws {
    let good = entry(response: #""status":200,"content":{"encoding":"base64","text":"/wA="}"#)
    let bad = entry(response: #""status":200,"content":{"encoding":"base64","text":"*"}"#)
    let (recording, diagnostics) = read(good, bad)
    let bodies = try #require(recording).exchanges.map { $0.response?.body }
    #expect(bodies == [[0xFF, 0], [0x2A]])
    #expect(diagnostics.count == 1)
    #expect(
      diagnostics.first?.hasSuffix(
        "warning: the text says it is Base64 and is not; it is kept as it is [har-base64]"
      ) == true
    )
  }

  @Test("needs no pages, and leaves what it does not know alone")
  func extensions() throws {
    let socket = entry(
      response: #""status":101,"content":{"size":0}"#,
      more: #","_webSocketMessages":[{"type":"send","data":"hi"}],"_resourceType":"websocket""#
    )
    let (recording, diagnostics) = read(socket, log: #""version":"1.2","_page_count":0,"#)
    #expect(diagnostics.isEmpty)
    let exchange = try #require(recording?.exchanges.first)
    #expect(exchange.response == Response(101))
    #expect(exchange.request.body.isEmpty)
  }

  @Test(
    "takes instants with any offset, and says what it makes of others",
    arguments: [
      (#""2026-03-02T09:00:00.5Z""#, "2026-03-02T09:00:00.500Z", nil),
      (#""2026-03-02T10:00:00+01:00""#, "2026-03-02T09:00:00.000Z", nil),
      (#""2026-03-02T04:00:00-0500""#, "2026-03-02T09:00:00.000Z", nil),
      (
        #""2026-03-02T09:00:00""#, "2026-03-02T09:00:00.000Z",
        "'2026-03-02T09:00:00' has no offset and is taken as UTC [har-time]"
      ),
      (#""yesterday""#, nil, "'yesterday' is no instant; the entry keeps its place [har-time]"),
      ("null", nil, nil),
    ] as [(String, String?, String?)]
  )
  func instants(text: String, instant: String?, warning: String?) throws {
    let (recording, diagnostics) = read(entry(more: #","startedDateTime":\#(text)"#))
    let exchange = try #require(recording?.exchanges.first)
    #expect(exchange.sentAt?.description(.milliseconds) == instant)
    #expect(diagnostics.count == (warning == nil ? 0 : 1))
    if let warning {
      #expect(diagnostics.first?.hasSuffix("warning: \(warning)") == true)
    }
  }

  @Test("dates the answer by the time that the entry took")
  func took() throws {
    let start = #","startedDateTime":"2026-03-02T09:00:00Z","time":"#
    let (recording, _) = read(
      entry(more: start + "250.5"),
      entry(more: start + "0"),
      entry(more: start + "-1"),
      entry(more: start + "1e300")
    )
    let answered = try #require(recording).exchanges.map {
      $0.answeredAt?.description(.milliseconds)
    }
    #expect(answered == ["2026-03-02T09:00:00.250Z", nil, nil, nil])
  }

  @Test("leaves out entries that say too little, with their position, and keeps the others")
  func broken() throws {
    let (recording, diagnostics) = read(
      "{}",
      entry(),
      #"{"request":{"method":"GET"}}"#,
      "7"
    )
    #expect(recording?.exchanges.map(\.record) == [2])
    #expect(
      diagnostics == [
        "a.har:1:63: error: entry 1 needs 'request' as an object [har-malformed]",
        "a.har:1:165: error: the request of entry 3 needs 'method' and 'url' [har-malformed]",
        "a.har:1:183: error: entry 4 needs 'request' as an object [har-malformed]",
      ]
    )
  }

  @Test("reads later versions as far as they look the same, with a warning")
  func version() {
    #expect(read(entry(), log: #""version":1.2,"#).diagnostics.isEmpty)
    #expect(read(entry(), log: #""version":"","#).diagnostics.isEmpty)
    let (recording, diagnostics) = read(entry(), log: #""version":"2.0","#)
    #expect(recording?.exchanges.count == 1)
    #expect(diagnostics == ["a.har:1:19: warning: version '2.0' is read as '1.2' [har-version]"])
  }

  @Test("an archive without entries is one; without a list of them it is none")
  func empty() {
    #expect(read().recording?.exchanges.isEmpty == true)
    let text = #"{"log":{"version":"1.2","entries":{}}}"#
    let (recording, diagnostics) = RecordingReader.read(Array(text.utf8), file: "a.har")
    #expect(recording == nil)
    #expect(
      diagnostics.map(\.description)
        == ["a.har:1:8: error: 'log' needs 'entries' as an array [har-malformed]"]
    )
  }

  @Test(
    "of several archives in one file it names them",
    arguments: [
      (
        #"{ "a": {"log":{}}, "b": 1 }"#,
        """
        a.har:1:1: error: expected one HAR, found 1 named archive [recording-unknown-form]
          take what is in 'a'
        """
      ),
      (
        #"{ "a": {"log":{}}, "b": {"log":{}} }"#,
        """
        a.har:1:1: error: expected one HAR, found 2 named archives [recording-unknown-form]
          take one of them: 'a', 'b'
        """
      ),
    ]
  )
  func named(text: String, message: String) {
    // Over several lines, as tools write them; on one line it would be a line of a recording.
    let lines = text.replacing("{ ", with: "{\n ")
    let (recording, diagnostics) = RecordingReader.read(Array(lines.utf8), file: "a.har")
    #expect(recording == nil)
    #expect(diagnostics.map(\.description) == [message])
  }
}
