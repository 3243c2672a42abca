import DrydockJSON

/// A hash of a value that is the same for values that mean the same.
enum ValueHash {
  /// Returns the hash of the value at a tape index.
  ///
  /// The order of members does not matter, nor how strings and numbers are spelled. Of members
  /// with one name all count, so values with repeated names may differ in hash only.
  static func hash(of node: Int, in document: JSONDocument) -> UInt64 {
    let entry = document.tape.entries[node]
    switch entry.form {
    case .null, .isFalse, .isTrue: return mix(UInt64(entry.tag & 0xF))
    case .string: return text(at: node, in: document)
    case .number:
      let decimal = JSONDecimal(scanned: document.numberText(at: node).utf8)
      var result = mix(decimal.isNegative ? 11 : 13)
      for digit in decimal.digits { result = mix(result ^ UInt64(digit)) }
      return mix(result ^ UInt64(bitPattern: Int64(decimal.exponent)))
    case .array:
      var result = mix(17)
      var child = node + 1
      while child < Int(entry.next) {
        result = mix(result ^ hash(of: child, in: document))
        child = Int(document.tape.entries[child].next)
      }
      return result
    case .object:
      var result = mix(19)
      var child = node + 1
      while child < Int(entry.next) {
        let name = text(at: child, in: document)
        result &+= mix(name ^ mix(hash(of: child + 1, in: document)))
        child = Int(document.tape.entries[child + 1].next)
      }
      return result
    }
  }

  private static func text(at node: Int, in document: JSONDocument) -> UInt64 {
    var result: UInt64 = 23
    let entry = document.tape.entries[node]
    if entry.tag & TapeCode.escaped == 0 {
      for index in entry.contentRange {
        result = (result ^ UInt64(document.bytes[index])) &* 0x100_0000_01B3
      }
    } else {
      for byte in document.utf8(at: node) { result = (result ^ UInt64(byte)) &* 0x100_0000_01B3 }
    }
    return mix(result)
  }

  private static func mix(_ value: UInt64) -> UInt64 {
    var mixed = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}
