extension JSONWriter {
  /// Writes a value that code has built.
  public mutating func value(_ node: JSONNode) {
    startValue()
    writeTree(node)
  }

  /// Writes a member that is a value that code has built.
  public mutating func member(_ name: String, _ node: JSONNode) {
    startMember(name)
    writeTree(node)
  }

  /// Writes a tree where its place is already made ready.
  mutating func writeTree(_ node: JSONNode) {
    switch node {
    case .null: writeNull()
    case .boolean(let value): writeBoolean(value)
    case .number(let number): writePlain(number.text)
    case .string(let text): writeString(text)
    case .array(let elements):
      writeContainer(.array) { writer in
        for element in elements {
          writer.startValue()
          writer.writeTree(element)
        }
      }
    case .object(let members):
      writeContainer(.object) { writer in
        for member in members {
          writer.startMember(member.name)
          writer.writeTree(member.value)
        }
      }
    }
  }
}
