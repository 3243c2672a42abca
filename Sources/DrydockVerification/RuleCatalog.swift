/// Every rule there is, in the order in which they are judged and listed.
public enum RuleCatalog {
  /// The rules over orders.
  public static let all: [any Rule] = [
    // Once
    ERPOrderOnce(),
    ExchangeOrderedOnce(),
    FulfilmentPostedOnce(),
    OrderReleasedOnce(),
    OrderShippedOnce(),
    ParcelTrackedOnce(),
    ReceiptPostedOnce(),
    RefundCreditedOnce(),
    ReturnAnnouncedOnce(),
    ReturnAuthorisedOnce(),
    ReturnRefundedOnce(),
    ShipmentInvoicedOnce(),
    ShipmentNotifiedOnce(),
    StockAdjustedOnce(),
    // Money
    BooksBalance(),
    CapturedWithinTotal(),
    CreditEqualsRefund(),
    CurrencyConstant(),
    ERPTotalAgrees(),
    ExchangeNotRefunded(),
    InvoiceMatchesOrder(),
    NoNegativeMoney(),
    RefundHasCause(),
    RefundWithinPayment(),
    RefundWithinReturn(),
    // Stock
    ERPStockAgrees(),
    NoOversell(),
    PublishedWithinPhysical(),
    RestockWithinReceived(),
    SafetyStockKept(),
    StockAddsUp(),
    StockConserved(),
    StoreStockAgrees(),
    // Order
    AcceptedBeforeReleased(),
    CreditAfterRefund(),
    ExchangeAfterReceipt(),
    FulfilledAfterShipped(),
    InvoicedAfterShipped(),
    NoShipmentAfterCancel(),
    NoWriteAfterCancel(),
    NotifiedAfterShipped(),
    ReceiptAfterReturn(),
    ReceivedBeforeRefunded(),
    ReleasedBeforeShipped(),
    ShippedBeforeDelivered(),
    // End
    FactsLearned(),
    NoOrderLost(),
    NothingPending(),
    OrderReachedERP(),
    ParcelsSettled(),
    PartnersAgreeOnOrders(),
    RefundCredited(),
    RefundOwedPaid(),
    RefusalHandled(),
    ReturnSettled(),
    ShipmentFulfilled(),
    ShipmentInvoiced(),
    ShipmentTold(),
    TroubleHandled(),
    // Manners
    BackoffGrew(),
    BadSignatureRefused(),
    ConcurrencyCapKept(),
    DuplicateAcknowledged(),
    IdempotencyKeyReused(),
    LimitNotHammered(),
    NoRetryOfRefusal(),
    RetriesBounded(),
    RetryAfterObeyed(),
    TokenRefreshed(),
    UnknownOutcomeLookedUp(),
    WebhookAcknowledgedInTime(),
    WriteAcceptedOnce(),
    // Time
    AcknowledgedInTime(),
    ConfirmedInTime(),
    InvoicedInTime(),
    RefundedInTime(),
    ReleasedInTime(),
    StockFresh(),
    // Trace
    CallsConcluded(),
    CorrelationCarried(),
    ExceptionHasOwner(),
    FactsExplained(),
  ]

  /// The rules that the reading of messages judges itself, by contract.
  public static let contractRules: [RuleDescription] = [
    RuleDescription(
      id: "contract-violation",
      family: .contract,
      summary: "every payload satisfies the schema of its contract",
      reason: "a reader that trusts a broken payload books the wrong thing, or nothing",
      example: "order-shipped arrives with a quantity of 0",
      remedy: "mend the writer, or raise the contract's version when the change is meant"
    ),
    RuleDescription(
      id: "contract-undeclared-member",
      family: .contract,
      summary: "payloads have only members that their contract declares, where it says so",
      reason: "a member that nobody declared is a change that nobody announced",
      example: "a refund gains 'settlement_id' and the contract knows none",
      remedy: "declare the member in a new minor version of the contract"
    ),
    RuleDescription(
      id: "contract-unreadable",
      family: .contract,
      summary: "every payload is well-formed in the format of its contract",
      reason: "a cut or garbled payload must be refused and asked for again, never guessed",
      example: "a webhook's body ends in the middle of a string",
      remedy: "answer the sender with an error so that it delivers again"
    ),
    RuleDescription(
      id: "contract-deprecated",
      family: .contract,
      summary: "no message uses a version of a contract that is deprecated",
      reason: "a deprecated version has an end, and moving takes longer than waiting",
      example: "webhooks still come in the version that the platform ends in October",
      remedy: "move to the next version while both are served"
    ),
    RuleDescription(
      id: "contract-retired",
      family: .contract,
      summary: "no message uses a version of a contract that is retired",
      reason: "partners answer retired versions with something else, or not at all",
      example: "calls name a version whose sunset has passed",
      remedy: "move to the next version before the sunset date"
    ),
  ]
}

extension RuleCatalog {
  /// What every rule is called and means, contract rules first.
  public static let descriptions: [RuleDescription] = contractRules + all.map(\.description)

  /// The ids of all rules.
  public static let ids: [String] = descriptions.map(\.id)
}
