import DrydockContracts
import DrydockKernel
import DrydockPlayer
import DrydockScenarios
import Foundation

/// Where a test's files are: in its own package, or else in Drydock's.
struct Workspace {
  /// The folders in which a relative path is looked up, nearest first.
  let folders: [String]

  /// Creates the workspace of a source file.
  ///
  /// - Parameter filePath: The file, as `#filePath` names it.
  init(filePath: String) {
    folders = Self.upwards(from: filePath) + [Self.own].compactMap(\.self)
  }

  /// The root of the package that this file belongs to.
  private static let own = upwards(from: #filePath).last

  /// Returns the folders above a file, up to the root of its package.
  private static func upwards(from filePath: String) -> [String] {
    var folders: [String] = []
    var folder = URL(fileURLWithPath: filePath).deletingLastPathComponent()
    while folder.path != "/", folders.count < 100 {
      folders.append(folder.path)
      if Files.exists(folder.path + "/Package.swift") { break }
      folder = folder.deletingLastPathComponent()
    }
    return folders
  }

  /// Returns where a file or folder is.
  private func place(of path: String) throws(DrydockError) -> String {
    let candidates = path.hasPrefix("/") ? [path] : folders.map { $0 + "/" + path }
    if let place = candidates.first(where: { Files.exists($0) }) { return place }
    throw DrydockError(
      diagnostics: [
        Diagnostic(
          file: path,
          message: "no such file or folder here or above",
          id: "file-missing",
          notes: candidates.map { "looked for \($0)" }
        )
      ]
    )
  }

  // MARK: Scenarios

  func scenario(_ file: String) throws(DrydockError) -> Scenario {
    try scenario(at: place(of: file), shownAs: file)
  }

  func scenarios(in folder: String) throws(DrydockError) -> [Scenario] {
    let shown = folder.hasSuffix("/") ? String(folder.dropLast()) : folder
    let place = try place(of: shown)
    let paths = Files.list(place, ending: ".json") + Files.list(place, ending: ".json5")
    var scenarios: [Scenario] = []
    var diagnostics: [Diagnostic] = []
    for path in paths.sorted() {
      do {
        let inner = String(path.dropFirst(place.count + 1))
        scenarios.append(try scenario(at: path, shownAs: "\(shown)/\(inner)"))
      } catch {
        diagnostics += error.diagnostics
      }
    }
    if paths.isEmpty {
      diagnostics.append(
        Diagnostic(
          file: shown,
          message: "no scenario files in this folder",
          id: "scenarios-missing"
        )
      )
    }
    guard diagnostics.isEmpty else { throw DrydockError(diagnostics: diagnostics) }
    return scenarios
  }

  private func scenario(
    at path: String,
    shownAs file: String
  ) throws(DrydockError) -> Scenario {
    do {
      let bytes = try Files.read(path, atMost: Files.authoredBytesMax)
      return try Scenario.read(bytes, file: file).get()
    } catch let error as ScenarioError {
      throw DrydockError(diagnostics: error.diagnostics)
    } catch {
      throw DrydockError(diagnostics: [error as? Diagnostic].compactMap(\.self))
    }
  }

  // MARK: Contracts

  /// The contracts of Drydock's own package, read once a process.
  private static let ownContracts = Result { () throws(DrydockError) in
    try read(contracts: (own ?? "") + "/Contracts", shownAs: "Contracts")
  }

  func contracts(in folder: String) throws(DrydockError) -> ContractCatalog {
    let place = try place(of: folder)
    if place == Self.own.map({ $0 + "/Contracts" }) { return try Self.ownContracts.get() }
    return try Self.read(contracts: place, shownAs: folder)
  }

  private static func read(
    contracts place: String,
    shownAs folder: String
  ) throws(DrydockError) -> ContractCatalog {
    let catalog: ContractCatalog
    do {
      catalog = try ContractCatalog.read(folder: place, shownAs: folder)
    } catch {
      throw DrydockError(diagnostics: [error])
    }
    let errors = catalog.diagnostics.filter { $0.severity == .error }
    guard errors.isEmpty else { throw DrydockError(diagnostics: errors) }
    return catalog
  }
}
