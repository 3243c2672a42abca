import DrydockJSON
import DrydockKernel
import Testing

@testable import DrydockSchema

/// Throws damaged schemas and instances at the compiler and the evaluator; nothing may trap, and
/// verdict and report have to agree.
@Suite("Schema fuzz", .timeLimit(.minutes(10)))
struct SchemaFuzzTests {
  /// Draws whose place in the stream is their key.
  struct Drawer {
    let draws: KeyedDraws
    var count = 0

    mutating func below(_ bound: Int) -> Int {
      count += 1
      return Int(draws.below(UInt64(bound), KeyedDraws.Key(attempt: count, purpose: "fuzz")))
    }
  }

  private func seeds() throws -> [(schema: [UInt8], instances: [[UInt8]])] {
    var seeds: [(schema: [UInt8], instances: [[UInt8]])] = []
    for name in ["keywords.json", "formats.json"] {
      for group in try CaseFile.cases(name) {
        let instances = group["tests"].map { $0.elements.compactMap { $0["data"]?.bytes } } ?? []
        seeds.append((group["schema"]?.bytes ?? [], instances))
      }
    }
    for one in try CaseFile.cases("violations.json") {
      seeds.append((one["schema"]?.bytes ?? [], [one["instance"]?.bytes ?? []]))
    }
    return seeds
  }

  @Test("damaged schemas and instances never trap", arguments: [1, 2, 3])
  func mutations(seed: UInt64) throws {
    let seeds = try seeds()
    let fragments = seeds.map(\.schema) + seeds.flatMap(\.instances)
    var drawer = Drawer(draws: Seed(seed).draws(for: "schema-fuzz"))
    var options = SchemaOptions(assertsFormat: true)
    options.limits.stepsMin = 20_000
    options.limits.stepsPerValueMax = 100
    var compiled = 0
    for _ in 0..<1_500 {
      let (schemaBytes, instances) = seeds[drawer.below(seeds.count)]
      let bytes = mutated(schemaBytes, fragments, &drawer)
      options.undeclaredMembers = UndeclaredPolicy.allCases[drawer.below(3)]
      guard let document = parsed(bytes), let schema = schema(document, options) else { continue }
      compiled += 1
      let evaluator = try OutputEvaluator(document, options: options)
      for instance in instances.prefix(3) {
        guard let document = parsed(mutated(instance, fragments, &drawer)) else { continue }
        let violations = schema.violations(of: document.root)
        let isValid = schema.isValid(document.root)
        if isValid == violations.contains(where: { $0.level == .error }) {
          let text = String(decoding: bytes, as: UTF8.self)
          let value = String(decoding: document.bytes, as: UTF8.self)
          Issue.record("seed \(seed): verdict \(isValid), \(violations) for \(value) under \(text)")
        }
        if let fault = fault(evaluator.output(of: document.root), isValid, violations) {
          let text = String(decoding: bytes, as: UTF8.self)
          let value = String(decoding: document.bytes, as: UTF8.self)
          Issue.record("seed \(seed): \(fault) for \(value) under \(text)")
        }
        // A pointer leads to the last of members with one name, which need not be the one meant.
        if hasRepeatedNames(document) { continue }
        for violation in violations { #expect(document.root.at(violation.pointer) != nil) }
      }
    }
    #expect(compiled > 300)
  }

  /// Returns what is wrong with an output beside verdict and report.
  private func fault(
    _ output: ValidationOutput,
    _ isValid: Bool,
    _ violations: [Violation]
  ) -> String? {
    if output.isValid != isValid { return "output says \(output.isValid)" }
    if output.units.contains(where: { ($0.error == nil) != isValid }) {
      return "output mixes errors and annotations"
    }
    if isValid { return nil }
    guard let first = output.units.first?.error else { return "output has no error" }
    let isLimit = violations.contains { $0.rule == "limit" }
    return first.contains("limits allow") && !isLimit ? "output has no reason" : nil
  }

  /// Returns a text with a few bytes changed or parts of other texts put in.
  private func mutated(
    _ bytes: [UInt8],
    _ fragments: [[UInt8]],
    _ drawer: inout Drawer
  ) -> [UInt8] {
    var result = bytes
    for _ in 0..<drawer.below(3) {
      guard !result.isEmpty, let document = parsed(result) else { break }
      let entry = document.tape.entries[drawer.below(document.tape.entries.count)]
      let fragment = fragments[drawer.below(fragments.count)]
      switch drawer.below(5) {
      case 0, 1:
        guard let inner = parsed(fragment) else { continue }
        let piece = inner.tape.entries[drawer.below(inner.tape.entries.count)]
        result.replaceSubrange(entry.range, with: inner.bytes[piece.range])
      case 2:
        result[Int(entry.offset)] = UInt8(drawer.below(96) + 32)
      case 3:
        result.insert(UInt8(drawer.below(96) + 32), at: Int(entry.offset) + 1)
      default:
        result.replaceSubrange(entry.range, with: Array("-1e400".utf8))
      }
    }
    return result
  }

  private func hasRepeatedNames(_ document: JSONDocument) -> Bool {
    var options = JSONReadOptions.strict
    options.duplicateNames = .refused
    do {
      _ = try JSONDocument.parse(document.bytes, options: options)
      return false
    } catch {
      return true
    }
  }

  private func parsed(_ bytes: [UInt8]) -> JSONDocument? {
    do {
      return try JSONDocument.parse(bytes)
    } catch {
      return nil
    }
  }

  private func schema(_ document: JSONDocument, _ options: SchemaOptions) -> Schema? {
    do {
      return try Schema.compile(document, options: options)
    } catch {
      for problem in error.problems { #expect(!problem.message.isEmpty) }
      return nil
    }
  }
}
