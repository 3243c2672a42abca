import DrydockExchange
package import DrydockJSON
import DrydockKernel

/// What turns a payload of one version of a message into one of the next: `upgrade.json`.
///
///     [{"op": "nest", "path": "", "as": "items"},
///      {"op": "move", "from": "/items/*/carrier", "path": "/items/*/tracking/carrier"},
///      {"op": "retype", "path": "/items/*/id", "to": "string"},
///      {"op": "translate", "path": "/items/*/status", "words": {"Completed": "Shipped"}},
///      {"op": "add", "path": "/items/*/weight", "value": null},
///      {"op": "header", "name": "X-Version", "value": "2026-07"}]
///
/// A JSON Patch in which a star stands for every element or member, and which has four operations
/// of its own for what versions of messages do and a patch cannot say. One that is `optional` is
/// left out where the payload has nothing at its place.
///
/// - Source: RFC 6902 for `add`, `remove`, `replace`, `move`, `copy` and `test`.
package struct ContractUpgrade: Hashable, Sendable {
  /// One change to a payload.
  struct Change: Hashable, Sendable {
    var action: Action
    /// Whether it is left out where there is nothing to change.
    var isOptional = false
    /// Where it stands in the file.
    var line = 1
  }

  /// What a change does.
  enum Action: Hashable, Sendable {
    case add(JSONPointer, JSONNode)
    case remove(JSONPointer)
    case replace(JSONPointer, JSONNode)
    case move(from: JSONPointer, JSONPointer)
    case copy(from: JSONPointer, JSONPointer)
    case test(JSONPointer, JSONNode)
    /// Puts an object in place of a value and the value under a name in it.
    case nest(JSONPointer, name: String)
    /// Writes a number as text, or a text as number.
    case retype(JSONPointer, Scalar)
    /// Puts other words in place of some; those that are not listed stay.
    case translate(JSONPointer, [Word])
    /// Sets a header of the message; the payload stays.
    case header(name: String, value: String)
  }

  /// What a value is written as.
  enum Scalar: String, CaseIterable, Hashable, Sendable {
    case string
    case number
  }

  /// A word and the one that stands for it in the new version.
  struct Word: Hashable, Sendable {
    var old: String
    var new: String
  }

  /// The file, as diagnostics name it.
  package let file: String
  let changes: [Change]

  /// The headers that say the version, in the order of the file.
  var headers: [HeaderField] {
    changes.compactMap { change in
      guard case .header(let name, let value) = change.action else { return nil }
      return HeaderField(name, value)
    }
  }

  /// How many values a payload may grow to: copies of the whole double it each time.
  static let valuesMax = 1_000_000

  /// Returns a payload of the version before as one of this version.
  ///
  /// - Throws: Which change does not apply, and why.
  /// - Complexity: O(changes × the size of the payload).
  package func applied(to value: JSONNode) throws(UpgradeFailure) -> JSONNode {
    var result = value
    for change in changes {
      do {
        result = try JSONPatch(change.operations(on: result)).applied(to: result)
      } catch let reason as JSONPatchError {
        // The position is that in the change, which the reader does not know by number.
        throw UpgradeFailure(
          file: file,
          line: change.line,
          reason: reason.reason.phrase(on: result)
        )
      } catch {
        throw UpgradeFailure(file: file, line: change.line, reason: "\(error)")
      }
      if case .copy = change.action, result.isLarger(than: Self.valuesMax) {
        throw UpgradeFailure(
          file: file,
          line: change.line,
          reason: "the payload grows beyond \(Self.valuesMax) values"
        )
      }
    }
    return result
  }
}

/// Why an upgrade does not apply to a payload.
package struct UpgradeFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file of the upgrade; empty where the payload itself is at fault.
  package var file: String
  /// The line of the change in it.
  package var line: Int
  /// What is wrong, in words.
  package var reason: String

  /// The place and what is wrong.
  package var description: String { file.isEmpty ? reason : "\(file):\(line): \(reason)" }
}

extension JSONNode {
  /// Says that there is nothing at a place, with the nearest name of what is there.
  func nothing(at place: JSONPointer) -> String {
    var parent = JSONPointer.root
    for token in place.tokens {
      let next = parent.appending(token)
      guard at(next) == nil else {
        parent = next
        continue
      }
      let names: [String]
      if case .object(let members) = at(parent) { names = members.map(\.name) } else { names = [] }
      return "there is nothing at '\(place)'" + Suggestion.question(for: token, among: names)
    }
    return "there is nothing at '\(place)'"
  }

  /// Tells whether there are more values than a number, counting no further.
  fileprivate func isLarger(than limit: Int) -> Bool {
    var waiting = [self]
    var count = 0
    while let node = waiting.popLast() {
      count += 1
      guard count + waiting.count <= limit else { return true }
      switch node {
      case .object(let members): waiting += members.lazy.map(\.value)
      case .array(let elements): waiting += elements
      default: break
      }
    }
    return false
  }
}

extension JSONPatchError.Reason {
  /// What is wrong with a payload, without the number of the operation.
  fileprivate func phrase(on root: JSONNode) -> String {
    switch self {
    case .malformed(let what): what
    case .missing(let place): root.nothing(at: place)
    case .noElement(let place): "'\(place)' is no place of the array"
    case .differs(let place): "another value is at '\(place)'"
    case .intoItself(let place): "'\(place)' would be moved into itself"
    }
  }
}
