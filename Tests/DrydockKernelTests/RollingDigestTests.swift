import DrydockKernel
import Testing

@Suite("Rolling digest")
struct RollingDigestTests {
  private func digest(_ body: (inout RollingDigest) -> Void) -> String {
    var digest = RollingDigest()
    body(&digest)
    return digest.hex
  }

  // Computed by a second implementation; trace digests that were written down depend on them.
  @Test("gives the known digests")
  func knownAnswers() {
    #expect(digest { _ in } == "dffc0660163f1719")
    #expect(digest { $0.combine(0) } == "6acebdb873ade7b0")
    #expect(
      digest {
        $0.combine(1)
        $0.combine(2)
      } == "c463a756c2ceaf98"
    )
    #expect(
      digest {
        $0.combine(2)
        $0.combine(1)
      } == "e286febd3ca258c7"
    )
    #expect(
      digest {
        $0.combine(.max)
        $0.combine(.max)
      } == "9c7619a0a27ee0f5"
    )
    #expect(digest { for number in 0..<1_000 { $0.combine(UInt64(number)) } } == "7fdb612cc388f404")
    #expect(digest { $0.combine("hello, drydock") } == "becb6e2cb6108fee")
    #expect(digest { $0.combine(bytes: Array(0...255)) } == "c64717869d6bdfc3")
    #expect(
      digest {
        $0.combine(7)
        $0.combine("12345678")
        $0.combine(9)
      } == "89b2dfe749458631"
    )
  }

  @Test("takes a text as its UTF-8 bytes")
  func textIsBytes() {
    for text in ["", "a", "1234567", "12345678", "123456789", "déjà vu, größer", "🚢🚢🚢🚢🚢"] {
      #expect(digest { $0.combine(text) } == digest { $0.combine(bytes: Array(text.utf8)) })
    }
  }

  @Test("tells apart where one text ends and the next begins")
  func boundaries() {
    let digests = [["ab", "c"], ["a", "bc"], ["abc"], ["abc", ""], ["", "abc"], ["abc\0"]].map {
      texts in digest { for text in texts { $0.combine(text) } }
    }
    #expect(Set(digests).count == digests.count)
  }

  @Test("changes when any bit of any byte changes")
  func everyBit() {
    let bytes = [UInt8](repeating: 0, count: 40)
    var seen: Set<String> = [digest { $0.combine(bytes: bytes) }]
    for bit in 0..<320 {
      var changed = bytes
      changed[bit / 8] ^= 1 << UInt8(bit % 8)
      seen.insert(digest { $0.combine(bytes: changed) })
    }
    #expect(seen.count == 321)
  }

  @Test("goes on after it was read")
  func readsBetween() {
    var read = RollingDigest()
    read.combine(1)
    let early = read
    #expect(read.value == early.value)
    _ = read.hex
    read.combine(2)
    #expect(read.description == "c463a756c2ceaf98")
    #expect(early != read)
  }
}
