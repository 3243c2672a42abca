import DrydockKernel
import DrydockReference
import DrydockReports
import DrydockScenarios
import DrydockVerification

/// Every defect against every scenario: the harness proves that it can fail.
struct DefectMatrix {
  private let campaign: Campaign
  private let console: Console

  init(_ campaign: Campaign, _ console: Console) {
    self.campaign = campaign
    self.console = console
  }

  /// Plays the matrix and prints, for each defect, what catches it.
  ///
  /// - Returns: Failed when a defect is caught by nothing.
  func play() async -> ExitCode {
    var missed = 0
    for defect in ReferenceDefect.allCases {
      var defective = campaign
      defective.defects = [defect]
      var caught: [(file: String, rules: [String])] = []
      await defective.play(progress: { console.progress("\(defect.rawValue): \($0)") }) { played in
        let rules = Set(played.runs.flatMap { $0.verdict.errors.map(\.rule) }).sorted()
        if !rules.isEmpty { caught.append((played.scenario.file, rules)) }
      }
      console.endProgress()
      print(defect, caught)
      if caught.isEmpty { missed += 1 }
    }
    let count = ReferenceDefect.allCases.count
    console.line("\(count - missed) of \(count) defects caught")
    return missed == 0 ? .passed : .failed
  }

  private func print(_ defect: ReferenceDefect, _ caught: [(file: String, rules: [String])]) {
    guard let first = caught.first else {
      return console.line("missed \(defect.rawValue)")
    }
    let more = caught.count > 1 ? " and \(caught.count - 1) more" : ""
    console.line(
      "caught \(defect.rawValue) by \(first.rules.joined(separator: ", ")) in \(first.file)\(more)"
    )
  }
}
