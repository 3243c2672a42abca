import DrydockExchange
package import DrydockKernel

extension ReturnsBooks {
  /// What a customer sends back, one entry a unit.
  package struct Return: Hashable, Sendable {
    /// The return's number, from 1.
    package let number: Int
    /// The scenario's word for it.
    package let label: String
    /// The position of its order, from 0.
    package let order: Int
    package let reason: String
    /// What the customer wants instead of money, if anything.
    package let exchangeSKU: String?
    package let createdAt: VirtualInstant
    /// What is kept back of the refund.
    package let fee: Money
    package internal(set) var units: [Unit]
    package internal(set) var state: State
    package internal(set) var parcel = Parcel.labelPending(handedOver: false)
    package internal(set) var updatedAt: VirtualInstant
    /// When the label last changed.
    package internal(set) var labelUpdatedAt: VirtualInstant
    package internal(set) var notes: [String] = []
    /// How many webhooks were sent about it.
    package internal(set) var webhooks = 0

    /// The price of the units, without tax.
    package var productTotal: Money { sum { $0.price } }
    /// The tax on the units.
    package var taxTotal: Money { sum { $0.tax } }
    /// What the units are worth.
    package var total: Money { productTotal + taxTotal }
    /// What the shop pays out.
    package var payout: Money {
      let zero = Money.zero(fee.currency)
      return exchangeSKU == nil ? max(zero, total - fee) : zero
    }

    private func sum(_ amount: (Unit) -> Money) -> Money {
      units.reduce(Money.zero(fee.currency)) { $0 + amount($1) }
    }

    /// The tracking number, once there is a label.
    package var tracking: String? {
      switch parcel {
      case .labelPending: nil
      case .labelled(let tracking, _): tracking
      }
    }
  }

  /// Where a return stands.
  package enum State: Hashable, Sendable {
    /// It waits for the goods, or for somebody to say that they came.
    case open
    /// It is being settled.
    case processing
    /// A person has to look at it.
    case review
    case closed(at: VirtualInstant)
    case cancelled(at: VirtualInstant)
    case expired(at: VirtualInstant)

    /// Whether nothing more can happen to it.
    package var isFinal: Bool {
      switch self {
      case .open, .processing, .review: false
      case .closed, .cancelled, .expired: true
      }
    }
  }

  /// Where a return's parcel is.
  package enum Parcel: Hashable, Sendable {
    /// The label is being made; the customer may wait for it at the counter.
    case labelPending(handedOver: Bool)
    case labelled(tracking: String, LabelStatus)
  }

  /// What the carrier says about a label.
  package enum LabelStatus: String, CaseIterable, Hashable, Sendable {
    case new
    case preTransit = "pre_transit"
    case inTransit = "in_transit"
    case outForDelivery = "out_for_delivery"
    case delivered
    case failure
  }

  /// One unit that comes back.
  package struct Unit: Hashable, Sendable {
    /// Its position in the return, from 1.
    package let ordinal: Int
    /// The position of its line in the order, from 0.
    package let line: Int
    package let sku: String
    package let price: Money
    package let tax: Money
    /// What the customer gets back for it.
    package let refund: Money
    package internal(set) var grade: Grade?
  }

  /// What an inspection found.
  package struct Grade: Hashable, Sendable {
    package var condition: Condition
    package var at: VirtualInstant

    package init(condition: Condition, at: VirtualInstant) {
      self.condition = condition
      self.at = at
    }
  }

  /// The conditions that an inspection tells apart.
  package enum Condition: String, CaseIterable, Hashable, Sendable {
    case gradeA = "grade_a"
    case gradeB = "grade_b"
    case gradeC = "grade_c"
    case gradeD = "grade_d"
    case incorrectItem = "incorrect_item"
    case missing
    case junk
  }

  /// An order as the store told it.
  package struct Order: Hashable, Sendable {
    package let copy: WorldEvent.StoreOrder
    /// Whether anything of it was fulfilled.
    package internal(set) var isFulfilled = false
    /// Units of each line that are on a return.
    package internal(set) var claimed: [Int]
  }
}
