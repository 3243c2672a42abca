package import DrydockExchange
package import DrydockKernel

extension StoreBooks {
  /// An order, paid when it was placed.
  package struct Order: Hashable, Sendable {
    /// The number in the order's name.
    package let number: Int
    /// The scenario's word for it.
    package let label: String
    /// Where it comes from.
    package let origin: Origin
    /// When it was placed and paid.
    package let placedAt: VirtualInstant
    /// The customer's e-mail address.
    package let customer: String
    /// The customer's number, from 1 in the order of first purchase.
    package let customerNumber: Int
    package let address: StoryCommand.Address
    /// The delivery that was chosen.
    package let shipping: String
    package let shippingPrice: Money
    /// Bits that the tokens of its checkout are made of.
    package let tokens: Tokens
    package internal(set) var lines: [Line]
    package internal(set) var state = State.open
    package internal(set) var updatedAt: VirtualInstant
    package internal(set) var note: String?
    package internal(set) var tags: [String] = []
    package internal(set) var attributes: [Attribute] = []
    package internal(set) var fulfilments: [Fulfilment] = []
    package internal(set) var refunds: [Refund] = []
    /// How many movements of money there were; the first is the payment.
    package internal(set) var transactions = 1
    /// How many refund lines and adjustments there were.
    package internal(set) var refundParts = 0
    /// How many fulfilment events there were.
    package internal(set) var events = 0
    /// How many webhooks were sent about it.
    package internal(set) var webhooks = 0

    /// The sum of the lines, without tax.
    package let subtotal: Money
    /// The tax on the lines.
    package let tax: Money
    /// What was paid.
    package var total: Money { subtotal + tax + shippingPrice }

    /// What was paid back.
    package internal(set) var refunded: Money
    /// What of the price of shipping was paid back.
    package internal(set) var shippingRefunded: Money

    /// Whether any unit was fulfilled.
    package var hasFulfilled: Bool { lines.contains { $0.fulfilled > 0 } }
    /// Whether any unit waits to be fulfilled.
    package var hasFulfillable: Bool { lines.contains { $0.fulfillable > 0 } }
  }

  /// Where an order stands, besides what is fulfilled of it.
  package enum State: Hashable, Sendable {
    case open
    case cancelled(at: VirtualInstant, reason: CancelReason)
    case archived(at: VirtualInstant)
  }

  /// Where an order comes from.
  package enum Origin: Hashable, Sendable {
    /// A checkout, paid by card.
    case checkout
    /// A return whose value pays for it.
    case exchange(returnKey: EntityKey, originalNumber: Int)
  }

  /// Why an order was cancelled.
  package enum CancelReason: String, CaseIterable, Hashable, Sendable {
    case customer, declined, fraud, inventory, staff, other
  }

  /// Bits that an order's tokens are made of.
  package struct Tokens: Hashable, Sendable {
    package var high: UInt64
    package var low: UInt64

    package init(high: UInt64, low: UInt64) {
      self.high = high
      self.low = low
    }
  }

  /// A name and a value that people see with an order.
  package struct Attribute: Hashable, Sendable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// A line of an order.
  ///
  ///     quantity = fulfilled + withdrawn + fulfillable
  package struct Line: Hashable, Sendable {
    /// The product's position in the catalogue, from 0.
    package let product: Int
    package let sku: String
    package let quantity: Int
    package let unitPrice: Money
    /// The tax on the whole line.
    package let tax: Money
    /// Units that shipped.
    package internal(set) var fulfilled = 0
    /// Units withdrawn before they shipped.
    package internal(set) var withdrawn = 0
    /// Units whose price was paid back.
    package internal(set) var refunded = 0
    /// Units that came back and were put on sale again.
    package internal(set) var returned = 0

    /// Units that wait to ship.
    package var fulfillable: Int { quantity - fulfilled - withdrawn }
    /// The price of the whole line.
    package var amount: Money { unitPrice * quantity }
  }

  /// A parcel, or part of an order without one, that left.
  package struct Fulfilment: Hashable, Sendable {
    /// Its position in the order, from 1.
    package let ordinal: Int
    package let createdAt: VirtualInstant
    package internal(set) var updatedAt: VirtualInstant
    package let lines: [LineUnits]
    package let tracking: Tracking?
    /// What the customer is told about the parcel.
    package internal(set) var shipmentStatus: ShipmentStatus?
  }

  /// Units of a line.
  package struct LineUnits: Hashable, Sendable {
    /// The line's position in the order, from 0.
    package var line: Int
    package var quantity: Int

    package init(line: Int, quantity: Int) {
      self.line = line
      self.quantity = quantity
    }
  }

  /// How a customer follows a parcel.
  package struct Tracking: Hashable, Sendable {
    package var number: String
    package var company: String?
    package var url: String?

    package init(number: String, company: String? = nil, url: String? = nil) {
      self.number = number
      self.company = company
      self.url = url
    }
  }

  /// What a customer is told about a parcel.
  package enum ShipmentStatus: String, CaseIterable, Hashable, Sendable {
    case labelPrinted = "label_printed"
    case labelPurchased = "label_purchased"
    case attemptedDelivery = "attempted_delivery"
    case readyForPickup = "ready_for_pickup"
    case carrierPickedUp = "carrier_picked_up"
    case confirmed
    case inTransit = "in_transit"
    case outForDelivery = "out_for_delivery"
    case delivered
    case failure
  }
}
