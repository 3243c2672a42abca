/// The ASCII form of labels beyond ASCII.
///
/// - Source: RFC 3492 section 6.
enum Punycode {
  private static let base = 36
  private static let lowest = 1
  private static let highest = 26

  /// Returns the scalars of an encoded label, without its `xn--`.
  static func decode(_ text: [Unicode.Scalar]) -> [Unicode.Scalar]? {
    var output: [Unicode.Scalar] = []
    var position = 0
    if let delimiter = text.lastIndex(of: "-") {
      output = Array(text[..<delimiter])
      position = delimiter + 1
    }
    var point = 128
    var index = 0
    var bias = 72
    while position < text.count {
      let before = index
      var weight = 1
      var place = base
      while true {
        guard position < text.count, let digit = digit(text[position]) else { return nil }
        position += 1
        index += digit * weight
        if index > 1 << 40 { return nil }
        let threshold = min(max(place - bias, lowest), highest)
        if digit < threshold { break }
        weight *= base - threshold
        if weight > 1 << 32 { return nil }
        place += base
      }
      bias = adapt(index - before, count: output.count + 1, isFirst: before == 0)
      point += index / (output.count + 1)
      index %= output.count + 1
      guard let scalar = UInt32(exactly: point).flatMap(Unicode.Scalar.init) else { return nil }
      output.insert(scalar, at: index)
      index += 1
    }
    return output
  }

  /// Returns a label in its encoded form, without its `xn--`; nil if it is too long to be one.
  static func encode(_ label: [Unicode.Scalar]) -> [UInt8]? {
    if label.count > 63 { return nil }
    var output = label.filter(\.isASCII).map { UInt8(truncatingIfNeeded: $0.value) }
    let basic = output.count
    var handled = basic
    if basic > 0 { output.append(UInt8(ascii: "-")) }
    var point: UInt32 = 128
    var delta = 0
    var bias = 72
    while handled < label.count {
      guard let next = label.map(\.value).filter({ $0 >= point }).min() else { return nil }
      delta += Int(next - point) * (handled + 1)
      point = next
      for scalar in label {
        if scalar.value < point { delta += 1 }
        guard scalar.value == point else { continue }
        var rest = delta
        var place = base
        while true {
          let threshold = min(max(place - bias, lowest), highest)
          if rest < threshold { break }
          output.append(letter(threshold + (rest - threshold) % (base - threshold)))
          rest = (rest - threshold) / (base - threshold)
          place += base
        }
        output.append(letter(rest))
        bias = adapt(delta, count: handled + 1, isFirst: handled == basic)
        delta = 0
        handled += 1
      }
      delta += 1
      point += 1
    }
    return output
  }

  private static func adapt(_ delta: Int, count: Int, isFirst: Bool) -> Int {
    var delta = isFirst ? delta / 700 : delta / 2
    delta += delta / count
    var steps = 0
    while delta > (base - lowest) * highest / 2 {
      delta /= base - lowest
      steps += base
    }
    return steps + (base - lowest + 1) * delta / (delta + 38)
  }

  private static func letter(_ digit: Int) -> UInt8 {
    UInt8(truncatingIfNeeded: digit < 26 ? 0x61 + digit : 0x30 + digit - 26)
  }

  private static func digit(_ scalar: Unicode.Scalar) -> Int? {
    switch scalar.value {
    case 0x30...0x39: Int(scalar.value) - 0x30 + 26
    case 0x41...0x5A: Int(scalar.value) - 0x41
    case 0x61...0x7A: Int(scalar.value) - 0x61
    default: nil
    }
  }
}
