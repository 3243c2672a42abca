import DrydockKernel
import DrydockVerification

/// Verdicts as JUnit XML, one test case a run, for continuous integration.
///
/// - Source: the schema that Jenkins and GitLab read: `testsuites`, `testsuite`, `testcase`,
///   `failure`, `skipped`.
public enum JUnitReport {
  /// Returns the document for all runs.
  ///
  /// - Complexity: Linear in the findings.
  public static func bytes(of runs: [JudgedRun]) -> [UInt8] {
    let failures = runs.count { $0.verdict.outcome == .failed }
    let skipped = runs.count { $0.verdict.outcome == .inconclusive }
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    let counts = "tests=\"\(runs.count)\" failures=\"\(failures)\" skipped=\"\(skipped)\""
    text += "<testsuites name=\"drydock\" \(counts)>\n"
    text += "  <testsuite name=\"drydock\" \(counts)>\n"
    for run in runs { text += testCase(run) }
    text += "  </testsuite>\n</testsuites>\n"
    return Array(text.utf8)
  }

  private static func testCase(_ run: JudgedRun) -> String {
    let seed = run.seed.map { " (seed \($0))" } ?? ""
    let defects = run.defects.map { " (defect \($0))" }.joined()
    let title = run.title.isEmpty ? run.file : run.title
    let folder = run.file.split(separator: "/").dropLast().joined(separator: ".")
    var head = "    <testcase classname=\"\(escaped(folder.isEmpty ? "drydock" : folder))\""
    head += " name=\"\(escaped(title + seed + defects))\" file=\"\(escaped(run.file))\""
    let details = escaped(TextReport().details(of: run))
    switch run.verdict.outcome {
    case .passed: return head + "/>\n"
    case .inconclusive:
      let reason = escaped(TextReport.reasonWhyInconclusive(run))
      return head + ">\n      <skipped message=\"\(reason)\"/>\n"
        + "      <system-out>\(details)</system-out>\n    </testcase>\n"
    case .failed:
      let first = run.verdict.errors.first
      let message = first.map { "\($0.message) [\($0.rule)]" } ?? ""
      return head + ">\n      <failure type=\"\(escaped(first?.rule ?? ""))\""
        + " message=\"\(escaped(VisibleText.line(message)))\">\(details)</failure>\n"
        + "    </testcase>\n"
    }
  }

  /// Escapes text for XML and drops what XML 1.0 cannot hold.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\n", "\t": result.unicodeScalars.append(scalar)
      case "\u{00}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
