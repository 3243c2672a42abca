import DrydockSchema

/// What the rules of comparisons mean, for people who meet them.
///
/// The id of a rule is what changed and how: `maximum-lowered`. So most rules are a subject with
/// the ways in which it can change; the list of these is the list of rules.
package enum CompatibilityRules {
  /// One rule.
  package struct Rule: Hashable, Sendable {
    package var id: String
    /// What it is about, in one line.
    package var summary: String
    /// Who breaks by it, and when.
    package var reason: String
    /// What to do about it.
    package var remedy: String
  }

  /// All rules, by subject and then by kind of change.
  package static let all: [Rule] =
    subjects.flatMap { subject in
      subject.kinds.map { kind in
        Rule(
          id: "\(subject.id)-\(kind.rawValue)",
          summary: "\(subject.noun) \(kind.words)",
          reason: subject.reason ?? kind.reason,
          remedy: subject.remedy ?? kind.remedy
        )
      }
    } + refusals + others

  /// Returns a rule by its id.
  package static func rule(_ id: String) -> Rule? {
    all.first { $0.id == id }
  }

  // MARK: Subjects

  private typealias Kind = SchemaChange.Kind

  private struct Subject {
    var id: String
    var noun: String
    var kinds: [Kind]
    var reason: String?
    var remedy: String?

    init(
      _ id: String,
      _ noun: String,
      _ kinds: [Kind],
      _ reason: String? = nil,
      _ remedy: String? = nil
    ) {
      self.id = id
      self.noun = noun
      self.kinds = kinds
      self.reason = reason
      self.remedy = remedy
    }
  }

  private static let bound: [Kind] = [.added, .removed, .raised, .lowered]
  private static let plain: [Kind] = [.added, .removed, .changed]
  private static let set: [Kind] = [.added, .removed, .extended, .narrowed, .changed]
  private static let harmless = "no document is refused by it"
  private static let nothing = "nothing has to be done"

  private static let subjects: [Subject] =
    [
      Subject("type", "the list of types", [.extended, .narrowed, .changed]),
      Subject("enum", "the list of values", set),
      Subject("const", "the only value", set),
      Subject("minimum", "the least number", bound),
      Subject("maximum", "the greatest number", bound),
      Subject("exclusive-minimum", "the number below all", bound + [.changed]),
      Subject("exclusive-maximum", "the number above all", bound + [.changed]),
      Subject("multiple-of", "the step between numbers", bound),
      Subject("min-length", "the least length", bound),
      Subject("max-length", "the greatest length", bound),
      Subject("pattern", "the pattern of texts", plain),
      Subject("format", "the format of texts", plain),
      Subject("min-items", "the least number of elements", bound),
      Subject("max-items", "the greatest number of elements", bound),
      Subject("unique-items", "that elements differ", plain),
      Subject("items", "what is said of elements", [.added, .removed, .extended, .narrowed]),
      Subject("additional-items", "what is said of further elements", set),
      Subject("element", "what is said of one element", [.added, .removed]),
      Subject("contains", "what some element has to be", set),
      Subject("min-contains", "how many elements have to be so", bound),
      Subject("max-contains", "how many elements may be so", bound),
      Subject("unevaluated-items", "what is said of elements left over", set),
      Subject("member", "a declared member", [.added, .removed]),
      Subject("required", "a required member", [.added, .removed]),
      Subject("additional-properties", "what is said of undeclared members", set),
      Subject("pattern-property", "what is said of members by their names", [.added, .removed]),
      Subject("property-names", "what is said of names", set),
      Subject("min-properties", "the least number of members", bound),
      Subject("max-properties", "the greatest number of members", bound),
      Subject("dependency", "what the presence of a member asks for", set),
      Subject("unevaluated-properties", "what is said of members left over", set),
      Subject("all-of", "what has to hold besides", [.added, .removed]),
      Subject("all-of-branch", "one thing that has to hold besides", [.added, .removed]),
      Subject("any-of", "a choice", [.added, .removed]),
      Subject("any-of-branch", "a branch of a choice", [.added, .removed]),
      Subject("one-of", "a choice of exactly one", [.added, .removed]),
      Subject("one-of-branch", "a branch of a choice of exactly one", [.added, .removed]),
      Subject("not", "what must not hold", set),
      Subject("if", "a condition", set),
      Subject("then", "what a condition leads to", set),
      Subject("else", "what a condition leads to otherwise", set),
      Subject("schema", "what is said of a value as a whole", [.extended, .narrowed, .changed]),
      Subject("discriminator", "the member that tells branches apart", plain),
    ] + words

  /// What no document is refused by.
  private static let words: [Subject] = [
    Subject(
      "reference",
      "a reference beside other keywords",
      [.added, .removed],
      harmless,
      nothing
    ),
    Subject(
      "default",
      "the value assumed for a missing one",
      plain + [.raised, .lowered],
      "documents stay valid, but one without the member means something else than before",
      "tell readers and writers, or write the member always"
    ),
    Subject("title", "the title", plain, harmless, nothing),
    Subject("description", "the description", plain, harmless, nothing),
    Subject("examples", "the examples", plain, harmless, nothing),
    Subject("example", "the example", plain, harmless, nothing),
    Subject("comment", "a comment", plain, harmless, nothing),
    Subject("deprecated", "the mark of things to be given up", plain, harmless, nothing),
    Subject("read-only", "the mark of members that only are read", plain),
    Subject("write-only", "the mark of members that only are written", plain),
    Subject("id", "the identifier", plain, harmless, nothing),
    Subject("content-encoding", "how a text encodes its content", plain),
    Subject("content-media-type", "what a text's content is", plain),
    Subject("content-schema", "what a text's content has to be", plain),
  ]

  /// Refusals that no single change explains.
  private static let refusals: [Rule] = [
    "type", "enum", "const", "minimum", "maximum", "exclusive-minimum", "exclusive-maximum",
    "multiple-of", "min-length", "max-length", "pattern", "format", "content-media-type", "items",
    "contains", "min-items", "max-items", "unique-items", "required", "properties",
    "additional-properties", "pattern-properties", "property-names", "min-properties",
    "max-properties", "dependency", "any-of", "one-of", "all-of", "not", "if", "unevaluated-items",
    "unevaluated-properties", "schema",
  ].map { keyword in
    Rule(
      id: "\(keyword)-refuses",
      summary: "the reader's '\(keyword)' refuses what the writer may write",
      reason: "it follows from several changes together, or the versions never fitted",
      remedy: "look at the document that shows it, and at what the reader says about it"
    )
  }
}

extension SchemaChange.Kind {
  fileprivate var words: String {
    switch self {
    case .added: "is there now and was not before"
    case .removed: "was there before and is not now"
    case .raised: "is higher than before"
    case .lowered: "is lower than before"
    case .extended: "allows more than before"
    case .narrowed: "allows less than before"
    case .changed: "is another one than before"
    }
  }

  fileprivate var reason: String {
    switch self {
    case .added, .raised, .lowered, .narrowed:
      "where less is allowed, writers of the old version break; where more, its readers"
    case .removed, .extended:
      "readers of the old version meet what they never had to; its writers are fine"
    case .changed: "both sides may break: what one version allows the other may not"
    }
  }

  fileprivate var remedy: String {
    switch self {
    case .added, .narrowed:
      "allow what was allowed before, or make it a new major version and run both for a while"
    case .removed, .extended:
      "keep to what readers know, or make it a new major version and let readers move first"
    case .raised, .lowered: "keep the old bound, or make it a new major version"
    case .changed: "keep it as it was and add what is new beside it, or make a new major version"
    }
  }
}
