import DrydockExchange
import DrydockKernel

/// What a crash forgets: calls under way, what was read lately, who is down.
///
/// Nothing in here may be needed to keep a promise; everything can be found out again.
struct Memory: Sendable {
  /// The ways to the partners, in the order in which these are asked.
  var lines = PartnerLines()
  /// When each way's timer is due.
  var looks: [PartnerID: Look] = [:]
  /// The calls under way.
  var calls: [CallID: Call] = [:]
  var token: NetSuiteConnector.Token?
  /// When the token came.
  var tokenSince = VirtualInstant.epoch
  var isTokenUnderWay = false
  /// How many attempts to get one failed in a row.
  var tokenFailures = 0
  /// The last stock that each 3PL reported.
  var stock: [PartnerID: StockReading] = [:]
  /// Readings of stock of which more pages are to come.
  var stockPages: [PartnerID: StockPages] = [:]
  /// Units promised lately, which stock readings may not show yet.
  var promises: [Promise] = []
  /// The last stock that the store showed, by SKU.
  var storeStock: [String: Int] = [:]
  /// Orders that wait for stock to be read before they are planned.
  var waitingForStock: Set<OrderKey> = []
  /// Payloads that were read to know what they are, by their places in the inbox.
  var readPayloads: [Int: Fields] = [:]
  /// Whether stock is to be published when all 3PLs were read.
  var isPublishing = false
  var reconciliation = Reconciliation()
  /// What the present step does.
  var outputs: [IntegrationOutput] = []

  /// When a way is looked at next, and whether anybody depends on it.
  struct Look: Hashable, Sendable {
    let at: VirtualInstant
    let isBackground: Bool
  }

  /// A call under way.
  enum Call: Hashable, Sendable {
    case errand(ErrandNumber)
    case token
  }

  /// What a 3PL has said so far about its stock, and where the next page is.
  struct StockPages: Hashable, Sendable {
    /// When the first page came: the reading is as old as its oldest part.
    let at: VirtualInstant
    var levels: [StockLevel] = []
    var next: String?
  }

  /// Units that were promised to an order.
  struct Promise: Hashable, Sendable {
    let at: VirtualInstant
    let node: String
    let sku: String
    let quantity: Int
  }

  /// How far the present reconciliation is.
  struct Reconciliation: Hashable, Sendable {
    var startedAt: VirtualInstant?
    /// The store's cursor of each page that is still to be read.
    var cursors: [Int: String] = [:]
    /// Stock differences that were found and are being corrected.
    var differences: [NetSuiteConnector.StockDifference] = []
  }
}
