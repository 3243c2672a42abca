import DrydockExchange
import DrydockKernel

/// How long a partner asks its callers to wait, in the words of all dialects.
///
///     Retry-After: 2.0              seconds, with or without a fraction
///     x-retry-after: 25             the same under another name
///     X-Rate-Limit-Reset: 12        seconds until the window starts again
///     … Try again in 25 seconds.    prose in the body, where no header says it
enum RetryAfter {
  private static let names = ["Retry-After", "x-retry-after", "X-Rate-Limit-Reset"]

  /// Returns the wait that an answer asks for; nothing when it asks for none.
  ///
  /// - Complexity: O(n) in the body, of which the first 1,000 bytes are looked at.
  static func wait(in response: Response) -> Duration? {
    for name in names {
      if let value = response.headers[name], let wait = seconds(value) { return wait }
    }
    return prose(response.body)
  }

  /// Reads a number of seconds with at most nine decimals.
  static func seconds(_ text: some StringProtocol) -> Duration? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, let whole = Int64(parts[0]), whole >= 0, whole <= 86_400 else {
      return nil
    }
    guard parts.count == 2 else { return .seconds(whole) }
    let digits = parts[1].prefix(9)
    guard !digits.isEmpty, digits.allSatisfy({ $0 >= "0" && $0 <= "9" }) else { return nil }
    let padded = digits + String(repeating: "0", count: 9 - digits.count)
    return .seconds(whole) + .nanoseconds(Int64(padded) ?? 0)
  }

  private static func prose(_ body: [UInt8]) -> Duration? {
    let words = String(decoding: body.prefix(1_000), as: UTF8.self)
      .split { !($0.isLetter || $0.isNumber || $0 == ".") }
    for (index, word) in words.enumerated().dropFirst() {
      guard word.hasPrefix("second"), words[index - 1].first?.isNumber == true else { continue }
      if let wait = seconds(words[index - 1]) { return wait }
    }
    return nil
  }
}
