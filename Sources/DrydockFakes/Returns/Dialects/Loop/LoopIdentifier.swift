import DrydockExchange

/// The identifiers that Loop gives to returns, their units and its copies of orders.
///
///     return   6,042,536 + number
///     unit     59,160,000,000 + number × 1,000 + position
///     order    26,441,640 + position
enum LoopIdentifier {
  private static let firstReturn: Int64 = 6_042_536
  private static let firstUnit: Int64 = 59_160_000_000
  private static let unitsPerReturn: Int64 = 1_000

  static let shop = 9_876

  static func `return`(_ number: Int) -> Int64 { firstReturn + Int64(number) }

  /// Returns the number of the return that an identifier is, if it can be one.
  static func number(ofReturn identifier: Int64) -> Int? {
    let (number, overflow) = identifier.subtractingReportingOverflow(firstReturn)
    guard !overflow, number > 0, number <= ReturnsLimits.returnNumberMax else { return nil }
    return Int(number)
  }

  static func unit(_ number: Int, _ ordinal: Int) -> Int64 {
    firstUnit + Int64(number) * unitsPerReturn + Int64(ordinal)
  }

  /// Returns the return and the position that a unit's identifier holds, if it can be one.
  static func parts(ofUnit identifier: Int64) -> (number: Int, ordinal: Int)? {
    let (offset, overflow) = identifier.subtractingReportingOverflow(firstUnit)
    guard !overflow, offset > 0 else { return nil }
    let number = offset / unitsPerReturn
    guard number > 0, number <= ReturnsLimits.returnNumberMax else { return nil }
    return (Int(number), Int(offset % unitsPerReturn))
  }

  static func order(_ index: Int) -> Int64 { 26_441_640 + Int64(index + 1) }

  /// Returns the key of a return.
  static func key(_ number: Int) -> EntityKey {
    EntityKey("loop.return", `return`(number))
  }

  /// Returns a label's tracking number: 22 digits, the last one a check digit.
  static func tracking(_ number: Int) -> String {
    let digits = String(10_000_000_000 + Int64(number)).dropFirst()
    let text = "94001118992" + digits
    var sum = 0
    for (position, digit) in text.utf8.reversed().enumerated() {
      sum += Int(digit - 0x30) * (position % 2 == 0 ? 3 : 1)
    }
    return "\(text)\((10 - sum % 10) % 10)"
  }
}
