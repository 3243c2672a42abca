import DrydockContracts
import DrydockExchange
import DrydockJSON
import DrydockKernel
import DrydockPlayer

/// `drydock import`: contracts made of OpenAPI, AsyncAPI and Pact documents.
enum ImportCommand: Subcommand {
  static let syntax = CommandSyntax(
    name: "import",
    summary: "Make contracts of an OpenAPI, AsyncAPI or Pact document.",
    operands: "FILE",
    operandHelp:
      "FILE is OpenAPI 3.0 or 3.1, AsyncAPI 2 or 3, or Pact 2, 3 or 4, as JSON; '-' reads\n"
      + "standard input. What a contract cannot say is listed with its place. Contracts get no\n"
      + "meaning: which facts a message carries is not in such documents.",
    options: [
      OptionSyntax("--platform", "NAME", "The platform; exports of drydock name theirs."),
      OptionSyntax(
        "--kind",
        "KIND",
        "The partner's role.",
        choices: PartnerKind.allCases.map(\.rawValue)
      ),
      OptionSyntax("--into", "DIR", "The folder of contracts that is written to."),
      OptionSyntax(
        "--written-by",
        "SIDE",
        "Who runs what the document describes; the partner unless given.",
        choices: ["partner", "us"]
      ),
      OptionSyntax(
        "--literals",
        "HOW",
        "What values of a Pact without matcher ask for: their type, or to be equal.",
        choices: ["type", "equal"]
      ),
      OptionSyntax("--force", "Write over contracts that are there and differ."),
      OptionSyntax("--format", "FORM", "What standard output gets.", choices: ["text", "json"]),
    ],
    exits: [
      (.passed, "the contracts are written, or stood there as they would be written"),
      (.badInput, "the document is broken, other contracts are in the way, or an option is wrong"),
    ],
    examples: [
      (
        "drydock import openapi.json --platform acme --kind 3pl --into Contracts",
        "Writes a contract for each request and response."
      ),
      (
        "drydock import shop-warehouse.json --platform warehouse --kind 3pl --into Contracts",
        "Writes the contracts that the consumer of a Pact relies on."
      ),
    ],
    operandsMin: 1,
    operandsMax: 1
  )

  static func run(_ arguments: Arguments, _ console: Console) async -> ExitCode {
    let path = arguments.operands[0]
    guard let folder = arguments["--into"] else {
      return refuse("'import' needs --into DIR", console)
    }
    if let platform = arguments["--platform"], !isFolderName(platform) {
      return refuse(
        "expected a platform of small letters, digits and '-', found '\(platform)'",
        console
      )
    }
    let settings = ContractImport.Settings(
      platform: arguments["--platform"],
      kind: arguments["--kind"].flatMap { PartnerKind(rawValue: $0) },
      writtenBy: arguments["--written-by"] == "us" ? .us : .partner,
      literalsAreEqual: arguments["--literals"] == "equal"
    )
    do {
      let bytes = try Files.read(path, atMost: ContractImport.bytesMax)
      let file = path == "-" ? "standard input" : path
      let made = ContractImport(bytes, file: file, settings: settings)
      guard made.isSound else {
        complain(made, file, console)
        return .badInput
      }
      var writer = ImportWriter(
        folder: folder.hasSuffix("/") ? String(folder.dropLast()) : folder,
        overwrites: arguments.has("--force")
      )
      let conflicts = try writer.plan(made.contracts)
      if !conflicts.isEmpty {
        for conflict in conflicts { console.complain(conflict) }
        return .badInput
      }
      try writer.write()
      let output = ImportOutput(made, file: file, writer: writer)
      console.write(arguments["--format"] == "json" ? output.json + "\n" : output.text)
      return .passed
    } catch {
      console.complain(error)
      return .badInput
    }
  }

  private static func isFolderName(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 100
      && text.utf8.allSatisfy {
        (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D
      }
  }

  private static func refuse(_ message: String, _ console: Console) -> ExitCode {
    console.complain("drydock: error: \(message) [usage]")
    console.complain("  help:     drydock import --help")
    return .badInput
  }

  /// Writes what is wrong with the document; what is only left out does not matter then.
  private static func complain(_ made: ContractImport, _ file: String, _ console: Console) {
    for diagnostic in made.diagnostics { console.complain(diagnostic) }
    for note in made.notes where note.severity == .error {
      console.complain(note.diagnostic(file: file))
    }
  }
}

/// Writes imported contracts into a folder; what is there already stays as it is.
struct ImportWriter {
  /// What becomes of a contract.
  enum State: String {
    case written
    case unchanged
  }

  let folder: String
  let overwrites: Bool
  private(set) var states: [State] = []
  /// The contracts of which something has to be written.
  private var waiting: [ImportedContract] = []

  init(folder: String, overwrites: Bool) {
    self.folder = folder
    self.overwrites = overwrites
  }

  /// Looks at what is there and returns what stands in the way.
  mutating func plan(_ contracts: [ImportedContract]) throws(Diagnostic) -> [Diagnostic] {
    var conflicts: [Diagnostic] = []
    for contract in contracts {
      var state = State.unchanged
      for part in contract.parts {
        let path = "\(folder)/\(part.path)"
        if Files.exists(path) {
          if try isSame(part.node, at: path) { continue }
          if !overwrites {
            conflicts.append(
              Diagnostic(
                file: path,
                message: "is there already and differs; nothing was written",
                id: "import-file-exists",
                notes: ["'--force' writes over it"]
              )
            )
            continue
          }
        }
        state = .written
      }
      if state == .written { waiting.append(contract) }
      states.append(state)
    }
    return conflicts
  }

  /// Writes all that differs.
  func write() throws(Diagnostic) {
    for contract in waiting {
      for part in contract.parts {
        let path = "\(folder)/\(part.path)"
        // What says the same already keeps its layout.
        if Files.exists(path), try isSame(part.node, at: path) { continue }
        try Files.write(ImportedContract.text(of: part.node), to: path)
      }
    }
  }

  /// Whether a file says the same as what would be written, whatever its layout.
  private func isSame(_ node: JSONNode, at path: String) throws(Diagnostic) -> Bool {
    let (left, right) = (
      try Files.read(path, atMost: Files.bytesMax), ImportedContract.text(of: node)
    )
    if left == right { return true }
    guard let left = try? JSONDocument.parse(left), let right = try? JSONDocument.parse(right)
    else {
      return false
    }
    return JSONValue.semanticallyEqual(left.root, right.root)
  }
}

/// What an import reports.
struct ImportOutput {
  let made: ContractImport
  let file: String
  let writer: ImportWriter

  init(_ made: ContractImport, file: String, writer: ImportWriter) {
    self.made = made
    self.file = file
    self.writer = writer
  }

  /// One line for each contract and for each thing left out, and a closing line.
  var text: String {
    var text = ""
    for (contract, state) in zip(made.contracts, writer.states) {
      let count = contract.examples.count
      let examples = count == 1 ? "1 example" : "\(count) examples"
      text += "\(state.rawValue): \(writer.folder)/\(contract.folder) (\(examples))\n"
    }
    for note in made.notes { text += note.diagnostic(file: file).description + "\n" }
    let written = writer.states.count { $0 == .written }
    let left = made.notes.count + made.droppedNotes
    text += "\(written) contracts written, \(writer.states.count - written) unchanged, "
    text += "\(left) \(left == 1 ? "place" : "places") not carried over as written"
    if made.droppedNotes > 0 { text += ", \(made.droppedNotes) of them not listed" }
    return text + "\n"
  }

  /// One object with the same.
  var json: String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("version", 1)
      writer.member("file", file)
      writer.member("format", made.format?.rawValue)
      writer.member("formatVersion", made.formatVersion)
      writer.memberArray("contracts") { writer in
        for (contract, state) in zip(made.contracts, self.writer.states) {
          writer.object { writer in
            writer.member("id", contract.folder)
            writer.member("state", state.rawValue)
            writer.member("examples", contract.examples.count)
          }
        }
      }
      writer.memberArray("leftOut") { writer in
        for note in made.notes {
          writer.object { writer in
            writer.member("level", note.severity.rawValue)
            writer.member("id", note.id)
            writer.member("pointer", note.pointer.description)
            writer.member("line", note.location.line)
            writer.member("column", note.location.column)
            writer.member("message", note.message)
          }
        }
      }
      writer.member("leftOutNotListed", made.droppedNotes)
    }
    return writer.text
  }
}
