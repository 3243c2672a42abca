extension CompatibilityRules {
  /// Rules about contracts, catalogues and operations.
  static let others: [Rule] = contract + catalogue + operation

  private static func rules(
    _ subject: String,
    _ noun: String,
    _ kinds: [(String, String)],
    _ reason: String,
    _ remedy: String
  ) -> [Rule] {
    kinds.map { kind, words in
      Rule(id: "\(subject)-\(kind)", summary: "\(noun) \(words)", reason: reason, remedy: remedy)
    }
  }

  private static let three = [
    ("added", "was given and was not before"), ("removed", "is no longer given"),
    ("changed", "is another one than before"),
  ]

  private static let contract: [Rule] =
    rules(
      "writer",
      "who writes the message",
      three,
      "sender and receiver are no longer the same",
      "make it another message"
    )
    + rules(
      "channel",
      "how the message travels",
      three,
      "receivers wait where nothing arrives",
      "serve both channels for a while, or make it another message"
    )
    + rules(
      "part",
      "which half of an exchange it is",
      three,
      "it is another message",
      "make it another message"
    )
    + rules(
      "payload-format",
      "the format of the payload",
      three,
      "readers cannot read it",
      "make a new major version"
    )
    + rules("api-version", "the platform's version", three, "for information", "nothing")
    + rules("contract-title", "the title of the contract", three, "for information", "nothing")
    + rules(
      "undeclared",
      "what becomes of undeclared members",
      three,
      "what was let through may be refused, and the other way round",
      "look at the findings about members"
    )
    + rules(
      "asserts-format",
      "whether formats are checked",
      three,
      "texts that were let through may be refused",
      "look at the findings about formats"
    )
    + rules(
      "lifecycle",
      "where the version is in its life",
      three,
      "it is going to end",
      "move to the next version before it does"
    )
    + rules(
      "recognition",
      "what the message is recognised by",
      three + [("extended", "fits more messages"), ("narrowed", "fits fewer messages")],
      "messages of the one version are not taken for those of the other",
      "keep what messages are told by, or make a new major version"
    )
    + rules(
      "delivery-id",
      "what tells a redelivery from a new message",
      three,
      "receivers that drop duplicates by it act twice, or drop what is new",
      "keep the identifier, or move all receivers first"
    )
    + rules(
      "signature",
      "how the message shows that it is genuine",
      three,
      "receivers that check it refuse the message",
      "sign both ways for a while"
    )
    + rules(
      "redelivery",
      "when the message is delivered again",
      three,
      "receivers that were down rely on it",
      "promise no less than before"
    )
    + rules(
      "meaning",
      "what the message says happened",
      three,
      "checks and books that follow from it miss the fact",
      "map the fact, or mend what relies on it"
    )
    + rules(
      "secret",
      "which members are never shown",
      Array(three.prefix(2)),
      "what was hidden may be written down",
      "name the member again"
    )
    + rules(
      "personal",
      "which members are about people",
      Array(three.prefix(2)),
      "what was made a pseudonym may be written down",
      "name the member again"
    )

  private static let catalogue: [Rule] = [
    Rule(
      id: "version-step-too-small",
      summary: "a version changes more than its number says",
      reason: "who takes a minor version expects to go on working unchanged",
      remedy: "raise the number as the finding says, or take the change back"
    ),
    Rule(
      id: "version-unreadable",
      summary: "a version is no number such as '1.2'",
      reason: "what follows what cannot be told",
      remedy: "number the version"
    ),
    Rule(
      id: "message-removed",
      summary: "a message is no longer promised",
      reason: "who waits for it waits in vain, who sends it is not understood",
      remedy: "deprecate it first, and remove it once nobody uses it"
    ),
    Rule(
      id: "message-added",
      summary: "a message is promised that was not before",
      reason: "a receiver that does not filter meets what it does not know",
      remedy: "make sure that receivers pass over what they do not know"
    ),
  ]

  private static let operation: [Rule] =
    rules(
      "operation",
      "an operation",
      Array(three.prefix(2)),
      "clients call what is not there",
      "deprecate it first"
    )
    + rules(
      "parameter",
      "a parameter",
      Array(three.prefix(2)),
      "calls are refused or misread",
      "make it optional, or accept and ignore it"
    )
    + rules(
      "request-body",
      "the body of requests",
      Array(three.prefix(2)),
      "calls are refused",
      "make it optional"
    )
    + rules(
      "request-media-type",
      "a media type of requests",
      Array(three.prefix(2)),
      "calls are refused",
      "accept both"
    )
    + rules(
      "response",
      "an answer",
      Array(three.prefix(2)),
      "clients meet what they do not know",
      "keep the status"
    )
    + rules(
      "response-media-type",
      "a media type of answers",
      Array(three.prefix(2)),
      "clients cannot read the answer",
      "offer both"
    )
    + rules(
      "response-header",
      "a header of answers",
      Array(three.prefix(2)),
      "clients that read it miss it",
      "keep the header"
    )
    + [
      Rule(
        id: "part-became-required",
        summary: "a part of a message has to be there and had not to",
        reason: "calls without it are refused",
        remedy: "keep it optional"
      ),
      Rule(
        id: "part-became-optional",
        summary: "a part of a message may be missing and had to be there",
        reason: "readers that count on it break",
        remedy: "send it always"
      ),
      Rule(
        id: "schema-unreadable",
        summary: "a schema of an operation cannot be compiled",
        reason: "nothing can be told about it",
        remedy: "mend the schema; 'drydock schema validate' says what is wrong"
      ),
    ]
}
