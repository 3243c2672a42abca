import DrydockJSON

/// Lists what differs between two schemas, keyword by keyword and place by place.
///
/// Both are walked side by side. References are followed, so that moving a subschema elsewhere is
/// no change. Branches of choices are paired by what they say, not by their place.
struct ChangeLister {
  let old: SchemaProgram
  let new: SchemaProgram
  let classes: BlockClasses
  private(set) var changes: [SchemaChange] = []
  private var visited: Set<[Int32]> = []
  var work: [(old: Int32, new: Int32, path: [DocumentStep])] = []
  /// Which branches are which, by the branches before and after a change.
  var pairings: [[[Int32]]: [Int: Int]] = [:]
  /// How many more branches may be held against each other; beyond, places have to do.
  var likenessesLeft = 200_000

  private static let changesMax = 2_000
  private static let pairsMax = 50_000

  init(old: SchemaProgram, new: SchemaProgram, classes: BlockClasses) {
    self.old = old
    self.new = new
    self.classes = classes
  }

  /// Walks both schemas from their roots.
  mutating func run() {
    work = [(old.root, new.root, [])]
    while let pair = work.popLast() {
      guard changes.count < ChangeLister.changesMax, visited.count < ChangeLister.pairsMax,
        visited.insert([pair.old, pair.new]).inserted
      else { continue }
      let before = work.count
      compare(pair.old, pair.new, pair.path)
      // What was found first is looked at first, so that changes come in the order of the text.
      work[before...].reverse()
    }
  }

  // MARK: One pair of subschemas

  /// A subschema on either side while it is compared.
  struct Side {
    var program: SchemaProgram
    var block: Block
    var document: JSONDocument
    var value: JSONValue

    init(_ program: SchemaProgram, _ index: Int32) {
      self.program = program
      block = program.blocks[Int(index)]
      document = program.documents[Int(block.document)].document
      value = JSONValue(document: document, index: Int(block.node))
    }

    /// Returns the instruction of a keyword.
    func step(_ operations: Instruction.Operation...) -> Instruction? {
      guard block.form == .assertions else { return nil }
      for position in block.stringStart..<block.end {
        let step = program.instructions[Int(position)]
        if operations.contains(step.operation) { return step }
      }
      return nil
    }

    func shown(_ value: JSONValue?) -> String {
      value.map { ValueText.exact($0.index, in: document) } ?? "nothing"
    }
  }

  private mutating func compare(_ oldIndex: Int32, _ newIndex: Int32, _ path: [DocumentStep]) {
    let left = Side(old, oldIndex)
    let right = Side(new, newIndex)
    if left.block.form == .never || right.block.form == .never
      || left.value.kind != .object || right.value.kind != .object
    {
      compareTruths(left, right, path)
      return
    }
    compareReferences(left, right, path)
    compareTypes(left, right, path)
    for keyword in ChangeLister.plainKeywords { comparePlain(keyword, left, right, path) }
    compareValues(left, right, path)
    compareRequired(left, right, path)
    compareMembers(left, right, path)
    compareElements(left, right, path)
    for keyword in ["allOf", "anyOf", "oneOf"] { compareBranches(keyword, left, right, path) }
    for keyword in ["not", "if", "then", "else", "contains", "propertyNames"] {
      compareSubschema(keyword, left, right, path)
    }
    for keyword in ["unevaluatedProperties", "unevaluatedItems"] {
      compareSubschema(keyword, left, right, path)
    }
    compareDependencies(left, right, path)
  }

  mutating func add(
    _ subject: String,
    _ kind: SchemaChange.Kind,
    _ left: Side,
    _ right: Side,
    _ oldNode: Int?,
    _ newNode: Int?,
    _ path: [DocumentStep],
    name: String? = nil,
    old: String,
    new: String
  ) {
    changes.append(
      SchemaChange(
        subject: subject,
        kind: kind,
        oldNode: oldNode ?? -1,
        newNode: newNode ?? -1,
        oldDocument: Int(left.block.document),
        newDocument: Int(right.block.document),
        path: path,
        name: name,
        old: old,
        new: new
      )
    )
  }

  /// Compares schemas of which one or both are `true` or `false`.
  private mutating func compareTruths(_ left: Side, _ right: Side, _ path: [DocumentStep]) {
    let before = left.block.form
    let after = right.block.form
    if before == after, before == .never || before == .always { return }
    let kind: SchemaChange.Kind =
      after == .never || before == .always
      ? .narrowed : (before == .never || after == .always ? .extended : .changed)
    add(
      "schema",
      kind,
      left,
      right,
      left.value.index,
      right.value.index,
      path,
      old: left.shown(left.value),
      new: right.shown(right.value)
    )
  }

  private mutating func compareReferences(_ left: Side, _ right: Side, _ path: [DocumentStep]) {
    let before = left.step(.reference)
    let after = right.step(.reference)
    switch (before, after) {
    case (let before?, let after?): work.append((before.a, after.a, path))
    case (let before?, nil): compareBeside(before.a, nil, left, right, path)
    case (nil, let after?): compareBeside(nil, after.a, left, right, path)
    default: break
    }
  }

  /// Compares what a reference leads to with what stands in its place on the other side.
  private mutating func compareBeside(
    _ before: Int32?,
    _ after: Int32?,
    _ left: Side,
    _ right: Side,
    _ path: [DocumentStep]
  ) {
    let node = (before == nil ? right : left).value["$ref"]?.index
    add(
      "reference",
      before == nil ? .added : .removed,
      left,
      right,
      before == nil ? nil : node,
      before == nil ? node : nil,
      path,
      old: left.shown(left.value["$ref"]),
      new: right.shown(right.value["$ref"])
    )
  }

  // MARK: Keywords with plain values

  private static let plainKeywords = [
    "$id", "id", "title", "description", "default", "examples", "example", "$comment", "deprecated",
    "readOnly", "writeOnly", "format", "contentEncoding", "contentMediaType", "contentSchema",
    "discriminator", "minLength", "maxLength", "pattern", "minimum", "maximum", "exclusiveMinimum",
    "exclusiveMaximum", "multipleOf", "minItems", "maxItems", "uniqueItems", "minContains",
    "maxContains", "minProperties", "maxProperties",
  ]

  private mutating func comparePlain(
    _ keyword: String,
    _ left: Side,
    _ right: Side,
    _ path: [DocumentStep]
  ) {
    let before = left.value[keyword]
    let after = right.value[keyword]
    let kind: SchemaChange.Kind
    switch (before, after) {
    case (nil, nil): return
    case (nil, _?): kind = .added
    case (_?, nil): kind = .removed
    case (let before?, let after?):
      if JSONValue.semanticallyEqual(before, after) { return }
      if let first = before.number, let second = after.number {
        kind = first < second ? .raised : .lowered
      } else {
        kind = .changed
      }
    }
    let subject = ChangeLister.kebab(keyword)
    add(
      subject,
      kind,
      left,
      right,
      before?.index,
      after?.index,
      path,
      old: left.shown(before),
      new: right.shown(after)
    )
  }

  /// Returns a keyword in kebab case, without the sign of the core vocabulary.
  static func kebab(_ keyword: String) -> String {
    var text = ""
    for character in keyword where character != "$" {
      if character.isUppercase { text += "-" }
      text += character.lowercased()
    }
    return text
  }

  private mutating func compareTypes(_ left: Side, _ right: Side, _ path: [DocumentStep]) {
    let before = left.block.typeNode >= 0 ? left.block.types : .any
    let after = right.block.typeNode >= 0 ? right.block.types : .any
    if before == after { return }
    let kind: SchemaChange.Kind =
      after.isSubset(of: before)
      ? .narrowed : (before.isSubset(of: after) ? .extended : .changed)
    let oldNode = left.block.typeNode >= 0 ? Int(left.block.typeNode) : nil
    let newNode = right.block.typeNode >= 0 ? Int(right.block.typeNode) : nil
    add(
      "type",
      kind,
      left,
      right,
      oldNode,
      newNode,
      path,
      old: ValueText.types(before),
      new: ValueText.types(after)
    )
  }

  /// Compares enumerations and constants as sets of values.
  private mutating func compareValues(_ left: Side, _ right: Side, _ path: [DocumentStep]) {
    for (keyword, operation) in [
      ("enum", Instruction.Operation.enumeration), ("const", Instruction.Operation.constant),
    ] {
      let before = left.step(operation)
      let after = right.step(operation)
      if before == nil, after == nil { continue }
      var kind = before == nil ? SchemaChange.Kind.added : .removed
      if let before, let after {
        let earlier = Set(left.program.values(of: before, in: left.block))
        let later = Set(right.program.values(of: after, in: right.block))
        if earlier == later { continue }
        kind = later.isSubset(of: earlier) ? .narrowed : .changed
        if earlier.isSubset(of: later) { kind = .extended }
      }
      add(
        keyword,
        kind,
        left,
        right,
        before.map { Int($0.node) },
        after.map { Int($0.node) },
        path,
        old: left.shown(left.value[keyword]),
        new: right.shown(right.value[keyword])
      )
    }
  }

  private mutating func compareRequired(_ left: Side, _ right: Side, _ path: [DocumentStep]) {
    func names(_ side: Side) -> [(String, Int)] {
      guard let list = side.value["required"], list.kind == .array else { return [] }
      return list.elements.compactMap { element in element.string.map { ($0, element.index) } }
    }
    let before = names(left)
    let after = names(right)
    for (name, node) in before where !after.contains(where: { $0.0 == name }) {
      add(
        "required",
        .removed,
        left,
        right,
        node,
        nil,
        path,
        name: name,
        old: "'\(name)' required",
        new: "not required"
      )
    }
    for (name, node) in after where !before.contains(where: { $0.0 == name }) {
      add(
        "required",
        .added,
        left,
        right,
        nil,
        node,
        path,
        name: name,
        old: "not required",
        new: "'\(name)' required"
      )
    }
  }
}
