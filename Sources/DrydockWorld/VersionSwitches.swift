import DrydockExchange
package import DrydockKernel

/// The moves of partners to other versions in one run, asked once for each message they write.
///
/// Whether a message is written in the new version while both are depends on a draw keyed by the
/// message, so adding or removing a switch moves no other.
package struct VersionSwitches: Sendable {
  /// An upgrade that did not apply to a message, which was then sent as it was.
  package struct Failure: Hashable, Sendable {
    /// The name of the switch.
    package var id: String
    /// What was to be written, in the words of faults.
    package var operation: String
    /// The version that it could not be written in.
    package var version: String
    /// Why.
    package var reason: String
    /// When the first such message was written.
    package var at: VirtualInstant
  }

  /// What one switch did so far.
  private struct Progress: Sendable {
    var messages = 0
    var began: VirtualInstant?
    var written = 0
  }

  private let switches: [VersionSwitch]
  private let draws: KeyedDraws
  private var progress: [Progress]
  /// What did not apply, once for each switch and message.
  package private(set) var failures: [Failure] = []

  init(_ switches: [VersionSwitch], draws: KeyedDraws) {
    self.switches = switches
    self.draws = draws
    progress = switches.map { _ in Progress() }
  }

  /// Whether nobody ever changes.
  var isEmpty: Bool { switches.isEmpty }

  /// Returns the position of the switch that a message is written after; nothing before any.
  ///
  /// Asked once for each message, in the order of writing. Its key tells it from all others of its
  /// kind: what it is about, and which try it answers.
  mutating func turn(
    of partner: PartnerID,
    _ channel: Channel,
    _ operation: String,
    key: (entity: String, attempt: Int),
    at now: VirtualInstant
  ) -> Int? {
    var chosen: Int?
    for (position, change) in switches.enumerated()
    where change.partner == partner && change.channel == channel
      && change.operation == operation
    {
      let isOpen =
        switch change.start {
        case .at(let instant): now >= instant
        case .after(let messages): progress[position].messages >= messages
        }
      progress[position].messages += 1
      guard isOpen else { continue }
      let began: VirtualInstant
      if case .at(let instant) = change.start {
        began = instant
      } else {
        began = progress[position].began ?? now
        progress[position].began = began
      }
      let draw = KeyedDraws.Key(
        partner: partner.name,
        operation: operation,
        entity: key.entity,
        attempt: key.attempt,
        purpose: "\(change.id) \(change.version)"
      )
      if now < began + change.overlap, !draws.happens(change.share, draw) { continue }
      chosen = position
    }
    return chosen
  }

  /// Returns a payload in the version of a switch; nothing where its upgrade does not apply.
  mutating func write(
    _ payload: [UInt8],
    _ position: Int,
    at now: VirtualInstant
  ) -> (payload: [UInt8], headers: [HeaderField], mark: VersionSwitch.Mark)? {
    let change = switches[position]
    switch change.rewrite(payload) {
    case .success(let payload):
      progress[position].written += 1
      let mark = VersionSwitch.Mark(id: change.id, version: change.version)
      return (payload, change.headers, mark)
    case .failure(let refusal):
      if !failures.contains(where: { $0.id == change.id && $0.operation == change.operation }) {
        failures.append(
          Failure(
            id: change.id,
            operation: change.operation,
            version: change.version,
            reason: refusal.reason,
            at: now
          )
        )
      }
      return nil
    }
  }

  /// The names of switches after which no message was written.
  var stale: [String] {
    var names: [String] = []
    for change in switches where !names.contains(change.id) {
      let isUsed = zip(switches, progress).contains { $0.id == change.id && $1.written > 0 }
      if !isUsed, !failures.contains(where: { $0.id == change.id }) { names.append(change.id) }
    }
    return names
  }
}
