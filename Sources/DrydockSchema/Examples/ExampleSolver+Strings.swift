import DrydockJSON

extension ExampleSolver {
  /// How often a text that turned out wrong is replaced by the next one.
  private static let attemptsMax = 24

  /// Looks for a text in a situation without choices.
  mutating func solveString(_ situation: Situation, _ goal: [Int]) -> SolverOutcome {
    let domain = situation.string
    var excluded = situation.excluded.compactMap { id -> String? in
      if case .string(let text) = values[id] { text } else { nil }
    }
    guard domain.length.min <= limits.sizeMax else { return .unknown(.size) }
    // What the search itself cannot reason about: formats, and patterns without a table.
    var isExact = domain.formats.isEmpty && domain.notFormats.isEmpty && !situation.isUncertain
    var alternatives: [[TextSearch.Part]] = [[]]
    for demand in domain.patterns {
      let parts = demand.pattern.parts
      if parts.isEmpty {
        isExact = false
        for sample in demand.isWanted ? PatternSamples.texts : [] {
          if fits(sample, goal) { return .found(.string(sample)) }
        }
      } else if demand.isWanted {
        let all = parts.map { TextSearch.Part(automaton: $0.automaton, isWanted: $0.isWanted) }
        alternatives = alternatives.map { $0 + all }
      } else {
        alternatives = alternatives.flatMap { known in
          parts.map {
            known + [TextSearch.Part(automaton: $0.automaton, isWanted: !$0.isWanted)]
          }
        }
      }
    }
    for format in domain.formats.sorted(by: { $0.rawValue < $1.rawValue }) {
      for sample in format.samples where fits(sample, goal) { return .found(.string(sample)) }
    }
    for format in domain.notFormats.sorted(by: { $0.rawValue < $1.rawValue }) {
      for sample in format.counterSamples where fits(sample, goal) {
        return .found(.string(sample))
      }
    }
    var unknown: SolverDoubt?
    // What has no text even without formats has none with them.
    var isEmpty = alternatives.count <= 64 && !situation.isUncertain
    for parts in alternatives.prefix(64) {
      for attempt in 0..<ExampleSolver.attemptsMax {
        var search = TextSearch(parts, excluded: excluded, domain.length.min, domain.length.max)
        let found = search.run(workMax: min(steps, limits.sizeMax * 4))
        guard spend(search.work / 16 + 1) else { return .unknown(.budget) }
        guard case .found(let text) = found else {
          if case .unknown = found { unknown = .size }
          if attempt > 0 { isEmpty = false }
          break
        }
        isEmpty = false
        // Where anything goes, texts are drawn.
        if parts.isEmpty, excluded.isEmpty, let drawn = taste?.below(6) {
          let length = min(max(domain.length.min, drawn + 1), domain.length.max)
          let letters = (0..<length).map { _ in taste?.below(26) ?? 0 }
          let word = String(decoding: letters.map { UInt8($0 + 97) }, as: UTF8.self)
          if fits(word, goal) { return .found(.string(word)) }
        }
        if isExact || fits(text, goal) { return .found(.string(text)) }
        excluded.append(text)
      }
    }
    if let unknown { return .unknown(unknown) }
    return isEmpty || (isExact && alternatives.count <= 64) ? .none : .unknown(.keyword)
  }

  private mutating func fits(_ text: String, _ goal: [Int]) -> Bool {
    spend(4) && holds(goal, for: .string(text))
  }
}

/// Texts to try where a pattern cannot be searched.
enum PatternSamples {
  static let texts = [
    "a", "A", "1", "ab", "Ab1", "abc", "ABC", "123", "Abc123!?", "word", "two words", "a-b", "a_b",
    "a.b", "",
  ]
}

/// A search for the shortest text that some automata accept and others do not.
struct TextSearch {
  /// An automaton that has to accept, or must not.
  struct Part: Sendable {
    var automaton: PatternAutomaton
    var isWanted: Bool
  }

  enum Outcome {
    case found(String)
    case none
    case unknown
  }

  private let parts: [Part]
  private let lengthMin: Int
  private let lengthMax: Int
  /// The texts that must not be found, as a tree of scalars; -1 is off the tree.
  private var tree: [[UInt32: Int]] = [[:]]
  private var ends: Set<Int> = []
  /// A scalar for each way in which the parts tell scalars apart.
  private var alphabet: [UInt32] = []
  private(set) var work = 0

  /// Scalars in the order that people like to see them.
  private static let favourites = Array(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_. /:@+,#".unicodeScalars
  )
  .map(\.value)

  init(_ parts: [Part], excluded: [String], _ lengthMin: Int, _ lengthMax: Int) {
    self.parts = parts
    self.lengthMin = lengthMin
    self.lengthMax = lengthMax
    for text in excluded { exclude(text) }
    readAlphabet()
  }

  private mutating func exclude(_ text: String) {
    var place = 0
    for scalar in text.unicodeScalars {
      if let next = tree[place][scalar.value] {
        place = next
      } else {
        tree.append([:])
        tree[place][scalar.value] = tree.count - 1
        place = tree.count - 1
      }
    }
    ends.insert(place)
  }

  /// Finds scalars that stand for all: one for each combination of classes, and the excluded ones.
  private mutating func readAlphabet() {
    var bounds: Set<UInt32> = [0, 0xE000]
    for part in parts { bounds.formUnion(part.automaton.runStarts) }
    var own: Set<UInt32> = []
    for node in tree { own.formUnion(node.keys) }
    var seen: Set<[UInt8]> = []
    func add(_ scalar: UInt32, _ alphabet: inout [UInt32]) {
      guard Unicode.Scalar(scalar) != nil else { return }
      let name = parts.map { $0.automaton.classOfRun(scalar) }
      if seen.insert(name).inserted { alphabet.append(scalar) }
    }
    for scalar in TextSearch.favourites where !own.contains(scalar) { add(scalar, &alphabet) }
    for scalar in bounds.sorted() where !own.contains(scalar) && scalar >= 0x20 {
      add(scalar, &alphabet)
    }
    for scalar in bounds.sorted() where !own.contains(scalar) { add(scalar, &alphabet) }
    if !own.isEmpty {
      // A run may be covered by what is excluded at its start: look behind that.
      for start in bounds.sorted() {
        var scalar = start
        for _ in 0..<own.count where own.contains(scalar) { scalar += 1 }
        if !own.contains(scalar), scalar <= ScalarSet.scalarMax { add(scalar, &alphabet) }
      }
    }
    alphabet += own.sorted()
  }

  private struct Visit {
    var states: [Int]
    var scalar: UInt32
    var before: Int
  }

  /// Searches breadth first: all states of each length up to the least, then only new ones.
  mutating func run(workMax: Int) -> Outcome {
    if lengthMin > lengthMax { return .none }
    if parts.isEmpty, tree.count == 1, ends.isEmpty {
      let length = max(lengthMin, min(1, lengthMax))
      return .found(String(repeating: "a", count: length))
    }
    var visits = [Visit(states: parts.map { $0.automaton.start } + [0], scalar: 0, before: -1)]
    var layer = [0]
    var length = 0
    var known: Set<[Int]> = []
    while !layer.isEmpty {
      if length >= lengthMin {
        layer = layer.filter { known.insert(visits[$0].states).inserted }
        if length > 0 || lengthMax == 0 || lengthMin > 0 || layer.isEmpty {
          if let end = layer.first(where: { accepts(visits[$0].states) }) {
            return .found(text(visits, end))
          }
        }
      }
      if length == lengthMax { break }
      let next = advance(layer, &visits)
      work += next.count * parts.count
      if work > workMax { return .unknown }
      layer = next
      length += 1
    }
    // The empty text is taken only where there is no other.
    if lengthMin == 0, accepts(visits[0].states) { return .found("") }
    return .none
  }

  private func advance(_ layer: [Int], _ visits: inout [Visit]) -> [Int] {
    var next: [Int] = []
    var reached: Set<[Int]> = []
    for index in layer {
      for scalar in alphabet {
        let states = step(visits[index].states, scalar)
        guard !isDead(states), reached.insert(states).inserted else { continue }
        visits.append(Visit(states: states, scalar: scalar, before: index))
        next.append(visits.count - 1)
      }
    }
    return next
  }

  private func step(_ states: [Int], _ scalar: UInt32) -> [Int] {
    var result = states
    for (index, part) in parts.enumerated() {
      result[index] = part.automaton.next(states[index], scalar)
    }
    let place = states[parts.count]
    result[parts.count] = place < 0 ? -1 : tree[place][scalar] ?? -1
    return result
  }

  /// Whether no continuation can be accepted: a match that can no longer be had, or be undone.
  private func isDead(_ states: [Int]) -> Bool {
    for (index, part) in parts.enumerated() where states[index] == (part.isWanted ? 0 : 1) {
      return true
    }
    return false
  }

  private func accepts(_ states: [Int]) -> Bool {
    for (index, part) in parts.enumerated()
    where part.automaton.matchesAtEnd[states[index]] != part.isWanted {
      return false
    }
    let place = states[parts.count]
    return place < 0 || !ends.contains(place)
  }

  private func text(_ visits: [Visit], _ end: Int) -> String {
    var scalars: [UInt32] = []
    var index = end
    while visits[index].before >= 0 {
      scalars.append(visits[index].scalar)
      index = visits[index].before
    }
    var text = String.UnicodeScalarView()
    for scalar in scalars.reversed() {
      if let scalar = Unicode.Scalar(scalar) { text.append(scalar) }
    }
    return String(text)
  }
}

extension PatternAutomaton {
  /// Returns the state after a scalar; the states 0 and 1 are never left.
  func next(_ state: Int, _ scalar: UInt32) -> Int {
    state <= 1 ? state : Int(table[state * classCount + Int(classOfRun(scalar))])
  }
}

extension Format {
  /// Texts of the format, to be tried in this order.
  var samples: [String] {
    switch self {
    case .dateTime:
      [
        "2026-03-02T14:00:00Z", "2026-03-02T14:00:00.000Z", "2026-03-02T14:00:00+00:00",
        "2026-03-02T14:00:00-05:00", "2026-03-02T14:00:00.000+00:00",
      ]
    case .date: ["2026-03-02", "2026-12-31"]
    case .time: ["14:00:00Z", "14:00:00.000Z", "14:00:00+00:00"]
    case .duration: ["P1D", "PT1H", "P1Y2M3DT4H5M6S"]
    case .email, .idnEmail: ["a@example.com", "first.last@example.com"]
    case .hostname, .idnHostname: ["example.com", "a"]
    case .ipv4: ["192.0.2.1", "127.0.0.1"]
    case .ipv6: ["2001:db8::1", "::1"]
    case .uri, .uriReference, .iri, .iriReference, .uriTemplate:
      ["https://example.com/a", "https://example.com", "http://example.com/a", "urn:a:b"]
    case .uuid:
      ["00000000-0000-4000-8000-000000000000", "2eb8aa08-aa98-11ea-b4aa-73b441d16380"]
    case .jsonPointer: ["/a", ""]
    case .relativeJSONPointer: ["0", "0/a"]
    case .regex: ["a", "^a$"]
    }
  }

  /// Texts that are not of the format, to be tried in this order.
  var counterSamples: [String] {
    switch self {
    case .hostname, .idnHostname: ["-", "a..b", "a b"]
    case .uriReference, .iriReference: ["\\", "a b", "%"]
    case .uriTemplate: ["{", "{a"]
    case .regex: ["(", "[", "*"]
    case .relativeJSONPointer, .jsonPointer: ["a", "~"]
    default: ["a", ""]
    }
  }

  /// Whether every text of another format has this one as well.
  func includes(_ other: Format) -> Bool {
    switch (self, other) {
    case (.idnEmail, .email), (.idnHostname, .hostname), (.iri, .uri), (.uriReference, .uri),
      (.iriReference, .uri), (.iriReference, .uriReference), (.iriReference, .iri):
      true
    default: false
    }
  }
}
