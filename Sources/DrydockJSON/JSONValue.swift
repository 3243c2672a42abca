/// One value of a document: a view that is cheap to copy and keeps its document alive.
///
///     let order = document.root
///     order["lines"]?.elements.compactMap { $0["quantity"]?.int }
///
/// Names and strings are compared byte for byte: `é` written as one scalar and as two are
/// different names, unlike in Swift's own `String` comparison.
public struct JSONValue: Sendable {
  /// What a value is.
  public enum Kind: String, Hashable, Sendable {
    /// The word `null`.
    case null
    /// One of the words `true` and `false`.
    case boolean
    /// A number, whole or not.
    case number
    /// A string.
    case string
    /// An ordered list of values.
    case array
    /// A list of named values.
    case object
  }

  /// The document that this value is part of.
  public let document: JSONDocument
  /// The place of this value on the document's tape.
  package let index: Int

  /// Creates the view of a tape index.
  package init(document: JSONDocument, index: Int) {
    self.document = document
    self.index = index
  }

  /// The tape entry of this value.
  package var entry: JSONTape.Entry {
    document.entry(index)
  }

  /// What this value is.
  public var kind: Kind {
    switch entry.form {
    case .null: .null
    case .isFalse, .isTrue: .boolean
    case .number: .number
    case .string: .string
    case .array: .array
    case .object: .object
    }
  }

  /// The byte offset of the first byte of this value in the document's text.
  public var offset: Int {
    Int(entry.offset)
  }

  /// The byte range of this value in the document's text, quotes and brackets included.
  public var range: Range<Int> {
    entry.range
  }

  /// The source text of this value, as it stands in the document.
  ///
  /// That of a document read in relaxed syntax may not be strict JSON; `JSONWriter.value(_:)` makes
  /// it so.
  public var bytes: [UInt8] {
    Array(document.bytes[entry.range])
  }

  /// The line and column where this value starts.
  ///
  /// - Complexity: O(offset).
  public var location: JSONLocation {
    document.location(ofOffset: offset)
  }

  /// Whether this value is `null`.
  public var isNull: Bool {
    entry.form == .null
  }

  /// The value of `true` or `false`; nothing for any other kind.
  public var bool: Bool? {
    switch entry.form {
    case .isTrue: true
    case .isFalse: false
    default: nil
    }
  }

  /// The text of a string, its escapes resolved; nothing for any other kind.
  public var string: String? {
    entry.form == .string ? document.text(at: index) : nil
  }

  /// The number, every digit kept; nothing for any other kind.
  public var number: JSONNumber? {
    entry.form == .number ? JSONNumber(scanned: document.numberText(at: index)) : nil
  }

  /// The value of a whole number that fits; nothing for any other number or kind.
  ///
  /// `1.0` and `1e2` are whole. No binary float is involved.
  public var int: Int64? {
    entry.form == .number ? document.int64(at: index) : nil
  }
}
