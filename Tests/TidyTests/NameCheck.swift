/// Names of files and declarations that say nothing, or say it in a second word.
struct NameCheck {
  /// One declaration of a type, or an extension of one.
  struct Declaration: Equatable {
    /// `struct`, `enum`, `func`, …, or `extension`.
    var kind: String
    /// The name; for an extension the whole path, as `Verifier.Expectation`.
    var name: String
    /// The line, from 1.
    var line: Int
    /// Whether it is written as `public`.
    var isPublic: Bool
    /// Whether it stands in no braces.
    var isTopLevel: Bool
  }

  /// Names that users import beside ours, from Swift Testing, XCTest and Foundation.
  static let takenNames: Set<String> = [
    "Expectation", "Issue", "Test", "Tag", "Comment", "Attachment", "SourceLocation", "Trait",
    "Host", "Port", "Process", "Operation", "Timer", "Scanner", "Stream", "Notification", "Unit",
  ]

  /// Words of type names that have another word in this house.
  static let foreignWords: [String: String] = [
    "Vendor": "partner", "Provider": "partner", "Middleware": "integration", "Mock": "fake",
    "Stub": "fake", "Imposter": "fake", "Twin": "fake", "Cassette": "recording",
    "Toxic": "fault", "Chaos": "fault", "Mutant": "defect", "Resend": "retry",
    "Downtime": "outage", "Assertion": "expectation",
  ]

  /// Words of file names that say nothing about what is in them.
  static let emptyWords: Set<String> = [
    "Utils", "Util", "Utilities", "Helpers", "Helper", "Common", "Manager", "Extensions", "Misc",
    "Empty",
  ]

  private static let typeKinds: Set<String> = [
    "struct", "enum", "class", "protocol", "typealias", "actor",
  ]

  private static let kinds = typeKinds.union(["func", "var", "let", "extension"])

  /// Returns what a file declares.
  static func declarations(in source: SwiftSource) -> [Declaration] {
    var declarations: [Declaration] = []
    var depth = 0
    let tokens = source.tokens
    for (index, token) in tokens.enumerated() {
      if token.text == "{" { depth += 1 }
      if token.text == "}" { depth -= 1 }
      guard kinds.contains(token.text), index + 1 < tokens.count else { continue }
      if index > 0, [".", "import", "case", "`"].contains(tokens[index - 1].text) { continue }
      if token.text == "class", tokens[index + 1].text == "func" { continue }
      var name = tokens[index + 1].text
      var next = index + 2
      while token.text == "extension", next + 1 < tokens.count, tokens[next].text == "." {
        name += ".\(tokens[next + 1].text)"
        next += 2
      }
      guard name.utf8.first.map(ASCII.isWord) == true else { continue }
      declarations.append(
        Declaration(
          kind: token.text,
          name: name,
          line: token.line,
          isPublic: isPublic(tokens, before: index),
          isTopLevel: depth == 0
        )
      )
    }
    return declarations
  }

  private static func isPublic(_ tokens: [SwiftSource.Token], before index: Int) -> Bool {
    let modifiers: Set<String> = [
      "public", "open", "static", "final", "mutating", "nonmutating", "indirect", "consuming",
      "borrowing", "(", "set", ")", "private", "package", "internal", "nonisolated", "class",
    ]
    var position = index - 1
    while position >= 0, modifiers.contains(tokens[position].text) {
      if tokens[position].text == "public" || tokens[position].text == "open" { return true }
      position -= 1
    }
    return false
  }

  /// Returns the names of a file that are out of style.
  static func breaches(in source: SwiftSource) -> [Breach] {
    let declarations = declarations(in: source)
    return fileName(source, declarations)
      + declarations.compactMap { declaration in
        problem(declaration, source).map {
          Breach(file: source.path, line: declaration.line, rule: "name", message: $0)
        }
      }
  }

  private static func problem(_ declaration: Declaration, _ source: SwiftSource) -> String? {
    let name = declaration.name
    if declaration.isPublic, name.count == 1, declaration.kind != "extension" {
      return "the public name '\(name)' is banned here; use a word of the field"
    }
    guard typeKinds.contains(declaration.kind), !source.isTest else { return nil }
    if declaration.isPublic, declaration.isTopLevel, takenNames.contains(name) {
      return "the public name '\(name)' is banned here, users import another;"
        + " nest it or choose better"
    }
    for word in words(of: name) {
      if let better = foreignWords[word] {
        return "the word '\(word)' is banned in type names; use '\(better)'"
      }
    }
    return nil
  }

  /// Splits a name before its capitals: `LateFault` is `Late`, `Fault`.
  private static func words(of name: String) -> [String] {
    var words: [String] = []
    for character in name {
      if character.isUppercase || words.isEmpty {
        words.append(String(character))
      } else {
        words[words.count - 1].append(character)
      }
    }
    return words
  }

  // MARK: Files

  /// A file is named after its main type: `World.swift`, `World+Calls.swift`,
  /// `Verifier.Expectation.swift`; or after the first or last word that its types share:
  /// `Partner.swift` for `PartnerID`, `Plans.swift` for `ArrayPlan`.
  private static func fileName(
    _ source: SwiftSource,
    _ declarations: [Declaration]
  ) -> [Breach] {
    let name = source.name
    if name == "Package" { return [] }
    if emptyWords.contains(name) || emptyWords.contains(words(of: name).last ?? "") {
      return [
        Breach(
          file: source.path,
          rule: "file name",
          message: "the file name '\(name)' is banned here; use the name of its main type"
        )
      ]
    }
    let base = name.split(separator: "+").first.map(String.init) ?? name
    let last = base.split(separator: ".").last.map(String.init) ?? base
    let topic = last.hasSuffix("s") ? String(last.dropLast()) : last
    let isNamed = declarations.contains { declaration in
      guard declaration.kind == "extension" || typeKinds.contains(declaration.kind) else {
        return false
      }
      let own = declaration.name.split(separator: ".").last.map(String.init) ?? declaration.name
      return own == last || words(of: own).first == words(of: topic).first
        || words(of: own).last == words(of: topic).last || own.hasPrefix(topic)
    }
    guard !isNamed else { return [] }
    return [
      Breach(
        file: source.path,
        rule: "file name",
        message: "the file declares no '\(base)'; name it after its main type"
      )
    ]
  }
}
