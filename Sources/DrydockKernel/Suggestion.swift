/// The name that was probably meant.
public enum Suggestion {
  /// Returns the candidate nearest to a word, if one is near enough to be worth a question.
  ///
  /// Near enough are a third of the longer word's letters, at least one; swapped neighbours count
  /// once and capitals not at all. Of equally near candidates the first wins.
  ///
  /// - Complexity: O(n × w²) for n candidates of w letters; words beyond 64 bytes are not compared.
  public static func nearest(to word: String, among candidates: [String]) -> String? {
    let letters = folded(word)
    guard !letters.isEmpty, letters.count <= Limits.suggestionBytesMax else { return nil }
    var best: (distance: Int, candidate: String)?
    for candidate in candidates.prefix(Limits.suggestionCandidatesMax) {
      let others = folded(candidate)
      guard !others.isEmpty, others.count <= Limits.suggestionBytesMax else { continue }
      let allowed = max(1, max(letters.count, others.count) / 3)
      guard abs(letters.count - others.count) <= allowed,
        allowed < max(letters.count, others.count)
      else { continue }
      let distance = distance(letters, others)
      guard distance <= allowed, distance < best?.distance ?? .max else { continue }
      best = (distance, candidate)
    }
    return best?.candidate
  }

  /// Returns `; did you mean 'x'?` for the nearest candidate, or nothing.
  public static func question(for word: String, among candidates: [String]) -> String {
    nearest(to: word, among: candidates).map { "; did you mean '\($0)'?" } ?? ""
  }

  private static func folded(_ word: String) -> [UInt8] {
    word.utf8.map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 }
  }

  /// Returns the insertions, removals, replacements and swaps of neighbours between two words.
  private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for row in 1...left.count {
      var current = [row]
      current.reserveCapacity(last.count)
      for column in 1...right.count {
        let isSame = left[row - 1] == right[column - 1]
        var cost = min(
          last[column] + 1,
          current[column - 1] + 1,
          last[column - 1] + (isSame ? 0 : 1)
        )
        if row > 1, column > 1, left[row - 1] == right[column - 2],
          left[row - 2] == right[column - 1]
        {
          cost = min(cost, beforeLast[column - 2] + 1)
        }
        current.append(cost)
      }
      beforeLast = last
      last = current
    }
    return last[right.count]
  }
}
