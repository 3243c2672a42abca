import DrydockExchange

/// The native recording: JSON Lines, a header and then one exchange a line, members sorted by name.
///
///     {"drydock":"recording","names":{…},"partners":[…],"title":"…","version":1}
///     {"answered":"2026-03-02T09:00:00.2Z","attempt":1,"channel":"http","entity":"SHOP-1001",
///      "from":"integration","operation":"sales-order-upsert","request":{"body":"…",
///      "headers":[["name","value"],…],"host":"…","method":"PUT","target":"…"},
///      "response":{"body":"","headers":[…],"status":204},"sent":"2026-03-02T09:00:00Z","to":"erp"}
///
/// Only `request` is needed, with `method` and where it went. Bodies are text, so that a signature
/// over their bytes still verifies; bytes that are no UTF-8 are `bodyBase64`. A reader also takes
/// what people and small tools write:
///
///     {"request":{"method":"post","url":"https://api.shipbob.com/2026-01/order",
///      "headers":{"X-Correlation-Id":"SHOP-1001"},"body":{"reference_id":"SHOP-1001"}},
///      "response":{"status":201,"body":{"id":110000001}}}
///
/// `url` stands for host and target, headers may be an object or objects with `name` and `value`, a
/// body may be JSON, and there need be no header line. A header line may also come later, where
/// recordings were joined. Members that nobody knows are left alone.
enum RecordingFormat {
  /// The version that is written, and the newest that is read.
  static let version = 1
  /// The value of `drydock` in the header line.
  static let mark = "recording"
  /// How many exchanges a recording may have.
  static let exchangesMax = 5_000_000

  /// Calls that had no answer, in the words of a recording.
  static let results: [(word: String, result: CallResult)] = [
    ("connection-refused", .connectionRefused),
    ("timed-out", .timedOut),
    ("connection-reset", .connectionReset),
  ]

  /// Returns the word for how a call ended; nothing where the answer says it.
  static func word(for result: CallResult) -> String? {
    results.first { $0.result == result }?.word
  }
}
