import DrydockExchange
import DrydockJSON
import DrydockKernel

/// Reads what Loop's calls ask for.
enum LoopRequests {
  /// One line of a grading call.
  struct GradeLine {
    var number: Int
    var ordinal: Int
    var grade: ReturnsBooks.Grade
    /// The line as it was written, which the answer repeats.
    var source: JSONValue
  }

  /// Reads a request's JSON object.
  static func object(_ request: Request) throws(LoopFailure) -> JSONValue {
    let type = request.headers["Content-Type"] ?? ""
    guard type.prefix(while: { $0 != ";" }).lowercased() == "application/json" else {
      throw .invalid("The request must be JSON.")
    }
    var options = JSONReadOptions.strict
    options.bytesMax = ReturnsLimits.bodyBytesMax
    let root: JSONValue
    do {
      root = try JSONDocument.parse(request.body, options: options).root
    } catch {
      throw .invalid("The request must be JSON.")
    }
    guard root.kind == .object else { throw .invalid("The request must be a JSON object.") }
    return root
  }

  /// Reads the values that settling adds to an exchange order: any object of texts, or nothing.
  static func details(_ request: Request) throws(LoopFailure) {
    guard !request.body.isEmpty else { return }
    for member in try object(request).members where member.value.string == nil {
      throw .invalid("The \(member.name) must be a string.")
    }
  }

  static func note(_ request: Request) throws(LoopFailure) -> String {
    let root = try object(request)
    for member in root.members where member.name != "note" {
      throw .invalid("The \(member.name) field is not known.")
    }
    guard let note = root["note"]?.string, !note.isEmpty else {
      throw .invalid("The note field is required.")
    }
    return note
  }

  static func grades(_ request: Request, at now: VirtualInstant) throws(LoopFailure) -> [GradeLine]
  {
    let root = try object(request)
    for member in root.members where member.name != "items" {
      throw .invalid("The \(member.name) field is not known.")
    }
    guard let items = root["items"], items.kind == .array, items.count > 0 else {
      throw .invalid("The items field is required.")
    }
    guard items.count <= ReturnsLimits.gradesMax else {
      throw .invalid("The items may not have more than \(ReturnsLimits.gradesMax) items.")
    }
    var grades: [GradeLine] = []
    for (position, item) in items.elements.enumerated() {
      grades.append(try grade(item, "items.\(position)", at: now))
    }
    return grades
  }

  private static func grade(
    _ item: JSONValue,
    _ name: String,
    at now: VirtualInstant
  ) throws(LoopFailure) -> GradeLine {
    let known = [
      "line_item_id", "description", "condition_category", "return_processor", "note", "images",
      "inspected_at",
    ]
    guard item.kind == .object else { throw .invalid("The \(name) must be an object.") }
    for member in item.members where !known.contains(member.name) {
      throw .invalid("The \(name).\(member.name) field is not known.")
    }
    guard let identifier = item["line_item_id"]?.int else {
      throw .invalid("The \(name).line_item_id must be an integer.")
    }
    guard let text = item["condition_category"]?.string,
      let condition = ReturnsBooks.Condition(rawValue: text)
    else { throw .invalid("The selected \(name).condition_category is invalid.") }
    guard let description = item["description"]?.string,
      description.count <= ReturnsLimits.descriptionMax
    else { throw .invalid("The \(name).description field is required, 255 characters at most.") }
    if let processor = item["return_processor"], !processor.isNull {
      guard let text = processor.string, text.count <= ReturnsLimits.processorMax else {
        throw .invalid("The \(name).return_processor may not be greater than 100 characters.")
      }
    }
    if let note = item["note"], !note.isNull, note.string == nil {
      throw .invalid("The \(name).note must be a string.")
    }
    if let images = item["images"], !images.isNull {
      guard images.kind == .array, images.count <= ReturnsLimits.imagesMax,
        images.elements.allSatisfy({ $0.string != nil })
      else { throw .invalid("The \(name).images may not have more than 5 items.") }
    }
    var inspectedAt = now
    if let date = item["inspected_at"], !date.isNull {
      guard let instant = date.string.flatMap({ instant($0) }) else {
        throw .invalid("The \(name).inspected_at is not a valid date.")
      }
      inspectedAt = instant
    }
    guard let parts = LoopIdentifier.parts(ofUnit: identifier) else {
      throw .invalid("The selected \(name).line_item_id is invalid.")
    }
    return GradeLine(
      number: parts.number,
      ordinal: parts.ordinal,
      grade: ReturnsBooks.Grade(condition: condition, at: inspectedAt),
      source: item
    )
  }

  /// Reads a date in the forms that the platform takes: with an offset, without, or without a time.
  static func instant(_ text: String) -> VirtualInstant? {
    if let instant = VirtualInstant(parsing: text) { return instant }
    if let instant = VirtualInstant(parsing: text, in: .utc) { return instant }
    return CivilDate(parsing: text).map { ZoneRules.utc.instant(of: $0, .midnight) }
  }

  /// Which returns a list holds.
  struct Filter {
    var from: VirtualInstant
    var to: VirtualInstant
    var isByUpdate: Bool
    var state: String?
    /// How many returns a page holds; nothing for all of them.
    var pageSize: Int?
    /// The number of the return behind which the page starts.
    var cursor: Int?

    init(_ request: Request) throws(LoopFailure) {
      for item in request.query.split(separator: "&") {
        let name = item.prefix { $0 != "=" }
        guard Self.names.contains(name) else {
          throw .invalid("The \(name) field is not known.")
        }
      }
      func date(_ name: String) throws(LoopFailure) -> VirtualInstant {
        guard let text = request.queryItem(name) else {
          throw .invalid("The \(name) field is required.")
        }
        guard let instant = LoopRequests.instant(text) else {
          throw .invalid("The \(name) is not a valid date.")
        }
        return instant
      }
      from = try date("from")
      to = try date("to")
      guard to >= from else { throw .invalid("The to must be a date after from.") }
      guard to.nanoseconds(since: from) / 86_400_000_000_000 <= ReturnsLimits.listDaysMax else {
        throw .invalid("The date range may not be greater than 120 days.")
      }
      switch request.queryItem("filter") {
      case nil, "created_at": isByUpdate = false
      case "updated_at": isByUpdate = true
      default: throw .invalid("The selected filter is invalid.")
      }
      try readPage(request)
      state = request.queryItem("state")
      if let state, !["open", "closed", "cancelled", "expired", "review"].contains(state) {
        throw .invalid("The selected state is invalid.")
      }
    }

    private static let names: [Substring] = [
      "from", "to", "filter", "state", "paginate", "pageSize", "cursor",
    ]

    private mutating func readPage(_ request: Request) throws(LoopFailure) {
      switch request.queryItem("paginate") {
      case nil, "false": return
      case "true": pageSize = ReturnsLimits.pageSize
      default: throw .invalid("The paginate field must be true or false.")
      }
      if let text = request.queryItem("pageSize") {
        guard let size = Int(text), (1...ReturnsLimits.pageSizeMax).contains(size) else {
          throw .invalid("The page size must be between 1 and \(ReturnsLimits.pageSizeMax).")
        }
        pageSize = size
      }
      if let text = request.queryItem("cursor") {
        guard let bytes = Base64.decode(text),
          let number = Int(String(decoding: bytes, as: UTF8.self))
        else { throw .invalid("The selected cursor is invalid.") }
        cursor = number
      }
    }

    /// Returns the address of the page behind a return.
    func next(_ request: Request, behind number: Int) -> String {
      let items = request.query.split(separator: "&").filter { !$0.hasPrefix("cursor=") }
      let cursor = PercentEncoding.encode(Base64.encode(Array(String(number).utf8)))
      return "https://\(request.host)\(request.path)?"
        + (items.map(String.init) + ["cursor=\(cursor)"]).joined(separator: "&")
    }

    func matches(_ made: ReturnsBooks.Return) -> Bool {
      let instant = isByUpdate ? made.updatedAt : made.createdAt
      guard instant >= from, instant <= to else { return false }
      return state == nil || state == LoopReturnWriter.state(made.state)
    }
  }
}
