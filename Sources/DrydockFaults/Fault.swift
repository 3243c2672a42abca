/// A described misbehaviour of a partner or of the link to it: when it may happen, and what does.
///
///     Fault(
///       id: "faults/0",
///       gates: Gates(match: match, atMost: 1),
///       action: .lost(LostFault(part: .response)))
///
/// All draws of a fault are keyed by its identifier and the attempt, so a fault does the same to an
/// attempt whatever other faults are planned.
package struct Fault: Hashable, Sendable {
  /// The name in its plan, such as `faults/0`.
  package var id: String
  /// What must hold for it to fire.
  package var gates: Gates
  /// What it does when it fires.
  package var action: FaultAction

  package init(id: String, gates: Gates = Gates(), action: FaultAction) {
    self.id = id
    self.gates = gates
    self.action = action
  }

  /// What it does and to what: `duplicate on 3pl.webhook.order-shipped`.
  package var summary: String {
    "\(action.summary) on \(gates.match.description)"
  }
}
