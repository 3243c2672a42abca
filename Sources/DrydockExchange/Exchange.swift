public import DrydockKernel

/// The number of an exchange within one trace, from 1.
public struct ExchangeID: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The number.
  public let number: Int

  /// Creates an identifier.
  public init(_ number: Int) {
    self.number = number
  }

  /// The number as text.
  public var description: String { String(number) }

  /// Orders by number.
  public static func < (left: ExchangeID, right: ExchangeID) -> Bool {
    left.number < right.number
  }
}

/// One try of a delivery: who sends what to whom, for which entity, and the how-manyth try it is.
///
/// Faults decide by an attempt alone, so that removing one fault moves no other.
public struct Attempt: Hashable, Sendable {
  /// The exchange that this try makes.
  public var exchange: ExchangeID
  /// The sender.
  public var from: PartnerID
  /// The receiver.
  public var to: PartnerID
  /// The kind of the side that is not the integration.
  public var kind: PartnerKind
  /// How it travels.
  public var channel: Channel
  /// What is asked, in the dialect's words: `sales-order-upsert`, `order-shipped`.
  public var operation: String
  /// What it is about, as the dialect reads it from the message; empty when it does not say.
  public var entity: String
  /// 1 for the first try of this operation on this entity, 2 for the next.
  public var number: Int

  /// Creates an attempt.
  public init(
    exchange: ExchangeID,
    from: PartnerID,
    to: PartnerID,
    kind: PartnerKind,
    channel: Channel,
    operation: String,
    entity: String,
    number: Int
  ) {
    self.exchange = exchange
    self.from = from
    self.to = to
    self.kind = kind
    self.channel = channel
    self.operation = operation
    self.entity = entity
    self.number = number
  }

  /// The partner on one side of it; the integration is on the other.
  public var partner: PartnerID { from == .integration ? to : from }
}

/// What the sender knows about an attempt when it is over.
public enum Outcome: String, Hashable, Sendable {
  /// The receiver answered that it took it.
  case accepted
  /// It did not happen: refused by an answer, or by a connection that never came up.
  case refused
  /// It may have happened: the request or the answer was lost, or the answer says nothing.
  case unknown
}

/// How a call ended for the side that made it.
public enum CallResult: Hashable, Sendable {
  /// An answer came in time.
  case response(Response)
  /// The connection was refused: it did not happen.
  case connectionRefused
  /// No answer in time: it may have happened.
  case timedOut
  /// The connection broke: it may have happened.
  case connectionReset

  /// What the caller may conclude, as HTTP semantics allow.
  ///
  /// An answer of 408, 500, 502 or 504 says nothing about the effect of a request.
  /// - Source: RFC 9110 sections 15.5.9 and 15.6.
  public var outcome: Outcome {
    switch self {
    case .connectionRefused: .refused
    case .timedOut, .connectionReset: .unknown
    case .response(let response):
      switch response.status {
      case 200..<300: .accepted
      case 408, 500, 502, 504: .unknown
      default: .refused
      }
    }
  }
}

/// A request message and, where there was one, its response.
public struct Exchange: Hashable, Sendable {
  /// The attempt that made it.
  public var attempt: Attempt
  /// The request.
  public var request: Request
  /// When the request left the sender.
  public var sentAt: VirtualInstant
  /// Whether the request reached the receiver, as far as the trace knows.
  public var arrived: Bool
  /// The receiver's answer, also where it never reached the sender.
  public var response: Response?
  /// When the answer was given.
  public var answeredAt: VirtualInstant?
  /// How it ended for the sender; nothing while it is under way.
  public var result: CallResult?

  /// Creates an exchange that has just been sent.
  public init(attempt: Attempt, request: Request, sentAt: VirtualInstant) {
    self.attempt = attempt
    self.request = request
    self.sentAt = sentAt
    arrived = false
  }

  /// What the sender may conclude.
  public var outcome: Outcome { result?.outcome ?? .unknown }
}
