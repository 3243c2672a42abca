import DrydockJSON

/// Measures reading and writing an order payload against adding up its bytes.
///
/// The payload is compact, about 1.3 KB, of the shape that stores send: names, identifiers, amounts
/// as text, a few words beyond ASCII. Rates are the best of several rounds; ratios are to the sum of
/// the same bytes in the same process, so that they carry from machine to machine.
enum JSONBenchmark {
  /// The rounds, of which the best counts.
  private static let rounds = 7
  /// The payloads in a round.
  private static let repeats = 4000

  /// Returns the results, a line each.
  static func report() -> [String] {
    let payload = order(1042)
    let pretty = prettyOrder(payload)
    let baseline = best { byteSum(payload) }
    let bytes = payload.count
    return [
      "json: payload of \(bytes) bytes, \(entryCount(payload)) values and names",
      line("sum of bytes", bytes, baseline, baseline),
      line("parse", bytes, best { parse(payload) }, baseline),
      line(
        "parse, indented",
        pretty.count,
        best { parse(pretty) },
        baseline,
        scale: (bytes, pretty.count)
      ),
      line("parse and look up 12 members", bytes, best { lookUp(payload) }, baseline),
      line("write", bytes, best { UInt64(order(1042).count) }, baseline),
      line("write a document again", bytes, best { rewrite(payload) }, baseline),
    ]
  }

  private static func line(
    _ name: String,
    _ bytes: Int,
    _ nanoseconds: Int64,
    _ baseline: Int64,
    scale: (of: Int, to: Int) = (1, 1)
  ) -> String {
    let rate = Int64(bytes) * Int64(repeats) * 1000 / max(1, nanoseconds)
    let ratio = nanoseconds * Int64(scale.of) * 10 / max(1, baseline * Int64(scale.to))
    return "json: \(name): \(rate) MB/s, \(ratio / 10).\(ratio % 10) × the sum of bytes"
  }

  /// Returns the shortest time of a round, in nanoseconds.
  private static func best(_ body: () -> UInt64) -> Int64 {
    let clock = ContinuousClock()
    var shortest = Int64.max
    var sink: UInt64 = 0
    for _ in 0..<rounds {
      let taken = clock.measure {
        for _ in 0..<repeats { sink &+= body() }
      }
      let (seconds, attoseconds) = taken.components
      shortest = min(shortest, seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
    }
    precondition(sink > 0, "the work was left out")
    return shortest
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
        for position in 1...3 { lineItem(position, to: &$0) }
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
