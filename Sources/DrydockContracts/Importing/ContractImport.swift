package import DrydockExchange
import DrydockJSON
package import DrydockKernel

/// Contracts made of a document of another kind.
///
///     bytes ─▶ format told by content ─▶ contracts ─▶ written out, read back and checked ─▶ files
///
/// What a contract cannot say is listed with its place; nothing is lost without a word.
///
/// - Source: OpenAPI 3.0.4 and 3.1.1, AsyncAPI 2.6 and 3.0, Pact specification 2, 3 and 4.
package struct ContractImport: Sendable {
  /// What kind of document it is.
  package enum Format: String, CaseIterable, Hashable, Sendable {
    case openAPI = "openapi"
    case asyncAPI = "asyncapi"
    case pact
  }

  /// Whose contracts they are to be.
  package struct Settings: Sendable {
    /// The platform; that of our own exports is in the document.
    package var platform: String?
    package var kind: PartnerKind?
    /// Who runs what the document describes.
    package var writtenBy: Contract.Writer
    /// Whether values of a Pact without a matcher have to be equal to the expected ones.
    package var literalsAreEqual: Bool

    package init(
      platform: String?,
      kind: PartnerKind?,
      writtenBy: Contract.Writer = .partner,
      literalsAreEqual: Bool = false
    ) {
      self.platform = platform
      self.kind = kind
      self.writtenBy = writtenBy
      self.literalsAreEqual = literalsAreEqual
    }

    /// The side that does not run what the document describes.
    var other: Contract.Writer { writtenBy == .partner ? .us : .partner }
  }

  /// The largest document that is read.
  package static let bytesMax = 1 << 25
  /// How deep a document may be nested.
  package static let depthMax = 256
  /// How many contracts an import may make.
  package static let contractsMax = 20_000

  package private(set) var format: Format?
  /// The version of the format, as the document says it.
  package private(set) var formatVersion = ""
  package private(set) var contracts: [ImportedContract] = []
  /// What is said of the document, in its order.
  package private(set) var notes: [ImportNote] = []
  /// How many more notes there were.
  package private(set) var droppedNotes = 0
  /// What is wrong with the document as a whole.
  package private(set) var diagnostics: [Diagnostic] = []

  private var isBroken = false

  /// Whether the contracts may be written.
  package var isSound: Bool {
    !contracts.isEmpty && !isBroken && !diagnostics.contains { $0.severity == .error }
  }

  /// Reads a document.
  ///
  /// - Complexity: Linear in the bytes, and in those of the schemas that are written.
  package init(_ bytes: [UInt8], file: String, settings: Settings) {
    let document: JSONDocument
    do {
      var options = JSONReadOptions.strict
      options.depthMax = ContractImport.depthMax
      options.bytesMax = ContractImport.bytesMax
      options.skipsByteOrderMark = true
      document = try JSONDocument.parse(bytes, options: options)
    } catch {
      diagnostics = [error.diagnostic(file: file, bytes: bytes)]
      return
    }
    var source = ImportSource(document)
    read(&source, settings)
    if !source.isBroken { ImportCheck.run(&contracts, &source, file: file) }
    isBroken = source.isBroken
    notes = source.located()
    droppedNotes = source.droppedCount
    if contracts.isEmpty, !source.isBroken {
      diagnostics.append(
        document.root.diagnostic(
          "expected at least one operation or message, found none",
          id: "import-empty",
          file: file
        )
      )
    }
  }

  private mutating func read(_ source: inout ImportSource, _ settings: Settings) {
    let root = source.root
    if let version = root["openapi"]?.string {
      format = .openAPI
      formatVersion = version
      guard version.hasPrefix("3.0") || version.hasPrefix("3.1") else {
        return refuse(&source, "OpenAPI 3.0 or 3.1", "'\(version)'", at: "openapi")
      }
      run(OpenAPIImporter(source, settings), &source)
    } else if let version = root["asyncapi"]?.string {
      format = .asyncAPI
      formatVersion = version
      guard version.hasPrefix("2.") || version.hasPrefix("3.") else {
        return refuse(&source, "AsyncAPI 2 or 3", "'\(version)'", at: "asyncapi")
      }
      run(AsyncAPIImporter(source, settings), &source)
    } else if PactImporter.recognises(root) {
      format = .pact
      let importer = PactImporter(source, settings)
      formatVersion = importer.version
      run(importer, &source)
    } else {
      let name = root["swagger"] != nil ? "swagger" : nil
      let found = name == nil ? "none of them" : "Swagger 2"
      refuse(&source, "an OpenAPI, AsyncAPI or Pact document", found, at: name)
    }
  }

  private mutating func run(_ importer: some ContractImporter, _ source: inout ImportSource) {
    var importer = importer
    importer.run()
    (contracts, source) = (importer.contracts, importer.source)
  }

  private func refuse(
    _ source: inout ImportSource,
    _ expected: String,
    _ found: String,
    at name: String?
  ) {
    source.refuse(
      "expected \(expected), found \(found)",
      "import-unknown-format",
      at: JSONPointer(tokens: name.map { [$0] } ?? [])
    )
  }
}

/// Makes contracts of a document of one format.
private protocol ContractImporter {
  var contracts: [ImportedContract] { get }
  var source: ImportSource { get }
  mutating func run()
}

extension OpenAPIImporter: ContractImporter {}
extension AsyncAPIImporter: ContractImporter {}
extension PactImporter: ContractImporter {}
