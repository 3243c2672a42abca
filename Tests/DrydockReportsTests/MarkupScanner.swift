/// Reads markup just well enough to find what is not well-formed: tags that do not nest, stray
/// ampersands, attributes without quotes.
struct MarkupScanner {
  /// A start tag.
  struct Tag {
    var name: String
    var attributes: [(name: String, value: String)]
    subscript(name: String) -> String? { attributes.first { $0.name == name }?.value }
  }

  /// The start tags, in order.
  private(set) var tags: [Tag] = []
  /// The text between tags.
  private(set) var text = ""
  /// What is wrong, in words.
  private(set) var mistakes: [String] = []

  private let bytes: [UInt8]
  private var index = 0
  private var open: [String] = []
  private let isHTML: Bool

  private static let voidTags: Set<String> = ["meta", "br", "hr", "img", "link", "input"]
  private static let rawTags: Set<String> = ["style", "script"]

  init(_ bytes: [UInt8], isHTML: Bool) {
    self.bytes = bytes
    self.isHTML = isHTML
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "<") { readTag() } else { readText() }
    }
    if !open.isEmpty { mistakes.append("not closed: \(open.joined(separator: " "))") }
  }

  private func string(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }

  private mutating func readText() {
    let start = index
    while index < bytes.count, bytes[index] != UInt8(ascii: "<") { index += 1 }
    let piece = string(start..<index)
    check(piece)
    text += piece
  }

  private mutating func check(_ piece: String) {
    if piece.contains(">") { mistakes.append("bare > in '\(piece.prefix(60))'") }
    for part in piece.split(separator: "&", omittingEmptySubsequences: false).dropFirst() {
      let entities = ["amp;", "lt;", "gt;", "quot;", "#39;", "#10;"]
      if !entities.contains(where: { part.hasPrefix($0) }) {
        mistakes.append("bare & before '\(part.prefix(20))'")
      }
    }
  }

  private mutating func readTag() {
    let start = index
    var quote: UInt8?
    while index < bytes.count {
      let byte = bytes[index]
      if let inner = quote {
        if byte == inner { quote = nil }
      } else if byte == UInt8(ascii: "\"") {
        quote = byte
      } else if byte == UInt8(ascii: ">") {
        break
      }
      index += 1
    }
    index += 1
    let tag = string(start + 1..<min(index - 1, bytes.count))
    if tag.hasPrefix("!") || tag.hasPrefix("?") { return }
    if tag.hasPrefix("/") { return close(String(tag.dropFirst())) }
    openTag(tag)
  }

  private mutating func close(_ name: String) {
    if open.last == name {
      open.removeLast()
    } else {
      mistakes.append("</\(name)> closes \(open.last ?? "nothing")")
      if let match = open.lastIndex(of: name) { open.removeSubrange(match...) }
    }
  }

  private mutating func openTag(_ source: String) {
    let isClosed = source.hasSuffix("/")
    let body = isClosed ? String(source.dropLast()) : source
    let name = String(body.prefix { $0 != " " })
    tags.append(Tag(name: name, attributes: attributes(of: String(body.dropFirst(name.count)))))
    if isClosed || (isHTML && Self.voidTags.contains(name)) { return }
    guard isHTML, Self.rawTags.contains(name) else { return open.append(name) }
    let end = Array("</\(name)>".utf8)
    while index < bytes.count, !bytes[index...].starts(with: end) { index += 1 }
    index += end.count
  }

  private mutating func attributes(of source: String) -> [(name: String, value: String)] {
    var rest = source[...]
    var attributes: [(name: String, value: String)] = []
    while true {
      rest = rest.drop { $0 == " " }
      guard !rest.isEmpty else { return attributes }
      let name = rest.prefix { $0 != "=" && $0 != " " }
      rest = rest.dropFirst(name.count)
      guard rest.first == "=" else {
        attributes.append((String(name), ""))
        continue
      }
      rest = rest.dropFirst()
      guard rest.first == "\"" else {
        mistakes.append("attribute '\(name)' without quotes")
        return attributes
      }
      let value = rest.dropFirst().prefix { $0 != "\"" }
      rest = rest.dropFirst(value.count + 2)
      check(String(value))
      if value.contains("<") { mistakes.append("bare < in attribute '\(name)'") }
      attributes.append((String(name), String(value)))
    }
  }
}
