import DrydockJSON
import DrydockSchema
import Foundation
import Testing

/// Measures how well violations name defects that were planted in real documents.
@Suite("Planted defects", .timeLimit(.minutes(10)))
struct PlantedDefectTests {
  /// What the suite's own scoring counts.
  struct Score {
    var documents = 0
    var firstRight = 0
    var anyRight = 0
    var lineRight = 0
    var messages = 0
    var planted = 0
    var recalled = 0
    var multipleMessages = 0
    var misses: [String] = []
  }

  struct Plant {
    var pointer: String
    var isUnknown: Bool
    var line: Int?
    var keyLine: Int?
    var column: Int?
    var keyColumn: Int?

    init(_ value: JSONValue) {
      pointer = value["planted"]?.string ?? value["at"]?.string ?? ""
      isUnknown = value["defect"]?.string == "unknown"
      line = value["line"]?.int.map { Int($0) }
      keyLine = value["key_line"]?.int.map { Int($0) }
      column = value["column"]?.int.map { Int($0) }
      keyColumn = value["key_column"]?.int.map { Int($0) }
    }

    func isHit(by violation: Violation) -> Bool {
      let found = violation.pointer.description
      if found == pointer { return true }
      guard isUnknown, let slash = pointer.lastIndex(of: "/") else { return false }
      return found == pointer[..<slash]
    }
  }

  @Test("names the place of nearly every planted defect")
  func scores() throws {
    guard let suite = SharedSuites.suite("planted-defects") else { return }
    var score = Score()
    for (path, url) in SharedSuites.jsonFiles(below: suite) where path != "index.json" {
      let file = try SharedSuites.document(at: url).root
      guard let schemaPath = file["schema"]?.string else { continue }
      let schemaDocument = try SharedSuites.document(at: suite.appending(path: schemaPath))
      let schema = try Schema.compile(schemaDocument, options: SchemaOptions(dialect: .draft07))
      for one in file["cases"].map({ Array($0.elements) }) ?? [] {
        try judge(one, schema, &score)
      }
      for several in file["multi_cases"].map({ Array($0.elements) }) ?? [] {
        try judgeSeveral(several, schema, &score)
      }
    }
    report(score)
    #expect(score.firstRight * 100 >= score.documents * 98)
    #expect(score.messages * 10 <= score.documents * 11)
    #expect(score.lineRight == score.anyRight)
    #expect(score.recalled * 100 >= score.planted * 99)
  }

  private func judge(_ one: JSONValue, _ schema: Schema, _ score: inout Score) throws {
    guard let text = one["text"]?.string else { return }
    let document = try JSONDocument.parse(text)
    let violations = schema.violations(of: document.root)
    let plant = Plant(one)
    score.documents += 1
    score.messages += violations.count
    let isFirst = violations.first.map { plant.isHit(by: $0) } ?? false
    if isFirst { score.firstRight += 1 }
    if let hit = violations.first(where: { plant.isHit(by: $0) }) {
      score.anyRight += 1
      let place = document.location(ofOffset: hit.offset)
      let isAtValue = place.line == plant.line && place.column == plant.column
      let isAtKey = place.line == plant.keyLine && place.column == plant.keyColumn
      if isAtValue || isAtKey {
        score.lineRight += 1
      } else {
        score.misses.append("\(one["id"]?.string ?? "?") position: \(place) for \(plant)")
      }
    }
    if !isFirst || violations.count > 1 {
      let listed = violations.prefix(4).map { "\($0.pointer): \($0.message) [\($0.schemaPointer)]" }
      score.misses.append(
        "\(one["id"]?.string ?? "?") \(one["defect"]?.string ?? "") \(isFirst ? "ok" : "MISS") "
          + "\(plant.pointer) -> \(violations.count): \(listed.joined(separator: " | "))"
      )
    }
  }

  private func judgeSeveral(
    _ several: JSONValue,
    _ schema: Schema,
    _ score: inout Score
  ) throws {
    guard let text = several["text"]?.string else { return }
    let document = try JSONDocument.parse(text)
    let violations = schema.violations(of: document.root)
    let plants =
      (several["defects"] ?? several["planted"]).map { $0.elements.map(Plant.init) } ?? []
    score.multipleMessages += violations.count
    for plant in plants {
      score.planted += 1
      if violations.contains(where: { plant.isHit(by: $0) }) {
        score.recalled += 1
      } else {
        let listed = violations.prefix(4).map { "\($0.pointer): \($0.message)" }
        score.misses.append(
          "\(several["id"]?.string ?? "?") LOST \(plant.pointer) -> "
            + listed.joined(separator: " | ")
        )
      }
    }
  }

  private func report(_ score: Score) {
    for miss in score.misses { print(miss) }
    print(
      """
      planted defects: \(score.documents) documents, first message right \(score.firstRight), \
      any right \(score.anyRight), positions right \(score.lineRight), \
      \(score.messages) messages; several defects: \(score.recalled) of \(score.planted) found \
      in \(score.multipleMessages) messages
      """
    )
  }
}
