import DrydockJSON
import Foundation
import Testing

@testable import DrydockSchema

/// Two collections of pairs that other checkers have judged.
@Suite("Comparison against other checkers", .timeLimit(.minutes(5)))
struct ConfluentSuiteTests {
  private struct Pair {
    var name: String
    var entry: JSONValue
    var comparison: SchemaComparison
  }

  private func pairs(_ file: URL, _ path: String) throws -> [Pair] {
    let document = try SharedSuites.document(at: file)
    var options = SchemaOptions()
    options.dialect = path.contains("2020") ? .draft202012 : .draft07
    return try document.root.elements.compactMap { entry in
      guard let old = entry["original_schema"], let new = entry["update_schema"] else { return nil }
      let before = try Schema.compile(try JSONDocument.parse(old.bytes), options: options)
      let after = try Schema.compile(try JSONDocument.parse(new.bytes), options: options)
      return Pair(
        name: "\(path): \(entry["description"]?.string ?? "")",
        entry: entry,
        comparison: SchemaComparison(
          old: before,
          new: after,
          direction: .backward,
          options: ComparisonOptions(isStrict: true)
        )
      )
    }
  }

  @Test("verdicts are Confluent's, but where a subset engine says that it errs")
  func confluent() throws {
    guard let folder = SharedSuites.suite("confluent-schema-diff") else { return }
    var decided = 0
    var agreed = 0
    var unknown = 0
    for file in SharedSuites.jsonFiles(below: folder) {
      for pair in try pairs(file.url, file.path) {
        guard let wanted = pair.entry["compatible"]?.bool else { continue }
        decided += 1
        switch pair.comparison.verdict {
        case .cannotTell: unknown += 1
        case .compatible where wanted, .breaking where !wanted: agreed += 1
        case .compatible:
          // Safe by proof, and the peer says so too; anything else would be a missed break.
          #expect(
            pair.entry["_peer_update_covers_original"]?.string == "yes",
            "missed break: \(pair.name)"
          )
        case .breaking:
          let shown = pair.comparison.findings.filter { $0.level == .error }
          #expect(shown.contains { $0.witness != nil }, "no witness: \(pair.name)")
          #expect(
            pair.entry["_peer_update_covers_original"]?.string == "no",
            "false alarm: \(pair.name)"
          )
        }
      }
    }
    print("confluent: \(agreed) of \(decided) agree, \(unknown) undecided")
    #expect(agreed * 100 >= decided * 97)
    #expect(unknown * 100 <= decided * 3)
  }

  @Test("a recursive schema against itself ends without a difference")
  func recursiveSchema() throws {
    guard let folder = SharedSuites.suite("confluent-schema-diff") else { return }
    let document = try SharedSuites.document(at: folder.appending(path: "recursive-schema.json"))
    var options = SchemaOptions()
    options.dialect = .draft07
    let schema = try Schema.compile(SchemaComparison.modernised(document), options: options)
    let comparison = SchemaComparison(old: schema, new: schema, direction: .backward)
    #expect(comparison.verdict == .compatible)
    #expect(comparison.findings.isEmpty)
  }

  // MARK: Places of changes

  /// Places where Nakadi speaks of one change and we of its parts, or the other way round.
  private static let otherWords: Set<String> = [
    // A reference is followed: the change is where it leads.
    "Do not allow incompatible changes to reference schemas",
    // The new member is a change as well as the lost one.
    "Do not allow to remove properties",
  ]

  @Test("changes are listed where Nakadi lists them, and nowhere else")
  func nakadi() throws {
    guard let folder = SharedSuites.suite("nakadi-schema-evolution") else { return }
    let path = "invalid-schema-evolution-examples.json"
    for pair in try pairs(folder.appending(path: path), path) {
      let name = pair.entry["description"]?.string ?? ""
      if Self.otherWords.contains(name) { continue }
      let wanted = pair.entry["errors"]?.elements.compactMap(\.string).map(Self.place) ?? []
      let found = pair.comparison.findings.map { $0.pointer.tokens }
      for place in wanted {
        #expect(found.contains { Self.isNear($0, place) }, "\(name): nothing at \(place)")
      }
      for place in found {
        #expect(wanted.contains { Self.isNear(place, $0) }, "\(name): not wanted at \(place)")
      }
    }
  }

  private static func place(_ text: String) -> [String] {
    let pointer = text.split(separator: "#").last ?? ""
    return pointer.split(separator: "/").map(String.init)
  }

  /// Whether a keyword's pointer is at a place, which may be the keyword's or its schema's.
  private static func isNear(_ pointer: [String], _ place: [String]) -> Bool {
    if pointer == place || Array(pointer.dropLast()) == place { return true }
    // A branch or element of a list is a change of the schema that has the list; of two names that
    // depend on others, Nakadi names one.
    if let last = pointer.last, Int(last) != nil, Array(pointer.dropLast(2)) == place {
      return true
    }
    return pointer.contains("dependencies") && place.contains("dependencies")
  }
}
