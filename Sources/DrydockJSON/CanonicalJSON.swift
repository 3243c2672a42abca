/// The one text of a value: the same bytes for the same value, for signatures and fingerprints.
///
///     { "b": 1.0, "a": "\u20ac" }   →   {"a":"€","b":1}
///
/// Members stand in the order of their names' UTF-16 code units, with no white space and no escape
/// that can be spared, numbers as ECMAScript prints them.
///
/// That number form goes through a binary float, as the standard demands: `0.1000000000000000001`
/// comes out as `0.1`. It is the only place in the project where a number does; amounts of money
/// are compared and added from `JSONNumber` and never from canonical text.
///
/// - Source: RFC 8785.
public enum CanonicalJSON {
  /// Returns the canonical text of a value.
  ///
  /// - Parameter value: Any value; it must not name a member twice.
  /// - Returns: UTF-8 text with no final line feed.
  /// - Throws: `duplicateName` and `numberOutOfRange`, at the byte offset in the value's document.
  public static func bytes(of value: JSONValue) throws(JSONError) -> [UInt8] {
    var writer = JSONWriter()
    writer.startValue()
    try write(value.document, value.index, to: &writer)
    return writer.bytes
  }

  /// Writes what stands at a tape index; recursion is bounded by the depth readers allow.
  private static func write(
    _ document: JSONDocument,
    _ index: Int,
    to writer: inout JSONWriter
  ) throws(JSONError) {
    let entry = document.entry(index)
    switch entry.form {
    case .number:
      let text = document.numberText(at: index)
      guard let number = Double(text), number.isFinite else {
        throw JSONError(.numberOutOfRange(text), offset: Int(entry.offset))
      }
      writer.writePlain(ECMAScriptNumber.text(of: number))
    case .array:
      try writer.writeContainer(.array) { (writer) throws(JSONError) in
        var child = index + 1
        while child < Int(entry.next) {
          writer.startValue()
          try write(document, child, to: &writer)
          child = Int(document.entry(child).next)
        }
      }
    case .object:
      if let duplicate = document.duplicateName(in: index) {
        throw JSONError(
          .duplicateName(document.text(at: duplicate)),
          offset: Int(document.entry(duplicate).offset)
        )
      }
      try writer.writeContainer(.object) { (writer) throws(JSONError) in
        for member in sortedMembers(document, index) {
          writer.startMember(member.name)
          try write(document, member.value, to: &writer)
        }
      }
    default: writer.writeTree(document, index)
    }
  }

  /// Returns the members of an object in the order of their names' UTF-16 code units.
  private static func sortedMembers(
    _ document: JSONDocument,
    _ object: Int
  ) -> [(name: String, value: Int)] {
    var members: [(name: String, units: [UInt16], value: Int)] = []
    var index = object + 1
    let end = Int(document.entry(object).next)
    while index < end {
      let name = document.text(at: index)
      members.append((name, Array(name.utf16), index + 1))
      index = Int(document.entry(index + 1).next)
    }
    members.sort { $0.units.lexicographicallyPrecedes($1.units) }
    return members.map { ($0.name, $0.value) }
  }
}
