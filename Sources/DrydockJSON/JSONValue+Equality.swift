extension JSONValue {
  /// Returns whether two values mean the same.
  ///
  /// Numbers are compared mathematically, strings byte for byte once unescaped, arrays in order,
  /// objects without regard to order. Of members with one name the last counts.
  ///
  /// - Complexity: O(n log n) in the members of an object; O(n) where the order is the same.
  public static func semanticallyEqual(_ left: JSONValue, _ right: JSONValue) -> Bool {
    areEqual(left.document, left.index, right.document, right.index)
  }

  /// Returns whether what stands at two tape indices means the same.
  package static func areEqual(
    _ left: JSONDocument,
    _ leftIndex: Int,
    _ right: JSONDocument,
    _ rightIndex: Int
  ) -> Bool {
    let leftEntry = left.entry(leftIndex)
    let rightEntry = right.entry(rightIndex)
    guard leftEntry.form == rightEntry.form else { return false }
    switch leftEntry.form {
    case .null, .isTrue, .isFalse: return true
    case .number:
      if let leftNumber = left.smallInteger(at: leftIndex),
        let rightNumber = right.smallInteger(at: rightIndex)
      {
        return leftNumber == rightNumber
      }
      return JSONNumber(scanned: left.numberText(at: leftIndex))
        == JSONNumber(scanned: right.numberText(at: rightIndex))
    case .string: return areTextsEqual(left, leftIndex, right, rightIndex)
    case .array: return areArraysEqual(left, leftIndex, right, rightIndex)
    case .object: return areObjectsEqual(left, leftIndex, right, rightIndex)
    }
  }

  private static func areTextsEqual(
    _ left: JSONDocument,
    _ leftIndex: Int,
    _ right: JSONDocument,
    _ rightIndex: Int
  ) -> Bool {
    let entry = right.entry(rightIndex)
    guard !entry.has(JSONTape.escaped) else {
      return left.text(at: leftIndex, equals: right.utf8(at: rightIndex).span)
    }
    return left.text(at: leftIndex, equals: right.bytes.span.extracting(entry.contentRange))
  }

  private static func areArraysEqual(
    _ left: JSONDocument,
    _ leftIndex: Int,
    _ right: JSONDocument,
    _ rightIndex: Int
  ) -> Bool {
    guard left.childCount(of: leftIndex) == right.childCount(of: rightIndex) else { return false }
    var leftChild = leftIndex + 1
    var rightChild = rightIndex + 1
    let end = Int(left.entry(leftIndex).next)
    while leftChild < end {
      guard areEqual(left, leftChild, right, rightChild) else { return false }
      leftChild = Int(left.entry(leftChild).next)
      rightChild = Int(right.entry(rightChild).next)
    }
    return true
  }

  /// Pairs members by place where the names are the same in the same order, else by sorted name.
  ///
  /// Each pair of values is compared once, so that depth does not multiply the work.
  private static func areObjectsEqual(
    _ left: JSONDocument,
    _ leftIndex: Int,
    _ right: JSONDocument,
    _ rightIndex: Int
  ) -> Bool {
    if haveSameNames(left, leftIndex, right, rightIndex) {
      var leftChild = leftIndex + 1
      var rightChild = rightIndex + 1
      let end = Int(left.entry(leftIndex).next)
      while leftChild < end {
        guard
          areEqual(left, leftChild + 1, right, rightChild + 1)
            || left.isOverridden(leftChild, in: leftIndex)
        else {
          return false
        }
        leftChild = Int(left.entry(leftChild + 1).next)
        rightChild = Int(right.entry(rightChild + 1).next)
      }
      return true
    }
    let leftMembers = left.sortedMembers(of: leftIndex)
    let rightMembers = right.sortedMembers(of: rightIndex)
    guard leftMembers.count == rightMembers.count else { return false }
    return zip(leftMembers, rightMembers).allSatisfy { leftMember, rightMember in
      leftMember.utf8 == rightMember.utf8
        && areEqual(left, leftMember.value, right, rightMember.value)
    }
  }

  /// Returns whether two objects have the same names in the same order.
  private static func haveSameNames(
    _ left: JSONDocument,
    _ leftIndex: Int,
    _ right: JSONDocument,
    _ rightIndex: Int
  ) -> Bool {
    guard left.childCount(of: leftIndex) == right.childCount(of: rightIndex) else { return false }
    var leftChild = leftIndex + 1
    var rightChild = rightIndex + 1
    let end = Int(left.entry(leftIndex).next)
    while leftChild < end {
      guard areTextsEqual(left, leftChild, right, rightChild) else { return false }
      leftChild = Int(left.entry(leftChild + 1).next)
      rightChild = Int(right.entry(rightChild + 1).next)
    }
    return true
  }
}

extension JSONDocument {
  /// Returns the members of an object by the bytes of their names, of several the last only.
  package func sortedMembers(of object: Int) -> [(utf8: [UInt8], value: Int)] {
    var members: [(utf8: [UInt8], value: Int)] = []
    var index = object + 1
    let end = Int(entry(object).next)
    while index < end {
      members.append((utf8(at: index), index + 1))
      index = Int(entry(index + 1).next)
    }
    members.sort { left, right in
      left.utf8 == right.utf8
        ? left.value < right.value : left.utf8.lexicographicallyPrecedes(right.utf8)
    }
    var distinct: [(utf8: [UInt8], value: Int)] = []
    for member in members {
      if distinct.last?.utf8 == member.utf8 { distinct.removeLast() }
      distinct.append(member)
    }
    return distinct
  }

  /// Returns whether a later member of the object has the name at an index too.
  fileprivate func isOverridden(_ name: Int, in object: Int) -> Bool {
    let wanted = utf8(at: name)
    var index = Int(entry(name + 1).next)
    let end = Int(entry(object).next)
    while index < end {
      if text(at: index, equals: wanted.span) { return true }
      index = Int(entry(index + 1).next)
    }
    return false
  }
}
