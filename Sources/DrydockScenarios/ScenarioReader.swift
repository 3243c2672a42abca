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
  /// How many entries each list of a scenario may have, and how many partners there may be.
  static let entriesMax = 10_000
  /// How many products, and how many lines of an order, there may be.
  static let productsMax = 1_000
  /// How many partners, nodes of a partner and crashes there may be.
  static let partnersMax = 50
  /// The shortest time between two rounds of work that repeats.
  static let intervalMin = Duration.seconds(60)
  /// The longest a story may last.
  static let daysMax = 3_660

  let file: String
  var list: FileDiagnostics
  var calendar = ScenarioCalendar()
  /// The number of each order, by the scenario's word.
  var orders: [String: Int] = [:]
  /// The number of each return, by the scenario's word.
  var returns: [String: Int] = [:]
  /// The numbers of the orders placed and of the returns requested so far.
  var placedOrders: Set<Int> = []
  var requestedReturns: Set<Int> = []
  var partners: [PartnerPlan] = []
  var masterData = MasterData(products: [], nodes: [])
  /// The SKUs of the master data.
  var skus: Set<String> = []

  static func read(_ bytes: [UInt8], file: String) -> Result<Scenario, ScenarioError> {
    let document: JSONDocument
    do {
      var options = JSONReadOptions.relaxed
      options.allowsDuplicateNames = false
      document = try JSONDocument.parse(bytes, options: options)
    } catch {
      return .failure(
        ScenarioError(diagnostics: [error.diagnostic(file: file, bytes: bytes)])
      )
    }
    var reader = ScenarioReader(file: file, list: FileDiagnostics(file: file))
    let scenario = reader.read(document.root)
    guard let scenario, reader.list.isClean else {
      return .failure(ScenarioError(diagnostics: inOrder(reader.list.diagnostics)))
    }
    return .success(scenario)
  }

  /// Returns diagnostics in the order of the file, which is not the one that sections are read in.
  private static func inOrder(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    diagnostics.enumerated().sorted { left, right in
      (left.element.line ?? 0, left.element.column ?? 0, left.offset)
        < (right.element.line ?? 0, right.element.column ?? 0, right.offset)
    }
    .map(\.element)
  }

  private mutating func read(_ root: JSONValue) -> Scenario? {
    var fields = JSONFields(root, as: "a scenario", ids: Self.ids)
    let title = fields.requiredString("scenario", &list)
    let because = fields.string("because", &list) ?? ""
    _ = fields.member("$schema")
    if let value = fields.object("calendar", &list) { readCalendar(value) }
    let story = entries("when", &fields)
    nameOrders(in: story)
    let given = fields.object("given", &list)
    readMasterData(
      entries("products", atMost: Self.productsMax, &fields),
      given: given,
      story: story,
      fields.value
    )
    readPartners(fields.object("partners", &list), given: given)
    let policy = fields.object("policy", &list).map { readPolicy($0) } ?? IntegrationPolicy()
    let faults = entries("faults", &fields).enumerated().compactMap {
      readFault($0.element, number: $0.offset)
    }
    let crashes = entries("crashes", atMost: Self.partnersMax, &fields).enumerated().compactMap {
      readCrash($0.element, number: $0.offset)
    }
    let versions = entries("versions", atMost: Self.partnersMax, &fields).enumerated()
      .compactMap { readVersion($0.element, number: $0.offset) }
    let pins = fields.object("pins", &list).map { readPins($0) } ?? []
    let steps = readStory(story)
    let expectations = entries("then", &fields).compactMap { readExpectation($0) }
    let rules = readRules(&fields)
    let allowed = readAllowed(entries("allow", &fields))
    let settle = duration("settle", &fields)
    let lasts = duration("lasts", &fields)
    let seed = fields.int("seed", in: 0...Int.max, &list) ?? 1
    fields.finish(&list)
    checkEmptiness(at: root)
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
      versions: versions,
      pins: pins,
      seed: Seed(UInt64(seed))
    )
  }

  private mutating func checkEmptiness(at root: JSONValue) {
    let isGiven = root["when"].map { $0.kind != .array || $0.count > 0 } ?? false
    if root.kind == .object, !isGiven {
      list.add(
        "a scenario needs at least one step in 'when'; nothing would happen",
        id: "scenario-empty-story",
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
      if (1_970...2_200).contains(date.year) {
        calendar.firstDay = date
      } else if let place = fields.value["start"] {
        list.add(
          "expected 'start' from 1970-01-01 to 2200-12-31, found '\(place.string ?? "")'",
          id: "scenario-out-of-range",
          at: place
        )
      }
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
    if let interval = interval("publishEvery", &fields) { policy.publishEvery = interval }
    if let interval = interval("reconcileEvery", &fields) { policy.reconcileEvery = interval }
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
      if let rule, !RuleCatalog.ids.contains(rule) {
        list.add(
          JSONFields.unknown("rule", rule, for: "an allowed breach", among: RuleCatalog.ids),
          id: "scenario-unknown-rule",
          at: value["rule"] ?? value
        )
      }
      if let rule, let because { allowed[rule] = because }
    }
    return allowed
  }

  // MARK: Shared by the sections

  /// Returns the elements of an array; none, and a diagnostic, where there are too many to read.
  mutating func entries(
    _ name: String,
    atMost limit: Int = ScenarioReader.entriesMax,
    _ fields: inout JSONFields
  ) -> [JSONValue] {
    if let value = fields.value[name], value.kind == .array, value.count > limit {
      _ = fields.member(name)
      tooMany(value.count, limit, name, at: value)
      return []
    }
    return fields.array(name, &list)
  }

  mutating func entries(_ name: String, _ fields: inout JSONFields?) -> [JSONValue] {
    guard var inner = fields else { return [] }
    defer { fields = inner }
    return entries(name, &inner)
  }

  mutating func tooMany(_ count: Int, _ limit: Int, _ name: String, at value: JSONValue) {
    list.add(
      "expected at most \(limit) entries in '\(name)', found \(count)",
      id: "scenario-too-long",
      at: value
    )
  }

  /// Reads a duration such as `30 s`.
  mutating func duration(_ name: String, _ fields: inout JSONFields) -> Duration? {
    fields.parsed(name, expected: "a duration such as '30 s' or '2 h'", &list) {
      Duration(parsing: $0).flatMap { $0 >= .zero ? $0 : nil }
    }
  }

  /// Reads the time between two rounds of work that repeats; a run of many tiny ones would not end.
  mutating func interval(_ name: String, _ fields: inout JSONFields) -> Duration? {
    guard let interval = duration(name, &fields) else { return nil }
    if interval < Self.intervalMin, let value = fields.value[name] {
      list.add(
        "expected '\(name)' of at least \(Self.intervalMin.shortDescription), "
          + "found '\(value.string ?? "")'",
        id: "scenario-out-of-range",
        at: value
      )
    }
    return interval
  }

  /// Reads a duration or a range of two, such as `["1 s", "30 s"]`.
  mutating func durations(
    _ name: String,
    _ fields: inout JSONFields
  ) -> ClosedRange<Duration>? {
    guard let value = fields.member(name) else { return nil }
    if value.string != nil { return duration(name, &fields).map { $0...$0 } }
    let ends = fields.strings(name, &list).compactMap { Duration(parsing: $0) }
    guard ends.count == 2, ends[0] <= ends[1], ends[0] >= .zero else {
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
    // Sorting thousands of names for each of thousands of mistakes takes its time.
    let known = list.isFull ? [] : orders.keys.sorted()
    list.add(
      JSONFields.unknown("order", label, for: "this entry", among: known),
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
