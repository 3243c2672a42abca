import DrydockExchange
import DrydockKernel

extension RuleCase {
  static let manners: [RuleCase] = [
    .breach(
      "retry-after-obeyed",
      "ten seconds were asked for, one was waited",
      "a call to 'store' did not wait as long as asked | 10 s, as 'Retry-After' says | 1 s"
    ) { story in
      story.call("refund-create", at: .store, ends: .status(429, ["Retry-After": "10"]))
      story.after("1 s")
      story.call("refund-create", at: .store)
    },
    .breach(
      "retry-after-obeyed",
      "an instant was named, and not waited for",
      "a call to 'erp' did not wait as long as asked | 59 s 700 ms, as 'Retry-After' says | 5 s"
    ) { story in
      story.call(
        "sales-order-upsert",
        at: .erp,
        "PUT",
        ends: .status(503, ["Retry-After": "Mon, 02 Mar 2026 00:01:00 GMT"])
      )
      story.after("5 s")
      story.call("sales-order-upsert", at: .erp, "PUT")
    },
    .clean("retry-after-obeyed", "ten seconds were asked for and waited") { story in
      story.call("refund-create", at: .store, ends: .status(429, ["Retry-After": "10"]))
      story.after("10 s")
      story.call("refund-create", at: .store)
    },
    .weird("retry-after-obeyed", "another call, a fraction of a second, and a crash that forgets") {
      story in
      story.call("refund-create", at: .store, ends: .status(429, ["Retry-After": "2.0"]))
      story.call("order-read", at: .store, "GET")
      story.after("1950 ms")
      story.call("refund-create", at: .store, ends: .status(429, ["Retry-After": "60"]))
      story.after("5 s")
      story.note(.restarted, order: nil)
      story.call("refund-create", at: .store)
    },

    .breach(
      "backoff-grew",
      "called every second while it is down",
      "a failing call to 'erp' was repeated at a fixed pace | waits that grow from 1 s | "
        + "6 attempts, the longest wait 1 s"
    ) { story in
      for _ in 1...6 {
        story.call("sales-order-upsert", at: .erp, "PUT", ends: .status(503))
        story.after("1 s")
      }
    },
    .clean("backoff-grew", "waits double") { story in
      for wait in ["2 s", "4 s", "8 s", "16 s", "32 s"] {
        story.call("sales-order-upsert", at: .erp, "PUT", ends: .refused)
        story.after(wait)
      }
    },
    .weird("backoff-grew", "drawn waits that shrink at times, and a poll every five minutes") {
      story in
      for wait in ["3 s", "1 s", "9 s", "2 s", "20 s", "4 s"] {
        story.call("sales-order-upsert", at: .erp, "PUT", ends: .status(503))
        story.after(wait)
      }
      for _ in 1...6 {
        story.call("orders-list", at: .store, "GET", ends: .status(503))
        story.after("5 min")
      }
    },

    .breach(
      "idempotency-key-reused",
      "a key drawn anew for each attempt",
      "a call to 'store' was repeated under another key | 'Idempotency-Key: a', as in the first "
        + "attempt | 'b'"
    ) { story in
      for key in ["a", "b"] {
        story.call(
          "refund-create",
          at: .store,
          headers: ["Idempotency-Key": key],
          ends: .requestLost
        )
        story.after("1 min")
      }
    },
    .clean("idempotency-key-reused", "the same key again") { story in
      for _ in 1...2 {
        story.call(
          "refund-create",
          at: .store,
          headers: ["Idempotency-Key": "a"],
          ends: .requestLost
        )
      }
    },
    .weird("idempotency-key-reused", "the same request again as a new one, after it was accepted") {
      story in
      for key in ["a", "a", "b"] {
        story.call(
          "inventory-level-set",
          at: .store,
          headers: ["Idempotency-Key": key],
          ends: key == "a" && story.trace.events.isEmpty ? .requestLost : .status(200)
        )
      }
    },

    .breach(
      "no-retry-of-refusal",
      "a refused order is posted again as it is",
      "a call that 'erp' had refused was repeated | no repetition of 'sales-order-upsert' after "
        + "status 400 | the same call 4 s later"
    ) { story in
      story.place()
      for _ in 1...3 {
        story.call("sales-order-upsert", at: .erp, "PUT", about: "1001", ends: .status(400))
        story.after("4 s")
      }
    },
    .clean("no-retry-of-refusal", "refused, and left at that") { story in
      story.place()
      story.call("sales-order-upsert", at: .erp, "PUT", about: "1001", ends: .status(400))
      story.exception()
    },
    .weird("no-retry-of-refusal", "repeated after a limit, after news, and after a mended address")
    {
      story in
      story.place()
      story.call(
        "item-fulfillment-create",
        at: .erp,
        about: "1001",
        ends: .status(400, body: "SSS_REQUEST_LIMIT_EXCEEDED")
      )
      story.call("item-fulfillment-create", at: .erp, about: "1001", ends: .status(400))
      story.happens(.accepted("so1", "SHOP-1001"))
      story.after("1 s")
      story.call("item-fulfillment-create", at: .erp, about: "1001", ends: .status(400))
      story.after("2 h")
      story.call("item-fulfillment-create", at: .erp, about: "1001")
    },

    .breach(
      "limit-not-hammered",
      "a hundred calls at once, and most are refused",
      "the limit of 'store' was run into again and again | at most half of 40 calls refused | 30"
    ) { story in
      for number in 1...40 {
        story.call(
          "refund-create",
          at: .store,
          about: "\(number)",
          ends: .status(number % 4 == 0 ? 200 : 429)
        )
      }
    },
    .clean("limit-not-hammered", "a few are refused, among many") { story in
      for number in 1...40 {
        story.call(
          "refund-create",
          at: .store,
          about: "\(number)",
          ends: .status(number % 10 == 0 ? 429 : 200)
        )
      }
    },
    .weird("limit-not-hammered", "the only three calls there are, all refused") { story in
      for _ in 1...3 {
        story.call("refund-create", at: .store, ends: .status(429))
        story.after("1 h")
      }
    },

    .breach(
      "concurrency-cap-kept",
      "six at a time where five are taken, all day",
      "'erp' was given more calls at a time than it takes, again and again | fewer than 1 calls "
        + "under way after the first refusal | 1 under way, and 11 refusals since"
    ) { story in
      for number in 1...12 { story.refusedForConcurrency(number) }
    },
    .clean("concurrency-cap-kept", "refused once, and careful since") { story in
      story.refusedForConcurrency(1)
      story.call("sales-order-read", at: .erp, "GET")
    },
    .weird("concurrency-cap-kept", "refused now and then, because others use the account as well") {
      story in
      for number in 1...60 {
        if number % 6 == 0 {
          story.refusedForConcurrency(number)
        } else {
          story.call("sales-order-read", at: .erp, "GET", about: "\(number)")
        }
      }
    },

    .breach(
      "unknown-outcome-looked-up",
      "a release times out and is posted again",
      "'order-create' at '3pl' was repeated blindly | a look-up after the first attempt, which ended "
        + "unknown | the same call 2 s later"
    ) { story in
      story.place()
      story.call("order-create", at: .threePL, about: "1001", ends: .answerLost)
      story.after("2 s")
      story.call("order-create", at: .threePL, about: "1001")
    },
    .clean("unknown-outcome-looked-up", "looked up, not found, and posted again") { story in
      story.place()
      story.call("order-create", at: .threePL, about: "1001", ends: .requestLost)
      story.call("orders-list", at: .threePL, "GET", about: "1001")
      story.call("order-create", at: .threePL, about: "1001")
    },
    .weird("unknown-outcome-looked-up", "an idempotency key, an upsert, and no connection at all") {
      story in
      for _ in 1...2 {
        story.call(
          "refund-create",
          at: .store,
          headers: ["Idempotency-Key": "a"],
          ends: .requestLost
        )
        story.call("sales-order-upsert", at: .erp, "PUT", ends: .answerLost)
        story.call("order-create", at: .threePL, ends: .refused)
      }
      story.call("return-create", at: .threePL, ends: .answerLost)
    },
    .weird("unknown-outcome-looked-up", "a webhook tells that it had happened, and it is refused") {
      story in
      story.place()
      story.call("order-create", at: .threePL, about: "1001", ends: .requestLost)
      story.webhook(from: .threePL, telling: [.released("w1", [2.of()])])
      story.call("order-create", at: .threePL, about: "1001", ends: .status(422))
    },

    .breach(
      "token-refreshed",
      "each order is tried with the expired token",
      "'erp' was called again and again with a credential that it had refused | a new credential "
        + "after the first 401 | 4 more calls with the old one"
    ) { story in
      for number in 1...6 {
        story.call(
          "sales-order-upsert",
          at: .erp,
          "PUT",
          about: "\(number)",
          headers: ["Authorization": "Bearer old"],
          ends: .status(401)
        )
      }
    },
    .clean("token-refreshed", "refused once, then a new token") { story in
      for token in ["old", "new"] {
        story.call(
          "sales-order-upsert",
          at: .erp,
          "PUT",
          headers: ["Authorization": "Bearer \(token)"],
          ends: .status(token == "old" ? 401 : 200)
        )
      }
    },
    .weird("token-refreshed", "two calls were waiting with the old token") { story in
      for number in 1...3 {
        story.call(
          "sales-order-upsert",
          at: .erp,
          "PUT",
          about: "\(number)",
          headers: ["Authorization": "Bearer old"],
          ends: .status(401)
        )
      }
    },

    .breach(
      "retries-bounded",
      "a refund is tried for a week",
      "a failing call to 'store' was tried without end | at most 50 attempts of 'refund-create' | 60"
    ) { story in
      for _ in 1...60 {
        story.call("refund-create", at: .store, ends: .status(503))
        story.after("5 min")
      }
    },
    .clean("retries-bounded", "three attempts") { story in
      for status in [503, 503, 200] {
        story.call("refund-create", at: .store, ends: .status(status))
      }
    },
    .weird("retries-bounded", "a poll that fails for a week is no order's trouble") { story in
      for _ in 1...60 { story.call("orders-list", at: .store, "GET", ends: .status(503)) }
      story.call("refund-create", at: .store, ends: .status(503))
      story.call("refund-create", at: .store, ends: .status(503))
    },

    .breach(
      "write-accepted-once",
      "an old scan tells the store 'delivered' a second time",
      "'fulfillment-event-create' was sent to 'store' again after it was accepted | one call | "
        + "the same call 1 h later"
    ) { story in
      story.place()
      story.call("fulfillment-event-create", at: .store, about: "1001")
      story.after("1 h")
      story.call("fulfillment-event-create", at: .store, about: "1001")
    },
    .clean("write-accepted-once", "repeated, and refused as known") { story in
      story.place()
      story.call("fulfillment-create", at: .store, about: "1001")
      story.call("fulfillment-create", at: .store, about: "1001", ends: .status(422))
    },
    .weird("write-accepted-once", "an injected copy, a crash in between, and stock as before") {
      story in
      story.place()
      story.call("fulfillment-create", at: .store, about: "1001")
      story.call("fulfillment-create", at: .store, about: "1001", isCopy: true)
      story.note(.restarted, order: nil)
      story.call("fulfillment-create", at: .store, about: "1001")
      story.call("inventory-level-set", at: .store)
      story.call("inventory-level-set", at: .store)
    },
  ]

  static let mannersWebhooks: [RuleCase] = [
    .breach(
      "bad-signature-refused",
      "a forged webhook is believed",
      "a webhook of 'store' with a wrong signature was taken | status 401 or 403 | status 200",
      "a webhook of 'store' with a missing signature was taken | status 401 or 403 | status 202"
    ) { story in
      story.webhook(from: .store, effect: "wrong signature")
      story.webhook(from: .store, isSigned: false, status: 202)
    },
    .clean("bad-signature-refused", "a forged webhook is refused") { story in
      story.webhook(from: .store, status: 401, effect: "wrong signature")
    },
    .weird("bad-signature-refused", "one never arrived, one is a replay with a good signature") {
      story in
      story.webhook(from: .store, arrives: false, effect: "wrong signature")
      story.webhook(from: .store, effect: "replayed signature")
      story.webhook(from: .store, isSigned: false, status: 403)
    },

    .breach(
      "webhook-acknowledged-in-time",
      "the ERP is called before the answer is given",
      "a webhook of 'store' was not answered in time | an answer within 5 s | one after 8 s",
      "a webhook of '3pl' was not answered in time | an answer within 5 s | none"
    ) { story in
      story.webhook(from: .store, takes: .seconds(8))
      story.webhook(from: .threePL, takes: .seconds(10), status: nil)
    },
    .clean("webhook-acknowledged-in-time", "answered at once") { $0.place() },
    .weird("webhook-acknowledged-in-time", "refused with an error, and a crash in the middle") {
      story in
      story.webhook(from: .store, status: 503)
      story.webhook(from: .store, arrives: false)
      story.webhook(from: .store, takes: .seconds(7200))
      story.note(.crashed, order: nil)
      story.webhook(from: .store, takes: .seconds(10), status: nil)
    },

    .breach(
      "duplicate-acknowledged",
      "the second delivery is a conflict",
      "a webhook of 'store' that came again was refused | status 200, as delivery 'd1' was taken "
        + "before | status 409"
    ) { story in
      story.webhook(from: .store, "d1")
      story.webhook(from: .store, "d1", status: 409)
    },
    .clean("duplicate-acknowledged", "taken twice") { story in
      story.webhook(from: .store, "d1")
      story.webhook(from: .store, "d1")
    },
    .weird("duplicate-acknowledged", "refused at first, busy at times, forged once") { story in
      story.webhook(from: .store, "d1", status: 503)
      story.webhook(from: .store, "d1")
      story.webhook(from: .store, "d1", status: 503)
      story.webhook(from: .store, "d1", status: 401, effect: "wrong signature")
      story.webhook(from: .threePL, "d1", status: 409)
    },
  ]
}

extension Story {
  /// A call that is refused because too many are under way.
  fileprivate mutating func refusedForConcurrency(_ number: Int) {
    call(
      "sales-order-upsert",
      at: .erp,
      "PUT",
      about: "\(number)",
      ends: .status(429, body: "{\"o:errorCode\": \"CONCURRENCY_LIMIT_EXCEEDED\"}")
    )
  }
}
