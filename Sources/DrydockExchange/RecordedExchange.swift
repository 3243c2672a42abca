public import DrydockKernel

/// One exchange as a recording has it: what was said, and as much else as the recording knows.
///
/// Recordings of other tools know no partners and no operations: a catalogue of contracts says who
/// spoke (`TraceAssembler`).
public struct RecordedExchange: Hashable, Sendable {
  /// The request.
  public var request: Request
  /// The answer, if one was recorded.
  public var response: Response?
  /// When the request left; nothing where the recording does not say.
  public var sentAt: VirtualInstant?
  /// When the answer came.
  public var answeredAt: VirtualInstant?
  /// How it ended for the sender, where the recording says more than the answer does.
  public var result: CallResult?
  /// The sender, where the recording says who that is.
  public var from: PartnerID?
  /// The receiver, where the recording says who that is.
  public var to: PartnerID?
  /// How it travelled, where the recording says it.
  public var channel: Channel?
  /// The operation and the entity it is about, where the recording says them.
  public var operation: String?
  /// What it is about.
  public var entity: String?
  /// The how-manyth try it is, where the recording says it.
  public var attempt: Int?
  /// Where in the recording it is, for diagnostics: the record or entry, from 1.
  public var record: Int

  /// Creates an exchange from what every recording has.
  public init(record: Int, request: Request, response: Response?) {
    self.record = record
    self.request = request
    self.response = response
  }
}

/// A recording as read: exchanges and what its header says.
public struct Recording: Sendable {
  /// The title, or the tool that made it.
  public var title: String
  /// The partners that the recording names.
  public var partners: [PartnerDescription]
  /// What people call products and nodes, by their identifiers on the platforms.
  public var names: [EntityKey: String]
  /// The exchanges, in the order of the recording.
  public var exchanges: [RecordedExchange]

  /// Creates a recording.
  public init(
    title: String,
    partners: [PartnerDescription] = [],
    names: [EntityKey: String] = [:],
    exchanges: [RecordedExchange] = []
  ) {
    self.title = title
    self.partners = partners
    self.names = names
    self.exchanges = exchanges
  }
}
