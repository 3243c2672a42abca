import DrydockKernel
import Testing

@Suite("SHA-256 and HMAC")
struct HashTests {
  private func hash(_ text: String) -> String { Hex.encode(SHA256.hash(Array(text.utf8))) }

  @Test(
    "gives the hashes of the published examples",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
      (
        "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
          + "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
        "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
      ),
    ]
  )
  func published(text: String, expected: String) {
    #expect(hash(text) == expected)
  }

  @Test("hashes a million letters")
  func million() {
    #expect(
      Hex.encode(SHA256.hash([UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)))
        == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    )
  }

  @Test("hashes every length over several blocks")
  func lengths() {
    // The hash of the hashes of n bytes of value n, for n below 200, by another implementation.
    var all = SHA256()
    for count in 0..<200 {
      all.update(SHA256.hash([UInt8](repeating: UInt8(count), count: count)))
    }
    #expect(
      Hex.encode(all.finalized())
        == "6f979b0f53f1f6efc88ce8829b3e9c0d7711e102a3cfe31394c5d6c3232047ad"
    )
  }

  @Test("gives one hash however the bytes are cut")
  func pieces() {
    let bytes = (0..<1_000).map { UInt8(truncatingIfNeeded: $0 * 7 + 3) }
    for size in [1, 3, 55, 56, 63, 64, 65, 127, 128, 999] {
      var hash = SHA256()
      for start in stride(from: 0, to: bytes.count, by: size) {
        hash.update(Array(bytes[start..<min(start + size, bytes.count)]))
      }
      #expect(
        Hex.encode(hash.finalized())
          == "1e9bc38cbf860b9ec31918b065f9b52476c549a782e0e7990bed8ce3868d2371",
        "\(size)"
      )
      #expect(hash.finalized() == hash.finalized())
    }
  }

  // RFC 4231 section 4.
  @Test(
    "gives the codes of RFC 4231",
    arguments: [
      (
        String(repeating: "0b", count: 20), Hex.encode(Array("Hi There".utf8)),
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
      ),
      (
        Hex.encode(Array("Jefe".utf8)), Hex.encode(Array("what do ya want for nothing?".utf8)),
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
      ),
      (
        String(repeating: "aa", count: 20), String(repeating: "dd", count: 50),
        "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
      ),
      (
        "0102030405060708090a0b0c0d0e0f10111213141516171819", String(repeating: "cd", count: 50),
        "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"
      ),
      (
        String(repeating: "aa", count: 131),
        Hex.encode(Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8)),
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
      ),
      (
        String(repeating: "aa", count: 131),
        Hex.encode(
          Array(
            ("This is a test using a larger than block-size key and a larger than block-size "
              + "data. The key needs to be hashed before being used by the HMAC algorithm.").utf8
          )
        ),
        "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"
      ),
    ]
  )
  func codes(key: String, message: String, expected: String) throws {
    let key = try #require(Hex.decode(key))
    let message = try #require(Hex.decode(message))
    #expect(Hex.encode(HMAC.sha256(message, key: key)) == expected)
  }

  @Test("compares codes whole")
  func areEqual() {
    #expect(HMAC.areEqual([1, 2, 3], [1, 2, 3]))
    #expect(HMAC.areEqual([], []))
    #expect(!HMAC.areEqual([1, 2, 3], [1, 2, 4]))
    #expect(!HMAC.areEqual([0, 2, 3], [1, 2, 3]))
    #expect(!HMAC.areEqual([1, 2], [1, 2, 3]))
  }
}
