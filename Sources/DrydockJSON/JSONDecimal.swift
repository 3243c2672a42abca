/// A decimal number of any length: a sign, digits and a power of ten.
///
///     -12.50e3   →   isNegative, digits [1, 2, 5], exponent 2        −125 × 10²
///     0.0        →   digits [], exponent 0                            zero has one form
///
/// Digits neither start nor end in 0, so equal numbers have equal forms.
package struct JSONDecimal: Hashable, Sendable {
  /// The magnitude that exponents are cut to.
  package static let exponentLimit = 1_000_000_000_000_000

  /// Whether the number is below zero.
  package var isNegative = false
  /// The significant digits, each 0 to 9, the most significant first.
  package var digits: [UInt8] = []
  /// The power of ten that the digits, read as a whole number, are multiplied by.
  package var exponent = 0

  /// Creates the decimal of a number's text, which is known to be one.
  package init(scanned text: some Sequence<UInt8>) {
    var exponentText: Int?
    var isExponentNegative = false
    var inFraction = false
    var fractionDigits = 0
    for byte in text {
      switch byte {
      case UInt8(ascii: "-"):
        if exponentText == nil { isNegative = true } else { isExponentNegative = true }
      case UInt8(ascii: "."): inFraction = true
      case UInt8(ascii: "e"), UInt8(ascii: "E"): exponentText = 0
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        let digit = byte - UInt8(ascii: "0")
        if let value = exponentText {
          exponentText = min(value * 10 + Int(digit), JSONDecimal.exponentLimit)
        } else {
          if !digits.isEmpty || digit != 0 { digits.append(digit) }
          if inFraction { fractionDigits += 1 }
        }
      default: break
      }
    }
    while digits.last == 0 {
      digits.removeLast()
      fractionDigits -= 1
    }
    guard !digits.isEmpty else {
      isNegative = false
      return
    }
    exponent = (isExponentNegative ? -1 : 1) * (exponentText ?? 0) - fractionDigits
  }

  /// Whether this is zero.
  package var isZero: Bool {
    digits.isEmpty
  }

  /// Whether this is whole.
  package var isInteger: Bool {
    exponent >= 0
  }

  /// The position of the most significant digit: 1 for 1 to 9, 2 for 10 to 99, 0 for 0.1.
  package var magnitude: Int {
    digits.count + exponent
  }

  /// The value if it is whole and fits.
  package var int64: Int64? {
    guard isInteger, magnitude <= 19 else { return nil }
    var value: Int64 = 0
    for position in 0..<magnitude {
      let digit = position < digits.count ? Int64(digits[position]) : 0
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carried) = product.subtractingReportingOverflow(digit)
      guard !overflow, !carried else { return nil }
      value = sum
    }
    if isNegative { return value }
    return value == .min ? nil : -value
  }

  /// Returns whether this divided by another leaves nothing over.
  ///
  /// With both written as whole numbers times powers of ten, A × 10ᵃ and B × 10ᵇ, the question is
  /// whether B divides A × 10ᵏ, where k is a − b. Below 0 it never does, since A does not end in 0.
  /// Beyond the powers of 2 and 5 that B can hold, a larger k changes nothing.
  ///
  /// - Complexity: O(digits of this × digits of the other).
  package func isMultiple(of divisor: JSONDecimal) -> Bool {
    if isZero { return true }
    if divisor.isZero { return false }
    let shift = exponent - divisor.exponent
    guard shift >= 0 else { return false }
    let zeros = min(shift, divisor.digits.count * 4)
    if divisor.digits.count <= 18 {
      let modulus = divisor.digits.reduce(into: UInt64(0)) { $0 = $0 * 10 + UInt64($1) }
      return remainder(modulus, zeros: zeros) == 0
    }
    return isMultiple(ofDigits: divisor.digits, zeros: zeros)
  }

  /// Returns what the digits, followed by zeros, leave over after division by a small number.
  private func remainder(_ modulus: UInt64, zeros: Int) -> UInt64 {
    var rest: UInt64 = 0
    for position in 0..<digits.count + zeros {
      let digit = position < digits.count ? UInt64(digits[position]) : 0
      let (high, low) = rest.multipliedFullWidth(by: 10)
      let (sum, carry) = low.addingReportingOverflow(digit)
      rest = modulus.dividingFullWidth((high + (carry ? 1 : 0), sum)).remainder
    }
    return rest
  }

  /// Returns whether the digits, followed by zeros, divide by a number of any length.
  ///
  /// Long division by hand: the rest is kept as digits and the divisor taken away up to nine times.
  private func isMultiple(ofDigits divisor: [UInt8], zeros: Int) -> Bool {
    var rest = [UInt8](repeating: 0, count: divisor.count + 1)
    let wide = [0] + divisor
    for position in 0..<digits.count + zeros {
      rest.removeFirst()
      rest.append(position < digits.count ? digits[position] : 0)
      while !rest.lexicographicallyPrecedes(wide) {
        var borrow: UInt8 = 0
        for place in rest.indices.reversed() {
          let taken = wide[place] + borrow
          borrow = rest[place] < taken ? 1 : 0
          rest[place] = rest[place] &+ (borrow * 10) &- taken
        }
      }
    }
    return rest.allSatisfy { $0 == 0 }
  }
}

extension JSONDecimal: Comparable {
  /// Returns whether one number is less than another.
  package static func < (left: JSONDecimal, right: JSONDecimal) -> Bool {
    if left.isZero { return !right.isZero && !right.isNegative }
    if right.isZero || left.isNegative != right.isNegative { return left.isNegative }
    let (smaller, larger) = left.isNegative ? (right, left) : (left, right)
    if smaller.magnitude != larger.magnitude { return smaller.magnitude < larger.magnitude }
    return smaller.digits.lexicographicallyPrecedes(larger.digits)
  }
}
