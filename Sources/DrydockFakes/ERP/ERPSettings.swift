package import DrydockKernel

/// What an ERP's books start with and how it behaves.
///
///     var settings = ERPSettings()
///     settings.stock = [.init(sku: "SKU-1", node: "east", onHand: 10)]
///     settings.approvesAutomatically = false
package struct ERPSettings: Hashable, Sendable {
  /// The shape in which the platform answers; both live behind one version in the path.
  package enum Generation: String, CaseIterable, Hashable, Sendable {
    /// Bare texts for enumerations, `T` and `F` for flags, several names in lower case.
    case y2020
    /// Enumerations as `{id, refName}`, booleans, names in camel case.
    case y2023
  }

  /// A customer known at the start.
  package struct Customer: Hashable, Sendable {
    /// The e-mail address, which also is the customer's foreign key.
    package var email: String
    /// The most the customer may owe; nothing for no limit.
    package var creditLimit: Money?
    /// Whether the customer's credit is blocked.
    package var isHeld: Bool

    package init(email: String, creditLimit: Money? = nil, isHeld: Bool = false) {
      self.email = email
      self.creditLimit = creditLimit
      self.isHeld = isHeld
    }
  }

  /// Units of a SKU at a node.
  package struct Stock: Hashable, Sendable {
    package var sku: String
    package var node: String
    package var onHand: Int

    package init(sku: String, node: String, onHand: Int) {
      self.sku = sku
      self.node = node
      self.onHand = onHand
    }
  }

  // MARK: Access

  /// The host that the account answers on.
  package var host = "1234567.suitetalk.api.netsuite.com"
  /// The client assertion that buys an access token.
  package var credential = "erp-client-assertion"
  /// How long an access token lives.
  package var tokenLifetime: Duration = .seconds(3600)
  /// Calls that may be under way at the same time.
  package var concurrencyMax = 5
  /// The bounds of the time a call takes when nothing is wrong.
  package var latency: ClosedRange<Duration> = .milliseconds(400) ... .milliseconds(2500)
  /// The shape of answers.
  package var generation: Generation = .y2023

  // MARK: Books at the start

  /// Customers with a credit limit or a hold.
  package var customers: [Customer] = []
  /// Stock at the start; what is not named starts at zero.
  package var stock: [Stock] = []
  /// The internal identifier of the first transaction; one sequence serves all types.
  package var firstInternalID: Int64 = 4711

  // MARK: Behaviour

  /// Whether an order for an unknown e-mail address creates the customer.
  package var createsCustomers = true
  /// Whether an order whose rate differs from the price list is refused.
  package var checksPrices = false
  /// Whether an address without a postal code is refused.
  package var requiresPostalCode = true
  /// Countries, as two letters, that a workflow refuses to deliver to.
  package var refusesCountries: [String] = []
  /// Whether a new order is approved at once; otherwise it waits for approval.
  package var approvesAutomatically = true
  /// The distance between line numbers: 1 gives 1, 2, 3; 3 gives 1, 4, 7.
  package var lineNumberStep = 1
  /// Whether a fulfilment that takes more than is there is refused.
  package var refusesOverissue = false
  /// Whether units can be billed before they are fulfilled.
  package var billsInAdvance = false
  /// Whether a return can be credited before its goods are received.
  package var creditsBeforeReceipt = true
  /// Dates before this one lie in a closed accounting period, if there is one.
  package var closedBefore: CivilDate?

  package init() {}
}

/// Bounds of what one record may hold, so that no sum of money can overflow.
package enum ERPLimits {
  /// Lines of one record.
  package static let linesMax = 500
  /// Units of one line.
  package static let quantityMax = 1_000_000
  /// Minor units of a rate or an amount given in a body.
  package static let amountMax: Int64 = 1_000_000_000_00
  /// Minor units of a rate: with the largest quantity and tax it stays within 64 bits.
  package static let rateMax: Int64 = 10_000_000_00
  /// Bytes of a request body, as the platform limits it.
  package static let bodyBytesMax = 104_857_600
}
