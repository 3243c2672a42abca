import DrydockJSON

/// Knows every schema resource and anchor of the documents that a compilation may refer to.
///
/// Documents are read when the first reference leads to them, and only those that were handed in:
/// nothing is ever fetched.
struct SchemaRegistry {
  /// The documents in the order they were needed; the main one first.
  private(set) var sources: [SchemaSource] = []
  /// All resources found so far.
  private(set) var resources: [SchemaResource] = []
  /// What is wrong with identifiers.
  var problems: [SchemaProblem] = []

  private let options: SchemaOptions
  private var resourceOfURI: [String: Int] = [:]
  private var resourceOfRoot: [SchemaAddress: Int] = [:]
  private var resourcesOfDocument: [[Int]] = []
  private var scanned: Set<SchemaAddress> = []
  private var hasReadAll = false

  /// Reads the main document.
  init(_ document: JSONDocument, options: SchemaOptions) {
    self.options = options
    add(document, uri: "", language: SchemaLanguage(options.dialect))
  }

  /// Returns the resource whose root a schema is, if it is one.
  func resource(rootedAt address: SchemaAddress) -> Int? {
    resourceOfRoot[address]
  }

  /// Returns the innermost resource that a schema lies in.
  ///
  /// - Complexity: O(log resources + nesting).
  func resource(around address: SchemaAddress) -> Int {
    let candidates = resourcesOfDocument[address.document]
    var low = 0
    var high = candidates.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if resources[candidates[middle]].node <= address.node { low = middle } else { high = middle }
    }
    var found = candidates[low]
    while address.node >= resources[found].end, resources[found].outer >= 0 {
      found = resources[found].outer
    }
    return found
  }

  /// Returns the resource of an absolute URI without fragment, reading its document if need be.
  mutating func resource(uri: String) -> Int? {
    if let known = resourceOfURI[uri] { return known }
    if let document = options.resources[uri] ?? options.resources[uri + "#"] {
      add(document, uri: uri, language: SchemaLanguage(options.dialect))
      return resourceOfURI[uri]
    }
    if let document = Metaschemas.document(uri: uri) {
      add(document, uri: uri, language: SchemaLanguage(.draft202012))
      return resourceOfURI[uri]
    }
    guard !hasReadAll else { return nil }
    hasReadAll = true
    for key in options.resources.keys.sorted() {
      let bare = URIReference(key).withoutFragment
      guard resourceOfURI[bare] == nil, let document = options.resources[key] else { continue }
      add(document, uri: bare, language: SchemaLanguage(options.dialect))
    }
    return resourceOfURI[uri]
  }

  /// The URIs that a reference could have meant.
  var knownURIs: [String] {
    (Array(resourceOfURI.keys) + Array(options.resources.keys)).sorted()
  }

  private mutating func add(_ document: JSONDocument, uri: String, language: SchemaLanguage) {
    let index = sources.count
    sources.append(SchemaSource(uri: uri, document: document))
    resourcesOfDocument.append([])
    let address = SchemaAddress(document: index, node: 0)
    let resource = add(address, uri: URIReference(uri), language: language)
    scan(address, in: resource)
    sources[index].uri = resources[resource].uri.withoutFragment
  }

  /// Adds a resource under its base URI; the caller gives it its own identifier.
  private mutating func add(
    _ address: SchemaAddress,
    uri: URIReference,
    language: SchemaLanguage,
    outer: Int = -1
  ) -> Int {
    let index = resources.count
    let end = Int(sources[address.document].document.tape.entries[address.node].next)
    resources.append(
      SchemaResource(
        uri: uri,
        document: address.document,
        node: address.node,
        end: end,
        outer: outer,
        language: language
      )
    )
    resourcesOfDocument[address.document].append(index)
    resourceOfRoot[address] = index
    if resourceOfURI[uri.withoutFragment] == nil { resourceOfURI[uri.withoutFragment] = index }
    return index
  }

  /// Finds the identifiers in a schema and all below it.
  mutating func scan(_ address: SchemaAddress, in resource: Int) {
    let known = resources.count
    var work = [(node: address.node, resource: resource)]
    let document = sources[address.document].document
    while let (node, outer) = work.popLast() {
      guard scanned.insert(SchemaAddress(document: address.document, node: node)).inserted,
        document.tape.entries[node].form == .object
      else { continue }
      let view = SchemaObject(document, node)
      var current = outer
      let ignoresSiblings = resources[outer].language.dialect == .draft07 && view[.ref] != nil
      if !ignoresSiblings || node == 0 {
        current = identify(view, at: SchemaAddress(document: address.document, node: node), outer)
      }
      let language = resources[current].language
      for (keyword, value) in view.keywords where keyword.isKnown(in: language) {
        for subschema in view.subschemas(of: keyword, at: value) {
          work.append((subschema, current))
        }
      }
    }
    if resources.count > known {
      resourcesOfDocument[address.document].sort { resources[$0].node < resources[$1].node }
    }
  }

  /// Takes note of the identifiers of one schema and returns the resource it belongs to.
  private mutating func identify(
    _ view: SchemaObject,
    at address: SchemaAddress,
    _ outer: Int
  ) -> Int {
    var current = outer
    let isRoot = resources[outer].node == address.node
    if isRoot { readLanguage(view, of: outer, at: address) }
    if let node = view[.id], let id = view.string(node) {
      current = identify(id, view, node, at: address, outer)
    }
    guard resources[current].language.dialect != .draft07 else { return current }
    if let node = view[.recursiveAnchor], resources[current].language.dialect == .draft201909,
      view.document.tape.entries[node].form == .isTrue
    {
      resources[current].dynamicAnchors[Keyword.recursiveAnchor.rawValue] = address.node
    }
    for keyword in [Keyword.anchor, .dynamicAnchor]
    where keyword.isKnown(in: resources[current].language) {
      guard let node = view[keyword], let name = view.string(node) else { continue }
      addAnchor(name, isDynamic: keyword == .dynamicAnchor, to: current, address, at: node)
    }
    return current
  }

  private mutating func identify(
    _ id: String,
    _ view: SchemaObject,
    _ node: Int,
    at address: SchemaAddress,
    _ outer: Int
  ) -> Int {
    let reference = URIReference(id)
    let isDraft07 = resources[outer].language.dialect == .draft07
    if let fragment = reference.fragment, !fragment.isEmpty {
      if isDraft07, reference.withoutFragment.isEmpty {
        addAnchor(fragment, isDynamic: false, to: outer, address, at: node)
        return outer
      }
      if !isDraft07 {
        report(
          .wrongValue(keyword: "$id", expected: "a URI without fragment", found: "'\(id)'"),
          address.document,
          node
        )
      }
    }
    var uri = resources[outer].uri.resolve(reference)
    uri.fragment = nil
    let text = uri.withoutFragment
    if resources[outer].node == address.node {
      resources[outer].uri = uri
      if resourceOfURI[text] == nil { resourceOfURI[text] = outer }
      return outer
    }
    if let known = resourceOfURI[text], resources[known].node != address.node,
      resources[known].document == address.document
    {
      report(.duplicateIdentifier(text), address.document, node)
    }
    let added = add(address, uri: uri, language: resources[outer].language, outer: outer)
    readLanguage(view, of: added, at: address)
    return added
  }

  private mutating func addAnchor(
    _ name: String,
    isDynamic: Bool,
    to resource: Int,
    _ address: SchemaAddress,
    at node: Int
  ) {
    if let known = resources[resource].anchors[name], known != address.node {
      report(.duplicateIdentifier("#" + name), address.document, node)
      return
    }
    resources[resource].anchors[name] = address.node
    if isDynamic { resources[resource].dynamicAnchors[name] = address.node }
  }

  /// Reads the `$schema` of a resource.
  private mutating func readLanguage(
    _ view: SchemaObject,
    of resource: Int,
    at address: SchemaAddress
  ) {
    guard let node = view[.schema], let uri = view.string(node) else { return }
    if let dialect = SchemaLanguage.dialect(named: uri) {
      resources[resource].language = SchemaLanguage(dialect)
      return
    }
    let bare = URIReference(uri).withoutFragment
    var language: SchemaLanguage?
    var next: String? = bare
    var vocabularies: Vocabularies?
    var visited: Set<String> = []
    while let current = next, visited.insert(current).inserted {
      if let dialect = SchemaLanguage.dialect(named: current) {
        language = SchemaLanguage(dialect, vocabularies: vocabularies ?? .all)
        break
      }
      guard let metaschema = options.resources[current] ?? options.resources[current + "#"] else {
        break
      }
      if vocabularies == nil, let declared = metaschema.root["$vocabulary"] {
        vocabularies = readVocabularies(declared, address.document, node)
      }
      next = metaschema.root["$schema"]?.string.map { URIReference($0).withoutFragment }
    }
    guard let language else {
      report(.unknownDialect(uri), address.document, node)
      return
    }
    resources[resource].language = language
  }

  private mutating func readVocabularies(
    _ declared: JSONValue,
    _ document: Int,
    _ node: Int
  ) -> Vocabularies {
    var vocabularies = Vocabularies()
    for member in declared.members {
      if let known = Vocabularies.named(member.name) {
        vocabularies.formUnion(known)
      } else if member.value.bool == true {
        report(.unknownVocabulary(member.name), document, node)
      }
    }
    return vocabularies
  }

  mutating func report(_ kind: SchemaProblem.Kind, _ document: Int, _ node: Int) {
    guard problems.count < options.limits.problemsMax else { return }
    problems.append(SchemaProblem(kind, in: sources[document], at: node))
  }
}
