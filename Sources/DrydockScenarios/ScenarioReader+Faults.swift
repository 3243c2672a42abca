import DrydockExchange
import DrydockFaults
import DrydockJSON
import DrydockKernel
import DrydockWorld

/// What goes wrong: the gates of each fault, and the crashes of the integration.
extension ScenarioReader {
  mutating func readFault(_ value: JSONValue, number: Int) -> Fault? {
    var fields = JSONFields(value, as: "a fault", ids: Self.ids)
    _ = fields.string("because", &list)
    let gates = readGates(&fields)
    let kinds = FaultAction.Kind.allCases.filter { value[$0.rawValue] != nil }
    var action: FaultAction?
    if let kind = kinds.first, kinds.count == 1, let body = fields.member(kind.rawValue) {
      action = readAction(kind, body)
    } else {
      reportKind(value, kinds)
      for kind in FaultAction.Kind.allCases { _ = fields.member(kind.rawValue) }
    }
    if action != nil || kinds.count > 1 { fields.finish(&list) }
    guard let gates, let action else { return nil }
    return Fault(id: "faults/\(number)", gates: gates, action: action)
  }

  private mutating func reportKind(_ value: JSONValue, _ kinds: [FaultAction.Kind]) {
    let all = FaultAction.Kind.allCases.map(\.rawValue)
    guard kinds.isEmpty else {
      let found = kinds.map { "'\($0.rawValue)'" }.joined(separator: " and ")
      list.add(
        "a fault does one thing, found \(found); write one fault for each",
        id: "scenario-ambiguous-fault",
        at: value
      )
      return
    }
    let gates = [
      "on", "order", "attempt", "entity", "skip", "atMost", "odds", "from", "to", "ramp", "every",
      "for", "because",
    ]
    let partner = value["on"]?.string.map { String($0.prefix { $0 != "." }) } ?? "?"
    if let member = value.members.first(where: { !gates.contains($0.name) }) {
      list.add(
        JSONFields.unknown("fault", member.name, for: "partner '\(partner)'", among: all),
        id: "scenario-unknown-fault",
        at: member.value
      )
    } else {
      list.add(
        "a fault needs what it does: \(all.joined(separator: ", "))",
        id: "scenario-missing-member",
        at: value
      )
    }
  }

  private mutating func readGates(_ fields: inout JSONFields) -> Gates? {
    guard var match = readMatch("on", &fields) else { return nil }
    match.order = order("order", &fields, required: false)
    match.attempt = fields.int("attempt", in: 1...1_000, &list)
    match.entity = fields.string("entity", &list)
    let skip = fields.int("skip", in: 0...1_000_000_000, &list) ?? 0
    let atMost = fields.int("atMost", in: 1...1_000_000_000, &list)
    let odds = ratio("odds", &fields) ?? .one
    return Gates(match: match, skip: skip, atMost: atMost, time: readTime(&fields), odds: odds)
  }

  /// Reads `partner.channel.operation` and checks that the partner is there.
  private mutating func readMatch(_ name: String, _ fields: inout JSONFields) -> Match? {
    guard let value = fields.required(name, &list) else { return nil }
    let match = fields.parsed(
      name,
      expected: "a match such as 'erp.http.sales-order-upsert'",
      &list
    ) { Match(parsing: $0) }
    if let partner = match?.partner { _ = self.partner(partner.name, at: value) }
    return match
  }

  private mutating func readTime(_ fields: inout JSONFields) -> TimeGate {
    let from = instant("from", &fields)
    let to = instant("to", &fields)
    let isRamp = fields.bool("ramp", &list) ?? false
    let every = duration("every", &fields)
    let length = duration("for", &fields)
    if let every, let length {
      return .recurring(every: every, for: length, from: from ?? calendar.start)
    }
    if every != nil {
      list.add(
        "'every' needs 'for', the time it lasts",
        id: "scenario-missing-member",
        at: fields.value
      )
    }
    let end = to ?? length.map { (from ?? calendar.start) + $0 }
    guard from != nil || end != nil else { return .always }
    let first = from ?? calendar.start
    let last = end ?? first + .seconds(3_660 * 86_400)
    if last <= first {
      list.add(
        "the fault ends before it begins",
        id: "scenario-malformed-value",
        at: fields.value
      )
    }
    return isRamp ? .ramp(from: first, to: last) : .window(from: first, to: last)
  }

  mutating func readCrash(_ value: JSONValue, number: Int) -> CrashPlan? {
    var fields = JSONFields(value, as: "a crash", ids: Self.ids)
    _ = fields.string("because", &list)
    let away = duration("away", &fields) ?? .seconds(60)
    var trigger: CrashPlan.Trigger?
    if value["after"] != nil {
      var match = readMatch("after", &fields)
      match?.order = order("order", &fields, required: false)
      let nth = fields.int("nth", in: 1...1_000_000, &list) ?? 1
      trigger = match.map { .afterEffect($0, nth: nth) }
    } else if value["at"] != nil {
      trigger = instant("at", &fields).map { .at($0) }
    } else {
      list.add("a crash needs 'at' or 'after'", id: "scenario-missing-member", at: value)
    }
    fields.finish(&list)
    return trigger.map { CrashPlan(id: "crashes/\(number)", trigger: $0, away: away) }
  }
}
