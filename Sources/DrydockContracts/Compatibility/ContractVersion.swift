import DrydockJSON
package import DrydockSchema

/// One version of a contract, as files.
package struct ContractVersion: Sendable {
  package var contract: ComparedFile
  package var schema: ComparedFile?
  /// `<platform>/<message>`.
  package let message: String
  /// The version as written.
  package let version: String

  package init(contract: ComparedFile, schema: ComparedFile?) {
    self.contract = contract
    self.schema = schema
    let root = contract.document.root
    message = "\(root["platform"]?.string ?? "")/\(root["message"]?.string ?? "")"
    version = root["version"]?.string ?? ""
  }

  /// The version as numbers; nothing where it is none.
  var numbers: VersionNumbers? { VersionNumbers(parsing: version) }

  /// Who writes the message.
  package var writer: Contract.Writer? {
    contract.document.root["writtenBy"]?.string.flatMap { Contract.Writer(rawValue: $0) }
  }

  /// Returns the schema, compiled as the contract asks; anything goes where there is none.
  ///
  /// - Parameter closed: Whether undeclared members are to be forbidden in any case.
  /// - Returns: The compiled schema, or nothing where the contract has none.
  /// - Throws: What is wrong with the schema.
  package func compiled(closed: Bool = false) throws(SchemaError) -> Schema? {
    guard let schema else { return nil }
    var options = SchemaOptions()
    options.assertsFormat = contract.document.root["assertsFormat"]?.bool ?? false
    let policy = contract.document.root["undeclared"]?.string
    options.undeclaredMembers = policy.flatMap { UndeclaredPolicy(rawValue: $0) } ?? .allowed
    if closed { options.undeclaredMembers = .forbidden }
    return try Schema.compile(schema.document, options: options)
  }

  /// Whether the schema, if there is one, can be compiled.
  package var isSound: Bool {
    do {
      _ = try compiled()
      return true
    } catch {
      return false
    }
  }
}
