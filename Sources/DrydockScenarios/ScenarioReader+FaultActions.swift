import DrydockExchange
import DrydockFaults
import DrydockJSON
import DrydockKernel

/// What each kind of fault does: one reader a kind, in the order of precedence.
extension ScenarioReader {
  mutating func readAction(_ kind: FaultAction.Kind, _ value: JSONValue) -> FaultAction? {
    var fields = JSONFields(value, as: "'\(kind.rawValue)'", ids: Self.ids)
    let action: FaultAction?
    switch kind {
    case .outage: action = readOutage(&fields).map { .outage($0) }
    case .throttle: action = readThrottle(&fields).map { .throttle($0) }
    case .authentication: action = readAuthentication(&fields).map { .authentication($0) }
    case .latency: action = readLatency(&fields).map { .latency($0) }
    case .lost: action = .lost(readLost(&fields))
    case .reorder: action = .reorder(readReorder(&fields))
    case .late: action = .late(readLate(&fields))
    case .duplicate: action = .duplicate(readDuplicate(&fields))
    case .body: action = readBody(&fields).map { .body($0) }
    }
    fields.finish(&list)
    return action
  }

  private mutating func readOutage(_ fields: inout JSONFields) -> OutageFault? {
    var outage = OutageFault()
    let wait = duration("retryAfter", &fields)
    let waitForEnd = fields.bool("retryAfterEnd", &list) ?? false
    let retryAfter: OutageFault.RetryAfter =
      waitForEnd ? .untilEnd : wait.map { .fixed($0) } ?? .unsaid
    let replies = ["refused", "hang", "maintenance-page"]
    if let status = fields.value["reply"], status.int != nil {
      let number = fields.int("reply", in: 500...599, &list) ?? 503
      outage.reply = .status(number, retryAfter: retryAfter)
    } else if let reply = fields.string("reply", &list) {
      switch reply {
      case "refused": outage.reply = .connectionRefused
      case "hang": outage.reply = .hang
      case "maintenance-page": outage.reply = .maintenancePage
      default:
        list.add(
          JSONFields.unknown("reply", reply, for: "'outage'", among: replies),
          id: "scenario-unknown-value",
          at: fields.value["reply"] ?? fields.value
        )
      }
    } else {
      outage.reply = .status(503, retryAfter: retryAfter)
    }
    if let flapping = fields.object("flapping", &list) {
      var inner = JSONFields(flapping, as: "'flapping'", ids: Self.ids)
      _ = (inner.required("down", &list), inner.required("up", &list))
      let down = duration("down", &inner)
      let up = duration("up", &inner)
      let wobble = ratio("wobble", &inner) ?? .zero
      inner.finish(&list)
      if let down, let up {
        outage.flapping = OutageFault.Flapping(down: down, up: up, wobble: wobble)
      }
    }
    if let share = ratio("share", &fields) { outage.share = share }
    if let handling = fields.word("webhooks", as: OutageFault.WebhookHandling.self, &list) {
      outage.webhooks = handling
    }
    return outage
  }

  private mutating func readThrottle(_ fields: inout JSONFields) -> ThrottleFault? {
    var limits: [CallLimit] = []
    let counts = 1...1_000_000_000
    if let value = fields.object("fixedWindow", &list) {
      readWindow(value, "'fixedWindow'").map { limits.append(.fixedWindow(limit: $0, per: $1)) }
    }
    if let value = fields.object("slidingWindow", &list) {
      readWindow(value, "'slidingWindow'").map { limits.append(.slidingWindow(limit: $0, per: $1)) }
    }
    for (name, isLeaky) in [("leakyBucket", true), ("tokenBucket", false)] {
      guard let value = fields.object(name, &list) else { continue }
      var inner = JSONFields(value, as: "'\(name)'", ids: Self.ids)
      _ = (inner.required("capacity", &list), inner.required("perSecond", &list))
      let capacity = inner.int("capacity", in: counts, &list)
      let rate = inner.parsed(
        "perSecond",
        expected: "a rate such as '2' or '1/60', as text",
        &list
      ) { text -> Ratio? in
        guard let rate = Ratio(parsing: text), rate > .zero else { return nil }
        return rate
      }
      inner.finish(&list)
      guard let capacity, let rate else { continue }
      limits.append(
        isLeaky
          ? .leakyBucket(capacity: capacity, leaksPerSecond: rate)
          : .tokenBucket(capacity: capacity, refillsPerSecond: rate)
      )
    }
    if let limit = fields.int("concurrency", in: counts, &list) {
      limits.append(.concurrency(limit: limit))
    }
    let daily = fields.int("daily", in: counts, &list).map {
      DailyCap(limit: $0, zone: calendar.zone)
    }
    let scope = fields.word("scope", as: ThrottleFault.Scope.self, &list) ?? .partner
    let penalty = duration("penalty", &fields).map { ThrottlePenalty(blockedFor: $0) }
    guard !limits.isEmpty || daily != nil else {
      let names = [
        "fixedWindow", "slidingWindow", "leakyBucket", "tokenBucket", "concurrency", "daily",
      ]
      // One that is there and could not be read has been reported.
      if names.contains(where: { fields.value[$0] != nil }) { return nil }
      list.add(
        "'throttle' needs one of \(names.joined(separator: ", "))",
        id: "scenario-missing-member",
        at: fields.value
      )
      return nil
    }
    return ThrottleFault(limits: limits, dailyCap: daily, scope: scope, penalty: penalty)
  }

  private mutating func readWindow(
    _ value: JSONValue,
    _ noun: String
  ) -> (limit: Int, per: Duration)? {
    var inner = JSONFields(value, as: noun, ids: Self.ids)
    _ = inner.required("limit", &list)
    let limit = inner.int("limit", in: 1...1_000_000_000, &list)
    let per = duration("per", &inner)
    inner.finish(&list)
    guard let limit else { return nil }
    return (limit, per ?? .seconds(60))
  }

  private mutating func readAuthentication(
    _ fields: inout JSONFields
  ) -> AuthenticationFault? {
    let after = duration("after", &fields)
    guard let flaw = fields.requiredString("flaw", &list) else { return nil }
    let flaws: [(String, AuthenticationFault.Flaw)] = [
      ("expired-token", .expiredToken), ("revoked-scope", .revokedScope),
      ("rotated-secret", .rotatedSecret), ("wrong-signature", .wrongSignature),
      ("missing-signature", .missingSignature),
    ]
    if flaw == "replayed" {
      return AuthenticationFault(flaw: .replayed(after: after ?? .seconds(3600)))
    }
    if let value = fields.value["after"] {
      list.add("'after' needs the flaw 'replayed'", id: "scenario-ambiguous-fault", at: value)
    }
    if let found = flaws.first(where: { $0.0 == flaw }) {
      return AuthenticationFault(flaw: found.1)
    }
    list.add(
      JSONFields.unknown(
        "flaw",
        flaw,
        for: "'authentication'",
        among: flaws.map(\.0) + ["replayed"]
      ),
      id: "scenario-unknown-value",
      at: fields.value["flaw"] ?? fields.value
    )
    return nil
  }

  private mutating func readLatency(_ fields: inout JSONFields) -> LatencyFault? {
    let distribution = readDistribution(&fields)
    var latency = LatencyFault(distribution: distribution ?? .fixed(.zero))
    if let leg = fields.word("leg", as: LatencyFault.Leg.self, &list) { latency.leg = leg }
    latency.ceiling = duration("ceiling", &fields)
    if let over = duration("ramp", &fields) { latency.shape = .ramp(over: over) }
    if let over = duration("slowStart", &fields) { latency.shape = .slowStart(over: over) }
    if let spike = fields.object("spike", &list) {
      var inner = JSONFields(spike, as: "'spike'", ids: Self.ids)
      let rise = duration("rise", &inner) ?? .zero
      _ = inner.required("halfLife", &list)
      let half = duration("halfLife", &inner)
      inner.finish(&list)
      if let half { latency.shape = .spike(rise: rise, halfLife: half) }
    }
    if let tail = fields.object("tail", &list) {
      var inner = JSONFields(tail, as: "'tail'", ids: Self.ids)
      _ = inner.required("share", &list)
      let share = ratio("share", &inner)
      let shape = number("shape", &inner)
      inner.finish(&list)
      if let share {
        latency.tail = shape.map { .init(share: share, shape: $0) } ?? .init(share: share)
      }
    }
    return distribution == nil ? nil : latency
  }

  private mutating func readDistribution(_ fields: inout JSONFields) -> DelayDistribution? {
    var found: [DelayDistribution] = []
    if let fixed = duration("fixed", &fields) { found.append(.fixed(fixed)) }
    if let range = durations("uniform", &fields) { found.append(.uniform(range)) }
    if let mean = duration("exponential", &fields) { found.append(.exponential(mean: mean)) }
    for (name, first, second) in [
      ("normal", "mean", "deviation"), ("logNormal", "median", "spread"),
      ("pareto", "minimum", "shape"),
    ] {
      guard let value = fields.object(name, &list) else { continue }
      var inner = JSONFields(value, as: "'\(name)'", ids: Self.ids)
      _ = (inner.required(first, &list), inner.required(second, &list))
      let scale = duration(first, &inner)
      if name == "normal" {
        let deviation = duration(second, &inner)
        if let scale, let deviation {
          found.append(.normal(mean: scale, deviation: deviation))
        }
      } else {
        let shape = number(second, &inner)
        if let scale, let shape {
          found.append(
            name == "pareto"
              ? .pareto(minimum: scale, shape: shape) : .logNormal(median: scale, spread: shape)
          )
        }
      }
      inner.finish(&list)
    }
    let samples = readSamples(&fields)
    if let measured = EmpiricalDelays(samples: samples) { found.append(.empirical(measured)) }
    let names = [
      "fixed", "uniform", "normal", "logNormal", "exponential", "pareto", "empirical",
    ]
    // One that is there and could not be read has been reported.
    if found.isEmpty, names.contains(where: { fields.value[$0] != nil }) { return nil }
    guard found.count == 1 else {
      list.add(
        "'latency' needs one of \(names.joined(separator: ", "))",
        id: "scenario-missing-member",
        at: fields.value
      )
      return nil
    }
    return found[0]
  }

  private mutating func readSamples(_ fields: inout JSONFields) -> [Duration] {
    entries("empirical", &fields).compactMap { value in
      if let sample = value.string.flatMap({ Duration(parsing: $0) }), sample >= .zero {
        return sample
      }
      list.add(
        "expected a duration such as '30 s' or '2 h' in 'empirical', "
          + "found \(value.string.map { "'\($0)'" } ?? value.kind.phrase)",
        id: "scenario-malformed-value",
        at: value
      )
      return nil
    }
  }

  /// Reads a number that is more than zero.
  private mutating func number(_ name: String, _ fields: inout JSONFields) -> Ratio? {
    fields.parsed(name, expected: "a number such as '0.6', as text", &list) {
      Ratio(parsing: $0).flatMap { $0 > .zero ? $0 : nil }
    }
  }

  private mutating func readLost(_ fields: inout JSONFields) -> LostFault {
    let part = fields.word("part", as: LostFault.Part.self, &list) ?? .response
    let sign = fields.word("sign", as: LostFault.Sign.self, &list) ?? .timeout
    return LostFault(part: part, sign: sign)
  }

  private mutating func readReorder(_ fields: inout JSONFields) -> ReorderFault {
    let scope = fields.word("scope", as: ReorderFault.Scope.self, &list) ?? .entity
    return ReorderFault(scope: scope, hold: duration("hold", &fields) ?? .seconds(600))
  }

  private mutating func readLate(_ fields: inout JSONFields) -> LateFault {
    if fields.bool("untilEnd", &list) == true { return LateFault(delay: .untilGateCloses) }
    return durations("by", &fields).map { LateFault(delay: .between($0)) } ?? LateFault()
  }

  private mutating func readDuplicate(_ fields: inout JSONFields) -> DuplicateFault {
    var duplicate = DuplicateFault()
    if let copies = fields.int("copies", in: 1...100, &list) { duplicate.copies = copies }
    if let after = durations("after", &fields) { duplicate.after = after }
    if let asNew = fields.bool("asNewDelivery", &list) { duplicate.asNewDelivery = asNew }
    return duplicate
  }

  private mutating func readBody(_ fields: inout JSONFields) -> BodyFault? {
    let damages = ["truncated", "malformed"]
    let share = ratio("at", &fields)
    guard let damage = fields.requiredString("damage", &list) else { return nil }
    switch damage {
    case "truncated": return BodyFault(damage: .truncated(at: share))
    case "malformed": return BodyFault(damage: .malformed)
    default:
      list.add(
        JSONFields.unknown("damage", damage, for: "'body'", among: damages),
        id: "scenario-unknown-value",
        at: fields.value["damage"] ?? fields.value
      )
      return nil
    }
  }
}
