import DrydockKernel

/// Every kind of fault there is, with its parameters: for documents, readers and suggestions.
package enum FaultCatalogue {
  /// One kind of fault.
  package struct Entry: Hashable, Sendable {
    /// The kind; its raw value is the name in scenarios.
    package var kind: FaultAction.Kind
    /// What it does, in one line.
    package var summary: String
    /// Its parameters, in the order in which documents show them.
    package var parameters: [Parameter]
  }

  /// One parameter of a fault or of its gates.
  package struct Parameter: Hashable, Sendable {
    /// The name in scenarios.
    package var name: String
    /// What can be written.
    package var type: ValueType
    /// What holds when nothing is written; nothing where something must be.
    package var byDefault: String?
    /// What it means, in one line.
    package var meaning: String

    init(_ name: String, _ type: ValueType, default byDefault: String?, _ meaning: String) {
      self.name = name
      self.type = type
      self.byDefault = byDefault
      self.meaning = meaning
    }
  }

  /// What can be written for a parameter.
  package enum ValueType: Hashable, Sendable {
    /// A whole number of at least zero.
    case count
    /// `250 ms`, `1 day 2 h`.
    case duration
    /// A duration, or two of them as a list: the least and the most.
    case durationRange
    /// A list of durations.
    case durations
    /// `5%`, `0.25`, `1/3`.
    case ratio
    /// `true` or `false`.
    case flag
    /// An instant, or a time since the run began.
    case instant
    /// A list of pairs of instants.
    case windows
    /// The short form of a match, `erp.http.sales-order-*`.
    case match
    /// Any text.
    case text
    /// One of these words.
    case word([String])

    /// The type as documents name it.
    package var name: String {
      switch self {
      case .count: "number"
      case .duration: "duration"
      case .durationRange: "duration or range"
      case .durations: "durations"
      case .ratio: "ratio"
      case .flag: "true or false"
      case .instant: "instant"
      case .windows: "windows"
      case .match: "match"
      case .text: "text"
      case .word(let words): words.joined(separator: ", ")
      }
    }
  }

  /// The kinds, in order of precedence.
  package static let entries: [Entry] = [
    outage, throttle, authentication, latency, lost, reorder, late, duplicate, body,
  ]

  /// Returns the entry of a kind.
  package static func entry(_ kind: FaultAction.Kind) -> Entry {
    entries[kind.precedence]
  }

  /// Returns the kind that was probably meant.
  package static func suggestion(for name: String) -> String? {
    Suggestion.nearest(to: name, among: FaultAction.Kind.allCases.map(\.rawValue))
  }

  /// Returns the parameter of a kind, or of the gates, that was probably meant.
  package static func suggestion(for name: String, of kind: FaultAction.Kind) -> String? {
    Suggestion.nearest(to: name, among: (entry(kind).parameters + gates).map(\.name))
  }

  /// The parameters of the gates, which every kind has.
  package static let gates: [Parameter] = [
    Parameter("on", .match, default: "*", "which attempts: partner, channel and operation"),
    Parameter("kind", .word(roles), default: "any", "the role of the partner"),
    Parameter("entity", .text, default: "any", "what the message is about; may end in a star"),
    Parameter("order", .count, default: "any", "the number of the order it is about"),
    Parameter("attempt", .count, default: "any", "the how-manyth try it is, from 1"),
    Parameter("skip", .count, default: "0", "how many matching attempts pass first"),
    Parameter("atMost", .count, default: "no bound", "how often it fires at most"),
    Parameter("from", .instant, default: "always", "when it begins"),
    Parameter("to", .instant, default: "never", "when it ends"),
    Parameter("windows", .windows, default: "none", "several intervals instead of one"),
    Parameter("rampTo", .instant, default: "none", "until when the odds grow from nothing"),
    Parameter("every", .duration, default: "once", "how often the interval comes back"),
    Parameter("for", .duration, default: "to the end", "how long each interval is"),
    Parameter("odds", .ratio, default: "100%", "how likely it is for each attempt"),
  ]

  private static let roles = ["store", "erp", "3pl", "carrier", "returns"]

  private static let outage = Entry(
    kind: .outage,
    summary: "takes a partner, or its calls or webhooks, out of service",
    parameters: [
      Parameter(
        "reply",
        .word(["status", "refused", "hang", "maintenance-page"]),
        default: "status",
        "what a call gets"
      ),
      Parameter("status", .count, default: "503", "the status that the edge answers with"),
      Parameter("retryAfter", .duration, default: "unsaid", "the wait that the edge asks for"),
      Parameter("retryAfterEnd", .flag, default: "false", "asks to wait until service is back"),
      Parameter("down", .duration, default: "all the time", "flapping: each time without service"),
      Parameter("up", .duration, default: "none", "flapping: each time with service"),
      Parameter("wobble", .ratio, default: "0%", "flapping: how much shorter `down` may be"),
      Parameter("share", .ratio, default: "100%", "brown-out: the entities without service"),
      Parameter(
        "webhooks",
        .word(OutageFault.WebhookHandling.allCases.map(\.rawValue)),
        default: "kept",
        "whether webhooks wait until service is back, or each attempt fails"
      ),
    ]
  )

  private static let throttle = Entry(
    kind: .throttle,
    summary: "enforces limits on calls, several at once",
    parameters: [
      Parameter("bucket", .count, default: "none", "leaky or token bucket: its capacity"),
      Parameter("perSecond", .ratio, default: "none", "leaky or token bucket: its rate"),
      Parameter("fixedWindow", .count, default: "none", "calls in a window from a first call on"),
      Parameter("slidingWindow", .count, default: "none", "calls in any interval"),
      Parameter("per", .duration, default: "1 s", "the length of window or interval"),
      Parameter("concurrency", .count, default: "none", "calls at the same time"),
      Parameter("perDay", .count, default: "none", "calls in a calendar day"),
      Parameter("zone", .text, default: "UTC", "the zone of the calendar day"),
      Parameter(
        "scope",
        .word(ThrottleFault.Scope.allCases.map(\.rawValue)),
        default: "partner",
        "which calls share the limits"
      ),
      Parameter("blockedFor", .duration, default: "none", "penalty for callers who do not wait"),
      Parameter("tolerated", .count, default: "3", "calls too early before the penalty"),
    ]
  )

  private static let authentication = Entry(
    kind: .authentication,
    summary: "spoils the credential of a call or the signature of a webhook",
    parameters: [
      Parameter(
        "flaw",
        .word([
          "expired-token", "revoked-scope", "rotated-secret", "wrong-signature",
          "missing-signature", "replayed",
        ]),
        default: "expired-token",
        "what is wrong"
      ),
      Parameter("after", .duration, default: "10 min", "how much later a replay comes"),
    ]
  )

  private static let latency = Entry(
    kind: .latency,
    summary: "adds travel time, by a distribution and a shape",
    parameters: [
      Parameter("by", .durationRange, default: "none", "a fixed delay, or an evenly drawn one"),
      Parameter("mean", .duration, default: "none", "exponential; normal with `deviation`"),
      Parameter("deviation", .duration, default: "none", "the standard deviation of a normal"),
      Parameter("median", .duration, default: "none", "log-normal, with `spread`"),
      Parameter("spread", .ratio, default: "0.6", "deviation of the logarithm of a log-normal"),
      Parameter("minimum", .duration, default: "none", "Pareto, with `tailShape`"),
      Parameter("samples", .durations, default: "none", "measured delays"),
      Parameter(
        "leg",
        .word(LatencyFault.Leg.allCases.map(\.rawValue)),
        default: "both",
        "which way is slow"
      ),
      Parameter("rampOver", .duration, default: "none", "grows from nothing in this time"),
      Parameter("rise", .duration, default: "none", "spike: grows in this time, then halves"),
      Parameter("halfLife", .duration, default: "5 min", "spike: how soon it halves"),
      Parameter("slowStartOver", .duration, default: "none", "shrinks to nothing in this time"),
      Parameter("tailShare", .ratio, default: "0%", "the share of far longer delays"),
      Parameter("tailShape", .ratio, default: "1.5", "the lower, the longer they are"),
      Parameter("ceiling", .duration, default: "30 days", "the longest delay"),
    ]
  )

  private static let lost = Entry(
    kind: .lost,
    summary: "loses a request before its effect, or a response after it",
    parameters: [
      Parameter(
        "part",
        .word(LostFault.Part.allCases.map(\.rawValue)),
        default: "response",
        "what is lost"
      ),
      Parameter(
        "sign",
        .word(LostFault.Sign.allCases.map(\.rawValue)),
        default: "timeout",
        "how the sender learns that a response is lost"
      ),
    ]
  )

  private static let reorder = Entry(
    kind: .reorder,
    summary: "keeps a message back until the next one has passed",
    parameters: [
      Parameter(
        "scope",
        .word(ReorderFault.Scope.allCases.map(\.rawValue)),
        default: "entity",
        "which messages overtake it"
      ),
      Parameter("hold", .duration, default: "10 min", "how long it is kept at most"),
    ]
  )

  private static let late = Entry(
    kind: .late,
    summary: "delivers a message long after it was sent",
    parameters: [
      Parameter("by", .durationRange, default: "1 h to 1 day", "how late"),
      Parameter(
        "untilEnd",
        .flag,
        default: "false",
        "keeps messages until the interval ends: a burst"
      ),
    ]
  )

  private static let duplicate = Entry(
    kind: .duplicate,
    summary: "delivers a message again, with the same id or a new one",
    parameters: [
      Parameter("copies", .count, default: "1", "how many copies follow, at most 100"),
      Parameter("after", .durationRange, default: "0 s to 5 s", "the gap before each copy"),
      Parameter("newId", .flag, default: "false", "webhook copies come as new deliveries"),
    ]
  )

  private static let body = Entry(
    kind: .body,
    summary: "damages the bytes of a webhook or of an answer",
    parameters: [
      Parameter(
        "damage",
        .word(["truncated", "malformed"]),
        default: "truncated",
        "how they are damaged"
      ),
      Parameter("at", .ratio, default: "drawn", "the share of the bytes that is left"),
    ]
  )
}
