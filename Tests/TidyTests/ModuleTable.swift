/// The modules of the package, bottom up: what each may import.
///
///     rank 8   drydock (executable)   benchmarks (executable)
///     rank 7   DrydockCommand       DrydockTesting        DrydockXCTest
///     rank 6   DrydockPlayer
///     rank 5   DrydockSimulation    DrydockScenarios      DrydockReports
///     rank 4   DrydockWorld         DrydockVerification
///     rank 3   DrydockFakes         DrydockReference      DrydockContracts
///     rank 2   DrydockSchema        DrydockFaults         DrydockRecordings
///     rank 1   DrydockJSON          DrydockExchange
///     rank 0   DrydockKernel
///
/// An import points down, never up or sideways; a new edge is a decision, not a convenience.
struct ModuleTable: Sendable {
  /// One module.
  struct Module: Sendable {
    /// The name of target and folder.
    let name: String
    /// The height in the graph.
    let rank: Int
    /// The modules of the package that it may import, besides the kernel.
    let imports: [String]
    /// The modules of the platform that it may import.
    let platform: [String]
  }

  /// The rank from which Foundation may be imported: files, environment and streams start there.
  static let foundationRank = 6

  /// The modules, bottom up.
  let modules: [Module]

  /// The table of this package.
  static let house = ModuleTable(modules: [
    Module("DrydockKernel", 0, []),
    Module("DrydockJSON", 1, []),
    Module("DrydockExchange", 1, []),
    Module("DrydockSchema", 2, ["JSON"]),
    Module("DrydockFaults", 2, ["Exchange"]),
    Module("DrydockRecordings", 2, ["JSON", "Exchange"]),
    Module("DrydockFakes", 3, ["JSON", "Exchange"]),
    Module("DrydockReference", 3, ["JSON", "Exchange"]),
    Module("DrydockContracts", 3, ["JSON", "Exchange", "Schema"]),
    Module("DrydockWorld", 4, ["Exchange", "Faults", "Fakes"]),
    Module("DrydockVerification", 4, ["JSON", "Exchange", "Schema", "Contracts"]),
    Module("DrydockSimulation", 5, ["Exchange", "World"]),
    Module(
      "DrydockScenarios",
      5,
      ["JSON", "Exchange", "Faults", "Fakes", "Contracts", "World", "Verification"]
    ),
    Module("DrydockReports", 5, ["JSON", "Exchange", "Verification"]),
    Module(
      "DrydockPlayer",
      6,
      ["Exchange", "Contracts", "Verification", "Simulation", "Scenarios", "Reports"],
      platform: ["Foundation"]
    ),
    Module("DrydockTesting", 7, belowFrontDoors, platform: ["Foundation", "Testing"]),
    Module(
      "DrydockXCTest",
      7,
      belowFrontDoors + ["Testing"],
      platform: ["Foundation", "XCTest"]
    ),
    Module("DrydockCommand", 7, belowFrontDoors, platform: ["Foundation"]),
    Module("drydock", 8, ["Command"], platform: ["Foundation"]),
    Module("benchmarks", 8, belowFrontDoors, platform: ["Foundation"]),
  ])

  /// The one import that points sideways: both are front doors, and one is made of the other.
  static let sideways: Set<String> = ["DrydockXCTest → DrydockTesting"]

  /// Modules of the platform that a test target may import, besides what its dependencies allow.
  static let inTests: Set<String> = ["Testing", "Foundation", "FoundationXML"]

  /// Test targets that may import one more, with the reason.
  static let testTargets: [String: (module: String, reason: String)] = [
    "DrydockXCTestTests": ("XCTest", "tests the XCTest front door")
  ]

  /// Returns a module by name.
  func module(_ name: String) -> Module? { modules.first { $0.name == name } }

  /// The short names of everything below rank 7.
  private static let belowFrontDoors = [
    "JSON", "Exchange", "Schema", "Faults", "Recordings", "Fakes", "Reference", "Contracts",
    "World", "Verification", "Simulation", "Scenarios", "Reports", "Player",
  ]
}

extension ModuleTable.Module {
  /// Creates a module from short names: `JSON` stands for `DrydockJSON`.
  fileprivate init(_ name: String, _ rank: Int, _ imports: [String], platform: [String] = []) {
    self.init(
      name: name,
      rank: rank,
      imports: (name == "DrydockKernel" ? [] : ["DrydockKernel"])
        + imports.map { "Drydock\($0)" },
      platform: platform
    )
  }
}
