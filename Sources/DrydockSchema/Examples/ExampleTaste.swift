import DrydockJSON
import DrydockKernel

/// What a search prefers where it is free to choose: drawn, so that documents differ.
///
/// Draws are made in the order of the search, which is the same for the same schema.
struct ExampleTaste: Sendable {
  private let draws: KeyedDraws
  private var count = 0

  init(draws: KeyedDraws) {
    self.draws = draws
  }

  /// Returns a number below a bound.
  mutating func below(_ bound: Int) -> Int {
    count += 1
    guard bound > 1 else { return 0 }
    return Int(draws.below(UInt64(bound), KeyedDraws.Key(attempt: count, purpose: "example")))
  }

  /// Returns alternatives in a drawn order.
  mutating func reordered<Element>(_ elements: [Element]) -> [Element] {
    var result = elements
    for index in result.indices.dropFirst().reversed() {
      result.swapAt(index, below(index + 1))
    }
    return result
  }
}
