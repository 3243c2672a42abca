/// The members of an object, in the order of the text, duplicates included.
public struct JSONMembers: Sequence, Sendable {
  /// One member: its name, where the name stands, and its value.
  public typealias Element = (name: String, nameOffset: Int, value: JSONValue)

  private let object: JSONValue

  init(_ object: JSONValue) {
    self.object = object
  }

  /// Creates an iterator at the first member.
  public func makeIterator() -> Iterator {
    let entry = object.entry
    return Iterator(
      document: object.document,
      index: object.index + 1,
      end: entry.form == .object ? Int(entry.next) : 0
    )
  }

  /// The number of members.
  public var count: Int {
    object.kind == .object ? object.count : 0
  }

  /// The number of members, exactly.
  public var underestimatedCount: Int {
    count
  }

  /// Walks the members of an object.
  public struct Iterator: IteratorProtocol, Sendable {
    fileprivate let document: JSONDocument
    fileprivate var index: Int
    fileprivate let end: Int

    /// Returns the next member.
    public mutating func next() -> Element? {
      guard index < end else { return nil }
      let name = index
      let value = JSONValue(document: document, index: index + 1)
      index = Int(value.entry.next)
      return (document.text(at: name), Int(document.entry(name).offset), value)
    }
  }
}
