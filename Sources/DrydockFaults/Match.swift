package import DrydockExchange

/// Which attempts a fault is about; what is left open matches anything.
///
///     erp                           every message of or to the ERP
///     erp.http                      every call to it
///     erp.http.sales-order-*        the calls whose operation begins so
///     3pl.webhook.order-shipped     one webhook of the 3PL
///     *                             everything
package struct Match: Hashable, Sendable {
  /// The partner on the other side of the integration.
  package var partner: PartnerID?
  /// The role of that partner.
  package var kind: PartnerKind?
  /// How the message travels; it says the direction too, since calls go to partners and webhooks
  /// come from them.
  package var channel: Channel?
  /// The operation; a star at the end stands for any ending.
  package var operation: String?
  /// What the message is about; a star at the end stands for any ending.
  package var entity: String?
  /// The number of the order that the entity names, as `OrderReference` reads it.
  package var order: Int?
  /// The how-manyth try it is, from 1.
  package var attempt: Int?

  package init(
    partner: PartnerID? = nil,
    kind: PartnerKind? = nil,
    channel: Channel? = nil,
    operation: String? = nil,
    entity: String? = nil,
    order: Int? = nil,
    attempt: Int? = nil
  ) {
    self.partner = partner
    self.kind = kind
    self.channel = channel
    self.operation = operation
    self.entity = entity
    self.order = order
    self.attempt = attempt
  }

  /// Creates a match from `partner.channel.operation`, whose end may be left out.
  ///
  /// A star stands for any partner or channel; an operation may end in one. Names are lower-case
  /// letters, digits and hyphens. The first name is a partner's, not a role's.
  package init?(parsing text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard (1...3).contains(parts.count) else { return nil }
    self.init()
    if parts[0] != "*" {
      guard Match.isName(parts[0][...]) else { return nil }
      partner = PartnerID(parts[0])
    }
    if parts.count > 1, parts[1] != "*" {
      guard let channel = Channel(rawValue: parts[1]) else { return nil }
      self.channel = channel
    }
    if parts.count > 2, parts[2] != "*" {
      let name = parts[2].hasSuffix("*") ? parts[2].dropLast() : parts[2][...]
      guard Match.isName(name) else { return nil }
      operation = parts[2]
    }
  }

  /// Tells whether an attempt is one of those meant.
  package func matches(_ candidate: Attempt) -> Bool {
    if let partner, partner != candidate.partner { return false }
    if let kind, kind != candidate.kind { return false }
    if let channel, channel != candidate.channel { return false }
    if let attempt, attempt != candidate.number { return false }
    if let operation, !Match.covers(operation, candidate.operation) { return false }
    if let entity, !Match.covers(entity, candidate.entity) { return false }
    if let order, !OrderReference.names(candidate.entity, number: order) { return false }
    return true
  }

  private static func covers(_ pattern: String, _ name: String) -> Bool {
    guard pattern.utf8.last == UInt8(ascii: "*") else { return pattern == name }
    return name.utf8.starts(with: pattern.utf8.dropLast())
  }

  private static func isName(_ text: Substring) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy {
        switch $0 {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
          UInt8(ascii: "-"):
          true
        default: false
        }
      }
  }
}

extension Match: CustomStringConvertible {
  /// The short form, followed by what it cannot say: `erp.http, order 1001, attempt 2`.
  package var description: String {
    var parts = [partner?.name ?? "*"]
    if channel != nil || operation != nil { parts.append(channel?.rawValue ?? "*") }
    if let operation { parts.append(operation) }
    var text = parts.joined(separator: ".")
    if let kind { text += ", any \(kind.rawValue)" }
    if let entity { text += ", entity \(entity)" }
    if let order { text += ", order \(order)" }
    if let attempt { text += ", attempt \(attempt)" }
    return text
  }
}
