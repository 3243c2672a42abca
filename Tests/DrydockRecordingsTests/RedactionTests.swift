import DrydockContracts
import DrydockExchange
import DrydockJSON
import DrydockKernel
import DrydockRecordings
import DrydockVerification
import Testing

@Suite("Redaction", .timeLimit(.minutes(10)))
struct RedactionTests {
  private static let redactor = Redactor {
    RecordingFiles.catalog.confidential(of: $0, answered: $1)
  }

  private func written(
    _ request: Request,
    _ response: Response? = nil,
    redactor: Redactor = Self.redactor
  ) -> String {
    let exchange = RecordedExchange(record: 1, request: request, response: response)
    return String(
      decoding: RecordingWriter.bytes(
        of: Recording(title: "r", exchanges: [exchange]),
        redactor: redactor
      ),
      as: UTF8.self
    )
  }

  @Test("leaves nothing of what contracts call confidential, in any example of any of them")
  func planted() throws {
    var (messages, words, shownByName) = (0, 0, 0)
    for contract in RecordingFiles.catalog.contracts where contract.format == .json {
      let messageMaker = ContractMessages(contract: contract)
      for example in messageMaker.examples {
        var planting = Planting("Quondam Zephyr")
        let body = try planting.planted(contract.secret + contract.personal, in: example)
        let secret = "skeletonkey\(messages)"
        let (request, response) = messageMaker.exchange(body, secret: secret)
        let text = written(request, response)
        for word in planting.words where text.contains(word) {
          Issue.record("\(contract.id): '\(word)' was written")
        }
        #expect(!text.contains(secret), "\(contract.id)")
        let byName = written(request, response, redactor: .byName)
        shownByName += planting.words.count { byName.contains($0) }
        messages += 1
        words += planting.words.count
      }
    }
    // The search would find something: names alone do not give people away.
    #expect(messages > 150)
    #expect(words > 300)
    #expect(shownByName > 250)
  }

  @Test("removes copies of a credential from the whole exchange")
  func copies() throws {
    let token = "shpat_0123456789abcdef"
    let credential = Base64.encode(Array("account77:\(token)".utf8))
    let request = Request(
      "GET",
      host: "acme-dist.myshopify.com",
      target: "/admin/api/2026-04/orders.json?since=\(token)&access_token=\(token)&limit=5",
      headers: [
        "Authorization": "Basic \(credential)", "X-Trace": "t=\(token)", "Accept": "text/plain",
        "Cookie": "a=b", "X-Session-Key": "k",
      ]
    )
    let response = Response(
      200,
      headers: ["Set-Cookie": "c", "Link": "</next?t=\(token)>"],
      body: Array(#"{"orders":[],"echo":"\#(token) of account77","Access-Token":"short"}"#.utf8)
    )
    let text = written(request, response)
    for word in [token, credential, "account77", "short", "a=b", #""k""#] {
      #expect(!text.contains(word), "\(word)")
    }
    #expect(text.contains("limit=5"))
    #expect(text.contains("text/plain"))
    #expect(text.contains("access_token=%3Credacted%3E"))
  }

  @Test("writes no payload of a message that no contract knows")
  func unknown() {
    let request = Request(
      "POST",
      host: "acme-dist.myshopify.com",
      target: "/admin/api/2026-04/customers.json",
      body: Array(#"{"customer":{"name":"Alex Morgan"}}"#.utf8)
    )
    let text = written(request, Response(201, body: Array("Alex Morgan".utf8)))
    #expect(!text.contains("Alex"))
    #expect(text.contains(#""body":"<redacted>""#))
    #expect(written(request, redactor: .byName).contains("Alex"))
  }

  @Test("writes no payload that should have secrets in it and cannot be read")
  func unreadable() {
    let request = Request(
      "POST",
      host: "1234567.suitetalk.api.netsuite.com",
      target: "/services/rest/auth/oauth2/v1/token",
      body: Array(#"{"client_assertion": "eyJhbGciOi"#.utf8)
    )
    #expect(!written(request).contains("eyJhbGciOi"))
  }

  @Test("hides credentials in forms, and keeps the rest of the form")
  func form() {
    let request = Request(
      "POST",
      host: "1234567.suitetalk.api.netsuite.com",
      target: "/services/rest/auth/oauth2/v1/token",
      headers: ["Content-Type": "application/x-www-form-urlencoded"],
      body: Array("grant_type=client_credentials&client_assertion=eyJhbGciOi%3D".utf8)
    )
    let text = written(request, Response(200, body: Array(#"{"access_token":"tok-998877"}"#.utf8)))
    #expect(text.contains("grant_type=client_credentials&client_assertion=%3Credacted%3E"))
    #expect(!text.contains("eyJhbGciOi"))
    #expect(!text.contains("tok-998877"))
  }

  @Test("changes nothing but the values, byte for byte")
  func inPlace() throws {
    let body =
      #"{ "order" : {"email":"alex.morgan@shop.com", "total":1.50,"token":"secret-token" } }"#
    let confidential = Confidential(secret: [], personal: ["/order/email"])
    let redactor = Redactor { _, _ in (confidential, nil) }
    let (request, _) = redactor.redacted(
      Request("POST", host: "a.example", target: "/", body: Array(body.utf8)),
      nil
    )
    let email = Pseudonyms(key: "drydock").pseudonym(of: "alex.morgan@shop.com")
    #expect(
      String(decoding: request.body, as: UTF8.self)
        == #"{ "order" : {"email":"\#(email)", "total":1.50,"token":"<redacted>" } }"#
    )
  }

  /// An exchange in which a person is named where no contract expects it.
  private func exchange(about person: String, _ mail: String) -> (Request, Response) {
    let name = PercentEncoding.encode(person)
    let request = Request(
      "POST",
      host: "a.example",
      target: "/people/\(PercentEncoding.encode(mail))/\(name)?email=x%40y.example&q=a+\(mail)",
      headers: ["X-Customer": "\(person) <\(mail)>", "X-Support": "help@acme.example"],
      body: Array(
        """
        {"customer":{"name":"\(person)","email":"\(mail)","city":"open","phone":"+1 555 0100200"},
         "memo":"\(person), \(mail); call +1 555 0100200 or 1 555 0100200.","status":"open",
         "total":1550100200}
        """.utf8
      )
    )
    let response = Response(
      200,
      headers: ["X-Echo": mail],
      body: Array(#"{"echo":"hello \#(person)!","names":["\#(person)"]}"#.utf8)
    )
    return (request, response)
  }

  @Test("removes copies of what a payload says about people from the whole exchange")
  func copiesOfPeople() throws {
    let person = "Zoë O'Quondam-Fry"
    let mail = "zoe.quondam@shop.example"
    let confidential = Confidential(personal: ["/customer/*"])
    let redactor = Redactor { _, _ in (confidential, Confidential()) }
    let (request, response) = exchange(about: person, mail)
    let text = written(request, response, redactor: redactor)
    for word in [
      "Quondam", "quondam", "Zoë", "zoe", "0100200\"", "555 0100200", "shop.example",
      "y.example", "help@", "acme.example",
    ] {
      #expect(!text.contains(word), "\(word)")
    }
    // What only looks alike stays, and so do words of a platform.
    #expect(text.contains("1550100200"))
    #expect(text.contains(#"\"status\":\"open\""#))
    let pseudonyms = Pseudonyms(key: "drydock")
    #expect(text.contains("hello \(pseudonyms.pseudonym(of: person))!"))
    #expect(text.contains(#""X-Echo","\#(pseudonyms.pseudonym(of: mail))""#))
    // Without the contract's word for it nothing of it is found.
    #expect(written(request, response, redactor: .byName).contains("Quondam"))
  }

  @Test("hides headers and items of queries that a contract names")
  func headersAndQueries() {
    let confidential = Confidential(
      secret: ["query:key"],
      personal: ["header:X-Name", "query:who", "/buyer/phone"]
    )
    let redactor = Redactor { _, _ in (confidential, nil) }
    let (request, _) = redactor.redacted(
      Request(
        "GET",
        host: "a.example",
        target: "/orders?key=abcdefghij&who=Quondam+Zephyr&phone=5550100&limit=5",
        headers: ["X-Name": "Quondam Zephyr", "X-Copy": "abcdefghij Zephyr, Quondam Zephyr"]
      ),
      nil
    )
    let person = Pseudonyms(key: "drydock").pseudonym(of: "Quondam Zephyr")
    let phone = Pseudonyms(key: "drydock").pseudonym(of: "5550100")
    #expect(
      request.target == "/orders?key=%3Credacted%3E&who=\(PercentEncoding.encode(person))"
        + "&phone=\(phone)&limit=5"
    )
    #expect(request.headers["X-Name"] == person)
    #expect(request.headers["X-Copy"] == "<redacted> Zephyr, \(person)")
  }

  @Test("findings do not show what contracts call confidential")
  func findings() throws {
    let contract = try #require(
      RecordingFiles.catalog.contracts.first { $0.id == "loop/return-created/1.0" }
    )
    let example = try #require(ContractMessages(contract: contract).examples.first)
    let body = String(decoding: example, as: UTF8.self)
    let customer = try #require(try JSONDocument.parse(example).root["customer"])
    let broken = body.replacing(
      String(decoding: customer.bytes, as: UTF8.self),
      with: "700123",
      maxReplacements: 1
    )
    var (request, _) = ContractMessages(contract: contract).exchange([], secret: "")
    request.body = Array(broken.utf8)
    let exchange = RecordedExchange(record: 1, request: request, response: nil)
    let assembly = TraceAssembler(catalog: RecordingFiles.catalog).assemble([
      Recording(title: "", exchanges: [exchange])
    ])
    let verdict = Verifier(catalog: RecordingFiles.catalog).judge(assembly.trace)
    let finding = try #require(verdict.findings.first { $0.place?.pointer == "/customer" })
    #expect(finding.found == "<redacted>")
  }
}

@Suite("Pseudonyms")
struct PseudonymTests {
  private let names = Pseudonyms(key: "one")

  @Test("are the same for the same word, and others under another key")
  func stable() {
    let others = Pseudonyms(key: "two")
    for text in ["Alex Morgan", "alex.morgan@shop.com", "12 Harbor Road", "+1 207 555 0100"] {
      #expect(names.pseudonym(of: text) == Pseudonyms(key: "one").pseudonym(of: text))
      #expect(names.pseudonym(of: text) != others.pseudonym(of: text), "\(text)")
      #expect(names.pseudonym(of: text) != text)
    }
  }

  @Test("join what belongs together: words in any case, in any text")
  func joins() {
    let name = names.pseudonym(of: "Alex Morgan")
    #expect(names.pseudonym(of: "ALEX MORGAN") == name.uppercased())
    #expect(
      names.pseudonym(of: "alex.morgan@shop.com")
        == name.lowercased().replacing(" ", with: ".") + "@example.com"
    )
  }

  @Test("look like what they stand for")
  func shape() {
    let street = names.pseudonym(of: "12 Harbor Road, 04101")
    #expect(street.count == "12 Harbor Road, 04101".count)
    #expect(street.wholeMatch(of: /\d\d [A-Z][a-z]{5} [A-Z][a-z]{3}, \d{5}/) != nil, "\(street)")
    #expect(names.pseudonym(of: "US") == "US")
    #expect(names.pseudonym(of: "NY") == "NY")
    #expect(names.pseudonym(of: "") == "")
    #expect(names.pseudonym(of: "https://a.example/alex") == "https://redacted.example/")
    #expect(names.pseudonym(of: "漢字漢字") != "漢字漢字")
  }

  @Test("are stable within a file and differ between keys")
  func file() {
    let confidential = Confidential(secret: [], personal: ["/name"])
    func bodies(_ key: String) -> [String] {
      let redactor = Redactor(pseudonyms: Pseudonyms(key: key)) { _, _ in
        (confidential, confidential)
      }
      let exchanges = (1...2).map { record in
        RecordedExchange(
          record: record,
          request: Request(
            "POST",
            host: "a.example",
            target: "/",
            body: Array(#"{"name":"Alex Morgan"}"#.utf8)
          ),
          response: Response(200, body: Array(#"{"name":"Alex Morgan"}"#.utf8))
        )
      }
      let recording = Recording(title: "", exchanges: exchanges)
      let bytes = RecordingWriter.bytes(of: recording, redactor: redactor)
      let again = RecordingReader.read(bytes, file: "r").recording
      return again?.exchanges.flatMap { [$0.request.body, $0.response?.body ?? []] }
        .map { String(decoding: $0, as: UTF8.self) } ?? []
    }
    #expect(bodies("one").count == 4)
    #expect(Set(bodies("one")).count == 1)
    #expect(Set(bodies("one") + bodies("two")).count == 2)
  }
}
