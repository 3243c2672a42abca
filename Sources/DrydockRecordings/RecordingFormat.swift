/// The native recording: JSON Lines, a header and then one exchange a line, members sorted by name.
///
///     {"drydock":"recording","names":{…},"partners":[…],"title":"…","version":1}
///     {"attempt":1,"channel":"http","entity":"SHOP-1001","from":"integration","operation":"…",
///      "request":{"body":"…","headers":[["name","value"],…],"host":"…","method":"PUT",
///      "target":"…"},"response":{…},"sent":"2026-03-02T09:00:00Z","to":"erp"}
///
/// Bodies are text, so that a signature over their bytes still verifies; bytes that are no UTF-8
/// are `bodyBase64`. A reader also takes `url` for host and target, headers as an object, a body
/// given as JSON, and no header line.
enum RecordingFormat {
  /// The version that is written, and the newest that is read.
  static let version = 1
  /// The value of `drydock` in the header line.
  static let mark = "recording"
  /// How many exchanges a recording may have.
  static let exchangesMax = 5_000_000
}
