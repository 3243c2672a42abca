/// Words of the language and its libraries that have no place in the sources, or only one.
struct WordCheck {
  /// A banned run of words and signs.
  struct Ban: Sendable {
    /// The rule, as waivers name it.
    var rule: String
    /// The words and signs in a row.
    var pattern: [String]
    /// What to use instead.
    var advice: String
    /// Whether tests are free to use it.
    var isFreeInTests: Bool
    /// What must not stand before it for it to count: `.` for methods, `func` for declarations.
    var unlessAfter: Set<String>

    /// Creates a ban; words are separated by spaces.
    init(
      _ rule: String,
      _ pattern: String,
      use advice: String,
      freeInTests: Bool = false,
      unlessAfter: Set<String> = ["func"]
    ) {
      self.rule = rule
      self.pattern = pattern.split(separator: " ").map(String.init)
      self.advice = advice
      isFreeInTests = freeInTests
      self.unlessAfter = unlessAfter
    }
  }

  /// The bans of the house.
  static let house: [Ban] = clock + randomness + concurrency + output + traps + numbers

  private static let clock = [
    Ban("Date()", "Date (", use: "VirtualInstant, handed in"),
    Ban("Date()", "Date . now", use: "VirtualInstant, handed in"),
    Ban("wall clock", "ContinuousClock", use: "VirtualInstant, handed in"),
    Ban("wall clock", "SuspendingClock", use: "VirtualInstant, handed in"),
    Ban("wall clock", "DispatchTime", use: "VirtualInstant, handed in"),
    Ban("wall clock", "clock_gettime", use: "VirtualInstant, handed in"),
    Ban("sleep", "sleep (", use: "a timer of the world", unlessAfter: []),
    Ban("sleep", "usleep (", use: "a timer of the world"),
    Ban("sleep", "nanosleep (", use: "a timer of the world"),
  ]

  private static let randomness = [
    Ban("UUID()", "UUID ( )", use: "UUIDText.make of drawn bits"),
    Ban("random", ". random (", use: "KeyedDraws", unlessAfter: []),
    Ban("random", ". randomElement (", use: "KeyedDraws", unlessAfter: []),
    Ban("random", ". shuffled (", use: "KeyedDraws", unlessAfter: []),
    Ban("random", ". shuffle (", use: "KeyedDraws", unlessAfter: []),
    Ban("random", "SystemRandomNumberGenerator", use: "KeyedDraws"),
    Ban("hash value", "hashValue", use: unstable, freeInTests: true),
    Ban("hash value", "Hasher (", use: unstable, freeInTests: true),
  ]

  private static let unstable = "RollingDigest: hashes differ from process to process"

  private static let concurrency = [
    Ban("Task {", "Task {", use: "a task group that joins in order"),
    Ban("Task {", "Task . detached", use: "a task group that joins in order"),
    Ban("actor", "actor", use: "a value that its owner mutates", unlessAfter: [".", "@"]),
    Ban("thread", "Thread", use: "a task group that joins in order"),
    Ban("thread", "DispatchQueue", use: "a task group that joins in order"),
    Ban("lock", "Mutex", use: "a value that its owner mutates"),
    Ban("lock", "NSLock", use: "a value that its owner mutates"),
  ]

  private static let output = [
    Ban(
      "print(",
      "print (",
      use: "a returned value",
      freeInTests: true,
      unlessAfter: ["func", "."]
    ),
    Ban("print(", "Swift . print (", use: "a returned value", freeInTests: true),
    Ban("print(", "debugPrint (", use: "a returned value", freeInTests: true),
    Ban("print(", "dump (", use: "a returned value", unlessAfter: ["func", "."]),
    Ban("exit(", "exit (", use: "an exit code that main returns", unlessAfter: ["func", "."]),
  ]

  private static let traps = [
    Ban("fatalError(", "fatalError (", use: "precondition for our bugs, typed throws for input"),
    Ban("try!", "try !", use: "try, or #require in a test"),
    Ban("as!", "as !", use: "as? and a diagnostic, or #require in a test"),
    Ban("unowned(unsafe)", "unowned ( unsafe )", use: "a value"),
  ]

  private static let numbers = ["Double", "Float", "Float32", "Float64", "CGFloat", "Decimal"].map {
    Ban("binary float", $0, use: "Money, Ratio or whole nanoseconds", freeInTests: true)
  }

  /// Returns the banned words of a file.
  func breaches(in source: SwiftSource) -> [Breach] {
    var breaches: [Breach] = []
    let tokens = source.tokens
    for (index, token) in tokens.enumerated() {
      guard let candidates = Self.byFirstWord[token.text] else { continue }
      for ban in candidates where !(source.isTest && ban.isFreeInTests) {
        guard matches(ban, tokens, at: index) else { continue }
        breaches.append(
          Breach(
            file: source.path,
            line: token.line,
            rule: ban.rule,
            message: "'\(ban.pattern.joined())' is banned here; use \(ban.advice)"
          )
        )
        break
      }
    }
    return breaches
  }

  private static let byFirstWord = Dictionary(grouping: house) { $0.pattern[0] }

  private func matches(_ ban: Ban, _ tokens: [SwiftSource.Token], at index: Int) -> Bool {
    guard index + ban.pattern.count <= tokens.count else { return false }
    for (offset, word) in ban.pattern.enumerated() {
      let token = tokens[index + offset]
      guard token.text == word, word != "!" || token.isGlued else { return false }
    }
    return index == 0 || !ban.unlessAfter.contains(tokens[index - 1].text)
  }
}

extension WordCheck {
  /// Returns the lines that switch a safety check off without a comment that says why it holds.
  func unproven(in source: SwiftSource) -> [Breach] {
    let tokens = source.tokens
    var breaches: [Breach] = []
    for index in 1..<max(1, tokens.count) {
      let word: String
      switch (tokens[index - 1].text, tokens[index].text) {
      case ("@", "unchecked"): word = "@unchecked"
      case ("nonisolated", "("):
        guard index + 1 < tokens.count, tokens[index + 1].text == "unsafe" else { continue }
        word = "nonisolated(unsafe)"
      default: continue
      }
      let line = tokens[index].line
      if isProven(line, source) { continue }
      breaches.append(
        Breach(
          file: source.path,
          line: line,
          rule: "unproven",
          message: "'\(word)' needs a comment above it that proves it"
        )
      )
    }
    return breaches
  }

  private func isProven(_ line: Int, _ source: SwiftSource) -> Bool {
    guard line > 1 else { return false }
    return source.text(ofLine: line - 1).drop { $0 == " " }.hasPrefix("//")
  }
}
