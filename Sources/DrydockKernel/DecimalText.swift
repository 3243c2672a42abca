/// A decimal number read exactly: `± significand × 10^exponent`, without trailing zeros.
///
/// The grammar is that of JSON, with leading zeros allowed: `-?digits(.digits)?([eE][+-]?digits)?`.
package struct DecimalText: Hashable, Sendable {
  /// Whether a minus sign came first, also before zero.
  package private(set) var isNegative = false
  /// The digits without trailing zeros; 0 for zero.
  package private(set) var significand: UInt64 = 0
  /// The power of ten that the significand is multiplied by; 0 for zero.
  package private(set) var exponent = 0

  /// Reads a whole text; `nil` if it is not a number, or has more than 64 bits of digits.
  package init?(parsing text: some Collection<UInt8>) {
    let bytes = Array(text)
    var index = 0
    if bytes.first == UInt8(ascii: "-") {
      isNegative = true
      index = 1
    }
    var pendingZeros = 0
    guard readDigits(of: bytes, at: &index, pendingZeros: &pendingZeros) else { return nil }
    var fractionDigits = 0
    if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
      index += 1
      let start = index
      guard readDigits(of: bytes, at: &index, pendingZeros: &pendingZeros) else { return nil }
      fractionDigits = index - start
    }
    exponent = pendingZeros - fractionDigits
    if index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e") {
      index += 1
      guard let power = Self.readPower(of: bytes, at: &index) else { return nil }
      exponent += power
    }
    guard index == bytes.count else { return nil }
    if significand == 0 { exponent = 0 }
  }

  /// Returns the number times `10^digits`, without its sign, if that is whole and has 64 bits.
  package func scaled(toDigits digits: Int) -> UInt64? {
    guard significand != 0 else { return 0 }
    let power = exponent + digits
    guard power >= 0, power < 20 else { return nil }
    var result = significand
    for _ in 0..<power {
      let (product, overflow) = result.multipliedReportingOverflow(by: 10)
      guard !overflow else { return nil }
      result = product
    }
    return result
  }

  /// Reads one or more digits; zeros wait until another digit shows that they are not the last.
  private mutating func readDigits(
    of bytes: [UInt8],
    at index: inout Int,
    pendingZeros: inout Int
  ) -> Bool {
    let start = index
    while index < bytes.count, let digit = bytes[index].digitValue {
      index += 1
      guard digit != 0 else {
        pendingZeros += 1
        continue
      }
      guard significand != 0 || pendingZeros == 0 else {
        // Zeros before the first other digit carry nothing.
        significand = UInt64(digit)
        pendingZeros = 0
        continue
      }
      for step in 0...pendingZeros {
        let (tenfold, overflow) = significand.multipliedReportingOverflow(by: 10)
        let (sum, carry) = tenfold.addingReportingOverflow(
          step == pendingZeros ? UInt64(digit) : 0
        )
        guard !overflow, !carry else { return false }
        significand = sum
      }
      pendingZeros = 0
    }
    return index > start
  }

  private static func readPower(of bytes: [UInt8], at index: inout Int) -> Int? {
    var sign = 1
    if index < bytes.count, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") {
      sign = bytes[index] == UInt8(ascii: "-") ? -1 : 1
      index += 1
    }
    let start = index
    var power = 0
    while index < bytes.count, let digit = bytes[index].digitValue {
      index += 1
      // Powers beyond this bound say only 'too large' or 'too small'.
      power = min(power * 10 + Int(digit), 1_000_000)
    }
    return index > start ? sign * power : nil
  }
}

extension UInt8 {
  /// The value of an ASCII digit, 0 to 9.
  @inlinable
  package var digitValue: UInt8? {
    let value = self &- 0x30
    return value < 10 ? value : nil
  }

  /// Whether this is an ASCII letter.
  @inlinable
  package var isLetter: Bool { (self | 0x20) &- 0x61 < 26 }
}

extension [UInt8] {
  /// Appends a number in decimal, with zeros in front up to a width.
  package mutating func append(decimal number: UInt64, width: Int = 1) {
    var digits = 1
    var rest = number
    while rest >= 10 {
      rest /= 10
      digits += 1
    }
    let length = Swift.max(digits, width)
    append(contentsOf: repeatElement(0x30, count: length))
    rest = number
    var place = count
    while rest > 0 {
      place &-= 1
      self[place] = 0x30 | UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
  }

  /// Appends the two digits of a number below 100.
  @inline(__always)
  mutating func append(twoDigits number: Int) {
    append(0x30 | UInt8(truncatingIfNeeded: number / 10))
    append(0x30 | UInt8(truncatingIfNeeded: number % 10))
  }
}
