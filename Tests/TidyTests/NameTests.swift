import Testing

@Suite("Names")
struct NameTests {
  @Test("of files and types are those of the house")
  func names() {
    Report.record(
      House.repository.sources.flatMap(NameCheck.breaches),
      waiving: ["name", "file name"]
    )
  }

  @Test(
    "that say nothing, or are taken, are named",
    arguments: [
      ("Limit", "public struct Limit { public var x: Int }", "the public name 'x' is banned here;"),
      ("Issue", "public struct Issue {}", "the public name 'Issue' is banned here, users"),
      ("MockStore", "struct MockStore {}", "the word 'Mock' is banned in type names; use 'fake'"),
      ("Utils", "enum Utils {}", "the file name 'Utils' is banned here;"),
      ("StoreHelpers", "enum StoreHelpers {}", "the file name 'StoreHelpers' is banned here;"),
      ("World", "struct Globe {}", "the file declares no 'World';"),
      ("World+Calls", "struct Calls {}", "the file declares no 'World';"),
    ]
  )
  func planted(file: String, text: String, expected: String) throws {
    let source = SwiftSource(path: "Sources/DrydockWorld/\(file).swift", text: text)
    let breaches = NameCheck.breaches(in: source)
    try #require(breaches.count == 1)
    #expect(breaches[0].message.hasPrefix(expected))
  }

  @Test(
    "that say what they are for are let pass",
    arguments: [
      ("World+Calls", "extension World { public func send(x: Int) {} }"),
      ("Verifier.Expectation", "extension Verifier { public struct Expectation {} }"),
      ("Verifier.Expectation", "public struct Verifier { public enum Expectation {} }"),
      ("Verifier.Expectation+Text", "extension Verifier.Expectation {}"),
      ("PartnerFake", "public protocol PartnerFake {}"),
      ("Pairs", "struct Pairs { func f<T>(_ t: T) { let x = t } }"),
    ]
  )
  func clean(file: String, text: String) {
    let source = SwiftSource(path: "Sources/DrydockWorld/\(file).swift", text: text)
    #expect(NameCheck.breaches(in: source) == [])
  }
}
