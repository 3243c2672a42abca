import DrydockJSON
import Foundation
import Testing

@testable import DrydockSchema

/// What the evaluator decides without running all instructions has to be what they would say.
@Suite("Shortcuts of the evaluator")
struct ShortcutTests {
  @Test(
    "types decide only what no instruction could",
    arguments: [
      (#"{"type": ["string", "integer"], "minLength": 1}"#, #"1 1.0 1e2 "a""#, #"1.5 "" null"#),
      (
        #"{"anyOf": [{"type": "null"}, {"type": "string", "maxLength": 1}, {"type": "array"}]}"#,
        #"null "a" [] [1]"#, #"1 "ab" {} true"#
      ),
      (
        #"{"oneOf": [{"type": "integer"}, {"type": "number", "minimum": 5}]}"#,
        "3 3.0 7.5", #"7 7.0 4.5 "x""#
      ),
      (#"{"oneOf": [{"type": "string"}, {"type": ["string", "null"]}]}"#, "null", #""a" 1"#),
      (#"{"not": {"type": "integer"}}"#, #"1.5 "1" null"#, "1 1.0 10e-1"),
      (#"{"not": {"type": "string", "minLength": 2}}"#, #"1 "a" null"#, #""ab""#),
      (#"{"allOf": [{"type": ["null", "integer"]}, {"type": "number"}]}"#, "1 2.0", "null 1.5"),
      (
        #"{"enum": [0, "a", null, [1], {"b": 2}]}"#, #"0 -0 0.0 "a" null [1.0] {"b":2e0}"#,
        #"false 1 "b" [] [2] {} {"b":3}"#
      ),
      (#"{"const": 10}"#, "10 1e1 10.0", #"1 "10" 100 -10"#),
      (
        #"{"const": 12345678901234567890123}"#, "12345678901234567890123.0",
        "12345678901234567890124"
      ),
      (
        ##"{"$ref": "#/$defs/a", "$defs": {"a": {"anyOf": [{"type": "null"}, {"const": 1}]}}}"##,
        "null 1", "2 true"
      ),
    ]
  )
  func types(_ schema: String, _ valid: String, _ invalid: String) throws {
    try expect(schema, valid: valid.split(separator: " "), invalid: invalid.split(separator: " "))
  }

  @Test("a member held to constants tells branches apart wherever it stands")
  func discriminators() throws {
    let schema = #"""
      {"oneOf": [
        {"properties": {"kind": {"const": "a"}, "n": {"type": "integer"}}, "required": ["n"]},
        {"properties": {"kind": {"enum": ["b", 2]}, "n": {"type": "string"}}, "required": ["n"]}]}
      """#
    try expect(
      schema,
      valid: [
        #"{"kind":"a","n":1}"#, #"{"n":1,"kind":"a"}"#, #"{"n":"x","kind":2.0}"#,
        #"{"n":"x","\u006bind":"b"}"#, #"{"n":1}"#, #"{"n":"x"}"#,
      ],
      invalid: [
        #"{"kind":"a","n":"x"}"#, #"{"n":1,"kind":"b"}"#, #"{"n":1,"kind":"c"}"#,
        #"{"n":1,"\u006bind":"b"}"#, #"{"kind":"b","n":1,"kind":"a"}"#, #"{"kind":"a"}"#,
        // Both branches accept what is no object.
        "3",
      ]
    )
  }

  @Test("names of every length are found, and none that differs in one byte")
  func names() throws {
    for length in [0, 1, 2, 7, 8, 9, 15, 16, 17, 24, 40] {
      let name = String("abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrst".prefix(length))
      var others = [name + "a"]
      for index in name.indices {
        others.append(name.replacingCharacters(in: index...index, with: "#"))
      }
      if length > 0 { others.append(String(name.dropLast())) }
      try expect(
        #"{"properties": {"\#(name)": {}}, "additionalProperties": false}"#,
        valid: [#"{"\#(name)":1}"#, #"{ "\#(name)" : 1 }"#],
        invalid: others.map { #"{"\#($0)":1}"# }
      )
    }
  }

  @Test("strict and relaxed text give a name the same hash")
  func hashes() throws {
    let text = #"{"": 1, "a": 2, "shippedAt": 3, "a name of more than sixteen bytes": 4}"#
    let strict = try JSONDocument.parse(text)
    let relaxed = try JSONDocument.parse(text, options: .relaxed)
    var index = 1
    while index < strict.tape.entries.count {
      let bytes = strict.utf8(at: index)
      let hash = JSONNameKey(bytes.span, 0..<bytes.count).hash
      #expect(TapeCode.nameHash(strict.entry(index).tag) == hash)
      #expect(TapeCode.nameHash(relaxed.entry(index).tag) == hash)
      index += 2
    }
  }

  @Test(
    "a pattern for a line of any text minds only the ends of lines",
    arguments: [
      ("", true, false), ("a", true, true), ("abcdefgh", true, true), ("abcdefghi", true, true),
      ("12345678901234567", true, true), ("\n", false, false), ("abcdefgh\u{2028}", false, false),
      ("a\rbcdefghijk", false, false), ("abcdefghij\n", false, false), ("1234567€€€", true, true),
      ("é", true, true), ("\u{2029}", false, false),
    ]
  )
  func lines(_ text: String, _ any: Bool, _ some: Bool) throws {
    #expect(try Pattern("^.*$").matches(text) == any)
    #expect(try Pattern("^.+$").matches(text) == some)
  }

  private func expect(
    _ schema: String,
    valid: [some StringProtocol],
    invalid: [some StringProtocol]
  ) throws {
    let compiled = try Schema.compile(try JSONDocument.parse(schema))
    for (texts, isValid) in [(valid.map { String($0) }, true), (invalid.map { String($0) }, false)]
    {
      for text in texts {
        let value = try JSONDocument.parse(text).root
        #expect(compiled.isValid(value) == isValid, "\(schema) for \(text)")
        #expect(compiled.violations(of: value).isEmpty == isValid, "\(schema) for \(text)")
      }
    }
  }
}
