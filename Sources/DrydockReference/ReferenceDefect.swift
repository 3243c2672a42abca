/// A named fault of the reference integration, switched on to prove that it is caught.
public enum ReferenceDefect: String, CaseIterable, Hashable, Sendable {
  case noIdempotencyKey = "no-idempotency-key"
  case timeoutIsFailure = "timeout-is-failure"
  case noBackoff = "no-backoff"
  case ignoresRetryAfter = "ignores-retry-after"
  case ignoresLimits = "ignores-limits"
  case noDuplicateSuppression = "no-duplicate-suppression"
  case lastEventWins = "last-event-wins"
  case refundOnEveryReceipt = "refund-on-every-receipt"
  case refundsExchanges = "refunds-exchanges"
  case refundsMissingGoods = "refunds-missing-goods"
  case refundsShipping = "refunds-shipping"
  case skipsCredit = "skips-credit"
  case publishesPhysicalStock = "publishes-physical-stock"
  case ignoresSafetyStock = "ignores-safety-stock"
  case dropsWhileDown = "drops-while-down"
  case noDeadLetters = "no-dead-letters"
  case noReconciliation = "no-reconciliation"
  case swallowsUnknownStatus = "swallows-unknown-status"
  case trustsUnsignedWebhooks = "trusts-unsigned-webhooks"
  case invoicesBeforeShipment = "invoices-before-shipment"
  case releasesBeforeAcceptance = "releases-before-acceptance"
  case splitsWithoutTotals = "splits-without-totals"
  case losesCorrelation = "loses-correlation"
  case forgetsOnRestart = "forgets-on-restart"
  case floatingPointMoney = "floating-point-money"
  case localTimeAsUTC = "local-time-as-utc"
  case noTokenRefresh = "no-token-refresh"
  case retriesRefusals = "retries-refusals"
  case ignoresCancel = "ignores-cancel"
  case exceptionsWithoutOwner = "exceptions-without-owner"
  case readsOneVersion = "reads-one-version"

  /// What the integration does wrong, in one line.
  public var summary: String {
    switch self {
    case .noIdempotencyKey: "creates ERP records without an identifier of its own"
    case .timeoutIsFailure: "takes a time-out for 'did not happen' and repeats the write"
    case .noBackoff: "tries again after five seconds, every time"
    case .ignoresRetryAfter: "does not wait as long as a partner asks"
    case .ignoresLimits: "calls as often and as much at a time as it likes"
    case .noDuplicateSuppression: "processes every delivery as if it were the first"
    case .lastEventWins: "believes the last message to arrive, not the last thing to happen"
    case .refundOnEveryReceipt: "refunds each time the 3PL reports a receipt"
    case .refundsExchanges: "pays money back although other goods are sent"
    case .refundsMissingGoods: "refunds what was asked for, not what came back"
    case .refundsShipping: "pays the price of shipping back with the first return"
    case .skipsCredit: "posts no credit memo for a refund"
    case .publishesPhysicalStock: "shows what is on the shelf as available to sell"
    case .ignoresSafetyStock: "sells the units that policy keeps back"
    case .dropsWhileDown: "forgets what it wanted from a partner that is down"
    case .noDeadLetters: "drops what it gave up"
    case .noReconciliation: "never compares the partners' books"
    case .swallowsUnknownStatus: "ignores troubles and words it does not expect"
    case .trustsUnsignedWebhooks: "believes webhooks whoever sent them"
    case .invoicesBeforeShipment: "bills an order when it is accepted, not when it ships"
    case .releasesBeforeAcceptance: "releases to the 3PL before the ERP took the order"
    case .splitsWithoutTotals: "posts the whole order with every part of a split one"
    case .losesCorrelation: "sends no correlation identifier"
    case .forgetsOnRestart: "keeps nothing over a restart"
    case .floatingPointMoney: "computes money with binary fractions"
    case .localTimeAsUTC: "takes local time for UTC, and UTC for local time"
    case .noTokenRefresh: "never asks for a second access token"
    case .retriesRefusals: "repeats what a partner has refused for good"
    case .ignoresCancel: "does not act on a wish to cancel"
    case .exceptionsWithoutOwner: "queues exceptions that nobody has to act on"
    case .readsOneVersion: "reads a list of orders only in the form it once had"
    }
  }

  /// Rules that have caught it in the project's scenarios; `scenario-expectation` stands for what a
  /// scenario says itself.
  public var expectedRules: [String] {
    switch self {
    case .noIdempotencyKey: ["order-reached-erp", "shipment-fulfilled", "shipment-invoiced"]
    case .timeoutIsFailure: ["unknown-outcome-looked-up", "no-retry-of-refusal"]
    case .noBackoff: ["backoff-grew", "retries-bounded"]
    case .ignoresRetryAfter: ["limit-not-hammered", "concurrency-cap-kept"]
    case .ignoresLimits: ["limit-not-hammered"]
    case .noDuplicateSuppression: ["write-accepted-once", "no-retry-of-refusal"]
    case .lastEventWins: ["write-accepted-once"]
    case .refundOnEveryReceipt: ["return-refunded-once", "books-balance"]
    case .refundsExchanges: ["exchange-not-refunded", "refund-within-return"]
    case .refundsMissingGoods: ["scenario-expectation"]
    case .refundsShipping: ["credit-equals-refund", "refund-within-return"]
    case .skipsCredit: ["refund-credited", "books-balance"]
    case .publishesPhysicalStock, .ignoresSafetyStock: ["scenario-expectation"]
    case .dropsWhileDown: ["no-order-lost", "partners-agree-on-orders"]
    case .noDeadLetters: ["partners-agree-on-orders"]
    case .noReconciliation: ["no-order-lost", "facts-learned", "erp-stock-agrees"]
    case .swallowsUnknownStatus: ["trouble-handled", "no-order-lost"]
    case .trustsUnsignedWebhooks: ["bad-signature-refused"]
    case .invoicesBeforeShipment, .splitsWithoutTotals, .ignoresCancel: ["scenario-expectation"]
    case .releasesBeforeAcceptance: ["accepted-before-released"]
    case .losesCorrelation: ["correlation-carried"]
    case .forgetsOnRestart: ["no-order-lost", "shipment-told"]
    case .floatingPointMoney: ["credit-equals-refund", "books-balance"]
    case .localTimeAsUTC: ["facts-learned"]
    case .noTokenRefresh: ["nothing-pending", "token-refreshed"]
    case .retriesRefusals: ["no-retry-of-refusal", "retries-bounded"]
    case .exceptionsWithoutOwner: ["exception-has-owner"]
    case .readsOneVersion: ["nothing-pending", "confirmed-in-time"]
    }
  }
}
