/// Files, functions and lines that are too long to be read in one go.
struct LengthCheck {
  /// The lines a source file has at most.
  static let sourceLinesMax = 500
  /// The lines a test file has at most.
  static let testLinesMax = 800
  /// The lines a function has at most, from its first to its closing brace.
  static let functionLinesMax = 70
  /// The characters a line has at most.
  static let columnsMax = 100

  /// Returns what is too long in a file.
  static func breaches(in source: SwiftSource) -> [Breach] {
    file(source) + functions(in: source).compactMap { breach($0, source) } + columns(source)
  }

  private static func file(_ source: SwiftSource) -> [Breach] {
    let limit = source.isTest ? testLinesMax : sourceLinesMax
    guard source.lineCount > limit else { return [] }
    return [
      Breach(
        file: source.path,
        line: limit + 1,
        rule: "file length",
        message: "\(source.lineCount) lines are banned here, \(limit) is the limit;"
          + " split the file by topic"
      )
    ]
  }

  private static func breach(_ function: Function, _ source: SwiftSource) -> Breach? {
    guard function.lines > functionLinesMax else { return nil }
    return Breach(
      file: source.path,
      line: function.line,
      rule: "function length",
      message: "a function of \(function.lines) lines is banned here, \(functionLinesMax) is the"
        + " limit; give its parts names"
    )
  }

  /// A test may hold a literal that is longer than a line; nothing else may.
  private static func columns(_ source: SwiftSource) -> [Breach] {
    (1...max(1, source.lineCount)).compactMap { number in
      guard source.lineCount > 0, source.line(number, of: source.bytes).count > columnsMax else {
        return nil
      }
      let columns = source.text(ofLine: number).count
      guard columns > columnsMax else { return nil }
      if source.isTest, holdsLongLiteral(source, number) { return nil }
      return Breach(
        file: source.path,
        line: number,
        rule: "line length",
        message: "\(columns) columns are banned here, \(columnsMax) is the limit; break the line"
      )
    }
  }

  /// Whether what code a line has fits, and the rest is the inside of a literal.
  private static func holdsLongLiteral(_ source: SwiftSource, _ number: Int) -> Bool {
    let text = source.text(ofLine: number)
    guard !text.contains("//") else { return false }
    return source.code(ofLine: number).filter { $0 != " " }.count <= columnsMax / 2
  }

  // MARK: Functions

  /// One function, initialiser, subscript or computed property.
  struct Function: Equatable {
    /// Its first line, from 1.
    var line: Int
    /// How many lines it has.
    var lines: Int
  }

  /// Returns the functions of a file, in order of their ends.
  ///
  /// A brace opens a function if the declaration before it says so; what stands between the brace
  /// before and this one is searched from its end.
  static func functions(in source: SwiftSource) -> [Function] {
    var functions: [Function] = []
    var open: [Int?] = []
    var line = 1
    var headerStart = 0
    var offset = -1
    while offset + 1 < source.code.count {
      offset += 1
      let byte = source.code[offset]
      if byte > ASCII.newline, byte < ASCII.openBrace { continue }
      switch byte {
      case ASCII.newline: line += 1
      case ASCII.openBrace:
        let header = source.code[headerStart..<offset]
        let linesUp = linesAboveBrace(inHeader: header)
        open.append(linesUp.map { line - $0 })
        headerStart = offset + 1
      case ASCII.closeBrace:
        headerStart = offset + 1
        guard let start = open.popLast() ?? nil else { continue }
        functions.append(Function(line: start, lines: line - start + 1))
      default: break
      }
    }
    return functions
  }

  /// Returns how many lines above its brace a function begins; `nil` if it is no function's brace.
  private static func linesAboveBrace(inHeader header: ArraySlice<UInt8>) -> Int? {
    let lines = header.split(separator: ASCII.newline, omittingEmptySubsequences: false)
    for (above, line) in lines.reversed().enumerated() {
      guard let word = firstWord(of: line) else { continue }
      switch word {
      case "func", "init", "subscript", "deinit": return above
      case "var": return line.contains(UInt8(ascii: "=")) ? nil : above
      case "let", "struct", "enum", "class", "extension", "protocol", "case", "if", "for", "while",
        "switch", "guard", "do", "return", "else", "catch", "default", "repeat", "defer":
        return nil
      default: continue
      }
    }
    return nil
  }

  private static let modifiers: Set<String> = [
    "public", "package", "internal", "private", "fileprivate", "static", "mutating", "nonmutating",
    "override", "final", "convenience", "required", "indirect", "lazy", "nonisolated", "consuming",
    "borrowing", "isolated", "set",
  ]

  /// Returns the first word of a line behind attributes and modifiers.
  private static func firstWord(of line: ArraySlice<UInt8>) -> String? {
    var word: [UInt8] = []
    var isAttribute = false
    var depth = 0
    for byte in line + [ASCII.space] {
      if byte == ASCII.open { depth += 1 }
      if byte == ASCII.close { depth -= 1 }
      if depth == 0, ASCII.isWord(byte) {
        word.append(byte)
        continue
      }
      if !word.isEmpty {
        let text = String(decoding: word, as: UTF8.self)
        if !isAttribute, !modifiers.contains(text) { return text }
        word = []
        isAttribute = false
      }
      if byte == UInt8(ascii: "@") { isAttribute = true }
      if byte == UInt8(ascii: ".") { return nil }
    }
    return nil
  }
}
