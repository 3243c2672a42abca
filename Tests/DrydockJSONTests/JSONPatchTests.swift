import DrydockJSON
import Testing

@Suite("JSON patch")
struct JSONPatchTests {
  private func patched(_ target: String, _ patch: String) throws -> String {
    let patch = try JSONPatch(JSONDocument.parse(patch).root)
    let result = try patch.applied(to: JSONNode(JSONDocument.parse(target).root))
    return String(decoding: result.bytes(), as: UTF8.self)
  }

  @Test(
    "adds, removes, replaces, moves and copies",
    arguments: [
      (#"{"a":1}"#, #"[{"op":"add","path":"/b","value":[1]}]"#, #"{"a":1,"b":[1]}"#),
      (#"{"a":[1,3]}"#, #"[{"op":"add","path":"/a/1","value":2}]"#, #"{"a":[1,2,3]}"#),
      (#"{"a":[1]}"#, #"[{"op":"add","path":"/a/-","value":2}]"#, #"{"a":[1,2]}"#),
      (#"{"a":1,"b":2}"#, #"[{"op":"remove","path":"/a"}]"#, #"{"b":2}"#),
      (#"{"a":1,"b":2}"#, #"[{"op":"replace","path":"/a","value":3}]"#, #"{"a":3,"b":2}"#),
      (
        #"{"shiped_at":"x","n":1}"#, #"[{"op":"move","from":"/shiped_at","path":"/shippedAt"}]"#,
        #"{"n":1,"shippedAt":"x"}"#
      ),
      (
        #"{"a":{"b":1}}"#, #"[{"op":"copy","from":"/a","path":"/c"}]"#,
        #"{"a":{"b":1},"c":{"b":1}}"#
      ),
      (#"{"a~/b":1}"#, #"[{"op":"test","path":"/a~0~1b","value":1.0}]"#, #"{"a~/b":1}"#),
      (#"1"#, #"[{"op":"replace","path":"","value":[2]}]"#, "[2]"),
    ]
  )
  func applies(_ target: String, _ patch: String, _ result: String) throws {
    #expect(try patched(target, patch) == result)
  }

  @Test(
    "refuses what does not apply, and says which operation and why",
    arguments: [
      (#"[{"op":"remove","path":"/b"}]"#, "operation 1: there is nothing at '/b'"),
      (
        #"[{"op":"remove","path":"/a"},{"op":"add","path":"/a/b","value":1}]"#,
        "operation 2: there is nothing at '/a'"
      ),
      (
        #"[{"op":"add","path":"/l/01","value":1}]"#, "operation 1: '/l/01' is no place of the array"
      ),
      (#"[{"op":"test","path":"/a","value":2}]"#, "operation 1: another value is at '/a'"),
      (
        #"[{"op":"move","from":"/l","path":"/l/0"}]"#,
        "operation 1: '/l' would be moved into itself"
      ),
      (#"[{"op":"swap","path":"/a"}]"#, "operation 1: unknown operation 'swap'"),
      (#"[{"path":"/a"}]"#, "operation 1: an operation needs one 'op'"),
      (#"{"op":"remove"}"#, "operation 1: a patch is an array of operations"),
    ]
  )
  func refuses(_ patch: String, _ message: String) {
    #expect {
      try patched(#"{"a":1,"l":[1]}"#, patch)
    } throws: { "\($0)" == message }
  }

  @Test("passes the cases of the public suite", arguments: ["tests.json", "spec_tests.json"])
  func suite(name: String) throws {
    guard TestFiles.hasSuite("json-patch-tests/\(name)") else { return }
    let rows = try JSONDocument.parse(TestFiles.suiteBytes("json-patch-tests/\(name)")).root
    var passed = 0
    for row in rows.elements where row["disabled"]?.bool != true {
      guard let target = row["doc"], let patch = row["patch"] else { continue }
      let title = row["comment"]?.string ?? "\(patch)"
      do {
        let result = try JSONPatch(patch).applied(to: JSONNode(target))
        #expect(row["error"] == nil, "\(title): expected a refusal, found \(result)")
        guard let expected = row["expected"] else { continue }
        let found = try JSONDocument.parse(result.bytes()).root
        #expect(JSONValue.semanticallyEqual(found, expected), "\(title)")
      } catch {
        #expect(row["error"] != nil, "\(title): \(error)")
      }
      passed += 1
    }
    #expect(passed >= (name == "tests.json" ? 50 : 10))
  }
}
