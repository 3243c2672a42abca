package import DrydockExchange
package import DrydockKernel

/// A partner's move to another version of one message, in the middle of a run.
///
///     old old old │ new old new new old │ new new new …
///               start    overlap: a share     all
///
/// It decides when a message is written. What was written before and is delivered again, by a retry
/// or as a duplicate, keeps its bytes: that is how both versions come to be in flight.
package struct VersionSwitch: Sendable {
  /// When the first message may be written in the new version.
  package enum Start: Hashable, Sendable {
    /// At an instant.
    case at(VirtualInstant)
    /// Behind a number of messages of this kind.
    case after(messages: Int)
  }

  /// Why a message could not be written in the new version.
  package struct Refusal: Error, Hashable, Sendable {
    /// What is wrong, in words.
    package var reason: String

    package init(reason: String) {
      self.reason = reason
    }
  }

  /// What a message is marked with that was written in another version.
  package struct Mark: Hashable, Sendable {
    /// The name of the switch.
    package var id: String
    /// The version.
    package var version: String
  }

  /// The name in the trace, such as `versions/0`; one wish of a scenario may switch many messages.
  package var id: String
  /// Who writes the message.
  package var partner: PartnerID
  /// How it travels: a webhook, or the answer to a call.
  package var channel: Channel
  /// The webhook, or what the call asks for.
  package var operation: String
  /// The version, as reports show it.
  package var version: String
  /// When it begins.
  package var start: Start
  /// For how long both versions are written.
  package var overlap: Duration
  /// The share of messages that are written in the new version while it lasts.
  package var share: Ratio
  /// The headers that say the version, which take the place of those of the same names.
  package var headers: [HeaderField]
  /// Returns a payload in the new version.
  package var rewrite: @Sendable (_ payload: [UInt8]) -> Result<[UInt8], Refusal>

  package init(
    _ id: String,
    partner: PartnerID,
    channel: Channel,
    operation: String,
    version: String,
    start: Start,
    overlap: Duration = .zero,
    share: Ratio = Ratio(1, 2),
    headers: [HeaderField] = [],
    rewrite: @escaping @Sendable (_ payload: [UInt8]) -> Result<[UInt8], Refusal>
  ) {
    self.id = id
    self.partner = partner
    self.channel = channel
    self.operation = operation
    self.version = version
    self.start = start
    self.overlap = overlap
    self.share = share
    self.headers = headers
    self.rewrite = rewrite
  }
}
