import DrydockKernel

/// A query of the few shapes that this fake understands, parsed.
///
///     SELECT id, externalid, TO_CHAR(lastmodifieddate, 'YYYY-MM-DD HH24:MI:SS') AS changed
///     FROM transaction
///     WHERE type = 'SalesOrd' AND lastmodifieddate >= TO_DATE('2026-03-02', 'YYYY-MM-DD')
///     ORDER BY id
///
/// One table; conditions joined by `AND`, each `column sign value` or `column IN (values)`; signs
/// `=`, `<>`, `!=`, `<`, `<=`, `>`, `>=`. Everything else is refused as an unsupported search.
struct SuiteQLQuery: Sendable {
  /// A column as it is shown.
  struct Output: Hashable, Sendable {
    var name: String
    var column: SuiteQLColumn
    /// The format of `TO_CHAR`, if there is one.
    var format: String?
    /// Whether the name behind the identifier is shown, as `BUILTIN.DF` does.
    var showsName = false
  }

  enum Comparison: Hashable, Sendable {
    case equal
    case unequal
    case less
    case lessOrEqual
    case greater
    case greaterOrEqual
  }

  struct Condition: Hashable, Sendable {
    var column: SuiteQLColumn
    var comparison: Comparison
    /// One value; several of which one must be equal.
    var values: [SuiteQLValue]
  }

  private(set) var table: SuiteQLTable
  private(set) var outputs: [Output] = []
  private(set) var conditions: [Condition] = []
  private(set) var order: [(column: SuiteQLColumn, isDescending: Bool)] = []

  init(parsing query: String) throws(NetSuiteError) {
    var parser = SuiteQLParser(query)
    try parser.expect("SELECT")
    let outputs = try parser.outputs()
    try parser.expect("FROM")
    table = try parser.table()
    for output in outputs {
      self.outputs.append(
        Output(
          name: output.name.lowercased(),
          column: try table.column(output.column),
          format: output.format,
          showsName: output.showsName
        )
      )
    }
    if parser.take("WHERE") {
      repeat { conditions.append(try parser.condition(in: table)) } while parser.take("AND")
    }
    if parser.take("ORDER") {
      try parser.expect("BY")
      repeat {
        let column = try table.column(try parser.word())
        let isDescending = parser.take("DESC")
        if !isDescending { _ = parser.take("ASC") }
        order.append((column, isDescending))
      } while parser.takeSign(",")
    }
    guard parser.isAtEnd else { throw SuiteQLParser.unsupported }
  }
}
