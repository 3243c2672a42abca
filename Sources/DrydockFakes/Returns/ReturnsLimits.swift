/// The bounds of a returns platform's books.
package enum ReturnsLimits {
  /// Units of one return.
  package static let returnUnitsMax = 900
  /// Return numbers lie below this.
  package static let returnNumberMax = 50_000_000
  /// Grades in one call.
  package static let gradesMax = 20
  /// Characters of a grade's description.
  package static let descriptionMax = 255
  /// Characters of a processor's name.
  package static let processorMax = 100
  /// Images of a grade.
  package static let imagesMax = 5
  /// Notes of one return.
  package static let notesMax = 1_000
  /// Days that one list may span.
  package static let listDaysMax: Int64 = 120
  /// Returns on one page of a list, unless it says otherwise.
  package static let pageSize = 100
  /// Returns on one page of a list at most.
  package static let pageSizeMax = 750
  /// Bytes of one request body.
  package static let bodyBytesMax = 1 << 20
}
