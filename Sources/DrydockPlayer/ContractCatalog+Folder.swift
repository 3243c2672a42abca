package import DrydockContracts
package import DrydockKernel

extension ContractCatalog {
  /// Returns the catalogue of a folder; what is wrong with single files is in its diagnostics.
  ///
  /// - Parameters:
  ///   - folder: The folder.
  ///   - shown: The folder as diagnostics name it; the same unless given.
  /// - Returns: The contracts that are sound, and what is wrong with the others.
  /// - Throws: A diagnostic about the folder, or about a file that cannot be read.
  /// - Complexity: Linear in the bytes of contracts and schemas; examples are not read.
  package static func read(
    folder: String,
    shownAs shown: String? = nil
  ) throws(Diagnostic) -> ContractCatalog {
    let shown = shown ?? folder
    guard Files.isFolder(folder) else {
      throw Diagnostic(file: shown, message: "no such folder of contracts", id: "contracts-missing")
    }
    var files: [ContractCatalog.File] = []
    for path in Files.list(folder, ending: ".json") where !path.contains("/examples/") {
      let inner = String(path.dropFirst(folder.count + 1))
      let bytes = try Files.read(path, atMost: Files.authoredBytesMax)
      files.append(ContractCatalog.File(path: inner, bytes: bytes))
    }
    return ContractCatalog(files: files, root: shown)
  }
}
