import DrydockJSON

/// Finds the ways to places on a tape, each going on from the last where it can.
///
/// Places asked for in the order of the tape cost one walk over it in all.
struct TapeWalker {
  /// A container on the way, and the child of it that was reached.
  private struct Step {
    var container: Int
    /// The tape index of the child, or of its name.
    var child: Int
    var ordinal: Int
  }

  private let document: JSONDocument
  private var steps: [Step] = []

  init(_ document: JSONDocument) {
    self.document = document
  }

  /// Returns the pointer to the value at a tape index, or to the member whose name is there.
  mutating func pointer(to node: Int) -> JSONPointer {
    while let last = steps.last,
      node < last.child || node >= Int(document.tape.entries[last.container].next)
    {
      steps.removeLast()
    }
    var container = 0
    if let last = steps.last {
      guard advance(to: node), last.container < node else { return pointer }
      container = valueOfLast
    }
    while container < node,
      document.tape.entries[container].form == .array
        || document.tape.entries[container].form == .object
    {
      steps.append(Step(container: container, child: container + 1, ordinal: 0))
      guard advance(to: node) else { break }
      container = valueOfLast
    }
    return pointer
  }

  /// The tape index of the value of the last step.
  private var valueOfLast: Int {
    guard let last = steps.last else { return 0 }
    return document.tape.entries[last.container].form == .object ? last.child + 1 : last.child
  }

  /// Moves the last step to the child that holds a place; false when the place is its name.
  private mutating func advance(to node: Int) -> Bool {
    guard var last = steps.popLast() else { return false }
    let isObject = document.tape.entries[last.container].form == .object
    while true {
      let next = Int(document.tape.entries[isObject ? last.child + 1 : last.child].next)
      if node < next { break }
      last.child = next
      last.ordinal += 1
    }
    steps.append(last)
    return !isObject || node != last.child
  }

  private var pointer: JSONPointer {
    JSONPointer(
      tokens: steps.map { step in
        document.tape.entries[step.container].form == .object
          ? document.text(at: step.child) : String(step.ordinal)
      }
    )
  }
}

/// Finds the way to one place on a tape.
enum TapePointer {
  /// Returns the pointer to the value at a tape index, or to the member whose name is there.
  ///
  /// - Complexity: O(children of all that encloses the place).
  static func pointer(to node: Int, in document: JSONDocument) -> JSONPointer {
    var walker = TapeWalker(document)
    return walker.pointer(to: node)
  }
}

extension SchemaProblem {
  /// Creates a problem at a tape index of a document.
  init(_ kind: Kind, in source: SchemaSource, at node: Int) {
    self.init(
      kind: kind,
      document: source.uri,
      pointer: TapePointer.pointer(to: node, in: source.document),
      offset: Int(source.document.tape.entries[node].offset)
    )
  }
}
