/// Bounds of the kernel: what is refused, or given up, beyond them.
@usableFromInline
package enum Limits {
  /// The events one queue holds unless its owner says otherwise.
  @usableFromInline package static let queueEventsMax = 1 << 24
  /// The days a business calendar looks ahead before it says that nothing is open.
  package static let calendarDaysMax = 800
  /// The bytes of a word that is still compared for a suggestion.
  package static let suggestionBytesMax = 64
  /// The candidates that are compared for one suggestion.
  package static let suggestionCandidatesMax = 4_096
  /// The diagnostics one list keeps; those after are counted only.
  @usableFromInline package static let diagnosticsMax = 100
  /// The bytes of a POSIX time zone text.
  package static let zoneTextBytesMax = 128
}
