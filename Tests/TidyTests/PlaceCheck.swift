/// Files that nothing builds and folders that nothing names.
struct PlaceCheck {
  /// What the package declares.
  let manifest: Manifest

  /// What may stand in the package root.
  static let topLevel: Set<String> = [
    "Package.swift", "Sources", "Tests", "Scenarios", "Contracts", "Recordings", "README.md",
    "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE", ".gitignore", ".swift-format", ".ci", ".github",
  ]

  /// Returns the files that are out of place.
  func breaches(_ paths: [String]) -> [Breach] {
    var breaches: [Breach] = []
    var unknown: Set<String> = []
    for path in paths {
      let parts = path.split(separator: "/").map(String.init)
      guard let top = parts.first else { continue }
      if !Self.topLevel.contains(top), unknown.insert(top).inserted {
        breaches.append(
          breach(top, "'\(top)' is banned in the package root; put it into Sources, Tests or data")
        )
      }
      if let message = problem(parts) { breaches.append(breach(path, message)) }
    }
    return breaches + emptyTargets(paths)
  }

  private func problem(_ parts: [String]) -> String? {
    let isSwift = parts.last?.hasSuffix(".swift") == true
    guard parts[0] == "Sources" || parts[0] == "Tests" else {
      // `.ci/fuzz` builds these by itself, as libFuzzer brings its own `main`.
      if parts.starts(with: [".ci", "fuzzing"]) { return nil }
      return isSwift && parts != ["Package.swift"]
        ? "no target builds this file; move it into the folder of one" : nil
    }
    guard parts.count > 2, let target = manifest.target(parts[1]),
      target.isTest == (parts[0] == "Tests")
    else { return "no target builds this file; move it into the folder of one" }
    let inner = parts.dropFirst(2).joined(separator: "/")
    if target.data.contains(where: { inner.hasPrefix("\($0)/") || inner == $0 }) {
      return isSwift ? "the folder is excluded from the target; no target builds this file" : nil
    }
    if isSwift || parts.contains(where: { $0.hasSuffix(".docc") }) { return nil }
    return "data stands in a folder that Package.swift names; add it to 'data' of '\(target.name)'"
  }

  private func emptyTargets(_ paths: [String]) -> [Breach] {
    manifest.targets.filter { target in
      let folder = "\(target.isTest ? "Tests" : "Sources")/\(target.name)/"
      return !paths.contains { $0.hasPrefix(folder) && $0.hasSuffix(".swift") }
    }.map { breach("Package.swift", "target '\($0.name)' has no sources; remove it") }
  }

  private func breach(_ path: String, _ message: String) -> Breach {
    Breach(file: path, rule: "place", message: message)
  }
}
