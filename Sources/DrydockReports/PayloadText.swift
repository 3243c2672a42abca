import DrydockExchange
import DrydockJSON

/// A payload as people read it: indented, secrets hidden, broken places marked, cut at a bound.
struct PayloadText {
  /// A place that a finding is about.
  struct Mark: Hashable {
    /// The JSON pointer.
    var pointer: String
    /// What is wrong there.
    var words: String
  }

  /// The markup of the payload's text.
  private(set) var text = HTMLText()
  /// How many bytes were written at most.
  private let bytesMax: Int
  private let marks: [Mark]
  private var isFull = false
  /// The marks whose place was written.
  private var found: Set<String> = []

  /// The largest payload that is parsed to be indented; larger ones are shown as they are.
  static let parsedMax = 1 << 20
  /// How deep nested values are indented; deeper ones are written on one line.
  static let depthMax = 32

  /// Reads a payload.
  ///
  /// - Complexity: Linear in the payload, at most `parsedMax`, times the marks.
  init(_ body: [UInt8], contentType: String?, marks: [Mark], bytesMax: Int) {
    self.marks = marks
    self.bytesMax = bytesMax
    if body.count <= Self.parsedMax, let document = try? JSONDocument.parse(body) {
      write(document.root, pointer: "", depth: 0, isSecret: false)
    } else if contentType?.hasPrefix("application/x-www-form-urlencoded") == true {
      let form = String(decoding: body.prefix(bytesMax), as: UTF8.self)
      for item in form.split(separator: "&") {
        let hidden = SecretNames.redacted(item: item)
        add(
          "\(hidden.contains(SecretNames.placeholder) ? hidden : PercentEncoding.decode(hidden))\n"
        )
      }
      isFull = body.count > bytesMax
    } else {
      add("\(String(decoding: body.prefix(bytesMax), as: UTF8.self))")
      isFull = body.count > bytesMax
    }
    if isFull {
      text += "\n<span class=\"cut\">… the rest of \(body.count) bytes is left out</span>"
    }
    for mark in marks where !found.contains(mark.pointer) {
      text += "\n<mark>\(mark.pointer)</mark> <span class=\"wrong\">\(mark.words)</span>"
    }
  }

  private mutating func add(_ piece: HTMLText) {
    guard !isFull else { return }
    text += piece
    if text.bytes.count >= bytesMax { isFull = true }
  }

  private mutating func write(_ value: JSONValue, pointer: String, depth: Int, isSecret: Bool) {
    guard !isFull else { return }
    let mark = marks.first { $0.pointer == pointer }
    if mark != nil {
      found.insert(pointer)
      add("<mark>")
    }
    switch value.kind {
    case .object where depth < Self.depthMax && value.count > 0:
      add("{\n")
      writeMembers(of: value, pointer: pointer, depth: depth, isSecret: isSecret)
      add("\(indent(depth))}")
    case .array where depth < Self.depthMax && value.count > 0:
      add("[\n")
      var index = 0
      for element in value.elements {
        guard !isFull else { break }
        add(indent(depth + 1))
        write(element, pointer: "\(pointer)/\(index)", depth: depth + 1, isSecret: isSecret)
        index += 1
        add(index < value.count ? ",\n" : "\n")
      }
      add("\(indent(depth))]")
    default: writeScalar(value, isSecret: isSecret)
    }
    if let mark {
      text += "</mark>"
      text += " <span class=\"wrong\">◀ \(mark.words)</span>"
    }
  }

  private mutating func writeMembers(
    of value: JSONValue,
    pointer: String,
    depth: Int,
    isSecret: Bool
  ) {
    var index = 0
    for (name, _, member) in value.members {
      guard !isFull else { break }
      let key = JSONWriter.quoted(VisibleText.cut(name, to: 200))
      add("\(indent(depth + 1))<span class=\"key\">\(key)</span>: ")
      write(
        member,
        pointer: "\(pointer)/\(Self.escaped(name))",
        depth: depth + 1,
        isSecret: isSecret || SecretNames.contains(name)
      )
      index += 1
      add(index < value.count ? ",\n" : "\n")
    }
  }

  private mutating func writeScalar(_ value: JSONValue, isSecret: Bool) {
    let room = max(0, bytesMax - text.bytes.count)
    let source = value.bytes
    switch value.kind {
    case .string where isSecret, .number where isSecret: add("\"\(SecretNames.placeholder)\"")
    case .string where source.count <= room:
      add("<span class=\"text\">\(String(decoding: source, as: UTF8.self))</span>")
    default:
      add("\(String(decoding: source.prefix(room), as: UTF8.self))")
      if source.count > room { isFull = true }
    }
  }

  private func indent(_ depth: Int) -> HTMLText {
    HTMLText(String(repeating: "  ", count: depth))
  }

  private static func escaped(_ token: String) -> String {
    guard token.contains(where: { $0 == "~" || $0 == "/" }) else { return token }
    return token.map { $0 == "~" ? "~0" : $0 == "/" ? "~1" : String($0) }.joined()
  }
}

extension JSONWriter {
  /// Returns a text as a JSON string, with its quotes.
  fileprivate static func quoted(_ text: String) -> String {
    var writer = JSONWriter()
    writer.value(text)
    return writer.text
  }
}
