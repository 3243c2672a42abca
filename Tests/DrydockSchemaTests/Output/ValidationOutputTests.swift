import DrydockJSON
import DrydockSchema
import Foundation
import Testing

/// The forms of output that JSON Schema lays down.
@Suite("Validation output", .timeLimit(.minutes(5)))
struct ValidationOutputTests {
  private func document(_ value: JSONValue) throws -> JSONDocument {
    try JSONDocument.parse(value.bytes)
  }

  private func lines(_ output: ValidationOutput) -> [String] {
    output.units.map { unit in
      let annotation = unit.annotation.map { String(decoding: $0.bytes(), as: UTF8.self) }
      return "\(unit.keywordLocation) | \(unit.absoluteKeywordLocation) |"
        + " \(unit.instanceLocation) | \(unit.error ?? annotation ?? "")"
    }
  }

  @Test("lists every keyword that fails, or every annotation")
  func cases() throws {
    var found: [[String]] = []
    for one in try CaseFile.cases("output.json") {
      let schema = try OutputEvaluator(try document(try #require(one["schema"])))
      let output = schema.output(of: try document(try #require(one["instance"])).root)
      found.append(lines(output))
      let expected = one["expected"].map { $0.elements.compactMap(\.string) } ?? []
      if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != "1" {
        #expect(lines(output) == expected, "\(one["name"]?.string ?? "")")
      }
    }
    try CaseFile.update("output.json", found: found)
  }

  @Test("writes a flag, and a list under the name that the verdict asks for")
  func forms() throws {
    let evaluator = try OutputEvaluator(try JSONDocument.parse(#"{"type": "string"}"#))
    let valid = evaluator.output(of: try JSONDocument.parse(#""x""#).root)
    let invalid = evaluator.output(of: try JSONDocument.parse("1").root)
    #expect(valid.text(.flag) == #"{"valid":true}"#)
    #expect(valid.text(.basic) == #"{"valid":true,"annotations":[]}"#)
    #expect(invalid.text(.flag) == #"{"valid":false}"#)
    #expect(
      invalid.text(.basic) == """
        {"valid":false,"errors":[{"valid":false,"keywordLocation":"/type",\
        "absoluteKeywordLocation":"#/type","instanceLocation":"",\
        "error":"expected string, found number 1"}]}
        """
    )
  }

  @Test("lists no more than its bound, and says so")
  func bound() throws {
    let evaluator = try OutputEvaluator(
      try JSONDocument.parse(#"{"items": {"type": "string"}}"#)
    )
    let text = "[" + String(repeating: "1,", count: 12_000) + "1]"
    let output = evaluator.output(of: try JSONDocument.parse(text).root)
    #expect(output.units.count == ValidationOutput.unitsMax)
    #expect(output.isCut)
    #expect(output.units.last?.error == "there are more errors than are listed")
  }

  @Test("names members that a policy forbids and no schema declares")
  func undeclared() throws {
    let options = SchemaOptions(undeclaredMembers: .forbidden)
    let schema = try JSONDocument.parse(#"{"properties": {"a": {"type": "string"}}}"#)
    let evaluator = try OutputEvaluator(schema, options: options)
    let output = evaluator.output(of: try JSONDocument.parse(#"{"a": "x", "b": 1}"#).root)
    #expect(lines(output) == [" | # | /b | unexpected member 'b'"])
  }

  @Test("follows references into other documents, and recursive ones to the outermost anchor")
  func documents() throws {
    let tree = """
      {"$schema": "https://json-schema.org/draft/2019-09/schema", "$id": "https://example.com/tree",
       "$recursiveAnchor": true, "items": {"$recursiveRef": "#"}}
      """
    let strict = """
      {"$schema": "https://json-schema.org/draft/2019-09/schema",
       "$id": "https://example.com/strict", "$recursiveAnchor": true, "$ref": "tree",
       "type": "array"}
      """
    let options = SchemaOptions(resources: [
      "https://example.com/tree": try JSONDocument.parse(tree)
    ])
    let evaluator = try OutputEvaluator(try JSONDocument.parse(strict), options: options)
    let output = evaluator.output(of: try JSONDocument.parse("[[1]]").root)
    let way = "/$ref/items/$recursiveRef/$ref/items/$recursiveRef/type"
    let expected = "\(way) | https://example.com/strict#/type | /0/0"
    #expect(lines(output) == [expected + " | expected array, found number 1"])
  }

  @Test("a document that takes more work than the limits allow is invalid with a reason")
  func work() throws {
    var options = SchemaOptions()
    options.limits.stepsMin = 20
    options.limits.stepsPerValueMax = 0
    let schema = try JSONDocument.parse(#"{"items": {"allOf": [{"minimum": 1}, {"maximum": 9}]}}"#)
    let evaluator = try OutputEvaluator(schema, options: options)
    #expect(evaluator.output(of: try JSONDocument.parse("[1, 2]").root).isValid)
    let text = "[" + String(repeating: "1, ", count: 50) + "1]"
    let output = evaluator.output(of: try JSONDocument.parse(text).root)
    #expect(!output.isValid)
    #expect(output.units.last?.error?.contains("limits allow") == true)
  }

  @Test("a document deeper than the limits is invalid with a reason")
  func depth() throws {
    let evaluator = try OutputEvaluator(try JSONDocument.parse(##"{"items": {"$ref": "#"}}"##))
    let text = String(repeating: "[", count: 250) + String(repeating: "]", count: 250)
    #expect(evaluator.output(of: try JSONDocument.parse(text).root).isValid)
    let schema = ##"{"allOf": [{"allOf": [{"items": {"$ref": "#"}}]}]}"##
    let deep = try OutputEvaluator(try JSONDocument.parse(schema))
    let output = deep.output(of: try JSONDocument.parse(text).root)
    #expect(!output.isValid)
    #expect(output.units.count == 1)
    #expect(output.units.first?.error?.contains("limits allow") == true)
  }

  @Test("gives a reason for every invalid document of the official suite")
  func reasons() throws {
    guard let suite = SharedSuites.suite("json-schema-test-suite") else { return }
    let resources = try OfficialSuiteTests.resources(suite)
    var judged = 0
    for (folder, dialect) in [
      ("draft2020-12", SchemaDialect.draft202012), ("draft7", .draft07),
    ] {
      let files = SharedSuites.jsonFiles(below: suite.appending(path: "tests/\(folder)"))
      for (path, url) in files where !path.contains("/") {
        for group in try SharedSuites.document(at: url).root.elements {
          let options = SchemaOptions(resources: resources, dialect: dialect)
          let evaluator = try OutputEvaluator(
            try document(try #require(group["schema"])),
            options: options
          )
          for test in try #require(group["tests"]).elements {
            let output = evaluator.output(of: try document(try #require(test["data"])).root)
            let name = "\(path) / \(group["description"]?.string ?? "")"
            let isValid = test["valid"]?.bool == true
            #expect(output.isValid == isValid, "\(name)")
            #expect(output.units.allSatisfy { ($0.error == nil) == isValid }, "\(name)")
            if !isValid { #expect(lines(output).first?.contains("limits") == false, "\(name)") }
            judged += 1
          }
        }
      }
    }
    print("output of the official suite: \(judged) documents")
  }

  @Test("passes the output tests of the official suite")
  func outputTests() throws {
    guard let suite = SharedSuites.suite("json-schema-test-suite") else { return }
    let folder = suite.appending(path: "output-tests/draft2020-12")
    let formal = try SharedSuites.document(at: folder.appending(path: "output-schema.json"))
    let options = SchemaOptions(resources: [
      "https://json-schema.org/draft/2020-12/output/schema": formal
    ])
    var passed = 0
    for (path, url) in SharedSuites.jsonFiles(below: folder.appending(path: "content")) {
      for group in try SharedSuites.document(at: url).root.elements {
        let evaluator = try OutputEvaluator(try document(try #require(group["schema"])))
        for test in try #require(group["tests"]).elements {
          let output = evaluator.output(of: try document(try #require(test["data"])).root)
          let wanted = try #require(test["output"]?["basic"])
          let judge = try Schema.compile(try document(wanted), options: options)
          let text = try JSONDocument.parse(output.text(.basic))
          let violations = judge.violations(of: text.root).map(\.message)
          #expect(violations == [], "\(path): \(output.text(.basic))")
          passed += 1
        }
      }
    }
    #expect(passed > 0)
    print("output tests: \(passed) passed")
  }

  // MARK: Annotations

  /// Tells whether a case of the annotation suite is about a dialect.
  private func isCompatible(_ text: String?, _ release: Int) -> Bool {
    guard let text else { return true }
    return text.split(separator: ",").allSatisfy { part in
      if part.hasPrefix("<=") { return release <= Int(part.dropFirst(2)) ?? 0 }
      if part.hasPrefix("=") { return release == Int(part.dropFirst()) ?? 0 }
      return release >= Int(part) ?? 0
    }
  }

  @Test("passes the annotation tests of the official suite", arguments: [2020, 2019, 7])
  func annotations(release: Int) throws {
    guard let suite = SharedSuites.suite("json-schema-test-suite") else { return }
    let dialects: [Int: SchemaDialect] = [
      2020: .draft202012, 2019: .draft201909, 7: .draft07,
    ]
    let dialect = try #require(dialects[release])
    var passed = 0
    for (path, url) in SharedSuites.jsonFiles(below: suite.appending(path: "annotations/tests")) {
      let cases = try #require(try SharedSuites.document(at: url).root["suite"])
      for one in cases.elements where isCompatible(one["compatibility"]?.string, release) {
        let schema = try document(try #require(one["schema"]))
        let options = SchemaOptions(dialect: dialect)
        let evaluator = try OutputEvaluator(schema, options: options)
        for test in try #require(one["tests"]).elements {
          let instance = try document(try #require(test["instance"]))
          let units = evaluator.output(of: instance.root).units
          for assertion in try #require(test["assertions"]).elements {
            let keyword = try #require(assertion["keyword"]?.string)
            let found = units.filter {
              $0.instanceLocation.description == assertion["location"]?.string
                && $0.keywordLocation.tokens.last == keyword
            }
            let expected = try #require(assertion["expected"]).members.map {
              (place: $0.name, value: JSONNode($0.value))
            }
            let name = "\(path) / \(one["description"]?.string ?? "")"
            #expect(found.count == expected.count, "\(name)")
            for unit in found {
              let place = unit.absoluteKeywordLocation.split(separator: "#").last ?? ""
              let parent = place.dropLast(keyword.utf8.count + 1)
              // The suite counts from the document, and a resource of its own from itself.
              let isThere = expected.contains {
                $0.place.dropFirst().hasSuffix(parent) && $0.value == unit.annotation
              }
              #expect(isThere, "\(name): \(unit)")
            }
            passed += 1
          }
        }
      }
    }
    print("annotation tests of \(release): \(passed) assertions")
  }
}
