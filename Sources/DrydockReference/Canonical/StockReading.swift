import DrydockExchange
import DrydockKernel

/// Stock of one SKU at one node, as its 3PL counts it.
struct StockLevel: Hashable, Sendable {
  var sku: String
  var node: String
  /// Units that are there.
  var onHand: Int
  /// Units that are there and promised to nobody.
  var fulfillable: Int
}

/// What a 3PL said about its stock at an instant.
struct StockReading: Hashable, Sendable {
  var at: VirtualInstant
  var levels: [StockLevel]

  /// Returns the level of a SKU at a node.
  func level(of sku: String, at node: String) -> StockLevel? {
    levels.first { $0.sku == sku && $0.node == node }
  }

  /// Takes units out that were promised after the reading.
  mutating func promise(_ quantity: Int, of sku: String, at node: String) {
    guard let index = levels.firstIndex(where: { $0.sku == sku && $0.node == node }) else { return }
    levels[index].fulfillable -= quantity
  }
}
