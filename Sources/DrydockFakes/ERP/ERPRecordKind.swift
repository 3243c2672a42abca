package import DrydockKernel

/// The kinds of record that have internal identifiers from the one sequence.
package enum ERPRecordKind: Int, CaseIterable, Hashable, Sendable {
  case order
  case fulfilment
  case invoice
  case authorisation
  case receipt
  case credit
  case adjustment
}

/// Where a record is in the books: its kind and its position among its kind.
package struct ERPRecordAddress: Hashable, Sendable {
  package var kind: ERPRecordKind
  package var index: Int
}

/// What all records have.
package struct ERPRecordHead: Hashable, Sendable {
  /// The internal identifier.
  package var id: Int64
  /// The position among its kind, from 0; document numbers follow from it.
  package var sequence: Int
  /// The key that the caller gave, unique among its kind.
  package var externalID: String?
  package var date: CivilDate
  package var createdAt: VirtualInstant
  package var modifiedAt: VirtualInstant
  package var memo: String?
}
