/// The names of our extension members in other documents.
enum ExportMember {
  /// The version of what the extension members mean; a document that has it is one of ours.
  static let version = "x-drydock-version"
  /// The contracts of a request, response or message.
  static let contracts = "x-drydock-contracts"
  /// The contract of an example, where several share a place.
  static let contract = "x-drydock-contract"
  /// The name an example has in its contract.
  static let name = "x-drydock-name"
  /// How identifiers begin that schemas get whose references count from themselves.
  static let identifierStart = "urn:drydock:"
}
