import Testing

@Suite("Words")
struct WordTests {
  let check = WordCheck()

  @Test("that are banned appear in their homes only")
  func words() {
    let rules = Set(WordCheck.house.map(\.rule))
    Report.record(House.repository.sources.flatMap(check.breaches), waiving: rules)
  }

  @Test("that switch a safety check off stand under their proof")
  func proofs() {
    Report.record(House.repository.sources.flatMap(check.unproven))
  }

  @Test(
    "that are banned are named with what to use",
    arguments: [
      ("let now = Date()", "'Date(' is banned here; use VirtualInstant, handed in"),
      ("let id = UUID().uuidString", "'UUID()' is banned here; use UUIDText.make of drawn bits"),
      ("let n = Int.random(in: 0..<9)", "'.random(' is banned here; use KeyedDraws"),
      ("Task {\n}", "'Task{' is banned here; use a task group that joins in order"),
      ("print(\"hello\")", "'print(' is banned here; use a returned value"),
      (
        "fatalError(\"never\")",
        "'fatalError(' is banned here; use precondition for our bugs, typed throws for input"
      ),
      ("let x = try! f()", "'try!' is banned here; use try, or #require in a test"),
      (
        "let x = y as! Int", "'as!' is banned here; use as? and a diagnostic, or #require in a test"
      ),
      (
        "key.hashValue",
        "'hashValue' is banned here; use RollingDigest: hashes differ from process to process"
      ),
      ("let odds: Double", "'Double' is banned here; use Money, Ratio or whole nanoseconds"),
      ("\"at \\(Date())\"", "'Date(' is banned here; use VirtualInstant, handed in"),
    ]
  )
  func planted(text: String, expected: String) {
    let source = SwiftSource(path: "Sources/DrydockWorld/Bad.swift", text: "\n" + text)
    #expect(
      check.breaches(in: source).map(\.description)
        == ["Sources/DrydockWorld/Bad.swift:2: error: \(expected)"]
    )
  }

  @Test(
    "that only look alike are let pass",
    arguments: [
      "// print(x), Date()", "/* Task { /* try! */ } */ let a = 1", "let s = \"Date() try! as!\"",
      "let s = #\"UUID() \\(Date())\"#", "let s = \"\"\"\n  print(1)\n  \"\"\"", "CivilDate(2026)",
      "console.print(x)", "func print(_ text: String) {}", "isUUID(text)", "try !flag(a)",
      "UUID(uuidString: text)", "group.addTask { 1 }",
      "let s = \"a \\\" print(1)\"",
    ]
  )
  func clean(text: String) {
    let source = SwiftSource(path: "Sources/DrydockWorld/Good.swift", text: text)
    #expect(check.breaches(in: source) == [])
  }

  @Test("that switch a check off without a proof are named")
  func unproven() {
    let text =
      "final class Pool: @unchecked Sendable {}\n// One owner.\nnonisolated(unsafe) var n = 1"
    let source = SwiftSource(path: "Sources/DrydockCommand/Pool.swift", text: text)
    #expect(
      check.unproven(in: source).map(\.description) == [
        "Sources/DrydockCommand/Pool.swift:1: error: '@unchecked' needs a comment above it that"
          + " proves it"
      ]
    )
  }
}

@Suite("Waivers")
struct WaiverTests {
  private let breach = Breach(file: "Sources/A/B.swift", line: 3, rule: "print(", message: "no")

  @Test("cover as many breaches as they say")
  func covers() {
    let waiver = Waiver(path: "Sources/A/B.swift", rule: "print(", count: 1, reason: "a test")
    #expect(Ratchet.remaining([breach], [waiver]) == [])
    #expect(Ratchet.remaining([breach, breach], [waiver]) == [breach])
  }

  @Test("that allow more than there is are named")
  func falls() {
    let waiver = Waiver(path: "Sources/A/B.swift", rule: "print(", count: 2, reason: "a test")
    #expect(
      Ratchet.remaining([breach], [waiver]).map(\.description) == [
        "Sources/A/B.swift: error: the waiver of 'print(' allows 2 and 1 are left;"
          + " lower it in Waivers.swift"
      ]
    )
  }

  @Test("of a home cover any number, but not none")
  func homes() {
    let home = Waiver(path: "Sources/A/", rule: "print(", reason: "a test")
    #expect(Ratchet.remaining([breach, breach], [home]) == [])
    #expect(Ratchet.remaining([], [home]).count == 1)
  }

  @Test("of another rule cover nothing")
  func otherRule() {
    let waiver = Waiver(path: "Sources/A/", rule: "try!", count: 0, reason: "a test")
    #expect(Ratchet.remaining([breach], [waiver]) == [breach])
  }

  @Test("give a reason")
  func reasons() {
    for waiver in Waivers.homes + Waivers.ratchet {
      #expect(!waiver.reason.isEmpty, "\(waiver.path): \(waiver.rule)")
    }
  }
}
