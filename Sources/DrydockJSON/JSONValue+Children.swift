extension JSONValue {
  /// The number of elements of an array or members of an object; 0 for any other kind.
  public var count: Int {
    switch entry.form {
    case .array, .object: document.childCount(of: index)
    default: 0
    }
  }

  /// The elements of an array; none for any other kind.
  public var elements: JSONElements {
    JSONElements(self)
  }

  /// The members of an object, in the order of the text; none for any other kind.
  public var members: JSONMembers {
    JSONMembers(self)
  }

  /// The member with a name; of several, the last.
  ///
  /// - Complexity: O(members).
  public subscript(name: String) -> JSONValue? {
    guard entry.form == .object else { return nil }
    let utf8 = name.utf8
    guard let found = document.indexOfMember(utf8.span, in: index) else { return nil }
    return JSONValue(document: document, index: found)
  }

  /// The element at a position from 0.
  ///
  /// - Complexity: O(position).
  public subscript(position: Int) -> JSONValue? {
    guard entry.form == .array, let found = document.indexOfElement(position, in: index) else {
      return nil
    }
    return JSONValue(document: document, index: found)
  }

  /// Returns the value that a pointer leads to from here, if there is one.
  ///
  /// - Source: RFC 6901 section 4.
  public func at(_ pointer: JSONPointer) -> JSONValue? {
    var value = self
    for token in pointer.tokens {
      switch value.entry.form {
      case .object:
        guard let member = value[token] else { return nil }
        value = member
      case .array:
        guard let position = JSONPointer.position(token), let element = value[position] else {
          return nil
        }
        value = element
      default: return nil
      }
    }
    return value
  }

  /// The first name that this object has twice, with its byte offset.
  public var duplicateName: (name: String, offset: Int)? {
    guard entry.form == .object, let found = document.duplicateName(in: index) else { return nil }
    return (document.text(at: found), Int(document.entry(found).offset))
  }
}
