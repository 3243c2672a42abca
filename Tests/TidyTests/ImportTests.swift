import Testing

@Suite("Imports")
struct ImportTests {
  let check = ImportCheck(table: .house, manifest: House.manifest)

  @Test("point down the module graph and are declared")
  func modules() {
    Report.record(House.repository.sources.filter { !$0.target.isEmpty }.flatMap(check.breaches))
  }

  @Test("are the same in the table and in the manifest")
  func manifest() {
    #expect(!House.manifest.targets.isEmpty)
    Report.record(check.disagreements())
  }

  @Test("of the table point down")
  func table() {
    #expect(check.upwardRows() == [])
  }

  @Test(
    "that have no place are named with what to use",
    arguments: [
      (
        "Sources/DrydockKernel/Clock.swift", "import Foundation",
        "Sources/DrydockKernel/Clock.swift:1: error: 'Foundation' is banned at rank 0;"
          + " read and write bytes, files are opened from rank 6 up"
      ),
      (
        "Sources/DrydockJSON/Fakes.swift", "// first\npackage import DrydockFakes",
        "Sources/DrydockJSON/Fakes.swift:2: error: 'DrydockFakes' (rank 3) is banned in"
          + " 'DrydockJSON' (rank 1); imports point down"
      ),
      (
        "Sources/DrydockReports/World.swift", "import DrydockWorld",
        "Sources/DrydockReports/World.swift:1: error: 'DrydockWorld' is banned in"
          + " 'DrydockReports'; use DrydockKernel, DrydockJSON, DrydockExchange,"
          + " DrydockVerification"
      ),
      (
        "Sources/DrydockFaults/Wait.swift", "import Dispatch",
        "Sources/DrydockFaults/Wait.swift:1: error: 'Dispatch' is banned in 'DrydockFaults';"
          + " use what the package has"
      ),
      (
        "Tests/DrydockKernelTests/JSONTests.swift", "@testable import DrydockJSON",
        "Tests/DrydockKernelTests/JSONTests.swift:1: error: 'DrydockJSON' is no dependency of"
          + " 'DrydockKernelTests' in Package.swift; declare it there"
      ),
    ]
  )
  func planted(path: String, text: String, expected: String) {
    let breaches = check.breaches(in: SwiftSource(path: path, text: text))
    #expect(breaches.map(\.description) == [expected])
  }

  @Test(
    "in their place are let pass",
    arguments: [
      ("Sources/DrydockJSON/Good.swift", "public import DrydockKernel\n// import Foundation"),
      ("Sources/DrydockCommand/Files.swift", "import Foundation"),
      ("Tests/DrydockKernelTests/Good.swift", "import Foundation\nimport Testing"),
    ]
  )
  func clean(path: String, text: String) {
    #expect(check.breaches(in: SwiftSource(path: path, text: text)) == [])
  }
}

/// The package under test.
enum House {
  /// Its files.
  static let repository = Repository.shared
  /// What it declares.
  static let manifest = Manifest(
    repository.sources.first { $0.path == "Package.swift" }
      ?? SwiftSource(path: "Package.swift", text: "")
  )
}
