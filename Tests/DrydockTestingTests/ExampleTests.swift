import DrydockTesting
import Testing

@Suite("The example of the readme")
struct ExampleTests {
  typealias MyIntegration = ReferenceIntegration

  @Test("plays a scenario in four lines")
  func example() throws {
    // readme:begin
    let run = try Drydock.play("Scenarios/3pl/confirms-twice.json", against: MyIntegration())
    run.expectPassed()
    // readme:end
  }
}
