import DrydockKernel

/// Reads and writes dates by a format of `TO_DATE` and `TO_CHAR`.
///
/// Known parts: `YYYY`, `MM`, `DD`, `HH24`, `MI`, `SS`, text in double quotes; every other
/// character stands for itself.
enum SuiteQLDate {
  /// Returns the instant that a text spells, or nothing where it does not follow the format.
  static func parse(_ text: String, format: String) -> VirtualInstant? {
    var fields = Fields()
    var rest = Array(text.utf8)[...]
    for part in parts(of: format) {
      switch part {
      case .literal(let byte):
        guard rest.first == byte else { return nil }
        rest = rest.dropFirst()
      case .field(let field, let width):
        var digits = 0
        var number = 0
        while digits < width, let byte = rest.first, (0x30...0x39).contains(byte) {
          number = number * 10 + Int(byte - 0x30)
          rest = rest.dropFirst()
          digits += 1
        }
        guard digits > 0 else { return nil }
        fields.set(field, number)
      }
    }
    guard rest.isEmpty,
      let date = CivilDate(year: fields.year, month: fields.month, day: fields.day),
      fields.hour < 24, fields.minute < 60, fields.second < 60
    else { return nil }
    let seconds = fields.hour * 3600 + fields.minute * 60 + fields.second
    return VirtualInstant(secondsSinceEpoch: Int64(date.daysSinceEpoch * 86_400 + seconds))
  }

  /// Returns an instant as the format writes it.
  static func text(_ instant: VirtualInstant, format: String) -> String {
    let seconds = instant.secondsSinceEpoch
    let second = Int(((seconds % 86_400) + 86_400) % 86_400)
    let date = CivilDate(daysSinceEpoch: Int((seconds - Int64(second)) / 86_400))
    var bytes: [UInt8] = []
    for part in parts(of: format) {
      switch part {
      case .literal(let byte): bytes.append(byte)
      case .field(let field, let width):
        let number =
          switch field {
          case .year: date.year
          case .month: date.month
          case .day: date.day
          case .hour: second / 3600
          case .minute: second / 60 % 60
          case .second: second % 60
          }
        bytes.append(decimal: UInt64(number.magnitude), width: width)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private enum Field {
    case year
    case month
    case day
    case hour
    case minute
    case second
  }

  private enum Part {
    case field(Field, width: Int)
    case literal(UInt8)
  }

  private struct Fields {
    var year = 1970
    var month = 1
    var day = 1
    var hour = 0
    var minute = 0
    var second = 0

    mutating func set(_ field: Field, _ number: Int) {
      switch field {
      case .year: year = number
      case .month: month = number
      case .day: day = number
      case .hour: hour = number
      case .minute: minute = number
      case .second: second = number
      }
    }
  }

  private static let known: [(text: [UInt8], field: Field, width: Int)] = [
    (Array("YYYY".utf8), .year, 4), (Array("HH24".utf8), .hour, 2), (Array("MM".utf8), .month, 2),
    (Array("DD".utf8), .day, 2), (Array("MI".utf8), .minute, 2), (Array("SS".utf8), .second, 2),
  ]

  private static func parts(of format: String) -> [Part] {
    var rest = Array(format.utf8)[...]
    var parts: [Part] = []
    while let byte = rest.first {
      if byte == UInt8(ascii: "\"") {
        rest = rest.dropFirst()
        while let inner = rest.first, inner != UInt8(ascii: "\"") {
          parts.append(.literal(inner))
          rest = rest.dropFirst()
        }
        rest = rest.dropFirst()
      } else if let match = known.first(where: { rest.starts(with: $0.text) }) {
        parts.append(.field(match.field, width: match.width))
        rest = rest.dropFirst(match.text.count)
      } else {
        parts.append(.literal(byte))
        rest = rest.dropFirst()
      }
    }
    return parts
  }
}
