import DrydockJSON
import Testing

/// Draws numbers from a seed, the same on every run.
struct SeededDraws {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func below(_ bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    mixed ^= mixed >> 31
    return Int(mixed.multipliedFullWidth(by: UInt64(bound)).high)
  }

  mutating func pick<Element>(_ choices: [Element]) -> Element {
    choices[below(choices.count)]
  }
}

@Suite("JSON properties")
struct JSONPropertyTests {
  private static let strings = [
    "", "a", "SKU-1", "größe", "日本語", "😀", "e\u{301}", #"\n\t\"\\\/"#, #"\u00e9\ud83d\ude00"#,
    "plain text over eight bytes",
    "exactly8", "seven77", "\u{7F}\u{80}\u{2028}", "a b",
  ]
  private static let numbers = [
    "0", "-0", "1", "-12", "1.0", "0.10", "1e2", "1E-2", "-1.5e+3",
    "123456789012345678901234567890", "1e400",
    "9223372036854775807",
  ]
  private static let blanks = ["", "", "", " ", "\n", "\t ", "\r\n  "]

  /// Returns the text of a drawn value.
  private static func value(_ draws: inout SeededDraws, depth: Int) -> String {
    switch draws.below(depth > 0 ? 8 : 5) {
    case 0: return draws.pick(["null", "true", "false"])
    case 1, 2: return draws.pick(numbers)
    case 3, 4: return "\"\(draws.pick(strings))\""
    case 5: return container(&draws, "[", "]") { value(&$0, depth: depth - 1) }
    default:
      return container(&draws, "{", "}") { draws in
        let name =
          "\"\(draws.pick(strings))\(draws.below(3))\"\(draws.pick(blanks)):\(draws.pick(blanks))"
        return name + value(&draws, depth: depth - 1)
      }
    }
  }

  private static func container(
    _ draws: inout SeededDraws,
    _ open: String,
    _ close: String,
    _ child: (inout SeededDraws) -> String
  ) -> String {
    var text = open + draws.pick(blanks)
    for position in 0..<draws.below(5) {
      if position > 0 { text += "," + draws.pick(blanks) }
      text += child(&draws) + draws.pick(blanks)
    }
    return text + close
  }

  /// Checks what must hold for every document that was read.
  private func check(_ bytes: [UInt8], _ note: Comment) throws {
    let document = try JSONDocument.parse(bytes)
    checkTape(document, note)
    for pretty in [false, true] {
      var writer = JSONWriter(pretty: pretty, escapesSlashes: pretty, escapesNonASCII: pretty)
      writer.value(document.root)
      let again = try JSONDocument.parse(writer.bytes)
      #expect(JSONValue.semanticallyEqual(document.root, again.root), note)
      #expect(JSONDifference(expected: document.root, found: again.root).isEmpty, note)
    }
    #expect(outcome(JSONNode(document.root).bytes()) == outcome(bytes), note)
    #expect(outcome(bytes, .relaxed) == outcome(bytes), note)
  }

  /// Checks that the tape is a tree over the text.
  private func checkTape(_ document: JSONDocument, _ note: Comment) {
    func walk(_ value: JSONValue, within outer: Range<Int>) -> Int {
      var isSound = outer.contains(value.offset) && value.range.upperBound <= outer.upperBound
      var last = value.offset
      var count = 0
      for element in value.elements {
        isSound = isSound && element.offset > last
        last = walk(element, within: value.range)
        count += 1
      }
      for member in value.members {
        isSound = isSound && member.nameOffset > last && member.value.offset > member.nameOffset
        isSound = isSound && document.bytes[member.nameOffset] == UInt8(ascii: "\"")
        last = walk(member.value, within: value.range)
        count += 1
      }
      isSound = isSound && count == value.count && last <= value.range.upperBound
      #expect(isSound, note)
      return value.range.upperBound - 1
    }
    _ = walk(document.root, within: 0..<document.bytes.count)
  }

  @Test("hold for drawn documents")
  func drawnDocuments() throws {
    var draws = SeededDraws(seed: 20_260_302)
    for number in 0..<400 {
      let text = Self.value(&draws, depth: 5)
      try check(Array(text.utf8), "document \(number): \(text)")
    }
  }

  @Test("hold for documents with a byte changed, or it is refused inside the text")
  func mutatedDocuments() throws {
    var draws = SeededDraws(seed: 7)
    let alphabet = Array("{}[]\",:\\ u0123eE+-.tfn\n\u{1}é".utf8) + [0xFF, 0x80, 0xED]
    for number in 0..<3000 {
      var bytes = Array(Self.value(&draws, depth: 3).utf8)
      for _ in 0..<1 + draws.below(3) {
        let place = draws.below(bytes.count + 1)
        switch draws.below(3) {
        case 0 where place < bytes.count: bytes[place] = draws.pick(alphabet)
        case 1 where place < bytes.count: bytes.remove(at: place)
        default: bytes.insert(draws.pick(alphabet), at: place)
        }
        if bytes.isEmpty { bytes = [0x30] }
      }
      do {
        _ = try JSONDocument.parse(bytes)
      } catch {
        #expect((0...bytes.count).contains(error.offset), "document \(number)")
        #expect(!error.message.isEmpty)
        continue
      }
      try check(bytes, "document \(number): \(String(decoding: bytes, as: UTF8.self))")
    }
  }

  @Test("hold for every truncation, which is refused")
  func truncations() throws {
    var draws = SeededDraws(seed: 11)
    for _ in 0..<40 {
      let bytes = Array("[\(Self.value(&draws, depth: 3))]".utf8)
      for count in 0..<bytes.count {
        let prefix = Array(bytes.prefix(count))
        for options in [JSONReadOptions.strict, .relaxed] {
          let error = #expect(throws: JSONError.self) {
            try JSONDocument.parse(prefix, options: options)
          }
          if let error { #expect((0...count).contains(error.offset)) }
        }
      }
    }
  }

  @Test("hold for drawn bytes, which never stop the reader")
  func drawnBytes() {
    var draws = SeededDraws(seed: 13)
    for _ in 0..<5000 {
      let bytes = (0..<draws.below(24)).map { _ in UInt8(draws.below(256)) }
      for options in [JSONReadOptions.strict, .relaxed] {
        do {
          _ = try JSONDocument.parse(bytes, options: options)
        } catch {
          #expect((0...bytes.count).contains(error.offset))
        }
      }
    }
  }

  @Test("accept exactly the strings that are UTF-8")
  func encodings() {
    var draws = SeededDraws(seed: 17)
    let leads: [UInt8] = [
      0x41, 0x7F, 0x80, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xED, 0xEF, 0xF0, 0xF3, 0xF4,
      0xF5, 0xFF,
    ]
    let trails: [UInt8] = [0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0]
    for first in leads {
      for second in trails {
        for third in trails {
          let fourth = draws.pick(trails)
          for length in 1...4 {
            let text = Array([first, second, third, fourth].prefix(length))
            let isUTF8 = String(validating: text, as: UTF8.self) != nil
            let found = outcome([0x22] + text + [0x22])
            #expect((found != "json-invalid-utf-8") == isUTF8, "\(text)")
          }
        }
      }
    }
  }

  @Test("agree with a plain reading of the grammar on all short texts")
  func shortTexts() {
    let alphabet = Array("[]{}\",:01-.eE n".utf8)
    var texts: [[UInt8]] = [[]]
    for _ in 1...4 {
      texts = texts.flatMap { text in alphabet.map { text + [$0] } }
      let wrong = texts.filter { text in
        var grammar = Grammar(text)
        let isRead: Bool
        do {
          _ = try JSONDocument.parse(text)
          isRead = true
        } catch {
          isRead = false
        }
        return grammar.isDocument() != isRead
      }
      #expect(wrong.isEmpty, "\(wrong.prefix(5).map { String(decoding: $0, as: UTF8.self) })")
    }
  }
}

/// The grammar of RFC 8259 over ASCII without escapes, as plainly as can be.
private struct Grammar {
  private let text: [UInt8]
  private var place = 0

  init(_ text: [UInt8]) {
    self.text = text
  }

  private var next: Character {
    place < text.count ? Character(Unicode.Scalar(text[place])) : "\u{0}"
  }

  private mutating func take(_ character: Character) -> Bool {
    guard next == character else { return false }
    place += 1
    return true
  }

  private mutating func blank() {
    while take(" ") {}
  }

  private mutating func digits() -> Bool {
    let start = place
    while take("0") || take("1") {}
    return place > start
  }

  mutating func isDocument() -> Bool {
    blank()
    guard value() else { return false }
    blank()
    return place == text.count
  }

  private mutating func value() -> Bool {
    switch next {
    case "[": return list("[", "]") { $0.value() }
    case "{":
      return list("{", "}") { grammar in
        guard grammar.string() else { return false }
        grammar.blank()
        guard grammar.take(":") else { return false }
        grammar.blank()
        return grammar.value()
      }
    case "\"": return string()
    default: return number()
    }
  }

  private mutating func list(
    _ open: Character,
    _ close: Character,
    _ item: (inout Grammar) -> Bool
  ) -> Bool {
    guard take(open) else { return false }
    blank()
    if take(close) { return true }
    while true {
      guard item(&self) else { return false }
      blank()
      if take(close) { return true }
      guard take(",") else { return false }
      blank()
    }
  }

  private mutating func string() -> Bool {
    guard take("\"") else { return false }
    while place < text.count, next != "\"" { place += 1 }
    return take("\"")
  }

  private mutating func number() -> Bool {
    _ = take("-")
    if !take("0") {
      guard next == "1", digits() else { return false }
    }
    if take("."), !digits() { return false }
    if take("e") || take("E") {
      _ = take("-")
      guard digits() else { return false }
    }
    return true
  }
}
