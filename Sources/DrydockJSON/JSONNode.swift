/// A JSON value that code can build and change.
///
///     var node: JSONNode = ["order": "SO-1042", "lines": [["sku": "A-1", "quantity": 2]]]
///     node["status"] = "released"
///     let bytes = node.bytes()
///
/// Reading wants `JSONValue`, which copies nothing; a node is for redaction, patches and tests.
/// Equality is that of the tree: members in order, numbers mathematically.
public enum JSONNode: Hashable, Sendable {
  /// The word `null`.
  case null
  /// One of the words `true` and `false`.
  case boolean(Bool)
  /// A number, every digit kept.
  case number(JSONNumber)
  /// A string.
  case string(String)
  /// An ordered list of values.
  case array([JSONNode])
  /// Named values in order.
  case object([Member])

  /// One named value of an object.
  public struct Member: Hashable, Sendable {
    /// The name.
    public var name: String
    /// The value.
    public var value: JSONNode

    /// Creates a member.
    public init(_ name: String, _ value: JSONNode) {
      self.name = name
      self.value = value
    }
  }

  /// Creates a copy of a document's value, duplicates included.
  public init(_ value: JSONValue) {
    self.init(value.document, value.index)
  }

  /// Copies what stands at a tape index; recursion is bounded by the depth readers allow.
  private init(_ document: JSONDocument, _ index: Int) {
    let entry = document.entry(index)
    switch entry.form {
    case .null: self = .null
    case .isFalse: self = .boolean(false)
    case .isTrue: self = .boolean(true)
    case .number: self = .number(JSONNumber(scanned: document.numberText(at: index)))
    case .string: self = .string(document.text(at: index))
    case .array:
      var elements: [JSONNode] = []
      elements.reserveCapacity(document.childCount(of: index))
      var child = index + 1
      while child < Int(entry.next) {
        elements.append(JSONNode(document, child))
        child = Int(document.entry(child).next)
      }
      self = .array(elements)
    case .object:
      var members: [Member] = []
      members.reserveCapacity(document.childCount(of: index))
      var child = index + 1
      while child < Int(entry.next) {
        members.append(Member(document.text(at: child), JSONNode(document, child + 1)))
        child = Int(document.entry(child + 1).next)
      }
      self = .object(members)
    }
  }

  /// Creates a whole number.
  public init(_ value: Int64) {
    self = .number(JSONNumber(value))
  }

  /// Writes this value.
  public func write(to writer: inout JSONWriter) {
    writer.startValue()
    writer.writeTree(self)
  }

  /// Returns this value as text.
  public func bytes(pretty: Bool = false) -> [UInt8] {
    var writer = JSONWriter(pretty: pretty)
    write(to: &writer)
    return writer.bytes
  }
}

// MARK: Access

extension JSONNode {
  /// The member with a name, of several the last; nothing when this is no object.
  ///
  /// Setting changes that member in place and drops the others of that name, or appends one;
  /// setting nothing removes all. Setting has no effect when this is no object.
  public subscript(name: String) -> JSONNode? {
    get {
      guard case .object(let members) = self else { return nil }
      return members.last { $0.name.utf8.elementsEqual(name.utf8) }?.value
    }
    set {
      guard case .object(var members) = self else { return }
      self = .null
      let place = members.lastIndex { $0.name.utf8.elementsEqual(name.utf8) }
      if let newValue, let place {
        members[place].value = newValue
      } else if let newValue {
        members.append(Member(name, newValue))
      }
      if let place {
        let isKept = newValue != nil
        members = members.indices
          .filter { index in
            (isKept && index == place) || !members[index].name.utf8.elementsEqual(name.utf8)
          }
          .map { members[$0] }
      }
      self = .object(members)
    }
  }

  /// Returns the value that a pointer leads to, if there is one.
  public func at(_ pointer: JSONPointer) -> JSONNode? {
    var node = self
    for token in pointer.tokens {
      switch node {
      case .object:
        guard let member = node[token] else { return nil }
        node = member
      case .array(let elements):
        guard let position = JSONPointer.position(token), position < elements.count else {
          return nil
        }
        node = elements[position]
      default: return nil
      }
    }
    return node
  }

  /// Puts a value where a pointer leads and returns whether it could.
  ///
  /// The place must exist, but for the last token: that may name a new member, or be `-` or the
  /// count of an array to append to it.
  @discardableResult
  public mutating func set(_ value: JSONNode, at pointer: JSONPointer) -> Bool {
    change(pointer.tokens[...]) { container, token in
      switch container {
      case .object:
        container[token] = value
        return true
      case .array(var elements):
        let position = token == "-" ? elements.count : JSONPointer.position(token)
        guard let position, position <= elements.count else { return false }
        if position == elements.count {
          elements.append(value)
        } else {
          elements[position] = value
        }
        container = .array(elements)
        return true
      default: return false
      }
    } root: { root in
      root = value
      return true
    }
  }

  /// Removes the member or element where a pointer leads and returns whether there was one.
  @discardableResult
  public mutating func remove(at pointer: JSONPointer) -> Bool {
    change(pointer.tokens[...]) { container, token in
      switch container {
      case .object:
        guard container[token] != nil else { return false }
        container[token] = nil
        return true
      case .array(var elements):
        guard let position = JSONPointer.position(token), position < elements.count else {
          return false
        }
        elements.remove(at: position)
        container = .array(elements)
        return true
      default: return false
      }
    } root: { _ in
      false
    }
  }

  /// Walks to the container of the last token and changes it there.
  private mutating func change(
    _ tokens: ArraySlice<String>,
    _ body: (inout JSONNode, String) -> Bool,
    root: (inout JSONNode) -> Bool
  ) -> Bool {
    guard let token = tokens.first else { return root(&self) }
    let rest = tokens.dropFirst()
    if rest.isEmpty { return body(&self, token) }
    switch self {
    case .object(var members):
      let place = members.lastIndex { $0.name.utf8.elementsEqual(token.utf8) }
      guard let place else { return false }
      guard members[place].value.change(rest, body, root: root) else { return false }
      self = .object(members)
      return true
    case .array(var elements):
      guard let position = JSONPointer.position(token), position < elements.count,
        elements[position].change(rest, body, root: root)
      else {
        return false
      }
      self = .array(elements)
      return true
    default: return false
    }
  }
}

// MARK: Literals

extension JSONNode: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByIntegerLiteral, ExpressibleByStringLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral
{
  /// Creates `null`.
  public init(nilLiteral: ()) {
    self = .null
  }

  /// Creates `true` or `false`.
  public init(booleanLiteral value: Bool) {
    self = .boolean(value)
  }

  /// Creates a whole number.
  public init(integerLiteral value: Int64) {
    self = .number(JSONNumber(value))
  }

  /// Creates a string.
  public init(stringLiteral value: String) {
    self = .string(value)
  }

  /// Creates an array.
  public init(arrayLiteral elements: JSONNode...) {
    self = .array(elements)
  }

  /// Creates an object with its members in the order they are written.
  public init(dictionaryLiteral elements: (String, JSONNode)...) {
    self = .object(elements.map { Member($0.0, $0.1) })
  }
}
