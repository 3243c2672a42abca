public import DrydockExchange
public import DrydockKernel

/// One check over what a trace shows, with a stable id.
///
/// A rule judges what is there. Where too little is there, it says so with `skip` and breaches
/// nothing: a recording of one partner is not a failure of the others.
public protocol Rule: Sendable {
  /// What the rule is called and what it means.
  var description: RuleDescription { get }

  /// Judges the evidence.
  func judge(_ evidence: Evidence, into report: inout RuleReport)
}

/// The families that rules come in.
public enum RuleFamily: String, CaseIterable, Hashable, Sendable {
  case contract
  case once
  case money
  case stock
  case order
  case end
  case manners
  case time
  case trace
}

/// What a rule is called and what it means to the people it concerns.
public struct RuleDescription: Hashable, Sendable {
  /// The stable kebab-case id.
  public var id: String
  /// The family.
  public var family: RuleFamily
  /// What must hold, in one line without full stop.
  public var summary: String
  /// Why it matters: what goes wrong in the business when it is broken.
  public var reason: String
  /// A short history that breaks it.
  public var example: String
  /// How integrations are mended that break it.
  public var remedy: String

  /// Creates a description.
  public init(
    id: String,
    family: RuleFamily,
    summary: String,
    reason: String,
    example: String,
    remedy: String
  ) {
    self.id = id
    self.family = family
    self.summary = summary
    self.reason = reason
    self.example = example
    self.remedy = remedy
  }
}

/// What one rule has to say about one trace.
public struct RuleReport: Sendable {
  /// The rule's id.
  public let rule: String
  /// The breaches, bounded.
  public private(set) var findings: [Finding] = []
  /// Why the rule could not be judged, if it could not.
  public private(set) var skipReason: String?
  /// How many breaches one rule reports; further ones are counted.
  public static let findingsMax = 200
  /// How many breaches were not kept.
  public private(set) var dropped = 0

  init(rule: String) {
    self.rule = rule
  }

  /// Reports a breach.
  public mutating func breach(
    at instant: VirtualInstant,
    order: OrderStory? = nil,
    level: Finding.Level = .error,
    _ message: String,
    expected: String,
    found: String,
    exchanges: [ExchangeID] = []
  ) {
    guard findings.count < Self.findingsMax else {
      dropped += 1
      return
    }
    findings.append(
      Finding(
        rule: rule,
        level: level,
        at: instant,
        order: order?.name,
        message: message,
        expected: expected,
        found: found,
        exchanges: exchanges
      )
    )
  }

  /// Says why the rule cannot be judged on this trace.
  ///
  /// Takes effect only where nothing was breached.
  public mutating func skip(_ reason: String) {
    if skipReason == nil { skipReason = reason }
  }
}
