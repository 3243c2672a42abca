import DrydockExchange
import DrydockFakes
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
    let gates =
      FaultCatalogue.gates.map { String($0.name.prefix { $0 != "." }) } + ["because"]
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
    // All are read, so that none is taken for unknown where another one is wrong.
    let found = readMatch("on", &fields)
    let order = order("order", &fields, required: false)
    let attempt = fields.int("attempt", in: 1...1_000, &list)
    let entity = fields.string("entity", &list)
    let skip = fields.int("skip", in: 0...1_000_000_000, &list) ?? 0
    let atMost = fields.int("atMost", in: 1...1_000_000_000, &list)
    let odds = ratio("odds", &fields) ?? .one
    let time = readTime(&fields)
    guard var match = found else { return nil }
    match.order = order
    match.attempt = attempt
    match.entity = entity
    return Gates(match: match, skip: skip, atMost: atMost, time: time, odds: odds)
  }

  /// Reads `partner.channel.operation` and checks that the partner is there.
  private mutating func readMatch(_ name: String, _ fields: inout JSONFields) -> Match? {
    guard let value = fields.required(name, &list) else { return nil }
    let match = fields.parsed(
      name,
      expected: "a match such as 'erp.http.sales-order-upsert'",
      &list
    ) { Match(parsing: $0) }
    let kind = fields.word("kind", as: PartnerKind.self, &list)
    guard var match else { return nil }
    match.kind = kind
    if let name = match.partner?.name, let partner = partner(name, at: value), let kind,
      partner.settings.kind != kind, let place = fields.value["kind"]
    {
      list.add(
        "expected kind '\(partner.settings.kind.rawValue)' of partner '\(name)', "
          + "found '\(kind.rawValue)'",
        id: "scenario-ambiguous-fault",
        at: place
      )
    }
    return match
  }

  private mutating func readTime(_ fields: inout JSONFields) -> TimeGate {
    let from = instant("from", &fields)
    let to = instant("to", &fields)
    let isRamp = fields.bool("ramp", &list) ?? false
    let every = span("every", &fields)
    let length = span("for", &fields)
    let windows = fields.member("windows").map { _ in readWindows(&fields) }
    let exclusive = [
      ("windows", ["from", "to", "ramp", "every", "for"]), ("every", ["ramp"]),
    ]
    for (name, others) in exclusive where fields.value[name] != nil {
      for other in others { exclude(other, beside: name, fields) }
    }
    if fields.value["every"] == nil { exclude("for", beside: "to", fields) }
    if let windows { return .windows(windows) }
    let first = from ?? calendar.start
    let end = to ?? (fields.value["every"] == nil ? length.map { first + $0 } : nil)
    if let end, end <= first {
      list.add(
        "the fault ends before it begins",
        id: "scenario-malformed-value",
        at: fields.value
      )
    }
    for (name, needed) in [("every", ["for"]), ("ramp", ["to", "for"])]
    where fields.value[name] != nil && needed.allSatisfy({ fields.value[$0] == nil }) {
      list.add(
        "'\(name)' needs '\(needed.joined(separator: "' or '"))', the time it lasts",
        id: "scenario-missing-member",
        at: fields.value
      )
    }
    if let every, let length { return .recurring(every: every, for: length, from: first, to: to) }
    guard from != nil || end != nil else { return .always }
    let last = end ?? first + .seconds(86_400) * Self.daysMax
    return isRamp ? .ramp(from: first, to: last) : .window(from: first, to: last)
  }

  /// Reports a member that means nothing beside another one.
  private mutating func exclude(_ name: String, beside other: String, _ fields: JSONFields) {
    guard let value = fields.value[name], fields.value[other] != nil else { return }
    list.add(
      "'\(other)' and '\(name)' exclude each other",
      id: "scenario-ambiguous-fault",
      at: value
    )
  }

  /// Reads a duration that must be longer than none.
  private mutating func span(_ name: String, _ fields: inout JSONFields) -> Duration? {
    guard let length = duration(name, &fields) else { return nil }
    if length > .zero { return length }
    if let value = fields.value[name] {
      list.add(
        "expected '\(name)' of more than 0 s, found '\(value.string ?? "")'",
        id: "scenario-out-of-range",
        at: value
      )
    }
    return nil
  }

  private mutating func readWindows(_ fields: inout JSONFields) -> [TimeGate.Window] {
    let values = entries("windows", &fields)
    if values.isEmpty, let value = fields.value["windows"], value.count == 0 {
      list.add("'windows' needs at least one", id: "scenario-missing-member", at: value)
    }
    return values.compactMap { value in
      var window = JSONFields(value, as: "a window", ids: Self.ids)
      _ = (window.required("from", &list), window.required("to", &list))
      let from = instant("from", &window)
      let to = instant("to", &window)
      window.finish(&list)
      guard let from, let to else { return nil }
      if to <= from {
        list.add(
          "the window ends before it begins",
          id: "scenario-malformed-value",
          at: value
        )
      }
      return TimeGate.Window(from: from, to: to)
    }
  }

  mutating func readCrash(_ value: JSONValue, number: Int) -> CrashPlan? {
    var fields = JSONFields(value, as: "a crash", ids: Self.ids)
    _ = fields.string("because", &list)
    let away = duration("away", &fields) ?? .seconds(60)
    var trigger: CrashPlan.Trigger?
    if value["after"] != nil {
      var match = readMatch("after", &fields)
      let order = order("order", &fields, required: false)
      match?.order = order
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
