/// `drydock completion`: a script that completes the command line in a shell.
enum CompletionCommand: Subcommand {
  static let syntax = CommandSyntax(
    name: "completion",
    summary: "Print a completion script for a shell.",
    operands: "SHELL",
    operandHelp: "SHELL is bash, zsh or fish. Put the output where your shell looks for it.",
    options: [],
    examples: [
      (
        "drydock completion bash > /etc/bash_completion.d/drydock",
        "Completes commands and options in bash."
      )
    ],
    operandsMin: 1,
    operandsMax: 1
  )

  static let shells = ["bash", "zsh", "fish"]

  static func run(_ arguments: Arguments, _ console: Console) async -> ExitCode {
    let commands = DrydockCommandLine.commands.map { $0.syntax }
    switch arguments.operands[0] {
    case "bash": console.write(bash(commands))
    case "zsh":
      console.write(
        "#compdef drydock\nautoload -U +X bashcompinit && bashcompinit\n" + bash(commands)
      )
    case "fish": console.write(fish(commands))
    case let other:
      console.complain(
        "drydock: error: \(CommandLineParser.unknown("shell", other, among: shells)) [usage]"
      )
      return .badInput
    }
    return .passed
  }

  private static func bash(_ commands: [CommandSyntax]) -> String {
    var text = """
      _drydock() {
        local word="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD-1]}"
        case "$previous" in

      """
    var seen: Set<String> = []
    for option in commands.flatMap(\.options)
    where !option.choices.isEmpty && seen.insert(option.name).inserted {
      let choices = option.choices.joined(separator: " ")
      text +=
        "    \(option.name)) COMPREPLY=($(compgen -W \"\(choices)\" -- \"$word\")); return ;;\n"
    }
    text += "  esac\n  case \"${COMP_WORDS[1]} ${COMP_WORDS[2]} \" in\n"
    for command in commands {
      let words = (command.options.map(\.name) + ["--help"]).joined(separator: " ")
      let depth = command.words.count
      text += """
            "\(command.name) "*)
              if [ "$COMP_CWORD" -gt \(depth) ]; then
                COMPREPLY=($(compgen -W "\(words)" -- "$word") $(compgen -f -- "$word")); return
              fi ;;

        """
    }
    for (group, members) in groups(of: commands) {
      text += """
            \(group)*)
              if [ "$COMP_CWORD" -eq 2 ]; then
                COMPREPLY=($(compgen -W "\(members.joined(separator: " ")) --help" -- "$word"))
                return
              fi ;;

        """
    }
    let names = commands.map { $0.words[0] }.withoutRepeats.joined(separator: " ")
    text += """
        esac
        COMPREPLY=($(compgen -W "\(names) --help --version" -- "$word"))
      }
      complete -F _drydock drydock

      """
    return text
  }

  private static func fish(_ commands: [CommandSyntax]) -> String {
    var text = ""
    for (group, members) in groups(of: commands) {
      text += "complete -c drydock -n __fish_use_subcommand -a \(group)\n"
      text += "complete -c drydock -n '__fish_seen_subcommand_from \(group)'"
      text += " -a '\(members.joined(separator: " "))'\n"
    }
    for command in commands {
      let words = command.words
      if words.count == 1 {
        text += "complete -c drydock -n __fish_use_subcommand -a \(command.name)"
        text += " -d '\(quoted(command.summary))'\n"
      }
      let seen = words.map { "__fish_seen_subcommand_from \($0)" }.joined(separator: "; and ")
      let condition = "-n '\(seen)'"
      for option in command.options {
        let value = option.value == nil ? "" : " -r"
        let choices =
          option.choices.isEmpty ? "" : " -a '\(option.choices.joined(separator: " "))'"
        text += "complete -c drydock \(condition) -l \(option.name.dropFirst(2))\(value)\(choices)"
        text += " -d '\(quoted(option.help))'\n"
      }
    }
    return text
  }

  /// The groups of subcommands, each with the second words of its members.
  private static func groups(of commands: [CommandSyntax]) -> [(String, [String])] {
    let grouped = commands.map(\.words).filter { $0.count > 1 }
    return grouped.map { $0[0] }.withoutRepeats.map { group in
      (group, grouped.filter { $0[0] == group }.map { $0[1] })
    }
  }

  private static func quoted(_ text: String) -> String {
    text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "\\'")
  }
}
