import DrydockExchange
import DrydockJSON
import DrydockKernel
import DrydockPlayer
import DrydockRecordings

/// `drydock decode`: what a file says, as JSON, with positions.
enum DecodeCommand: Subcommand {
  static let syntax = CommandSyntax(
    name: "decode",
    summary: "Show what a wire file says, as JSON, with positions.",
    operands: "FILE",
    operandHelp:
      "FILE is JSON (comments and trailing commas are taken) or a HAR; '-' reads standard input.\n"
      + "A HAR becomes one exchange a line, in the form that 'drydock verify' reads.",
    options: [
      OptionSyntax(
        "--as",
        "FORM",
        "What the file is; told by its content unless given.",
        choices: ["json", "har"]
      ),
      OptionSyntax("--positions", "Print each value with its pointer, line and column."),
      OptionSyntax("--compact", "Print JSON on one line."),
    ],
    examples: [
      ("drydock decode session.har > session.jsonl", "Makes a native recording of a HAR."),
      ("drydock decode --positions order.json", "Lists every value of a payload."),
    ],
    operandsMin: 1,
    operandsMax: 1
  )

  static func run(_ arguments: Arguments, _ console: Console) async -> ExitCode {
    let path = arguments.operands[0]
    let bytes: [UInt8]
    do {
      bytes = try Files.read(path)
    } catch {
      console.complain(error)
      return .badInput
    }
    let document: JSONDocument
    do {
      var options = JSONReadOptions.relaxed
      options.skipsByteOrderMark = true
      document = try JSONDocument.parse(bytes, options: options)
    } catch {
      console.complain(error.diagnostic(file: path, bytes: bytes))
      return .badInput
    }
    let isArchive =
      arguments["--as"].map { $0 == "har" }
      ?? (document.root["log"]?["entries"] != nil && !arguments.has("--positions"))
    if isArchive { return decodeArchive(bytes, path, console) }
    if arguments.has("--positions") {
      list(document, console)
    } else {
      var writer = JSONWriter(pretty: !arguments.has("--compact"))
      JSONNode(document.root).write(to: &writer)
      console.line(writer.text)
    }
    return .passed
  }

  private static func decodeArchive(
    _ bytes: [UInt8],
    _ path: String,
    _ console: Console
  ) -> ExitCode {
    let (recording, diagnostics) = RecordingReader.read(bytes, file: path)
    for diagnostic in diagnostics { console.complain(diagnostic) }
    guard let recording else { return .badInput }
    console.write(
      String(decoding: RecordingWriter.bytes(of: recording, redactor: .byName), as: UTF8.self)
    )
    return diagnostics.contains { $0.severity == .error } ? .badInput : .passed
  }

  /// Prints `line:column pointer = value` for every value that has no children.
  private static func list(_ document: JSONDocument, _ console: Console) {
    var stack: [(value: JSONValue, pointer: JSONPointer)] = [(document.root, .root)]
    while let (value, pointer) = stack.popLast() {
      var children: [(JSONValue, JSONPointer)] = []
      if value.kind == .object {
        children = value.members.map { ($0.value, pointer.appending($0.name)) }
      } else if value.kind == .array {
        children = value.elements.enumerated().map { ($0.element, pointer.appending($0.offset)) }
      }
      if children.isEmpty {
        let place = value.location
        let text = String(decoding: value.bytes, as: UTF8.self)
        console.line("\(place.line):\(place.column) \(pointer) = \(text)")
      }
      stack.append(contentsOf: children.reversed())
    }
  }
}
