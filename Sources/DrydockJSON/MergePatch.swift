/// Changes one value by another that states the difference.
///
///     target   {"a": 1, "b": {"c": 2}}
///     patch    {"a": null, "b": {"d": 3}}
///     result   {"b": {"c": 2, "d": 3}}
///
/// A member that stays keeps its place; a new one comes last. A patch cannot set `null`.
///
/// - Source: RFC 7396 section 2.
public enum MergePatch {
  /// Returns a value changed by a patch.
  ///
  /// - Parameters:
  ///   - patch: What to change: an object names members to set, `null` to remove; anything else
  ///     replaces the whole.
  ///   - target: What is changed.
  /// - Returns: The changed value.
  /// - Complexity: O(members of both).
  public static func apply(_ patch: JSONNode, to target: JSONNode) -> JSONNode {
    guard case .object(let changes) = patch else { return patch }
    var members: [JSONNode.Member?] = []
    if case .object(let existing) = target { members = existing }
    // Looked up only, so its order is never seen; bytes, since names differ where bytes do.
    var places: [[UInt8]: Int] = [:]
    for (place, member) in zip(members.indices, members) {
      guard let member else { continue }
      let earlier = places.updateValue(place, forKey: Array(member.name.utf8))
      if let earlier { members[earlier] = nil }
    }
    for change in changes {
      let name = Array(change.name.utf8)
      let place = places[name]
      if change.value == .null {
        if let place { members[place] = nil }
        places[name] = nil
      } else if let place {
        let existing = members[place]?.value ?? .null
        members[place]?.value = apply(change.value, to: existing)
      } else {
        places[name] = members.count
        members.append(JSONNode.Member(change.name, apply(change.value, to: .null)))
      }
    }
    return .object(members.compactMap(\.self))
  }

  /// Returns a document's value changed by another one.
  public static func apply(_ patch: JSONValue, to target: JSONValue) -> JSONNode {
    apply(JSONNode(patch), to: JSONNode(target))
  }
}
