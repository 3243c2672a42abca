import DrydockExchange
import DrydockJSON
import DrydockKernel

/// A list of records: identifiers and links only, page by page.
///
/// `q` holds conditions joined by `AND`:
///
/// | member | operators | value |
/// | --- | --- | --- |
/// | `externalId`, `tranId`, `email`, `otherRefNum` | `IS` | text |
/// | `lastModifiedDate`, `createdDate`, `tranDate` | `AFTER`, `ON_OR_AFTER` | `M/D/YYYY` |
/// | the same | `BEFORE`, `ON_OR_BEFORE`, `ON` | `M/D/YYYY` |
///
/// Dates are days: whoever polls by them sees the same records again all day.
struct NetSuiteList {
  private enum Condition {
    case text(member: String, value: String)
    case day(member: String, from: Int, to: Int)
  }

  private let kind: ERPRecordKind
  private var conditions: [Condition] = []
  private let query: String?
  private let page: NetSuitePage

  init(_ request: Request, of kind: ERPRecordKind) throws(NetSuiteError) {
    self.kind = kind
    page = try NetSuitePage(request)
    query = request.queryItem("q")
    if let query { conditions = try Self.parse(query) }
  }

  /// Returns the page as JSON.
  func body(books: ERPBooks, style: NetSuiteStyle) -> [UInt8] {
    var matching: [Int64] = []
    for index in 0..<books.count(of: kind) {
      let address = ERPRecordAddress(kind: kind, index: index)
      if conditions.allSatisfy({ Self.holds($0, for: address, in: books) }) {
        matching.append(books.head(of: address).id)
      }
    }
    let path = "\(style.base)\(kind.netSuiteLinkType)"
    let shown = matching.dropFirst(page.offset).prefix(page.limit)
    var writer = JSONWriter()
    writer.object { writer in
      page.writeLinks(&writer, path: path, extra: query.map { ("q", $0) }, total: matching.count)
      writer.member("count", shown.count)
      writer.member("hasMore", page.offset + shown.count < matching.count)
      writer.memberArray("items") { writer in
        for id in shown {
          writer.object { writer in
            style.selfLink(&writer, "\(kind.netSuiteLinkType)/\(id)")
            writer.member("id", String(id))
          }
        }
      }
      writer.member("offset", page.offset)
      writer.member("totalResults", matching.count)
    }
    return writer.bytes
  }

  private static func parse(_ query: String) throws(NetSuiteError) -> [Condition] {
    let tokens = QueryToken.tokens(of: query)
    var conditions: [Condition] = []
    var index = 0
    while true {
      guard index + 3 <= tokens.count, case .word(let member) = tokens[index],
        case .word(let operation) = tokens[index + 1]
      else { throw unreadable(query) }
      let value = tokens[index + 2].text
      switch member {
      case "externalId", "tranId", "email", "otherRefNum":
        guard operation == "IS" else { throw unreadable(query) }
        conditions.append(.text(member: member, value: value))
      case "lastModifiedDate", "createdDate", "tranDate":
        guard let day = SuiteQLDate.parse(value, format: "MM/DD/YYYY").map(ERPBooks.day) else {
          throw unreadable(query)
        }
        conditions.append(try condition(member, operation, day.daysSinceEpoch, query))
      default: throw unreadable(query)
      }
      index += 3
      guard index < tokens.count else { return conditions }
      guard case .word("AND") = tokens[index] else { throw unreadable(query) }
      index += 1
    }
  }

  private static func condition(
    _ member: String,
    _ operation: String,
    _ day: Int,
    _ query: String
  ) throws(NetSuiteError) -> Condition {
    switch operation {
    case "AFTER": .day(member: member, from: day + 1, to: .max)
    case "ON_OR_AFTER": .day(member: member, from: day, to: .max)
    case "BEFORE": .day(member: member, from: .min, to: day - 1)
    case "ON_OR_BEFORE": .day(member: member, from: .min, to: day)
    case "ON": .day(member: member, from: day, to: day)
    default: throw unreadable(query)
    }
  }

  private static func unreadable(_ query: String) -> NetSuiteError {
    .parameter("q", "Invalid search query. Detailed unprocessed description follows. \(query)")
  }

  private static func holds(
    _ condition: Condition,
    for address: ERPRecordAddress,
    in books: ERPBooks
  ) -> Bool {
    let head = books.head(of: address)
    switch condition {
    case .text(let member, let value):
      let order = address.kind == .order ? books.orders[address.index] : nil
      switch member {
      case "externalId": return head.externalID == value
      case "tranId": return address.kind.documentNumber(head.sequence) == value
      case "email": return order?.email == value
      default: return order?.otherReference == value
      }
    case .day(let member, let from, let to):
      let day =
        switch member {
        case "lastModifiedDate": ERPBooks.day(of: head.modifiedAt)
        case "createdDate": ERPBooks.day(of: head.createdAt)
        default: head.date
        }
      return day.daysSinceEpoch >= from && day.daysSinceEpoch <= to
    }
  }
}

/// Which part of a list a call asks for.
struct NetSuitePage: Hashable, Sendable {
  let limit: Int
  let offset: Int

  /// The most elements of one page.
  static let limitMax = 1_000

  init(_ request: Request) throws(NetSuiteError) {
    limit = try Self.number("limit", request, 1...Self.limitMax) ?? Self.limitMax
    offset = try Self.number("offset", request, 0...Int(Int32.max)) ?? 0
    guard offset % limit == 0 else {
      throw .parameter("offset", "The offset must be divisible by the limit: \(limit).")
    }
  }

  private static func number(
    _ name: String,
    _ request: Request,
    _ range: ClosedRange<Int>
  ) throws(NetSuiteError) -> Int? {
    guard let text = request.queryItem(name) else { return nil }
    guard let number = Int(text), range.contains(number) else {
      throw .parameter(
        name,
        "Invalid value '\(text)': expected \(range.lowerBound) to \(range.upperBound)."
      )
    }
    return number
  }

  /// Writes the links to this page, its neighbours and the ends of the list.
  func writeLinks(
    _ writer: inout JSONWriter,
    path: String,
    extra: (name: String, value: String)?,
    total: Int
  ) {
    let last = total == 0 ? 0 : (total - 1) / limit * limit
    var links: [(String, Int)] = []
    if offset > 0 {
      links.append(("first", 0))
      links.append(("previous", offset - limit))
    }
    if offset + limit < total {
      links.append(("next", offset + limit))
      links.append(("last", last))
    }
    writer.memberArray("links") { writer in
      for (relation, offset) in links {
        writeLink(&writer, relation, "\(path)?limit=\(limit)&offset=\(offset)", extra)
      }
      writeLink(&writer, "self", "\(path)?limit=\(limit)&offset=\(offset)", extra)
    }
  }

  private func writeLink(
    _ writer: inout JSONWriter,
    _ relation: String,
    _ href: String,
    _ extra: (name: String, value: String)?
  ) {
    writer.object { writer in
      writer.member("rel", relation)
      let more = extra.map { "&\($0.name)=\(PercentEncoding.encode($0.value))" } ?? ""
      writer.member("href", href + more)
    }
  }
}
