import DrydockContracts
import DrydockJSON
import DrydockKernel
import DrydockPlayer
import DrydockSchema

/// `drydock compare`: what a new version of a schema or contract breaks, and for whom.
enum CompareCommand: Subcommand {
  static let syntax = CommandSyntax(
    name: "compare",
    summary: "Say what a new version breaks, for whom, with a document that shows it.",
    operands: "OLD… NEW",
    operandHelp:
      "OLD and NEW are JSON Schemas, contracts (a folder with 'contract.json'), folders of\n"
      + "contracts, or OpenAPI documents, which have their directions in themselves. Of several\n"
      + "OLD, oldest first, each is compared with NEW; a policy without '-transitive' asks about\n"
      + "the last only. Schemas of draft-04 are compared as ones of draft-07, with a note.",
    options: [
      OptionSyntax(
        "--written-by",
        "SIDE",
        "Who writes the documents; the other side reads them.",
        choices: ["partner", "us"]
      ),
      OptionSyntax(
        "--policy",
        "WAY",
        "Old documents meet new readers (backward), the reverse (forward), or both (full);"
          + " of all old versions (-transitive), or of the last.",
        choices: CompareRequest.Policy.allCases.map(\.rawValue)
      ),
      OptionSyntax(
        "--catalog",
        "DIR",
        "Compare every version in a folder with the one before it, or with all (-transitive)."
      ),
      OptionSyntax("--strict", "Writers may use members that only the other version declares."),
      OptionSyntax(
        "--assert-format",
        "Take 'format' as an assertion in plain schemas.",
        otherName: "--format-assertion"
      ),
      OptionSyntax("--resource", "FILE", "A schema that '$ref' may name.", repeats: true),
      OptionSyntax("--allow", "FILE", "Findings that are allowed: fingerprints, one a line."),
      OptionSyntax("--format", "FORM", "What standard output gets.", choices: ["text", "json"]),
      OptionSyntax("--all", "Print changes that break nothing as well."),
    ],
    exits: [
      (.passed, "compatible: it was proved that nothing breaks"),
      (.failed, "breaking: there is a document to show"),
      (.badInput, "a schema, a file or an option is wrong"),
      (.inconclusive, "cannot-tell: neither proof nor document was found"),
    ],
    examples: [
      (
        "drydock compare order-v1.schema.json order-v2.schema.json --written-by partner",
        "Says whether we still accept what the partner writes by version 1."
      ),
      (
        "drydock compare --catalog Contracts",
        "Checks every version against its predecessor and the step of its number."
      ),
      (
        "drydock compare old.json new.json --allow agreed.txt",
        "Lets the breaks pass whose fingerprints agreed.txt has; reports print them as 'allow:'."
      ),
      (
        "drydock compare v1.json v2.json v3.json --policy backward-transitive",
        "Says whether readers of version 3 accept what was written by versions 1 and 2."
      ),
    ]
  )

  static func run(_ arguments: Arguments, _ console: Console) async -> ExitCode {
    do {
      let request = try CompareRequest(arguments)
      var report = try request.report(console)
      if let path = arguments["--allow"] {
        let list = try AllowList(path)
        let used = report.allow(list.fingerprints)
        for diagnostic in list.unused(used) { console.complain(diagnostic) }
      }
      let output = CompareOutput(report, showsAll: arguments.has("--all"))
      if arguments["--format"] == "json" {
        console.line(output.json)
      } else {
        console.write(output.text)
      }
      switch report.verdict {
      case .compatible: return .passed
      case .breaking: return .failed
      case .cannotTell: return .inconclusive
      }
    } catch {
      return console.refuse(error)
    }
  }
}
