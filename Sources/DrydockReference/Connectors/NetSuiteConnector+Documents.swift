import DrydockExchange
import DrydockJSON
import DrydockKernel

/// Documents that follow from an order at the ERP: fulfilment, invoice, return, receipt, credit.
extension NetSuiteConnector {
  /// Units of an order's line that a document is about.
  struct DocumentLine: Hashable, Sendable {
    /// The number of the line at the ERP.
    var line: Int
    var sku: String
    var quantity: Int
    var node: MasterData.Node?
    var isRestocked = true
  }

  /// Posts that goods left.
  ///
  /// Lines that did not leave are named too: the ERP ships what is not named.
  func fulfil(
    _ id: String,
    _ shipment: CanonicalShipment,
    lines: [DocumentLine],
    key: String,
    token: String
  ) -> Request {
    transform("salesOrder/\(id)", .itemFulfillment, key: key, token: token) { body in
      body.member("tranDate", shipment.shippedAt.description(.date))
      body.memberObject("shipStatus") { $0.member("id", "C") }
      writeItems(into: &body) { items in
        for line in lines {
          items.object { item in
            item.member("orderLine", line.line)
            item.member("itemReceive", line.quantity > 0)
            guard line.quantity > 0 else { return }
            item.member("quantity", line.quantity)
            write(line.node, into: &item)
          }
        }
      }
      body.memberObject("package") { package in
        package.memberArray("items") { items in
          items.object {
            $0.member("packageTrackingNumber", shipment.tracking)
            $0.member("packageDescr", shipment.carrier)
          }
        }
      }
    }
  }

  /// Posts an invoice for goods that left.
  func bill(
    _ id: String,
    lines: [DocumentLine],
    on date: VirtualInstant,
    key: String,
    token: String
  ) -> Request {
    transform("salesOrder/\(id)", .invoice, key: key, token: token) { body in
      body.member("tranDate", date.description(.date))
      writeItems(into: &body) { items in
        for line in lines {
          items.object {
            $0.member("orderLine", line.line)
            $0.member("quantity", line.quantity)
          }
        }
      }
    }
  }

  /// Allows goods to come back.
  func authoriseReturn(
    _ id: String,
    lines: [DocumentLine],
    memo: String,
    key: String,
    token: String
  ) -> Request {
    transform("salesOrder/\(id)", .returnAuthorization, key: key, token: token) { body in
      body.memberObject("orderStatus") { $0.member("id", "B") }
      body.member("memo", memo)
      writeItems(into: &body) { items in
        for line in lines {
          items.object {
            $0.member("orderLine", line.line)
            $0.member("quantity", line.quantity)
          }
        }
      }
    }
  }

  /// Posts that goods came back, and whether they go on the shelf.
  func receive(
    _ authorisation: String,
    lines: [DocumentLine],
    on date: VirtualInstant,
    key: String,
    token: String
  ) -> Request {
    transform("returnAuthorization/\(authorisation)", .itemReceipt, key: key, token: token) {
      body in
      body.member("tranDate", date.description(.date))
      writeItems(into: &body) { items in
        for line in lines {
          items.object { item in
            item.member("orderLine", line.line)
            item.member("itemReceive", line.quantity > 0)
            guard line.quantity > 0 else { return }
            item.member("quantity", line.quantity)
            item.member("restock", line.isRestocked)
            write(line.node, into: &item)
          }
        }
      }
    }
  }

  /// Posts that money is owed back for goods that were received.
  func credit(
    _ authorisation: String,
    lines: [DocumentLine],
    on date: VirtualInstant,
    memo: String,
    key: String,
    token: String
  ) -> Request {
    transform("returnAuthorization/\(authorisation)", .creditMemo, key: key, token: token) { body in
      body.member("tranDate", date.description(.date))
      body.member("memo", memo)
      writeItems(into: &body) { items in
        for line in lines {
          items.object {
            $0.member("orderLine", line.line)
            $0.member("quantity", line.quantity)
          }
        }
      }
    }
  }

  /// One line of a credit memo that no goods stand behind.
  struct CreditLine: Hashable, Sendable {
    var sku: String
    var quantity: Int
    var net: Money
    var tax: Money
  }

  /// Posts that money is owed back although nothing came back, against an invoice.
  func creditWithoutGoods(
    customer: String,
    invoice: String,
    lines: [CreditLine],
    memo: String,
    key: String,
    token: String
  ) -> Request {
    send("POST", "/creditMemo", token: token) { body in
      writeKey(key, into: &body)
      body.memberObject("entity") { $0.member("externalId", customer) }
      body.member("memo", memo)
      writeItems(into: &body) { items in
        for line in lines {
          items.object { item in
            item.memberObject("item") {
              $0.member("id", String(masterData.product(sku: line.sku)?.netsuiteItem ?? 0))
            }
            item.member("quantity", line.quantity)
            item.member("amount", number: line.net.decimalString)
            item.member("tax1Amt", number: line.tax.decimalString)
          }
        }
      }
      body.memberObject("apply") { apply in
        apply.memberArray("items") { items in
          items.object { item in
            item.memberObject("doc") { $0.member("id", invoice) }
            item.member("apply", true)
          }
        }
      }
    }
  }

  // MARK: Stock

  /// Asks for the stock per item and location.
  func queryStock(token: String) -> Request {
    var writer = JSONWriter()
    writer.object {
      $0.member("q", "SELECT item, location, quantityonhand FROM inventoryitemlocations")
    }
    return access.send(
      "POST",
      "/services/rest/query/v1/suiteql?limit=1000",
      ["Authorization": "Bearer \(token)", "Prefer": "transient"],
      body: writer.bytes
    )
  }

  /// Reads the stock per item and location; SuiteQL writes numbers as text.
  func stock(in response: Response) throws(Unreadable) -> [StockLevel] {
    var levels: [StockLevel] = []
    for row in try Fields(parsing: response.body).list("items") {
      let item = try row.integer("item")
      let location = try row.integer("location")
      guard let sku = masterData.product(\.netsuiteItem, is: item)?.sku,
        let node = masterData.nodes.first(where: { $0.netsuiteLocation == location })
      else { continue }
      let onHand = Int(row.optionalInteger("quantityonhand") ?? 0)
      levels.append(StockLevel(sku: sku, node: node.name, onHand: onHand, fulfillable: onHand))
    }
    return levels
  }

  /// Whether no rows are left behind those of an answer about stock.
  func isWhole(_ response: Response) -> Bool {
    (try? Fields(parsing: response.body))?.optionalBool("hasMore") != true
  }

  /// Stock that the ERP counts otherwise than the 3PL.
  struct StockDifference: Hashable, Sendable {
    var product: MasterData.Product
    var node: MasterData.Node
    /// Units that the ERP must add, negative for units it must take off.
    var units: Int
  }

  /// Corrects the ERP's stock.
  func adjustStock(
    _ differences: [StockDifference],
    on date: VirtualInstant,
    key: String,
    token: String
  ) -> Request {
    send("POST", "/inventoryAdjustment", token: token) { body in
      writeKey(key, into: &body)
      body.member("tranDate", date.description(.date))
      body.member("memo", "3PL count")
      body.memberObject("account") { $0.member("id", "58") }
      body.memberObject("inventory") { sublist in
        sublist.memberArray("items") { items in
          for difference in differences {
            items.object { item in
              item.memberObject("item") { $0.member("id", String(difference.product.netsuiteItem)) }
              item.memberObject("location") {
                $0.member("id", String(difference.node.netsuiteLocation))
              }
              item.member("adjustQtyBy", difference.units)
            }
          }
        }
      }
    }
  }

  // MARK: Parts of a body

  private func transform(
    _ source: String,
    _ document: Document,
    key: String,
    token: String,
    _ body: (inout JSONWriter) -> Void
  ) -> Request {
    send("POST", "/\(source)/!transform/\(document.rawValue)", token: token) {
      writeKey(key, into: &$0)
      body(&$0)
    }
  }

  private func writeItems(into body: inout JSONWriter, _ items: (inout JSONWriter) -> Void) {
    body.memberObject("item") { $0.memberArray("items") { items(&$0) } }
  }

  private func write(_ node: MasterData.Node?, into item: inout JSONWriter) {
    guard let node else { return }
    item.memberObject("location") { $0.member("id", String(node.netsuiteLocation)) }
  }
}
