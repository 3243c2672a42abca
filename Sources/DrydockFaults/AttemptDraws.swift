import DrydockExchange
import DrydockKernel

/// The labels of one attempt, hashed once for all its faults.
struct AttemptLabels: Sendable {
  private let partner: KeyedDraws.Label
  private let operation: KeyedDraws.Label
  private let entity: KeyedDraws.Label
  private let number: Int

  init(_ attempt: Attempt) {
    partner = KeyedDraws.Label(attempt.partner.name)
    operation = KeyedDraws.Label(attempt.operation)
    entity = KeyedDraws.Label(attempt.entity)
    number = attempt.number
  }

  func key(_ purpose: KeyedDraws.Label) -> KeyedDraws.Key {
    KeyedDraws.Key(
      partner: partner,
      operation: operation,
      entity: entity,
      attempt: number,
      purpose: purpose
    )
  }

  /// Returns a key that all attempts of the entity share.
  func entityKey(round: Int64, _ purpose: KeyedDraws.Label) -> KeyedDraws.Key {
    KeyedDraws.Key(
      partner: partner,
      operation: .none,
      entity: entity,
      attempt: Int(round),
      purpose: purpose
    )
  }
}

/// The draws of one fault for one attempt.
///
/// Keyed by the fault, the partner, the operation, the entity, the number of the attempt and the
/// purpose; the purposes are listed here, so that no two draws share one.
struct AttemptDraws: Sendable {
  let draws: KeyedDraws
  let labels: AttemptLabels

  /// What draws are for.
  enum Purpose {
    static let odds = KeyedDraws.Label("odds")
    static let travel = KeyedDraws.Label("travel")
    static let delay = KeyedDraws.Label("delay")
    static let tail = KeyedDraws.Label("tail")
    static let tailFactor = KeyedDraws.Label("tail factor")
    static let part = KeyedDraws.Label("part")
    static let place = KeyedDraws.Label("place")
    static let share = KeyedDraws.Label("share")
    static let wobble = KeyedDraws.Label("wobble")
    static func gap(_ ordinal: Int) -> KeyedDraws.Label { KeyedDraws.Label("gap \(ordinal)") }
  }

  func bits(_ purpose: KeyedDraws.Label) -> UInt64 {
    draws.bits(labels.key(purpose))
  }

  func duration(in range: ClosedRange<Duration>, _ purpose: KeyedDraws.Label) -> Duration {
    draws.duration(in: range, labels.key(purpose))
  }
}

/// What a fault knows when it decides: the attempt, the instant, and the opening of its time gate.
struct Moment: Sendable {
  let attempt: Attempt
  let now: VirtualInstant
  let phase: Phase
  /// When the present opening began; for a gate that is always open, its first matching attempt.
  let opened: VirtualInstant
  let draws: AttemptDraws

  /// How long the time gate has been open.
  var elapsed: Duration { now - opened }

  /// Whether the integration sends, and the partner answers.
  var isCall: Bool { attempt.from == .integration }
}

/// What a fault makes of an attempt for which its gates are open.
enum Ruling: Hashable, Sendable {
  /// It happens.
  case fires(Injection)
  /// It could have happened, and does not.
  case passes(String)
  /// It has nothing to do with this attempt.
  case outside
}
