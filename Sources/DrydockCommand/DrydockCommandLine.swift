import DrydockKernel
import Foundation

/// The command line tool: finds the subcommand, reads its arguments and runs it.
public enum DrydockCommandLine {
  /// The version, as `--version` prints it.
  public static let version = "0.1.0"

  /// The name and version, as reports name what made them.
  static let producer = "Drydock \(version)"

  /// The subcommands, in the order of help.
  static let commands: [any Subcommand.Type] = [
    RunCommand.self, VerifyCommand.self, SchemaCommand.self, CompareCommand.self,
    DecodeCommand.self, ExplainCommand.self, CompletionCommand.self,
  ]

  /// Runs the tool.
  ///
  /// - Parameter words: The command line behind the tool's name.
  /// - Returns: The exit code.
  public static func main(_ words: [String]) async -> ExitCode {
    let console = Console()
    signal(SIGPIPE, SIG_IGN)
    guard let first = words.first else {
      console.write(HelpText.overview)
      return .badInput
    }
    switch first {
    case "--version":
      console.line("drydock \(version)")
      return .passed
    case "--help", "-h", "help": return help(words.dropFirst(), console)
    default: break
    }
    guard let command = commands.first(where: { $0.syntax.name == first }) else {
      let known = commands.map { $0.syntax.name } + ["help", "--help", "--version"]
      return complain(
        UsageError(
          message: CommandLineParser.unknown("command", first, among: known),
          command: nil
        ),
        console
      )
    }
    do {
      let arguments = try CommandLineParser(syntax: command.syntax).parse(words.dropFirst())
      if arguments.has("--help") {
        console.write(HelpText.of(command.syntax))
        return .passed
      }
      return await command.run(arguments, console)
    } catch {
      return complain(error, console)
    }
  }

  private static func help(_ words: ArraySlice<String>, _ console: Console) -> ExitCode {
    guard let name = words.first else {
      console.write(HelpText.overview)
      return .passed
    }
    guard let command = commands.first(where: { $0.syntax.name == name }) else {
      return complain(
        UsageError(
          message: CommandLineParser.unknown(
            "command",
            name,
            among: commands.map { $0.syntax.name }
          ),
          command: nil
        ),
        console
      )
    }
    console.write(HelpText.of(command.syntax))
    return .passed
  }

  private static func complain(_ error: UsageError, _ console: Console) -> ExitCode {
    console.complain("drydock: error: \(error.message) [usage]")
    let help = error.command.map { "drydock \($0) --help" } ?? "drydock --help"
    console.complain("  help:     \(help)")
    return .badInput
  }
}
