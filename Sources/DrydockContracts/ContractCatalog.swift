public import DrydockExchange
public import DrydockJSON
public import DrydockKernel
import DrydockSchema

/// All contracts, and how to find the one of a message.
///
///     Contracts/<platform>/<message>/<version>/contract.json
///                                              schema.json
///                                              upgrade.json, from the version before
///                                              examples/{valid,invalid}/<what>.json
public struct ContractCatalog: Sendable {
  /// The contracts that judge, sorted by identifier.
  public let contracts: [Contract]
  /// The contracts of all versions, also of those that are not to judge.
  let versions: ContractVersions
  /// The version that is to judge, of messages of which only one is.
  package private(set) var pins: [String: String] = [:]
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
        let upgradePath = "\(folder)/upgrade.json"
        var upgrading = UpgradeReader(file: "\(root)/\(upgradePath)")
        let contract = reader.read(
          document.root,
          schemaFile: "\(root)/\(schemaPath)",
          schemaBytes: byPath[schemaPath],
          upgrade: byPath[upgradePath].flatMap { upgrading.read($0) }
        )
        diagnostics += reader.list.diagnostics + reader.schemaDiagnostics
        diagnostics += upgrading.list.diagnostics
        if let contract, reader.list.isClean { contracts.append(contract) }
      } catch {
        diagnostics.append(error.diagnostic(file: shown, bytes: file.bytes))
      }
    }
    self.contracts = contracts
    versions = ContractVersions(contracts)
    self.diagnostics = diagnostics + versions.diagnostics
    index(contracts)
  }

  private var requests = ContractIndex([])
  private var responses = ContractIndex([])
  /// The versions of each message that has several, the newest first.
  private var siblings: [String: [Contract]] = [:]

  /// Sorts contracts: those that pin down most first, then the newest version.
  private mutating func index(_ contracts: [Contract]) {
    let ordered = contracts.enumerated().sorted {
      let (left, right) = ($0.element, $1.element)
      if left.recognition.weight != right.recognition.weight {
        return left.recognition.weight > right.recognition.weight
      }
      if left.stem == right.stem { return left.isNewer(than: right) }
      return $0.offset > $1.offset
    }.map(\.element)
    let versions = Dictionary(grouping: ordered, by: \.stem)
    siblings = versions.filter { $0.value.count > 1 }
    requests = ContractIndex(ordered.filter { $0.part == .request })
    responses = ContractIndex(ordered.filter { $0.part == .response })
  }

  /// Returns the contract of a request, if one recognises it.
  ///
  /// Of several the one that pins down most wins. Of its versions it is the newest that accepts the
  /// body, as two may be in flight at a time; where none does, the newest.
  public func contract(ofRequest request: Request, body: JSONDocument?) -> Contract? {
    let found = requests.first(of: request) { $0.recognition.fits(body: body) }
    return found.map { inFlight($0, body) { $0.recognition.fits(request, body: body) } }
  }

  /// Returns the contract of a response, if one recognises it.
  public func contract(
    of response: Response,
    to request: Request,
    body: JSONDocument?
  ) -> Contract? {
    let found = responses.first(of: request) {
      $0.recognition.fits(status: response.status) && $0.recognition.fits(body: body)
    }
    return found.map {
      inFlight($0, body) {
        $0.recognition.fits(status: response.status) && $0.recognition.fits(request, body: body)
      }
    }
  }

  /// Returns the newest version of a contract's message that fits and accepts a body.
  private func inFlight(
    _ contract: Contract,
    _ body: JSONDocument?,
    where fits: (Contract) -> Bool
  ) -> Contract {
    guard !siblings.isEmpty, let body, let versions = siblings[contract.stem] else {
      return contract
    }
    let accepting = versions.first { $0.schema?.isValid(body.root) != false && fits($0) }
    return accepting ?? contract
  }

  /// Returns the catalogue with one version only of some messages.
  ///
  /// - Parameter versions: The versions by message, `<platform>/<message>`; they take the place of
  ///   those that were pinned before.
  /// - Returns: The catalogue without the other versions of these messages.
  /// - Throws: What is said of a message or a version that is not there.
  public func pinned(_ versions: [String: String]) throws(Diagnostic) -> ContractCatalog {
    for (stem, version) in versions.sorted(by: { $0.key < $1.key }) {
      do {
        _ = try self.versions.contract(of: stem, version)
      } catch {
        throw Diagnostic(
          file: "\(stem)/\(version)",
          message: error.message,
          id: "contract-unknown-pin"
        )
      }
    }
    let pins = self.pins.merging(versions) { _, later in later }
    return ContractCatalog(self.versions, pins: pins, diagnostics: diagnostics)
  }

  private init(_ versions: ContractVersions, pins: [String: String], diagnostics: [Diagnostic]) {
    self.versions = versions
    self.pins = pins
    self.diagnostics = diagnostics
    contracts = versions.all.filter { contract in
      pins[contract.stem].map { $0 == contract.version } ?? true
    }
    index(contracts)
  }

  /// Returns the platform that the contracts know for a host, if any.
  public func platform(ofHost host: String) -> (name: String, kind: PartnerKind)? {
    for contract in contracts where !contract.recognition.hosts.isEmpty {
      if contract.recognition.fits(host: host) { return (contract.platform, contract.kind) }
    }
    return nil
  }
}
