/// How the process ends, for scripts.
public enum ExitCode: Int32, CaseIterable, Sendable {
  /// Everything that was judged passed.
  case passed = 0
  /// Something failed.
  case failed = 1
  /// The command line or an input file is wrong.
  case badInput = 2
  /// Too little happened to judge.
  case inconclusive = 3
  /// A mistake of ours.
  case internalError = 70

  /// What the code means, for help texts.
  var meaning: String {
    switch self {
    case .passed: "everything that was judged passed"
    case .failed: "a rule, a contract or an expectation is broken"
    case .badInput: "the command line or an input file is wrong"
    case .inconclusive: "too little happened to judge"
    case .internalError: "a mistake of drydock itself"
    }
  }
}
