import DrydockJSON

/// Reading and writing an order payload, against adding up its bytes.
///
/// The payload is compact, about 1.3 KB, of the shape that stores send: names, identifiers, amounts
/// as text, a few letters beyond ASCII. All ways count the bytes of that compact payload, so that
/// the rates compare; the indented one holds about 60 % more.
enum JSONBenchmark {
  static let benchmark = Benchmark(
    name: "json",
    summary: "bytes per second of reading and writing order payloads"
  ) {
    await run(payloads: 4000, repeats: 7)
  }

  static func run(payloads: Int, repeats: Int) async {
    let payload = order(1042)
    let pretty = prettyOrder(payload)
    func way(
      _ label: String,
      _ body: @escaping () -> UInt64
    ) -> Benchmark.Way {
      (
        label,
        {
          var sink: UInt64 = 0
          for _ in 0..<payloads { sink &+= body() }
          precondition(sink > 0, "the work was left out")
          return (payloads * payload.count, "")
        }
      )
    }
    let measurements = await Benchmark.compare(
      repeats: repeats,
      [
        way("parse", { parse(payload) }),
        way("parse, indented", { parse(pretty) }),
        way("parse, look up 12 members", { lookUp(payload) }),
        way("write", { UInt64(order(1042).count) }),
        way("parse, write again", { rewrite(payload) }),
        way("sum of the bytes (baseline)", { byteSum(payload) }),
      ]
    )
    Benchmark.report(measurements, unit: "bytes", thresholdPercent: 8)
    print(
      "  bytes \(payload.count), indented \(pretty.count), values and names \(entryCount(payload))"
    )
  }

  @inline(never)
  private static func byteSum(_ bytes: [UInt8]) -> UInt64 {
    var sum: UInt64 = 0
    for byte in bytes { sum &+= UInt64(byte) }
    return sum
  }

  @inline(never)
  private static func parse(_ bytes: [UInt8]) -> UInt64 {
    do {
      return UInt64(try JSONDocument.parse(bytes).root.count)
    } catch {
      preconditionFailure("the payload is refused: \(error)")
    }
  }

  @inline(never)
  private static func lookUp(_ bytes: [UInt8]) -> UInt64 {
    do {
      let root = try JSONDocument.parse(bytes).root
      var sum: UInt64 = 0
      for name in ["id", "name", "email", "currency", "total_price", "financial_status"] {
        sum &+= UInt64(root[name]?.string?.utf8.count ?? 1)
      }
      for element in root["line_items"].map({ Array($0.elements) }) ?? [] {
        sum &+= UInt64(element["quantity"]?.int ?? 0)
        sum &+= UInt64(element["sku"]?.string?.utf8.count ?? 0)
      }
      return sum
    } catch {
      preconditionFailure("the payload is refused: \(error)")
    }
  }

  @inline(never)
  private static func rewrite(_ bytes: [UInt8]) -> UInt64 {
    do {
      var writer = JSONWriter()
      writer.reserveCapacity(bytes.count)
      writer.value(try JSONDocument.parse(bytes).root)
      return UInt64(writer.bytes.count)
    } catch {
      preconditionFailure("the payload is refused: \(error)")
    }
  }

  private static func entryCount(_ bytes: [UInt8]) -> Int {
    func count(_ value: JSONValue) -> Int {
      value.elements.reduce(1) { $0 + count($1) }
        + value.members.reduce(0) { $0 + 1 + count($1.value) }
    }
    do {
      return count(try JSONDocument.parse(bytes).root)
    } catch {
      preconditionFailure("the payload is refused: \(error)")
    }
  }

  private static func prettyOrder(_ bytes: [UInt8]) -> [UInt8] {
    do {
      var writer = JSONWriter(pretty: true)
      writer.value(try JSONDocument.parse(bytes).root)
      return writer.bytes
    } catch {
      preconditionFailure("the payload is refused: \(error)")
    }
  }

  /// Returns an order as a store sends it.
  @inline(never)
  private static func order(_ number: Int) -> [UInt8] {
    var writer = JSONWriter()
    writer.reserveCapacity(1500)
    writer.object {
      $0.member("id", 5_678_901_230_000 + number)
      $0.member("name", "#1042")
      $0.member("email", "ann.example@example.com")
      $0.member("created_at", "2026-03-02T14:00:00-05:00")
      $0.member("currency", "USD")
      $0.member("financial_status", "paid")
      $0.member("fulfillment_status", nil as String?)
      $0.member("total_price", "738.10")
      $0.member("total_tax", "58.10")
      $0.member("test", false)
      $0.memberObject("customer") {
        $0.member("id", 207_119_551)
        $0.member("first_name", "Zoë")
        $0.member("last_name", "Müller")
        $0.member("verified_email", true)
      }
      $0.memberObject("shipping_address") {
        $0.member("address1", "12 Harbour Street")
        $0.member("address2", nil as String?)
        $0.member("city", "Portland")
        $0.member("province_code", "OR")
        $0.member("zip", "97201")
        $0.member("country_code", "US")
        $0.member("latitude", number: "45.5118")
        $0.member("longitude", number: "-122.6756")
      }
      $0.memberArray("line_items") {
        for position in 1...5 { lineItem(position, to: &$0) }
      }
      $0.memberArray("tags") {
        $0.value("gift")
        $0.value("priority")
      }
      $0.member("note", "Leave at the \"side door\"\nand ring twice")
    }
    return writer.bytes
  }

  private static func lineItem(_ position: Int, to writer: inout JSONWriter) {
    writer.object {
      $0.member("id", 866_550_311_766_000 + position)
      $0.member("sku", "SKU-00\(position)")
      $0.member("title", "Canvas deck shoe, size 4\(position)")
      $0.member("quantity", position)
      $0.member("price", "199.00")
      $0.member("grams", 850)
      $0.member("taxable", true)
      $0.memberArray("properties") { _ in }
    }
  }
}
