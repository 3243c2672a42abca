/// Swift source with comments and the contents of string literals blanked, byte for byte.
///
///     let path = "Date() // no code"  // nor this
///     let path = "                 "
///
/// Newlines stay, so lines and columns are those of the source. Code inside interpolations stays
/// code. Regular expression literals are not known: the house uses none.
struct CodeMask {
  private enum Frame {
    /// Code; the number of open parentheses, by which the end of an interpolation is known.
    case code(parentheses: Int)
    /// A literal opened with this many number signs.
    case string(signs: Int, isMultiline: Bool)
  }

  private let bytes: [UInt8]
  private var masked: [UInt8]
  private var frames: [Frame] = [.code(parentheses: 0)]
  private var index = 0

  private init(_ bytes: [UInt8]) {
    self.bytes = bytes
    masked = bytes
  }

  /// Returns the masked bytes; as many as were given.
  static func mask(_ bytes: [UInt8]) -> [UInt8] {
    var mask = CodeMask(bytes)
    while mask.index < bytes.count {
      switch mask.frames[mask.frames.count - 1] {
      case .code(let parentheses): mask.readCode(parentheses)
      case .string(let signs, let isMultiline): mask.readString(signs, isMultiline)
      }
    }
    return mask.masked
  }

  private func byte(_ position: Int) -> UInt8 { position < bytes.count ? bytes[position] : 0 }

  private mutating func readCode(_ parentheses: Int) {
    let here = bytes[index]
    switch here {
    case ASCII.slash where byte(index + 1) == ASCII.slash: skipLine()
    case ASCII.slash where byte(index + 1) == ASCII.star: skipBlock()
    case ASCII.quote, ASCII.sign:
      if !openString() { index += 1 }
    case ASCII.open:
      replaceTop(.code(parentheses: parentheses + 1))
      index += 1
    case ASCII.close:
      if parentheses == 0, frames.count > 1 {
        frames.removeLast()
      } else {
        replaceTop(.code(parentheses: parentheses - 1))
      }
      index += 1
    default: index += 1
    }
  }

  private mutating func readString(_ signs: Int, _ isMultiline: Bool) {
    let here = bytes[index]
    switch here {
    case ASCII.newline:
      if !isMultiline { frames.removeLast() }
      index += 1
    case ASCII.backslash:
      var ahead = index + 1
      while ahead <= index + signs, byte(ahead) == ASCII.sign { ahead += 1 }
      guard ahead == index + 1 + signs else { return blank() }
      if byte(ahead) == ASCII.open {
        while index < ahead { blank() }
        index += 1
        frames.append(.code(parentheses: 0))
      } else {
        while index < ahead { blank() }
        if byte(index) != ASCII.newline { blank() }
      }
    case ASCII.quote where closes(signs, isMultiline):
      index += (isMultiline ? 3 : 1) + signs
      frames.removeLast()
    default: blank()
    }
  }

  private func closes(_ signs: Int, _ isMultiline: Bool) -> Bool {
    var ahead = index + 1
    if isMultiline {
      guard byte(ahead) == ASCII.quote, byte(ahead + 1) == ASCII.quote else { return false }
      ahead += 2
    }
    for offset in 0..<signs where byte(ahead + offset) != ASCII.sign { return false }
    return true
  }

  /// Opens a literal if one starts here.
  private mutating func openString() -> Bool {
    var signs = 0
    while byte(index + signs) == ASCII.sign { signs += 1 }
    let quote = index + signs
    guard byte(quote) == ASCII.quote else { return false }
    let isMultiline = byte(quote + 1) == ASCII.quote && byte(quote + 2) == ASCII.quote
    frames.append(.string(signs: signs, isMultiline: isMultiline))
    index = quote + (isMultiline ? 3 : 1)
    return true
  }

  private mutating func skipLine() {
    while index < bytes.count, bytes[index] != ASCII.newline { blank() }
  }

  private mutating func skipBlock() {
    var depth = 0
    repeat {
      if bytes[index] == ASCII.slash, byte(index + 1) == ASCII.star {
        depth += 1
        blank()
      } else if bytes[index] == ASCII.star, byte(index + 1) == ASCII.slash {
        depth -= 1
        blank()
      }
      blank()
    } while depth > 0 && index < bytes.count
  }

  private mutating func blank() {
    guard index < bytes.count else { return }
    if bytes[index] != ASCII.newline { masked[index] = ASCII.space }
    index += 1
  }

  private mutating func replaceTop(_ frame: Frame) {
    frames[frames.count - 1] = frame
  }
}

/// The bytes that the readers of sources look for.
enum ASCII {
  static let newline: UInt8 = 0x0A
  static let space: UInt8 = 0x20
  static let quote: UInt8 = 0x22
  static let sign: UInt8 = 0x23
  static let open: UInt8 = 0x28
  static let close: UInt8 = 0x29
  static let star: UInt8 = 0x2A
  static let slash: UInt8 = 0x2F
  static let semicolon: UInt8 = 0x3B
  static let backslash: UInt8 = 0x5C
  static let openBrace: UInt8 = 0x7B
  static let closeBrace: UInt8 = 0x7D

  /// Tells whether a byte is part of a Swift identifier or number; every byte of a letter beyond
  /// ASCII is.
  static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x5F, 0x61...0x7A, 0x80...0xFF: true
    default: false
    }
  }
}
