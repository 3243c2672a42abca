import DrydockKernel

/// Quantiles of distributions, and the powers and logarithms they need, in integers only.
///
/// Every function takes 64 drawn bits as a probability between 0 and 1 and rises with it. Results
/// are the same on every machine, since nothing passes through a binary float.
enum Quantiles {
  /// Units of a number with 32 binary places.
  private static let one: UInt64 = 1 << 32
  /// ln 2 with 32 binary places.
  private static let naturalLogarithmOfTwo: UInt64 = 2_977_044_472
  /// 1 / ln 2 with 32 binary places.
  private static let binaryLogarithmOfE: Int128 = 6_196_328_019

  /// Returns a standard normal deviate with 24 binary places, from -6.34 to 6.34.
  static func normal(_ bits: UInt64) -> Int64 {
    let isUpper = bits >> 63 == 1
    let tail = ((isUpper ? ~bits : bits) << 1) | 1
    let depth = tail.leadingZeroBitCount
    guard depth < 32 else { return isUpper ? QuantileTables.normal[0] : -QuantileTables.normal[0] }
    let mantissa = tail << UInt64(depth + 1)
    let index = 16 * (31 - depth) + Int(mantissa >> 60)
    let part = Int64((mantissa << 4) >> 32)
    let outer = QuantileTables.normal[index]
    let inner = QuantileTables.normal[index + 1]
    let magnitude = outer - (((outer - inner) * part) >> 32)
    return isUpper ? magnitude : -magnitude
  }

  /// Returns how often a survivor was halved: -log2 of one minus the probability, with 32 places.
  static func halvings(_ bits: UInt64) -> UInt64 {
    let survival = max(1, ~bits)
    let depth = survival.leadingZeroBitCount
    let mantissa = survival << UInt64(depth + 1)
    let index = Int(mantissa >> 57)
    let part = (mantissa << 7) >> 32
    let lower = QuantileTables.binaryLogarithms[index]
    let upper = QuantileTables.binaryLogarithms[index + 1]
    let logarithm = lower + (((upper - lower) * part) >> 32)
    return UInt64(depth + 1) * one - logarithm
  }

  /// Returns an exponential deviate: a mean times -ln of one minus the probability.
  static func exponential(mean: UInt64, _ bits: UInt64) -> UInt64 {
    let logarithm = (UInt128(halvings(bits)) * UInt128(naturalLogarithmOfTwo)) >> 32
    return UInt64(clamping: (UInt128(mean) * logarithm) >> 32)
  }

  /// Returns a Pareto deviate: a minimum over the shape-th root of one minus the probability.
  static func pareto(minimum: UInt64, shape: Ratio, _ bits: UInt64) -> UInt64 {
    guard shape.numerator > 0 else { return .max }
    let exponent = UInt128(halvings(bits)) * UInt128(shape.denominator) / UInt128(shape.numerator)
    return power(of: minimum, exponent: Int64(clamping: exponent))
  }

  /// Returns a log-normal deviate: a median times e to the spread times a normal deviate.
  static func logNormal(median: UInt64, spread: Ratio, _ bits: UInt64) -> UInt64 {
    let bounded = min(spread, Ratio(64, 1))
    let product = Int128(normal(bits)) * Int128(bounded.numerator) * binaryLogarithmOfE
    let exponent = (product / Int128(bounded.denominator)) >> 24
    return power(of: median, exponent: Int64(clamping: exponent))
  }

  /// Returns a number times a power of two whose exponent has 32 binary places.
  static func power(of number: UInt64, exponent: Int64) -> UInt64 {
    let whole = exponent >> 32
    let places = UInt64(bitPattern: exponent) & (one - 1)
    let index = Int(places >> 25)
    let part = (places & (1 << 25 - 1)) << 7
    let lower = QuantileTables.powersOfTwo[index]
    let upper = QuantileTables.powersOfTwo[index + 1]
    let factor = lower + (((upper - lower) * part) >> 32)
    let product = UInt128(number) * UInt128(factor)
    // The product has 32 places and at most 97 bits.
    let shift = whole - 32
    if shift <= 0 { return UInt64(clamping: product >> UInt128(min(127, -shift))) }
    guard shift < 31 else { return number == 0 ? 0 : .max }
    return UInt64(clamping: product << UInt128(shift))
  }
}
