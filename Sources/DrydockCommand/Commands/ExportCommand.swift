import DrydockContracts
import DrydockJSON
import DrydockKernel
import DrydockPlayer

/// `drydock export openapi`: the catalogue as an OpenAPI document.
enum ExportOpenAPICommand: Subcommand {
  static let syntax = CommandSyntax(
    name: "export openapi",
    summary: "Write the contracts as an OpenAPI 3.1 document.",
    operands: "",
    operandHelp:
      "What OpenAPI cannot say, such as meaning, goes into members that begin with 'x-drydock-';\n"
      + "'drydock import' makes the same contracts of it again.",
    options: CatalogExport.options,
    examples: [
      (
        "drydock export openapi --platform shopify --output shopify.json",
        "Writes the contracts of one platform."
      )
    ],
    operandsMax: 0
  )

  static func run(_ arguments: Arguments, _ console: Console) async -> ExitCode {
    CatalogExport.run(arguments, console) { export in
      (export.openAPI(), export.count, 0)
    }
  }
}

/// `drydock export asyncapi`: the webhooks of the catalogue as an AsyncAPI document.
enum ExportAsyncAPICommand: Subcommand {
  static let syntax = CommandSyntax(
    name: "export asyncapi",
    summary: "Write the contracts of webhooks as an AsyncAPI 3.0 document.",
    operands: "",
    operandHelp:
      "Calls and their answers are left out and counted. What AsyncAPI cannot say, such as\n"
      + "meaning, goes into members that begin with 'x-drydock-'; 'drydock import' makes the same\n"
      + "contracts of it again.",
    options: CatalogExport.options,
    examples: [
      (
        "drydock export asyncapi --output webhooks.json",
        "Writes the webhooks of all platforms."
      )
    ],
    operandsMax: 0
  )

  static func run(_ arguments: Arguments, _ console: Console) async -> ExitCode {
    CatalogExport.run(arguments, console) { export in
      (export.asyncAPI(), export.count - export.callsCount, export.callsCount)
    }
  }
}

/// What both exports share.
enum CatalogExport {
  static let options = [
    OptionSyntax("--contracts", "DIR", "The folder of contracts; 'Contracts' unless given."),
    OptionSyntax("--platform", "NAME", "Write the contracts of this platform only."),
    OptionSyntax("--output", "FILE", "Write to a file; standard output unless given."),
  ]

  static func run(
    _ arguments: Arguments,
    _ console: Console,
    _ write: (ContractExport) -> (bytes: [UInt8], count: Int, leftOut: Int)
  ) -> ExitCode {
    guard Workspace.catalog(arguments, console) != nil else { return .badInput }
    let named = arguments["--contracts"] ?? Workspace.contractsFolder
    let folder = named.hasSuffix("/") ? String(named.dropLast()) : named
    do {
      var files: [ContractCatalog.File] = []
      for path in Files.list(folder, ending: ".json") where !path.contains("/examples/invalid/") {
        let bytes = try Files.read(path, atMost: Files.authoredBytesMax)
        files.append(
          ContractCatalog.File(path: String(path.dropFirst(folder.count + 1)), bytes: bytes)
        )
      }
      let export = ContractExport(files: files, platform: arguments["--platform"])
      guard export.count > 0 else {
        let of = arguments["--platform"].map { " of platform '\($0)'" } ?? ""
        throw Diagnostic(file: folder, message: "no contracts\(of) here", id: "export-empty")
      }
      let written = write(export)
      guard let output = arguments["--output"] else {
        console.write(String(decoding: written.bytes, as: UTF8.self))
        return .passed
      }
      try Files.write(written.bytes, to: output)
      console.line(
        "\(written.count) contracts written to \(output), \(written.leftOut) left out"
      )
      return .passed
    } catch let diagnostic as Diagnostic {
      console.complain(diagnostic)
      return .badInput
    } catch {
      return .internalError
    }
  }
}
