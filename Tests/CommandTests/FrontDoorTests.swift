import DrydockFaults
import Foundation
import Testing

/// What the tool says about words it does not know, and where it helps.
@Suite("Front door", .timeLimit(.minutes(10)))
struct FrontDoorTests {
  static let commands = [
    "run", "verify", "schema", "compare", "import", "export", "decode", "explain", "completion",
  ]

  @Test("gives the same overview for --help, -h and help; without words it exits 2")
  func overview() throws {
    let help = try Executable.run(["--help"])
    #expect(help.status == 0)
    #expect(help.output.hasPrefix("drydock plays partners"))
    for command in Self.commands { #expect(help.output.contains("\n  \(command) ")) }
    #expect(try Executable.run(["-h"]).output == help.output)
    #expect(try Executable.run(["help"]).output == help.output)
    let nothing = try Executable.run([])
    #expect(nothing.status == 2)
    #expect(nothing.output + nothing.errors == help.output)
  }

  @Test("tells about each command the same in both spellings", arguments: commands)
  func help(command: String) throws {
    let outcome = try Executable.run([command, "--help"])
    #expect(outcome.errors.isEmpty)
    #expect(try Executable.run(["help", command]).output == outcome.output)
  }

  @Test("tells what is in a group of commands; without one of them it exits 2")
  func group() throws {
    let help = try Executable.run(["schema", "--help"])
    #expect(help.status == 0)
    for command in ["validate", "test"] { #expect(help.output.contains("\n  schema \(command) ")) }
    let nothing = try Executable.run(["schema"])
    #expect(nothing.status == 2)
    #expect(nothing.output == help.output)
  }

  @Test(
    "shows exactly the options that a command accepts",
    arguments: [
      "run", "verify", "schema validate", "schema test", "compare", "import",
      "export openapi", "export asyncapi", "decode", "explain", "completion",
    ]
  )
  func options(command: String) throws {
    let words = command.split(separator: " ").map(String.init)
    let refusal = try Executable.run(words + ["--no-such-option-anywhere"]).errors
    let known = try #require(refusal.firstMatch(of: /known: (.+) \[usage\]\n/)).1
    let accepted = known.split(separator: ", ").map(String.init)
    let help = try Executable.run(words + ["--help"]).output.split(separator: "\n")
    let shown = help.filter { $0.hasPrefix("  --") }
      .compactMap { $0.split(separator: " ").first.map(String.init) }
    #expect(shown == accepted)
    for option in accepted where option != "--help" {
      let next = try Executable.run(words + [option, "--no-such-option-anywhere"])
      #expect(next.status == 2)
      #expect(!next.errors.contains("unknown option '\(option)'"))
      let close = try Executable.run(words + ["\(option)x"])
      #expect(close.status == 2)
      #expect(
        close.errors.hasPrefix(
          "drydock: error: unknown option '\(option)x'; did you mean '\(option)'? [usage]\n"
        )
      )
    }
  }

  /// Words, and what standard error then holds.
  static let mistakes: [(words: [String], message: String, help: String)] = [
    (
      ["frobnicate"],
      "unknown command 'frobnicate'; known: run, verify, schema, compare, import, export, "
        + "decode, explain, completion, help, --help, --version", "drydock --help"
    ),
    (["help", "rnu"], "unknown command 'rnu'; did you mean 'run'?", "drydock --help"),
    (["run", "--seed", "--quiet"], "option '--seed' needs a value: N", "drydock run --help"),
    (
      ["run", "--seed", "1", "--seed", "2"], "option '--seed' is given twice", "drydock run --help"
    ),
    (["run", "--quiet=yes"], "option '--quiet' takes no value", "drydock run --help"),
    (
      ["run", "--format", "jsno"],
      "unknown value 'jsno' for option '--format'; did you mean 'json'?", "drydock run --help"
    ),
    (
      ["run", "--defect", "no-backof"],
      "unknown value 'no-backof' for option '--defect'; did you mean 'no-backoff'?",
      "drydock run --help"
    ),
    (
      ["schema", "valdiate", "a", "b"],
      "unknown schema command 'valdiate'; did you mean 'validate'?", "drydock schema --help"
    ),
    (
      ["schema", "validate", "a"], "'schema validate' needs SCHEMA FILE…",
      "drydock schema validate --help"
    ),
    (["verify"], "'verify' needs RECORDING…", "drydock verify --help"),
    (["decode", "a", "b"], "unexpected argument 'b'", "drydock decode --help"),
    (["completion"], "'completion' needs SHELL", "drydock completion --help"),
  ]

  @Test("says what is wrong with the words, and where help is", arguments: mistakes)
  func mistake(words: [String], message: String, help: String) throws {
    let outcome = try Executable.run(words)
    #expect(outcome.status == 2)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors == "drydock: error: \(message) [usage]\n  help:     \(help)\n")
  }

  /// Words whose values are wrong, and the line that says so.
  static let wrongValues: [(words: [String], message: String)] = [
    (["run", "--seed", "one"], "expected a number for '--seed', found 'one'"),
    (["run", "--seeds", "1..2", "--seed", "1"], "'--seed' and '--seeds' exclude each other"),
    (["run", "--shard", "3/2"], "expected a part such as '1/4' for '--shard', found '3/2'"),
    (["completion", "bsh"], "unknown shell 'bsh'; did you mean 'bash'?"),
    (
      ["explain", "order-shiped-once"],
      "unknown rule 'order-shiped-once'; did you mean 'order-shipped-once'?"
    ),
  ]

  @Test("says which value it expected", arguments: wrongValues)
  func wrongValue(words: [String], message: String) throws {
    let outcome = try Executable.run(words)
    #expect(outcome.status == 2)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.hasPrefix("drydock: error: \(message) [usage]\n"))
  }

  @Test("names a missing file, with the nearest that is there")
  func missingFiles() throws {
    let outcome = try Executable.run(["run", "Scenarios/3pl/confirms-twise.json"])
    #expect(outcome.status == 2)
    #expect(
      outcome.errors
        == "Scenarios/3pl/confirms-twise.json: error: no such file; "
        + "did you mean 'confirms-twice.json'? [file-missing]\n"
    )
    let folder = try Executable.run(["decode", "Scenarios"])
    #expect(folder.status == 2)
    #expect(
      folder.errors == "Scenarios: error: expected a file, found a folder [file-is-folder]\n"
    )
    let contracts = try Executable.run(["run", "--contracts", "Nowhere"])
    #expect(contracts.status == 2)
    #expect(
      contracts.errors
        == "Nowhere: error: no such folder of contracts; name one with '--contracts' "
        + "[contracts-missing]\n"
    )
  }

  @Test("explains every rule that it lists, and a defect")
  func explains() throws {
    let list = try Executable.run(["explain"])
    #expect(list.status == 0)
    let ids = list.output.split(separator: "\n").filter { $0.hasPrefix("  ") }
      .compactMap { $0.split(separator: " ").first.map(String.init) }
    #expect(Set(ids).count == ids.count)
    for id in ids {
      let outcome = try Executable.run(["explain", id])
      #expect(outcome.status == 0)
      #expect(outcome.output.hasPrefix("\(id): "))
      for part in ["family:", "why:", "breach:", "mend:"] {
        #expect(outcome.output.contains("\n  \(part) "), "\(id) lacks \(part)")
      }
    }
    let defect = try Executable.run(["explain", "no-backoff"])
    #expect(defect.output.hasPrefix("no-backoff: tries again after five seconds, every time\n"))
  }

  @Test("explains what can be written about each fault, and about all")
  func explainsFaults() throws {
    for entry in FaultCatalogue.entries {
      let outcome = try Executable.run(["explain", entry.kind.rawValue])
      #expect(outcome.status == 0)
      #expect(outcome.output.hasPrefix("\(entry.kind.rawValue): \(entry.summary)\n\n  member "))
      let lines = outcome.output.split(separator: "\n").dropFirst(2)
      #expect(
        lines.map { $0.split(separator: " ").first.map(String.init) }
          == entry.parameters.map(\.name)
      )
    }
    let gates = try Executable.run(["explain", "gates"]).output
    for gate in FaultCatalogue.gates {
      #expect(gates.contains("\n  \(gate.name) ") && gates.contains("  \(gate.meaning)\n"))
    }
    let missed = try Executable.run(["explain", "latancy"])
    #expect(missed.status == 2)
    #expect(
      missed.errors == "drydock: error: unknown rule 'latancy'; did you mean 'latency'? [usage]\n"
    )
  }

  // MARK: Completion

  @Test("completion scripts are what their shells read", arguments: ["bash", "zsh", "fish"])
  func completion(shell: String) throws {
    let outcome = try Executable.run(["completion", shell])
    #expect(outcome.status == 0)
    for command in Self.commands { #expect(outcome.output.contains(command)) }
    let place = ["/bin/\(shell)", "/usr/bin/\(shell)"]
      .first { FileManager.default.isExecutableFile(atPath: $0) }
    guard let place else { return }
    let folder = try TemporaryFolder()
    let script = try folder.write("script", outcome.output)
    #expect(try Self.shell(place, ["-n", script]) == "")
  }

  @Test("bash completes commands, actions, options and values")
  func completes() throws {
    guard FileManager.default.isExecutableFile(atPath: "/bin/bash") else { return }
    let folder = try TemporaryFolder()
    let script = try folder.write(
      "drydock.bash",
      try Executable.run(["completion", "bash"]).output
    )
    func completions(_ words: String) throws -> [String] {
      let text = """
        source \(script); COMP_WORDS=(\(words)); COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        _drydock; printf '%s\\n' "${COMPREPLY[@]}"
        """
      return try Self.shell("/bin/bash", ["-c", text]).split(separator: "\n").map(String.init)
    }
    #expect(try completions("drydock ver") == ["verify"])
    #expect(try completions("drydock run --se") == ["--seed", "--seeds"])
    #expect(try completions("drydock run --format js") == ["json"])
    #expect(try completions("drydock schema val") == ["validate"])
  }

  /// Runs a shell and returns what it printed, errors included.
  private static func shell(_ place: String, _ words: [String]) throws -> String {
    let pipe = Pipe()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: place)
    process.arguments = words
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return String(decoding: data, as: UTF8.self)
  }
}
