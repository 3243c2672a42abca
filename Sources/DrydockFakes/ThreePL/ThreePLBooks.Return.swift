import DrydockExchange
package import DrydockKernel

extension ThreePLBooks {
  /// Goods that are to come back, or came back by themselves.
  package struct Return: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
      /// Announced by the merchant.
      case regular
      /// A parcel that could not be delivered; nobody announces it.
      case returnToSender
    }

    package var id: Int64
    package var kind: Kind
    package var reference: String
    package var node: Int
    package var lines: [ReturnLine]
    package var tracking: String?
    /// The position of the shipment it comes from, where the 3PL knows it.
    package var shipment: Int?
    package var state: ReturnState
    package var created: VirtualInstant
    package var arrived: VirtualInstant?
    package var processing: VirtualInstant?
    package var completed: VirtualInstant?
    package var cancelled: VirtualInstant?
    /// The parcel, where it was there before the record.
    var parcelAtDock: WorldEvent.Parcel?
    /// What the parcel really holds.
    var contents: [Contents] = []
  }

  /// Units of a product in a parcel.
  struct Contents: Hashable, Sendable {
    var product: Int
    var quantity: Int
  }

  /// Units of a product that are to come back, and what became of them.
  package struct ReturnLine: Hashable, Sendable {
    package var product: Int
    package var quantity: Int
    /// What the merchant asked for; the product's default if nothing.
    package var requested: ThreePLSettings.Disposition?
    package var taken: [Taken] = []

    package init(
      product: Int,
      quantity: Int,
      requested: ThreePLSettings.Disposition? = nil,
      taken: [Taken] = []
    ) {
      self.product = product
      self.quantity = quantity
      self.requested = requested
      self.taken = taken
    }
  }

  /// What was done with some units of a line.
  package struct Taken: Hashable, Sendable {
    package var disposition: ThreePLSettings.Disposition
    package var quantity: Int
  }

  /// Where a return is.
  ///
  ///     awaiting ─parcel at the dock─▶ arrived ─inspected─▶ completed
  ///         └──────────────────────▶ cancelled
  package enum ReturnState: Hashable, Sendable {
    case awaiting
    case arrived
    case completed
    case cancelled
  }

  /// What a merchant announces.
  package struct NewReturn: Hashable, Sendable {
    package var reference: String
    package var node: Int
    package var lines: [ReturnLine]
    package var tracking: String?
    /// The position of the shipment it comes from.
    package var shipment: Int?

    package init(
      reference: String,
      node: Int,
      lines: [ReturnLine],
      tracking: String? = nil,
      shipment: Int? = nil
    ) {
      self.reference = reference
      self.node = node
      self.lines = lines
      self.tracking = tracking
      self.shipment = shipment
    }
  }
}
