import DrydockExchange
import DrydockJSON
import DrydockKernel

/// Calls about stock levels.
extension ShipBobDialect {
  func listLevels(
    _ request: Request,
    _ books: ThreePLBooks,
    _ now: VirtualInstant
  ) -> Response {
    list(request, books, path: "inventory-level") { product, levels, writer in
      write(product, Self.total(levels), books, into: &writer)
    } levels: {
      books.levels(at: now)
    }
  }

  func listLevelsByLocation(
    _ request: Request,
    _ books: ThreePLBooks,
    _ now: VirtualInstant
  ) -> Response {
    list(request, books, path: "inventory-level/locations") { product, levels, writer in
      writer.object { writer in
        writer.member("inventory_id", books.products[product].inventory)
        writer.member("name", books.products[product].name)
        writer.member("sku", books.products[product].sku)
        writer.memberArray("locations") { writer in
          for (node, level) in zip(books.nodes, levels) {
            writer.object { Self.write(node, level, into: &$0) }
          }
        }
      }
    } levels: {
      books.levels(at: now)
    }
  }

  func readLevel(
    _ id: Substring,
    _ request: Request,
    _ books: ThreePLBooks,
    _ now: VirtualInstant
  ) -> Response {
    guard let number = Int64(id),
      let product = books.products.firstIndex(where: { $0.inventory == number })
    else {
      return ShipBobErrors.problem(
        404,
        "Not Found",
        detail: "Inventory \(PercentEncoding.decode(id)) was not found.",
        instance: request.path
      )
    }
    let levels = Self.levels(of: product, books.levels(at: now), books)
    return ok { write(product, Self.total(levels), books, into: &$0) }
  }

  private func list(
    _ request: Request,
    _ books: ThreePLBooks,
    path: String,
    write: (Int, ArraySlice<ThreePLBooks.Level>, inout JSONWriter) -> Void,
    levels: () -> [ThreePLBooks.Level]
  ) -> Response {
    let size: Int
    let page: Int
    switch Self.number("PageSize", of: request, default: 50, in: 1...250) {
    case .success(let number): size = number
    case .failure(let refused): return refused.response
    }
    switch Self.number("Cursor", of: request, default: 1, in: 1...1_000_000) {
    case .success(let number): page = number
    case .failure(let refused): return refused.response
    }
    let wanted = Self.values("InventoryIds", of: request)
    let search = request.queryItem("SearchBy")?.lowercased()
    let matching = books.products.indices.filter { index in
      let product = books.products[index]
      if let wanted, !wanted.contains(String(product.inventory)) { return false }
      guard let search else { return true }
      return String(product.inventory) == search || product.sku.lowercased().contains(search)
        || product.name.lowercased().contains(search)
    }
    let shown = matching.dropFirst((page - 1) * size).prefix(size)
    let all = levels()
    let hasNext = page * size < matching.count
    return ok { writer in
      writer.object { writer in
        writer.memberArray("items") { writer in
          for product in shown {
            write(product, Self.levels(of: product, all, books), &writer)
          }
        }
        let base = "/\(ShipBobRoute.version)/\(path)?PageSize=\(size)&Cursor="
        writer.member("first", page > 1 ? "\(base)1" : nil)
        writer.member("prev", page > 1 ? "\(base)\(page - 1)" : nil)
        writer.member("next", hasNext ? "\(base)\(page + 1)" : nil)
        let last = max(1, (matching.count + size - 1) / size)
        writer.member("last", hasNext ? "\(base)\(last)" : nil)
      }
    }
  }

  private static func levels(
    of product: Int,
    _ all: [ThreePLBooks.Level],
    _ books: ThreePLBooks
  ) -> ArraySlice<ThreePLBooks.Level> {
    all[(product * books.nodes.count)..<((product + 1) * books.nodes.count)]
  }

  private static func total(_ levels: ArraySlice<ThreePLBooks.Level>) -> ThreePLBooks.Level {
    levels.reduce(ThreePLBooks.Level(), +)
  }

  private func write(
    _ product: Int,
    _ level: ThreePLBooks.Level,
    _ books: ThreePLBooks,
    into writer: inout JSONWriter
  ) {
    let fulfillable = level.onHand - level.committed
    writer.object {
      $0.member("inventory_id", books.products[product].inventory)
      $0.member("name", books.products[product].name)
      $0.member("sku", books.products[product].sku)
      $0.member("total_fulfillable_quantity", fulfillable)
      $0.member("total_on_hand_quantity", level.onHand)
      $0.member("total_committed_quantity", level.committed)
      $0.member("total_sellable_quantity", fulfillable + level.awaiting)
      $0.member("total_awaiting_quantity", level.awaiting)
      $0.member("total_exception_quantity", level.exception)
      $0.member("total_internal_transfer_quantity", 0)
      $0.member("total_backordered_quantity", level.backordered)
    }
  }

  private static func write(
    _ node: ThreePLBooks.Node,
    _ level: ThreePLBooks.Level,
    into writer: inout JSONWriter
  ) {
    writer.member("location_id", node.center)
    writer.member("name", node.name)
    writer.member("fulfillable_quantity", level.onHand - level.committed)
    writer.member("on_hand_quantity", level.onHand)
    writer.member("committed_quantity", level.committed)
    writer.member("awaiting_quantity", level.awaiting)
    writer.member("internal_transfer_quantity", 0)
  }
}
