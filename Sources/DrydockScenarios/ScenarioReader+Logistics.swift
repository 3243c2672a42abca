import DrydockExchange
import DrydockFakes
import DrydockJSON
import DrydockKernel

/// The partners that hold and carry goods: 3PLs, the carrier and the returns platform.
extension ScenarioReader {
  mutating func readThreePL(
    _ id: PartnerID,
    _ fields: inout JSONFields?,
    _ stock: [GivenStock]
  ) -> ThreePLSettings {
    let nodes = masterData.nodes.filter { $0.partner == id }.map(\.name)
    var settings = ThreePLSettings(
      nodes: nodes,
      stock: stock.filter { nodes.contains($0.node) }.map {
        .init(sku: $0.sku, node: $0.node, onHand: $0.onHand, held: $0.held)
      }
    )
    // A second 3PL of the same platform answers on a host of its own.
    if id.name != PartnerKind.threePL.rawValue { settings.host = "\(id.name).api.shipbob.com" }
    guard fields != nil else { return settings }
    _ = fields?.strings("nodes", &list)
    bool("alwaysOpen", \.alwaysOpen, &fields, &settings)
    bool("backorders", \.backorders, &fields, &settings)
    bool("splitsAcrossNodes", \.splitsAcrossNodes, &fields, &settings)
    bool("reportsDelivery", \.reportsDelivery, &fields, &settings)
    duration("pickAfter", \.pickAfter, &fields, &settings)
    duration("packAfter", \.packAfter, &fields, &settings)
    duration("shipAfter", \.shipAfter, &fields, &settings)
    duration("inspectAfter", \.inspectAfter, &fields, &settings)
    duration("levelLag", \.levelLag, &fields, &settings)
    if let cutoff = fields?.parsed(
      "cutoff",
      expected: "a time of day such as '15:00'",
      &list,
      { CivilTime(parsing: $0) }
    ) {
      settings.calendar.cutoff = cutoff
    }
    for value in entries("holds", &fields) { readHold(value, into: &settings) }
    for value in entries("shortPicks", &fields) { readShortPick(value, into: &settings) }
    for value in entries("grades", &fields) { readGrade(value, into: &settings) }
    return settings
  }

  private mutating func readHold(_ value: JSONValue, into settings: inout ThreePLSettings) {
    var fields = JSONFields(value, as: "a hold", ids: Self.ids)
    let order = order("order", &fields, required: true)
    let reason = fields.word("reason", as: ThreePLSettings.HoldReason.self, &list) ?? .manual
    let lasts = duration("lasts", &fields)
    fields.finish(&list)
    if let order { settings.holds.append(.init(order: order, reason: reason, lasts: lasts)) }
  }

  private mutating func readShortPick(_ value: JSONValue, into settings: inout ThreePLSettings) {
    var fields = JSONFields(value, as: "a short pick", ids: Self.ids)
    let order = order("order", &fields, required: true)
    let sku = fields.requiredString("sku", &list)
    let missing = fields.int("missing", in: 1...1_000_000, &list) ?? 1
    fields.finish(&list)
    if let sku { check(sku: sku, at: value["sku"] ?? value) }
    if let order, let sku {
      settings.shortPicks.append(.init(order: order, sku: sku, missing: missing))
    }
  }

  private mutating func readGrade(_ value: JSONValue, into settings: inout ThreePLSettings) {
    var fields = JSONFields(value, as: "a grade", ids: Self.ids)
    let label = fields.string("return", &list)
    let sku = fields.string("sku", &list)
    let disposition = fields.word(
      "disposition",
      as: ThreePLSettings.Disposition.self,
      &list
    )
    let units = fields.int("units", in: 1...1_000_000, &list)
    fields.finish(&list)
    if let sku { check(sku: sku, at: value["sku"] ?? value) }
    var subject = sku.map { ThreePLSettings.Grade.Subject.sku($0) }
    if let label {
      if let number = returns[label] {
        subject = .returned(number)
      } else {
        list.add(
          JSONFields.unknown("return", label, for: "a grade", among: returns.keys.sorted()),
          id: "scenario-unknown-return",
          at: value["return"] ?? value
        )
      }
    }
    let isWhole = value["disposition"] != nil && (value["return"] ?? value["sku"]) != nil
    if !isWhole {
      list.add(
        "a grade needs 'disposition', and 'return' or 'sku'",
        id: "scenario-missing-member",
        at: value
      )
    }
    guard let subject, let disposition else { return }
    settings.grades.append(.init(subject, disposition, units: units))
  }

  mutating func readCarrier(_ fields: inout JSONFields?) -> CarrierSettings {
    var settings = CarrierSettings()
    guard fields != nil else { return settings }
    if var inner = fields {
      if let transit = durations("transit", &inner) { settings.transit = transit }
      fields = inner
    }
    duration("lostAfter", \.lostAfter, &fields, &settings)
    duration("goesBackIn", \.goesBackIn, &fields, &settings)
    for value in entries("endings", &fields) { readEnding(value, into: &settings) }
    for value in entries("quirks", &fields) { readQuirk(value, into: &settings) }
    return settings
  }

  private mutating func readEnding(_ value: JSONValue, into settings: inout CarrierSettings) {
    var fields = JSONFields(value, as: "an ending", ids: Self.ids)
    let order = order("order", &fields, required: true)
    _ = fields.required("journey", &list)
    let journey = fields.word("journey", as: CarrierSettings.Journey.self, &list)
    let isReturn = fields.bool("return", &list) ?? false
    fields.finish(&list)
    if let order, let journey {
      settings.endings.append(.init(order: order, journey, isReturn: isReturn))
    }
  }

  private mutating func readQuirk(_ value: JSONValue, into settings: inout CarrierSettings) {
    var fields = JSONFields(value, as: "a quirk", ids: Self.ids)
    let order = order("order", &fields, required: true)
    let scans = fields.requiredString("scans", &list)
    let by = duration("by", &fields) ?? .seconds(6 * 3600)
    fields.finish(&list)
    let known: [(String, CarrierSettings.Quirk)] = [
      ("backdated", .backdated(by: by)), ("repeated", .repeated), ("respelled", .respelled),
      ("permuted", .permuted), ("after-delivery", .scanAfterDelivery),
    ]
    guard let order, let scans else { return }
    guard let quirk = known.first(where: { $0.0 == scans }) else {
      list.add(
        JSONFields.unknown("quirk", scans, for: "the carrier's scans", among: known.map(\.0)),
        id: "scenario-unknown-value",
        at: value["scans"] ?? value
      )
      return
    }
    settings.scanQuirks.append(.init(order: order, quirk.1))
  }

  mutating func readReturns(_ fields: inout JSONFields?) -> ReturnsSettings {
    var settings = ReturnsSettings()
    guard fields != nil else { return settings }
    bool("approvesAutomatically", \.approvesAutomatically, &fields, &settings)
    bool("requiresFulfilment", \.requiresFulfilment, &fields, &settings)
    duration("labelDelay", \.labelDelay, &fields, &settings)
    duration("processingDelay", \.processingDelay, &fields, &settings)
    if let count = fields?.int("processingFailures", in: 0...1_000, &list) {
      settings.processingFailures = count
    }
    return settings
  }
}
