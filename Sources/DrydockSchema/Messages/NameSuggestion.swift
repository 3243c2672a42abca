import DrydockKernel

/// Finds the name that was probably meant, whatever the convention it is written in.
enum NameSuggestion {
  /// Returns the name nearest to a word: first with letter case and separators left aside.
  static func nearest(to word: String, among names: [String]) -> String? {
    let plain = bare(word)
    if let same = names.first(where: { bare($0) == plain && !plain.isEmpty }) { return same }
    return Suggestion.nearest(to: word, among: names)
  }

  private static func bare(_ name: String) -> [UInt8] {
    name.utf8.compactMap { byte in
      switch byte {
      case 0x41...0x5A: byte | 0x20
      case UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: " "): nil
      default: byte
      }
    }
  }
}
