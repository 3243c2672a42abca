/// The elements of an array, in order.
public struct JSONElements: Sequence, Sendable {
  private let array: JSONValue

  init(_ array: JSONValue) {
    self.array = array
  }

  /// Creates an iterator at the first element.
  public func makeIterator() -> Iterator {
    let entry = array.entry
    return Iterator(
      document: array.document,
      index: array.index + 1,
      end: entry.form == .array ? Int(entry.next) : 0
    )
  }

  /// The number of elements.
  public var count: Int {
    array.kind == .array ? array.count : 0
  }

  /// The number of elements, exactly.
  public var underestimatedCount: Int {
    count
  }

  /// Walks the elements of an array.
  public struct Iterator: IteratorProtocol, Sendable {
    fileprivate let document: JSONDocument
    fileprivate var index: Int
    fileprivate let end: Int

    /// Returns the next element.
    public mutating func next() -> JSONValue? {
      guard index < end else { return nil }
      let value = JSONValue(document: document, index: index)
      index = Int(document.entry(index).next)
      return value
    }
  }
}
