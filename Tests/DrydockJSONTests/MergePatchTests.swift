import DrydockJSON
import Testing

@Suite("Merge patch")
struct MergePatchTests {
  private func patched(_ target: String, _ patch: String) throws -> String {
    let result = MergePatch.apply(
      try JSONDocument.parse(patch).root,
      to: try JSONDocument.parse(target).root
    )
    return String(decoding: result.bytes(), as: UTF8.self)
  }

  @Test(
    "changes, adds and removes members",
    arguments: [
      (#"{"a":"b"}"#, #"{"a":"c"}"#, #"{"a":"c"}"#),
      (#"{"a":1,"b":2}"#, #"{"a":null}"#, #"{"b":2}"#),
      (#"{"a":1,"b":2}"#, #"{"b":3,"c":4}"#, #"{"a":1,"b":3,"c":4}"#),
      (#"{"a":{"b":1}}"#, #"{"a":{"b":null,"c":2}}"#, #"{"a":{"c":2}}"#),
      (#"{"a":[1]}"#, #"{"a":{"b":1}}"#, #"{"a":{"b":1}}"#),
      (#"[1]"#, #"{"a":1,"c":null}"#, #"{"a":1}"#),
      (#"{"a":1}"#, "[2]", "[2]"), (#"{"a":1}"#, "null", "null"),
      ("{}", #"{"a":{"b":{"c":null}}}"#, #"{"a":{"b":{}}}"#),
      (#"{"e":null}"#, #"{"a":1}"#, #"{"e":null,"a":1}"#),
      (#"{"a":1,"b":2,"a":3}"#, #"{"b":4}"#, #"{"b":4,"a":3}"#),
      (#"{"a":1}"#, #"{"a":null,"a":2,"c":1,"c":null}"#, #"{"a":2}"#),
    ]
  )
  func applies(_ target: String, _ patch: String, _ result: String) throws {
    #expect(try patched(target, patch) == result)
  }

  @Test("passes the examples of RFC 7396")
  func standard() throws {
    guard TestFiles.hasSuite("rfc-examples/merge-patch-rfc7396.json") else { return }
    let suite = try JSONDocument.parse(
      TestFiles.suiteBytes("rfc-examples/merge-patch-rfc7396.json")
    ).root
    for row in try #require(suite["cases"]).elements {
      let target = try #require(row["target"])
      let patch = try #require(row["patch"])
      let expected = try #require(row["result"])
      let found = try JSONDocument.parse(MergePatch.apply(patch, to: target).bytes()).root
      #expect(JSONValue.semanticallyEqual(found, expected))
    }
  }
}
