/// The SHA-256 hash of bytes, at once or piece by piece.
///
///     Hex.encode(SHA256.hash(Array("abc".utf8)))        // "ba7816bf…"
///
/// - Source: FIPS 180-4 sections 5.1.1 and 6.2.
public struct SHA256: Sendable {
  private var state: InlineArray<8, UInt32> = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab,
    0x5be0_cd19,
  ]
  private var block = InlineArray<16, UInt32>(repeating: 0)
  private var blockBytes = 0
  private var byteCount: UInt64 = 0

  /// Creates the hash of nothing.
  public init() {}

  /// Returns the 32 bytes of the hash.
  public static func hash(_ bytes: [UInt8]) -> [UInt8] {
    var hash = SHA256()
    hash.update(bytes)
    return hash.finalized()
  }

  /// Takes in more bytes.
  public mutating func update(_ bytes: [UInt8]) {
    let bytes = bytes.span
    byteCount &+= UInt64(truncatingIfNeeded: bytes.count)
    var index = 0
    while index < bytes.count, blockBytes != 0 {
      take(bytes[index])
      index &+= 1
    }
    while index &+ 64 <= bytes.count {
      for word in 0..<16 {
        // Any four bytes are a valid integer, and the load checks its bounds.
        let bits = unsafe bytes.bytes.unsafeLoadUnaligned(
          fromByteOffset: index &+ word &* 4,
          as: UInt32.self
        )
        block[word] = UInt32(bigEndian: bits)
      }
      compress()
      index &+= 64
    }
    while index < bytes.count {
      take(bytes[index])
      index &+= 1
    }
  }

  /// Returns the 32 bytes of the hash of all that was taken in.
  public func finalized() -> [UInt8] {
    var last = self
    let bitCount = byteCount &<< 3
    last.take(0x80)
    while last.blockBytes != 56 { last.take(0) }
    last.block[14] = UInt32(truncatingIfNeeded: bitCount &>> 32)
    last.block[15] = UInt32(truncatingIfNeeded: bitCount)
    last.compress()
    var bytes: [UInt8] = []
    bytes.reserveCapacity(32)
    for index in 0..<8 {
      let word = last.state[index]
      bytes.append(UInt8(truncatingIfNeeded: word &>> 24))
      bytes.append(UInt8(truncatingIfNeeded: word &>> 16))
      bytes.append(UInt8(truncatingIfNeeded: word &>> 8))
      bytes.append(UInt8(truncatingIfNeeded: word))
    }
    return bytes
  }

  /// Takes in one byte, and the block when it is full.
  private mutating func take(_ byte: UInt8) {
    let word = blockBytes &>> 2
    let shift = UInt32(truncatingIfNeeded: 24 &- (blockBytes & 3) &* 8)
    let kept = blockBytes & 3 == 0 ? 0 : block[word]
    block[word] = kept | UInt32(byte) &<< shift
    blockBytes &+= 1
    guard blockBytes == 64 else { return }
    compress()
    blockBytes = 0
  }

  /// Works one block into the state; sixteen rounds a step, so that no variable is moved.
  private mutating func compress() {
    let constants = SHA256.constants
    var schedule = block
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    var step = 0
    while true {
      SHA256.round(a, b, c, &d, e, f, g, &h, schedule[0], constants[step])
      SHA256.round(h, a, b, &c, d, e, f, &g, schedule[1], constants[step &+ 1])
      SHA256.round(g, h, a, &b, c, d, e, &f, schedule[2], constants[step &+ 2])
      SHA256.round(f, g, h, &a, b, c, d, &e, schedule[3], constants[step &+ 3])
      SHA256.round(e, f, g, &h, a, b, c, &d, schedule[4], constants[step &+ 4])
      SHA256.round(d, e, f, &g, h, a, b, &c, schedule[5], constants[step &+ 5])
      SHA256.round(c, d, e, &f, g, h, a, &b, schedule[6], constants[step &+ 6])
      SHA256.round(b, c, d, &e, f, g, h, &a, schedule[7], constants[step &+ 7])
      SHA256.round(a, b, c, &d, e, f, g, &h, schedule[8], constants[step &+ 8])
      SHA256.round(h, a, b, &c, d, e, f, &g, schedule[9], constants[step &+ 9])
      SHA256.round(g, h, a, &b, c, d, e, &f, schedule[10], constants[step &+ 10])
      SHA256.round(f, g, h, &a, b, c, d, &e, schedule[11], constants[step &+ 11])
      SHA256.round(e, f, g, &h, a, b, c, &d, schedule[12], constants[step &+ 12])
      SHA256.round(d, e, f, &g, h, a, b, &c, schedule[13], constants[step &+ 13])
      SHA256.round(c, d, e, &f, g, h, a, &b, schedule[14], constants[step &+ 14])
      SHA256.round(b, c, d, &e, f, g, h, &a, schedule[15], constants[step &+ 15])
      step &+= 16
      guard step < 64 else { break }
      SHA256.extend(&schedule)
    }
    state[0] &+= a
    state[1] &+= b
    state[2] &+= c
    state[3] &+= d
    state[4] &+= e
    state[5] &+= f
    state[6] &+= g
    state[7] &+= h
  }

  @inline(__always)
  private static func round(
    _ a: UInt32,
    _ b: UInt32,
    _ c: UInt32,
    _ d: inout UInt32,
    _ e: UInt32,
    _ f: UInt32,
    _ g: UInt32,
    _ h: inout UInt32,
    _ word: UInt32,
    _ constant: UInt32
  ) {
    let choice = g ^ (e & (f ^ g))
    let first = h &+ rotate(e, 6, 11, 25) &+ choice &+ constant &+ word
    let majority = (a & b) ^ (c & (a ^ b))
    d &+= first
    h = first &+ rotate(a, 2, 13, 22) &+ majority
  }

  /// Returns a word turned right by three counts, joined by exclusive or.
  @inline(__always)
  private static func rotate(
    _ word: UInt32,
    _ first: UInt32,
    _ second: UInt32,
    _ third: UInt32
  ) -> UInt32 {
    (word &>> first | word &<< (32 &- first)) ^ (word &>> second | word &<< (32 &- second))
      ^ (word &>> third | word &<< (32 &- third))
  }

  /// Replaces sixteen words of the message schedule by the sixteen after them.
  @inline(__always)
  private static func extend(_ schedule: inout InlineArray<16, UInt32>) {
    extend(&schedule, 0, 1, 9, 14)
    extend(&schedule, 1, 2, 10, 15)
    extend(&schedule, 2, 3, 11, 0)
    extend(&schedule, 3, 4, 12, 1)
    extend(&schedule, 4, 5, 13, 2)
    extend(&schedule, 5, 6, 14, 3)
    extend(&schedule, 6, 7, 15, 4)
    extend(&schedule, 7, 8, 0, 5)
    extend(&schedule, 8, 9, 1, 6)
    extend(&schedule, 9, 10, 2, 7)
    extend(&schedule, 10, 11, 3, 8)
    extend(&schedule, 11, 12, 4, 9)
    extend(&schedule, 12, 13, 5, 10)
    extend(&schedule, 13, 14, 6, 11)
    extend(&schedule, 14, 15, 7, 12)
    extend(&schedule, 15, 0, 8, 13)
  }

  /// Replaces one word by the one sixteen places later, from those 15, 7 and 2 places before that.
  @inline(__always)
  private static func extend(
    _ schedule: inout InlineArray<16, UInt32>,
    _ place: Int,
    _ fifteen: Int,
    _ seven: Int,
    _ two: Int
  ) {
    let early = schedule[fifteen]
    let late = schedule[two]
    let small = (early &>> 7 | early &<< 25) ^ (early &>> 18 | early &<< 14) ^ (early &>> 3)
    let large = (late &>> 17 | late &<< 15) ^ (late &>> 19 | late &<< 13) ^ (late &>> 10)
    schedule[place] = schedule[place] &+ small &+ schedule[seven] &+ large
  }

  private static let constants: InlineArray<64, UInt32> = [
    0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4,
    0xab1c_5ed5, 0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe,
    0x9bdc_06a7, 0xc19b_f174, 0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f,
    0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da, 0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7,
    0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967, 0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc,
    0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85, 0xa2bf_e8a1, 0xa81a_664b,
    0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070, 0x19a4_c116,
    0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
    0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7,
    0xc671_78f2,
  ]
}
