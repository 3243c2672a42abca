import DrydockJSON
import Testing

@testable import DrydockSchema

@Suite("Keywords and formats")
struct KeywordTests {
  @Test(
    "accept and refuse what the case files say",
    arguments: [("keywords.json", false), ("formats.json", true)]
  )
  func cases(name: String, assertsFormat: Bool) throws {
    let options = SchemaOptions(assertsFormat: assertsFormat)
    for group in try CaseFile.cases(name) {
      for (test, error) in OfficialSuiteTests.run(group, options: options) {
        #expect(error == nil, "\(group["description"]?.string ?? "") / \(test)")
      }
    }
  }

  @Test("of every name have a case")
  func everyKeyword() throws {
    var text = ""
    for name in ["keywords.json", "violations.json", "schema-problems.json"] {
      for one in try CaseFile.cases(name) { text += String(decoding: one.bytes, as: UTF8.self) }
    }
    let missing = Keyword.allCases.map(\.rawValue).filter { keyword in
      keyword != "$vocabulary" && !text.contains("\"\(keyword)\"")
        && !text.contains("\\\"\(keyword)\\\"")
    }
    #expect(missing == [])
  }

  @Test("of every format have a case")
  func everyFormat() throws {
    let groups = try CaseFile.cases("formats.json").compactMap { $0["description"]?.string }
    #expect(Format.allCases.map { "format: " + $0.name }.filter { !groups.contains($0) } == [])
  }

  @Test("read the vocabularies of a metaschema")
  func vocabularies() throws {
    let prefix = "https://json-schema.org/draft/2020-12/vocab/"
    let metaschema = try JSONDocument.parse(
      """
      {"$schema": "https://json-schema.org/draft/2020-12/schema", "$vocabulary": {
        "\(prefix)core": true, "\(prefix)applicator": true, "\(prefix)format-assertion": true}}
      """
    )
    let options = SchemaOptions(resources: ["http://example.com/meta": metaschema])
    let text = """
      {"$schema": "http://example.com/meta", "properties": {"a": {"minimum": 5, "format": "date"}}}
      """
    let schema = try Schema.compile(try JSONDocument.parse(text), options: options)
    #expect(schema.isValid(try JSONDocument.parse(#"{"a": 1}"#).root))
    #expect(!schema.isValid(try JSONDocument.parse(#"{"a": "x"}"#).root))
  }

  @Test("refuse a vocabulary that is required and unknown")
  func unknownVocabulary() throws {
    let metaschema = try JSONDocument.parse(
      """
      {"$schema": "https://json-schema.org/draft/2020-12/schema",
       "$vocabulary": {"http://example.com/units": true, "http://example.com/hints": false}}
      """
    )
    let options = SchemaOptions(resources: ["http://example.com/meta": metaschema])
    let document = try JSONDocument.parse(#"{"$schema": "http://example.com/meta"}"#)
    let error = #expect(throws: SchemaError.self) {
      try Schema.compile(document, options: options)
    }
    #expect(error?.problems.map(\.kind) == [.unknownVocabulary("http://example.com/units")])
  }

  @Test("compare tags by the numbers that the tape has")
  func tapeCodes() {
    #expect(TapeCode.number == JSONTape.Form.number.rawValue)
    #expect(TapeCode.string == JSONTape.Form.string.rawValue)
    #expect(TapeCode.array == JSONTape.Form.array.rawValue)
    #expect(TapeCode.object == JSONTape.Form.object.rawValue)
    #expect(TapeCode.escaped == JSONTape.escaped)
    #expect(TapeCode.plainInteger == JSONTape.plainInteger)
    #expect(TapeCode.relaxed == JSONTape.relaxed)
    #expect(TapeCode.unquoted == JSONTape.unquoted)
    let forms: [(JSONTape.Form, TypeSet)] = [
      (.null, .null), (.isFalse, .boolean), (.isTrue, .boolean), (.number, .fraction),
      (.string, .string), (.array, .array), (.object, .object),
    ]
    for (form, type) in forms { #expect(TapeCode.type(of: form.rawValue) == type) }
    let integer = JSONTape.Form.number.rawValue | JSONTape.plainInteger
    #expect(TapeCode.type(of: integer) == .integer)
  }

  @Test("judge documents in relaxed syntax by what they mean")
  func relaxed() throws {
    let text = #"""
      {"properties": {"a": {"type": "integer", "minimum": 16}, "b": {"maxLength": 2}},
       "required": ["a"], "additionalProperties": false}
      """#
    let schema = try Schema.compile(try JSONDocument.parse(text))
    let good = try JSONDocument.parse("{a: 0x10, 'b': 'x\\\ny', /* c */ }", options: .relaxed)
    #expect(schema.violations(of: good.root).isEmpty)
    let bad = try JSONDocument.parse("{a: +0xF, 'b': 'xyz', c: .5}", options: .relaxed)
    #expect(
      schema.violations(of: bad.root).map(\.message) == [
        "expected integer of at least 16, found 15",
        "expected string of at most 2 characters, found 3 in 'xyz'",
        "unexpected member 'c'",
      ]
    )
  }
}
