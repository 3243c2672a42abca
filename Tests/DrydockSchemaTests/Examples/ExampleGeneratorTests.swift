import DrydockJSON
import DrydockKernel
import Foundation
import Testing

@testable import DrydockSchema

@Suite("Examples from schemas", .timeLimit(.minutes(5)))
struct ExampleGeneratorTests {
  private static let order = """
    {"type": "object", "required": ["id", "lines"], "additionalProperties": false,
     "properties": {
       "id": {"type": "string", "pattern": "^SO-[0-9]{4}$"},
       "status": {"enum": ["open", "shipped"]},
       "note": {"type": ["string", "null"], "maxLength": 40},
       "lines": {"type": "array", "minItems": 1, "items": {"type": "object",
         "required": ["sku", "quantity"], "properties": {
           "sku": {"type": "string", "minLength": 1},
           "quantity": {"type": "integer", "minimum": 1, "maximum": 99}}}}}}
    """

  private func generator() throws -> (Schema, ExampleGenerator) {
    let document = try JSONDocument.parse(Array(Self.order.utf8))
    let schema = try Schema.compile(document)
    return (schema, ExampleGenerator(schema))
  }

  private func isValid(_ value: JSONNode, _ schema: Schema) throws -> Bool {
    schema.isValid(try JSONDocument.parse(value.bytes()).root)
  }

  @Test("the minimal document has only what has to be there")
  func minimal() throws {
    let value = try #require(try generator().1.minimal())
    let expected: JSONNode = ["id": "SO-0000", "lines": [["sku": "a", "quantity": 1]]]
    #expect(value == expected)
  }

  @Test("the maximal document has every declared member")
  func maximal() throws {
    let value = try #require(try generator().1.maximal())
    #expect(value.members.map(\.name) == ["id", "status", "note", "lines"])
  }

  @Test("random documents are valid, differ, and are the same for the same seed")
  func random() throws {
    let (schema, generator) = try generator()
    let first = generator.drawn(20, seed: Seed(7))
    #expect(first.count == 20)
    for value in first { #expect(try isValid(value, schema)) }
    #expect(Set(first).count == 20)
    #expect(generator.drawn(20, seed: Seed(7)) == first)
    #expect(generator.drawn(20, seed: Seed(8)) != first)
  }

  @Test("a document with one defect breaks that keyword and nothing else")
  func defects() throws {
    let (schema, generator) = try generator()
    let defects = generator.withOneDefect()
    #expect(defects.count >= 12)
    for defect in defects {
      let document = try JSONDocument.parse(defect.document.bytes())
      let violations = schema.violations(of: document.root)
      #expect(violations.count == 1, "\(defect.keyword): \(violations.map(\.message))")
      #expect(
        violations.first?.schemaPointer == defect.keyword.description
          || defect.keyword.parent?.description == violations.first?.schemaPointer,
        "\(defect.keyword): \(violations.first?.schemaPointer ?? "")"
      )
    }
  }

  @Test("a document can be asked for that has a value at a place")
  func containing() throws {
    let pointer = JSONPointer(tokens: ["note"])
    let value = try #require(try generator().1.containing(pointer))
    #expect(value.at(pointer) != nil)
  }

  @Test("a schema that accepts nothing has no example")
  func nothing() throws {
    let document = try JSONDocument.parse(
      Array(#"{"type": "string", "maxLength": -0, "minLength": 1}"#.utf8)
    )
    #expect(ExampleGenerator(try Schema.compile(document)).minimal() == nil)
  }
}
