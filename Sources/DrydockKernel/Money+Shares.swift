extension Money {
  /// What becomes of the fraction of a minor unit.
  public enum Rounding: Hashable, Sendable, CaseIterable {
    /// The nearest minor unit; a half goes away from zero.
    case halfUp
    /// The nearest minor unit; a half goes to the even neighbour.
    case halfEven
    /// The next minor unit towards zero.
    case towardsZero
    /// The next minor unit away from zero.
    case awayFromZero
  }

  /// Returns the amount times a ratio, rounded to minor units; `nil` beyond 64 bits.
  public func scaled(by ratio: Ratio, _ rounding: Rounding) -> Money? {
    let product = UInt128(minorUnits.magnitude) * UInt128(ratio.numerator)
    let divisor = UInt128(ratio.denominator)
    var (quotient, remainder) = product.quotientAndRemainder(dividingBy: divisor)
    let isUp: Bool
    switch rounding {
    case .halfUp: isUp = remainder >= divisor - remainder
    case .halfEven:
      let rest = divisor - remainder
      isUp = remainder > rest || (remainder == rest && quotient % 2 == 1)
    case .towardsZero: isUp = false
    case .awayFromZero: isUp = remainder > 0
    }
    if isUp { quotient += 1 }
    guard let magnitude = Int64(exactly: quotient) else { return nil }
    return Money(minorUnits: minorUnits < 0 ? -magnitude : magnitude, currency: currency)
  }

  /// Splits the amount by weights so that the parts add up to it exactly.
  ///
  ///     Money(parsing: "10.00", …).allocated(by: [1, 1, 1])        // 3.34, 3.33, 3.33
  ///
  /// Each part is its share cut towards zero; the minor units left over go, one each, to the parts
  /// with the largest remainders, the earlier one first among equals. Weights that are all zero
  /// count as equal ones.
  ///
  /// - Returns: One part for each weight; none without weights.
  /// - Complexity: O(n log n).
  public func allocated(by weights: [UInt64]) -> [Money] {
    guard !weights.isEmpty else { return [] }
    let given = weights.reduce(UInt128(0)) { $0 + UInt128($1) }
    let shares = given == 0 ? weights.map { _ in UInt128(1) } : weights.map { UInt128($0) }
    let total = given == 0 ? UInt128(weights.count) : given
    let magnitude = UInt128(minorUnits.magnitude)
    var parts: [UInt64] = []
    var remainders: [UInt128] = []
    parts.reserveCapacity(shares.count)
    remainders.reserveCapacity(shares.count)
    for share in shares {
      let (quotient, remainder) = (magnitude * share).quotientAndRemainder(dividingBy: total)
      parts.append(UInt64(truncatingIfNeeded: quotient))
      remainders.append(remainder)
    }
    let left = minorUnits.magnitude - parts.reduce(0, +)
    let order = remainders.indices.sorted {
      (remainders[$1], $0) < (remainders[$0], $1)
    }
    for index in order.prefix(Int(left)) { parts[index] += 1 }
    return parts.map { part in
      let units = minorUnits < 0 ? 0 &- Int64(truncatingIfNeeded: part) : Int64(part)
      return Money(minorUnits: units, currency: currency)
    }
  }
}
