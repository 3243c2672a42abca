import DrydockExchange
import DrydockKernel

/// Calls of the integration that say the same thing: one request and its repetitions.
///
/// Two calls are the same when method, host, target and body are, whatever their headers say.
/// Injected copies are left out.
struct CallSeries {
  /// Positions in `Evidence.exchanges`, in order of sending; at least two.
  var calls: [Int]

  /// Returns the requests that were made more than once, in order of their first call.
  ///
  /// - Complexity: Linear in the bytes of the calls.
  static func repeated(in evidence: Evidence) -> [CallSeries] {
    var positions: [Key: Int] = [:]
    var series: [CallSeries] = []
    for (index, observed) in evidence.exchanges.enumerated()
    where observed.isCall && !observed.isInjectedCopy {
      let request = observed.exchange.request
      let key = Key(
        method: request.method,
        host: request.host,
        target: request.target,
        body: request.body
      )
      if let position = positions[key] {
        series[position].calls.append(index)
      } else {
        positions[key] = series.count
        series.append(CallSeries(calls: [index]))
      }
    }
    return series.filter { $0.calls.count > 1 }
  }

  private struct Key: Hashable {
    var method: String
    var host: String
    var target: String
    var body: [UInt8]

    /// Leaves the body out but for its length: few requests share all the rest.
    func hash(into hasher: inout Hasher) {
      hasher.combine(target)
      hasher.combine(body.count)
    }
  }
}

extension ObservedExchange {
  /// The answer that reached the caller, if one did.
  var answer: Response? {
    if case .response(let response) = exchange.result { return response }
    return nil
  }

  /// Whether a limit refused the call.
  var isThrottled: Bool { answer?.status == 429 }

  /// Whether the partner said no for good: the same request will never be taken.
  ///
  /// Credentials, conflicts, locks, limits and time-outs are left out: they may pass.
  var isRefusedForGood: Bool {
    guard let status = answer?.status, status >= 400, status < 500 else { return false }
    return ![401, 403, 407, 408, 409, 423, 425, 429].contains(status) && !isLimitInDisguise
  }

  /// Whether a limit is reported as a bad request, as some platforms do.
  private var isLimitInDisguise: Bool {
    guard answer?.status == 400 else { return false }
    return answer.map { $0.body.contains("LIMIT_EXCEEDED") } ?? false
  }

  /// The wait that the partner asked for in its answer, if it did.
  ///
  /// - Source: RFC 9110 section 10.2.3; fractions of a second as Shopify sends them.
  var retryAfter: Duration? {
    guard let text = answer?.headers["Retry-After"] else { return nil }
    if let wait = Duration(parsing: "\(text) s") { return wait < .zero ? nil : wait }
    guard let instant = VirtualInstant(httpDate: text) else { return nil }
    let wait = instant - endedAt
    return wait < .zero ? .zero : wait
  }
}

extension [UInt8] {
  /// Tells whether the bytes of a text come up.
  func contains(_ text: String) -> Bool {
    let wanted = Array(text.utf8)
    guard let first = wanted.first, count >= wanted.count else { return false }
    for start in 0...(count - wanted.count)
    where self[start] == first && self[start..<(start + wanted.count)].elementsEqual(wanted) {
      return true
    }
    return false
  }
}

extension VirtualInstant {
  /// Creates an instant from the date of an HTTP header, such as `Mon, 02 Mar 2026 14:00:00 GMT`.
  ///
  /// - Source: RFC 9110 section 5.6.7, IMF-fixdate only.
  init?(httpDate text: String) {
    let words = text.split(separator: " ")
    guard words.count == 6, words[5] == "GMT", words[1].utf8.count == 2 else { return nil }
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    guard let month = months.firstIndex(of: String(words[2])) else { return nil }
    let number = month < 9 ? "0\(month + 1)" : "\(month + 1)"
    self.init(parsing: "\(words[3])-\(number)-\(words[1])T\(words[4])Z")
  }
}
