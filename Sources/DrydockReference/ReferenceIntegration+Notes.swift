import DrydockExchange
import DrydockKernel

/// What the integration says about itself, and what it asks people to look at.
extension ReferenceIntegration {
  /// Says what was done inside.
  mutating func note(
    _ kind: IntegrationNote.Kind,
    order: OrderKey? = nil,
    partner: PartnerID? = nil,
    owner: Owner? = nil,
    text: String
  ) {
    let isOwned = !has(.exceptionsWithoutOwner)
    memory.outputs.append(
      .note(
        IntegrationNote(
          kind,
          order: order.flatMap { journal[$0] }.map { EntityKey("shopify.order", $0.order.storeID) },
          partner: partner,
          owner: isOwned ? owner?.rawValue ?? "" : "",
          text: text
        )
      )
    )
  }

  /// Puts something in front of a person; a topic is open once.
  mutating func raise(
    _ topic: String,
    order: OrderKey?,
    partner: PartnerID? = nil,
    owner: Owner,
    _ text: String
  ) {
    let exception = OpenException(
      topic: topic,
      order: order,
      partner: partner,
      owner: owner,
      text: text,
      openedAt: now
    )
    guard journal.exceptions.raise(exception) else { return }
    note(.exceptionQueued, order: order, partner: partner, owner: owner, text: text)
  }

  /// Takes something back that was put in front of a person.
  mutating func resolve(_ topic: String, _ text: String) {
    guard let exception = journal.exceptions.resolve(topic) else { return }
    note(
      .exceptionResolved,
      order: exception.order,
      partner: exception.partner,
      owner: exception.owner,
      text: text
    )
  }
}
