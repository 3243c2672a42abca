import Foundation

/// Documents that name what is not there: paths, commands, options, links.
struct DocumentCheck {
  /// Every file of the package.
  let paths: Set<String>
  /// Every folder of the package.
  let folders: Set<String>
  /// The options of each subcommand.
  let commands: [String: Set<String>]

  /// Folders whose contents documents name.
  private static let roots = [
    "Sources/", "Tests/", "Scenarios/", "Contracts/", "Recordings/", ".ci/",
  ]

  /// Creates a check over a package.
  init(_ repository: Repository) {
    paths = Set(repository.files.map(\.path))
    var folders: Set<String> = []
    for file in repository.files {
      var parts = file.path.split(separator: "/")
      while !parts.isEmpty {
        parts.removeLast()
        if !folders.insert(parts.joined(separator: "/")).inserted { break }
      }
    }
    self.folders = folders
    var commands: [String: Set<String>] = ["help": [], "": ["--help", "--version"]]
    for source in repository.sources
    where source.path.hasPrefix("Sources/DrydockCommand/Commands/") {
      let text = String(decoding: source.bytes, as: UTF8.self)
      let options = Set(Self.literals(in: text, after: "OptionSyntax(")).union(["--help"])
      for part in text.components(separatedBy: "CommandSyntax(").dropFirst() {
        guard let name = Self.literals(in: part, after: "name: ").first else { continue }
        commands[name] = options
      }
    }
    self.commands = commands
  }

  /// Returns the literals that stand right behind a text.
  private static func literals(in text: String, after mark: String) -> [String] {
    text.components(separatedBy: mark).dropFirst().compactMap { rest in
      let trimmed = rest.drop { $0.isWhitespace }
      guard trimmed.first == "\"" else { return nil }
      return trimmed.dropFirst().split(separator: "\"").first.map(String.init)
    }
  }

  /// Returns what a document names that is not there.
  func breaches(path: String, text: String) -> [Breach] {
    var breaches: [Breach] = []
    var isCode = false
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for (number, line) in lines.enumerated() {
      if line.hasPrefix("```") {
        isCode.toggle()
        continue
      }
      let isIndented = line.hasPrefix("    ")
      let codes =
        isCode || isIndented ? [line] : Self.spans(of: line)
      for message in codes.flatMap(problems) + linkProblems(in: line, of: path) {
        breaches.append(
          Breach(file: path, line: number + 1, rule: "document", message: message)
        )
      }
    }
    return breaches
  }

  /// Returns the code spans of a line, and what its marks of generated parts name.
  private static func spans(of line: Substring) -> [Substring] {
    if line.hasPrefix("<!--") { return [line.dropFirst(4)] }
    return line.split(separator: "`", omittingEmptySubsequences: false).enumerated()
      .filter { $0.offset % 2 == 1 }.map(\.element)
  }

  private func problems(in code: Substring) -> [String] {
    let words = code.split(separator: " ").map(String.init)
    return words.compactMap(pathProblem) + commandProblems(in: words)
  }

  private func pathProblem(_ word: String) -> String? {
    // A diagnostic's path is followed by line and column: `Contracts/a.json:9:25:`.
    let bare = word.hasSuffix(";") || word.hasSuffix(",") ? String(word.dropLast()) : word
    let path = bare.hasSuffix(":") ? String(bare.prefix { $0 != ":" }) : bare
    let isPattern = path.contains { "<>{}*…[]|".contains($0) }
    guard !isPattern, Self.roots.contains(where: { path.hasPrefix($0) }) else { return nil }
    let clean = path.hasSuffix("/") ? String(path.dropLast()) : path
    return paths.contains(clean) || folders.contains(clean)
      ? nil : "there is no '\(path)'; name what is there"
  }

  /// A command line is `drydock`, a subcommand and its options.
  private func commandProblems(in words: [String]) -> [String] {
    guard let tool = words.firstIndex(of: "drydock") else { return [] }
    let rest = words[(tool + 1)...]
    guard let name = rest.first, name.first?.isLetter == true || name.hasPrefix("--") else {
      return []
    }
    let both = rest.prefix(2).joined(separator: " ")
    let known = name.hasPrefix("--") ? commands[""] : commands[both] ?? commands[name]
    guard let options = known else {
      // A group by itself, as in `drydock schema`, has no options.
      return commands.keys.contains { $0.hasPrefix("\(name) ") } && rest.count == 1
        ? [] : ["there is no command 'drydock \(name)'; name one that is there"]
    }
    return rest.compactMap { word in
      guard word.hasPrefix("--"), word != "-->" else { return nil }
      let option = word.split(separator: "=").first.map(String.init) ?? word
      return options.contains(option)
        ? nil : "'drydock \(name)' has no option '\(option)'; name one that it has"
    }
  }

  /// Returns relative links that lead nowhere.
  private func linkProblems(in line: Substring, of path: String) -> [String] {
    let folder = path.split(separator: "/").dropLast().joined(separator: "/")
    return line.components(separatedBy: "](").dropFirst().compactMap { rest in
      guard let target = rest.split(separator: ")").first, !target.contains(":"),
        !target.hasPrefix("#")
      else { return nil }
      let file = target.split(separator: "#").first.map(String.init) ?? ""
      let full = folder.isEmpty ? file : "\(folder)/\(file)"
      return paths.contains(full) ? nil : "there is no '\(file)' to link to; name what is there"
    }
  }
}

extension DocumentCheck {
  /// Parts of a document that are made from code, by their marks: `<!-- rules:begin -->`.
  ///
  /// Returns marks that are not closed, or not opened.
  static func openMarks(path: String, text: String) -> [Breach] {
    var open: (name: String, line: Int)?
    var breaches: [Breach] = []
    func report(_ line: Int, _ message: String) {
      breaches.append(Breach(file: path, line: line, rule: "document", message: message))
    }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for (number, line) in lines.enumerated() where line.hasPrefix("<!-- ") {
      let mark = line.dropFirst("<!-- ".count).split(separator: " ").first ?? ""
      let parts = mark.split(separator: ":").map(String.init)
      guard parts.count == 2 else { continue }
      switch parts[1] {
      case "begin":
        if let open { report(open.line, "the part '\(open.name)' is not closed; close it") }
        open = (parts[0], number + 1)
      case "end":
        if open?.name != parts[0] { report(number + 1, "no part '\(parts[0])' is open; open it") }
        open = nil
      default: continue
      }
    }
    if let open { report(open.line, "the part '\(open.name)' is not closed; close it") }
    return breaches
  }
}
