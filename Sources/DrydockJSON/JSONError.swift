/// Why a JSON text, pointer or operation was refused, as facts; the words are made on demand.
///
/// ```swift
/// do { _ = try JSONDocument.parse(bytes) } catch {
///   let place = JSONLocation(ofOffset: error.offset, in: bytes)
///   report(error.message, place.line, place.column)
/// }
/// ```
public struct JSONError: Error, Hashable, Sendable {
  /// What a reader was ready to take where it met something else.
  public enum Expected: Hashable, Sendable {
    /// Any value.
    case value
    /// The name of a member.
    case name
    /// The name of a member or the end of the object.
    case nameOrEnd
    /// A value or the end of the array.
    case valueOrEnd
    /// The colon between a name and its value.
    case colon
    /// A comma or the end of the object.
    case commaOrObjectEnd
    /// A comma or the end of the array.
    case commaOrArrayEnd
    /// The end of the text.
    case endOfText
    /// The closing quote of a string.
    case closingQuote
    /// A digit of a number.
    case digit
    /// A hexadecimal digit of an escape or a number.
    case hexDigit
    /// The rest of an escape.
    case escape
    /// The end of a comment.
    case commentEnd
    /// One of the words `null`, `true` and `false`, spelled out.
    case literal(String)
  }

  /// Syntax that looks like JSON to people and that strict JSON does not have.
  public enum Foreign: Hashable, Sendable {
    /// A comma after the last member or element.
    case trailingComma
    /// A comment.
    case comment
    /// A comment that starts with `#`, which no form of JSON has.
    case hashComment
    /// A string in single quotes.
    case singleQuotes
    /// A name without quotes.
    case unquotedName
    /// `NaN` or `Infinity`.
    case notFinite
    /// A number that starts with `+`.
    case leadingPlus
    /// A number that starts with its decimal point.
    case leadingPoint
    /// A number that starts with a zero and goes on.
    case leadingZero
    /// A hexadecimal number.
    case hexadecimal
    /// A literal in another spelling, such as `None` or `True`; carries the right one.
    case literalSpelling(String)
    /// White space that JSON does not know, such as a no-break space.
    case whiteSpace
  }

  /// What is wrong.
  public enum Kind: Hashable, Sendable {
    /// The text is empty or white space only.
    case empty
    /// The text ends too early.
    case unexpectedEnd(Expected)
    /// A byte that nothing starts with here.
    case unexpectedByte(UInt8, Expected)
    /// Syntax that this reader does not take, though others may.
    case foreignSyntax(Foreign)
    /// The text starts with a byte order mark.
    case byteOrderMark
    /// The text is in UTF-16 or UTF-32.
    case otherEncoding(String)
    /// Bytes that are no UTF-8.
    case invalidUTF8
    /// A control character inside a string that has to be escaped.
    case controlCharacter(UInt8)
    /// A backslash followed by a byte that is no escape.
    case invalidEscape(UInt8)
    /// An escape of half a surrogate pair, which is no character.
    case loneSurrogate(UInt16)
    /// Nesting beyond a limit.
    case depthExceeded(limit: Int)
    /// A document beyond a limit, in bytes.
    case sizeExceeded(limit: Int)
    /// A number beyond a limit, in bytes of text.
    case numberLengthExceeded(limit: Int)
    /// A line of JSON Lines beyond a limit, in bytes.
    case lineLengthExceeded(limit: Int)
    /// A name without quotes that cannot do without; carries the part up to the offence.
    case nameNeedsQuotes(String)
    /// A member named twice where that is refused.
    case duplicateName(String)
    /// A number too large for the form it is asked in, such as a binary float in canonical JSON.
    case numberOutOfRange(String)
    /// A pointer that does not start with `/`.
    case pointerStart
    /// A `~` in a pointer that is not followed by `0` or `1`.
    case pointerEscape
    /// A percent sign in a pointer's URI fragment form that is not followed by two hex digits.
    case pointerPercent
    /// A pointer whose URI fragment form is no UTF-8 once decoded.
    case pointerEncoding
  }

  /// What is wrong.
  public var kind: Kind
  /// The byte offset in the text where it is wrong.
  public var offset: Int

  /// Creates an error at a byte offset.
  public init(_ kind: Kind, offset: Int) {
    self.kind = kind
    self.offset = offset
  }
}
