extension JSONDifference {
  /// The widest value that is shown on one line, in bytes.
  private static let inlineMax = 72

  /// The difference for people: `-` before what was expected, `+` before what was found.
  ///
  /// Unchanged parts are folded to `… 11 unchanged`. Empty where the values mean the same.
  public var text: String {
    guard !isEmpty || isCut else { return "" }
    var lines: [String] = []
    var depth = 0
    for step in steps {
      switch step {
      case .enter(let label, let isObject):
        lines.append(JSONDifference.line(" ", depth, label + (isObject ? "{" : "[")))
        depth += 1
      case .leave(let isObject):
        depth -= 1
        lines.append(JSONDifference.line(" ", depth, isObject ? "}" : "]"))
      case .unchanged(let count):
        lines.append(JSONDifference.line(" ", depth, "… \(count) unchanged"))
      case .change(let label, let entry):
        if let expected = entry.expected {
          lines += JSONDifference.lines("-", depth, label, expected)
        }
        if let found = entry.found { lines += JSONDifference.lines("+", depth, label, found) }
      }
    }
    if isCut { lines.append("… more than \(entries.count) differences") }
    return lines.joined(separator: "\n")
  }

  private static func line(_ mark: String, _ depth: Int, _ text: String) -> String {
    mark + " " + String(repeating: "  ", count: depth) + text
  }

  /// Returns the lines of a value: one where it is short, else as many as its pretty form has.
  private static func lines(
    _ mark: String,
    _ depth: Int,
    _ label: String,
    _ value: JSONValue
  ) -> [String] {
    var writer = JSONWriter()
    writer.value(value)
    if writer.bytes.count <= inlineMax { return [line(mark, depth, label + writer.text)] }
    var pretty = JSONWriter(pretty: true)
    pretty.value(value)
    let texts = pretty.text.split(separator: "\n", omittingEmptySubsequences: false)
    return texts.enumerated().map { line(mark, depth, ($0.offset == 0 ? label : "") + $0.element) }
  }
}
