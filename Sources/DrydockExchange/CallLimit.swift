package import DrydockKernel

/// One limit a platform enforces on calls.
package enum CallLimit: Hashable, Sendable {
  /// A bucket that fills by one a call and leaks at a rate; refuses when full.
  case leakyBucket(capacity: Int, leaksPerSecond: Ratio)
  /// A bucket of tokens that refills at a rate; refuses when empty.
  case tokenBucket(capacity: Int, refillsPerSecond: Ratio)
  /// At most so many calls in each window that starts with a first call.
  case fixedWindow(limit: Int, per: Duration)
  /// At most so many calls in any interval of this length.
  case slidingWindow(limit: Int, per: Duration)
  /// At most so many calls at the same time.
  case concurrency(limit: Int)
}

/// How much of a limit is used after a call, for the headers that say so.
package struct LimitUsage: Hashable, Sendable {
  /// The limit: calls in a window, capacity of a bucket, calls at a time.
  package var limit: Int
  /// How much of it is used.
  package var used: Int
  /// When the next call would be admitted, from now; zero when it would be now.
  package var wait: Duration

  package init(limit: Int, used: Int, wait: Duration) {
    self.limit = limit
    self.used = used
    self.wait = wait
  }
}

/// Why a call is refused before it reaches the books.
package enum Refusal: Hashable, Sendable {
  /// A limit is reached.
  case throttled(LimitUsage)
  /// The platform is down: its edge answers with this status.
  case unavailable(status: Int, retryAfter: Duration?)
  /// The platform is down and answers 200 with a page for people.
  case maintenancePage
  /// The credential is expired, revoked or wrong.
  case unauthorised
  /// The credential is right and lacks the scope.
  case forbidden
}
