public import DrydockExchange
public import DrydockJSON
public import DrydockKernel
import DrydockSchema

/// All contracts, and how to find the one of a message.
///
///     Contracts/<platform>/<message>/<version>/contract.json
///                                              schema.json
///                                              examples/{valid,invalid}/<what>.json
public struct ContractCatalog: Sendable {
  /// The contracts, sorted by identifier.
  public let contracts: [Contract]
  /// What was wrong with the files, in the order of their paths.
  public let diagnostics: [Diagnostic]

  /// A file of the catalogue: its path below the catalogue's folder, and its bytes.
  public struct File: Sendable {
    /// The path, with `/` between folders.
    public var path: String
    /// The content.
    public var bytes: [UInt8]

    /// Creates a file.
    public init(path: String, bytes: [UInt8]) {
      self.path = path
      self.bytes = bytes
    }
  }

  /// Creates a catalogue from its files; a contract with errors is left out.
  ///
  /// - Parameters:
  ///   - files: Every file below the catalogue's folder; examples are ignored here.
  ///   - root: The folder's path as diagnostics show it.
  /// - Complexity: Linear in the bytes, and in the compiled size of the schemas.
  public init(files: [File], root: String = "Contracts") {
    var byPath: [String: [UInt8]] = [:]
    for file in files { byPath[file.path] = file.bytes }
    var contracts: [Contract] = []
    var diagnostics: [Diagnostic] = []
    for file in files.sorted(by: { $0.path < $1.path })
    where file.path.hasSuffix("/contract.json") {
      let folder = String(file.path.dropLast("/contract.json".count))
      let shown = "\(root)/\(file.path)"
      guard var reader = ContractReader(folder: folder, file: shown) else {
        diagnostics.append(
          Diagnostic(
            file: shown,
            message: "expected a folder <platform>/<message>/<version>",
            id: "contract-wrong-folder"
          )
        )
        continue
      }
      do {
        let document = try JSONDocument.parse(file.bytes)
        let schemaPath = "\(folder)/schema.json"
        let contract = reader.read(
          document.root,
          schemaFile: "\(root)/\(schemaPath)",
          schemaBytes: byPath[schemaPath]
        )
        diagnostics += reader.list.diagnostics + reader.schemaDiagnostics
        if let contract, reader.list.isClean { contracts.append(contract) }
      } catch {
        diagnostics.append(error.diagnostic(file: shown, bytes: file.bytes))
      }
    }
    self.contracts = contracts
    self.diagnostics = diagnostics
    index(contracts)
  }

  private var requests = ContractIndex([])
  private var responses = ContractIndex([])

  /// Sorts contracts: those that pin down most first, then the newest version.
  private mutating func index(_ contracts: [Contract]) {
    let ordered = contracts.enumerated().sorted {
      ($0.element.recognition.weight, $0.offset) > ($1.element.recognition.weight, $1.offset)
    }.map(\.element)
    requests = ContractIndex(ordered.filter { $0.part == .request })
    responses = ContractIndex(ordered.filter { $0.part == .response })
  }

  /// Returns the contract of a request, if one recognises it.
  ///
  /// Of several the one that pins down most wins, then the newest version.
  public func contract(ofRequest request: Request, body: JSONDocument?) -> Contract? {
    requests.first(of: request) { $0.recognition.fits(body: body) }
  }

  /// Returns the contract of a response, if one recognises it.
  public func contract(
    of response: Response,
    to request: Request,
    body: JSONDocument?
  ) -> Contract? {
    responses.first(of: request) {
      $0.recognition.fits(status: response.status) && $0.recognition.fits(body: body)
    }
  }

  /// Returns the platform that the contracts know for a host, if any.
  public func platform(ofHost host: String) -> (name: String, kind: PartnerKind)? {
    for contract in contracts where !contract.recognition.hosts.isEmpty {
      if contract.recognition.fits(host: host) { return (contract.platform, contract.kind) }
    }
    return nil
  }
}
