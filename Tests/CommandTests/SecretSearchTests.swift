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
}
