import DrydockJSON

extension ExampleSolver {
  /// Looks for a number in a situation without choices.
  mutating func solveNumber(_ situation: Situation) -> SolverOutcome {
    let excluded = situation.excluded.compactMap { id -> JSONDecimal? in
      if case .number(let number) = values[id] { number.decimal } else { nil }
    }
    guard
      var search = NumberSearch(
        situation.number,
        isInteger: situation.type == .integer,
        excluded: excluded
      )
    else { return .unknown(.size) }
    let jump = taste?.below(200) ?? 0
    let outcome = search.run(jump: jump)
    return spend(search.tries / 16) ? outcome : .unknown(.budget)
  }
}

/// A search for a number, in whole units of a power of ten.
///
///     minimum 0.5, multipleOf 0.25   →   units of 0.01: from 50, multiples of 25
struct NumberSearch {
  private var scale = 0
  private var lower: Int128?
  private var upper: Int128?
  private var multiples: [Int128] = []
  private var notMultiples: [Int128] = []
  private var excluded: Set<Int128> = []
  private let isInteger: Bool
  /// How many numbers were tried.
  private(set) var tries = 0
  private var jump: Int128 = 0

  private static let digitsMax = 30
  private static let triesMax = 20_000

  /// Puts everything into units; nil where numbers are too long for that.
  init?(_ domain: NumberDomain, isInteger: Bool, excluded: [JSONDecimal]) {
    self.isInteger = isInteger
    let bounds = [domain.lower?.value, domain.upper?.value].compactMap { $0 }
    let all = bounds + domain.multiples + domain.notMultiples + excluded
    // Two more places, so that there is always something between two bounds.
    let scale = max(all.map { -$0.exponent }.max() ?? 0, 0) + 2
    self.scale = scale
    guard scale < NumberSearch.digitsMax,
      all.allSatisfy({
        $0.isZero || $0.magnitude + scale <= NumberSearch.digitsMax
      })
    else { return nil }
    func units(_ value: JSONDecimal) -> Int128 { NumberSearch.units(value, scale) }
    lower = domain.lower.map { units($0.value) + ($0.isInclusive ? 0 : 1) }
    upper = domain.upper.map { units($0.value) - ($0.isInclusive ? 0 : 1) }
    multiples = domain.multiples.map { units($0) }
    notMultiples = domain.notMultiples.map { units($0) }
    let one = NumberSearch.power(scale)
    if isInteger { multiples.append(one) } else { notMultiples.append(one) }
    self.excluded = Set(excluded.map { units($0) })
  }

  private static func power(_ exponent: Int) -> Int128 {
    var result: Int128 = 1
    for _ in 0..<exponent { result *= 10 }
    return result
  }

  private static func units(_ value: JSONDecimal, _ scale: Int) -> Int128 {
    var result: Int128 = 0
    for digit in value.digits { result = result * 10 + Int128(digit) }
    if !value.isZero { result *= power(value.exponent + scale) }
    return value.isNegative ? -result : result
  }

  /// Looks for a number, so many steps further than need be where there is room.
  mutating func run(jump: Int = 0) -> SolverOutcome {
    self.jump = Int128(jump)
    if let lower, let upper, lower > upper { return .none }
    if multiples.isEmpty { return anywhere() }
    var step: Int128 = 1
    for multiple in multiples {
      let (product, overflow) = (step / NumberSearch.divisor(step, multiple))
        .multipliedReportingOverflow(by: multiple)
      guard !overflow, product < NumberSearch.power(36) else { return .unknown(.size) }
      step = product
    }
    if notMultiples.contains(where: { step % $0 == 0 }) { return .none }
    return onLattice(step, isWhole: true)
  }

  private static func divisor(_ left: Int128, _ right: Int128) -> Int128 {
    var (first, second) = (left, right)
    while second != 0 { (first, second) = (second, first % second) }
    return first
  }

  /// Looks for a number among the multiples of a step, from the one nearest to zero.
  ///
  /// Where these are all there is, running out of them proves that there is none.
  private mutating func onLattice(_ step: Int128, isWhole: Bool) -> SolverOutcome {
    let first = lower.map { NumberSearch.roundedUp($0, step) }
    let last = upper.map { NumberSearch.roundedDown($0, step) }
    if let first, let last, first > last { return .none }
    var start: Int128 = isWhole ? 1 : 0
    if let first, start < first { start = first }
    if let last, start > last { start = last }
    if last.map({ start + jump <= $0 }) ?? true { start += jump }
    let most = isWhole ? NumberSearch.triesMax : 64 + excluded.count
    for offset in 0..<Int128(most) {
      var left = false
      for place in offset == 0 ? [start] : [start + offset, start - offset] {
        if let first, place < first { continue }
        if let last, place > last { continue }
        left = true
        tries += 1
        let value = place * step
        if accepts(value) { return .found(.number(number(value))) }
      }
      if !left { return .none }
    }
    return .unknown(.size)
  }

  private func accepts(_ value: Int128) -> Bool {
    !excluded.contains(value) && !notMultiples.contains { value % $0 == 0 }
  }

  /// Looks for a number where any will do: round ones first, then finer and finer.
  private mutating func anywhere() -> SolverOutcome {
    if let lower, let upper, lower == upper {
      // The bounds were moved in by a hundredth of the last place if they did not count.
      return accepts(lower) ? .found(.number(number(lower))) : .none
    }
    var step = NumberSearch.power(scale)
    while true {
      for divisor in [Int128(1), 2] where step % divisor == 0 {
        if case .found(let value) = onLattice(step / divisor, isWhole: false) {
          return .found(value)
        }
      }
      if step == 1 { return .unknown(.size) }
      step /= 10
    }
  }

  private static func roundedUp(_ value: Int128, _ step: Int128) -> Int128 {
    let (quotient, rest) = value.quotientAndRemainder(dividingBy: step)
    return rest > 0 ? quotient + 1 : quotient
  }

  private static func roundedDown(_ value: Int128, _ step: Int128) -> Int128 {
    let (quotient, rest) = value.quotientAndRemainder(dividingBy: step)
    return rest < 0 ? quotient - 1 : quotient
  }

  private func number(_ value: Int128) -> JSONNumber {
    let one = NumberSearch.power(scale)
    let (whole, rest) = value.magnitude.quotientAndRemainder(dividingBy: UInt128(one))
    var text = (value < 0 ? "-" : "") + String(whole)
    if rest > 0 {
      var digits = String(rest)
      digits = String(repeating: "0", count: scale - digits.count) + digits
      while digits.hasSuffix("0") { digits.removeLast() }
      text += "." + digits
    }
    return JSONNumber(scanned: text)
  }
}
