/// Changes to a value, one after the other, each at a place.
///
///     [{"op": "move", "from": "/shiped_at", "path": "/shippedAt"},
///      {"op": "add", "path": "/lines/-", "value": {"sku": "A-1"}}]
///
/// All of a patch applies, or nothing of it. A member that is added comes last; one that is there
/// keeps its place.
///
/// - Source: RFC 6902.
public struct JSONPatch: Hashable, Sendable {
  /// One change.
  public enum Operation: Hashable, Sendable {
    /// Puts a value at a place, before an element or in place of a member that is there.
    case add(JSONPointer, JSONNode)
    /// Takes the value at a place away.
    case remove(JSONPointer)
    /// Puts a value in place of one that is there.
    case replace(JSONPointer, JSONNode)
    /// Takes a value from one place to another.
    case move(from: JSONPointer, JSONPointer)
    /// Puts what is at one place at another too.
    case copy(from: JSONPointer, JSONPointer)
    /// Goes on only where a place holds this value.
    case test(JSONPointer, JSONNode)
  }

  /// The changes, in order.
  public var operations: [Operation]

  /// Creates a patch of changes.
  public init(_ operations: [Operation]) {
    self.operations = operations
  }

  /// Reads a patch.
  ///
  /// Members that the standard does not name are ignored, as it asks.
  ///
  /// - Throws: What is wrong with which operation.
  public init(_ value: JSONValue) throws(JSONPatchError) {
    guard value.kind == .array else {
      throw JSONPatchError(operation: 0, reason: .malformed("a patch is an array of operations"))
    }
    operations = []
    for (index, element) in value.elements.enumerated() {
      do {
        operations.append(try Operation(element))
      } catch {
        throw JSONPatchError(operation: index, reason: error)
      }
    }
  }

  /// Returns a value with every change made to it.
  ///
  /// - Throws: Which operation does not apply, and why.
  /// - Complexity: O(operations × the members and elements on the way to their places).
  public func applied(to value: JSONNode) throws(JSONPatchError) -> JSONNode {
    var result = value
    for (index, operation) in operations.enumerated() {
      do {
        try operation.apply(to: &result)
      } catch {
        throw JSONPatchError(operation: index, reason: error)
      }
    }
    return result
  }
}

/// Why a patch cannot be read or applied.
public struct JSONPatchError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong with an operation.
  public enum Reason: Error, Hashable, Sendable {
    /// It is not written as the standard asks.
    case malformed(String)
    /// There is nothing at this place.
    case missing(JSONPointer)
    /// This place is behind the end of its array, or no place in an array.
    case noElement(JSONPointer)
    /// A test found another value.
    case differs(JSONPointer)
    /// A value would be moved into itself.
    case intoItself(JSONPointer)
  }

  /// The position of the operation, from 0.
  public var operation: Int
  /// What is wrong with it.
  public var reason: Reason

  /// One line about it.
  public var description: String {
    let text =
      switch reason {
      case .malformed(let what): what
      case .missing(let place): "there is nothing at '\(place)'"
      case .noElement(let place): "'\(place)' is no place of the array"
      case .differs(let place): "another value is at '\(place)'"
      case .intoItself(let place): "'\(place)' would be moved into itself"
      }
    return "operation \(operation + 1): \(text)"
  }
}

extension JSONPatch.Operation {
  /// Reads one operation.
  init(_ value: JSONValue) throws(JSONPatchError.Reason) {
    let names = value.kind == .object ? value.members.map(\.name) : []
    guard names.count(where: { $0 == "op" }) == 1, let name = value["op"]?.string else {
      throw .malformed("an operation needs one 'op'")
    }
    switch name {
    case "add": self = .add(try Self.place("path", value), try Self.node(value))
    case "remove": self = .remove(try Self.place("path", value))
    case "replace": self = .replace(try Self.place("path", value), try Self.node(value))
    case "move":
      self = .move(from: try Self.place("from", value), try Self.place("path", value))
    case "copy":
      self = .copy(from: try Self.place("from", value), try Self.place("path", value))
    case "test": self = .test(try Self.place("path", value), try Self.node(value))
    default: throw .malformed("unknown operation '\(name)'")
    }
  }

  private static func place(
    _ member: String,
    _ value: JSONValue
  ) throws(JSONPatchError.Reason) -> JSONPointer {
    guard let text = value[member]?.string, !text.hasPrefix("#"),
      let pointer = try? JSONPointer(parsing: text)
    else { throw .malformed("an operation needs '\(member)', a JSON pointer") }
    return pointer
  }

  private static func node(_ value: JSONValue) throws(JSONPatchError.Reason) -> JSONNode {
    guard let found = value["value"] else { throw .malformed("an operation needs 'value'") }
    return JSONNode(found)
  }

  /// Makes the change.
  func apply(to root: inout JSONNode) throws(JSONPatchError.Reason) {
    switch self {
    case .add(let place, let value): try root.add(value, at: place)
    case .remove(let place): _ = try root.take(place)
    case .replace(let place, let value):
      try root.change(place) { (node) throws(JSONPatchError.Reason) in node = value }
    case .move(let from, let place):
      if place.tokens.count > from.tokens.count, place.tokens.starts(with: from.tokens) {
        throw .intoItself(from)
      }
      try root.add(try root.take(from), at: place)
    case .copy(let from, let place):
      guard let found = root.at(from) else { throw .missing(from) }
      try root.add(found, at: place)
    case .test(let place, let value):
      guard let found = root.at(place) else { throw .missing(place) }
      guard found.means(value) else { throw .differs(place) }
    }
  }
}

extension JSONNode {
  /// Changes the value at a place, which must be there.
  fileprivate mutating func change(
    _ place: JSONPointer,
    _ depth: Int = 0,
    _ body: (inout JSONNode) throws(JSONPatchError.Reason) -> Void
  ) throws(JSONPatchError.Reason) {
    guard depth < place.tokens.count else { return try body(&self) }
    let token = place.tokens[depth]
    switch self {
    case .object(var members):
      guard let index = members.lastIndex(where: { $0.name == token }) else {
        throw .missing(place)
      }
      self = .null
      try members[index].value.change(place, depth + 1, body)
      self = .object(members)
    case .array(var elements):
      guard let index = JSONPointer.position(token), index < elements.count else {
        throw .noElement(place)
      }
      self = .null
      try elements[index].change(place, depth + 1, body)
      self = .array(elements)
    default: throw .missing(place)
    }
  }

  fileprivate mutating func add(
    _ value: JSONNode,
    at place: JSONPointer
  ) throws(JSONPatchError.Reason) {
    guard let parent = place.parent, let token = place.tokens.last else {
      self = value
      return
    }
    try change(parent) { (node) throws(JSONPatchError.Reason) in
      switch node {
      case .object(var members):
        if let index = members.lastIndex(where: { $0.name == token }) {
          members[index].value = value
        } else {
          members.append(Member(token, value))
        }
        node = .object(members)
      case .array(var elements):
        let index = token == "-" ? elements.count : JSONPointer.position(token)
        guard let index, index <= elements.count else { throw .noElement(place) }
        elements.insert(value, at: index)
        node = .array(elements)
      default: throw .missing(place)
      }
    }
  }

  fileprivate mutating func take(
    _ place: JSONPointer
  ) throws(JSONPatchError.Reason) -> JSONNode {
    guard let parent = place.parent, let token = place.tokens.last else {
      let whole = self
      self = .null
      return whole
    }
    var taken = JSONNode.null
    try change(parent) { (node) throws(JSONPatchError.Reason) in
      switch node {
      case .object(var members):
        guard let index = members.lastIndex(where: { $0.name == token }) else {
          throw .missing(place)
        }
        taken = members.remove(at: index).value
        node = .object(members)
      case .array(var elements):
        guard let index = JSONPointer.position(token), index < elements.count else {
          throw .noElement(place)
        }
        taken = elements.remove(at: index)
        node = .array(elements)
      default: throw .missing(place)
      }
    }
    return taken
  }

  /// Tells whether two values mean the same: the order of members says nothing.
  fileprivate func means(_ other: JSONNode) -> Bool {
    switch (self, other) {
    case (.object(let left), .object(let right)):
      left.count == right.count
        && left.allSatisfy { member in
          right.contains { $0.name == member.name && member.value.means($0.value) }
        }
    case (.array(let left), .array(let right)):
      left.count == right.count && zip(left, right).allSatisfy { $0.means($1) }
    default: self == other
    }
  }
}
