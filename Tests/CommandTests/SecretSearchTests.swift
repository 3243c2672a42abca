import Foundation
import Testing

/// What runs carry over the wire and no file may show.
@Suite("Secrets in written files", .timeLimit(.minutes(10)))
struct SecretSearchTests {
  /// The credentials and signing secrets that the fakes start with.
  private static let secrets = [
    "shpat_acme-dist-access-token", "shpss_acme-dist-client-secret", "erp-client-assertion",
    "sb_pat_2f6c1d0e9a7b4c35", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    "EZAK5f0c2a7bd81e4963drydock", "easypost-webhook-secret", "loop-api-key",
    "loop-webhook-secret",
  ]
  /// What the fakes' customer is known by.
  private static let people = ["Alex", "Morgan", "alex.morgan", "Harbor Road"]

  @Test("are in no recording and no report, and neither is a person")
  func search() throws {
    let recordings = try TemporaryFolder()
    let reports = try TemporaryFolder()
    let outcome = try Executable.run([
      "run", "Scenarios/returns/restocked.json", "Scenarios/erp/token-expires.json",
      "--defect", "no-duplicate-suppression",
      "--record", recordings.path, "--report", reports.path,
    ])
    #expect(recordings.files.count == 2)
    #expect(reports.files == ["index.html", "junit.xml", "report.jsonl"])
    // The runs did carry them: without redaction they would be found.
    var credentials = 0
    for file in recordings.files {
      let text = String(decoding: try recordings.read(file), as: UTF8.self)
      credentials += text.split(separator: "<redacted>").count - 1
      for word in Self.secrets + Self.people {
        #expect(!text.contains(word), "'\(word)' in \(file)")
      }
      #expect(text.contains("@example.com"), "pseudonyms in \(file)")
      #expect(!text.contains(#"\"access_token\":\"ey"#), "\(file)")
    }
    #expect(credentials > 100)
    let written = try reports.files.map { String(decoding: try reports.read($0), as: UTF8.self) }
    for text in written + [outcome.output, outcome.errors] {
      for word in Self.secrets + Self.people { #expect(!text.contains(word), "'\(word)'") }
    }
  }

  /// Writes a recording in which a person is named wherever a message can name one.
  private static func plant(_ person: String, _ mail: String) throws -> String {
    let file = "Contracts/shopify/orders-create/1.0/examples/valid/paid-order.json"
    let data = try Data(contentsOf: Executable.root.appendingPathComponent(file))
    var order = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    order["email"] = mail
    order["currency"] = mail
    order["tags"] = "ask \(person) or \(mail)"
    order["customer"] = ["id": 7, "first_name": person, "email": mail]
    let list = try JSONSerialization.data(withJSONObject: ["orders": [order]])
    let body = String(decoding: try JSONSerialization.data(withJSONObject: order), as: UTF8.self)
    let lines: [[String: Any]] = [
      [
        "request": [
          "method": "POST", "host": "integration.example", "body": body,
          "target": "/webhooks/store?email=\(mail)&name=\(person)",
          "headers": [
            ["X-Shopify-Topic", "orders/create"], ["X-Customer", "\(person) <\(mail)>"],
          ],
        ], "response": ["status": 200, "headers": [["X-Echo", mail]]],
      ],
      [
        "request": [
          "method": "GET", "host": "acme-dist.myshopify.com",
          "target": "/admin/api/2026-04/orders.json?status=any&email=\(mail)",
        ], "response": ["status": 200, "body": String(decoding: list, as: UTF8.self)],
      ],
      [
        "request": [
          "method": "POST", "host": "acme-dist.myshopify.com", "body": "{\"note\":\"\(person)\"}",
          "target": "/admin/api/2026-04/customers/\(mail).json",
        ], "response": ["status": 404, "body": "no \(mail)"],
      ],
    ]
    return try lines.map { line in
      let data = try JSONSerialization.data(withJSONObject: line, options: .withoutEscapingSlashes)
      return String(decoding: data, as: UTF8.self) + "\n"
    }.joined()
  }

  @Test("do not name a person that a recording names, nor does what is printed")
  func planted() throws {
    let (person, mail) = ("Quondamia", "quondamia.z@planted.example")
    let recordings = try TemporaryFolder()
    let reports = try TemporaryFolder()
    let text = try Self.plant(person, mail)
    #expect(text.components(separatedBy: mail).count > 12)
    let path = try recordings.write("night.jsonl", text)
    var shown: [String] = []
    for format in ["text", "json", "junit"] {
      let outcome = try Executable.run(["verify", path, "--all", "--format", format])
      #expect(outcome.status == 1)
      #expect(outcome.output.contains("at '/currency'") || format == "junit")
      shown += [outcome.output, outcome.errors]
    }
    _ = try Executable.run(["verify", path, "--report", reports.path])
    #expect(reports.files == ["index.html", "junit.xml", "report.jsonl"])
    shown += try reports.files.map { String(decoding: try reports.read($0), as: UTF8.self) }
    for text in shown {
      for word in ["Quondamia", "quondamia", "planted.example"] {
        #expect(!text.contains(word), "'\(word)'")
      }
    }
    // The report does show the messages, with others' names in them.
    #expect(shown[6].contains("@example.com"))
  }
}
