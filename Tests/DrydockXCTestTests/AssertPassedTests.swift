import DrydockXCTest
import XCTest

/// Takes failures down instead of failing, so that a test can look at them.
final class AssertPassedTests: XCTestCase {
  struct Failure: Equatable {
    var text: String
    var file: String
    var line: Int
  }

  private(set) var failures: [Failure] = []
  private var isTakingDown = false

  /// Runs a body and returns the failures that it recorded.
  func failures(in body: () -> Void) -> [Failure] {
    failures = []
    isTakingDown = true
    body()
    isTakingDown = false
    return failures
  }

  #if canImport(Darwin)
  override func record(_ issue: XCTIssue) {
    guard isTakingDown else { return super.record(issue) }
    let location = issue.sourceCodeContext.location
    failures.append(
      Failure(
        text: issue.compactDescription,
        file: location?.fileURL.path ?? "",
        line: location?.lineNumber ?? 0
      )
    )
  }
  #else
  override func recordFailure(
    withDescription description: String,
    inFile filePath: String,
    atLine lineNumber: Int,
    expected: Bool
  ) {
    guard isTakingDown else {
      return super.recordFailure(
        withDescription: description,
        inFile: filePath,
        atLine: lineNumber,
        expected: expected
      )
    }
    failures.append(Failure(text: description, file: filePath, line: lineNumber))
  }
  #endif

  func testPassedRunRecordsNothing() throws {
    let run = try Drydock.play(
      "Scenarios/orders/plain-order.json",
      against: ReferenceIntegration()
    )
    XCTAssertEqual(failures { run.assertPassed() }, [])
  }

  func testFailuresLandOnCallersLineWithFindingAsText() throws {
    let run = try Drydock.play(
      "Scenarios/3pl/confirms-twice.json",
      against: ReferenceIntegration(defects: [.noDuplicateSuppression])
    )
    let line = #line + 1
    let recorded = failures { run.assertPassed() }
    XCTAssertFalse(recorded.isEmpty)
    XCTAssertEqual(recorded.count, run.complaints.count)
    for (failure, complaint) in zip(recorded, run.complaints) {
      XCTAssertEqual(failure.line, line)
      XCTAssertEqual(failure.file, #filePath)
      XCTAssertTrue(failure.text.contains(complaint), failure.text)
    }
  }

  func testEveryRunOfARangeIsAsserted() throws {
    let runs = try Drydock.play(
      "Scenarios/3pl/confirms-twice.json",
      seeds: 1...2,
      against: ReferenceIntegration(defects: [.noDuplicateSuppression])
    )
    let recorded = failures { runs.assertPassed() }
    XCTAssertEqual(recorded.count, runs.flatMap(\.complaints).count)
  }
}
