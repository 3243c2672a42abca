// swift-tools-version: 6.3
import PackageDescription

// One list for all targets; no unsafe flags, so the package stays usable as a dependency.
let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .enableUpcomingFeature("InferIsolatedConformances"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

func module(_ name: String, _ dependencies: Target.Dependency...) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

/// Tests beside their golden and case files, which are read by path and are no resources.
func tests(
  _ name: String,
  _ dependencies: Target.Dependency...,
  data: [String] = []
) -> Target {
  .testTarget(name: name, dependencies: dependencies, exclude: data, swiftSettings: settings)
}

let package = Package(
  name: "drydock",
  platforms: [.macOS(.v26)],
  products: [
    .library(name: "DrydockTesting", targets: ["DrydockTesting"]),
    .library(name: "DrydockXCTest", targets: ["DrydockXCTest"]),
    .library(name: "DrydockSimulation", targets: ["DrydockSimulation"]),
    .library(name: "DrydockVerification", targets: ["DrydockVerification"]),
    .executable(name: "drydock", targets: ["drydock"]),
  ],
  targets: [
    // Rank 0
    module("DrydockKernel"),
    // Rank 1
    module("DrydockJSON", "DrydockKernel"),
    module("DrydockExchange", "DrydockKernel"),
    // Rank 2
    module("DrydockSchema", "DrydockKernel", "DrydockJSON"),
    module("DrydockFaults", "DrydockKernel", "DrydockExchange"),
    module("DrydockRecordings", "DrydockKernel", "DrydockJSON", "DrydockExchange"),
    // Rank 3
    module("DrydockFakes", "DrydockKernel", "DrydockJSON", "DrydockExchange"),
    module("DrydockReference", "DrydockKernel", "DrydockJSON", "DrydockExchange"),
    module(
      "DrydockContracts",
      "DrydockKernel",
      "DrydockJSON",
      "DrydockExchange",
      "DrydockSchema"
    ),
    // Rank 4
    module("DrydockWorld", "DrydockKernel", "DrydockExchange", "DrydockFakes", "DrydockFaults"),
    module(
      "DrydockVerification",
      "DrydockKernel",
      "DrydockJSON",
      "DrydockExchange",
      "DrydockSchema",
      "DrydockContracts"
    ),
    // Rank 5
    module("DrydockSimulation", "DrydockKernel", "DrydockExchange", "DrydockWorld"),
    module(
      "DrydockScenarios",
      "DrydockKernel",
      "DrydockJSON",
      "DrydockExchange",
      "DrydockFakes",
      "DrydockFaults",
      "DrydockWorld",
      "DrydockContracts",
      "DrydockVerification"
    ),
    module(
      "DrydockReports",
      "DrydockKernel",
      "DrydockJSON",
      "DrydockExchange",
      "DrydockVerification"
    ),
    // Rank 6
    module(
      "DrydockPlayer",
      "DrydockKernel",
      "DrydockExchange",
      "DrydockContracts",
      "DrydockVerification",
      "DrydockSimulation",
      "DrydockScenarios",
      "DrydockReports"
    ),
    // Rank 7
    module(
      "DrydockTesting",
      "DrydockPlayer",
      "DrydockKernel",
      "DrydockJSON",
      "DrydockExchange",
      "DrydockContracts",
      "DrydockWorld",
      "DrydockVerification",
      "DrydockSimulation",
      "DrydockScenarios",
      "DrydockReports",
      "DrydockReference"
    ),
    module("DrydockXCTest", "DrydockTesting", "DrydockReports"),
    module(
      "DrydockCommand",
      "DrydockKernel",
      "DrydockJSON",
      "DrydockExchange",
      "DrydockSchema",
      "DrydockFaults",
      "DrydockRecordings",
      "DrydockFakes",
      "DrydockReference",
      "DrydockContracts",
      "DrydockWorld",
      "DrydockVerification",
      "DrydockSimulation",
      "DrydockScenarios",
      "DrydockReports",
      "DrydockPlayer"
    ),
    // Rank 8
    .executableTarget(
      name: "drydock",
      dependencies: ["DrydockCommand"],
      swiftSettings: settings
    ),
    .executableTarget(
      name: "benchmarks",
      dependencies: [
        "DrydockKernel", "DrydockJSON", "DrydockExchange", "DrydockSchema", "DrydockWorld",
        "DrydockSimulation", "DrydockContracts", "DrydockVerification", "DrydockScenarios",
        "DrydockReference", "DrydockPlayer", "DrydockReports",
      ],
      swiftSettings: settings
    ),
    // Tests, one target a module
    tests("DrydockKernelTests", "DrydockKernel"),
    tests("DrydockJSONTests", "DrydockJSON", "DrydockKernel", data: ["Cases"]),
    tests("DrydockExchangeTests", "DrydockExchange", "DrydockKernel"),
    tests(
      "DrydockSchemaTests",
      "DrydockSchema",
      "DrydockJSON",
      "DrydockKernel",
      data: ["Cases"]
    ),
    tests(
      "DrydockFaultsTests",
      "DrydockFaults",
      "DrydockExchange",
      "DrydockKernel",
      data: ["Golden"]
    ),
    tests(
      "DrydockRecordingsTests",
      "DrydockRecordings",
      "DrydockPlayer",
      "DrydockReference",
      "DrydockScenarios",
      "DrydockFakes",
      "DrydockReports",
      "DrydockVerification",
      "DrydockContracts",
      "DrydockExchange",
      "DrydockJSON",
      "DrydockKernel"
    ),
    tests(
      "DrydockFakesTests",
      "DrydockFakes",
      "DrydockExchange",
      "DrydockJSON",
      "DrydockKernel",
      data: ["Store/Golden", "Returns/Golden", "ERP/Golden", "ThreePL/Golden", "Carrier/Golden"]
    ),
    tests(
      "DrydockContractsTests",
      "DrydockContracts",
      "DrydockSchema",
      "DrydockExchange",
      "DrydockJSON",
      "DrydockKernel",
      data: ["Cases", "Golden"]
    ),
    tests(
      "DrydockReferenceTests",
      "DrydockReference",
      "DrydockExchange",
      "DrydockJSON",
      "DrydockKernel"
    ),
    tests(
      "DrydockWorldTests",
      "DrydockWorld",
      "DrydockFakes",
      "DrydockFaults",
      "DrydockExchange",
      "DrydockKernel"
    ),
    tests(
      "DrydockVerificationTests",
      "DrydockVerification",
      "DrydockContracts",
      "DrydockExchange",
      "DrydockJSON",
      "DrydockKernel"
    ),
    tests(
      "DrydockScenariosTests",
      "DrydockScenarios",
      "DrydockWorld",
      "DrydockVerification",
      "DrydockContracts",
      "DrydockFaults",
      "DrydockExchange",
      "DrydockJSON",
      "DrydockKernel"
    ),
    tests(
      "DrydockReportsTests",
      "DrydockReports",
      "DrydockVerification",
      "DrydockExchange",
      "DrydockJSON",
      "DrydockKernel",
      data: ["Golden"]
    ),
    tests(
      "ScenarioTests",
      "DrydockPlayer",
      "DrydockReports",
      "DrydockFakes",
      "DrydockTesting",
      "DrydockScenarios",
      "DrydockSimulation",
      "DrydockVerification",
      "DrydockContracts",
      "DrydockReference",
      "DrydockWorld",
      "DrydockExchange",
      "DrydockJSON",
      "DrydockKernel",
      data: ["Golden"]
    ),
    tests(
      "CommandTests",
      "DrydockCommand",
      "DrydockFaults",
      "DrydockReference",
      "DrydockVerification",
      "DrydockJSON",
      "DrydockKernel",
      "drydock",
      data: ["Cases", "Golden"]
    ),
    tests("DrydockTestingTests", "DrydockTesting", "DrydockExchange", "DrydockKernel"),
    tests("DrydockXCTestTests", "DrydockXCTest", "DrydockExchange", "DrydockKernel"),
    tests("TidyTests"),
  ],
  swiftLanguageModes: [.v6]
)
