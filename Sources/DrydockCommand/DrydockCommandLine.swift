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
    RunCommand.self, VerifyCommand.self, SchemaValidateCommand.self, SchemaTestCommand.self,
    CompareCommand.self, ImportCommand.self, ExportOpenAPICommand.self, ExportAsyncAPICommand.self,
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
    do {
      let position = try find(words[...])
      guard position < commands.count else {
        console.write(HelpText.group(first))
        return words.count == 1 ? .badInput : .passed
      }
      let command = commands[position]
      let rest = words.dropFirst(command.syntax.words.count)
      let arguments = try CommandLineParser(syntax: command.syntax).parse(rest)
      if arguments.has("--help") {
        console.write(HelpText.of(command.syntax))
        return .passed
      }
      return await command.run(arguments, console)
    } catch {
      console.complain(error)
      return .badInput
    }
  }

  /// Returns the position of the subcommand that words begin with.
  ///
  /// - Returns: The number of commands where the words name a group and ask for help or end.
  private static func find(_ words: ArraySlice<String>) throws(UsageError) -> Int {
    let names = commands.map { $0.syntax.words }
    if let position = names.firstIndex(where: { words.starts(with: $0) }) { return position }
    let first = words.first ?? ""
    let rest = words.dropFirst()
    let members = names.filter { $0.count > 1 && $0[0] == first }
    guard !members.isEmpty else {
      let known = names.map { $0[0] } + ["help", "--help", "--version"]
      throw UsageError(
        message: CommandLineParser.unknown("command", first, among: known.withoutRepeats),
        command: nil
      )
    }
    guard let second = rest.first, second != "--help", second != "-h" else {
      return commands.count
    }
    throw UsageError(
      message: CommandLineParser.unknown("\(first) command", second, among: members.map { $0[1] }),
      command: first
    )
  }

  private static func help(_ words: ArraySlice<String>, _ console: Console) -> ExitCode {
    guard let first = words.first else {
      console.write(HelpText.overview)
      return .passed
    }
    do {
      let position = try find(words)
      let isGroup = position == commands.count
      console.write(isGroup ? HelpText.group(first) : HelpText.of(commands[position].syntax))
      return .passed
    } catch {
      console.complain(error)
      return .badInput
    }
  }
}

extension [String] {
  /// The texts, each once, in order.
  var withoutRepeats: [String] {
    reduce(into: []) { texts, text in
      if !texts.contains(text) { texts.append(text) }
    }
  }
}
