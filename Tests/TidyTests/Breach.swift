/// One place in the repository that breaks a rule of the house.
struct Breach: Hashable, CustomStringConvertible {
  /// The path from the package root.
  var file: String
  /// The line, from 1; absent if the whole file is meant.
  var line: Int?
  /// The rule, as waivers name it.
  var rule: String
  /// What is wrong and what to do instead.
  var message: String

  /// The breach as compilers show errors, so that editors find the place.
  var description: String {
    let place = line.map { "\(file):\($0)" } ?? file
    return "\(place): error: \(message)"
  }
}

/// A breach that stands, with the reason why; the counts may only fall.
struct Waiver: Hashable {
  /// The path from the package root: a file, or a folder with a slash at its end.
  var path: String
  /// The rule that is waived there.
  var rule: String
  /// How many breaches stand; `nil` where the place is the home of what the rule bans elsewhere.
  var count: Int?
  /// Why.
  var reason: String

  /// Tells whether a breach is at this place and of this rule.
  func covers(_ breach: Breach) -> Bool {
    breach.rule == rule
      && (path.hasSuffix("/") ? breach.file.hasPrefix(path) : breach.file == path)
  }
}

/// The list of waivers as a ratchet: more than it allows is a breach, and so is less.
enum Ratchet {
  /// Returns the breaches that no waiver covers, and one for every waiver that allows too much.
  static func remaining(_ breaches: [Breach], _ waivers: [Waiver]) -> [Breach] {
    var remaining: [Breach] = []
    var counts = [Int](repeating: 0, count: waivers.count)
    for breach in breaches {
      guard let position = waivers.firstIndex(where: { $0.covers(breach) }) else {
        remaining.append(breach)
        continue
      }
      counts[position] += 1
      if let count = waivers[position].count, counts[position] > count { remaining.append(breach) }
    }
    for (waiver, found) in zip(waivers, counts) where found < waiver.count ?? 1 {
      let allowed = waiver.count.map(String.init) ?? "any number"
      remaining.append(
        Breach(
          file: waiver.path,
          rule: waiver.rule,
          message: "the waiver of '\(waiver.rule)' allows \(allowed) and \(found) are left;"
            + " lower it in Waivers.swift"
        )
      )
    }
    return remaining
  }
}
