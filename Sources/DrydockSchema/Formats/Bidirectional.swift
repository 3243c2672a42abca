/// The rules for labels in scripts that run from right to left.
///
/// - Source: RFC 5893 section 2. The classes are those of the scripts' blocks.
enum Bidirectional {
  private enum Class {
    case leftToRight
    case rightToLeft
    case europeanNumber
    case arabicNumber
    case mark
    case neutral
  }

  /// Returns whether a scalar makes a name one that runs from right to left.
  static func isRightToLeft(_ scalar: Unicode.Scalar) -> Bool {
    let found = classOf(scalar)
    return found == .rightToLeft || found == .arabicNumber
  }

  /// Returns whether a label may stand in a name that runs from right to left.
  static func isValidLabel(_ label: [Unicode.Scalar]) -> Bool {
    let classes = label.map(classOf)
    guard let first = classes.first else { return false }
    let last = classes.last { $0 != .mark }
    switch first {
    case .rightToLeft:
      if classes.contains(.leftToRight) { return false }
      if classes.contains(.europeanNumber), classes.contains(.arabicNumber) { return false }
      return last == .rightToLeft || last == .europeanNumber || last == .arabicNumber
    case .leftToRight:
      if classes.contains(.rightToLeft) || classes.contains(.arabicNumber) { return false }
      return last == .leftToRight || last == .europeanNumber
    default: return false
    }
  }

  private static func classOf(_ scalar: Unicode.Scalar) -> Class {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return .mark
    default: break
    }
    switch scalar.value {
    case 0x30...0x39, 0x6F0...0x6F9: return .europeanNumber
    case 0x660...0x669, 0x66B, 0x66C, 0x6DD, 0x10D30...0x10D39: return .arabicNumber
    case 0x590...0x8FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFC, 0x10800...0x10FFF, 0x1E800...0x1EFFF:
      return .rightToLeft
    default: return scalar.properties.isAlphabetic ? .leftToRight : .neutral
    }
  }
}

/// Where letters of Arabic join their neighbours.
///
/// - Source: RFC 5892 appendix A.1; the joining types of the Arabic blocks.
enum Joining {
  /// Returns whether a zero-width non-joiner stands between letters that would join.
  static func allowsNonJoiner(at index: Int, in label: [Unicode.Scalar]) -> Bool {
    guard let before = label[..<index].last(where: { !isTransparent($0) }),
      let after = label[(index + 1)...].first(where: { !isTransparent($0) })
    else { return false }
    return joinsBoth(before) && (joinsBoth(after) || joinsRight(after))
  }

  private static func isTransparent(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.generalCategory == .nonspacingMark
  }

  private static func joinsBoth(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.properties.generalCategory == .otherLetter else { return false }
    switch scalar.value {
    case 0x620...0x64A, 0x66E...0x6D3, 0x6FA...0x6FF, 0x750...0x77F:
      return !joinsRight(scalar) && scalar.value != 0x621 && scalar.value != 0x674
    case 0x712...0x72F, 0x7CA...0x7EA: return !joinsRight(scalar)
    default: return false
    }
  }

  private static func joinsRight(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x622...0x625, 0x627, 0x629, 0x62F...0x632, 0x648, 0x671...0x673, 0x675...0x677,
      0x688...0x699, 0x6C0, 0x6C3...0x6CB, 0x6CD, 0x6CF, 0x6D2, 0x6D3, 0x6D5, 0x6EE, 0x6EF,
      0x710, 0x715...0x719, 0x71E, 0x728, 0x72A, 0x72C, 0x72F, 0x759...0x75B, 0x76B, 0x76C,
      0x771, 0x773, 0x774, 0x778, 0x779:
      true
    default: false
    }
  }
}
