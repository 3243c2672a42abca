package import DrydockExchange
import DrydockKernel

/// Enforces limits on calls that the platform does not have, or has lowered for a while.
///
/// Only calls are throttled; the limits see those for which the gates are open. Several limits hold
/// at once, as `CallLimiter` describes.
package struct ThrottleFault: Hashable, Sendable {
  /// Which calls share the limits.
  package enum Scope: String, CaseIterable, Hashable, Sendable {
    /// All calls to one partner.
    case partner
    /// All calls of one operation of one partner.
    case operation
  }

  /// The limits.
  package var limits: [CallLimit]
  /// A number of calls for each day, if there is one.
  package var dailyCap: DailyCap?
  /// Which calls share the limits.
  package var scope: Scope
  /// What happens to callers who do not wait, if anything.
  package var penalty: ThrottlePenalty?

  package init(
    limits: [CallLimit] = [],
    dailyCap: DailyCap? = nil,
    scope: Scope = .partner,
    penalty: ThrottlePenalty? = nil
  ) {
    self.limits = limits
    self.dailyCap = dailyCap
    self.scope = scope
    self.penalty = penalty
  }

  /// What it does, in a few words.
  package var summary: String { "throttle" }

  func limiter() -> CallLimiter {
    CallLimiter(limits, dailyCap: dailyCap, penalty: penalty)
  }

  var capsConcurrency: Bool {
    limits.contains { if case .concurrency = $0 { true } else { false } }
  }
}

/// The limiters of one throttle fault: one for each partner, or for each operation of one.
struct ThrottleMeters: Sendable {
  private let fault: ThrottleFault
  private var limiters: [CallLimiter] = []
  private var positions: [String: Int] = [:]
  /// Which limiter a call holds a place in, where places are held.
  private var underWay: [ExchangeID: Int] = [:]
  private let remembersCalls: Bool

  init(_ fault: ThrottleFault) {
    self.fault = fault
    remembersCalls = fault.capsConcurrency
  }

  mutating func ruling(at moment: Moment) -> Ruling {
    guard moment.isCall else { return .outside }
    let exchange = moment.attempt.exchange
    let position = position(for: moment.attempt)
    switch limiters[position].admit(exchange, at: moment.now) {
    case .admitted(let usage):
      if remembersCalls { underWay[exchange] = position }
      return .passes("within the throttle: \(usage.used) of \(usage.limit) used")
    case .throttled(let usage):
      return .fires(
        Injection(
          consequence: .notApplied(.refused(.throttled(usage))),
          effect: "throttled, wait \(usage.wait.roundedDescription)"
        )
      )
    }
  }

  mutating func finished(_ exchange: ExchangeID, at now: VirtualInstant) {
    guard remembersCalls, let position = underWay.removeValue(forKey: exchange) else { return }
    limiters[position].finished(exchange, at: now)
  }

  private mutating func position(for attempt: Attempt) -> Int {
    let name =
      fault.scope == .partner
      ? attempt.partner.name : "\(attempt.partner.name) \(attempt.operation)"
    if let position = positions[name] { return position }
    // The last limiter is shared by all that come too late for one of their own.
    guard limiters.count < Limits.limitersMax else { return limiters.count - 1 }
    limiters.append(fault.limiter())
    positions[name] = limiters.count - 1
    return limiters.count - 1
  }
}
