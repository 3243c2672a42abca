import DrydockExchange
import DrydockJSON
import DrydockKernel

/// The query of a list call, item by item.
struct ShopifyQuery {
  let items: [(name: String, value: String)]

  init(_ text: Substring) {
    items = text.split(separator: "&").map { item in
      let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return (
        PercentEncoding.decode(parts[0]), parts.count > 1 ? PercentEncoding.decode(parts[1]) : ""
      )
    }
  }

  subscript(name: String) -> String? {
    items.first { $0.name == name }?.value
  }

  /// The items as a query again, without those that belong to one page only.
  var filters: String {
    items.filter { $0.name != "limit" && $0.name != "page_info" }
      .map { "\(PercentEncoding.encode($0.name))=\(PercentEncoding.encode($0.value))" }
      .joined(separator: "&")
  }

  /// How many results a page may hold.
  func limit() throws(ShopifyFailure) -> Int {
    guard let text = self["limit"] else { return 50 }
    guard let limit = Int(text), (1...250).contains(limit) else {
      throw ShopifyFailure(400, .member("limit", "must be between 1 and 250"))
    }
    return limit
  }

  /// Refuses items that the call does not take; a cursor goes with `limit` alone.
  func allow(_ names: [String]) throws(ShopifyFailure) {
    for item in items where item.name != "limit" && item.name != "page_info" {
      guard self["page_info"] == nil else {
        throw ShopifyFailure(
          400,
          .member(
            item.name,
            "\(item.name) cannot be passed. See "
              + "https://shopify.dev/docs/api/usage/pagination-rest for more information."
          )
        )
      }
      guard names.contains(item.name) else {
        throw ShopifyFailure(400, .member(item.name, "is not a parameter of this list"))
      }
    }
  }

  /// The cursor in `page_info`.
  func cursor() throws(ShopifyFailure) -> ShopifyCursor? {
    guard let text = self["page_info"] else { return nil }
    guard let cursor = ShopifyCursor(parsing: text) else {
      throw ShopifyFailure(400, .member("page_info", "Invalid value."))
    }
    return cursor
  }

  /// Reads a list of identifiers separated by commas.
  func identifiers(_ name: String) throws(ShopifyFailure) -> [Int64]? {
    guard let text = self[name] else { return nil }
    var identifiers: [Int64] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let identifier = Int64(part), identifiers.count < 250 else {
        throw ShopifyFailure(400, .member(name, "Invalid value."))
      }
      identifiers.append(identifier)
    }
    return identifiers
  }

  /// Reads an instant with its offset.
  func instant(_ name: String) throws(ShopifyFailure) -> VirtualInstant? {
    guard let text = self[name] else { return nil }
    guard let instant = VirtualInstant(parsing: text) else {
      throw ShopifyFailure(400, .member(name, "is not a valid date"))
    }
    return instant
  }
}

/// A place in a list: behind or before one of its elements.
///
/// It carries the filters too, since a call with a cursor may repeat none of them.
struct ShopifyCursor: Hashable, Sendable {
  var isForward: Bool
  /// The identifier of the element.
  var last: Int64
  /// The filters of the list, as a query.
  var filters: String

  init(isForward: Bool, last: Int64, filters: String) {
    self.isForward = isForward
    self.last = last
    self.filters = filters
  }

  init?(parsing text: String) {
    guard let bytes = Base64.decode(text) else { return nil }
    let root: JSONValue
    do {
      root = try JSONDocument.parse(bytes).root
    } catch {
      return nil
    }
    guard let direction = root["direction"]?.string, ["next", "prev"].contains(direction),
      let last = root["last_id"]?.int, let filters = root["filters"]?.string
    else { return nil }
    self.init(isForward: direction == "next", last: last, filters: filters)
  }

  var text: String {
    var writer = JSONWriter()
    writer.object {
      $0.member("direction", isForward ? "next" : "prev")
      $0.member("last_id", last)
      $0.member("filters", filters)
    }
    return Base64.encode(writer.bytes)
  }
}

/// One page of a list, by positions, and whether there is more on either side.
struct ShopifyPage: Hashable, Sendable {
  var positions: [Int] = []
  var hasNext = false
  var hasPrevious = false

  /// Collects a page by walking a list.
  ///
  /// - Parameters:
  ///   - count: How many elements the list has; it is walked from position 0.
  ///   - limit: How many a page holds.
  ///   - cursor: The position to start behind, and the direction.
  ///   - matches: Whether the element at a position belongs to the list.
  /// - Complexity: O(elements between the cursor and the end of the page).
  init(
    count: Int,
    limit: Int,
    behind cursor: (position: Int, isForward: Bool)?,
    where matches: (Int) -> Bool
  ) {
    let isForward = cursor?.isForward ?? true
    let step = isForward ? 1 : -1
    var position = cursor.map { $0.position + step } ?? 0
    var hasMore = false
    while position >= 0, position < count {
      if matches(position) {
        guard positions.count < limit else {
          hasMore = true
          break
        }
        positions.append(position)
      }
      position += step
    }
    if !isForward { positions.reverse() }
    hasNext = isForward ? hasMore : true
    hasPrevious = isForward ? cursor != nil : hasMore
  }
}

extension ShopifyDialect {
  /// Returns the `Link` header of a page, if there is anything beside it.
  ///
  /// - Parameters:
  ///   - path: The list's path.
  ///   - page: The page.
  ///   - limit: How many results it may hold.
  ///   - filters: The filters of the list, as a query.
  ///   - identifier: Returns the identifier of the element at a position.
  /// - Returns: The header's value; nothing where the page is the whole list.
  func link(
    path: Substring,
    page: ShopifyPage,
    limit: Int,
    filters: String,
    identifier: (Int) -> Int64
  ) -> String? {
    guard let first = page.positions.first, let last = page.positions.last else { return nil }
    var links: [String] = []
    func add(_ relation: String, _ cursor: ShopifyCursor) {
      links.append(
        "<https://\(host)\(path)?limit=\(limit)&page_info=\(PercentEncoding.encode(cursor.text))>; "
          + "rel=\"\(relation)\""
      )
    }
    if page.hasPrevious {
      add(
        "previous",
        ShopifyCursor(isForward: false, last: identifier(first), filters: filters)
      )
    }
    if page.hasNext {
      add("next", ShopifyCursor(isForward: true, last: identifier(last), filters: filters))
    }
    return links.isEmpty ? nil : links.joined(separator: ", ")
  }
}
