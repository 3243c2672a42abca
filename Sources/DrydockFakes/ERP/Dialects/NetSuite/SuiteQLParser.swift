import DrydockKernel

/// Walks the tokens of a query.
struct SuiteQLParser {
  /// A column as a query names it, before its table is known.
  struct NamedOutput {
    var name: String
    var column: String
    var format: String?
    var showsName = false
  }

  private let tokens: [QueryToken]
  private var index = 0

  init(_ query: String) {
    tokens = QueryToken.tokens(of: query)
  }

  static let unsupported = NetSuiteError.parameter(
    "q",
    "Invalid search query. Detailed unprocessed description follows. Search error occurred: "
      + "Invalid or unsupported search."
  )

  var isAtEnd: Bool { index == tokens.count }

  private var next: QueryToken? { index < tokens.count ? tokens[index] : nil }

  // MARK: Tokens

  /// Takes a keyword, if it comes next.
  mutating func take(_ keyword: String) -> Bool {
    guard case .word(let word)? = next, word.uppercased() == keyword else { return false }
    index += 1
    return true
  }

  mutating func takeSign(_ sign: String) -> Bool {
    guard next == .sign(sign) else { return false }
    index += 1
    return true
  }

  mutating func expect(_ keyword: String) throws(NetSuiteError) {
    guard take(keyword) else { throw Self.unsupported }
  }

  private mutating func expectSign(_ sign: String) throws(NetSuiteError) {
    guard takeSign(sign) else { throw Self.unsupported }
  }

  mutating func word() throws(NetSuiteError) -> String {
    guard case .word(let word)? = next else { throw Self.unsupported }
    index += 1
    return word
  }

  private mutating func string() throws(NetSuiteError) -> String {
    guard case .string(let text)? = next else { throw Self.unsupported }
    index += 1
    return text
  }

  // MARK: Parts

  mutating func outputs() throws(NetSuiteError) -> [NamedOutput] {
    var outputs: [NamedOutput] = []
    repeat {
      var output = NamedOutput(name: "", column: try word())
      switch output.column.uppercased() {
      case "TO_CHAR":
        try expectSign("(")
        output.column = try word()
        try expectSign(",")
        output.format = try string()
        try expectSign(")")
      case "BUILTIN.DF":
        try expectSign("(")
        output.column = try word()
        try expectSign(")")
        output.showsName = true
      default: break
      }
      output.name = Self.unqualified(output.column)
      if take("AS") {
        output.name = try word()
      } else if case .word(let word)? = next, word.uppercased() != "FROM" {
        output.name = word
        index += 1
      }
      outputs.append(output)
    } while takeSign(",")
    return outputs
  }

  /// Reads the table and the alias that may follow it.
  mutating func table() throws(NetSuiteError) -> SuiteQLTable {
    let name = try word()
    guard let table = SuiteQLTable(name: name) else {
      throw .parameter(
        "q",
        "Invalid search query. Detailed unprocessed description follows. Invalid search type: "
          + "\(name)."
      )
    }
    if case .word(let word)? = next, word.uppercased() != "WHERE", word.uppercased() != "ORDER" {
      index += 1
    }
    return table
  }

  mutating func condition(in table: SuiteQLTable) throws(NetSuiteError) -> SuiteQLQuery.Condition {
    let column = try table.column(try word())
    if take("IN") {
      try expectSign("(")
      var values: [SuiteQLValue] = []
      repeat { values.append(try value()) } while takeSign(",")
      try expectSign(")")
      return SuiteQLQuery.Condition(column: column, comparison: .equal, values: values)
    }
    guard case .sign(let sign)? = next else { throw Self.unsupported }
    index += 1
    let comparison: SuiteQLQuery.Comparison? =
      switch sign {
      case "=": .equal
      case "<>", "!=": .unequal
      case "<": .less
      case "<=": .lessOrEqual
      case ">": .greater
      case ">=": .greaterOrEqual
      default: nil
      }
    guard let comparison else { throw Self.unsupported }
    return SuiteQLQuery.Condition(column: column, comparison: comparison, values: [try value()])
  }

  private mutating func value() throws(NetSuiteError) -> SuiteQLValue {
    switch next {
    case .string(let text):
      index += 1
      return .text(text)
    case .number(let number):
      index += 1
      return .number(number)
    case .word(let word) where ["TO_DATE", "TO_TIMESTAMP"].contains(word.uppercased()):
      index += 1
      try expectSign("(")
      let text = try string()
      try expectSign(",")
      let format = try string()
      try expectSign(")")
      guard let instant = SuiteQLDate.parse(text, format: format) else { throw Self.unsupported }
      return .instant(instant)
    default: throw Self.unsupported
    }
  }

  /// The name behind the last dot.
  static func unqualified(_ name: String) -> String {
    name.split(separator: ".").last.map(String.init) ?? name
  }
}
