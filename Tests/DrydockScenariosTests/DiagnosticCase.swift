import Testing

/// Every mistake that a scenario can hold, and what is said about it, word for word.
///
///     fault { "on": "erp", "laet": {} }                  where it stands, and the mistake
///       2:24: error: unknown fault 'laet' …              place and message, one a line
///
/// Apart from whole files, a mistake is the second line of an otherwise sound scenario.
struct DiagnosticCase: Sendable, CustomTestStringConvertible {
  /// Where the mistake stands.
  enum Place: String, CaseIterable {
    case whole, member, partner, step, fault, crash, then
  }

  let text: String
  private(set) var messages: [String] = []
  let testDescription: String

  private init(_ place: Place, _ mistake: String) {
    testDescription = "\(place): \(mistake)"
    text =
      switch place {
      case .whole: mistake
      case .member: "{\n\(mistake),\n\(Self.story) }"
      case .partner: "{ \"partners\": {\n\(mistake)\n}, \(Self.story) }"
      case .step:
        "{ \"scenario\": \"A story\", \"when\": [\n\(mistake),\n\(Self.order), \(Self.asking)] }"
      case .fault: "{ \"faults\": [\n\(mistake)\n], \(Self.story) }"
      case .crash: "{ \"crashes\": [\n\(mistake)\n], \(Self.story) }"
      case .then: "{ \"then\": [\n\(mistake)\n], \(Self.story) }"
      }
  }

  static let order = #"""
    { "at": "day 1 09:00", "store": "order placed", "order": "A", \#
    "lines": [{ "sku": "SKU-1" }] }
    """#
  static let asking = #"""
    { "at": "+1 day", "returns": "return requested", "return": "R", "order": "A", \#
    "lines": [{ "sku": "SKU-1" }] }
    """#
  /// A title and a story, with an order `A` and a return `R`.
  static let story = "\"scenario\": \"A story\", \"when\": [\(order), \(asking)]"

  /// Every case, in the order of the tables.
  static let all: [DiagnosticCase] = {
    var cases: [DiagnosticCase] = []
    for line in "\(sections)\n\(faultsAndExpectations)".split(separator: "\n") {
      if line.hasPrefix("  ") {
        if let last = cases.indices.last { cases[last].messages.append(String(line.dropFirst(2))) }
        continue
      }
      let parts = line.split(separator: " ", maxSplits: 1)
      if let place = Place(rawValue: String(parts[0])) {
        cases.append(DiagnosticCase(place, String(parts[1])))
      }
    }
    return cases
  }()

  private static let sections = #"""
    whole { "when": [{ "at": "day 1 09:00", "store": "order placed", "order": "A", "lines": [{ \#
    "sku": "SKU-1" }] }] }
      1:1: error: a scenario needs 'scenario' [scenario-missing-member]
    whole []
      1:1: error: expected a scenario as an object, found an array [scenario-wrong-type]
    whole { "scenario": "A story" }
      1:1: error: a scenario needs at least one step in 'when'; nothing would happen \#
    [scenario-empty-story]
    whole { "scenario": "A story", "when": {} }
      1:34: error: expected an array in 'when', found an object [scenario-wrong-type]
    whole { "scenario": "A story", "scenario": "Another" }
      1:26: error: member 'scenario' is there twice [json-duplicate-name]
    whole { "scenario": "A story", "when": [
      1:35: error: expected a value or ']', found the end of the text [json-unexpected-end]
    member "seed": "one"
      2:9: error: expected a whole number in 'seed', found text [scenario-wrong-type]
    member "seed": -1
      2:9: error: expected 'seed' from 0 to 9223372036854775807, found -1 [scenario-out-of-range]
    member "sceanrio": "A story"
      2:13: error: unknown member 'sceanrio' for a scenario; did you mean 'scenario'? \#
    [scenario-unknown-member]
    member "settle": "soon"
      2:11: error: expected a duration such as '30 s' or '2 h' in 'settle', found 'soon' \#
    [scenario-malformed-value]
    member "calendar": { "start": "2026-02-30" }
      2:24: error: expected a date such as '2026-03-02' in 'start', found '2026-02-30' \#
    [scenario-malformed-value]
    member "calendar": { "start": "1900-01-01" }
      2:24: error: expected 'start' from 1970-01-01 to 2200-12-31, found '1900-01-01' \#
    [scenario-out-of-range]
    member "calendar": { "zone": "Mars/Olympus" }
      2:23: error: expected a zone such as 'America/New_York' in 'zone', found 'Mars/Olympus' \#
    [scenario-malformed-value]
    member "products": [{ "sku": "SKU-1" }, { "sku": "SKU-1" }]
      2:34: error: product 'SKU-1' is there twice [scenario-duplicate]
    member "products": [{ "sku": "SKU-1", "price": "12.345" }]
      2:41: error: expected an amount such as '12.50', as text in 'price', found '12.345' \#
    [scenario-malformed-value]
    member "products": [{ "sku": "SKU-1", "price": "-1" }]
      2:41: error: expected 'price' from 0 to 1000000.00, found '-1.00' [scenario-out-of-range]
    member "products": [{ "sku": "SKU-11" }]
      3:114: error: unknown product 'SKU-1' for this scenario; did you mean 'SKU-11'? \#
    [scenario-unknown-product]
      3:225: error: unknown product 'SKU-1' for this scenario; did you mean 'SKU-11'? \#
    [scenario-unknown-product]
    member "given": { "stock": [{ "sku": "SKU-1", "node": "mian", "onHand": 1 }] }
      2:48: error: unknown node 'mian' for 'stock'; did you mean 'main'? [scenario-unknown-node]
    member "given": { "stock": [{ "sku": "SKU-1" }] }
      2:22: error: stock needs 'onHand' [scenario-missing-member]
    member "given": { "customers": [{ "creditLimit": 5 }] }
      2:26: error: a customer needs 'email' [scenario-missing-member]
      2:43: error: expected text in 'creditLimit', found a number [scenario-wrong-type]
    member "policy": { "refund": "first-scam" }
      2:23: error: unknown value 'first-scam' for 'refund'; did you mean 'first-scan'? \#
    [scenario-unknown-value]
    member "policy": { "publishEvery": "30 s" }
      2:29: error: expected 'publishEvery' of at least 1 min, found '30 s' [scenario-out-of-range]
    member "policy": { "rerouteAfter": "-1 h" }
      2:29: error: expected a duration such as '30 s' or '2 h' in 'rerouteAfter', found '-1 h' \#
    [scenario-malformed-value]
    member "rules": ["order-shiped-once", 5]
      2:11: error: unknown rule 'order-shiped-once' for 'rules'; did you mean \#
    'order-shipped-once'? [scenario-unknown-rule]
      2:32: error: expected text in 'rules', found a number [scenario-wrong-type]
    member "allow": [{ "rule": "order-shiped-once" }]
      2:11: error: an allowed breach needs 'because' [scenario-missing-member]
      2:21: error: unknown rule 'order-shiped-once' for an allowed breach; did you mean \#
    'order-shipped-once'? [scenario-unknown-rule]
    member "versions": [{ "partner": "3lp", "apiVersion": "2026-07" }]
      2:27: error: unknown partner '3lp' for this scenario; did you mean '3pl'? \#
    [scenario-unknown-partner]
    member "versions": [{ "partner": "3pl" }]
      2:14: error: a version needs 'message' and 'to', or 'apiVersion' by itself \#
    [scenario-missing-member]
    member "versions": [{ "partner": "3pl", "message": "order-shipped", "apiVersion": "2026-07" }]
      2:14: error: a version needs 'message' and 'to', or 'apiVersion' by itself \#
    [scenario-missing-member]
    member "versions": [{ "partner": "3pl", "apiVersion": "2026-07", "at": "day 1 9:00", \#
    "after": -1 }]
      2:65: error: expected an instant such as 'day 1 09:00' in 'at', found 'day 1 9:00' \#
    [scenario-malformed-value]
      2:88: error: expected 'after' from 0 to 1000000000, found -1 [scenario-out-of-range]
      2:88: error: 'at' and 'after' exclude each other [scenario-ambiguous-version]
    member "versions": [{ "partner": "3pl", "apiVersion": "2026-07", "share": "1/3", "unitl": 1 }]
      2:68: error: 'share' needs 'overlap', the time in which both versions are written \#
    [scenario-missing-member]
      2:84: error: unknown member 'unitl' for a version; known: after, apiVersion, at, because, \#
    message, overlap, partner, share, to [scenario-unknown-member]
    member "pins": { "shipbob/order-shipped": 1 }
      2:36: error: expected a version such as '1.0' for 'shipbob/order-shipped', found a number \#
    [scenario-wrong-type]
    partner "erp": { "dialect": "netsweet" }
      2:21: error: unknown dialect 'netsweet' for kind 'erp'; known: netsuite \#
    [scenario-unknown-dialect]
    partner "erp": { "approves": true }
      2:22: error: unknown member 'approves' for partner 'erp'; known: approvesAutomatically, \#
    billsInAdvance, checksPrices, concurrency, createsCustomers, creditsBeforeReceipt, dialect, \#
    generation, kind, refusesCountries, refusesOverissue, requiresPostalCode, tokenLifetime \#
    [scenario-unknown-member]
    partner "erp": { "concurrency": 0, "generation": "y2021" }
      2:25: error: expected 'concurrency' from 1 to 1000, found 0 [scenario-out-of-range]
      2:42: error: unknown value 'y2021' for 'generation'; did you mean 'y2020'? \#
    [scenario-unknown-value]
    partner "erp": { "tokenLifetime": "1 s" }
      2:27: error: expected 'tokenLifetime' of at least 1 min, found '1 s' [scenario-out-of-range]
    partner "warehouse": {}
      2:14: error: unknown kind 'warehouse' for partner 'warehouse'; say 'kind'; known: 3pl, \#
    carrier, erp, returns, store [scenario-unknown-kind]
    partner "west": { "kind": "3pll" }
      2:19: error: unknown kind '3pll' for partner 'west'; say 'kind'; did you mean '3pl'? \#
    [scenario-unknown-kind]
    partner "3pl": { "nodes": ["east", "east"] }
      2:28: error: node 'east' is there twice [scenario-duplicate]
    partner "3pl": { "cutoff": "25:00" }
      2:20: error: expected a time of day such as '15:00' in 'cutoff', found '25:00' \#
    [scenario-malformed-value]
    partner "3pl": { "holds": [{ "order": "B" }] }
      2:31: error: unknown order 'B' for this entry; known: A [scenario-unknown-order]
    partner "3pl": { "shortPicks": [{ "order": "A", "sku": "SKU-2" }] }
      2:48: error: unknown product 'SKU-2' for this scenario; did you mean 'SKU-1'? \#
    [scenario-unknown-product]
    partner "3pl": { "grades": [{ "return": "S", "disposition": "restock" }] }
      2:33: error: unknown return 'S' for a grade; known: R [scenario-unknown-return]
    partner "3pl": { "grades": [{ "sku": "SKU-1" }] }
      2:21: error: a grade needs 'disposition', and 'return' or 'sku' [scenario-missing-member]
    partner "carrier": { "transit": ["3 days", "1 day"] }
      2:25: error: expected a duration, or a shorter and a longer one, in 'transit' \#
    [scenario-malformed-value]
    partner "carrier": { "endings": "lost" }
      2:25: error: expected an array in 'endings', found text [scenario-wrong-type]
    partner "carrier": { "endings": [{ "order": "A" }, { "order": "A", "journey": "lots" }] }
      2:26: error: an ending needs 'journey' [scenario-missing-member]
      2:71: error: unknown value 'lots' for 'journey'; did you mean 'lost'? \#
    [scenario-unknown-value]
    partner "carrier": { "quirks": [{ "order": "A", "scans": "repeat" }] }
      2:50: error: unknown quirk 'repeat' for the carrier's scans; did you mean 'repeated'? \#
    [scenario-unknown-value]
    step { "store": "order placed", "order": "B", "lines": [{ "sku": "SKU-1" }] }
      2:1: error: a step needs 'at' [scenario-missing-member]
    step { "at": "tomorrow", "store": "token expired" }
      2:9: error: expected an instant such as 'day 1 09:00' in 'at', found 'tomorrow' \#
    [scenario-malformed-value]
    step { "at": "+soon", "store": "token expired" }
      2:9: error: expected a duration behind '+' in 'at', found '+soon' [scenario-malformed-value]
    step { "at": "2026-03-01T00:00:00Z", "store": "token expired" }
      2:9: error: the step lies before day 1 [scenario-malformed-value]
    step { "at": "+9999 days", "store": "token expired" }
      2:9: error: the step lies behind day 3660 [scenario-malformed-value]
    step { "at": "day 1" }
      2:1: error: a step needs a partner and what happens there, such as "store": "order \#
    placed" [scenario-missing-member]
    step { "at": "day 1", "stroe": "order placed", "order": "B" }
      2:27: error: unknown partner 'stroe' for this scenario; did you mean 'store'? \#
    [scenario-unknown-partner]
    step { "at": "day 1", "store": "order palced", "order": "B" }
      2:27: error: unknown step 'order palced' for partner 'store'; did you mean 'order \#
    placed'? [scenario-unknown-step]
    step { "at": "day 1", "store": "order placed", "order": "A", "lines": [{ "sku": "SKU-1" }] }
      3:1: error: order 'A' is placed twice [scenario-duplicate]
    step { "at": "day 1", "returns": "return requested", "return": "R", "order": "A", "lines": \#
    [{ "sku": "SKU-1" }] }
      3:96: error: return 'R' is requested twice [scenario-duplicate]
    step { "at": "day 1", "store": "cancel requested", "order": "B" }
      2:56: error: unknown order 'B' for this entry; known: A [scenario-unknown-order]
    step { "at": "day 1", "returns": "parcel handed over", "return": "S" }
      2:61: error: unknown return 'S' for this step; known: R [scenario-unknown-return]
    step { "at": "day 1", "3pl": "stock adjusted", "sku": "SKU-1", "node": "mian" }
      2:1: error: a step needs 'by' [scenario-missing-member]
      2:67: error: unknown node 'mian' for this step; did you mean 'main'? [scenario-unknown-node]
    step { "at": "day 1", "store": "order placed", "order": "B", "lines": [] }
      2:66: error: 'lines' needs at least one [scenario-missing-member]
    step { "at": "day 1", "store": "order placed", "order": "B", "lines": [{ "sku": "SKU-1", \#
    "quantity": 0 }] }
      2:97: error: expected 'quantity' from 1 to 1000000, found 0 [scenario-out-of-range]
    step { "at": "day 1", "store": "order placed", "order": "", "lines": [{ "sku": "SKU-1" }] }
      2:52: error: 'order' needs a name [scenario-malformed-value]
    step { "at": "day 1", "store": "token expired", "order": "A" }
      2:53: error: unknown member 'order' for a step; known: at, store [scenario-unknown-member]
    """#

  private static let faultsAndExpectations = #"""
    fault { "late": {} }
      2:1: error: a fault needs 'on' [scenario-missing-member]
    fault { "on": "ERP!", "order": "A", "late": {} }
      2:9: error: expected a match such as 'erp.http.sales-order-upsert' in 'on', found 'ERP!' \#
    [scenario-malformed-value]
    fault { "on": "carier", "late": {} }
      2:9: error: unknown partner 'carier' for this scenario; did you mean 'carrier'? \#
    [scenario-unknown-partner]
    fault { "on": "*.http", "kind": "3lp", "late": {} }
      2:27: error: unknown value '3lp' for 'kind'; did you mean '3pl'? [scenario-unknown-value]
    fault { "on": "erp", "kind": "3pl", "late": {} }
      2:24: error: expected kind 'erp' of partner 'erp', found '3pl' [scenario-ambiguous-fault]
    fault { "on": "erp" }
      2:1: error: a fault needs what it does: outage, throttle, authentication, latency, lost, \#
    reorder, late, duplicate, body [scenario-missing-member]
    fault { "on": "erp", "laet": {} }
      2:24: error: unknown fault 'laet' for partner 'erp'; did you mean 'late'? \#
    [scenario-unknown-fault]
    fault { "on": "erp", "late": {}, "lost": {} }
      2:1: error: a fault does one thing, found 'lost' and 'late'; write one fault for each \#
    [scenario-ambiguous-fault]
    fault { "on": "erp", "lost": { "prat": "request" } }
      2:34: error: unknown member 'prat' for 'lost'; did you mean 'part'? \#
    [scenario-unknown-member]
    fault { "on": "erp", "lost": {}, "odds": "150%" }
      2:36: error: expected a share such as '5%' or '1/3' in 'odds', found '150%' \#
    [scenario-malformed-value]
    fault { "on": "erp", "lost": {}, "from": "day 2", "to": "day 1" }
      2:1: error: the fault ends before it begins [scenario-malformed-value]
    fault { "on": "erp", "lost": {}, "to": "day 2", "for": "1 h" }
      2:50: error: 'to' and 'for' exclude each other [scenario-ambiguous-fault]
    fault { "on": "erp", "lost": {}, "every": "0 s" }
      2:1: error: 'every' needs 'for', the time it lasts [scenario-missing-member]
      2:37: error: expected 'every' of more than 0 s, found '0 s' [scenario-out-of-range]
    fault { "on": "erp", "lost": {}, "every": "1 day", "for": "1 h", "ramp": true }
      2:68: error: 'every' and 'ramp' exclude each other [scenario-ambiguous-fault]
    fault { "on": "erp", "lost": {}, "from": "day 1", "ramp": true }
      2:1: error: 'ramp' needs 'to' or 'for', the time it lasts [scenario-missing-member]
    fault { "on": "erp", "lost": {}, "windows": [] }
      2:39: error: 'windows' needs at least one [scenario-missing-member]
    fault { "on": "erp", "lost": {}, "windows": [{ "from": "day 2", "to": "day 1" }], "from": \#
    "day 1" }
      2:40: error: the window ends before it begins [scenario-malformed-value]
      2:85: error: 'windows' and 'from' exclude each other [scenario-ambiguous-fault]
    fault { "on": "erp", "lost": {}, "windows": [{ "to": "day 1" }] }
      2:40: error: a window needs 'from' [scenario-missing-member]
    fault { "on": "erp", "outage": { "reply": "hung", "share": "1/2" } }
      2:37: error: unknown reply 'hung' for 'outage'; did you mean 'hang'? \#
    [scenario-unknown-value]
    fault { "on": "erp", "outage": { "reply": 404 } }
      2:37: error: expected 'reply' from 500 to 599, found 404 [scenario-out-of-range]
    fault { "on": "erp", "outage": { "flapping": { "down": "1 min" } } }
      2:40: error: 'flapping' needs 'up' [scenario-missing-member]
    fault { "on": "erp", "throttle": {} }
      2:28: error: 'throttle' needs one of fixedWindow, slidingWindow, leakyBucket, \#
    tokenBucket, concurrency, daily [scenario-missing-member]
    fault { "on": "erp", "throttle": { "tokenBucket": { "capacity": 1, "perSecond": "0" } } }
      2:75: error: expected a rate such as '2' or '1/60', as text in 'perSecond', found '0' \#
    [scenario-malformed-value]
    fault { "on": "erp", "authentication": {} }
      2:34: error: 'authentication' needs 'flaw' [scenario-missing-member]
    fault { "on": "erp", "authentication": { "flaw": "expired" } }
      2:44: error: unknown flaw 'expired' for 'authentication'; known: expired-token, \#
    missing-signature, replayed, revoked-scope, rotated-secret, wrong-signature \#
    [scenario-unknown-value]
    fault { "on": "erp", "authentication": { "flaw": "revoked-scope", "after": "1 h" } }
      2:70: error: 'after' needs the flaw 'replayed' [scenario-ambiguous-fault]
    fault { "on": "erp", "latency": { "leg": "request" } }
      2:27: error: 'latency' needs one of fixed, uniform, normal, logNormal, exponential, \#
    pareto, empirical [scenario-missing-member]
    fault { "on": "erp", "latency": { "fixed": "long" } }
      2:38: error: expected a duration such as '30 s' or '2 h' in 'fixed', found 'long' \#
    [scenario-malformed-value]
    fault { "on": "erp", "latency": { "normal": { "mean": "1 s" } } }
      2:39: error: 'normal' needs 'deviation' [scenario-missing-member]
    fault { "on": "erp", "latency": { "pareto": { "minimum": "1 s", "shape": "0" } } }
      2:68: error: expected a number such as '0.6', as text in 'shape', found '0' \#
    [scenario-malformed-value]
    fault { "on": "erp", "latency": { "empirical": ["1 s", "-1 s", 2] } }
      2:50: error: expected a duration such as '30 s' or '2 h' in 'empirical', found '-1 s' \#
    [scenario-malformed-value]
      2:58: error: expected a duration such as '30 s' or '2 h' in 'empirical', found a number \#
    [scenario-malformed-value]
    fault { "on": "erp", "latency": { "fixed": "1 s", "tail": { "shape": "2" }, "spike": {} } }
      2:53: error: 'tail' needs 'share' [scenario-missing-member]
      2:80: error: 'spike' needs 'halfLife' [scenario-missing-member]
    fault { "on": "erp", "duplicate": { "copies": 0 } }
      2:41: error: expected 'copies' from 1 to 100, found 0 [scenario-out-of-range]
    fault { "on": "erp", "body": { "damage": "truncate" } }
      2:36: error: unknown damage 'truncate' for 'body'; did you mean 'truncated'? \#
    [scenario-unknown-value]
    crash {}
      2:1: error: a crash needs 'at' or 'after' [scenario-missing-member]
    crash { "after": "ep.http" }
      2:12: error: unknown partner 'ep' for this scenario; did you mean 'erp'? \#
    [scenario-unknown-partner]
    then {}
      2:1: error: an expectation needs one of 'reaches', 'count', 'never', 'amount', \#
    'exception', 'noted', 'stock' [scenario-missing-member]
    then { "reaches": "shipped" }
      2:1: error: this expectation needs 'order' [scenario-missing-member]
    then { "order": "A", "reaches": "shiped" }
      2:28: error: unknown fact 'shiped' for 'reaches'; did you mean 'shipped'? \#
    [scenario-unknown-fact]
    then { "order": "A", "amount": "refunded" }
      2:1: error: 'amount' needs 'is' [scenario-missing-member]
    then { "order": "A", "amount": "refunded", "is": 5 }
      2:45: error: expected text in 'is', found a number [scenario-wrong-type]
    then { "order": "A", "noted": "replay" }
      2:26: error: unknown value 'replay' for 'noted'; did you mean 'replayed'? \#
    [scenario-unknown-value]
    then { "order": "B", "exception": "any" }
      2:12: error: unknown order 'B' for this entry; known: A [scenario-unknown-order]
    then { "stock": "3pl", "sku": "SKU-1" }
      2:12: error: 'stock' needs 'onHand' or 'available' [scenario-missing-member]
    then { "stock": "4pl", "sku": "SKU-2", "node": "mian", "onHand": 1 }
      2:12: error: unknown partner '4pl' for this scenario; did you mean '3pl'? \#
    [scenario-unknown-partner]
      2:26: error: unknown product 'SKU-2' for this scenario; did you mean 'SKU-1'? \#
    [scenario-unknown-product]
      2:43: error: unknown node 'mian' for 'stock'; did you mean 'main'? [scenario-unknown-node]
    """#
}
