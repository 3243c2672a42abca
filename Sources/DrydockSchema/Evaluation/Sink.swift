/// What becomes of the failures that an evaluation meets.
///
/// The evaluator is specialised for each conformance: without reports it stops at the first
/// failure and builds nothing.
protocol Sink: Sendable {
  /// Whether all failures are wanted, or only the verdict.
  static var reports: Bool { get }

  /// Takes note of a failure.
  mutating func add(_ failure: Failure)
}

/// Wants the verdict only.
struct VerdictSink: Sink {
  static var reports: Bool { false }

  @inline(__always)
  mutating func add(_ failure: Failure) {}
}

/// Collects failures, to be made into violations once the evaluation is over.
struct ReportSink: Sink {
  static var reports: Bool { true }

  /// The failures in the order they were met.
  private(set) var failures: [Failure] = []
  /// The choices of branches that failures refer to.
  var choices: [BranchChoice] = []

  /// How many failures are kept.
  static let failuresMax = 10_000

  mutating func add(_ failure: Failure) {
    if failures.count < ReportSink.failuresMax { failures.append(failure) }
  }

  /// Keeps only some failures.
  mutating func keep(_ isKept: (Failure) -> Bool) {
    failures.removeAll { !isKept($0) }
  }

  /// Takes over the failures of a trial, which a choice of branch led to.
  mutating func take(_ trial: ReportSink, choice: BranchChoice?) {
    let offset = choices.count
    choices += trial.choices
    var own: Int32 = -1
    if let choice {
      own = Int32(choices.count)
      choices.append(choice)
    }
    for failure in trial.failures {
      var copy = failure
      copy.choice = failure.choice >= 0 ? failure.choice + Int32(offset) : own
      add(copy)
    }
  }
}

/// A failure as indices; words are made of it only when it is shown.
struct Failure: BitwiseCopyable, Sendable {
  var rule: Rule
  /// The value in the document, or the object that lacks a member.
  var node: Int32
  /// The name of the member that is wrong by being there, or -1.
  var name: Int32 = -1
  /// The block that was applied.
  var block: Int32
  /// The keyword in the block's document.
  var keyword: Int32
  /// What else the rule needs, such as the name in `SchemaProgram.names` or the bound.
  var detail: Int32 = -1
  var other: Int32 = -1
  /// The choice of a branch under which this was found, or -1.
  var choice: Int32 = -1
}

extension Failure {
  /// What a failure is about, whichever subschema found it.
  struct Topic: Hashable {
    var rule: Rule
    var node: Int32
    var name: Int32
  }

  /// What this failure is about.
  var topic: Topic { Topic(rule: rule, node: node, name: name) }
}

/// Why one branch of several was judged.
struct BranchChoice: Hashable, Sendable {
  var rule: Rule
  /// The branch from 0, and how many there are.
  var branch: Int
  var count: Int
  /// The member whose value told the branches apart, if one did.
  var discriminator: String?
  /// Whether no other branch takes values of this type.
  var isOnly = false
}
