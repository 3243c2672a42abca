import DrydockExchange
import DrydockKernel

/// Draws recordings with everything that a recording may hold.
struct RecordingDraws {
  private let draws: KeyedDraws
  private var count = 0

  init(seed: UInt64) {
    draws = Seed(seed).draws(for: "recordings")
  }

  mutating func below(_ bound: UInt64) -> Int {
    count += 1
    return Int(draws.below(bound, KeyedDraws.Key(attempt: count, purpose: "recording")))
  }

  mutating func text(_ lengthMax: UInt64 = 12) -> String {
    let scalars: [Unicode.Scalar] = [
      "a", "Z", "0", " ", "\"", "\\", "/", "\n", "\t", "\u{0}", "\u{7F}", "é", "ß", "\u{301}",
      "漢", "😀", "\u{2028}", "\u{FEFF}", ":", "{", "}", ",",
    ]
    var text = ""
    for _ in 0..<below(lengthMax) {
      text.unicodeScalars.append(scalars[below(UInt64(scalars.count))])
    }
    return text
  }

  mutating func maybe<Value>(_ value: (inout Self) -> Value) -> Value? {
    below(3) == 0 ? nil : value(&self)
  }

  mutating func body() -> [UInt8] {
    switch below(3) {
    case 0: []
    case 1: Array(text(40).utf8)
    default: (0..<below(20)).map { _ in UInt8(below(256)) }
    }
  }

  mutating func headers() -> HeaderFields {
    HeaderFields((0..<below(4)).map { _ in HeaderField("X-" + text(), text()) })
  }

  mutating func instant() -> VirtualInstant {
    VirtualInstant(nanosecondsSinceEpoch: Int64(below(9_000_000_000_000_000_000)))
  }

  mutating func exchange(_ record: Int) -> RecordedExchange {
    let methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"]
    let request = Request(
      methods[below(6)],
      host: text(),
      target: "/" + text(),
      headers: headers(),
      body: body()
    )
    let response = maybe { Response(100 + $0.below(500), headers: $0.headers(), body: $0.body()) }
    var exchange = RecordedExchange(record: record, request: request, response: response)
    exchange.sentAt = maybe { $0.instant() }
    exchange.answeredAt = maybe { $0.instant() }
    exchange.from = maybe { PartnerID($0.text()) }
    exchange.to = maybe { PartnerID($0.text()) }
    exchange.channel = maybe { Channel.allCases[$0.below(4)] }
    exchange.operation = maybe { $0.text() }
    exchange.entity = maybe { $0.text() }
    exchange.attempt = maybe { $0.below(9) }
    exchange.result = maybe {
      [CallResult.connectionRefused, .timedOut, .connectionReset][$0.below(3)]
    }
    return exchange
  }

  mutating func recording() -> Recording {
    var recording = Recording(title: text())
    for number in 0..<below(4) {
      recording.partners.append(
        PartnerDescription(
          id: PartnerID("p\(number)" + text()),
          kind: PartnerKind.allCases[below(5)],
          dialect: text(),
          host: text()
        )
      )
      recording.names[EntityKey("n\(number)", text())] = text()
    }
    recording.exchanges = (0..<below(6)).map { exchange($0 + 1) }
    return recording
  }
}
