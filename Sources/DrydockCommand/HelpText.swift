/// Help texts, made from the subcommands' syntax so that they cannot say anything else.
enum HelpText {
  /// What `drydock --help` prints.
  static var overview: String {
    var text = """
      drydock plays partners, makes them fail, and judges integrations and recorded traffic.

      Usage: drydock <command> [arguments]

      Commands:

      """
    let width = DrydockCommandLine.commands.map { $0.syntax.name.count }.max() ?? 0
    for command in DrydockCommandLine.commands {
      text += "  \(pad(command.syntax.name, to: width))  \(command.syntax.summary)\n"
    }
    text += """

      Exit codes:

      """
    for code in ExitCode.allCases {
      text += "  \(pad(String(code.rawValue), to: 2))  \(code.meaning)\n"
    }
    text += """

      'drydock <command> --help' tells more about a command; 'drydock --version' prints the version.

      """
    return text
  }

  /// What `drydock <group> --help` prints.
  static func group(_ name: String) -> String {
    let members = DrydockCommandLine.commands.map { $0.syntax }.filter { $0.words[0] == name }
    let width = members.map(\.name.count).max() ?? 0
    var text = "Usage: drydock \(name) <command> [arguments]\n\nCommands:\n"
    for member in members { text += "  \(pad(member.name, to: width))  \(member.summary)\n" }
    return text + "\n'drydock \(name) <command> --help' tells more about a command.\n"
  }

  /// What `drydock <command> --help` prints.
  static func of(_ syntax: CommandSyntax) -> String {
    let operands = syntax.operands.isEmpty ? "" : " \(syntax.operands)"
    var text = "\(syntax.summary)\n\nUsage: drydock \(syntax.name)\(operands) [options]\n"
    if !syntax.operandHelp.isEmpty { text += "\n\(syntax.operandHelp)\n" }
    let options = syntax.options + [OptionSyntax("--help", "Show this text.")]
    let heads = options.map { option in
      option.value.map { "\(option.name) \($0)" } ?? option.name
    }
    let width = heads.map(\.count).max() ?? 0
    text += "\nOptions:\n"
    for (option, head) in zip(options, heads) {
      let choices =
        option.choices.isEmpty || option.choices.count > 8
        ? "" : " (\(option.choices.joined(separator: ", ")))"
      text += wrap("  \(pad(head, to: width))  ", "\(option.help)\(choices)")
    }
    if !syntax.exits.isEmpty {
      text += "\nExit codes:\n"
      for exit in syntax.exits { text += wrap("  \(exit.code.rawValue)  ", exit.meaning) }
    }
    if !syntax.examples.isEmpty {
      text += "\nExamples:\n"
      for example in syntax.examples { text += "  \(example.command)\n      \(example.does)\n" }
    }
    return text
  }

  /// Returns a text in lines of at most 100 columns, with what goes before its first.
  private static func wrap(_ head: String, _ text: String) -> String {
    var lines: [String] = []
    var line = head
    for word in text.split(separator: " ") {
      if line.count + word.count > 100, line.contains(where: { $0 != " " }), line != head {
        lines.append(line.trimmedEnd)
        line = String(repeating: " ", count: head.count)
      }
      line += word + " "
    }
    return (lines + [line.trimmedEnd]).joined(separator: "\n") + "\n"
  }

  static func pad(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}

extension OptionSyntax {
  /// Creates a switch.
  init(_ name: String, _ help: String, otherName: String? = nil) {
    self.init(name, nil, help, otherName: otherName)
  }
}

extension String {
  /// The text without blanks at its end.
  fileprivate var trimmedEnd: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
