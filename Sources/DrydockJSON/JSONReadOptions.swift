/// What a reader of JSON text accepts and how much of it.
///
///     let document = try JSONDocument.parse(bytes)                      // RFC 8259, nothing else
///     let scenario = try JSONDocument.parse(bytes, options: .relaxed)   // files that people write
///
/// - Source: RFC 8259 for `.strict`; the subset of JSON5 named at `Syntax.relaxed` for `.relaxed`.
public struct JSONReadOptions: Hashable, Sendable {
  /// The grammar that text is held to.
  public enum Syntax: Hashable, Sendable {
    /// RFC 8259.
    case strict
    /// RFC 8259 with the additions of JSON5 that help a person who writes a file.
    ///
    /// Added: `//` and `/* */` comments, a comma after the last member or element, strings in
    /// single quotes, names without quotes (letters, digits, `_` and `$`), the escapes `\'`, `\v`,
    /// `\0`, `\xHH` and an escaped line end, a leading `+`, a leading or trailing decimal point,
    /// hexadecimal integers of up to 16 digits.
    ///
    /// Refused, as no other JSON tool could carry them on: `NaN` and `Infinity`. Refused, as they
    /// are more likely a slip: white space other than space, tab and line ends, escapes in unquoted
    /// names, and escaped characters that need no escape.
    case relaxed
  }

  /// What becomes of an object that names one member twice.
  public enum DuplicateNames: Hashable, Sendable {
    /// All are kept and seen in iteration; a lookup by name finds the last.
    ///
    /// This is what most partners' parsers do, so the harness sees the value that they see.
    case lastWins
    /// The document is refused.
    case refused
  }

  /// Reads RFC 8259 and nothing else.
  public static let strict = Self(syntax: .strict)
  /// Reads files that people write; see `Syntax.relaxed`.
  public static let relaxed = Self(syntax: .relaxed)

  /// The deepest nesting any reader allows, since whatever walks a document recurses this far.
  public static let depthLimit = 1024

  /// The grammar that text is held to.
  public var syntax: Syntax
  /// The deepest nesting of arrays and objects, never more than `depthLimit`.
  public var depthMax = 512
  /// The largest document, in bytes; never more than 4 GiB less one byte.
  public var bytesMax = 1 << 30
  /// The longest number, in bytes of text.
  public var numberBytesMax = 4096
  /// What becomes of an object that names one member twice.
  public var duplicateNames = DuplicateNames.lastWins
  /// Whether a UTF-8 byte order mark at the start is skipped, as HAR files carry one.
  public var skipsByteOrderMark = false

  /// Creates the options of a grammar with default limits.
  public init(syntax: Syntax = .strict) {
    self.syntax = syntax
  }

  /// Whether an object may name one member twice; the last is then found by name.
  public var allowsDuplicateNames: Bool {
    get { duplicateNames == .lastWins }
    set { duplicateNames = newValue ? .lastWins : .refused }
  }
}
