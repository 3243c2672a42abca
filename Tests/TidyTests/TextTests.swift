import Testing

@Suite("Texts")
struct TextTests {
  @Test("name no place of one machine and leave nothing for later")
  func texts() {
    Report.record(
      House.repository.files.flatMap { TextCheck.breaches(path: $0.path, bytes: $0.bytes) },
      waiving: ["machine path", "mark"]
    )
  }

  @Test("that name a place of one machine are named")
  func machinePaths() {
    let path = "/" + "tmp/out.json"
    let text = "first\nread(\"\(path)\")\n"
    #expect(
      TextCheck.breaches(path: "README.md", bytes: Array(text.utf8)).map(\.description) == [
        "README.md:2: error: the machine path '/tmp" + "/' is banned here;"
          + " use a path in the package"
      ]
    )
  }

  @Test(
    "that leave something for later are named",
    arguments: ["// \(TextCheck.marks[0]): mend", "# \(TextCheck.marks[1])", TextCheck.marks[2]]
  )
  func marks(text: String) {
    #expect(TextCheck.breaches(path: "README.md", bytes: Array(text.utf8)).count == 1)
    #expect(TextCheck.breaches(path: "Scenarios/a/b.json", bytes: Array(text.utf8)) == [])
  }

  @Test(
    "that only look alike are let pass",
    arguments: [
      "https://host/home/page", "a/tmp/b", "/rooted/x", "/tmp", "workToDo", "{base}/work/x",
    ]
  )
  func clean(text: String) {
    #expect(TextCheck.breaches(path: "README.md", bytes: Array(text.utf8)) == [])
  }
}
