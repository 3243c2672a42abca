/// Where one value differs in meaning from another.
///
///     {
///       … 3 unchanged
///       "lines": [
///         {
///           … 1 unchanged
///     -     "quantity": 2
///     +     "quantity": 3
///         }
///       ]
///     }
///
/// Numbers are compared mathematically and members without regard to their order. Places come in
/// the order of the expected value, then what was found beyond it. Of two arrays of different
/// lengths the equal elements at both ends are left out first, so one inserted element is one
/// difference; what is between is compared position by position.
public struct JSONDifference: Sendable {
  /// One place where the values differ.
  public struct Entry: Sendable {
    /// The place: in the expected value where it is there, else in the found one.
    public var pointer: JSONPointer
    /// What was expected there; nothing when it should not be there.
    public var expected: JSONValue?
    /// What was found there; nothing when it is missing.
    public var found: JSONValue?
  }

  /// What stands on the way from the first line of the folded text to its last.
  enum Step: Sendable {
    case enter(label: String, isObject: Bool)
    case leave(isObject: Bool)
    case unchanged(Int)
    case change(label: String, Entry)
  }

  /// The places where the values differ.
  public private(set) var entries: [Entry] = []
  /// Whether there are more places than were asked for.
  public private(set) var isCut = false
  private(set) var steps: [Step] = []
  private let entriesMax: Int

  /// Compares two values.
  ///
  /// - Parameters:
  ///   - expected: What should be there.
  ///   - found: What is there.
  ///   - entriesMax: How many places are listed at most.
  /// - Complexity: O(size × depth).
  public init(expected: JSONValue, found: JSONValue, entriesMax: Int = 1000) {
    self.entriesMax = entriesMax
    compare(expected, found, label: "", at: .root)
  }

  /// Whether the values mean the same.
  public var isEmpty: Bool {
    entries.isEmpty
  }

  private mutating func compare(
    _ expected: JSONValue,
    _ found: JSONValue,
    label: String,
    at pointer: JSONPointer
  ) {
    switch (expected.kind, found.kind) {
    case (.object, .object):
      compareObjects(expected, found, label: label, at: pointer)
    case (.array, .array):
      compareArrays(expected, found, label: label, at: pointer)
    default:
      if JSONValue.semanticallyEqual(expected, found) {
        addUnchanged(1)
      } else {
        addChange(label, Entry(pointer: pointer, expected: expected, found: found))
      }
    }
  }

  private mutating func compareObjects(
    _ expected: JSONValue,
    _ found: JSONValue,
    label: String,
    at pointer: JSONPointer
  ) {
    let mark = steps.count
    let changes = entries.count
    steps.append(.enter(label: label, isObject: true))
    var foundMembers = MemberTable(found)
    for member in MemberTable(expected).members {
      let place = pointer.appending(member.name)
      let name = JSONDifference.label(member.name)
      if let other = foundMembers.take(member.name) {
        compare(member.value, other, label: name, at: place)
      } else {
        addChange(name, Entry(pointer: place, expected: member.value, found: nil))
      }
    }
    for member in foundMembers.rest {
      let place = pointer.appending(member.name)
      addChange(
        JSONDifference.label(member.name),
        Entry(pointer: place, expected: nil, found: member.value)
      )
    }
    finish(mark, changes, isObject: true)
  }

  private mutating func compareArrays(
    _ expected: JSONValue,
    _ found: JSONValue,
    label: String,
    at pointer: JSONPointer
  ) {
    let mark = steps.count
    let changes = entries.count
    steps.append(.enter(label: label, isObject: false))
    let left = Array(expected.elements)
    let right = Array(found.elements)
    var head = 0
    var tail = 0
    if left.count != right.count {
      let shorter = min(left.count, right.count)
      while head < shorter, JSONValue.semanticallyEqual(left[head], right[head]) { head += 1 }
      while tail < shorter - head,
        JSONValue.semanticallyEqual(left[left.count - 1 - tail], right[right.count - 1 - tail])
      {
        tail += 1
      }
    }
    addUnchanged(head)
    for position in head..<max(left.count, right.count) - tail {
      let place = pointer.appending(position)
      let leftElement = position < left.count - tail ? left[position] : nil
      let rightElement = position < right.count - tail ? right[position] : nil
      if let leftElement, let rightElement {
        compare(leftElement, rightElement, label: "", at: place)
      } else {
        addChange("", Entry(pointer: place, expected: leftElement, found: rightElement))
      }
    }
    addUnchanged(tail)
    finish(mark, changes, isObject: false)
  }

  /// Ends a container, folding it to one unchanged value where nothing in it differs.
  private mutating func finish(_ mark: Int, _ changes: Int, isObject: Bool) {
    if entries.count == changes, !isCut {
      steps.removeSubrange(mark...)
      addUnchanged(1)
    } else {
      steps.append(.leave(isObject: isObject))
    }
  }

  private mutating func addUnchanged(_ count: Int) {
    guard count > 0 else { return }
    if case .unchanged(let before) = steps.last {
      steps[steps.count - 1] = .unchanged(before + count)
    } else {
      steps.append(.unchanged(count))
    }
  }

  private mutating func addChange(_ label: String, _ entry: Entry) {
    guard entries.count < entriesMax else {
      isCut = true
      return
    }
    entries.append(entry)
    steps.append(.change(label: label, entry))
  }

  /// Returns a member's name as it stands before its value.
  private static func label(_ name: String) -> String {
    var writer = JSONWriter()
    writer.value(name)
    return writer.text + ": "
  }
}

/// The members of an object, of several with one name the last, to be taken by name once.
private struct MemberTable {
  /// The members in the order of the text.
  var members: [(name: String, value: JSONValue)] = []
  /// Which members are still there; looked up only, so its order is never seen.
  private var places: [[UInt8]: Int] = [:]

  init(_ object: JSONValue) {
    var all: [(name: String, value: JSONValue)?] = []
    for member in object.members {
      if let earlier = places.updateValue(all.count, forKey: Array(member.name.utf8)) {
        all[earlier] = nil
      }
      all.append((member.name, member.value))
    }
    for member in all {
      guard let member else { continue }
      places[Array(member.name.utf8)] = members.count
      members.append(member)
    }
  }

  /// Takes the member with a name out.
  mutating func take(_ name: String) -> JSONValue? {
    guard let place = places.removeValue(forKey: Array(name.utf8)) else { return nil }
    return members[place].value
  }

  /// The members that nobody has taken, in the order of the text.
  var rest: [(name: String, value: JSONValue)] {
    members.filter { places[Array($0.name.utf8)] != nil }
  }
}
