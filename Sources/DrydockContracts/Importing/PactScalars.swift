import DrydockJSON
import DrydockSchema

/// Matchers of single values as keywords.
enum PactScalars {
  /// Returns the schema of a matcher; nothing where it cannot be said, which is listed.
  static func schema(
    _ matcher: PactRules.Matcher,
    _ expected: JSONNode,
    _ source: inout ImportSource
  ) -> JSONNode? {
    switch matcher.word {
    case "type": return PactSchema.type(expected)
    case "equality": return ["const": expected]
    case "integer": return ["type": "integer"]
    case "decimal", "double": return decimal(matcher, &source)
    case "number": return ["type": "number"]
    case "boolean": return ["type": "boolean"]
    case "null": return ["type": "null"]
    case "semver":
      return ["type": "string", "pattern": "^[0-9]+\\.[0-9]+\\.[0-9]+([-+][0-9A-Za-z.+-]+)?$"]
    case "regex": return text(matcher, matcher.text("regex"), expected, &source)
    case "include":
      return text(matcher, matcher.text("value").map { escaped($0) }, expected, &source)
    case "date", "time", "timestamp", "datetime":
      let form = matcher.text("format") ?? matcher.text(matcher.word)
      return instant(matcher, form, &source)
    default:
      source.leaveOut(
        "matcher '\(matcher.word)' is not carried over",
        "import-pact-matcher",
        at: matcher.place
      )
      return nil
    }
  }

  private static func decimal(
    _ matcher: PactRules.Matcher,
    _ source: inout ImportSource
  ) -> JSONNode {
    source.leaveOut(
      "that the number is written with decimal places is not carried over",
      "import-pact-matcher",
      at: matcher.place
    )
    return ["type": "number"]
  }

  private static func text(
    _ matcher: PactRules.Matcher,
    _ pattern: String?,
    _ expected: JSONNode,
    _ source: inout ImportSource
  ) -> JSONNode? {
    guard let pattern else { return PactSchema.type(expected) }
    guard case .string = expected else {
      source.leaveOut(
        "matcher '\(matcher.word)' of a value that is no text is not carried over",
        "import-pact-matcher",
        at: matcher.place
      )
      return nil
    }
    let schema: JSONNode = ["type": "string", "pattern": .string(pattern)]
    guard let document = try? JSONDocument.parse(schema.bytes()) else { return nil }
    do {
      _ = try Schema.compile(document)
      return schema
    } catch {
      source.leaveOut(
        error.problems.first?.message ?? "the pattern cannot be used",
        "import-pattern",
        at: matcher.place
      )
      return nil
    }
  }

  /// Returns a pattern that is found where a text is.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      if "\\^$.|?*+()[]{}/".unicodeScalars.contains(scalar) { result += "\\" }
      result.unicodeScalars.append(scalar)
    }
    return result
  }

  // MARK: Dates

  private static func instant(
    _ matcher: PactRules.Matcher,
    _ form: String?,
    _ source: inout ImportSource
  ) -> JSONNode {
    guard let form, let pattern = pattern(form) else {
      if form != nil {
        source.leaveOut(
          "the form '\(form ?? "")' of a date is not carried over",
          "import-pact-matcher",
          at: matcher.place
        )
      }
      return ["type": "string"]
    }
    return ["type": "string", "pattern": .string("^\(pattern)$")]
  }

  /// Returns the pattern of a form such as `yyyy-MM-dd'T'HH:mm:ssXXX`.
  static func pattern(_ form: String) -> String? {
    let scalars = Array(form.unicodeScalars)
    var pattern = ""
    var index = 0
    while index < scalars.count {
      let scalar = scalars[index]
      if scalar == "'" {
        index += 1
        var literal = ""
        while index < scalars.count, scalars[index] != "'" {
          literal.unicodeScalars.append(scalars[index])
          index += 1
        }
        index += 1
        pattern += escaped(literal.isEmpty ? "'" : literal)
        continue
      }
      var count = 0
      while index < scalars.count, scalars[index] == scalar {
        count += 1
        index += 1
      }
      guard let part = part(scalar, count) else { return nil }
      pattern += part
    }
    return pattern
  }

  private static func part(_ scalar: Unicode.Scalar, _ count: Int) -> String? {
    switch scalar {
    case "y", "u", "Y": count == 2 ? "[0-9]{2}" : "[0-9]{4}"
    case "M" where count > 2, "L" where count > 2, "E": "[A-Za-z]+"
    case "M", "L", "d", "H", "h", "k", "K", "m", "s", "D":
      count == 1 ? "[0-9]{1,2}" : "[0-9]{\(count)}"
    case "S", "n": "[0-9]{\(count)}"
    case "X": "(Z|[+-][0-9]{2}(:?[0-9]{2})?)"
    case "x", "Z": "[+-][0-9]{2}:?[0-9]{2}"
    case "a": "[AaPp][Mm]"
    case "z": "[A-Za-z/+:0-9-]+"
    case "A"..."Z", "a"..."z": nil
    default: escaped(String(repeating: String(Character(scalar)), count: count))
    }
  }
}
