import DrydockExchange
import DrydockJSON
import DrydockKernel
import DrydockVerification

/// Verdicts as JSON Lines for programs: one object a run, with a version.
///
/// Within a version members are only added. Members marked `?` may be missing.
///
///     version       1
///     file, title   the scenario or recording, and what it is called
///     seed?         an integer up to 2^64 - 1; recordings have none
///     defects?      [name], where any were switched on
///     verdict       "passed" | "failed" | "inconclusive"
///     digest        16 hex digits: equal digests, equal traces
///     reproduce     the command that shows it again
///     findings      [{rule, level: "error" | "warning", at, order?, message, expected, found,
///                     exchanges: [number],
///                     place?: {exchange, contract, pointer, line, column, schemaPointer},
///                     injected: [{fault, effect, partner, exchange?}]}]
///     expectations  [{text, holds}]
///     orders        [{name, ending, findings}]
///     judged        [rule]
///     notJudged     [{rule, reason}]
///     messages      {recognised, violating, unrecognised: [{what, count}]}
///     indicators    [{name, title, unit: "nanoseconds" | "count", count, p50?, p95?, p99?, max?}]
public enum JSONReport {
  /// The version of the form.
  public static let version = 1

  /// Returns the line of a run, with its newline.
  public static func line(of run: JudgedRun) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("version", version)
      writer.member("file", run.file)
      writer.member("title", run.title)
      if let seed = run.seed { writer.member("seed", raw: Array(String(seed).utf8)) }
      if !run.defects.isEmpty {
        writer.memberArray("defects") { for defect in run.defects { $0.value(defect) } }
      }
      writer.member("verdict", run.verdict.outcome.rawValue)
      writer.member("digest", run.verdict.digest)
      writer.member("reproduce", run.reproduce)
      writer.memberArray("findings") { for finding in run.verdict.findings { write(finding, &$0) } }
      writer.memberArray("expectations") {
        for result in run.verdict.expectations {
          $0.object {
            $0.member("text", result.text)
            $0.member("holds", result.holds)
          }
        }
      }
      writer.memberArray("orders") {
        for order in run.verdict.orders {
          $0.object {
            $0.member("name", order.name)
            $0.member("ending", order.ending)
            $0.member("findings", order.findings)
          }
        }
      }
      writeRules(run.verdict, &writer)
      writeMessages(run.verdict.messages, &writer)
      writer.memberArray("indicators") {
        for indicator in run.verdict.indicators { write(indicator, &$0) }
      }
    }
    return writer.bytes + [0x0A]
  }

  private static func write(_ finding: Finding, _ writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("rule", finding.rule)
      writer.member("level", finding.level.rawValue)
      writer.member("at", finding.at.description(.milliseconds))
      if let order = finding.order { writer.member("order", order) }
      writer.member("message", finding.message)
      writer.member("expected", finding.expected)
      writer.member("found", finding.found)
      writer.memberArray("exchanges") { for id in finding.exchanges { $0.value(id.number) } }
      if let place = finding.place {
        writer.memberObject("place") {
          $0.member("exchange", place.exchange.number)
          $0.member("contract", place.contract)
          $0.member("pointer", place.pointer)
          $0.member("line", place.line)
          $0.member("column", place.column)
          $0.member("schemaPointer", place.schemaPointer)
        }
      }
      writer.memberArray("injected") {
        for cause in finding.causes {
          $0.object {
            $0.member("fault", cause.fault)
            $0.member("effect", cause.effect)
            $0.member("partner", cause.partner.name)
            if let exchange = cause.exchange { $0.member("exchange", exchange.number) }
          }
        }
      }
    }
  }

  private static func writeRules(_ verdict: Verdict, _ writer: inout JSONWriter) {
    writer.memberArray("judged") { for rule in verdict.judged { $0.value(rule) } }
    writer.memberArray("notJudged") {
      for rule in verdict.notJudged {
        $0.object {
          $0.member("rule", rule.rule)
          $0.member("reason", rule.reason)
        }
      }
    }
  }

  private static func writeMessages(
    _ messages: Verdict.MessageCount,
    _ writer: inout JSONWriter
  ) {
    writer.memberObject("messages") { writer in
      writer.member("recognised", messages.recognised)
      writer.member("violating", messages.violating)
      writer.memberArray("unrecognised") {
        for entry in messages.unrecognised {
          $0.object {
            $0.member("what", entry.what)
            $0.member("count", entry.count)
          }
        }
      }
    }
  }

  private static func write(_ indicator: Indicator, _ writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("name", indicator.name)
      writer.member("title", indicator.title)
      writer.member("unit", indicator.unit.rawValue)
      writer.member("count", indicator.values.count)
      for (name, share) in [
        ("p50", Ratio(1, 2)), ("p95", Ratio(19, 20)), ("p99", Ratio(99, 100)), ("max", .one),
      ] {
        if let value = indicator.quantile(share) { writer.member(name, value) }
      }
    }
  }
}
