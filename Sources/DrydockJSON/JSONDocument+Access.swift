// What the evaluators of other modules need: the tape by index, without a view per step.
extension JSONDocument {
  /// Returns the entry at an index of the tape.
  package func entry(_ index: Int) -> JSONTape.Entry {
    tape.entries[index]
  }

  /// Returns the text of the string or name at an index, its escapes resolved.
  package func text(at index: Int) -> String {
    let entry = tape.entries[index]
    let range = entry.contentRange
    guard entry.has(JSONTape.escaped) else { return String(decoding: bytes[range], as: UTF8.self) }
    return String(decoding: UTF8Text.unescaped(bytes.span, range), as: UTF8.self)
  }

  /// Returns the UTF-8 of the string or name at an index, its escapes resolved.
  package func utf8(at index: Int) -> [UInt8] {
    let entry = tape.entries[index]
    let range = entry.contentRange
    guard entry.has(JSONTape.escaped) else { return Array(bytes[range]) }
    return UTF8Text.unescaped(bytes.span, range)
  }

  /// Returns whether the string or name at an index is, byte for byte, the given UTF-8.
  package func text(at index: Int, equals utf8: Span<UInt8>) -> Bool {
    let entry = tape.entries[index]
    let range = entry.contentRange
    guard !entry.has(JSONTape.escaped) else {
      return UTF8Text.areEqual(UTF8Text.unescaped(bytes.span, range).span, utf8)
    }
    guard range.count == utf8.count else { return false }
    let span = bytes.span
    for position in 0..<utf8.count where span[range.lowerBound + position] != utf8[position] {
      return false
    }
    return true
  }

  /// Returns the tape index of the last member of an object with a name.
  ///
  /// - Complexity: O(members).
  package func indexOfMember(_ utf8: Span<UInt8>, in object: Int) -> Int? {
    let entries = tape.entries.span
    let text = bytes.span
    let end = Int(entries[object].next)
    let length = utf8.count &+ 2
    let hash = JSONNameKey(utf8, 0..<utf8.count).hash
    var found: Int?
    var index = object + 1
    while index < end {
      let name = entries[index]
      if name.has(JSONTape.escaped | JSONTape.relaxed) {
        if self.text(at: index, equals: utf8) { found = index + 1 }
      } else if name.nameHash == hash, Int(name.length) == length {
        // The quote before the text is the same in all, so the comparison starts behind it.
        var position = 0
        let start = Int(name.offset) &+ 1
        while position < utf8.count, text[start &+ position] == utf8[position] { position &+= 1 }
        if position == utf8.count { found = index + 1 }
      }
      index = Int(entries[index + 1].next)
    }
    return found
  }

  /// Returns the tape index of the element of an array at a position.
  ///
  /// - Complexity: O(position).
  package func indexOfElement(_ position: Int, in array: Int) -> Int? {
    guard position >= 0, position < childCount(of: array) else { return nil }
    var index = array + 1
    for _ in 0..<position { index = Int(tape.entries[index].next) }
    return index
  }

  /// Returns how many elements or members a container has.
  package func childCount(of index: Int) -> Int {
    let entry = tape.entries[index]
    let stated = entry.tag >> JSONTape.countShift
    guard stated == JSONTape.countMax else { return Int(stated) }
    var count = 0
    var child = index + 1
    while child < Int(entry.next) {
      count += 1
      child = Int(tape.entries[entry.form == .object ? child + 1 : child].next)
    }
    return count
  }

  /// Returns the text of the number at an index in RFC 8259 form.
  package func numberText(at index: Int) -> String {
    let entry = tape.entries[index]
    guard entry.has(JSONTape.relaxed) else {
      return String(decoding: bytes[entry.range], as: UTF8.self)
    }
    return RelaxedNumber.strictText(bytes[entry.range])
  }

  /// Returns the value of the number at an index if it is an integer that fits.
  package func int64(at index: Int) -> Int64? {
    smallInteger(at: index) ?? JSONNumber(scanned: numberText(at: index)).int64
  }

  /// Returns the value of the number at an index if it is written as an integer of few digits.
  func smallInteger(at index: Int) -> Int64? {
    let entry = tape.entries[index]
    guard entry.has(JSONTape.plainInteger), entry.length <= 18 else { return nil }
    let span = bytes.span
    var position = Int(entry.offset)
    let end = position + Int(entry.length)
    let isNegative = span[position] == UInt8(ascii: "-")
    if isNegative { position += 1 }
    var value: Int64 = 0
    while position < end {
      value = value &* 10 &+ Int64(span[position] &- UInt8(ascii: "0"))
      position &+= 1
    }
    return isNegative ? 0 - value : value
  }

  /// Throws where an object names a member twice.
  func refuseDuplicateNames() throws(JSONError) {
    for index in tape.entries.indices where tape.entries[index].form == .object {
      if let duplicate = duplicateName(in: index) {
        throw JSONError(
          .duplicateName(text(at: duplicate)),
          offset: Int(tape.entries[duplicate].offset)
        )
      }
    }
  }

  /// Returns the tape index of the first name of an object that an earlier member has too.
  ///
  /// - Complexity: O(members × log members).
  package func duplicateName(in object: Int) -> Int? {
    let end = Int(tape.entries[object].next)
    var names: [(utf8: [UInt8], index: Int)] = []
    var index = object + 1
    while index < end {
      names.append((utf8(at: index), index))
      index = Int(tape.entries[index + 1].next)
    }
    guard names.count > 1 else { return nil }
    names.sort { left, right in
      left.utf8 == right.utf8
        ? left.index < right.index : left.utf8.lexicographicallyPrecedes(right.utf8)
    }
    var found: Int?
    for position in 1..<names.count where names[position - 1].utf8 == names[position].utf8 {
      found = min(found ?? .max, names[position].index)
    }
    return found
  }
}
