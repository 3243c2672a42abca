import DrydockKernel

/// Reads a command line against a subcommand's syntax.
///
/// `--name value`, `--name=value` and, behind `--`, operands only. An unknown option or value is an
/// error that names the nearest known one.
struct CommandLineParser {
  let syntax: CommandSyntax

  func parse(_ words: ArraySlice<String>) throws(UsageError) -> Arguments {
    var arguments = Arguments()
    var rest = words
    var optionsEnded = false
    while let word = rest.popFirst() {
      if optionsEnded || word == "-" || !word.hasPrefix("-") {
        arguments.operands.append(word)
      } else if word == "--" {
        optionsEnded = true
      } else {
        try readOption(word, &rest, &arguments)
      }
    }
    if !arguments.has("--help") { try checkOperands(arguments.operands) }
    return arguments
  }

  private func readOption(
    _ word: String,
    _ rest: inout ArraySlice<String>,
    _ arguments: inout Arguments
  ) throws(UsageError) {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let given = parts[0] == "-h" ? "--help" : String(parts[0])
    let option = syntax.options.first { $0.name == given || $0.otherName == given }
    let name = option?.name ?? given
    let inline = parts.count > 1 ? String(parts[1]) : nil
    if name == "--help" { return arguments.add(name, "") }
    guard let option else {
      throw error(unknown("option", name, among: syntax.options.map(\.name) + ["--help"]))
    }
    if arguments.has(name), !option.repeats {
      throw error("option '\(name)' is given twice")
    }
    guard let valueName = option.value else {
      if inline != nil { throw error("option '\(name)' takes no value") }
      return arguments.add(name, "")
    }
    guard let value = inline ?? rest.popFirst(), inline != nil || !value.hasPrefix("--") else {
      throw error("option '\(name)' needs a value: \(valueName)")
    }
    if !option.choices.isEmpty {
      for choice in option.repeats ? value.split(separator: ",").map(String.init) : [value]
      where !option.choices.contains(choice) {
        let place = " for option '\(name)'"
        throw error(unknown("value", choice, among: option.choices, place: place))
      }
    }
    arguments.add(name, value)
  }

  private func checkOperands(_ operands: [String]) throws(UsageError) {
    if operands.count < syntax.operandsMin {
      throw error("'\(syntax.name)' needs \(syntax.operands)")
    }
    if let most = syntax.operandsMax, operands.count > most {
      throw error("unexpected argument '\(operands[most])'")
    }
  }

  private func error(_ message: String) -> UsageError {
    UsageError(message: message, command: syntax.name)
  }

  private func unknown(
    _ what: String,
    _ word: String,
    among known: [String],
    place: String = ""
  ) -> String {
    CommandLineParser.unknown(what, word, among: known, place: place)
  }

  static func unknown(
    _ what: String,
    _ word: String,
    among known: [String],
    place: String = ""
  ) -> String {
    let start = "unknown \(what) '\(word)'\(place); "
    if let near = Suggestion.nearest(to: word, among: known) {
      return start + "did you mean '\(near)'?"
    }
    return start + "known: \(known.joined(separator: ", "))"
  }
}
