package import DrydockKernel

extension ThreePLBooks {
  /// An order as the 3PL was given it.
  package struct Order: Hashable, Sendable {
    package var id: Int64
    package var created: VirtualInstant
    package var details: NewOrder
    /// The positions of its shipments.
    package var shipments: [Int]
    /// Whether all of it was cancelled on request.
    package var isCancelled = false
  }

  /// What an order asks for.
  package struct NewOrder: Hashable, Sendable {
    package var reference: String
    package var number: String?
    /// The node that has to ship it, where the order says so.
    package var node: Int?
    package var lines: [Line]
    package var recipient: Recipient
    package var shippingMethod: String
    package var type: String
    package var giftMessage: String?
    package var purchased: String?
    /// The total as the order writes it.
    package var totalPrice: String?
    package var tags: [Tag]

    package init(
      reference: String,
      number: String? = nil,
      node: Int? = nil,
      lines: [Line],
      recipient: Recipient,
      shippingMethod: String = "Standard",
      type: String = "DTC",
      giftMessage: String? = nil,
      purchased: String? = nil,
      totalPrice: String? = nil,
      tags: [Tag] = []
    ) {
      self.reference = reference
      self.number = number
      self.node = node
      self.lines = lines
      self.recipient = recipient
      self.shippingMethod = shippingMethod
      self.type = type
      self.giftMessage = giftMessage
      self.purchased = purchased
      self.totalPrice = totalPrice
      self.tags = tags
    }
  }

  /// Units of a product, as ordered.
  package struct Line: Hashable, Sendable {
    package var product: Int
    package var quantity: Int
    package var externalLine: Int64?
    /// The price as the order writes it.
    package var unitPrice: String?

    package init(
      product: Int,
      quantity: Int,
      externalLine: Int64? = nil,
      unitPrice: String? = nil
    ) {
      self.product = product
      self.quantity = quantity
      self.externalLine = externalLine
      self.unitPrice = unitPrice
    }
  }

  /// A name and a value that an order carries.
  package struct Tag: Hashable, Sendable {
    package var name: String
    package var value: String

    package init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// Who gets an order, and where.
  package struct Recipient: Hashable, Sendable {
    package var name: String
    package var email: String?
    package var phone: String?
    package var company: String?
    package var address1: String
    package var address2: String?
    package var city: String
    package var state: String?
    package var zip: String?
    package var country: String

    package init(
      name: String,
      email: String? = nil,
      phone: String? = nil,
      company: String? = nil,
      address1: String,
      address2: String? = nil,
      city: String,
      state: String? = nil,
      zip: String? = nil,
      country: String
    ) {
      self.name = name
      self.email = email
      self.phone = phone
      self.company = company
      self.address1 = address1
      self.address2 = address2
      self.city = city
      self.state = state
      self.zip = zip
      self.country = country
    }
  }

  /// What an order is, seen from its shipments.
  package enum OrderStatus: Hashable, Sendable {
    case processing
    case exception
    case partiallyFulfilled
    case fulfilled
    case cancelled
  }

  /// Returns what an order is, seen from its shipments.
  package func status(ofOrder position: Int) -> OrderStatus {
    var open = 0
    var done = 0
    var hasException = false
    for shipment in orders[position].shipments {
      switch shipments[shipment].state {
      case .cancelled: break
      case .labelled, .tendered, .ended: done += 1
      case .waiting(let isException):
        open += 1
        hasException = hasException || isException
      case .processing, .onHold, .picked: open += 1
      }
    }
    if open == 0 { return done == 0 ? .cancelled : .fulfilled }
    if hasException { return .exception }
    return done == 0 ? .processing : .partiallyFulfilled
  }
}
