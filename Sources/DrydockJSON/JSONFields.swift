public import DrydockKernel

/// What is wrong with one input file, collected up to a bound instead of thrown one at a time.
public struct FileDiagnostics: Sendable {
  /// The path, as the user gave it.
  public let file: String
  private var list = DiagnosticList()

  /// Creates an empty list for a file.
  public init(file: String) {
    self.file = file
  }

  /// What was found, in the order of finding.
  public var diagnostics: [Diagnostic] { list.all }

  /// Whether no error was found.
  public var isClean: Bool { !list.hasErrors }

  /// Whether no further diagnostic is kept.
  ///
  /// Places, each of which costs a walk over the file, are not looked up any more.
  public var isFull: Bool { list.all.count >= list.limit }

  /// Adds what is wrong with a value, with the line and column where it starts.
  public mutating func add(
    _ message: String,
    id: String,
    at value: JSONValue,
    notes: [String] = []
  ) {
    if isFull { return list.append(Diagnostic(file: file, message: "", id: id)) }
    var diagnostic = value.diagnostic(message, id: id, file: file)
    diagnostic.notes = notes
    list.append(diagnostic)
  }

  /// Adds a diagnostic.
  public mutating func add(_ diagnostic: Diagnostic) {
    list.append(diagnostic)
  }
}

/// Reads the members of an object by name and says what is wrong with them.
///
///     var fields = JSONFields(value, as: "a fault", ids: "scenario")
///     let on = fields.string("on", &list)
///     fields.finish(&list)                 // every member that was not asked for
///
/// Ids of what it reports are `<ids>-missing-member`, `<ids>-wrong-type` and
/// `<ids>-unknown-member`.
public struct JSONFields {
  /// The object.
  public let value: JSONValue
  private let noun: String
  private let ids: String
  private var known: [String]

  /// Creates a reader of an object.
  ///
  /// - Parameters:
  ///   - value: The object; anything else has no members and is reported by `finish`.
  ///   - noun: What the object is, with its article.
  ///   - ids: The first part of the ids of diagnostics.
  public init(_ value: JSONValue, as noun: String, ids: String) {
    self.value = value
    self.noun = noun
    self.ids = ids
    known = []
  }

  /// Returns a member as it is.
  public mutating func member(_ name: String) -> JSONValue? {
    known.append(name)
    return value[name]
  }

  /// Returns a member that must be there.
  public mutating func required(_ name: String, _ list: inout FileDiagnostics) -> JSONValue? {
    known.append(name)
    if let found = value[name] { return found }
    if value.kind == .object {
      list.add("\(noun) needs '\(name)'", id: "\(ids)-missing-member", at: value)
    }
    return nil
  }

  /// Returns a member that is text.
  public mutating func string(_ name: String, _ list: inout FileDiagnostics) -> String? {
    guard let found = member(name) else { return nil }
    if let string = found.string { return string }
    wrongType(name, "text", found, &list)
    return nil
  }

  /// Returns a member that must be there and be text.
  public mutating func requiredString(_ name: String, _ list: inout FileDiagnostics) -> String? {
    guard required(name, &list) != nil else { return nil }
    return string(name, &list)
  }

  /// Returns a member that is one of some words.
  public mutating func word<Word: RawRepresentable & CaseIterable>(
    _ name: String,
    as type: Word.Type,
    _ list: inout FileDiagnostics
  ) -> Word? where Word.RawValue == String {
    guard let found = member(name), let text = string(name, &list) else { return nil }
    if let word = Word(rawValue: text) { return word }
    let words = Word.allCases.map(\.rawValue)
    list.add(
      JSONFields.unknown("value", text, for: "'\(name)'", among: words),
      id: "\(ids)-unknown-value",
      at: found
    )
    return nil
  }

  /// Returns a member that is a whole number within bounds.
  public mutating func int(
    _ name: String,
    in bounds: ClosedRange<Int> = Int.min...Int.max,
    _ list: inout FileDiagnostics
  ) -> Int? {
    guard let found = member(name) else { return nil }
    guard let number = found.int, let small = Int(exactly: number) else {
      wrongType(name, "a whole number", found, &list)
      return nil
    }
    guard bounds.contains(small) else {
      list.add(
        "expected '\(name)' from \(bounds.lowerBound) to \(bounds.upperBound), found \(small)",
        id: "\(ids)-out-of-range",
        at: found
      )
      return nil
    }
    return small
  }

  /// Returns a member that is true or false.
  public mutating func bool(_ name: String, _ list: inout FileDiagnostics) -> Bool? {
    guard let found = member(name) else { return nil }
    if let bool = found.bool { return bool }
    wrongType(name, "true or false", found, &list)
    return nil
  }

  /// Returns the elements of a member that is an array; none when it is absent.
  public mutating func array(_ name: String, _ list: inout FileDiagnostics) -> [JSONValue] {
    guard let found = member(name) else { return [] }
    guard found.kind == .array else {
      wrongType(name, "an array", found, &list)
      return []
    }
    return Array(found.elements)
  }

  /// Returns a member that is an array of texts; none when it is absent.
  public mutating func strings(_ name: String, _ list: inout FileDiagnostics) -> [String] {
    array(name, &list).compactMap { element in
      if let string = element.string { return string }
      list.add(
        "expected text in '\(name)', found \(element.kind.phrase)",
        id: "\(ids)-wrong-type",
        at: element
      )
      return nil
    }
  }

  /// Returns a member that is an object.
  public mutating func object(_ name: String, _ list: inout FileDiagnostics) -> JSONValue? {
    guard let found = member(name) else { return nil }
    if found.kind == .object { return found }
    wrongType(name, "an object", found, &list)
    return nil
  }

  /// Returns a member that is text in a form of its own, such as a duration.
  public mutating func parsed<Result>(
    _ name: String,
    expected: String,
    _ list: inout FileDiagnostics,
    _ parse: (String) -> Result?
  ) -> Result? {
    guard let found = member(name), let text = string(name, &list) else { return nil }
    if let result = parse(text) { return result }
    list.add(
      "expected \(expected) in '\(name)', found '\(text)'",
      id: "\(ids)-malformed-value",
      at: found
    )
    return nil
  }

  /// Reports every member that was never asked for, with the nearest that was.
  public func finish(_ list: inout FileDiagnostics) {
    guard value.kind == .object else {
      list.add(
        "expected \(noun) as an object, found \(value.kind.phrase)",
        id: "\(ids)-wrong-type",
        at: value
      )
      return
    }
    for member in value.members where !known.contains(member.name) {
      if list.isFull, !list.isClean { break }
      list.add(
        JSONFields.unknown("member", member.name, for: noun, among: known),
        id: "\(ids)-unknown-member",
        at: member.value
      )
    }
  }

  /// Words an unknown name with the nearest known one, or with all where none is near.
  public static func unknown(
    _ what: String,
    _ name: String,
    for noun: String,
    among known: [String]
  ) -> String {
    let start = "unknown \(what) '\(name)' for \(noun)"
    if let near = Suggestion.nearest(to: name, among: known) {
      return "\(start); did you mean '\(near)'?"
    }
    let sorted = Set(known).sorted()
    guard !sorted.isEmpty, sorted.count <= 24 else { return start }
    return "\(start); known: \(sorted.joined(separator: ", "))"
  }

  private func wrongType(
    _ name: String,
    _ expected: String,
    _ found: JSONValue,
    _ list: inout FileDiagnostics
  ) {
    list.add(
      "expected \(expected) in '\(name)', found \(found.kind.phrase)",
      id: "\(ids)-wrong-type",
      at: found
    )
  }
}

extension JSONValue.Kind {
  /// The kind with its article, for messages.
  public var phrase: String {
    switch self {
    case .null: "null"
    case .boolean: "a boolean"
    case .number: "a number"
    case .string: "text"
    case .array: "an array"
    case .object: "an object"
    }
  }
}
