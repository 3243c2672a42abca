import DrydockExchange

/// The parameters of the gates and of each kind, in the words of scenarios.
extension FaultCatalogue {
  /// The parameters of the gates, which every kind has.
  package static let gates: [Parameter] = [
    Parameter("on", .match, default: nil, "which attempts: partner, channel and operation"),
    Parameter(
      "kind",
      .word(PartnerKind.allCases.map(\.rawValue)),
      default: "any",
      "the role of the partner, where `on` names none"
    ),
    Parameter("order", .text, default: "any", "the order of the story that it is about"),
    Parameter("entity", .text, default: "any", "what the message is about; may end in a star"),
    Parameter("attempt", .count, default: "any", "the how-manyth try it is, from 1"),
    Parameter("skip", .count, default: "0", "how many matching attempts pass first"),
    Parameter("atMost", .count, default: "no bound", "how often it fires at most"),
    Parameter("from", .instant, default: "the start", "when it begins"),
    Parameter("to", .instant, default: "the end", "when it ends"),
    Parameter("ramp", .flag, default: "false", "the odds grow from nothing between from and to"),
    Parameter("every", .duration, default: "once", "how often it begins again"),
    Parameter("for", .duration, default: "the end", "how long it lasts each time"),
    Parameter("windows.from", .instant, default: "none", "when each of several windows begins"),
    Parameter("windows.to", .instant, default: "none", "when that window ends"),
    Parameter("odds", .ratio, default: "100%", "how likely it is for each attempt"),
  ]

  static let outage = Entry(
    kind: .outage,
    summary: "takes a partner, or its calls or webhooks, out of service",
    parameters: [
      Parameter(
        "reply",
        .statusOrWord(["refused", "hang", "maintenance-page"]),
        default: "503",
        "what a call gets"
      ),
      Parameter("retryAfter", .duration, default: "unsaid", "the wait that the edge asks for"),
      Parameter("retryAfterEnd", .flag, default: "false", "asks to wait until service is back"),
      Parameter("flapping.down", .duration, default: "none", "each time without service"),
      Parameter("flapping.up", .duration, default: "none", "each time with service"),
      Parameter("flapping.wobble", .ratio, default: "0%", "how much shorter `down` may be"),
      Parameter("share", .ratio, default: "100%", "brown-out: the entities without service"),
      Parameter(
        "webhooks",
        .word(OutageFault.WebhookHandling.allCases.map(\.rawValue)),
        default: "kept",
        "whether webhooks wait until service is back, or each attempt fails"
      ),
    ]
  )

  static let throttle = Entry(
    kind: .throttle,
    summary: "enforces limits on calls, several at once",
    parameters: [
      Parameter("fixedWindow.limit", .count, default: "none", "calls from a first call on"),
      Parameter("fixedWindow.per", .duration, default: "1 min", "how long they are counted"),
      Parameter("slidingWindow.limit", .count, default: "none", "calls in any interval"),
      Parameter("slidingWindow.per", .duration, default: "1 min", "how long the interval is"),
      Parameter("leakyBucket.capacity", .count, default: "none", "calls that fill the bucket"),
      Parameter("leakyBucket.perSecond", .number, default: "none", "calls that leak from it"),
      Parameter("tokenBucket.capacity", .count, default: "none", "calls that empty the bucket"),
      Parameter("tokenBucket.perSecond", .number, default: "none", "calls that refill it"),
      Parameter("concurrency", .count, default: "none", "calls at the same time"),
      Parameter("daily", .count, default: "none", "calls in a calendar day"),
      Parameter(
        "scope",
        .word(ThrottleFault.Scope.allCases.map(\.rawValue)),
        default: "partner",
        "which calls share the limits"
      ),
      Parameter(
        "penalty",
        .duration,
        default: "none",
        "how long callers who do not wait are blocked"
      ),
    ]
  )

  static let authentication = Entry(
    kind: .authentication,
    summary: "spoils the credential of a call or the signature of a webhook",
    parameters: [
      Parameter(
        "flaw",
        .word([
          "expired-token", "revoked-scope", "rotated-secret", "wrong-signature",
          "missing-signature", "replayed",
        ]),
        default: nil,
        "what is wrong"
      ),
      Parameter("after", .duration, default: "1 h", "how much later a replay comes"),
    ]
  )

  static let latency = Entry(
    kind: .latency,
    summary: "adds travel time, by one distribution and one shape",
    parameters: [
      Parameter("fixed", .duration, default: "none", "always the same delay"),
      Parameter("uniform", .durationRange, default: "none", "an evenly drawn delay"),
      Parameter("normal.mean", .duration, default: "none", "normal: the mean"),
      Parameter("normal.deviation", .duration, default: "none", "normal: the standard deviation"),
      Parameter("logNormal.median", .duration, default: "none", "log-normal: the median"),
      Parameter(
        "logNormal.spread",
        .number,
        default: "none",
        "log-normal: the deviation of the logarithm"
      ),
      Parameter("exponential", .duration, default: "none", "exponential: the mean"),
      Parameter("pareto.minimum", .duration, default: "none", "Pareto: the shortest delay"),
      Parameter("pareto.shape", .number, default: "none", "Pareto: the lower, the heavier"),
      Parameter("empirical", .durations, default: "none", "measured delays"),
      Parameter(
        "leg",
        .word(LatencyFault.Leg.allCases.map(\.rawValue)),
        default: "both",
        "which way is slow"
      ),
      Parameter("ramp", .duration, default: "none", "grows from nothing in this time"),
      Parameter("spike.rise", .duration, default: "0 s", "grows in this time, then halves"),
      Parameter("spike.halfLife", .duration, default: "none", "how soon it halves"),
      Parameter("slowStart", .duration, default: "none", "shrinks to nothing in this time"),
      Parameter("tail.share", .ratio, default: "0%", "the share of far longer delays"),
      Parameter("tail.shape", .number, default: "1.5", "the lower, the longer they are"),
      Parameter("ceiling", .duration, default: "30 days", "the longest delay"),
    ]
  )

  static let lost = Entry(
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

  static let reorder = Entry(
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

  static let late = Entry(
    kind: .late,
    summary: "delivers a message long after it was sent",
    parameters: [
      Parameter("by", .durationRange, default: "1 h to 1 day", "how late"),
      Parameter(
        "untilEnd",
        .flag,
        default: "false",
        "keeps messages until the fault ends: a burst"
      ),
    ]
  )

  static let duplicate = Entry(
    kind: .duplicate,
    summary: "delivers a message again, with the same id or a new one",
    parameters: [
      Parameter("copies", .count, default: "1", "how many copies follow, at most 100"),
      Parameter("after", .durationRange, default: "0 s to 5 s", "the gap before each copy"),
      Parameter(
        "asNewDelivery",
        .flag,
        default: "false",
        "webhook copies come as new deliveries"
      ),
    ]
  )

  static let body = Entry(
    kind: .body,
    summary: "damages the bytes of a webhook or of an answer",
    parameters: [
      Parameter("damage", .word(["truncated", "malformed"]), default: nil, "how they are damaged"),
      Parameter("at", .ratio, default: "drawn", "truncated: the share of the bytes that is left"),
    ]
  )
}
