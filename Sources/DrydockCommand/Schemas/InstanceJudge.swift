import DrydockJSON
import DrydockKernel
import DrydockPlayer
import DrydockSchema

/// Holds instances against a schema and words what is wrong; one a file, used by any thread.
struct InstanceJudge: Sendable {
  var schema: Schema
  var file: String
  var form: Form
  /// Whether every violation is printed, or only the first of an instance.
  var showsAll: Bool
  /// The fingerprints of violations that are allowed.
  var allowed: Set<String> = []

  /// What is printed for an instance.
  enum Form: Sendable {
    case nothing
    /// Lines for people, about instances that are not valid.
    case text
    /// The same for programs.
    case json
    /// The verdict on each instance, as JSON Schema writes it.
    case flag
    /// The same with errors or annotations.
    case basic(OutputEvaluator)

    /// Whether something is printed for every instance, valid or not.
    var describesInstances: Bool {
      switch self {
      case .flag, .basic: true
      default: false
      }
    }

    /// Whether violations are printed one by one.
    var listsViolations: Bool {
      switch self {
      case .text, .json: true
      default: false
      }
    }
  }

  /// What came of some instances.
  struct Report: Sendable {
    var valid = 0
    var invalid = 0
    /// Instances with violations, each of which is allowed.
    var allowed = 0
    /// How many violations were allowed, and by which fingerprints.
    var allowedViolations = 0
    var used: Set<String> = []
    /// What goes to standard output.
    var text = ""
    /// Instances that are no JSON.
    var unreadable: [Diagnostic] = []
  }

  /// How many violations of an instance are looked at where some are allowed.
  private static let violationsMax = 10_000

  /// Judges every line that is not blank.
  func judge(_ batch: LineBatch) -> Report {
    var report = Report()
    var document = JSONDocument(over: batch.bytes)
    let describes = form.describesInstances
    for (number, range) in batch.lines.enumerated() {
      if (try? document.reread(range)) != nil, schema.isValid(document) {
        report.valid += 1
        if describes { describe(document, isValid: true, &report) }
        continue
      }
      let line = Array(batch.bytes[range])
      if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { continue }
      judge(line, line: batch.firstLine + number, &report)
    }
    return report
  }

  /// Judges a line by itself, so that places count from its start.
  private func judge(_ line: [UInt8], line number: Int, _ report: inout Report) {
    do {
      let document = try JSONDocument.parse(line)
      judge(document, record: number, firstLine: number, &report)
    } catch {
      var diagnostic = error.diagnostic(file: file, bytes: line)
      diagnostic.line = number
      report.unreadable.append(diagnostic)
    }
  }

  /// Judges one instance.
  ///
  /// - Parameters:
  ///   - document: The instance.
  ///   - record: Its number in the file, from 1.
  ///   - firstLine: The line that it starts on.
  ///   - report: What came of the instances before, and now of this one.
  func judge(
    _ document: JSONDocument,
    record: Int = 1,
    firstLine: Int = 1,
    _ report: inout Report
  ) {
    let isValid = schema.isValid(document)
    describe(document, isValid: isValid, &report)
    guard !isValid else {
      report.valid += 1
      return
    }
    let isPrinted = form.listsViolations
    guard isPrinted || !allowed.isEmpty else {
      report.invalid += 1
      return
    }
    let most = allowed.isEmpty ? 100 : InstanceJudge.violationsMax
    let judged = schema.violations(of: document.root, max: most).map {
      Judged(violation: $0, isAllowed: !allowed.isEmpty && allowed.contains($0.fingerprint))
    }
    for one in judged where one.isAllowed {
      report.allowedViolations += 1
      report.used.insert(one.violation.fingerprint)
    }
    if judged.count < most, judged.allSatisfy(\.isAllowed) {
      report.allowed += 1
    } else {
      report.invalid += 1
    }
    if isPrinted {
      report.text += listed(judged, in: document, record: record, firstLine: firstLine)
    }
  }

  /// A violation, and whether the list of what is allowed names it.
  private struct Judged {
    var violation: Violation
    var isAllowed: Bool
  }

  /// Returns the lines about the violations of one instance.
  private func listed(
    _ judged: [Judged],
    in document: JSONDocument,
    record: Int,
    firstLine: Int
  ) -> String {
    let refused = judged.filter { !$0.isAllowed }
    var text = ""
    for one in showsAll ? judged[...] : refused.prefix(1) {
      let violation = one.violation
      let place = document.location(ofOffset: violation.offset)
      let line = firstLine + place.line - 1
      if case .json = form {
        text += object(one, record: record, line: line, column: place.column)
        continue
      }
      var more = one.isAllowed ? " (allowed)" : ""
      if !showsAll, refused.count > 1 { more = " (and \(refused.count - 1) more)" }
      text +=
        "\(file):\(line):\(place.column): '\(violation.pointer)': \(violation.message)"
        + " [\(violation.rule)]\(more)\n"
    }
    return text
  }

  private func object(_ judged: Judged, record: Int, line: Int, column: Int) -> String {
    let violation = judged.violation
    var writer = JSONWriter()
    writer.object {
      $0.member("file", file)
      $0.member("record", record)
      $0.member("pointer", violation.pointer.description)
      $0.member("line", line)
      $0.member("column", column)
      $0.member("schemaPointer", violation.schemaPointer)
      $0.member("rule", violation.rule)
      $0.member("message", violation.message)
      $0.member("fingerprint", violation.fingerprint)
      if judged.isAllowed { $0.member("allowed", true) }
    }
    return writer.text + "\n"
  }

  /// Prints an instance in the forms that JSON Schema lays down.
  private func describe(_ document: JSONDocument, isValid: Bool, _ report: inout Report) {
    switch form {
    case .flag: report.text += isValid ? "{\"valid\":true}\n" : "{\"valid\":false}\n"
    case .basic(let evaluator):
      report.text += evaluator.output(of: document.root).text(.basic) + "\n"
    default: break
    }
  }
}
