import DrydockContracts
import DrydockKernel
import DrydockPlayer
import DrydockScenarios

/// The folders a command works in: contracts and scenarios as files.
enum Workspace {
  /// The folder of contracts unless `--contracts` names another.
  static let contractsFolder = "Contracts"
  /// The folder of scenarios that `drydock run` plays without arguments.
  static let scenariosFolder = "Scenarios"

  /// Returns the catalogue of a folder; what is wrong with it is written to standard error.
  static func catalog(_ arguments: Arguments, _ console: Console) -> ContractCatalog? {
    let named = arguments["--contracts"] ?? contractsFolder
    let folder = named.hasSuffix("/") ? String(named.dropLast()) : named
    let catalog: ContractCatalog
    do {
      catalog = try ContractCatalog.read(folder: folder)
    } catch {
      var diagnostic = error
      if diagnostic.id == "contracts-missing" {
        diagnostic.message += "; name one with '--contracts'"
      }
      console.complain(diagnostic)
      return nil
    }
    for diagnostic in catalog.diagnostics { console.complain(diagnostic) }
    guard !catalog.diagnostics.contains(where: { $0.severity == .error }) else { return nil }
    return pinned(catalog, arguments, console)
  }

  /// The option that leaves one version of a message.
  static let pinOption = OptionSyntax(
    "--pin",
    "MESSAGE=VERSION",
    "Judge a message by one version, as in shopify/orders-create=1.0.",
    repeats: true
  )

  private static func pinned(
    _ catalog: ContractCatalog,
    _ arguments: Arguments,
    _ console: Console
  ) -> ContractCatalog? {
    var versions: [String: String] = [:]
    for pin in arguments.all(pinOption.name) {
      let parts = pin.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 2 else {
        console.complain(
          "drydock: error: expected MESSAGE=VERSION for '--pin', found '\(pin)' [usage]"
        )
        return nil
      }
      versions[parts[0]] = parts[1]
    }
    do {
      return try catalog.pinned(versions)
    } catch {
      console.complain(error)
      return nil
    }
  }

  /// Returns the scenarios of files and folders; what is wrong is written to standard error.
  ///
  /// - Returns: Nothing when a file is missing or broken.
  static func scenarios(_ operands: [String], _ console: Console) -> [Scenario]? {
    var paths: [String] = []
    var isSound = true
    for operand in operands.isEmpty ? [scenariosFolder] : operands {
      let clean = operand.hasSuffix("/") ? String(operand.dropLast()) : operand
      guard Files.isFolder(clean) else {
        paths.append(operand)
        continue
      }
      let found = Files.list(clean, ending: ".json") + Files.list(clean, ending: ".json5")
      if found.isEmpty {
        console.complain(
          Diagnostic(
            file: operand,
            message: "no scenario files in this folder",
            id: "scenarios-missing"
          )
        )
        isSound = false
      }
      paths += found.sorted()
    }
    var scenarios: [Scenario] = []
    for path in paths {
      do {
        switch Scenario.read(try Files.read(path, atMost: Files.authoredBytesMax), file: path) {
        case .success(let scenario): scenarios.append(scenario)
        case .failure(let error):
          isSound = false
          for diagnostic in error.diagnostics { console.complain(diagnostic) }
        }
      } catch {
        isSound = false
        console.complain(error)
      }
    }
    return isSound ? scenarios : nil
  }
}
