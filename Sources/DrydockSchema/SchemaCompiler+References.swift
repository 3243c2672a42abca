import DrydockJSON
import DrydockKernel

extension SchemaCompiler {
  /// Compiles `$ref`.
  mutating func compileReference(_ view: SchemaObject, _ value: Int) {
    guard let text = view.string(value) else {
      reportType(.ref, "string", view, value)
      return
    }
    guard let target = target(of: text, at: value) else { return }
    current.any.append(
      Instruction(operation: .reference, a: block(at: target), b: 0, node: Int32(value))
    )
  }

  /// Compiles `$dynamicRef` or `$recursiveRef`: a plain reference unless its target is marked.
  mutating func compileDynamicReference(
    _ keyword: Keyword,
    _ view: SchemaObject,
    _ value: Int
  ) {
    guard let text = view.string(value) else {
      reportType(keyword, "string", view, value)
      return
    }
    guard let target = target(of: text, at: value) else { return }
    let initial = block(at: target)
    let resource = registry.resources[registry.resource(around: target)]
    let anchor =
      keyword == .recursiveRef
      ? Keyword.recursiveAnchor.rawValue : URIReference(text).fragment.flatMap(URIReference.decoded)
    guard let anchor,
      resource.dynamicAnchors[anchor] == target.node
    else {
      current.any.append(
        Instruction(operation: .reference, a: initial, b: 0, node: Int32(value))
      )
      return
    }
    dynamicReferences.append((Int32(program.dynamics.count), anchor))
    program.dynamics.append(
      DynamicPlan(initial: initial, candidateStart: 0, candidateCount: 0)
    )
    current.any.append(
      Instruction(
        operation: .dynamicReference,
        a: Int32(program.dynamics.count - 1),
        b: 0,
        node: Int32(value)
      )
    )
  }

  /// Returns where a reference leads, or reports that it leads nowhere.
  private mutating func target(of text: String, at value: Int) -> SchemaAddress? {
    let base = registry.resources[current.resource].uri
    let absolute = base.resolve(URIReference(text))
    guard let index = resource(of: absolute) else {
      let suggestion = Suggestion.nearest(
        to: absolute.withoutFragment,
        among: registry.knownURIs
      )
      report(.unknownReference(text, suggestion: suggestion), at: value)
      return nil
    }
    let resource = registry.resources[index]
    let root = SchemaAddress(document: resource.document, node: resource.node)
    guard let fragment = absolute.fragment, !fragment.isEmpty else { return root }
    if !fragment.hasPrefix("/") {
      let name = URIReference.decoded(fragment) ?? fragment
      if let node = resource.anchors[name] {
        return SchemaAddress(document: resource.document, node: node)
      }
      let suggestion = Suggestion.nearest(to: name, among: resource.anchors.keys.sorted())
      report(.unknownReference(text, suggestion: suggestion.map { "#" + $0 }), at: value)
      return nil
    }
    let document = registry.sources[resource.document].document
    let start = JSONValue(document: document, index: resource.node)
    let pointer: JSONPointer
    do {
      pointer = try JSONPointer(parsing: "#" + fragment)
    } catch {
      report(
        .wrongValue(
          keyword: "$ref",
          expected: "a JSON pointer",
          found: "'\(text)' (\(error.message))"
        ),
        at: value
      )
      return nil
    }
    guard let found = start.at(pointer) else {
      report(
        .unknownReference(text, suggestion: nearest(to: pointer, from: start)),
        at: value
      )
      return nil
    }
    let address = SchemaAddress(document: resource.document, node: found.index)
    registry.scan(address, in: registry.resource(around: address))
    return address
  }

  /// Returns the resource that a URI means; the current one where only a fragment is given.
  private mutating func resource(of uri: URIReference) -> Int? {
    let current = registry.resources[current.resource]
    if uri.withoutFragment == current.uri.withoutFragment { return self.current.resource }
    return registry.resource(uri: uri.withoutFragment)
  }

  /// Returns the reference that was probably meant: the same with its wrong token put right.
  private func nearest(to pointer: JSONPointer, from start: JSONValue) -> String? {
    var value = start
    for (index, token) in pointer.tokens.enumerated() {
      if let next = value.at(JSONPointer(tokens: [token])) {
        value = next
        continue
      }
      guard
        let name = Suggestion.nearest(to: token, among: value.members.map(\.name))
      else { return nil }
      var tokens = pointer.tokens
      tokens[index] = name
      return JSONPointer(tokens: tokens).uriFragment
    }
    return nil
  }
}
