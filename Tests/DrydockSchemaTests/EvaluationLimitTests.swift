import DrydockJSON
import DrydockKernel
import Testing

@testable import DrydockSchema

@Suite("Evaluation limits", .timeLimit(.minutes(10)))
struct EvaluationLimitTests {
  private func nested(_ depth: Int, name: String = "a") throws -> JSONDocument {
    let open = String(repeating: "{\"\(name)\":", count: depth)
    let close = String(repeating: "}", count: depth)
    var options = JSONReadOptions.strict
    options.depthMax = JSONReadOptions.depthLimit
    return try JSONDocument.parse(open + "1" + close, options: options)
  }

  @Test("judge the deepest document that can be read under a schema that recurses")
  func deep() throws {
    let schema = try Schema.compile(
      try JSONDocument.parse(
        ##"{"anyOf": [{"properties": {"a": {"$ref": "#"}}, "type": "object"}, {"const": 1}]}"##
      )
    )
    let document = try nested(JSONReadOptions.depthLimit)
    #expect(schema.isValid(document.root) || !schema.violations(of: document.root).isEmpty)
    #expect(schema.isValid(try nested(250).root))
  }

  @Test("end references that only loop while evaluating")
  func dynamicLoop() throws {
    let text = #"""
      {"$id": "http://example.com/outer", "$dynamicAnchor": "x", "$ref": "inner",
       "$defs": {"i": {"$id": "inner", "$dynamicRef": "#x",
                       "$defs": {"d": {"$dynamicAnchor": "x"}}}}}
      """#
    let schema = try Schema.compile(try JSONDocument.parse(text))
    let document = try JSONDocument.parse("1")
    #expect(!schema.isValid(document.root))
    #expect(
      schema.violations(of: document.root).map(\.message) == [
        "expected subschemas within each other at most 600 deep, found deeper nesting"
      ]
    )
  }

  @Test("bound the work that branches within branches can cause")
  func exponential() throws {
    let text = #"""
      {"anyOf": [{"properties": {"a": {"$ref": "#"}}, "required": ["x"]},
                 {"properties": {"a": {"$ref": "#"}}, "required": ["y"]}]}
      """#
    var options = SchemaOptions()
    options.limits.stepsMin = 10_000
    options.limits.stepsPerValueMax = 100
    let schema = try Schema.compile(try JSONDocument.parse(text), options: options)
    let document = try nested(300)
    #expect(!schema.isValid(document.root))
    let violations = schema.violations(of: document.root)
    #expect(violations.contains { $0.rule == "limit" })
  }

  @Test("bound the work of a hostile list of nearly equal values")
  func unique() throws {
    let schema = try Schema.compile(try JSONDocument.parse(#"{"uniqueItems": true}"#))
    let list = (0..<20_000).map { "{\"a\":\($0)}" }.joined(separator: ",")
    #expect(schema.isValid(try JSONDocument.parse("[\(list)]").root))
  }

  @Test("report no more than a bounded number of failures")
  func many() throws {
    let schema = try Schema.compile(try JSONDocument.parse(#"{"items": {"type": "string"}}"#))
    let list = Array(repeating: "1", count: 100_000).joined(separator: ",")
    let document = try JSONDocument.parse("[\(list)]")
    #expect(schema.violations(of: document.root, max: .max).count == ReportSink.failuresMax)
  }
}
