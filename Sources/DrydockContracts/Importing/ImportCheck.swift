import DrydockJSON
import DrydockKernel
import DrydockSchema

/// Checks what an import made, before anything is written: every contract has to be readable, and
/// every example valid.
///
/// Examples of the document that are not valid are left out; where none is left, one is made.
enum ImportCheck {
  static func run(
    _ contracts: inout [ImportedContract],
    _ source: inout ImportSource,
    file: String
  ) {
    rename(&contracts)
    var groups = groups(of: contracts)
    var kept: [ImportedContract] = []
    var isBroken = false
    for (number, contract) in contracts.enumerated() {
      var contract = contract
      if let node = contract.schema {
        if let group = groups.places[number] {
          check(&contract, &groups.bundles[group], number, &source)
        } else {
          let (compiled, problems) = compile(node)
          guard let compiled else {
            isBroken = true
            say(problems, of: contract, &source)
            continue
          }
          var own = AloneSchema(schema: compiled)
          check(&contract, &own, number, &source)
        }
      } else {
        contract.examples = []
      }
      kept.append(contract)
    }
    contracts = kept
    guard !isBroken else { return }
    readBack(contracts, &source)
  }

  /// Gives every contract a folder of its own.
  private static func rename(_ contracts: inout [ImportedContract]) {
    var folders = UniqueNames()
    for number in contracts.indices {
      let usual = contracts[number].folder
      let folder = folders.take(usual)
      contracts[number].message += folder.dropFirst(usual.count)
    }
  }

  /// Bundles, and which of them has the schema of a contract.
  private struct Groups {
    var bundles: [SchemaBundle] = []
    var places: [Int: Int] = [:]
  }

  /// Puts schemas together that share definitions; what does not compile stays alone.
  private static func groups(of contracts: [ImportedContract]) -> Groups {
    var groups = Groups()
    for (number, contract) in contracts.enumerated() {
      guard let schema = contract.schema else { continue }
      let recent = groups.bundles.indices.suffix(bundlesTried)
      if let place = recent.first(where: { groups.bundles[$0].add(schema, of: number) }) {
        groups.places[number] = place
        continue
      }
      var fresh = SchemaBundle()
      guard fresh.add(schema, of: number) else { continue }
      groups.places[number] = groups.bundles.count
      groups.bundles.append(fresh)
    }
    let sound = groups.bundles.indices.map { groups.bundles[$0].compile() }
    groups.places = groups.places.filter { sound[$0.value] }
    return groups
  }

  /// How many bundles a schema is offered to.
  private static let bundlesTried = 4

  /// Compiles a schema; without problems it is too deep to be read again.
  private static func compile(_ node: JSONNode) -> (Schema?, [SchemaProblem]) {
    guard let document = try? JSONDocument.parse(node.bytes()) else { return (nil, []) }
    do {
      return (try Schema.compile(document), [])
    } catch {
      return (nil, error.problems)
    }
  }

  /// Says what is wrong with a schema, at its place in the file.
  private static func say(
    _ problems: [SchemaProblem],
    of contract: ImportedContract,
    _ source: inout ImportSource
  ) {
    if problems.isEmpty {
      source.refuse("the schema is nested too deep", "import-too-deep", at: contract.place)
    }
    for problem in problems {
      var tokens = problem.pointer.tokens[...]
      var origin = contract.origins[""] ?? contract.place
      if tokens.first == "$defs", tokens.count > 1 {
        let name = tokens[tokens.index(after: tokens.startIndex)]
        if let known = contract.origins[name] {
          origin = known
          tokens = tokens.dropFirst(2)
        }
      }
      source.refuse(
        problem.message,
        problem.id,
        at: origin.appending(JSONPointer(tokens: Array(tokens)))
      )
    }
  }

  private static func keepValid(
    _ contract: inout ImportedContract,
    _ schema: some CheckingSchema,
    _ number: Int,
    _ source: inout ImportSource
  ) {
    var kept: [ImportedContract.Example] = []
    var names = UniqueNames()
    var seen: Set<JSONNode> = []
    for example in contract.examples where kept.count < 50 {
      if let violation = schema.violation(of: example.value, in: number) {
        let place = violation.place.tokens.isEmpty ? "" : " at \(violation.place)"
        source.leaveOut(
          "the example is not valid\(place): \(violation.message)",
          "import-invalid-example",
          at: example.place ?? contract.place
        )
        continue
      }
      guard seen.insert(example.value).inserted else { continue }
      var named = example
      named.name = names.take(example.name.isEmpty ? "example" : example.name)
      kept.append(named)
    }
    contract.examples = kept
  }

  private static func check(
    _ contract: inout ImportedContract,
    _ schema: inout some CheckingSchema,
    _ number: Int,
    _ source: inout ImportSource
  ) {
    keepValid(&contract, schema, number, &source)
    guard contract.examples.isEmpty else { return }
    guard let value = schema.example(of: number) else {
      source.warn(
        "no valid example was found for '\(contract.message)'",
        "import-no-example",
        at: contract.origins[""] ?? contract.place
      )
      return
    }
    contract.examples = [ImportedContract.Example(name: "minimal", value: value)]
  }

  /// Reads each contract as the catalogue does.
  private static func readBack(_ contracts: [ImportedContract], _ source: inout ImportSource) {
    for contract in contracts {
      // The schema has been compiled already; here the rest counts.
      var plain = contract
      plain.examples = []
      if plain.schema != nil { plain.schema = .object([]) }
      let files = plain.files
      let catalog = ContractCatalog(files: files, root: "")
      for diagnostic in catalog.diagnostics {
        source.refuse(
          "the contract made of it cannot be read: \(diagnostic.message)",
          diagnostic.id,
          at: contract.place
        )
      }
    }
  }
}

/// A schema that examples of a contract are held against.
private protocol CheckingSchema {
  /// Returns the first thing that is wrong with a document.
  func violation(of value: JSONNode, in contract: Int) -> (place: JSONPointer, message: String)?
  /// Returns a small valid document; nothing where none was found.
  mutating func example(of contract: Int) -> JSONNode?
}

extension SchemaBundle: CheckingSchema {}

/// The schema of one contract by itself.
private struct AloneSchema: CheckingSchema {
  let schema: Schema

  func violation(of value: JSONNode, in contract: Int) -> (place: JSONPointer, message: String)? {
    guard let document = try? JSONDocument.parse(value.bytes()) else { return nil }
    return schema.violations(of: document.root, max: 1).first { $0.level == .error }.map {
      ($0.pointer, $0.message)
    }
  }

  func example(of contract: Int) -> JSONNode? { schema.anyValidValue() }
}
