import DrydockExchange
import DrydockFakes
import DrydockJSON
import DrydockKernel

/// Drives one fake through virtual time and keeps what it said.
struct WarehouseBench<Fake: PartnerFake> {
  var fake: Fake
  var now: VirtualInstant
  var draws = Seed(7).draws(for: "bench")
  private(set) var facts: [Fact] = []
  private(set) var webhooks: [Webhook] = []
  private(set) var webhookTimes: [VirtualInstant] = []
  private(set) var events: [WorldEvent] = []
  private(set) var replies: [Response] = []
  private var queue = EventQueue<(TimerID, Int)>()
  private var armed: [TimerID: Int] = [:]
  private var generation = 0
  private var exchange = 0

  init(_ fake: Fake, at start: String = "2026-03-02T14:00:00Z") {
    self.fake = fake
    now = VirtualInstant(parsing: start) ?? .epoch
    give(.started)
  }

  /// Gives the fake an input at the present instant.
  mutating func give(_ input: FakeInput) {
    var outputs: [FakeOutput] = []
    fake.receive(input, at: now, draws: draws, into: &outputs)
    for output in outputs {
      switch output {
      case .reply(_, let response): replies.append(response)
      case .webhook(let webhook):
        webhooks.append(webhook)
        webhookTimes.append(now)
      case .wake(let timer, let after, _):
        generation += 1
        armed[timer] = generation
        queue.push((timer, generation), at: now + max(after, .zero))
      case .cancel(let timer): armed[timer] = nil
      case .world(let event): events.append(event)
      case .fact(let fact): facts.append(fact)
      }
    }
  }

  /// Makes a call and returns the answer.
  @discardableResult
  mutating func call(
    _ method: String,
    _ target: String,
    _ body: String = "",
    headers: HeaderFields? = nil
  ) -> Response {
    exchange += 1
    let request = Request(
      method,
      host: fake.profile.description.host,
      target: target,
      headers: headers ?? usualHeaders,
      body: Array(body.utf8)
    )
    give(.request(ExchangeID(exchange), request))
    return replies.last ?? Response(500)
  }

  var usualHeaders: HeaderFields {
    if fake.profile.description.kind == .carrier {
      let key = Base64.encode(Array("\(fake.profile.credential):".utf8))
      return ["Authorization": "Basic \(key)", "Content-Type": "application/json"]
    }
    return [
      "Authorization": "Bearer \(fake.profile.credential)", "shipbob_channel_id": "100211",
      "Content-Type": "application/json",
    ]
  }

  /// Lets everything happen that is due up to an instant.
  mutating func run(to end: VirtualInstant) {
    while let next = queue.nextInstant, next <= end {
      guard let (instant, (timer, generation)) = queue.pop() else { break }
      now = instant
      guard armed[timer] == generation else { continue }
      armed[timer] = nil
      give(.timer(timer))
    }
    now = max(now, end)
  }

  mutating func run(to end: String) {
    run(to: VirtualInstant(parsing: end) ?? now)
  }

  mutating func run(for duration: Duration) { run(to: now + duration) }

  func facts(_ kind: FactKind) -> [Fact] { facts.filter { $0.kind == kind } }

  func webhooks(_ operation: String) -> [Webhook] {
    webhooks.filter { $0.operation == operation }
  }
}

extension Response {
  /// The payload, or `null` where it is none.
  var json: JSONValue { JSONDocument.value(of: body) }

  var text: String { String(decoding: body, as: UTF8.self) }
}

extension Webhook {
  var json: JSONValue { JSONDocument.value(of: request.body) }
}

extension JSONDocument {
  /// Returns the root of bytes, or a text that says why there is none.
  static func value(of bytes: [UInt8]) -> JSONValue {
    do {
      return try parse(bytes).root
    } catch {
      var writer = JSONWriter()
      writer.value("no JSON at \(error.offset)")
      return value(of: writer.bytes)
    }
  }
}
