/// The statuses of an operation's responses, each pattern meaning only what no other says.
///
///     200, 404, 4XX, default   →   200 · 404 · 400…403, 405…409, 41x…49x · 5xx
///
/// A code goes before a range and a range before `default`, as OpenAPI says.
struct StatusPatterns {
  private let codes: Set<Int>
  private let ranges: Set<Int>

  init(_ keys: [String]) {
    codes = Set(keys.compactMap { Int($0) }.filter { (100...599).contains($0) })
    ranges = Set(keys.compactMap { StatusPatterns.hundreds($0) })
  }

  /// Returns the number of hundreds of a range such as `4XX`.
  private static func hundreds(_ key: String) -> Int? {
    let bytes = Array(key.utf8)
    guard bytes.count == 3, (0x31...0x35).contains(bytes[0]),
      bytes[1...].allSatisfy({ $0 == 0x58 || $0 == 0x78 })
    else { return nil }
    return Int(bytes[0]) - 0x30
  }

  /// Whether a key means success; `default` does where nothing else does.
  func isSuccess(_ key: String) -> Bool {
    if let code = Int(key) { return code < 400 }
    if let range = StatusPatterns.hundreds(key) { return range < 4 }
    return !codes.contains { $0 < 400 } && !ranges.contains { $0 < 4 }
  }

  /// Whether `default` is all there is.
  private var isOnlyDefault: Bool { codes.isEmpty && ranges.isEmpty }

  /// Returns the patterns of a key; nothing for a key that is no status, none for any status.
  func patterns(_ key: String) -> [String]? {
    if let code = Int(key) { return (100...599).contains(code) ? [String(code)] : nil }
    if let range = StatusPatterns.hundreds(key) { return rest(range) }
    guard key == "default" else { return nil }
    if isOnlyDefault { return [] }
    let meant = isSuccess(key) ? [2, 4, 5] : [4, 5]
    return meant.filter { !ranges.contains($0) }.flatMap { rest($0) }
  }

  /// Returns what is left of a range without the codes that are named.
  private func rest(_ range: Int) -> [String] {
    let named = codes.filter { $0 / 100 == range }
    if named.isEmpty { return ["\(range)xx"] }
    return (0..<10).flatMap { ten -> [String] in
      let inTen = named.filter { $0 / 10 % 10 == ten }
      if inTen.isEmpty { return ["\(range)\(ten)x"] }
      return (0..<10).map { range * 100 + ten * 10 + $0 }.filter { !named.contains($0) }
        .map(String.init)
    }
  }
}
