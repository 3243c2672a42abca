import DrydockExchange

/// Units per SKU that may still be used up.
///
///     var left = UnitAllowance(placed.lines)      // SKU-1: 2
///     left.take(release.lines)                    // nothing: 2 of 2 are used
///     left.take(again.lines)                      // SKU-1, 2 too many
struct UnitAllowance {
  private var left: [String: Int] = [:]

  /// Creates an allowance of the units of lines.
  init(_ lines: [FactLine] = []) {
    add(lines)
  }

  /// Allows more units.
  mutating func add(_ lines: [FactLine]) {
    for line in lines { left[line.sku, default: 0] += line.units }
  }

  /// Uses units up; returns the first SKU of which there are too few, and how many are lacking.
  @discardableResult
  mutating func take(_ lines: [FactLine]) -> (sku: String, excess: Int)? {
    for line in lines { left[line.sku, default: 0] -= line.units }
    for line in lines {
      let rest = left[line.sku, default: 0]
      if rest < 0 { return (line.sku, -rest) }
    }
    return nil
  }

  /// Units of a SKU that are left; below zero when too many were used.
  subscript(sku: String) -> Int { left[sku, default: 0] }
}

extension [FactLine] {
  /// Units per SKU, in the order in which SKUs come up.
  var unitsBySKU: [(sku: String, units: Int)] {
    var units: [(sku: String, units: Int)] = []
    for line in self {
      if let index = units.firstIndex(where: { $0.sku == line.sku }) {
        units[index].units += line.units
      } else {
        units.append((line.sku, line.units))
      }
    }
    return units
  }

  /// All units.
  var units: Int { reduce(0) { $0 + $1.units } }
}
