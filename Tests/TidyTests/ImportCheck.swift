/// Imports that go where the module graph has no edge.
struct ImportCheck {
  /// The graph.
  let table: ModuleTable
  /// What the package declares.
  let manifest: Manifest

  /// One `import` of a file.
  struct Import: Hashable {
    /// The imported module.
    var module: String
    /// The line, from 1.
    var line: Int
  }

  /// Returns the imports of a file, wherever they stand.
  static func imports(of source: SwiftSource) -> [Import] {
    var imports: [Import] = []
    for (index, token) in source.tokens.enumerated() where token.text == "import" {
      var next = index + 1
      let kinds: Set<String> = ["struct", "class", "enum", "protocol", "func", "var", "let"]
      if next < source.tokens.count, kinds.contains(source.tokens[next].text) { next += 1 }
      guard next < source.tokens.count, source.tokens[next].line == token.line else { continue }
      imports.append(Import(module: source.tokens[next].text, line: token.line))
    }
    return imports
  }

  /// Returns the imports of a file that are out of place.
  func breaches(in source: SwiftSource) -> [Breach] {
    Self.imports(of: source).compactMap { found in
      let problem =
        source.isTest
        ? testProblem(found.module, source.target) : moduleProblem(found.module, source.target)
      return problem.map {
        Breach(file: source.path, line: found.line, rule: "import", message: $0)
      }
    }
  }

  private func moduleProblem(_ imported: String, _ target: String) -> String? {
    guard let module = table.module(target) else {
      return "module '\(target)' is not in ModuleTable.swift; give it a rank and its imports"
    }
    if module.platform.contains(imported) { return nil }
    if imported == "Foundation" {
      return "'Foundation' is banned at rank \(module.rank);"
        + " read and write bytes, files are opened from rank \(ModuleTable.foundationRank) up"
    }
    guard let other = table.module(imported) else {
      return "'\(imported)' is banned in '\(target)'; use what the package has"
    }
    if other.rank >= module.rank, !ModuleTable.sideways.contains("\(target) → \(imported)") {
      return "'\(imported)' (rank \(other.rank)) is banned in '\(target)' (rank \(module.rank));"
        + " imports point down"
    }
    guard module.imports.contains(imported) else {
      return "'\(imported)' is banned in '\(target)';"
        + " use \(module.imports.joined(separator: ", "))"
    }
    return undeclared(imported, by: target)
  }

  private func testProblem(_ imported: String, _ target: String) -> String? {
    if ModuleTable.inTests.contains(imported) { return nil }
    if ModuleTable.testTargets[target]?.module == imported { return nil }
    return undeclared(imported, by: target)
  }

  private func undeclared(_ imported: String, by target: String) -> String? {
    guard let declared = manifest.target(target) else {
      return "target '\(target)' is not in Package.swift"
    }
    return declared.dependencies.contains(imported)
      ? nil : "'\(imported)' is no dependency of '\(target)' in Package.swift; declare it there"
  }

  /// Returns where table and manifest disagree.
  func disagreements() -> [Breach] {
    var messages: [String] = []
    let declared = manifest.targets.filter { !$0.isTest }
    for target in declared {
      guard let module = table.module(target.name) else {
        messages.append("target '\(target.name)' is not in ModuleTable.swift; give it a rank")
        continue
      }
      for dependency in target.dependencies where !module.imports.contains(dependency) {
        messages.append("'\(target.name)' may not depend on '\(dependency)'; see ModuleTable.swift")
      }
    }
    for module in table.modules where manifest.target(module.name) == nil {
      messages.append("module '\(module.name)' of ModuleTable.swift is no target; remove it there")
    }
    return messages.map { Breach(file: "Package.swift", rule: "import", message: $0) }
  }

  /// Returns rows of the table that break its own rule: imports point down.
  func upwardRows() -> [String] {
    table.modules.flatMap { module in
      module.imports.compactMap { name in
        guard let other = table.module(name) else { return "\(module.name) → \(name)" }
        let edge = "\(module.name) → \(name)"
        return other.rank < module.rank || ModuleTable.sideways.contains(edge) ? nil : edge
      }
    }
  }
}
