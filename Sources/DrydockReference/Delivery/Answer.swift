import DrydockExchange
import DrydockKernel

/// What an errand may conclude from the way its call ended.
///
///     did it happen?    yes          no, and never will   no, perhaps later          nobody knows
///                       success      refused              throttled, unavailable     unknown
///                                    notFound             conflict, unauthorised     exists
enum Answer: Hashable, Sendable {
  /// It happened.
  case success(Response)
  /// What it is about is not there.
  case notFound(String)
  /// The partner will never take it as it is.
  case refused(String)
  /// The partner has it already: who knows from whom.
  case exists
  /// The credential was not taken.
  case unauthorised(String)
  /// Too many calls; wait as long as the partner says, if it says.
  case throttled(wait: Duration?)
  /// Somebody else was changing the same thing.
  case conflict
  /// The partner is down and did not take it.
  case unavailable(wait: Duration?)
  /// It may have happened: find out before repeating it.
  case unknown(String)

  /// Reads the end of a call as HTTP means it; a dialect that means more looks at the body first.
  ///
  /// - Source: RFC 9110 sections 15.5 and 15.6, RFC 6585.
  init(_ result: CallResult, reason: (Response) -> String) {
    switch result {
    case .connectionRefused: self = .unavailable(wait: nil)
    case .timedOut: self = .unknown("no answer in time")
    case .connectionReset: self = .unknown("the connection broke")
    case .response(let response):
      switch response.status {
      case 200..<300:
        // Some proxies answer a page for people with status 200 while the platform is down.
        self =
          response.body.first == UInt8(ascii: "<")
          ? .unknown("a page for people") : .success(response)
      case 401: self = .unauthorised(reason(response))
      case 404: self = .notFound(reason(response))
      case 408: self = .unknown("the partner gave up waiting")
      case 409, 423, 425: self = .conflict
      case 429: self = .throttled(wait: RetryAfter.wait(in: response))
      case 400..<500: self = .refused(reason(response))
      case 503: self = .unavailable(wait: RetryAfter.wait(in: response))
      default: self = .unknown("status \(response.status)")
      }
    }
  }

  /// Whether the partner, rather than the message, is in trouble.
  var isPartnerTrouble: Bool {
    switch self {
    case .unavailable, .unknown: true
    default: false
    }
  }
}
