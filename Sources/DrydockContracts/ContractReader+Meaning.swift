import DrydockExchange
import DrydockJSON
import DrydockKernel

extension ContractReader {
  mutating func readMeaning(_ value: JSONValue) -> Meaning? {
    var fields = JSONFields(value, as: "a meaning", ids: "contract")
    let fact = fields.word("fact", as: FactKind.self, &list)
    if value["fact"] == nil { _ = fields.required("fact", &list) }
    let conditions = fields.array("when", &list).compactMap { readCondition($0) }
    let each = fields.member("each").flatMap { readSource($0) }?.place
    let subject = fields.required("subject", &list).flatMap { readKey($0) }
    let order = fields.member("order").flatMap { readKey($0) }
    let links = fields.array("links", &list).compactMap { readKey($0) }
    let parent = fields.member("parent").flatMap { readKey($0) }
    let at = fields.member("at").flatMap { readSource($0) }
    let lines = fields.object("lines", &list).flatMap { readLines($0) }
    let amount = fields.object("amount", &list).flatMap { readAmount($0) }
    let detail = fields.member("detail").flatMap { readSource($0) }
    fields.finish(&list)
    guard let fact, let subject else { return nil }
    return Meaning(
      fact: fact,
      conditions: conditions,
      each: each,
      subject: subject,
      order: order,
      links: links,
      parent: parent,
      at: at,
      lines: lines,
      amount: amount,
      detail: detail
    )
  }

  /// Reads the short form, or an object with `value` and refinements.
  private mutating func readSource(_ value: JSONValue) -> ValueSource? {
    if let text = value.string {
      if let source = ValueSource(parsing: text) { return source }
      list.add(
        "'\(text)' is no place of a value",
        id: "contract-malformed-value",
        at: value,
        notes: [
          "known: '/pointer', './pointer', 'path:name', 'query:name', 'header:Name', "
            + "'request:/pointer', 'request-header:Name', '=literal'"
        ]
      )
      return nil
    }
    var fields = JSONFields(value, as: "a value's place", ids: "contract")
    let source = readRefined(&fields)
    fields.finish(&list)
    return source
  }

  /// Reads `value` and the refinements beside it.
  private mutating func readRefined(_ fields: inout JSONFields) -> ValueSource? {
    let place = fields.required("value", &list).flatMap { readSource($0) }
    let map = fields.object("map", &list)
    let otherwise = fields.string("otherwise", &list)
    let strip = fields.string("strip", &list)
    let last = fields.string("last", &list)
    let word = fields.int("words", in: 0...100, &list)
    let lookup = fields.string("lookup", &list)
    guard var source = place else { return nil }
    if let map {
      for member in map.members {
        if let word = member.value.string {
          source.map[member.name] = word
        } else {
          list.add("expected text in 'map'", id: "contract-wrong-type", at: member.value)
        }
      }
    }
    (source.otherwise, source.strip, source.last) = (otherwise, strip, last)
    (source.word, source.lookup) = (word, lookup)
    return source
  }

  private mutating func readKey(_ value: JSONValue) -> Meaning.KeySource? {
    var fields = JSONFields(value, as: "a key", ids: "contract")
    let namespace = fields.requiredString("namespace", &list)
    var parts: [ValueSource] = []
    if let several = value["value"], several.kind == .array {
      _ = fields.member("value")
      parts = several.elements.compactMap { readSource($0) }
    } else if let source = readRefined(&fields) {
      parts = [source]
    }
    fields.finish(&list)
    guard let namespace, !parts.isEmpty else { return nil }
    return Meaning.KeySource(namespace: namespace, parts: parts)
  }

  private mutating func readCondition(_ value: JSONValue) -> Meaning.Condition? {
    var fields = JSONFields(value, as: "a condition", ids: "contract")
    let source = readRefined(&fields)
    let texts = fields.array("in", &list).compactMap { $0.scalarText }
    let others = fields.array("notIn", &list).compactMap { $0.scalarText }
    let isPresent = fields.bool("present", &list) ?? true
    fields.finish(&list)
    guard let source else { return nil }
    return others.isEmpty
      ? Meaning.Condition(value: source, texts: texts, isPresent: isPresent)
      : Meaning.Condition(value: source, texts: others, isPresent: false)
  }

  private mutating func readLines(_ value: JSONValue) -> Meaning.LineSource? {
    var fields = JSONFields(value, as: "'lines'", ids: "contract")
    let each = fields.required("each", &list).flatMap { readSource($0) }?.place
    let conditions = fields.array("when", &list).compactMap { readCondition($0) }
    let sku = fields.required("sku", &list).flatMap { readSource($0) }
    let quantity = fields.required("quantity", &list).flatMap { readSource($0) }
    let node = fields.member("node").flatMap { readSource($0) }
    let amount = fields.member("amount").flatMap { readSource($0) }
    let detail = fields.member("detail").flatMap { readSource($0) }
    fields.finish(&list)
    guard let each, let sku, let quantity else { return nil }
    return Meaning.LineSource(
      each: each,
      conditions: conditions,
      sku: sku,
      quantity: quantity,
      node: node,
      amount: amount,
      detail: detail
    )
  }

  private mutating func readAmount(_ value: JSONValue) -> Meaning.AmountSource? {
    var fields = JSONFields(value, as: "'amount'", ids: "contract")
    let sum = fields.member("sum").flatMap { readSource($0) }
    let single = fields.member("value").flatMap { readSource($0) }
    let currency = fields.required("currency", &list).flatMap { readSource($0) }
    fields.finish(&list)
    guard let source = sum ?? single, let currency else {
      list.add("an amount needs 'value' or 'sum'", id: "contract-missing-member", at: value)
      return nil
    }
    return Meaning.AmountSource(value: source, currency: currency)
  }
}
