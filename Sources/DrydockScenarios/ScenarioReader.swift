import DrydockExchange
import DrydockFakes
import DrydockFaults
import DrydockJSON
import DrydockKernel
import DrydockVerification
import DrydockWorld

/// Reads a scenario file, section by section, and collects every mistake.
///
///     bytes ─▶ document ─▶ calendar ─▶ orders ─▶ partners ─▶ faults ─▶ story ─▶ expectations
struct ScenarioReader {
  /// The first part of the ids of its diagnostics.
  static let ids = "scenario"
  /// How many steps, faults and expectations a scenario may have.
  static let entriesMax = 100_000

  let file: String
  var list: FileDiagnostics
  var calendar = ScenarioCalendar()
  /// The number of each order, by the scenario's word.
  var orders: [String: Int] = [:]
  /// The number of each return, by the scenario's word.
  var returns: [String: Int] = [:]
  var partners: [PartnerPlan] = []
  var masterData = MasterData(products: [], nodes: [])

  static func read(_ bytes: [UInt8], file: String) -> Result<Scenario, ScenarioError> {
    let document: JSONDocument
    do {
      document = try JSONDocument.parse(bytes, options: .relaxed)
    } catch {
      return .failure(
        ScenarioError(diagnostics: [error.diagnostic(file: file, bytes: bytes)])
      )
    }
    var reader = ScenarioReader(file: file, list: FileDiagnostics(file: file))
    let scenario = reader.read(document.root)
    guard let scenario, reader.list.isClean else {
      return .failure(ScenarioError(diagnostics: reader.list.diagnostics))
    }
    return .success(scenario)
  }

  private mutating func read(_ root: JSONValue) -> Scenario? {
    var fields = JSONFields(root, as: "a scenario", ids: Self.ids)
    let title = fields.requiredString("scenario", &list)
    let because = fields.string("because", &list) ?? ""
    _ = fields.member("$schema")
    if let value = fields.object("calendar", &list) { readCalendar(value) }
    let story = fields.array("when", &list)
    nameOrders(in: story)
    let given = fields.object("given", &list)
    readMasterData(fields.array("products", &list), given: given, story: story, fields.value)
    readPartners(fields.object("partners", &list), given: given)
    let policy = fields.object("policy", &list).map { readPolicy($0) } ?? IntegrationPolicy()
    let faults = fields.array("faults", &list).enumerated().compactMap {
      readFault($0.element, number: $0.offset)
    }
    let crashes = fields.array("crashes", &list).enumerated().compactMap {
      readCrash($0.element, number: $0.offset)
    }
    let steps = readStory(story)
    let expectations = fields.array("then", &list).compactMap { readExpectation($0) }
    let rules = readRules(&fields)
    let allowed = readAllowed(fields.array("allow", &list))
    let settle = duration("settle", &fields)
    let lasts = duration("lasts", &fields)
    let seed = fields.int("seed", in: 0...Int.max, &list) ?? 1
    fields.finish(&list)
    checkEmptiness(story, at: root)
    var limits = RunLimits()
    if let lasts { limits.lasts = lasts }
    let plan = Plan(
      title: title ?? "",
      file: file,
      start: calendar.start,
      partners: partners,
      masterData: masterData,
      policy: policy,
      faults: faults,
      story: steps,
      crashes: crashes,
      settle: settle,
      limits: limits
    )
    return Scenario(
      title: title ?? "",
      because: because,
      file: file,
      plan: plan,
      expectations: expectations,
      rules: rules,
      allowed: allowed,
      seed: Seed(UInt64(seed))
    )
  }

  private mutating func checkEmptiness(_ story: [JSONValue], at root: JSONValue) {
    if story.isEmpty, root.kind == .object {
      list.add(
        "a scenario needs at least one step in 'when'; nothing would happen",
        id: "scenario-empty-story",
        at: root
      )
    }
    if story.count > Self.entriesMax {
      list.add(
        "expected at most \(Self.entriesMax) steps in 'when', found \(story.count)",
        id: "scenario-too-long",
        at: root
      )
    }
  }

  private mutating func readCalendar(_ value: JSONValue) {
    var fields = JSONFields(value, as: "'calendar'", ids: Self.ids)
    if let date = fields.parsed(
      "start",
      expected: "a date such as '2026-03-02'",
      &list,
      { CivilDate(parsing: $0) }
    ) {
      calendar.firstDay = date
    }
    if let zone = fields.parsed(
      "zone",
      expected: "a zone such as 'America/New_York'",
      &list,
      { ZoneRules.named($0) }
    ) {
      calendar.zone = zone
    }
    fields.finish(&list)
  }

  private mutating func readPolicy(_ value: JSONValue) -> IntegrationPolicy {
    var fields = JSONFields(value, as: "'policy'", ids: Self.ids)
    var policy = IntegrationPolicy()
    if let units = fields.int("safetyStock", in: 0...1_000_000, &list) {
      policy.safetyStock = units
    }
    if let moment = fields.word("refund", as: IntegrationPolicy.RefundMoment.self, &list) {
      policy.refundMoment = moment
    }
    if let splits = fields.bool("splitOrders", &list) { policy.splitsOrders = splits }
    if let wait = duration("rerouteAfter", &fields) { policy.rerouteAfter = wait }
    if let interval = duration("publishEvery", &fields) { policy.publishEvery = interval }
    if let interval = duration("reconcileEvery", &fields) { policy.reconcileEvery = interval }
    fields.finish(&list)
    return policy
  }

  private mutating func readRules(_ fields: inout JSONFields) -> [String]? {
    guard let value = fields.member("rules") else { return nil }
    if value.string == "all" { return nil }
    let known = RuleCatalog.ids
    let names = fields.strings("rules", &list)
    for element in value.elements {
      guard let name = element.string, !known.contains(name) else { continue }
      list.add(
        JSONFields.unknown("rule", name, for: "'rules'", among: known),
        id: "scenario-unknown-rule",
        at: element
      )
    }
    return names
  }

  private mutating func readAllowed(_ values: [JSONValue]) -> [String: String] {
    var allowed: [String: String] = [:]
    for value in values {
      var fields = JSONFields(value, as: "an allowed breach", ids: Self.ids)
      let rule = fields.requiredString("rule", &list)
      let because = fields.requiredString("because", &list)
      fields.finish(&list)
      guard let rule, let because else { continue }
      if !RuleCatalog.ids.contains(rule) {
        list.add(
          JSONFields.unknown("rule", rule, for: "an allowed breach", among: RuleCatalog.ids),
          id: "scenario-unknown-rule",
          at: value
        )
      }
      allowed[rule] = because
    }
    return allowed
  }

  // MARK: Shared by the sections

  /// Reads a duration such as `30 s`.
  mutating func duration(_ name: String, _ fields: inout JSONFields) -> Duration? {
    fields.parsed(name, expected: "a duration such as '30 s' or '2 h'", &list) {
      Duration(parsing: $0)
    }
  }

  /// Reads a duration or a range of two, such as `["1 s", "30 s"]`.
  mutating func durations(
    _ name: String,
    _ fields: inout JSONFields
  ) -> ClosedRange<Duration>? {
    guard let value = fields.member(name) else { return nil }
    if value.string != nil { return duration(name, &fields).map { $0...$0 } }
    let ends = fields.strings(name, &list).compactMap { Duration(parsing: $0) }
    guard ends.count == 2, ends[0] <= ends[1] else {
      list.add(
        "expected a duration, or a shorter and a longer one, in '\(name)'",
        id: "scenario-malformed-value",
        at: value
      )
      return nil
    }
    return ends[0]...ends[1]
  }

  /// Reads a share such as `5%`.
  mutating func ratio(_ name: String, _ fields: inout JSONFields) -> Ratio? {
    fields.parsed(name, expected: "a share such as '5%' or '1/3'", &list) { text in
      Ratio(parsing: text).flatMap { $0 <= .one ? $0 : nil }
    }
  }

  /// Reads an instant such as `day 2 14:30`.
  mutating func instant(_ name: String, _ fields: inout JSONFields) -> VirtualInstant? {
    let calendar = calendar
    return fields.parsed(name, expected: "an instant such as 'day 1 09:00'", &list) {
      calendar.instant(parsing: $0)
    }
  }

  /// Returns the number of an order that the story places.
  mutating func order(_ name: String, _ fields: inout JSONFields, required: Bool) -> Int? {
    let label =
      required ? fields.requiredString(name, &list) : fields.string(name, &list)
    guard let label, let value = fields.value[name] else { return nil }
    if let number = orders[label] { return number }
    list.add(
      JSONFields.unknown("order", label, for: "this entry", among: orders.keys.sorted()),
      id: "scenario-unknown-order",
      at: value
    )
    return nil
  }

  /// Returns a partner of the scenario by its name.
  mutating func partner(_ name: String, at value: JSONValue) -> PartnerPlan? {
    if let partner = partners.first(where: { $0.id.name == name }) { return partner }
    list.add(
      JSONFields.unknown("partner", name, for: "this scenario", among: partners.map(\.id.name)),
      id: "scenario-unknown-partner",
      at: value
    )
    return nil
  }
}
