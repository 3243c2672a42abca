import DrydockExchange
import DrydockJSON
import DrydockKernel

/// How records are written: names, links and enumerations of a generation, as a read asks for.
struct NetSuiteStyle: Sendable {
  /// Where the account's records are: `https://{host}/services/rest/record/v1/`.
  let base: String
  let generation: ERPSettings.Generation
  /// Whether sublists and addresses are written out instead of as links.
  var expands = false
  /// Whether enumerations are bare identifiers.
  var bareEnumerations = false
  /// The members wanted; all of them where nothing is said.
  var fields: [String]?

  init(host: String, generation: ERPSettings.Generation) {
    base = "https://\(host)\(NetSuiteRoute.recordBase)"
    self.generation = generation
  }

  /// Whether a member is wanted.
  func wants(_ name: String) -> Bool {
    fields?.contains(name) ?? true
  }

  // MARK: Members

  func selfLink(_ writer: inout JSONWriter, _ path: String) {
    writer.memberArray("links") { writer in
      writer.object { writer in
        writer.member("rel", "self")
        writer.member("href", base + path)
      }
    }
  }

  /// Writes text; what is empty is absent.
  func text(_ writer: inout JSONWriter, _ name: String, _ value: String?) {
    guard let value, !value.isEmpty, wants(name) else { return }
    writer.member(spelled(name), value)
  }

  func flag(_ writer: inout JSONWriter, _ name: String, _ value: Bool) {
    guard wants(name) else { return }
    if generation == .y2020 {
      writer.member(spelled(name), value ? "T" : "F")
    } else {
      writer.member(spelled(name), value)
    }
  }

  func money(_ writer: inout JSONWriter, _ name: String, _ value: Money) {
    guard wants(name) else { return }
    writer.member(spelled(name), number: value.netSuiteNumber)
  }

  func quantity(_ writer: inout JSONWriter, _ name: String, _ value: Int) {
    guard wants(name) else { return }
    writer.member(spelled(name), number: "\(value).0")
  }

  /// Writes an instant; the platform keeps minutes.
  func instant(_ writer: inout JSONWriter, _ name: String, _ value: VirtualInstant) {
    text(&writer, name, value.toTheMinute.description(.seconds))
  }

  /// Writes a reference to another record.
  func reference(
    _ writer: inout JSONWriter,
    _ name: String,
    _ type: String,
    _ id: Int64,
    _ label: String
  ) {
    guard wants(name) else { return }
    writer.memberObject(spelled(name)) { writer in
      selfLink(&writer, "\(type)/\(id)")
      writer.member("id", String(id))
      writer.member("refName", label)
    }
  }

  /// Writes a reference to a transaction, whose name carries its document number.
  func reference(
    _ writer: inout JSONWriter,
    _ name: String,
    _ kind: ERPRecordKind,
    _ head: ERPRecordHead
  ) {
    let number = kind.documentNumber(head.sequence)
    reference(
      &writer,
      name,
      kind.netSuiteLinkType,
      head.id,
      "\(kind.netSuiteLabel) #\(number)"
    )
  }

  /// Writes an enumeration: `{id, refName}`, or its bare identifier.
  func enumeration(_ writer: inout JSONWriter, _ name: String, _ id: String, _ label: String) {
    guard wants(name) else { return }
    if generation == .y2020 || bareEnumerations {
      writer.member(spelled(name), id)
    } else {
      writer.memberObject(spelled(name)) { writer in
        writer.member("id", id)
        writer.member("refName", label)
      }
    }
  }

  /// Writes a record's status: a letter in 2020, since then its text as identifier and name.
  func status(_ writer: inout JSONWriter, _ letter: String, _ text: String) {
    enumeration(&writer, "status", generation == .y2020 ? letter : text, text)
  }

  /// Writes a sublist or an address: its link, and its members where they are asked for.
  func subresource(
    _ writer: inout JSONWriter,
    _ name: String,
    of path: String,
    _ body: (inout JSONWriter, NetSuiteStyle) -> Void
  ) {
    guard wants(name) else { return }
    writer.memberObject(spelled(name)) { writer in
      selfLink(&writer, "\(path)/\(name)")
      if expands { body(&writer, nested) }
    }
  }

  /// Writes a sublist, its elements one by one.
  func sublist(
    _ writer: inout JSONWriter,
    _ name: String,
    of path: String,
    count: Int,
    _ body: (inout JSONWriter, NetSuiteStyle, Int) -> Void
  ) {
    subresource(&writer, name, of: path) { writer, style in
      writer.memberArray("items") { writer in
        for index in 0..<count {
          writer.object { writer in
            style.selfLink(&writer, "\(path)/\(name)/\(index + 1)")
            body(&writer, style, index)
          }
        }
      }
      writer.member("totalResults", count)
    }
  }

  /// The same style for what is inside: the choice of members is the outer record's.
  private var nested: NetSuiteStyle {
    var style = self
    style.fields = nil
    return style
  }

  /// The name of a member as the generation spells it.
  private func spelled(_ name: String) -> String {
    generation == .y2020 && Self.lowerCaseIn2020.contains(name) ? name.lowercased() : name
  }

  private static let lowerCaseIn2020: Set<String> = [
    "otherRefNum", "salesEffectiveDate", "shippingAddress",
  ]
}

extension Money {
  /// The amount as the platform writes numbers: `738.0`, `12.5`, `27.06`.
  var netSuiteNumber: String {
    var text = decimalString
    guard text.utf8.contains(UInt8(ascii: ".")) else { return text + ".0" }
    while text.hasSuffix("0"), !text.hasSuffix(".0") { text.removeLast() }
    return text
  }
}

extension VirtualInstant {
  /// The start of the minute, since the platform keeps no seconds.
  var toTheMinute: VirtualInstant {
    let seconds = secondsSinceEpoch
    let rest = ((seconds % 60) + 60) % 60
    return VirtualInstant(secondsSinceEpoch: seconds - rest)
  }
}
