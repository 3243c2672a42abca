public import DrydockScenarios
public import Testing

extension Scenario: CustomTestStringConvertible {
  /// The file, which names the test case that plays it.
  public var testDescription: String { file }
}
