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

  private var requests: [String: [Contract]] = [:]
  private var responses: [String: [Contract]] = [:]
  /// Contracts of requests or responses that say nothing about the method.
  private static let anyMethod = ""

  /// Sorts contracts by method, those that pin down most first, then the newest version.
  private mutating func index(_ contracts: [Contract]) {
    let ordered = contracts.enumerated().sorted {
      ($0.element.recognition.weight, $0.offset) > ($1.element.recognition.weight, $1.offset)
    }.map(\.element)
    let methods = Set(ordered.compactMap(\.recognition.method)).union([Self.anyMethod])
    for method in methods {
      let fitting = ordered.filter { $0.recognition.method.map { $0 == method } ?? true }
      requests[method] = fitting.filter { $0.part == .request }
      responses[method] = fitting.filter { $0.part == .response }
    }
  }

  /// Returns the contract of a request, if one recognises it.
  ///
  /// Of several the one that pins down most wins, then the newest version.
  public func contract(ofRequest request: Request, body: JSONDocument?) -> Contract? {
    best(requests, method: request.method) { contract in
      contract.recognition.fitsHead(of: request) && contract.recognition.fits(body: body)
    }
  }

  /// Returns the contract of a response, if one recognises it.
  public func contract(
    of response: Response,
    to request: Request,
    body: JSONDocument?
  ) -> Contract? {
    best(responses, method: request.method) { contract in
      contract.recognition.fits(status: response.status)
        && contract.recognition.fitsHead(of: request) && contract.recognition.fits(body: body)
    }
  }

  /// Returns the platform that the contracts know for a host, if any.
  public func platform(ofHost host: String) -> (name: String, kind: PartnerKind)? {
    let request = Request("GET", host: host, target: "/")
    for contract in contracts where !contract.recognition.hosts.isEmpty {
      let hostOnly = Recognition(
        hosts: contract.recognition.hosts,
        method: nil,
        path: nil,
        headers: [],
        statuses: [],
        body: []
      )
      if hostOnly.fitsHead(of: request) { return (contract.platform, contract.kind) }
    }
    return nil
  }

  /// Returns the first contract that fits, which is the one that pins down most.
  private func best(
    _ index: [String: [Contract]],
    method: String,
    where fits: (Contract) -> Bool
  ) -> Contract? {
    (index[method] ?? index[Self.anyMethod])?.first(where: fits)
  }
}
