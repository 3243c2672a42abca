import Testing

@Suite("Lengths")
struct LengthTests {
  @Test("of files, functions and lines are within their limits")
  func lengths() {
    Report.record(
      House.repository.sources.flatMap(LengthCheck.breaches),
      waiving: ["file length", "function length", "line length"]
    )
  }

  @Test("of a file count its lines")
  func file() {
    let text = String(repeating: "let a = 1\n", count: 501)
    let source = SwiftSource(path: "Sources/DrydockKernel/Long.swift", text: text)
    #expect(
      LengthCheck.breaches(in: source).map(\.description) == [
        "Sources/DrydockKernel/Long.swift:501: error: 501 lines are banned here, 500 is the limit;"
          + " split the file by topic"
      ]
    )
    let test = SwiftSource(path: "Tests/DrydockKernelTests/Long.swift", text: text)
    #expect(LengthCheck.breaches(in: test) == [])
  }

  @Test("of a function run from its first line to its closing brace")
  func function() {
    let body = String(repeating: "    run()\n", count: 68)
    let source = SwiftSource(
      path: "Sources/DrydockKernel/Long.swift",
      text: "struct Long {\n  /// Runs.\n  public func run(\n    _ a: Int\n  ) {\n\(body)  }\n}\n"
    )
    #expect(
      LengthCheck.breaches(in: source).map(\.description) == [
        "Sources/DrydockKernel/Long.swift:3: error: a function of 72 lines is banned here, 70 is"
          + " the limit; give its parts names"
      ]
    )
  }

  @Test("are taken of functions, initialisers, subscripts and properties, not of types")
  func kinds() {
    let source = SwiftSource(
      path: "Sources/DrydockKernel/Kinds.swift",
      text: """
        struct Kinds {
          init() { self.init(1) }
          var one: Int {
            let list = [1].map { $0 }
            return list[0]
          }
          subscript(index: Int) -> Int { get { 1 } }
          @inlinable
          public static func two(
            body: (Int) -> Void = { _ in }
          ) where A: B {
            if true { body(1) }
          }
          enum Inner { case a }
        }
        """
    )
    #expect(
      LengthCheck.functions(in: source) == [
        .init(line: 2, lines: 1), .init(line: 3, lines: 4), .init(line: 7, lines: 1),
        .init(line: 9, lines: 2),
      ]
    )
  }

  @Test("of a line count characters")
  func columns() {
    let word = String(repeating: "ä", count: 98)
    let fits = SwiftSource(path: "Sources/DrydockKernel/Line.swift", text: "//\(word)")
    #expect(LengthCheck.breaches(in: fits) == [])
    let source = SwiftSource(path: "Sources/DrydockKernel/Line.swift", text: "\n// \(word)")
    #expect(
      LengthCheck.breaches(in: source).map(\.description) == [
        "Sources/DrydockKernel/Line.swift:2: error: 101 columns are banned here, 100 is the limit;"
          + " break the line"
      ]
    )
  }

  @Test("of a literal in a test are free")
  func literals() {
    let text = "let text = \"\(String(repeating: "a", count: 120))\""
    let test = SwiftSource(path: "Tests/DrydockKernelTests/Line.swift", text: text)
    #expect(LengthCheck.breaches(in: test) == [])
    let source = SwiftSource(path: "Sources/DrydockKernel/Line.swift", text: text)
    #expect(LengthCheck.breaches(in: source).count == 1)
  }
}
