public import DrydockJSON
import DrydockKernel

/// One place where a document breaks its schema.
public struct Violation: Hashable, Sendable {
  /// How much it matters.
  public enum Level: String, Hashable, Sendable, CaseIterable {
    /// The document is invalid.
    case error
    /// The document is valid, but should be looked at.
    case notice
  }

  /// The value that is wrong; for a missing member the object that lacks it.
  public var pointer: JSONPointer
  /// Its byte offset in the document; that of the name where a member should not be there.
  public var offset: Int
  /// The keyword that is broken, as a JSON pointer into the schema.
  ///
  /// Where it lies in another document, that document's URI and a `#` go before it.
  public var schemaPointer: String
  /// The stable id of what is broken: the keyword, or `undeclared-member` and its like.
  public var rule: String
  /// How much it matters.
  public var level: Level
  /// What the schema wants here, as a phrase such as `integer of at least 1`.
  public var expected: String
  /// What is there instead, as a phrase such as `'3'`.
  public var found: String
  /// The name or value that was probably meant.
  public var suggestion: String?
  /// The branch of `anyOf` or `oneOf` that the value was judged by, and why that one.
  public var branch: String?
}

extension Violation {
  /// The violation as one line, without its place.
  public var message: String {
    var text: String
    switch rule {
    case Rule.required.rawValue, Rule.dependentRequired.rawValue:
      text = "missing \(expected)"
      if let suggestion { text += "; found '\(suggestion)', did you mean it?" }
    case Rule.additionalProperties.rawValue, Rule.unevaluatedProperties.rawValue,
      Rule.undeclaredMember.rawValue:
      text = "unexpected \(found)"
      if let suggestion { text += "; did you mean '\(suggestion)'?" }
    default:
      text = "expected \(expected), found \(found)"
      if let suggestion { text += "; did you mean '\(suggestion)'?" }
    }
    if let branch { text += " (\(branch))" }
    return text
  }
}

extension Violation {
  /// Twelve hexadecimal digits that name this violation in every document and every run.
  ///
  /// They follow from the rule, the place and what is expected there. Elements of an array share
  /// one; lines, other members and the value that was found do not matter. An allow-list can name
  /// a violation by them until the schema asks for something else at that place.
  public var fingerprint: String {
    let place = pointer.tokens.map { token in
      token.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } ? "*" : token
    }
    let text = "\(rule)\n\(place.joined(separator: "/"))\n\(expected)"
    return String(Hex.encode(SHA256.hash(Array(text.utf8))).prefix(12))
  }
}
