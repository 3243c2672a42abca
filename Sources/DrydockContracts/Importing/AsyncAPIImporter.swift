import DrydockJSON

/// Makes contracts of an AsyncAPI document.
struct AsyncAPIImporter {
  var source: ImportSource
  let settings: ContractImport.Settings
  var contracts: [ImportedContract] = []

  init(_ source: ImportSource, _ settings: ContractImport.Settings) {
    self.source = source
    self.settings = settings
  }

  mutating func run() {}
}
