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
    var kept: [ImportedContract] = []
    var folders = UniqueNames()
    var isBroken = false
    for contract in contracts {
      var contract = contract
      let folder = folders.take(contract.folder)
      if folder != contract.folder {
        contract.message += folder.dropFirst(contract.folder.count)
      }
      var schema: Schema?
      if let node = contract.schema {
        let (compiled, problems) = compile(node)
        guard let compiled else {
          isBroken = true
          say(problems, of: contract, &source)
          continue
        }
        schema = compiled
      }
      if let schema {
        keepValid(&contract, schema, &source)
        if contract.examples.isEmpty { make(&contract, schema, &source) }
      } else {
        contract.examples = []
      }
      kept.append(contract)
    }
    contracts = kept
    guard !isBroken else { return }
    readBack(contracts, &source)
  }

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
    _ schema: Schema,
    _ source: inout ImportSource
  ) {
    var kept: [ImportedContract.Example] = []
    var names = UniqueNames()
    var seen: Set<JSONNode> = []
    for example in contract.examples where kept.count < 50 {
      guard let document = try? JSONDocument.parse(example.value.bytes()) else { continue }
      if let violation = schema.violations(of: document.root, max: 1).first(where: {
        $0.level == .error
      }) {
        let place = violation.pointer.tokens.isEmpty ? "" : " at \(violation.pointer)"
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

  private static func make(
    _ contract: inout ImportedContract,
    _ schema: Schema,
    _ source: inout ImportSource
  ) {
    guard let value = schema.anyValidValue() else {
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
