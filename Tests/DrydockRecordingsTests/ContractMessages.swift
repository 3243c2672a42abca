import DrydockContracts
import DrydockExchange
import DrydockJSON
import Foundation

/// Messages made so that one contract recognises them, around a payload.
struct ContractMessages {
  let contract: Contract

  /// The path of the contract's template, with the same word for every variable.
  private var path: String {
    var path = ""
    var isVariable = false
    for scalar in (contract.recognition.path?.description ?? "/webhooks/x").unicodeScalars {
      if scalar == "{" { path += "1001" }
      if scalar == "{" || scalar == "}" {
        isVariable = scalar == "{"
      } else if !isVariable {
        path.unicodeScalars.append(scalar)
      }
    }
    return path
  }

  /// Returns the exchange in which the payload is the contract's part.
  func exchange(_ body: [UInt8], secret: String) -> (Request, Response?) {
    let recognition = contract.recognition
    let host = (recognition.hosts.first ?? "integration.example").replacing("*", with: "acme")
    var headers = HeaderFields(recognition.headers)
    for place in contract.secret where place.hasPrefix("header:") {
      headers.append(String(place.dropFirst("header:".count)), "Bearer \(secret)")
    }
    if contract.format == .form {
      headers.append("Content-Type", "application/x-www-form-urlencoded")
    }
    let isRequest = contract.part == .request
    let request = Request(
      recognition.method ?? "POST",
      host: host,
      target: path,
      headers: headers,
      body: isRequest ? body : []
    )
    guard !isRequest else { return (request, nil) }
    let status = recognition.statuses.first.map { $0.replacing("xx", with: "22") } ?? "200"
    return (request, Response(Int(status) ?? 200, body: body))
  }

  /// The payloads that come with the contract as valid examples.
  var examples: [[UInt8]] {
    RecordingFiles.list("Contracts/\(contract.id)/examples/valid", ending: ".json").compactMap {
      try? RecordingFiles.bytes("Contracts/\(contract.id)/examples/valid/\($0)")
    }
  }
}

/// Plants words at places of a payload, to be looked for later.
struct Planting {
  private(set) var words: [String] = []
  private var edits: [(range: Range<Int>, text: String)] = []
  private let prefix: String

  init(_ prefix: String) {
    self.prefix = prefix
  }

  /// Returns the payload with a word in place of every text and number below the places.
  mutating func planted(_ places: [String], in bytes: [UInt8]) throws -> [UInt8] {
    edits = []
    let root = try JSONDocument.parse(bytes).root
    for place in places where place.hasPrefix("/") {
      try plant(root, JSONPointer(parsing: place).tokens[...])
    }
    var result: [UInt8] = []
    var end = 0
    for edit in edits.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
      guard edit.range.lowerBound >= end else { continue }
      result += bytes[end..<edit.range.lowerBound] + Array(edit.text.utf8)
      end = edit.range.upperBound
    }
    return result + bytes[end...]
  }

  private mutating func plant(_ value: JSONValue, _ tokens: ArraySlice<String>) {
    switch value.kind {
    case .object:
      for member in value.members where tokens.first.map({ $0 == "*" || $0 == member.name }) ?? true
      {
        plant(member.value, tokens.dropFirst())
      }
    case .array:
      for (place, element) in value.elements.enumerated()
      where tokens.first.map({ $0 == "*" || $0 == String(place) }) ?? true {
        plant(element, tokens.dropFirst())
      }
    case .string, .number:
      // Texts of up to three characters name countries and states, and stay.
      guard tokens.isEmpty, (value.string ?? "long").count > 3 else { return }
      let number = 7_000_001 + words.count
      words.append(value.kind == .number ? "\(number)" : "\(prefix)\(number)")
      edits.append((value.range, value.kind == .number ? "\(number)" : "\"\(prefix)\(number)\""))
    case .boolean, .null: return
    }
  }
}
