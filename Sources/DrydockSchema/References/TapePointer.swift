import DrydockJSON

/// Finds the way to a place on a tape.
enum TapePointer {
  /// Returns the pointer to the value at a tape index, or to the member whose name is there.
  ///
  /// - Complexity: O(children of all that encloses the place).
  static func pointer(to node: Int, in document: JSONDocument) -> JSONPointer {
    var tokens: [String] = []
    var current = 0
    while current < node {
      let entry = document.tape.entries[current]
      guard let step = step(from: current, entry, towards: node, document) else { break }
      tokens.append(step.token)
      current = step.child
      if step.isName { break }
    }
    return JSONPointer(tokens: tokens)
  }

  private static func step(
    from current: Int,
    _ entry: JSONTape.Entry,
    towards node: Int,
    _ document: JSONDocument
  ) -> (token: String, child: Int, isName: Bool)? {
    var cursor = current + 1
    var ordinal = 0
    while cursor < Int(entry.next) {
      let value = entry.form == .object ? cursor + 1 : cursor
      let next = Int(document.tape.entries[value].next)
      if node < next {
        let token = entry.form == .object ? document.text(at: cursor) : String(ordinal)
        return (token, value, node == cursor && entry.form == .object)
      }
      cursor = next
      ordinal += 1
    }
    return nil
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
