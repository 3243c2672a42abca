import DrydockExchange
import DrydockJSON

/// Finds the values of one document that must not be written, and replaces them where they stand.
struct DocumentRedaction {
  /// The secrets that were found.
  private(set) var secrets: [String] = []
  /// What was found about people.
  private(set) var personal: [String] = []
  private var edits: [(range: Range<Int>, bytes: [UInt8])] = []
  private let pseudonyms: Pseudonyms
  private let patterns: [Pattern]

  /// A pointer that names values, as far as it is not yet walked.
  private struct Pattern {
    var tokens: ArraySlice<String>
    var isSecret: Bool

    func walked(_ name: String) -> Pattern? {
      guard let token = tokens.first, token == "*" || token == name else { return nil }
      return Pattern(tokens: tokens.dropFirst(), isSecret: isSecret)
    }
  }

  /// What becomes of a value.
  private enum Fate {
    case kept
    case disguised
    case hidden
  }

  init(_ confidential: Confidential, _ pseudonyms: Pseudonyms) {
    self.pseudonyms = pseudonyms
    patterns =
      confidential.secret.compactMap { Self.pattern($0, isSecret: true) }
      + confidential.personal.compactMap { Self.pattern($0, isSecret: false) }
  }

  private static func pattern(_ place: String, isSecret: Bool) -> Pattern? {
    guard place.hasPrefix("/") else { return nil }
    let tokens = place.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
    let names = tokens.map { String($0).replacing("~1", with: "/").replacing("~0", with: "~") }
    return Pattern(tokens: names[...], isSecret: isSecret)
  }

  /// Visits a document.
  ///
  /// - Complexity: Linear in its values and in the patterns that are alive at each.
  mutating func visit(_ root: JSONValue) {
    visit(root, patterns, .kept)
  }

  private mutating func visit(_ value: JSONValue, _ alive: [Pattern], _ inherited: Fate) {
    var fate = inherited
    for pattern in alive where pattern.tokens.isEmpty {
      if pattern.isSecret { fate = .hidden } else if fate == .kept { fate = .disguised }
    }
    switch value.kind {
    case .object:
      for member in value.members {
        let isSecret = Redaction.isSecret(member: member.name)
        visit(
          member.value,
          alive.compactMap { $0.walked(member.name) },
          isSecret && member.value.kind == .string ? .hidden : fate
        )
      }
    case .array:
      for (place, element) in value.elements.enumerated() {
        visit(element, alive.compactMap { $0.walked(String(place)) }, fate)
      }
    case .string, .number: replace(value, fate)
    case .boolean, .null: break
    }
  }

  private mutating func replace(_ value: JSONValue, _ fate: Fate) {
    guard fate != .kept else { return }
    var writer = JSONWriter()
    if let text = value.string {
      guard !text.isEmpty else { return }
      if fate == .hidden {
        secrets.append(text)
        writer.value(text.hasPrefix("http") ? Redaction.url : Redaction.mark)
      } else {
        personal.append(text)
        writer.value(pseudonyms.pseudonym(of: text))
      }
    } else {
      // A number says where somebody lives, or is a credential; its type is all that stays.
      writer.value(0)
    }
    edits.append((value.range, writer.bytes))
  }

  /// Visits a document again for copies of what was found about people, also in other documents.
  ///
  /// - Complexity: Linear in its bytes.
  mutating func visitCopies(_ root: JSONValue, of people: PersonalList) {
    let replaced = Set(edits.map(\.range.lowerBound))
    var waiting = [root]
    while let value = waiting.popLast() {
      switch value.kind {
      case .object: waiting += value.members.map(\.value)
      case .array: waiting += value.elements
      case .string where !replaced.contains(value.range.lowerBound):
        guard let text = value.string, let other = people.removed(from: Array(text.utf8)) else {
          continue
        }
        var writer = JSONWriter()
        writer.value(String(decoding: other, as: UTF8.self))
        edits.append((value.range, writer.bytes))
      case .string, .number, .boolean, .null: break
      }
    }
  }

  /// Returns the text with everything replaced; the same bytes where nothing was.
  func applied(to bytes: [UInt8]) -> [UInt8] {
    guard !edits.isEmpty else { return bytes }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var end = 0
    for edit in edits.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
      result += bytes[end..<edit.range.lowerBound] + edit.bytes
      end = edit.range.upperBound
    }
    return result + bytes[end...]
  }
}
