import DrydockJSON
import Testing

@Suite("JSON writer")
struct JSONWriterTests {
  @Test("writes commas, colons and brackets by itself")
  func writes() {
    var writer = JSONWriter()
    writer.object {
      $0.member("order", "SO-1042")
      $0.member("quantity", 2)
      $0.member("large", Int64.min)
      $0.member("zero", 0)
      $0.member("gift", false)
      $0.member("note", nil as String?)
      $0.member("weight", 7 as Int?)
      $0.memberNull("carrier")
      $0.member("total", number: "738.10")
      $0.member("raw", raw: "[1, 2]")
      $0.memberObject("empty") { _ in }
      $0.memberArray("tags") {
        $0.value("a")
        $0.value(1)
        $0.value(true)
        $0.null()
        $0.number(text: "1e2")
        $0.array { _ in }
        $0.object { $0.member("b", 1) }
        $0.raw(Array("{}".utf8))
      }
    }
    #expect(
      writer.text
        == #"{"order":"SO-1042","quantity":2,"large":-9223372036854775808,"zero":0,"gift":false,"#
        + #""note":null,"weight":7,"carrier":null,"total":738.10,"raw":[1, 2],"empty":{},"#
        + #""tags":["a",1,true,null,1e2,[],{"b":1},{}]}"#
    )
  }

  @Test("indents by two spaces when asked")
  func pretty() {
    var writer = JSONWriter(pretty: true)
    writer.object {
      $0.member("a", 1)
      $0.memberArray("b") {
        $0.value("x")
        $0.object { $0.member("c", true) }
      }
      $0.memberArray("none") { _ in }
      $0.memberObject("nothing") { _ in }
    }
    #expect(
      writer.text == """
        {
          "a": 1,
          "b": [
            "x",
            {
              "c": true
            }
          ],
          "none": [],
          "nothing": {}
        }
        """
    )
  }

  @Test("escapes what it has to and no more")
  func escapes() {
    var writer = JSONWriter()
    writer.value("\u{0}\u{8}\t\n\u{B}\u{C}\r\u{1F} \"\\/ é€😀\u{7F}\u{2028}")
    #expect(
      writer.text == "\"\\u0000\\b\\t\\n\\u000b\\f\\r\\u001f \\\"\\\\/ é€😀\u{7F}\u{2028}\""
    )
  }

  @Test("escapes slashes and letters beyond ASCII when asked")
  func escapesMore() {
    var writer = JSONWriter(escapesSlashes: true, escapesNonASCII: true)
    writer.object { $0.member("u/é", "https://x/€😀\u{FFFF}") }
    #expect(writer.text == #"{"u\/\u00e9":"https:\/\/x\/\u20ac\ud83d\ude00\uffff"}"#)
  }

  @Test("writes one record a line")
  func lines() {
    var writer = JSONWriter()
    for number in 1...3 {
      writer.object { $0.member("n", number) }
      writer.endLine()
    }
    #expect(writer.text == "{\"n\":1}\n{\"n\":2}\n{\"n\":3}\n")
    writer.removeAll()
    writer.value(1)
    #expect(writer.text == "1")
  }

  @Test("hands on what a body throws")
  func throwsOn() {
    struct Full: Error {}
    var writer = JSONWriter()
    #expect(throws: Full.self) {
      try writer.object { (writer) throws(Full) in
        writer.member("a", 1)
        throw Full()
      }
    }
  }

  @Test("writes documents and nodes in its own form")
  func trees() throws {
    let document = try JSONDocument.parse(
      "{ 'a' : [ +1, .5, 'x\\x41' ], b: null, }",
      options: .relaxed
    )
    var writer = JSONWriter()
    writer.object {
      $0.member("document", document.root)
      $0.member("missing", document.root["c"])
      $0.member("node", ["n": [nil, true, "s", -7]] as JSONNode)
    }
    #expect(
      writer.text
        == #"{"document":{"a":[1,0.5,"xA"],"b":null},"missing":null,"node":{"n":[null,true,"s",-7]}}"#
    )
  }

  @Test("stops code that would write invalid text")
  func stops() async {
    await #expect(processExitsWith: .failure) {
      var writer = JSONWriter()
      writer.member("a", 1)
    }
    await #expect(processExitsWith: .failure) {
      var writer = JSONWriter()
      writer.object { $0.value(1) }
    }
    await #expect(processExitsWith: .failure) {
      var writer = JSONWriter()
      writer.value(1)
      writer.value(2)
    }
    await #expect(processExitsWith: .failure) {
      var writer = JSONWriter()
      writer.number(text: "1.")
    }
    await #expect(processExitsWith: .failure) {
      var writer = JSONWriter()
      writer.endLine()
    }
  }
}
