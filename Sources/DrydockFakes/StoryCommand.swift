package import DrydockExchange
package import DrydockKernel

/// A step of a story: what people at a partner do, without the integration.
///
/// Orders are named by the number in the store's order name (1001 is `#1001`), which the plan hands
/// out in the order of placing; returns by their number in the order of asking, from 1. Other
/// partners know an order by the reference that the integration gave them: `OrderReference` finds
/// the number in it.
package enum StoryCommand: Hashable, Sendable {
  // Store
  /// A customer places an order, paid at checkout.
  case placeOrder(PlacedOrder)
  /// The customer or staff asks for an order to be cancelled.
  ///
  /// The store tags the order `cancel-requested`; only the integration's call cancels it.
  case requestCancel(order: Int, reason: String)
  /// The store sends `orders/create` again as a new delivery.
  case resendOrder(order: Int)
  // Returns
  /// A customer asks to send goods back.
  case requestReturn(RequestedReturn)
  /// The customer hands the return parcel to the carrier.
  case shipReturn(return: Int)
  /// The customer withdraws a return.
  case cancelReturn(return: Int)
  // 3PL
  /// Stock at a node changes without an order: count, damage, receipt, theft.
  case adjustStock(sku: String, node: String, by: Int, reason: String)
  /// The warehouse confirms the shipments of an order once more, as a new delivery.
  case confirmAgain(order: Int)
  /// The warehouse reports the receipt of a return once more, as a new delivery.
  case receiveAgain(return: Int)
  // ERP
  /// Somebody blocks or frees a customer's credit.
  case setCreditHold(customer: String, held: Bool)
  /// Somebody approves an order that waits.
  case approveOrder(order: Int)
  /// The next `count` credit memos are refused with a business error.
  case refuseCredits(count: Int)
  // Any
  /// Issues a new access token and withdraws the present one at once.
  case expireToken

  /// An order as a customer places it.
  package struct PlacedOrder: Hashable, Sendable {
    /// The scenario's word for the order; the store keeps it as the order's source identifier.
    package var label: String
    /// The number in the order's name.
    package var number: Int
    package var lines: [Line]
    /// The customer's e-mail address; the ERP knows customers by it.
    package var customer: String
    package var address: Address
    /// The delivery the customer chose: `standard` or `express`.
    package var shipping: String

    package init(
      label: String,
      number: Int,
      lines: [Line],
      customer: String = "alex.morgan@example.com",
      address: Address = .default,
      shipping: String = "standard"
    ) {
      self.label = label
      self.number = number
      self.lines = lines
      self.customer = customer
      self.address = address
      self.shipping = shipping
    }
  }

  /// Units of a SKU.
  package struct Line: Hashable, Sendable {
    package var sku: String
    package var quantity: Int
    /// The unit price at the store when it differs from the master data.
    package var unitPrice: Money?

    package init(sku: String, quantity: Int, unitPrice: Money? = nil) {
      self.sku = sku
      self.quantity = quantity
      self.unitPrice = unitPrice
    }
  }

  /// Where an order goes.
  package struct Address: Hashable, Sendable {
    package var name: String
    package var street: String
    package var city: String
    package var provinceCode: String
    package var zip: String
    package var countryCode: String

    package init(
      name: String,
      street: String,
      city: String,
      provinceCode: String,
      zip: String,
      countryCode: String
    ) {
      self.name = name
      self.street = street
      self.city = city
      self.provinceCode = provinceCode
      self.zip = zip
      self.countryCode = countryCode
    }

    /// A deliverable address.
    package static let `default` = Address(
      name: "Alex Morgan",
      street: "12 Harbor Road",
      city: "Portland",
      provinceCode: "ME",
      zip: "04101",
      countryCode: "US"
    )
  }

  /// A return as a customer asks for it.
  package struct RequestedReturn: Hashable, Sendable {
    /// The scenario's word for the return.
    package var label: String
    /// The return's number.
    package var number: Int
    /// The number of the order.
    package var order: Int
    package var lines: [Line]
    package var reason: String
    /// The SKU the customer wants instead of money, if any.
    package var exchangeFor: String?

    package init(
      label: String,
      number: Int,
      order: Int,
      lines: [Line],
      reason: String,
      exchangeFor: String? = nil
    ) {
      self.label = label
      self.number = number
      self.order = order
      self.lines = lines
      self.reason = reason
      self.exchangeFor = exchangeFor
    }
  }
}

/// What moves or is said between partners without the integration: goods and their papers.
///
/// The world hands each one to the partners of the kind that it names in `receivers`.
package enum WorldEvent: Hashable, Sendable {
  /// Store → returns: an order exists and may be returned later.
  case orderPlaced(StoreOrder)
  /// Store → returns: what was fulfilled can be returned.
  case orderFulfilled(order: EntityKey)
  /// 3PL → carrier: a parcel left the dock.
  case parcelTendered(Parcel)
  /// Returns → carrier: a return label was issued; the parcel is not there yet.
  case returnLabelIssued(Parcel)
  /// Returns → carrier: the customer handed the return parcel over.
  case returnTendered(tracking: String)
  /// Carrier → 3PL, returns and store: a parcel reached its end.
  case parcelEnded(tracking: String, ending: ParcelEnding)
  /// Carrier → returns: the first scan of a return parcel.
  case returnScanned(tracking: String)
  /// Carrier → 3PL: a return parcel, or one that could not be delivered, is at the dock.
  case parcelAtDock(Parcel)
  /// Returns → store: an exchange order is to be created, already paid.
  case exchangeAccepted(order: EntityKey, returnKey: EntityKey, lines: [StoryCommand.Line])

  /// The kinds that this concerns.
  package var receivers: [PartnerKind] {
    switch self {
    case .orderPlaced, .orderFulfilled, .returnScanned: [.returns]
    case .parcelTendered, .returnLabelIssued, .returnTendered: [.carrier]
    case .parcelEnded: [.threePL, .returns, .store]
    case .parcelAtDock: [.threePL]
    case .exchangeAccepted: [.store]
    }
  }

  /// An order as the returns platform copies it from the store.
  package struct StoreOrder: Hashable, Sendable {
    /// The store's key.
    package var key: EntityKey
    /// The number in the store's order name.
    package var number: Int
    package var customer: String
    package var address: StoryCommand.Address
    package var lines: [Line]
    package var currency: CurrencyCode

    package init(
      key: EntityKey,
      number: Int,
      customer: String,
      address: StoryCommand.Address,
      lines: [Line],
      currency: CurrencyCode
    ) {
      self.key = key
      self.number = number
      self.customer = customer
      self.address = address
      self.lines = lines
      self.currency = currency
    }

    /// A line with what the customer paid.
    package struct Line: Hashable, Sendable {
      /// The store's line item identifier.
      package var lineItem: Int64
      package var sku: String
      package var quantity: Int
      package var unitPrice: Money
      /// The tax on the whole line.
      package var tax: Money

      package init(lineItem: Int64, sku: String, quantity: Int, unitPrice: Money, tax: Money) {
        self.lineItem = lineItem
        self.sku = sku
        self.quantity = quantity
        self.unitPrice = unitPrice
        self.tax = tax
      }
    }
  }

  /// A parcel and its papers.
  package struct Parcel: Hashable, Sendable {
    package var tracking: String
    /// The carrier's name as labels show it: `USPS`, `UPS`, `FedEx`.
    package var carrier: String
    /// The order reference that the sender gave.
    package var reference: String
    package var isReturn: Bool
    package var lines: [StoryCommand.Line]
    package var to: StoryCommand.Address

    package init(
      tracking: String,
      carrier: String,
      reference: String,
      isReturn: Bool,
      lines: [StoryCommand.Line],
      to: StoryCommand.Address
    ) {
      self.tracking = tracking
      self.carrier = carrier
      self.reference = reference
      self.isReturn = isReturn
      self.lines = lines
      self.to = to
    }
  }

  /// How a parcel ends.
  package enum ParcelEnding: String, Hashable, Sendable {
    case delivered
    case returnedToSender = "returned-to-sender"
    case lost
  }
}
