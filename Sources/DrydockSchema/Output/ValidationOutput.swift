public import DrydockJSON

/// What came of holding a document against a schema, in the forms that JSON Schema lays down.
///
/// `flag` is the verdict alone. `basic` is the verdict with a flat list: of a valid document every
/// annotation, of an invalid one every keyword that fails. Nothing is left out of the list that
/// another failure would explain, branches of `anyOf` and `oneOf` included; who wants one message
/// for each defect asks `Schema.violations(of:max:)`.
///
/// Keywords that only hand on what their subschemas say (`properties`, `allOf`, `$ref` and their
/// like) are not listed as failing; what fails inside them is. Of a value of the wrong type only
/// that is said, and not what the keywords beside `type` make of it.
///
/// - Source: JSON Schema 2020-12 core, section 12. Earlier drafts lay down no output; theirs has
///   the same form, with no annotations by applicators.
public struct ValidationOutput: Hashable, Sendable {
  /// How much is said.
  public enum Form: String, Hashable, Sendable, CaseIterable {
    /// The verdict.
    case flag
    /// The verdict, and a flat list of errors or annotations.
    case basic
  }

  /// What one keyword says about one value.
  public struct Unit: Hashable, Sendable {
    /// The way from the root of the schema to the keyword, references on it included.
    public var keywordLocation: JSONPointer
    /// Where the keyword stands: the URI of its schema resource and a pointer in that.
    ///
    /// Of a schema without a URI it is the fragment alone.
    public var absoluteKeywordLocation: String
    /// The value.
    public var instanceLocation: JSONPointer
    /// Why the value is invalid; nothing for annotations.
    public var error: String?
    /// What the keyword says of the value; nothing for errors.
    public var annotation: JSONNode?
  }

  /// How many units are listed at most.
  public static let unitsMax = 10_000

  /// Whether the document is valid.
  public var isValid: Bool
  /// The annotations of a valid document, or the errors of an invalid one.
  public var units: [Unit]
  /// Whether there were more units than are listed; the last error then says so.
  public var isCut = false

  /// Writes the output as a value.
  public func write(_ form: Form, to writer: inout JSONWriter) {
    writer.object {
      $0.member("valid", isValid)
      guard form == .basic else { return }
      $0.memberArray(isValid ? "annotations" : "errors") { list in
        for unit in units { write(unit, &list) }
      }
    }
  }

  private func write(_ unit: Unit, _ writer: inout JSONWriter) {
    writer.object {
      $0.member("valid", unit.error == nil)
      $0.member("keywordLocation", unit.keywordLocation.description)
      $0.member("absoluteKeywordLocation", unit.absoluteKeywordLocation)
      $0.member("instanceLocation", unit.instanceLocation.description)
      if let error = unit.error { $0.member("error", error) }
      if let annotation = unit.annotation { $0.member("annotation", annotation) }
    }
  }

  /// Returns the output as JSON, on one line.
  public func text(_ form: Form) -> String {
    var writer = JSONWriter()
    write(form, to: &writer)
    return writer.text
  }
}
