import DrydockExchange
import DrydockFakes
import DrydockJSON
import DrydockKernel
import DrydockWorld

/// Which versions of messages partners speak, and which judge them.
///
///     "versions": [{ "partner": "3pl", "message": "orders-list-response", "to": "2.0",
///                    "at": "day 1 12:00", "overlap": "6 h", "share": "1/2" },
///                  { "partner": "store", "apiVersion": "2026-07", "after": 3 }],
///     "pins":     { "shipbob/orders-list-response": "1.0" }
///
/// Whether a catalogue has these versions is asked when it is at hand.
extension ScenarioReader {
  mutating func readVersion(_ value: JSONValue, number: Int) -> VersionWish? {
    var fields = JSONFields(value, as: "a version", ids: Self.ids)
    _ = fields.string("because", &list)
    let name = fields.requiredString("partner", &list)
    let speaker = name.flatMap { partner($0, at: fields.value["partner"] ?? value) }
    let scope = readScope(&fields)
    let start = readStart(&fields)
    let overlap = duration("overlap", &fields)
    let share = ratio("share", &fields)
    fields.finish(&list)
    if share != nil, overlap == nil, let place = value["share"] {
      list.add(
        "'share' needs 'overlap', the time in which both versions are written",
        id: "scenario-missing-member",
        at: place
      )
    }
    guard let speaker, let scope, let start,
      let platform = Self.dialects[speaker.settings.kind]?.first
    else { return nil }
    return VersionWish(
      id: "versions/\(number)",
      partner: speaker.id,
      platform: platform,
      scope: scope,
      start: start,
      overlap: overlap ?? .zero,
      share: share ?? Ratio(1, 2),
      messagePlace: place(of: value["message"] ?? value),
      versionPlace: place(of: value["to"] ?? value["apiVersion"] ?? value)
    )
  }

  private mutating func readScope(_ fields: inout JSONFields) -> VersionWish.Scope? {
    let message = fields.string("message", &list)
    let version = fields.string("to", &list)
    let apiVersion = fields.string("apiVersion", &list)
    let given = ["message", "to", "apiVersion"].filter { fields.value[$0] != nil }
    if given == ["apiVersion"] { return apiVersion.map { .platform(version: $0) } }
    if given == ["message", "to"] {
      guard let message, let version else { return nil }
      return .message(message, version: version)
    }
    if fields.value.kind == .object {
      list.add(
        "a version needs 'message' and 'to', or 'apiVersion' by itself",
        id: "scenario-missing-member",
        at: fields.value
      )
    }
    return nil
  }

  private mutating func readStart(_ fields: inout JSONFields) -> VersionSwitch.Start? {
    let instant = instant("at", &fields)
    let messages = fields.int("after", in: 0...1_000_000_000, &list)
    if fields.value["at"] != nil, let place = fields.value["after"] {
      list.add("'at' and 'after' exclude each other", id: "scenario-ambiguous-version", at: place)
      return nil
    }
    if fields.value["after"] != nil { return messages.map { .after(messages: $0) } }
    if fields.value["at"] != nil { return instant.map { .at($0) } }
    return .at(calendar.start)
  }

  mutating func readPins(_ value: JSONValue) -> [VersionPin] {
    var pins: [VersionPin] = []
    for member in value.members {
      guard let version = member.value.string else {
        list.add(
          "expected a version such as '1.0' for '\(member.name)', "
            + "found \(member.value.kind.phrase)",
          id: "scenario-wrong-type",
          at: member.value
        )
        continue
      }
      pins.append(
        VersionPin(message: member.name, version: version, place: place(of: member.value))
      )
    }
    return pins
  }

  private func place(of value: JSONValue) -> ScenarioPlace {
    let location = value.location
    return ScenarioPlace(line: location.line, column: location.column)
  }
}
