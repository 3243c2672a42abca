import Foundation

/// Names and folders of the data that is shipped: scenarios, contracts, recordings, cases.
struct DataCheck {
  /// The files of the package.
  let files: [Repository.File]

  /// Tells whether a name is kebab-case: small letters and digits, single hyphens between them.
  static func isKebabCase(_ name: some StringProtocol) -> Bool {
    let words = name.split(separator: "-", omittingEmptySubsequences: false)
    return words.allSatisfy { word in
      !word.isEmpty
        && word.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) }
    }
  }

  // MARK: Names

  /// Returns data files and folders whose names are not kebab-case.
  func names() -> [Breach] {
    files.compactMap { file in
      guard let parts = Self.dataParts(of: file.path) else { return nil }
      let isContract = file.path.hasPrefix("Contracts/")
      for (position, part) in parts.enumerated() {
        if isContract, position == 2, Self.isVersion(part) { continue }
        let stem =
          position == parts.count - 1
          ? part.split(separator: ".", maxSplits: 1).first ?? "" : Substring(part)
        guard !Self.isKebabCase(stem) else { continue }
        return Breach(
          file: file.path,
          rule: "data name",
          message: "the name '\(part)' is banned here; use kebab-case that says what happens"
        )
      }
      return nil
    }
  }

  /// Returns the folders and the file behind the root of data; `nil` for a file that is no data.
  private static func dataParts(of path: String) -> [String]? {
    let parts = path.split(separator: "/").map(String.init)
    if ["Scenarios", "Contracts", "Recordings"].contains(parts[0]) {
      return Array(parts.dropFirst())
    }
    guard parts[0] == "Tests", !path.hasSuffix(".swift") else { return nil }
    let root = parts.firstIndex { ["Cases", "Golden"].contains($0) } ?? parts.count - 2
    return Array(parts.dropFirst(root + 1))
  }

  private static func isVersion(_ text: String) -> Bool {
    let numbers = text.split(separator: ".", omittingEmptySubsequences: false)
    return (2...3).contains(numbers.count) && numbers.allSatisfy { Int($0) != nil }
  }

  // MARK: Depth

  /// Returns scenarios and recordings that do not stand in a folder of their flow or platform.
  func depths() -> [Breach] {
    let forms: [(folder: String, form: String, endings: [String])] = [
      ("Scenarios", "<flow>/<name>.json", [".json", ".json5"]),
      ("Recordings", "<platform>/<name>.jsonl", [".jsonl", ".har"]),
    ]
    return files.compactMap { file in
      let parts = file.path.split(separator: "/")
      guard let form = forms.first(where: { $0.folder == parts[0] }) else { return nil }
      if parts.count == 3, form.endings.contains(where: { file.path.hasSuffix($0) }) { return nil }
      return Breach(
        file: file.path,
        rule: "data place",
        message: "files here are '\(form.folder)/\(form.form)'; move it"
      )
    }
  }

  // MARK: Contracts

  /// Returns what is missing in the folders of contracts, or too much.
  func contracts() -> [Breach] {
    var folders: [String: [Repository.File]] = [:]
    var breaches: [Breach] = []
    for file in files where file.path.hasPrefix("Contracts/") {
      let parts = file.path.split(separator: "/")
      guard parts.count > 4 else {
        breaches.append(
          contract(
            file.path,
            "files here are 'Contracts/<platform>/<message>/<version>/…'; move it"
          )
        )
        continue
      }
      folders[parts.prefix(4).joined(separator: "/"), default: []].append(file)
    }
    for folder in folders.keys.sorted() {
      breaches += contractFolder(folder, folders[folder] ?? [])
    }
    return breaches
  }

  private func contractFolder(_ folder: String, _ files: [Repository.File]) -> [Breach] {
    var breaches: [Breach] = []
    var counts: [String: Int] = [:]
    for file in files {
      let inner = String(file.path.dropFirst(folder.count + 1))
      let place = inner.split(separator: "/").dropLast().joined(separator: "/")
      switch (place, inner) {
      case ("", "contract.json"), ("", "schema.json"), ("", "upgrade.json"):
        counts[inner, default: 0] += 1
      case ("examples/valid", _), ("examples/invalid", _): counts[place, default: 0] += 1
      default:
        breaches.append(
          contract(
            file.path,
            "'\(inner)' is banned here; a contract has contract.json, schema.json,"
              + " upgrade.json and examples/{valid,invalid}/"
          )
        )
      }
      if inner.hasSuffix(".json"), Self.object(file) == nil {
        breaches.append(contract(file.path, "the file is no JSON; mend it"))
      }
    }
    guard let file = files.first(where: { $0.path == "\(folder)/contract.json" }) else {
      return breaches + [contract(folder, "'contract.json' is missing")]
    }
    let fields = Self.object(file) as? [String: Any] ?? [:]
    breaches += identity(fields, file.path)
    let format = fields["format"] as? String ?? "json"
    if format == "json" {
      for needed in ["schema.json", "examples/valid", "examples/invalid"]
      where counts[needed] == nil {
        breaches.append(contract(folder, "'\(needed)' is missing; a contract over JSON has it"))
      }
    }
    if format == "none", counts["upgrade.json"] != nil {
      breaches.append(contract(folder, "'upgrade.json' is banned here: the message has no body"))
    }
    if format == "none", counts["schema.json"] != nil {
      breaches.append(contract(folder, "'schema.json' is banned here: the message has no body"))
    }
    return breaches
  }

  /// A contract says where it stands.
  private func identity(_ fields: [String: Any], _ path: String) -> [Breach] {
    let parts = path.split(separator: "/").map(String.init)
    return zip(["platform", "message", "version"], parts[1...3]).compactMap { name, expected in
      let found = fields[name] as? String ?? "nothing"
      guard found != expected else { return nil }
      return contract(path, "'\(name)' says '\(found)' and the folder says '\(expected)'")
    }
  }

  private static func object(_ file: Repository.File) -> Any? {
    try? JSONSerialization.jsonObject(with: Data(file.bytes), options: .fragmentsAllowed)
  }

  private func contract(_ path: String, _ message: String) -> Breach {
    Breach(file: path, rule: "contract folder", message: message)
  }
}
