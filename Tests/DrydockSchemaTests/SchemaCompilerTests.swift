import DrydockJSON
import DrydockKernel
import Testing

@testable import DrydockSchema

@Suite("Schema compiler", .timeLimit(.minutes(10)))
struct SchemaCompilerTests {
  @Test("says everything that is wrong with a schema")
  func problems() throws {
    let name = "schema-problems.json"
    var all: [[String]] = []
    for one in try CaseFile.cases(name) {
      let document = try JSONDocument.parse(one["schema"]?.string ?? "")
      var found: [String] = []
      do {
        _ = try Schema.compile(document)
      } catch {
        found = error.problems.map { "\($0.pointer)@\($0.offset): \($0.message) [\($0.id)]" }
      }
      all.append(found)
      let expected = one["expected"].map { $0.elements.compactMap(\.string) } ?? []
      #expect(found == expected, "\(one["name"]?.string ?? "")")
    }
    try CaseFile.update(name, found: all)
  }

  @Test("lists problems up to a limit")
  func problemLimit() throws {
    let list = Array(repeating: #"{"type": 1}"#, count: 200).joined(separator: ",")
    let document = try JSONDocument.parse("{\"allOf\": [\(list)]}")
    let error = #expect(throws: SchemaError.self) { try Schema.compile(document) }
    #expect(error?.problems.count == 50)
    #expect(error?.problems.last?.kind == .tooManyProblems(limit: 50))
  }

  @Test("refuses more subschemas than the limit")
  func subschemaLimit() throws {
    let document = try JSONDocument.parse(#"{"allOf": [{}, {}, {}, {}]}"#)
    var options = SchemaOptions()
    options.limits.subschemasMax = 3
    let error = #expect(throws: SchemaError.self) {
      try Schema.compile(document, options: options)
    }
    #expect(error?.problems.first?.kind == .tooManySubschemas(limit: 3))
  }

  @Test("makes a diagnostic of a problem")
  func diagnostic() throws {
    let document = try JSONDocument.parse("{\n  \"type\": \"strng\"}")
    let error = #expect(throws: SchemaError.self) { try Schema.compile(document) }
    let problem = try #require(error?.problems.first)
    #expect(
      problem.diagnostic(file: "a.json", source: document).description
        == "a.json:2:11: error: unknown type 'strng'; did you mean 'string'? [schema-unknown-type]"
    )
  }

  @Test("knows every published metaschema, and each is valid under the whole")
  func metaschemas() throws {
    for uri in Metaschemas.uris {
      let text = #"{"$ref": "\#(uri)"}"#
      let schema = try Schema.compile(try JSONDocument.parse(text))
      let own = try #require(Metaschemas.document(uri: uri))
      #expect(schema.isValid(own.root), "\(uri)")
      #expect(!schema.isValid(try JSONDocument.parse("3").root), "\(uri)")
    }
  }

  @Test("resolves references between documents by their identifiers and never fetches")
  func documents() throws {
    let line = try JSONDocument.parse(
      #"{"$id": "http://example.com/line", "$defs": {"q": {"$anchor": "q", "minimum": 1}}}"#
    )
    let text = #"{"$id": "http://example.com/order", "items": {"$ref": "line#q"}}"#
    let options = SchemaOptions(resources: ["local": line])
    let schema = try Schema.compile(try JSONDocument.parse(text), options: options)
    #expect(schema.isValid(try JSONDocument.parse("[1, 2]").root))
    let violations = schema.violations(of: try JSONDocument.parse("[1, 0]").root)
    #expect(violations.map(\.schemaPointer) == ["http://example.com/line#/$defs/q/minimum"])
  }

  @Test("reports a problem in another document under that document's URI")
  func problemElsewhere() throws {
    let line = try JSONDocument.parse(#"{"minimum": "1"}"#)
    let options = SchemaOptions(resources: ["http://example.com/line": line])
    let document = try JSONDocument.parse(#"{"$ref": "http://example.com/line"}"#)
    let error = #expect(throws: SchemaError.self) {
      try Schema.compile(document, options: options)
    }
    #expect(error?.problems.map(\.document) == ["http://example.com/line"])
    #expect(error?.problems.map(\.pointer.description) == ["/minimum"])
  }

  @Test("takes bounded time for a schema of many identifiers and references")
  func manyResources() throws {
    let definitions = (0..<3_000).map { index in
      #""d\#(index)": {"$id": "http://example.com/\#(index)", "$ref": "\#(index + 1)"}"#
    }
    let text = #"{"$defs": {\#(definitions.joined(separator: ","))}}"#
    let document = try JSONDocument.parse(text)
    let error = #expect(throws: SchemaError.self) { try Schema.compile(document) }
    #expect(
      error?.problems.map(\.kind) == [
        .unknownReference("3000", suggestion: "http://example.com/1000")
      ]
    )
  }

  @Test("finds pointers to places in any order")
  func pointers() throws {
    let document = try JSONDocument.parse(#"{"a": [1, {"b": [2, 3]}], "c/d": {"e~": 4}}"#)
    let count = document.tape.entries.count
    var walker = TapeWalker(document)
    for first in 0..<count {
      for second in 0..<count {
        _ = walker.pointer(to: first)
        let expected = TapePointer.pointer(to: second, in: document)
        #expect(walker.pointer(to: second) == expected)
        let value = try #require(document.root.at(expected))
        #expect(value.index == second || value.index == second + 1)
      }
    }
  }
}
