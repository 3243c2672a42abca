import DrydockJSON

/// Makes contracts of a Pact file.
struct PactImporter {
  var source: ImportSource
  let settings: ContractImport.Settings
  var contracts: [ImportedContract] = []
  let version: String

  static func recognises(_ root: JSONValue) -> Bool {
    root["interactions"] != nil || root["messages"] != nil
  }

  init(_ source: ImportSource, _ settings: ContractImport.Settings) {
    self.source = source
    self.settings = settings
    version = source.root["metadata"]?["pactSpecification"]?["version"]?.string ?? "2"
  }

  mutating func run() {}
}
