import DrydockKernel

/// One subcommand: what it is called, takes and does.
protocol Subcommand: Sendable {
  /// Name, arguments and options.
  static var syntax: CommandSyntax { get }

  /// Does the work and returns how the process ends.
  static func run(_ arguments: Arguments, _ console: Console) async -> ExitCode
}

/// What a subcommand takes.
struct CommandSyntax: Sendable {
  /// The name: a word, or the word of a group and its own, as in `schema validate`.
  var name: String
  /// One line about what it does.
  var summary: String
  /// The operands as help shows them, such as `[SCENARIO…]`.
  var operands: String
  /// What the operands are.
  var operandHelp: String
  /// The options, besides `--help`.
  var options: [OptionSyntax]
  /// What exit codes mean here, where that is more than what they mean anywhere.
  var exits: [(code: ExitCode, meaning: String)] = []
  /// Example command lines and what they do.
  var examples: [(command: String, does: String)] = []
  /// How few operands will do.
  var operandsMin = 0
  /// How many operands are too many; nothing for no bound.
  var operandsMax: Int?

  /// The words of the name.
  var words: [String] { name.split(separator: " ").map(String.init) }
}

/// One option of a subcommand.
struct OptionSyntax: Sendable {
  /// The name with its dashes.
  var name: String
  /// What its value is called in help; nothing for a switch.
  var value: String?
  /// What it does, in a few words.
  var help: String
  /// The values it may have; empty for any.
  var choices: [String] = []
  /// Whether it may be given more than once.
  var repeats = false
  /// The name that another command has for the same.
  var otherName: String?

  init(
    _ name: String,
    _ value: String? = nil,
    _ help: String,
    choices: [String] = [],
    repeats: Bool = false,
    otherName: String? = nil
  ) {
    self.name = name
    self.value = value
    self.help = help
    self.choices = choices
    self.repeats = repeats
    self.otherName = otherName
  }
}

/// A command line that was read.
struct Arguments: Sendable {
  /// What is neither an option nor its value, in order.
  var operands: [String] = []
  /// The values of options, by name; switches have an empty text.
  private(set) var values: [String: [String]] = [:]

  /// Whether an option was given.
  func has(_ option: String) -> Bool { values[option] != nil }

  /// The last value of an option.
  subscript(option: String) -> String? { values[option]?.last }

  /// Every value of an option, in order; commas separate values too.
  func all(_ option: String) -> [String] {
    (values[option] ?? []).flatMap { $0.split(separator: ",").map(String.init) }
  }

  mutating func add(_ option: String, _ value: String) {
    values[option, default: []].append(value)
  }
}

/// What is wrong with a command line.
struct UsageError: Error, Sendable {
  /// One line, lower case, no full stop.
  var message: String
  /// The subcommand whose help may serve, if one was recognised.
  var command: String?
}
