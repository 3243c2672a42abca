public import DrydockJSON
import DrydockKernel

/// Which way documents flow between two versions of a schema.
public enum CompatibilityDirection: String, Hashable, Sendable, CaseIterable {
  /// Documents of the old version meet readers of the new one.
  case backward
  /// Documents of the new version meet readers of the old one.
  case forward
}

/// How two schemas are to be compared.
public struct ComparisonOptions: Hashable, Sendable {
  /// Whether writers may use members that only the other side declares.
  ///
  /// By default they do not, so that a new optional member of an open object breaks nothing.
  public var isStrict = false
  /// How much work all questions together may take; a second does half a million or more.
  public var workMax = 3_000_000

  /// Creates options that differ from the defaults.
  public init(isStrict: Bool = false, workMax: Int = 3_000_000) {
    self.isStrict = isStrict
    self.workMax = workMax
  }
}

/// What a comparison found out.
public enum CompatibilityVerdict: String, Hashable, Sendable, CaseIterable {
  /// Every document that may be written is accepted; this was proved.
  case compatible
  /// Some document that may be written is refused; there is one to show.
  case breaking
  /// Neither was found out.
  case cannotTell = "cannot-tell"
}

/// One difference between two versions, and what it means.
public struct CompatibilityFinding: Sendable {
  /// How much a finding matters.
  public enum Level: String, Hashable, Sendable, CaseIterable {
    /// Documents are refused.
    case error
    /// It could not be told whether documents are refused.
    case unproven
    /// Documents are accepted, but may mean something else.
    case warning
    /// Nothing that was accepted is refused.
    case info
  }

  /// The stable id of the kind of change, such as `max-length-lowered`.
  public var rule: String
  /// How much it matters.
  public var level: Level
  /// The way that documents flow where it matters.
  public var direction: CompatibilityDirection
  /// Where the keyword is in the old schema, if it is there.
  public var oldPlace: SchemaPlace?
  /// Where the keyword is in the new schema, if it is there.
  public var newPlace: SchemaPlace?
  /// Where in documents, `*` standing for every element or member.
  public var documentPointer: JSONPointer
  /// What the old schema says, in short.
  public var old: String
  /// What the new schema says, in short.
  public var new: String
  /// A document that is written by one version and refused by the other.
  public var witness: JSONNode?
  /// Why the reader refuses the witness, in words.
  public var refusal: String?
  /// Why nothing could be told.
  public var doubt: String?
  /// Names this finding for lists of what is allowed; unrelated edits do not change it.
  public var fingerprint = ""

  /// Creates a finding by a rule about more than schemas; its fingerprint is made of its subject.
  public init(
    rule: String,
    level: Level,
    direction: CompatibilityDirection,
    oldPlace: SchemaPlace? = nil,
    newPlace: SchemaPlace? = nil,
    documentPointer: JSONPointer = .root,
    subject: String = "",
    old: String = "",
    new: String = ""
  ) {
    self.rule = rule
    self.level = level
    self.direction = direction
    self.oldPlace = oldPlace
    self.newPlace = newPlace
    self.documentPointer = documentPointer
    self.old = old
    self.new = new
    sign(subject)
  }

  /// Gives the finding its name, of what it says and not of where in a file it says so.
  public mutating func sign(_ subject: String) {
    var digest = RollingDigest()
    for part in [rule, direction.rawValue, documentPointer.description, subject, old, new] {
      digest.combine(part)
      digest.combine(0)
    }
    fingerprint = String(digest.hex.prefix(12))
  }

  /// Where the change is in the schemas: in the new one, else in the old one.
  public var pointer: JSONPointer { (newPlace ?? oldPlace)?.pointer ?? .root }
}

/// A place in a schema document.
public struct SchemaPlace: Hashable, Sendable {
  /// The URI of the document; empty for the main one.
  public var document: String
  /// The keyword, as a pointer.
  public var pointer: JSONPointer
  /// Its byte offset.
  public var offset: Int

  /// Creates a place.
  public init(document: String, pointer: JSONPointer, offset: Int) {
    self.document = document
    self.pointer = pointer
    self.offset = offset
  }
}

/// The outcome of comparing two versions of a schema in one direction.
///
///     let comparison = SchemaComparison(old: old, new: new, direction: .backward)
///     comparison.verdict                      // .compatible, .breaking or .cannotTell
///     for finding in comparison.findings { … }   // every change, the breaking ones with a witness
///
/// The verdict is about documents, not about texts: it is *compatible* only where it was proved
/// that every document of the writer's version is valid for the reader's, and *breaking* only with
/// a document that shows it, which the evaluator has checked against both.
public struct SchemaComparison: Sendable {
  /// What was found out.
  public var verdict: CompatibilityVerdict
  /// All changes, in the order of the schemas.
  public var findings: [CompatibilityFinding]

  /// Compares two versions.
  ///
  /// - Complexity: Bounded by `options.workMax`, whatever the schemas are.
  public init(
    old: Schema,
    new: Schema,
    direction: CompatibilityDirection,
    options: ComparisonOptions = ComparisonOptions()
  ) {
    let isBackward = direction == .backward
    let writer = isBackward ? old.program : new.program
    let reader = isBackward ? new.program : old.program
    var search = CompatibilitySearch(writer: writer, reader: reader, options: options)
    search.run()
    var classes = search.solver.classes
    if !isBackward { classes.swapSides() }
    var lister = ChangeLister(old: old.program, new: new.program, classes: classes)
    lister.run()
    var judge = ChangeJudge(
      old: old,
      new: new,
      direction: direction,
      changes: lister.changes
    )
    findings = judge.findings(search.refusals)
    if search.refusals.contains(where: { $0.witness != nil }) {
      verdict = .breaking
    } else {
      verdict = search.refusals.isEmpty ? .compatible : .cannotTell
    }
  }
}

extension SchemaComparison {
  /// Compares two versions in several directions; what breaks nothing either way is said once.
  package static func findings(
    old: Schema,
    new: Schema,
    directions: [CompatibilityDirection],
    options: ComparisonOptions
  ) -> [CompatibilityFinding] {
    var seen: Set<String> = []
    return directions.flatMap { direction in
      let comparison = SchemaComparison(
        old: old,
        new: new,
        direction: direction,
        options: options
      )
      return comparison.findings.filter { finding in
        guard finding.level == .info || finding.level == .warning else { return true }
        let key = "\(finding.rule) \(finding.pointer) \(finding.documentPointer)"
        return seen.insert(key).inserted
      }
    }
  }
}

extension CompatibilityFinding {
  /// Whether the change is one of words and hints, which no reader has to know of.
  public var isAnnotation: Bool {
    guard level == .info, let dash = rule.lastIndex(of: "-") else { return false }
    let subject = rule[..<dash]
    return SchemaChange.annotations.contains(String(subject)) || subject == "contract-title"
      || subject == "reference"
  }
}
