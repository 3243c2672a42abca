import DrydockJSON
import Testing

@Suite("JSON parsing suite")
struct ParsingSuiteTests {
  private static let files = TestFiles.suiteFiles("json-test-suite/test_parsing")

  @Test("accepts every file that must be accepted")
  func accepts() throws {
    for file in Self.files where file.hasPrefix("y_") {
      let bytes = try TestFiles.suiteBytes("json-test-suite/test_parsing/\(file)")
      #expect(throws: Never.self, "\(file)") { try JSONDocument.parse(bytes) }
    }
  }

  @Test("refuses every file that must be refused, with an offset inside it")
  func refuses() throws {
    for file in Self.files where file.hasPrefix("n_") {
      let bytes = try TestFiles.suiteBytes("json-test-suite/test_parsing/\(file)")
      let error = #expect(throws: JSONError.self, "\(file)") { try JSONDocument.parse(bytes) }
      let offset = try #require(error).offset
      #expect((0...bytes.count).contains(offset), "\(file)")
    }
  }

  @Test("treats every file left to the reader as the table of choices says")
  func chooses() throws {
    let choices = try TestFiles.cases("parsing-choices")
    for file in Self.files where file.hasPrefix("i_") {
      let bytes = try TestFiles.suiteBytes("json-test-suite/test_parsing/\(file)")
      let found = outcome(bytes)
      let choice = found.hasPrefix("json-") ? found : "accepted"
      #expect(choices[file]?.string == choice, "\(file)")
    }
  }

  @Test("makes of every ambiguous file what the table of choices says")
  func transforms() throws {
    let choices = try TestFiles.cases("transform-choices")
    for file in TestFiles.suiteFiles("json-test-suite/test_transform") {
      let bytes = try TestFiles.suiteBytes("json-test-suite/test_transform/\(file)")
      #expect(choices[file]?.string == outcome(bytes), "\(file)")
    }
  }
}
