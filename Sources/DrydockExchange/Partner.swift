/// A partner's role: which books it keeps and which state machine its orders go through.
public enum PartnerKind: String, CaseIterable, Hashable, Sendable {
  case store
  case erp
  case threePL = "3pl"
  case carrier
  case returns
}

/// The name of one partner of a run, or of the integration under test.
///
/// Names are short and lower case: `store`, `erp`, `3pl`, `3pl-west`, `carrier`, `returns`.
public struct PartnerID: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The name as scenarios and reports write it.
  public let name: String

  /// Creates an identifier from a scenario's name for a partner.
  public init(_ name: String) {
    self.name = name
  }

  /// The system under test, which is on the other side of every exchange.
  public static let integration = PartnerID("integration")

  /// The name.
  public var description: String { name }

  /// Orders by name.
  public static func < (left: PartnerID, right: PartnerID) -> Bool {
    left.name < right.name
  }
}

/// How a message travels.
public enum Channel: String, CaseIterable, Hashable, Sendable {
  /// A call of the integration to a partner, answered on the same connection.
  case http
  /// A call of a partner to the integration: at least once, in any order.
  case webhook
  /// A message on a queue.
  case queue
  /// A file in a drop folder.
  case file
}

/// What is known about one platform entity: its namespace and its identifier there.
///
///     shopify.order:450789469    netsuite.sales-order:4711    reference:SHOP-1001
///
/// Two namespaces are shared by all platforms: `reference`, which holds whatever foreign order
/// number an integration gave a partner, and `tracking`, which holds a parcel's tracking number.
public struct EntityKey: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// What kind of identifier this is, such as `shopify.order`.
  public let namespace: String
  /// The identifier, as text.
  public let value: String

  /// Creates a key.
  public init(_ namespace: String, _ value: String) {
    self.namespace = namespace
    self.value = value
  }

  /// Creates a key from a number.
  public init(_ namespace: String, _ value: Int64) {
    self.init(namespace, String(value))
  }

  /// Leaves the namespace out: few keys of different kinds have one value.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(value)
  }

  /// A foreign order number, shared by all platforms.
  public static func reference(_ value: String) -> EntityKey {
    EntityKey("reference", value)
  }

  /// A parcel's tracking number, shared by all platforms.
  public static func tracking(_ value: String) -> EntityKey {
    EntityKey("tracking", value)
  }

  /// Namespace and value joined by a colon.
  public var description: String { "\(namespace):\(value)" }

  /// Orders by namespace, then value.
  public static func < (left: EntityKey, right: EntityKey) -> Bool {
    left.namespace == right.namespace
      ? left.value < right.value : left.namespace < right.namespace
  }
}
