import DrydockJSON
import Testing

@Suite("Relaxed syntax")
struct RelaxedSyntaxTests {
  @Test("reads what people write and names what it refuses")
  func cases() throws {
    for row in try TestFiles.cases("relaxed").elements {
      let name = try #require(row["name"]?.string)
      let text = try #require(row["text"]?.string)
      do {
        var writer = JSONWriter()
        writer.value(try JSONDocument.parse(text, options: .relaxed).root)
        #expect(writer.text == row["is"]?.string, "\(name)")
      } catch {
        #expect(error.description == row["error"]?.string, "\(name)")
      }
    }
  }

  @Test("reads all strict text the same")
  func readsStrictText() throws {
    for file in TestFiles.suiteFiles("json-test-suite/test_parsing") where file.hasPrefix("y_") {
      let bytes = try TestFiles.suiteBytes("json-test-suite/test_parsing/\(file)")
      #expect(outcome(bytes, .relaxed) == outcome(bytes), "\(file)")
    }
  }

  @Test("finds members and exact numbers")
  func looksUp() throws {
    let root = try JSONDocument.parse("{sku: 'A-1', 'count': +0x10, rate: .5}", options: .relaxed)
      .root
    #expect(root["sku"]?.string == "A-1")
    #expect(root["count"]?.int == 16)
    #expect(root["rate"]?.number?.text == "0.5")
    #expect(root["count"]?.bytes == Array("+0x10".utf8))
  }

  @Test("keeps the byte order mark an option of its own")
  func byteOrderMark() {
    var options = JSONReadOptions.strict
    options.skipsByteOrderMark = true
    let bytes: [UInt8] = [0xEF, 0xBB, 0xBF, 0x5B, 0x5D]
    #expect(outcome(bytes, options) == "[]")
    #expect(outcome(bytes, .relaxed) == "json-byte-order-mark")
    #expect(outcome([0xEF, 0xBB, 0xBF], options) == "json-empty")
  }
}
