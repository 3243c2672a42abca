public import DrydockReports
@_exported public import DrydockTesting
import XCTest

extension JudgedRun {
  /// Fails the test once for each finding that fails the run, with the finding as text.
  ///
  ///     func testConfirmsTwice() throws {
  ///       let story = "Scenarios/3pl/confirms-twice.json"
  ///       try Drydock.play(story, against: MyIntegration()).assertPassed()
  ///     }
  ///
  /// - Parameters:
  ///   - file: Where the failure is recorded; the caller's file unless given.
  ///   - line: The line of it; the caller's unless given.
  public func assertPassed(file: StaticString = #filePath, line: UInt = #line) {
    for complaint in complaints { XCTFail(complaint, file: file, line: line) }
  }
}

extension Sequence<JudgedRun> {
  /// Fails the test once for each finding that fails any of the runs, with the finding as text.
  ///
  /// - Parameters:
  ///   - file: Where the failure is recorded; the caller's file unless given.
  ///   - line: The line of it; the caller's unless given.
  public func assertPassed(file: StaticString = #filePath, line: UInt = #line) {
    for run in self { run.assertPassed(file: file, line: line) }
  }
}
