import DrydockExchange

/// What was found about people, to be looked for everywhere else.
///
///     found: Alex Morgan, alex.morgan@shop.com
///     "GET /customers?q=Alex%20Morgan"  →  "GET /customers?q=Ubib%20Resomi"
///
/// A text is found as whole words and in its own case. Texts that look like words of a platform,
/// such as `open`, are not looked for; addresses of mail are hidden wherever they stand.
package struct PersonalList: Sendable {
  /// A text, without the marks before its first word, and what stands for it.
  private struct Entry {
    var text: [UInt8]
    var pseudonym: [UInt8]
  }

  /// Shorter texts would be found in innocent places.
  private static let bytesMin = 4
  /// Longer ones are no names or addresses.
  private static let bytesMax = 200

  private let pseudonyms: Pseudonyms
  private var entries: [Entry] = []
  /// The entries that begin with a word, by the word's hash; the longest first.
  private var byWord: [UInt64: [Int]] = [:]
  private var known: Set<String> = []

  init(_ pseudonyms: Pseudonyms) {
    self.pseudonyms = pseudonyms
  }

  /// Adds a text.
  mutating func add(_ text: String) {
    guard Self.isTelling(text), known.insert(text).inserted else { return }
    let pseudonym = pseudonyms.pseudonym(of: text)
    let marks = text.utf8.prefix { !Self.isWordPart($0) }
    // Marks stay where words are replaced, and do not where a URL is.
    let isWhole = !pseudonym.utf8.starts(with: marks)
    let entry = Entry(
      text: Array(text.utf8.dropFirst(marks.count)),
      pseudonym: Array(isWhole ? pseudonym.utf8[...] : pseudonym.utf8.dropFirst(marks.count))
    )
    let word = Self.hash(entry.text.prefix(while: Self.isWordPart))
    entries.append(entry)
    var places = byWord[word] ?? []
    let length = entry.text.count
    let place = places.firstIndex { entries[$0].text.count < length } ?? places.endIndex
    places.insert(entries.count - 1, at: place)
    byWord[word] = places
  }

  /// Adds what another list has.
  mutating func add(_ other: PersonalList) {
    for text in other.known.sorted() { add(text) }
  }

  /// Whether a text is worth looking for elsewhere.
  private static func isTelling(_ text: String) -> Bool {
    guard (bytesMin...bytesMax).contains(text.utf8.count), text.utf8.contains(where: isWordPart)
    else { return false }
    let digits = text.utf8.count { (0x30...0x39).contains($0) }
    // A short number is as likely a quantity or a price.
    if !text.utf8.contains(where: { isWordPart($0) && !(0x30...0x39).contains($0) }) {
      return digits >= 7
    }
    return digits > 0
      || text.utf8.contains { (0x41...0x5A).contains($0) || !isWordPart($0) || $0 >= 0x80 }
  }

  /// Returns a text in which nothing of the list stands, nor an address of mail.
  ///
  /// - Complexity: Linear in the text, with one look-up for each word.
  package func removed(from text: String) -> String {
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var copied = 0
    for edit in edits(of: bytes) {
      result += withoutAddresses(bytes[copied..<edit.place.lowerBound])
      result += edit.pseudonym
      copied = edit.place.upperBound
    }
    return String(decoding: result + withoutAddresses(bytes[copied...]), as: UTF8.self)
  }

  /// Returns a text in which nothing of the list stands; nothing where nothing stood there.
  func removed(from bytes: [UInt8]) -> [UInt8]? {
    let edits = edits(of: bytes)
    guard !edits.isEmpty else { return nil }
    var result: [UInt8] = []
    var copied = 0
    for edit in edits {
      result += bytes[copied..<edit.place.lowerBound] + edit.pseudonym
      copied = edit.place.upperBound
    }
    return result + bytes[copied...]
  }

  /// Returns where something of the list stands, and what is to stand there.
  private func edits(of bytes: [UInt8]) -> [(place: Range<Int>, pseudonym: [UInt8])] {
    guard !entries.isEmpty else { return [] }
    var edits: [(place: Range<Int>, pseudonym: [UInt8])] = []
    var place = 0
    while place < bytes.count {
      guard Self.isWordPart(bytes[place]) else {
        place += 1
        continue
      }
      var end = place
      var hash = Self.hashStart
      while end < bytes.count, Self.isWordPart(bytes[end]) {
        hash = Self.hash(hash, bytes[end])
        end += 1
      }
      if let entry = entry(at: place, of: bytes, word: hash) {
        end = place + entry.text.count
        edits.append((place..<end, entry.pseudonym))
      }
      place = end
    }
    return edits
  }

  private func entry(at place: Int, of bytes: [UInt8], word: UInt64) -> Entry? {
    for candidate in byWord[word] ?? [] {
      let entry = entries[candidate]
      let end = place + entry.text.count
      guard end <= bytes.count, bytes[place..<end].elementsEqual(entry.text) else { continue }
      let endsWord =
        end == bytes.count || !Self.isWordPart(bytes[end]) || !Self.isWordPart(bytes[end - 1])
      if endsWord { return entry }
    }
    return nil
  }

  /// Returns a text whose addresses of mail are pseudonyms.
  private func withoutAddresses(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    guard bytes.contains(0x40) else { return Array(bytes) }
    var result: [UInt8] = []
    var copied = bytes.startIndex
    for at in bytes.indices where bytes[at] == 0x40 && at >= copied {
      var start = at
      while start > copied, Self.isAddressPart(bytes[start - 1]) { start -= 1 }
      var end = at + 1
      while end < bytes.endIndex, Self.isAddressPart(bytes[end]) { end += 1 }
      while end > at + 1, !Self.isWordPart(bytes[end - 1]) { end -= 1 }
      guard start < at, bytes[(at + 1)..<end].contains(0x2E) else { continue }
      let address = String(decoding: bytes[start..<end], as: UTF8.self)
      result += bytes[copied..<start] + Array(pseudonyms.pseudonym(of: address).utf8)
      copied = end
    }
    return result + bytes[copied...]
  }

  private static func isWordPart(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
      || byte >= 0x80
  }

  /// Letters, digits and `.%+-_` of an address of mail.
  private static func isAddressPart(_ byte: UInt8) -> Bool {
    isWordPart(byte) || [0x2E, 0x25, 0x2B, 0x2D, 0x5F].contains(byte)
  }

  /// FNV-1a.
  private static let hashStart: UInt64 = 0xCBF2_9CE4_8422_2325

  private static func hash(_ hash: UInt64, _ byte: UInt8) -> UInt64 {
    (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
  }

  private static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
    bytes.reduce(hashStart) { hash($0, $1) }
  }
}
