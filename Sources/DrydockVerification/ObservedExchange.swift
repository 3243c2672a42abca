public import DrydockExchange
public import DrydockKernel

/// One exchange as the trace shows it, with what its contracts say.
///
/// Immutable, and shared by reference: every rule looks at every exchange.
public final class ObservedExchange: Sendable {
  /// The exchange itself.
  public let exchange: Exchange
  /// When the request reached the receiver.
  public let arrivedAt: VirtualInstant?
  /// When the sender learned how it ended.
  public let concludedAt: VirtualInstant?
  /// The contract of the request, if one recognises it.
  public let requestContract: String?
  /// The contract of the response, if one recognises it.
  public let responseContract: String?
  /// Effects of faults on it that fired.
  public let faults: [FaultEffect]
  /// The position of the order it is about, if known.
  public let order: Int?
  /// The identifier of the webhook delivery, if its contract says where that is.
  public let delivery: String?
  /// Whether its contract promises a signature and the message carries none.
  public let isUnsigned: Bool
  /// Whether this exchange is an injected copy of another.
  public let isInjectedCopy: Bool
  /// Whether the integration made the call.
  public let isCall: Bool
  /// Whether the call only looks something up, also where the platform wants that posted.
  let isLookup: Bool
  /// Whether the integration asked for a change, and not only for a look.
  let isWrite: Bool
  /// Whether the call asks for a credential and changes nothing.
  let isTokenRequest: Bool

  /// An exchange while its trace is being read.
  struct Draft {
    var exchange: Exchange
    var arrivedAt: VirtualInstant?
    var concludedAt: VirtualInstant?
    var requestContract: String?
    var responseContract: String?
    var faults: [FaultEffect] = []
    var order: Int?
    var delivery: String?
    var isUnsigned = false

    init(_ exchange: Exchange) {
      self.exchange = exchange
    }

    /// Whether the integration made the call.
    var isCall: Bool { exchange.attempt.from == .integration }
  }

  init(_ draft: Draft) {
    exchange = draft.exchange
    arrivedAt = draft.arrivedAt
    concludedAt = draft.concludedAt
    requestContract = draft.requestContract
    responseContract = draft.responseContract
    faults = draft.faults
    order = draft.order
    delivery = draft.delivery
    isUnsigned = draft.isUnsigned
    isInjectedCopy = draft.faults.contains { $0.fault == "duplicate" }
    isCall = draft.isCall
    let request = draft.exchange.request
    let path = request.path
    switch request.method {
    case "GET", "HEAD": (isLookup, isWrite) = (true, false)
    case "OPTIONS": (isLookup, isWrite) = (false, false)
    case "POST":
      isLookup =
        path.hasSuffix("/suiteql") || path.hasSuffix("/search") || path.hasSuffix("/query")
      isWrite = draft.isCall && !isLookup
    default: (isLookup, isWrite) = (false, draft.isCall)
    }
    isTokenRequest = path.hasSuffix("/token") || draft.exchange.attempt.operation == "token"
  }
}
