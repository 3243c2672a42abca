import DrydockKernel
import Foundation
import Testing

@Suite("Base64, hexadecimal and UUID text")
struct ByteTextTests {
  @Test(
    "writes and reads the examples of RFC 4648",
    arguments: [
      ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
      ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
    ]
  )
  func published(text: String, base64: String) {
    let bytes = Array(text.utf8)
    let bare = base64.filter { $0 != "=" }
    #expect(Base64.encode(bytes) == base64)
    #expect(Base64.encode(bytes, padding: false) == bare)
    #expect(Base64.decode(base64) == bytes)
    #expect(Base64.decode(bare) == bytes)
  }

  @Test(
    "refuses what is not Base64",
    arguments: [
      "Z", "Zg=", "Zg===", "Zg==Zg==", "Z===", "====", "=", "Zh==", "Zm9=", "Zm9v\n", "Zm 9v",
      "Zm-_",
      "Zm9vYg=", "Zé==",
    ]
  )
  func refusesBase64(text: String) {
    #expect(Base64.decode(text) == nil)
  }

  @Test("agrees with Foundation on every length")
  func likeFoundation() {
    let draws = Seed(9).draws(for: "bytes")
    for count in 0..<200 {
      let bytes = (0..<count).map { place in
        UInt8(draws.below(256, .init(entityNumber: UInt64(place), attempt: count, purpose: .none)))
      }
      let text = Base64.encode(bytes)
      #expect(text == Data(bytes).base64EncodedString())
      #expect(Base64.decode(text) == bytes)
      #expect(Hex.decode(Hex.encode(bytes)) == bytes)
    }
  }

  @Test("has an alphabet for addresses")
  func urlSafe() {
    let bytes: [UInt8] = [0xfb, 0xff, 0xfe]
    #expect(Base64.encode(bytes) == "+//+")
    #expect(Base64.encode(bytes, alphabet: .urlSafe) == "-__-")
    #expect(Base64.decode("-__-", alphabet: .urlSafe) == bytes)
    #expect(Base64.decode("+//+", alphabet: .urlSafe) == nil)
  }

  @Test("writes and reads hexadecimal")
  func hexadecimal() {
    #expect(Hex.encode([0x00, 0x0f, 0xa5, 0xff]) == "000fa5ff")
    #expect(Hex.encode(0x0123_4567_89ab_cdef as UInt64) == "0123456789abcdef")
    #expect(Hex.decode("000FA5ff") == [0x00, 0x0f, 0xa5, 0xff])
    #expect(Hex.decode("") == [])
    for text in ["0", "0g", "zz", " 00", "é0"] { #expect(Hex.decode(text) == nil) }
  }

  @Test("makes text of the shape of a version-4 UUID")
  func uuid() throws {
    #expect(UUIDText.make(0, 0) == "00000000-0000-4000-8000-000000000000")
    #expect(UUIDText.make(.max, .max) == "ffffffff-ffff-4fff-bfff-ffffffffffff")
    #expect(
      UUIDText.make(0x0123_4567_89ab_cdef, 0xfedc_ba98_7654_3210)
        == "01234567-89ab-4def-bedc-ba9876543210"
    )
    let text = UUIDText.make(0xdead_beef_dead_beef, 0x1234_5678_9abc_def0)
    #expect(try #require(UUID(uuidString: text)).uuidString.lowercased() == text)
  }
}
