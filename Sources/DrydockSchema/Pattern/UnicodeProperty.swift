/// The sets that `\p{…}` names, computed from the scalar properties of the standard library.
enum UnicodeProperty {
  /// Returns the set of a general category or binary property, by short or long name.
  ///
  /// - Complexity: The first use of categories walks the assigned planes once.
  /// - Source: ECMA-262, tables 65 to 67; Unicode property value aliases.
  static func set(named name: String) -> ScalarSet? {
    var value = name
    for prefix in ["General_Category=", "gc="] where name.hasPrefix(prefix) {
      value = String(name.dropFirst(prefix.count))
      return categories(named: value).map(set(of:))
    }
    if name.contains("=") { return nil }
    if let categories = categories(named: value) { return set(of: categories) }
    return binary(named: value)
  }

  private static func set(of categories: Set<Unicode.GeneralCategory>) -> ScalarSet {
    var ranges: [ClosedRange<UInt32>] = []
    let runs = categoryRuns
    for (index, run) in runs.enumerated() where categories.contains(run.category) {
      let end = index + 1 < runs.count ? runs[index + 1].start - 1 : ScalarSet.scalarMax
      ranges.append(run.start...end)
    }
    return ScalarSet(ranges)
  }

  /// Where a general category begins, for the whole code space.
  private static let categoryRuns: [(start: UInt32, category: Unicode.GeneralCategory)] = {
    var runs: [(start: UInt32, category: Unicode.GeneralCategory)] = []
    func add(_ start: UInt32, _ category: Unicode.GeneralCategory) {
      if runs.last?.category != category { runs.append((start, category)) }
    }
    for value in UInt32(0)..<0x40000 {
      guard let scalar = Unicode.Scalar(value) else {
        add(value, .surrogate)
        continue
      }
      add(value, scalar.properties.generalCategory)
    }
    add(0x40000, .unassigned)
    for value in UInt32(0xE0000)..<0xE0200 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      add(value, scalar.properties.generalCategory)
    }
    add(0xE0200, .unassigned)
    for plane in [UInt32(0xF0000), 0x100000] {
      add(plane, .privateUse)
      add(plane + 0xFFFE, .unassigned)
    }
    return runs
  }()

  private static func binary(named name: String) -> ScalarSet? {
    let test: (Unicode.Scalar.Properties) -> Bool
    switch name {
    case "Any": return .all
    case "ASCII": return ScalarSet([0...0x7F])
    case "Assigned": return set(of: [.unassigned]).complement
    case "Alphabetic", "Alpha": test = \.isAlphabetic
    case "Lowercase", "Lower": test = \.isLowercase
    case "Uppercase", "Upper": test = \.isUppercase
    case "White_Space", "space": test = \.isWhitespace
    case "Emoji": test = \.isEmoji
    case "Emoji_Presentation", "EPres": test = \.isEmojiPresentation
    case "ASCII_Hex_Digit", "AHex": test = \.isASCIIHexDigit
    case "Hex_Digit", "Hex": test = \.isHexDigit
    case "ID_Start", "IDS": test = \.isIDStart
    case "ID_Continue", "IDC": test = \.isIDContinue
    case "Ideographic", "Ideo": test = \.isIdeographic
    case "Math": test = \.isMath
    case "Dash": test = \.isDash
    case "Diacritic", "Dia": test = \.isDiacritic
    case "Cased": test = \.isCased
    default: return nil
    }
    var ranges: [ClosedRange<UInt32>] = []
    for value in UInt32(0)..<0x40000 {
      guard let scalar = Unicode.Scalar(value), test(scalar.properties) else { continue }
      if let last = ranges.last, last.upperBound + 1 == value {
        ranges[ranges.count - 1] = last.lowerBound...value
      } else {
        ranges.append(value...value)
      }
    }
    return ScalarSet(ranges)
  }

  private static func categories(named name: String) -> Set<Unicode.GeneralCategory>? {
    if let group = groups[name] { return group }
    return singles[name].map { [$0] }
  }

  private static let letters: Set<Unicode.GeneralCategory> = [
    .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
  ]
  private static let casedLetters: Set<Unicode.GeneralCategory> = [
    .uppercaseLetter, .lowercaseLetter, .titlecaseLetter,
  ]
  private static let marks: Set<Unicode.GeneralCategory> = [
    .nonspacingMark, .spacingMark, .enclosingMark,
  ]
  private static let numbers: Set<Unicode.GeneralCategory> = [
    .decimalNumber, .letterNumber, .otherNumber,
  ]
  private static let punctuation: Set<Unicode.GeneralCategory> = [
    .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
    .initialPunctuation, .finalPunctuation, .otherPunctuation,
  ]
  private static let symbols: Set<Unicode.GeneralCategory> = [
    .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol,
  ]
  private static let separators: Set<Unicode.GeneralCategory> = [
    .spaceSeparator, .lineSeparator, .paragraphSeparator,
  ]
  private static let others: Set<Unicode.GeneralCategory> = [
    .control, .format, .surrogate, .privateUse, .unassigned,
  ]

  private static let groups: [String: Set<Unicode.GeneralCategory>] = [
    "L": letters, "Letter": letters, "LC": casedLetters, "Cased_Letter": casedLetters,
    "M": marks, "Mark": marks, "Combining_Mark": marks, "N": numbers, "Number": numbers,
    "P": punctuation, "Punctuation": punctuation, "punct": punctuation, "S": symbols,
    "Symbol": symbols, "Z": separators, "Separator": separators, "C": others, "Other": others,
  ]

  private static let singles: [String: Unicode.GeneralCategory] = [
    "Lu": .uppercaseLetter, "Uppercase_Letter": .uppercaseLetter, "Ll": .lowercaseLetter,
    "Lowercase_Letter": .lowercaseLetter, "Lt": .titlecaseLetter,
    "Titlecase_Letter": .titlecaseLetter, "Lm": .modifierLetter,
    "Modifier_Letter": .modifierLetter, "Lo": .otherLetter, "Other_Letter": .otherLetter,
    "Mn": .nonspacingMark, "Nonspacing_Mark": .nonspacingMark, "Mc": .spacingMark,
    "Spacing_Mark": .spacingMark, "Me": .enclosingMark, "Enclosing_Mark": .enclosingMark,
    "Nd": .decimalNumber, "Decimal_Number": .decimalNumber, "digit": .decimalNumber,
    "Nl": .letterNumber, "Letter_Number": .letterNumber, "No": .otherNumber,
    "Other_Number": .otherNumber, "Pc": .connectorPunctuation,
    "Connector_Punctuation": .connectorPunctuation, "Pd": .dashPunctuation,
    "Dash_Punctuation": .dashPunctuation, "Ps": .openPunctuation,
    "Open_Punctuation": .openPunctuation, "Pe": .closePunctuation,
    "Close_Punctuation": .closePunctuation, "Pi": .initialPunctuation,
    "Initial_Punctuation": .initialPunctuation, "Pf": .finalPunctuation,
    "Final_Punctuation": .finalPunctuation, "Po": .otherPunctuation,
    "Other_Punctuation": .otherPunctuation, "Sm": .mathSymbol, "Math_Symbol": .mathSymbol,
    "Sc": .currencySymbol, "Currency_Symbol": .currencySymbol, "Sk": .modifierSymbol,
    "Modifier_Symbol": .modifierSymbol, "So": .otherSymbol, "Other_Symbol": .otherSymbol,
    "Zs": .spaceSeparator, "Space_Separator": .spaceSeparator, "Zl": .lineSeparator,
    "Line_Separator": .lineSeparator, "Zp": .paragraphSeparator,
    "Paragraph_Separator": .paragraphSeparator, "Cc": .control, "Control": .control,
    "cntrl": .control, "Cf": .format, "Format": .format, "Cs": .surrogate,
    "Surrogate": .surrogate, "Co": .privateUse, "Private_Use": .privateUse, "Cn": .unassigned,
    "Unassigned": .unassigned,
  ]
}
