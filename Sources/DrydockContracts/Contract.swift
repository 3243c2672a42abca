public import DrydockExchange
public import DrydockKernel
public import DrydockSchema

/// A versioned promise about one message of one partner.
///
/// One direction of one message: what it looks like, who writes it, how it is recognised, and which
/// facts it carries. Immutable, and shared by reference: it is looked up once for each message.
public final class Contract: Sendable {
  /// The side that writes the message.
  public enum Writer: String, CaseIterable, Hashable, Sendable {
    case partner
    case us
  }

  /// Which half of an exchange the message is.
  public enum Part: String, CaseIterable, Hashable, Sendable {
    case request
    case response
  }

  /// The wire format of the payload.
  public enum Format: String, CaseIterable, Hashable, Sendable {
    case json
    case form
    case none
  }

  /// Where in its life a version is.
  public enum Status: String, CaseIterable, Hashable, Sendable {
    case active
    case deprecated
    case sunset
  }

  /// The dates in the life of a version; a status may be declared without any.
  public struct Lifecycle: Hashable, Sendable {
    /// What is declared, whatever the date.
    public var status = Status.active
    /// From when the partner speaks it.
    public var since: CivilDate?
    /// From when there is something better.
    public var deprecated: CivilDate?
    /// From when the partner no longer speaks it.
    public var sunset: CivilDate?

    /// Returns where in its life the version is at an instant; days begin in UTC.
    public func status(at instant: VirtualInstant) -> Status {
      let today = ZoneRules.utc.civil(of: instant).0
      if status == .sunset || sunset.map({ $0 <= today }) ?? false { return .sunset }
      if status == .deprecated || deprecated.map({ $0 <= today }) ?? false { return .deprecated }
      return .active
    }
  }

  /// The identifier: `<platform>/<message>/<version>`.
  public let id: String
  /// The platform, such as `shopify`.
  public let platform: String
  /// The partner's role.
  public let kind: PartnerKind
  /// The message, such as `orders-create`.
  public let message: String
  /// The message whatever the version: `<platform>/<message>`.
  package let stem: String
  /// The version of this contract.
  public let version: String
  /// The partner's own version that this contract is about, such as `2026-01`.
  public let apiVersion: String?
  /// One line about the message.
  public let title: String
  /// How the message travels.
  public let channel: Channel
  /// Who writes it.
  public let writtenBy: Writer
  /// Which half of an exchange it is.
  public let part: Part
  /// The payload's format.
  public let format: Format
  /// How the message is told from others.
  public let recognition: Recognition
  /// What the payload must look like; nothing for a message without payload.
  public let schema: Schema?
  /// Members and headers never shown: `header:Name` or a pointer, `*` for every element.
  public let secret: [String]
  /// Members about people, replaced by pseudonyms in recordings.
  public let personal: [String]
  /// How redeliveries are recognised and signed; webhooks only.
  public let delivery: DeliveryIdentity?
  /// Where in its life the version is, and when that changes.
  public let lifecycle: Lifecycle
  /// The facts the message carries.
  public let meanings: [Meaning]
  /// What makes a payload of this version of one of the version before.
  package let upgrade: ContractUpgrade?

  init(
    id: String,
    platform: String,
    kind: PartnerKind,
    message: String,
    version: String,
    apiVersion: String?,
    title: String,
    channel: Channel,
    writtenBy: Writer,
    part: Part,
    format: Format,
    recognition: Recognition,
    schema: Schema?,
    secret: [String],
    personal: [String],
    delivery: DeliveryIdentity?,
    lifecycle: Lifecycle,
    meanings: [Meaning],
    upgrade: ContractUpgrade?
  ) {
    self.id = id
    self.platform = platform
    self.kind = kind
    self.message = message
    stem = "\(platform)/\(message)"
    self.version = version
    self.apiVersion = apiVersion
    self.title = title
    self.channel = channel
    self.writtenBy = writtenBy
    self.part = part
    self.format = format
    self.recognition = recognition
    self.schema = schema
    self.secret = secret
    self.personal = personal
    self.delivery = delivery
    self.lifecycle = lifecycle
    self.meanings = meanings
    self.upgrade = upgrade
  }
}

/// How a webhook says which delivery it is and that it is genuine.
public struct DeliveryIdentity: Hashable, Sendable {
  /// How a signature is computed.
  public enum Scheme: String, CaseIterable, Hashable, Sendable {
    /// Base64 of HMAC-SHA-256 over the body.
    case hmacBase64 = "hmac-sha256-base64"
    /// `hmac-sha256-hex=` and the digits of HMAC-SHA-256 over the body.
    case hmacHex = "hmac-sha256-hex"
    /// Standard Webhooks: `v1,` and Base64 over id, instant and body.
    case standardWebhooks = "standard-webhooks"
  }

  /// Where the delivery's identifier is: `header:Name` or a pointer.
  public var id: String?
  /// The header of the signature.
  public var signatureHeader: String?
  /// How it is computed.
  public var scheme: Scheme?
  /// A sentence about when the platform delivers again.
  public var redelivery: String
}

extension Contract {
  /// Tells whether this is a later version than another, by their numbers.
  ///
  /// One that has no numbers is earlier than all that have.
  package func isNewer(than other: Contract) -> Bool {
    let left = VersionNumbers(parsing: version)
    let right = VersionNumbers(parsing: other.version)
    guard let left, let right, left != right else {
      return left == right ? version > other.version : left != nil
    }
    return right < left
  }
}
