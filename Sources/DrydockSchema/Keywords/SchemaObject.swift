import DrydockJSON

/// The keywords of one subschema, read off the tape.
struct SchemaObject {
  let document: JSONDocument
  /// The tape index of the object.
  let node: Int
  /// The keywords known by name and the tape indices of their values, in the order of the text.
  private(set) var keywords: [(keyword: Keyword, value: Int)] = []

  /// Reads the keywords of an object; of a name that repeats, the last counts.
  init(_ document: JSONDocument, _ node: Int) {
    self.document = document
    self.node = node
    var cursor = node + 1
    let end = Int(document.tape.entries[node].next)
    while cursor < end {
      if let keyword = Keyword.byName[document.text(at: cursor)] {
        if let earlier = keywords.firstIndex(where: { $0.keyword == keyword }) {
          keywords.remove(at: earlier)
        }
        keywords.append((keyword, cursor + 1))
      }
      cursor = Int(document.tape.entries[cursor + 1].next)
    }
  }

  /// The tape index of a keyword's value, if it is there.
  subscript(keyword: Keyword) -> Int? {
    keywords.first { $0.keyword == keyword }?.value
  }

  /// Returns the text of a value if it is a string.
  func string(_ value: Int) -> String? {
    document.tape.entries[value].form == .string ? document.text(at: value) : nil
  }

  /// Returns the elements of an array by tape index; none for other values.
  func elements(_ value: Int) -> [Int] {
    guard document.tape.entries[value].form == .array else { return [] }
    var found: [Int] = []
    var cursor = value + 1
    while cursor < Int(document.tape.entries[value].next) {
      found.append(cursor)
      cursor = Int(document.tape.entries[cursor].next)
    }
    return found
  }

  /// Returns the names of an object's members by tape index; none for other values.
  func names(_ value: Int) -> [Int] {
    guard document.tape.entries[value].form == .object else { return [] }
    var found: [Int] = []
    var cursor = value + 1
    while cursor < Int(document.tape.entries[value].next) {
      found.append(cursor)
      cursor = Int(document.tape.entries[cursor + 1].next)
    }
    return found
  }

  /// Returns the subschemas in a keyword's value by tape index.
  func subschemas(of keyword: Keyword, at value: Int) -> [Int] {
    switch keyword.shape {
    case .none: []
    case .schema: [value]
    case .array: elements(value)
    case .schemaOrArray:
      document.tape.entries[value].form == .array ? elements(value) : [value]
    case .map: names(value).map { $0 + 1 }
    case .mapOfSchemasOrArrays:
      names(value).map { $0 + 1 }.filter { document.tape.entries[$0].form != .array }
    }
  }
}
