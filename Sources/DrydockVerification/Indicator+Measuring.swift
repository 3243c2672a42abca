import DrydockExchange
import DrydockKernel

extension Indicator {
  /// Measures everything that the evidence allows.
  ///
  /// - Complexity: Linear in facts and exchanges.
  static func all(of evidence: Evidence) -> [Indicator] {
    var indicators = spans(of: evidence)
    indicators += counts(of: evidence)
    return indicators.filter { !$0.values.isEmpty }
  }

  /// Durations between two facts of one order.
  private static let orderSpans: [(String, String, FactKind, FactKind)] = [
    (
      "order-acknowledgement", "order placed to accepted by the ERP", .orderPlaced, .orderAccepted
    ),
    ("order-to-release", "order placed to released to the 3PL", .orderPlaced, .orderReleased),
    ("order-to-shipment", "order placed to first shipment", .orderPlaced, .shipmentCreated),
    ("order-to-delivery", "order placed to delivered", .orderPlaced, .shipmentDelivered),
    (
      "shipment-confirmation", "shipment to its record at the store", .shipmentCreated,
      .shipmentNotified
    ),
    ("invoice-lag", "shipment to invoice", .shipmentCreated, .invoicePosted),
    ("return-cycle", "return requested to closed", .returnRequested, .returnClosed),
    ("return-to-refund", "return received to refunded", .returnReceived, .refundIssued),
    ("refund-to-credit", "refund to credit memo", .refundIssued, .creditPosted),
  ]

  private static func spans(of evidence: Evidence) -> [Indicator] {
    orderSpans.map { name, title, from, to in
      var values: [Int64] = []
      for order in evidence.orders {
        guard let start = evidence.first(from, of: order),
          let end = evidence.first(to, of: order), end.fact.at >= start.fact.at
        else { continue }
        values.append((end.fact.at - start.fact.at).wholeNanoseconds)
      }
      return Indicator(name: name, title: title, unit: .nanoseconds, values: values.sorted())
    }
  }

  private static func counts(of evidence: Evidence) -> [Indicator] {
    let calls = evidence.exchanges.filter { $0.isCall && !$0.isInjectedCopy }
    let throttled = calls.count { $0.exchange.response?.status == 429 }
    func noted(_ kind: IntegrationNote.Kind) -> Int64 {
      Int64(evidence.notes.count { $0.note.kind == kind })
    }
    func count(_ name: String, _ title: String, _ value: Int64) -> Indicator {
      Indicator(name: name, title: title, unit: .count, values: [value])
    }
    return [
      count("calls", "calls of the integration", Int64(calls.count)),
      count(
        "retries",
        "calls that were a repetition",
        Int64(
          calls.count {
            $0.exchange.attempt.number > 1 && $0.exchange.request.method != "GET"
              && !$0.exchange.attempt.entity.isEmpty
          }
        )
      ),
      count("throttled", "calls refused by a limit", Int64(throttled)),
      count(
        "duplicates-suppressed",
        "duplicates the integration suppressed",
        noted(.duplicateSuppressed)
      ),
      count("exceptions", "exceptions put in a queue", noted(.exceptionQueued)),
      count("dead-letters", "messages given up", noted(.deadLettered)),
      count("webhooks", "webhook attempts", Int64(evidence.exchanges.count { !$0.isCall })),
    ]
  }
}
