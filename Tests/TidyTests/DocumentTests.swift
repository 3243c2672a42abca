import Testing

@Suite("Documents")
struct DocumentTests {
  let check = DocumentCheck(House.repository)

  /// The documents of the package.
  static let documents = House.repository.files.filter {
    $0.path.hasSuffix(".md") && !$0.path.contains("/Golden/")
  }

  @Test("name paths, commands and options that are there")
  func names() {
    #expect(check.commands.count > 2, "no subcommands were found in the sources")
    Report.record(
      Self.documents.flatMap {
        check.breaches(path: $0.path, text: String(decoding: $0.bytes, as: UTF8.self))
      },
      waiving: ["document"]
    )
  }

  @Test("close the parts that are made from code")
  func marks() {
    Report.record(
      Self.documents.flatMap {
        DocumentCheck.openMarks(path: $0.path, text: String(decoding: $0.bytes, as: UTF8.self))
      }
    )
  }

  @Test(
    "that name what is not there are named",
    arguments: [
      ("see `Sources/Nowhere.swift`", "there is no 'Sources/Nowhere.swift'; name what is there"),
      ("`drydock fly`", "there is no command 'drydock fly'; name one that is there"),
      ("`drydock run --fast`", "'drydock run' has no option '--fast'; name one that it has"),
      ("[gone](GONE.md)", "there is no 'GONE.md' to link to; name what is there"),
      ("    swift run drydock fly", "there is no command 'drydock fly'; name one that is there"),
    ]
  )
  func planted(text: String, expected: String) {
    let breaches = check.breaches(path: "README.md", text: "# Title\n\(text)\n")
    #expect(breaches.map(\.description) == ["README.md:2: error: \(expected)"])
  }

  @Test(
    "that name what is there are let pass",
    arguments: [
      "`Sources/DrydockKernel`, `Contracts/<platform>/x`, `Package.swift`", "`drydock --version`",
      "`drydock run --seeds 1..50`", "drydock fly", "[home](README.md#top), [web](https://a.b/c)",
    ]
  )
  func clean(text: String) {
    #expect(check.breaches(path: "README.md", text: text) == [])
  }

  @Test("whose parts are not closed are named")
  func openMarks() {
    let text =
      "<!-- rules:begin -->\n<!-- faults:begin -->\n<!-- faults:end -->\n<!-- rules:end -->"
    #expect(
      DocumentCheck.openMarks(path: "README.md", text: text).map(\.description) == [
        "README.md:1: error: the part 'rules' is not closed; close it",
        "README.md:4: error: no part 'rules' is open; open it",
      ]
    )
  }
}
