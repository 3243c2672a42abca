import DrydockJSON
import DrydockSchema
import Testing

/// Schemas of draft-04, which are compared in the words of draft-07.
@Suite("Schemas of draft-04")
struct Draft04TranslationTests {
  private static let dialect = #""$schema": "http://json-schema.org/draft-04/schema#""#

  private func translation(_ body: String) throws -> Draft04Translation {
    let text = "{\(Self.dialect), \(body)}"
    return try #require(Draft04Translation(try JSONDocument.parse(text)))
  }

  @Test(
    "is put into the words of draft-07, where a schema stands",
    arguments: [
      (#""minimum": 5, "exclusiveMinimum": true"#, #""exclusiveMinimum":5"#),
      (#""exclusiveMaximum": true, "maximum": 1e400"#, #""exclusiveMaximum":1e400"#),
      (#""maximum": 5, "exclusiveMaximum": false"#, #""maximum":5"#),
      (#""id": "http://example.com/a""#, #""$id":"http://example.com/a""#),
      (
        #""properties": {"id": {"minimum": 1, "exclusiveMinimum": true, "id": "urn:x"}}"#,
        #""properties":{"id":{"exclusiveMinimum":1,"$id":"urn:x"}}"#
      ),
      (
        #""items": [{"maximum": 1, "exclusiveMaximum": true}], "additionalItems": {"id": "urn:y"}"#,
        #""items":[{"exclusiveMaximum":1}],"additionalItems":{"$id":"urn:y"}"#
      ),
      (
        #""dependencies": {"a": ["b"], "c": {"not": {"id": "urn:z"}}}"#,
        #""dependencies":{"a":["b"],"c":{"not":{"$id":"urn:z"}}}"#
      ),
      (#""enum": [{"id": "one", "const": 1}]"#, #""enum":[{"id":"one","const":1}]"#),
      (
        ##""$ref": "#/parts/a", "parts": {"a": {"id": "#a"}, "id": {"id": "b"}}"##,
        ##""$ref":"#/parts/a","parts":{"a":{"$id":"#a"},"id":{"id":"b"}}"##
      ),
    ]
  )
  func words(_ old: String, _ new: String) throws {
    let found = try translation(old)
    let text = String(decoding: JSONNode(found.document.root).bytes(), as: UTF8.self)
    #expect(text == #"{"$schema":"http://json-schema.org/draft-07/schema",\#(new)}"#)
    #expect(found.omissions.isEmpty)
  }

  @Test("leaves out what draft-04 does not know, and says so")
  func omissions() throws {
    let body = #""const": 1, "allOf": [{"contains": {}, "exclusiveMinimum": true}], "title": "t""#
    let found = try translation(body)
    #expect(
      found.omissions.map { "\($0.pointer): \($0.reason)" } == [
        "/const: draft-04 does not know it", "/allOf/0/contains: draft-04 does not know it",
        "/allOf/0/exclusiveMinimum: it means nothing without 'minimum'",
      ]
    )
    #expect(found.document.root["allOf"]?[0]?.count == 0)
    #expect(found.document.root["title"]?.string == "t")
  }

  @Test("takes schemas of other drafts for no business of its own")
  func others() throws {
    for uri in ["http://json-schema.org/draft-07/schema#", "http://json-schema.org/draft-04/hyper"]
    {
      #expect(Draft04Translation(try JSONDocument.parse(#"{"$schema": "\#(uri)"}"#)) == nil)
    }
    #expect(Draft04Translation(try JSONDocument.parse("true")) == nil)
  }

  @Test("references that lead around in circles end")
  func circles() throws {
    let found = try translation(
      ##""$ref": "#/a", "a": {"not": {"$ref": "#"}, "b": {"$ref": "#/a/b"}}"##
    )
    #expect(found.document.root["a"] != nil)
  }

  @Test("a bound that came to exclude itself breaks by exactly that document")
  func comparison() throws {
    let old = try translation(#""type": "integer", "minimum": 5"#).document
    let new = try translation(#""type": "integer", "minimum": 5, "exclusiveMinimum": true"#)
      .document
    let comparison = SchemaComparison(
      old: try Schema.compile(old),
      new: try Schema.compile(new),
      direction: .backward
    )
    #expect(comparison.verdict == .breaking)
    #expect(comparison.findings.compactMap(\.witness) == [5])
  }
}
