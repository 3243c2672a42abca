import DrydockFaults
import Foundation
import Testing

@Suite("Fault catalogue")
struct FaultCatalogueTests {
  @Test("names every kind once, in order of precedence")
  func isComplete() {
    #expect(FaultCatalogue.entries.map(\.kind) == FaultAction.Kind.allCases)
    for kind in FaultAction.Kind.allCases { #expect(FaultCatalogue.entry(kind).kind == kind) }
  }

  @Test("names no parameter of a kind, or of the gates, twice")
  func namesAreUnique() {
    for entry in FaultCatalogue.entries {
      let names = entry.parameters.map(\.name)
      #expect(Set(names).count == names.count, "\(entry.kind)")
    }
    let names = FaultCatalogue.gates.map(\.name)
    #expect(Set(names).count == names.count)
  }

  @Test("says everything in one line each")
  func linesAreShort() {
    for entry in FaultCatalogue.entries {
      for line in [entry.summary] + entry.parameters.map(\.meaning) {
        #expect(!line.isEmpty && line.utf8.count <= 80 && !line.hasSuffix("."), "\(line)")
      }
    }
  }

  @Test("words that can be written include the default")
  func defaultsAreWords() {
    for parameter in FaultCatalogue.entries.flatMap(\.parameters) {
      guard case .word(let words) = parameter.type, let word = parameter.byDefault else { continue }
      #expect(words.contains(word), "\(parameter.name)")
    }
  }

  @Test("the document lists everything; UPDATE_GOLDEN=1 rewrites it")
  func documentIsGolden() throws {
    let golden = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Golden/fault-catalogue.md")
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
      try Data(FaultCatalogue.document.utf8).write(to: golden)
    }
    #expect(try String(contentsOf: golden, encoding: .utf8) == FaultCatalogue.document)
  }

  @Test("suggests what was probably meant")
  func suggests() {
    #expect(FaultCatalogue.suggestion(for: "latancy") == "latency")
    #expect(FaultCatalogue.suggestion(for: "duplicates") == "duplicate")
    #expect(FaultCatalogue.suggestion(for: "kraken") == nil)
    #expect(FaultCatalogue.suggestion(for: "atmost", of: .lost) == "atMost")
    #expect(FaultCatalogue.suggestion(for: "copy", of: .duplicate) == nil)
    #expect(FaultCatalogue.suggestion(for: "copys", of: .duplicate) == "copies")
  }
}
