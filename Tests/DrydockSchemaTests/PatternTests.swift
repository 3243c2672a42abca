import DrydockJSON
import DrydockKernel
import Testing

@testable import DrydockSchema

@Suite("Pattern", .timeLimit(.minutes(10)))
struct PatternTests {
  /// A pattern with texts that it matches and texts that it does not.
  struct Sample: Sendable, CustomTestStringConvertible {
    var pattern: String
    var matches: [String]
    var others: [String]

    var testDescription: String { pattern }
  }

  static let samples = [
    Sample(pattern: "", matches: ["", "a"], others: []),
    Sample(pattern: "b", matches: ["b", "abc"], others: ["", "ac"]),
    Sample(pattern: "^b", matches: ["b", "bc"], others: ["ab"]),
    Sample(pattern: "b$", matches: ["b", "ab"], others: ["bc", "b\n"]),
    Sample(pattern: "^$", matches: [""], others: ["a"]),
    Sample(pattern: "$^", matches: [""], others: ["a", "\n"]),
    Sample(pattern: "^a|b$", matches: ["ax", "xb"], others: ["xa", "bx"]),
    Sample(pattern: "^(a|bc)*d$", matches: ["d", "abcd", "bcbcd"], others: ["bd", "abc"]),
    Sample(pattern: "^a{2,3}$", matches: ["aa", "aaa"], others: ["a", "aaaa"]),
    Sample(pattern: "^a{2}$", matches: ["aa"], others: ["a", "aaa"]),
    Sample(pattern: "^a{2,}$", matches: ["aa", "aaaaa"], others: ["a"]),
    Sample(pattern: "^a{,2}$", matches: ["a{,2}"], others: ["aa"]),
    Sample(pattern: "^a+?b??$", matches: ["a", "aab"], others: ["b"]),
    Sample(pattern: "^.$", matches: ["a", "é", "😀"], others: ["\n", "\u{2028}", "ab"]),
    Sample(pattern: "^[^a-c]$", matches: ["d", "é", "\n"], others: ["a", "b", "c"]),
    Sample(pattern: "^[a\\-z]$", matches: ["a", "-", "z"], others: ["b"]),
    Sample(pattern: "^[\\w-.]+$", matches: ["a-b.c_1"], others: ["a b"]),
    Sample(pattern: "^[]$", matches: [], others: ["", "]"]),
    Sample(pattern: "^[^]$", matches: ["a", "\n"], others: [""]),
    Sample(pattern: "^\\d\\D\\s\\S\\w\\W$", matches: ["1a b_-"], others: ["aa b_-", "١a b_-"]),
    Sample(pattern: "^\\s$", matches: ["\u{A0}", "\u{FEFF}", "\u{3000}"], others: ["\u{200B}"]),
    Sample(pattern: "^\\p{Lu}\\p{L}+\\P{N}$", matches: ["Éab-"], others: ["éab-", "Éab1"]),
    Sample(pattern: "^\\p{gc=Nd}+$", matches: ["12٣"], others: ["Ⅷ"]),
    Sample(pattern: "^\\u0041\\x42\\u{1F600}\\cJ\\0$", matches: ["AB😀\n\0"], others: ["AB"]),
    Sample(pattern: "^\\ud83d\\ude00$", matches: ["😀"], others: ["a"]),
    Sample(pattern: "\\bcat\\b", matches: ["a cat", "cat!"], others: ["concat", "cats"]),
    Sample(pattern: "\\Bcat", matches: ["concat"], others: ["cat", "a cat"]),
    Sample(pattern: "^(?=.*\\d)(?=.*[a-z]).{4,}$", matches: ["abc1"], others: ["abcd", "a1"]),
    Sample(pattern: "^(?!.*\\.\\.)[a-z.]+$", matches: ["a.b"], others: ["a..b"]),
    Sample(pattern: "(?<=€)\\d", matches: ["€5"], others: ["$5"]),
    Sample(pattern: "(?<!€)\\d", matches: ["$5"], others: ["€5"]),
    Sample(pattern: "^(?<year>[0-9]{4})$", matches: ["2026"], others: ["226"]),
    Sample(pattern: "^(?:(?=ab)a|(?!a)c)+", matches: ["ab", "c"], others: ["ac"]),
    Sample(pattern: "^(a?){30}a{30}$", matches: [String(repeating: "a", count: 30)], others: ["b"]),
  ]

  @Test("matches what ECMA-262 says", arguments: samples)
  func matches(sample: Sample) throws {
    let pattern = try Pattern(sample.pattern)
    for text in sample.matches { #expect(pattern.matches(text), "should match '\(text)'") }
    for text in sample.others { #expect(!pattern.matches(text), "should not match '\(text)'") }
    for text in sample.matches + sample.others {
      let bytes = Array(text.utf8)
      #expect(pattern.matches(text) == pattern.simulate(bytes, in: 0..<bytes.count), "'\(text)'")
    }
  }

  @Test(
    "refuses what is malformed",
    arguments: [
      "a(", "a)", "[a", "a**", "+a", "\\", "\\Z", "\\a", "[b-a]", "a{3,2}", "\\u{110000}", "\\xZ",
      "(?<n", "(?i)a", "(?ii:a)", "\\p{Nope}", "\\pL", "\\c1", "(?<=a)*", "{2}", "\\01",
    ]
  )
  func refuses(pattern: String) {
    #expect(throws: PatternProblem.self) { try Pattern(pattern) }
    #expect(!Pattern.isWellFormed(pattern))
  }

  @Test(
    "refuses what takes more than linear time, though it is well formed",
    arguments: ["(a)\\1", "(?<n>a)\\k<n>", "(?i:a)"]
  )
  func unsupported(pattern: String) {
    #expect(throws: PatternProblem.self) { try Pattern(pattern) }
    #expect(Pattern.isWellFormed(pattern))
  }

  @Test("refuses automata and nesting beyond its limits")
  func limits() {
    #expect(throws: PatternProblem.self) { try Pattern("((a{1,99}){1,99}){1,99}") }
    #expect(throws: PatternProblem.self) { try Pattern("(){1000000000}(^){1000000000}") }
    let deep = String(repeating: "(", count: 5_000) + String(repeating: ")", count: 5_000)
    #expect(throws: PatternProblem.self) { try Pattern(deep) }
  }

  @Test("patterns of one schema share what their tables may cost; beyond it they are simulated")
  func budget() throws {
    // A table of this pattern doubles with every place that the second 'a' may stand at.
    let source = "a.{8}a"
    var budget = 200_000
    var withTable = 0
    for _ in 0..<60 {
      let pattern = try Pattern(source, budget: &budget)
      withTable += pattern.parts.isEmpty ? 0 : 1
      #expect(pattern.matches("xa" + String(repeating: "b", count: 8) + "ax"))
    }
    #expect(budget >= 0)
    #expect((1..<60).contains(withTable), "\(withTable)")
    var none = 0
    #expect(try Pattern("^a+$", budget: &none).matches("aaa"))
  }

  @Test(
    "takes linear time where backtracking explodes",
    arguments: ["^(a+)+$", "^(a|a)*$", "^(a|aa)+$", "(.*a){12}", "^(?=(a+)+b)", "\\b(a*)*c"]
  )
  func linear(source: String) throws {
    let pattern = try Pattern(source)
    let text = String(repeating: "a", count: 20_000) + "!"
    _ = pattern.matches(text)
  }

  @Test("gives the same answers by table and by simulation")
  func agreement() throws {
    let draws = Seed(20_260_302).draws(for: "pattern")
    let atoms = ["a", "b", "é", ".", "[ab]", "[^a]", "\\w", "^", "$", "(a|b)", "(?:ab)", "\\d"]
    let marks = ["", "", "*", "+", "?", "{2}", "{1,3}"]
    for round in 0..<400 {
      func pick(_ list: [String], _ place: Int, _ purpose: String) -> String {
        let key = KeyedDraws.Key(entity: "\(round)", attempt: place, purpose: purpose)
        return list[Int(draws.below(UInt64(list.count), key))]
      }
      var source = ""
      for place in 0..<5 {
        let atom = pick(atoms, place, "atom")
        source += atom + (atom == "^" || atom == "$" ? "" : pick(marks, place, "mark"))
        if pick(["", "", "|"], place, "choice") == "|" { source += "|" }
      }
      let program = try PatternProgram(try PatternParser.parse(source))
      var budget = Pattern.budget
      let automaton = try #require(PatternAutomaton(program, budget: &budget))
      #expect(budget < Pattern.budget)
      for index in 0..<12 {
        let text = (0..<4).map { pick(["a", "b", "é", "1", "\n", ""], $0 + index * 4, "text") }
          .joined()
        let bytes = Array(text.utf8)
        var matcher = PatternMatcher(program, text: text.unicodeScalars.map(\.value))
        let byTable = automaton.matches(bytes, in: 0..<bytes.count)
        #expect(byTable == matcher.matches(), "'\(source)' on '\(text)'")
      }
    }
  }
}
