import DrydockKernel

/// Every kind of fault there is, with its parameters: for documents, readers and suggestions.
package enum FaultCatalogue {
  /// One kind of fault.
  package struct Entry: Hashable, Sendable {
    /// The kind; its raw value is the name in scenarios.
    package var kind: FaultAction.Kind
    /// What it does, in one line.
    package var summary: String
    /// Its parameters, in the order in which documents show them.
    package var parameters: [Parameter]
  }

  /// One parameter of a fault or of its gates.
  package struct Parameter: Hashable, Sendable {
    /// The name in scenarios; a full stop stands before a member of a nested object.
    package var name: String
    /// What can be written.
    package var type: ValueType
    /// What holds when nothing is written; nothing where something must be.
    package var byDefault: String?
    /// What it means, in one line.
    package var meaning: String

    init(_ name: String, _ type: ValueType, default byDefault: String?, _ meaning: String) {
      self.name = name
      self.type = type
      self.byDefault = byDefault
      self.meaning = meaning
    }
  }

  /// What can be written for a parameter.
  package enum ValueType: Hashable, Sendable {
    /// A whole number.
    case count
    /// `250 ms`, `1 day 2 h`.
    case duration
    /// A duration, or a list of two: the least and the most.
    case durationRange
    /// A list of durations.
    case durations
    /// A share of at most all: `5%`, `0.25`, `1/3`.
    case ratio
    /// A positive number as text: `2`, `0.6`, `1/60`.
    case number
    /// `true` or `false`.
    case flag
    /// An instant of the run: `day 1 09:00`.
    case instant
    /// A match: `erp.http.sales-order-*`.
    case match
    /// Any text.
    case text
    /// One of these words.
    case word([String])
    /// A status code from 500 to 599, or one of these words.
    case statusOrWord([String])

    /// The type as documents name it.
    package var name: String {
      switch self {
      case .count: "count"
      case .duration: "duration"
      case .durationRange: "duration, or two"
      case .durations: "durations"
      case .ratio: "share"
      case .number: "number"
      case .flag: "true, false"
      case .instant: "instant"
      case .match: "match"
      case .text: "text"
      case .word(let words): words.joined(separator: ", ")
      case .statusOrWord(let words): (["500 to 599"] + words).joined(separator: ", ")
      }
    }
  }

  /// The kinds, in order of precedence.
  package static let entries: [Entry] = [
    outage, throttle, authentication, latency, lost, reorder, late, duplicate, body,
  ]

  /// Returns the entry of a kind.
  package static func entry(_ kind: FaultAction.Kind) -> Entry {
    entries[kind.precedence]
  }

  /// Returns the kind that was probably meant.
  package static func suggestion(for name: String) -> String? {
    Suggestion.nearest(to: name, among: FaultAction.Kind.allCases.map(\.rawValue))
  }

  /// Returns the parameter of a kind, or of the gates, that was probably meant.
  package static func suggestion(for name: String, of kind: FaultAction.Kind) -> String? {
    Suggestion.nearest(to: name, among: (entry(kind).parameters + gates).map(\.name))
  }
}
