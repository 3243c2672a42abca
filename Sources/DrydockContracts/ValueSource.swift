package import DrydockExchange
package import DrydockJSON
package import DrydockKernel

/// Where in a message a value is, and how it becomes neutral.
///
///     "/order/id"    "./quantity"    "path:order"    "header:Location"    "request:/externalId"
///     {"value": "/status", "map": {"in_transit": "in-transit"}, "otherwise": "other"}
public struct ValueSource: Hashable, Sendable {
  /// Where the value is.
  public enum Place: Hashable, Sendable {
    /// A member of the payload.
    case body([String])
    /// A member of the element being walked.
    case element([String])
    /// A variable of the request's path.
    case path(String)
    /// An item of the request's query.
    case query(String)
    /// A header of this half of the exchange.
    case header(String)
    /// A member of the request's payload.
    case request([String])
    /// A header of the request.
    case requestHeader(String)
    /// The text itself.
    case literal(String)
  }

  /// Where the value is.
  public var place: Place
  /// The partner's words and their neutral counterparts.
  public var map: [String: String]
  /// What stands for a word that the map lacks; nothing leaves the word as it is.
  public var otherwise: String?
  /// A prefix that is taken off.
  public var strip: String?
  /// A separator: only the text behind the last one counts.
  public var last: String?
  /// Only the word of this number counts, from 0; a word is a run of letters and digits.
  public var word: Int?
  /// The namespace in which the trace knows a name for the value.
  public var lookup: String?

  /// Creates a source without refinements.
  public init(_ place: Place) {
    self.place = place
    map = [:]
  }

  /// Creates a source from its short form; fails when the form is unknown.
  public init?(parsing text: String) {
    if text.hasPrefix("./") {
      self.init(.element(Self.tokens(text.dropFirst(1))))
    } else if text.hasPrefix("/") {
      self.init(.body(Self.tokens(text[...])))
    } else if text == "." {
      self.init(.element([]))
    } else if text.hasPrefix("=") {
      self.init(.literal(String(text.dropFirst())))
    } else if let colon = text.firstIndex(of: ":") {
      let rest = text[text.index(after: colon)...]
      switch text[..<colon] {
      case "path": self.init(.path(String(rest)))
      case "query": self.init(.query(String(rest)))
      case "header": self.init(.header(String(rest)))
      case "request": self.init(.request(Self.tokens(rest)))
      case "request-header": self.init(.requestHeader(String(rest)))
      default: return nil
      }
    } else {
      return nil
    }
  }

  static func tokens(_ pointer: Substring) -> [String] {
    pointer.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map { token in
      guard token.contains("~") else { return String(token) }
      let halves = token.split(separator: "~1", omittingEmptySubsequences: false)
      return halves.map { half in
        half.split(separator: "~0", omittingEmptySubsequences: false).joined(separator: "~")
      }.joined(separator: "/")
    }
  }
}

/// The message a value is taken from.
package struct MessageView {
  package let contract: Contract
  package let request: Request
  package let response: Response?
  /// The payload of this half of the exchange.
  package let body: JSONValue?
  /// The payload of the request, when this half is the response.
  package let requestBody: JSONValue?
  package let names: [EntityKey: String]

  /// Creates the view of one half of an exchange.
  package init(
    contract: Contract,
    request: Request,
    response: Response?,
    body: JSONValue?,
    requestBody: JSONValue?,
    names: [EntityKey: String]
  ) {
    self.contract = contract
    self.request = request
    self.response = response
    self.body = body
    self.requestBody = requestBody
    self.names = names
  }

  /// Returns every value at a place: many where the pointer has a `*`.
  func values(_ place: ValueSource.Place, element: JSONValue?) -> [JSONValue] {
    switch place {
    case .body(let tokens): Self.find(tokens[...], in: body)
    case .element(let tokens): Self.find(tokens[...], in: element)
    case .request(let tokens): Self.find(tokens[...], in: requestBody)
    default: []
    }
  }

  /// Returns the elements of the arrays at a place, each with what stands around it, inmost first.
  ///
  /// What is no array counts as its own element, so that `/*` walks the elements of the payload.
  func items(
    _ place: ValueSource.Place,
    element: JSONValue?
  ) -> [(item: JSONValue, around: [JSONValue])] {
    let root: JSONValue?
    let tokens: [String]
    switch place {
    case .body(let found): (root, tokens) = (body, found)
    case .element(let found): (root, tokens) = (element, found)
    case .request(let found): (root, tokens) = (requestBody, found)
    default: return []
    }
    guard let root else { return [] }
    if !tokens.contains(where: Self.isEvery) {
      guard let value = Self.first(tokens, in: root) else { return [] }
      let around = element.map { [$0] } ?? []
      return value.kind == .array ? value.elements.map { ($0, around) } : [(value, around)]
    }
    var found: [(item: JSONValue, around: [JSONValue])] = [(root, element.map { [$0] } ?? [])]
    for token in tokens {
      found = found.flatMap { value, around in
        let isList = value.kind == .array
        if token == "*", isList { return value.elements.map { ($0, [$0] + around) } }
        return Self.find([token][...], in: value).map { ($0, around) }
      }
    }
    return found.flatMap { value, around in
      value.kind == .array ? value.elements.map { ($0, around) } : [(value, around)]
    }
  }

  /// Returns the text at a source in an element, or else in what stands around it, inmost first.
  func text(_ source: ValueSource, element: JSONValue?, _ around: [JSONValue]) -> String? {
    if let text = text(source, element: element) { return text }
    guard case .element = source.place else { return nil }
    for outer in around {
      if let text = text(source, element: outer) { return text }
    }
    return nil
  }

  /// Returns the text at a source, made neutral; nothing when it is absent or null.
  func text(_ source: ValueSource, element: JSONValue?) -> String? {
    guard var text = rawText(source.place, element: element) else { return nil }
    if let prefix = source.strip, text.hasPrefix(prefix) {
      text = String(text.dropFirst(prefix.count))
    }
    if let separator = source.last?.first, let index = text.lastIndex(of: separator) {
      text = String(text[text.index(after: index)...])
    }
    if let word = source.word {
      let words = OrderReference.words(of: text)
      guard words.indices.contains(word) else { return nil }
      text = words[word]
    }
    if let namespace = source.lookup {
      return names[EntityKey(namespace, text)] ?? "\(namespace):\(text)"
    }
    if let mapped = source.map[text] { return mapped }
    return source.otherwise ?? text
  }

  private func rawText(_ place: ValueSource.Place, element: JSONValue?) -> String? {
    switch place {
    case .path(let name):
      return contract.recognition.path?.value(of: name, inTarget: request.target)
    case .query(let name): return request.queryItem(name)
    case .header(let name):
      return contract.part == .request ? request.headers[name] : response?.headers[name]
    case .requestHeader(let name): return request.headers[name]
    case .literal(let text): return text
    case .body, .element, .request:
      return first(place, element: element)?.scalarText
    }
  }

  /// Tells whether a token stands for every member or element.
  private static func isEvery(_ token: String) -> Bool {
    token.utf8.count == 1 && token.utf8.first == UInt8(ascii: "*")
  }

  /// Returns the first value at a place, as nearly all sources mean just one.
  private func first(_ place: ValueSource.Place, element: JSONValue?) -> JSONValue? {
    switch place {
    case .body(let tokens): Self.first(tokens, in: body)
    case .element(let tokens): Self.first(tokens, in: element)
    case .request(let tokens): Self.first(tokens, in: requestBody)
    default: nil
    }
  }

  private static func first(_ tokens: [String], in value: JSONValue?) -> JSONValue? {
    guard var value else { return nil }
    for (position, token) in tokens.enumerated() {
      if isEvery(token) { return find(tokens[position...], in: value).first }
      if value.kind == .array {
        guard let index = Int(token), let element = value[index] else { return nil }
        value = element
      } else {
        guard let member = value[token] else { return nil }
        value = member
      }
    }
    return value
  }

  private static func find(_ tokens: ArraySlice<String>, in value: JSONValue?) -> [JSONValue] {
    guard let value else { return [] }
    guard let token = tokens.first else { return [value] }
    let rest = tokens.dropFirst()
    if token == "*" {
      if value.kind == .object { return value.members.flatMap { find(rest, in: $0.value) } }
      return value.elements.flatMap { find(rest, in: $0) }
    }
    if value.kind == .array {
      guard let index = Int(token), index >= 0 else { return [] }
      return find(rest, in: value[index])
    }
    return find(rest, in: value[token])
  }
}

extension MessageView {
  /// Returns the facts that the message carries by its contract's meaning.
  package func facts(
    partner: PartnerID,
    at instant: VirtualInstant,
    gaps: inout [MeaningGap]
  ) -> [Fact] {
    var facts: [Fact] = []
    let all = contract.meanings
    let meanings = all.span
    for index in meanings.indices {
      meanings[index].appendFacts(
        in: self,
        partner: partner,
        at: instant,
        to: &facts,
        gaps: &gaps
      )
    }
    return facts
  }
}
