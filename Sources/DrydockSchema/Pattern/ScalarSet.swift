/// A set of Unicode scalar values as sorted, disjoint, non-adjacent ranges.
///
/// Surrogate code points may be members: a complement covers the whole code space, and strings
/// never contain them.
struct ScalarSet: Hashable, Sendable {
  /// The ranges in ascending order.
  private(set) var ranges: [ClosedRange<UInt32>]

  /// The highest code point.
  static let scalarMax: UInt32 = 0x10FFFF

  /// Creates a set from ranges in any order, overlapping or not.
  init(_ unsorted: [ClosedRange<UInt32>]) {
    let sorted = unsorted.sorted { $0.lowerBound < $1.lowerBound }
    ranges = []
    ranges.reserveCapacity(sorted.count)
    for range in sorted {
      if let last = ranges.last, range.lowerBound <= last.upperBound &+ 1 {
        if range.upperBound > last.upperBound {
          ranges[ranges.count - 1] = last.lowerBound...range.upperBound
        }
      } else {
        ranges.append(range)
      }
    }
  }

  /// Creates a set of one scalar.
  init(scalar: UInt32) {
    ranges = [scalar...scalar]
  }

  /// The set of all code points outside this one.
  var complement: ScalarSet {
    var result: [ClosedRange<UInt32>] = []
    var next: UInt32 = 0
    for range in ranges {
      if range.lowerBound > next { result.append(next...(range.lowerBound - 1)) }
      next = range.upperBound + 1
    }
    if next <= ScalarSet.scalarMax { result.append(next...ScalarSet.scalarMax) }
    return ScalarSet(result)
  }

  /// Returns the members of either set.
  func union(_ other: ScalarSet) -> ScalarSet {
    ScalarSet(ranges + other.ranges)
  }

  /// Returns whether a scalar is a member, by binary search.
  func contains(_ scalar: UInt32) -> Bool {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      let range = ranges[middle]
      if scalar < range.lowerBound {
        high = middle
      } else if scalar > range.upperBound {
        low = middle + 1
      } else {
        return true
      }
    }
    return false
  }
}

extension ScalarSet {
  /// Every code point.
  static let all = ScalarSet([0...scalarMax])

  /// The decimal digits of ASCII, as `\d`.
  static let digits = ScalarSet([0x30...0x39])

  /// ASCII letters, digits and the low line, as `\w`.
  static let words = ScalarSet([0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])

  /// White space and line terminators of ECMA-262, as `\s`.
  static let spaces = ScalarSet([
    0x09...0x0D, 0x20...0x20, 0xA0...0xA0, 0x1680...0x1680, 0x2000...0x200A, 0x2028...0x2029,
    0x202F...0x202F, 0x205F...0x205F, 0x3000...0x3000, 0xFEFF...0xFEFF,
  ])

  /// Everything but the four line terminators, as `.`.
  static let exceptLineEnds = ScalarSet([0x0A...0x0A, 0x0D...0x0D, 0x2028...0x2029]).complement
}
