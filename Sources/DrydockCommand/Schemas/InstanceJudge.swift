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

  /// What is printed for an instance that is not valid.
  enum Form: Sendable {
    case nothing
    case text
    case json
  }

  /// What came of some instances.
  struct Report: Sendable {
    var valid = 0
    var invalid = 0
    /// What goes to standard output.
    var text = ""
    /// Instances that are no JSON.
    var unreadable: [Diagnostic] = []
  }

  /// Judges every line that is not blank.
  func judge(_ batch: LineBatch) -> Report {
    var report = Report()
    var document = JSONDocument(over: batch.bytes)
    for (number, range) in batch.lines.enumerated() {
      if (try? document.reread(range)) != nil, schema.isValid(document.root) {
        report.valid += 1
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
    guard !schema.isValid(document.root) else {
      report.valid += 1
      return
    }
    report.invalid += 1
    guard form != .nothing else { return }
    let violations = schema.violations(of: document.root)
    for violation in showsAll ? violations[...] : violations.prefix(1) {
      let place = document.location(ofOffset: violation.offset)
      let line = firstLine + place.line - 1
      if form == .json {
        report.text += object(violation, record: record, line: line, column: place.column)
      } else {
        let more = showsAll || violations.count < 2 ? "" : " (and \(violations.count - 1) more)"
        report.text +=
          "\(file):\(line):\(place.column): '\(violation.pointer)': \(violation.message)"
          + " [\(violation.rule)]\(more)\n"
      }
    }
  }

  private func object(_ violation: Violation, record: Int, line: Int, column: Int) -> String {
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
    }
    return writer.text + "\n"
  }
}
