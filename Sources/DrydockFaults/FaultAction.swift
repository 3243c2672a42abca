/// What a fault does when it fires; one case for each file of a fault.
package enum FaultAction: Hashable, Sendable {
  case latency(LatencyFault)
  case duplicate(DuplicateFault)
  case lost(LostFault)
  case reorder(ReorderFault)
  case late(LateFault)
  case outage(OutageFault)
  case throttle(ThrottleFault)
  case authentication(AuthenticationFault)
  case body(BodyFault)

  /// The kinds of fault, as scenarios name them, in the order in which their effects combine.
  ///
  /// The order is fixed: outage, throttle, authentication, whatever the platform itself refuses,
  /// latency, delivery (lost, reorder, late, duplicate), body. What comes first masks what it
  /// makes impossible: an attempt that an outage refuses is neither duplicated nor truncated.
  package enum Kind: String, CaseIterable, Comparable, Hashable, Sendable {
    case outage
    case throttle
    case authentication
    case latency
    case lost
    case reorder
    case late
    case duplicate
    case body

    /// The position in the order of precedence, from 0.
    package var precedence: Int {
      switch self {
      case .outage: 0
      case .throttle: 1
      case .authentication: 2
      case .latency: 3
      case .lost: 4
      case .reorder: 5
      case .late: 6
      case .duplicate: 7
      case .body: 8
      }
    }

    package static func < (left: Kind, right: Kind) -> Bool {
      left.precedence < right.precedence
    }
  }

  /// The kind of fault.
  package var kind: Kind {
    switch self {
    case .latency: .latency
    case .duplicate: .duplicate
    case .lost: .lost
    case .reorder: .reorder
    case .late: .late
    case .outage: .outage
    case .throttle: .throttle
    case .authentication: .authentication
    case .body: .body
    }
  }

  /// What it does, in a few words.
  package var summary: String {
    switch self {
    case .latency(let fault): fault.summary
    case .duplicate(let fault): fault.summary
    case .lost(let fault): fault.summary
    case .reorder(let fault): fault.summary
    case .late(let fault): fault.summary
    case .outage(let fault): fault.summary
    case .throttle(let fault): fault.summary
    case .authentication(let fault): fault.summary
    case .body(let fault): fault.summary
    }
  }
}
