/// An item receipt: goods that came back.
package struct ERPReceipt: Hashable, Sendable {
  package struct Line: Hashable, Sendable {
    /// The position of the authorisation's line.
    package var line: Int
    package var quantity: Int
    /// Where the goods go; nothing for goods written off.
    package var node: Int?
    /// Whether the goods go back on the shelf; otherwise they are scrap.
    package var isRestocked: Bool
  }

  package var head: ERPRecordHead
  package var authorisation: Int
  package var lines: [Line]
}
