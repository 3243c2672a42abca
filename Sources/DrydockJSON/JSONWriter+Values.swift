extension JSONWriter {
  /// Writes a string.
  public mutating func value(_ value: String) {
    startValue()
    writeString(value)
  }

  /// Writes a whole number.
  public mutating func value(_ value: Int) {
    startValue()
    writeInteger(Int64(value))
  }

  /// Writes a whole number.
  public mutating func value(_ value: Int64) {
    startValue()
    writeInteger(value)
  }

  /// Writes `true` or `false`.
  public mutating func value(_ value: Bool) {
    startValue()
    writeBoolean(value)
  }

  /// Writes a number as it was written.
  public mutating func value(_ value: JSONNumber) {
    startValue()
    writePlain(value.text)
  }

  /// Writes a value of a document, its numbers as they stand there, in this writer's form.
  public mutating func value(_ value: JSONValue) {
    startValue()
    writeTree(value.document, value.index)
  }

  /// Writes `null`.
  public mutating func null() {
    startValue()
    writeNull()
  }

  /// Writes a number from its text, which must be one in RFC 8259 form.
  public mutating func number(text: String) {
    precondition(JSONNumber.isNumber(text.utf8), "the text is no JSON number")
    startValue()
    writePlain(text)
  }

  /// Writes bytes that must be one valid JSON value; a debug build checks that they are.
  public mutating func raw(_ bytes: [UInt8]) {
    assert(JSONWriter.isValue(bytes), "the bytes are no JSON value")
    startValue()
    writePlain(bytes.span)
  }
}

// MARK: Members

extension JSONWriter {
  /// Writes a member that is a string.
  public mutating func member(_ name: String, _ value: String) {
    startMember(name)
    writeString(value)
  }

  /// Writes a member that is a whole number.
  public mutating func member(_ name: String, _ value: Int) {
    startMember(name)
    writeInteger(Int64(value))
  }

  /// Writes a member that is a whole number.
  public mutating func member(_ name: String, _ value: Int64) {
    startMember(name)
    writeInteger(value)
  }

  /// Writes a member that is `true` or `false`.
  public mutating func member(_ name: String, _ value: Bool) {
    startMember(name)
    writeBoolean(value)
  }

  /// Writes a member that is a number as it was written.
  public mutating func member(_ name: String, _ value: JSONNumber) {
    startMember(name)
    writePlain(value.text)
  }

  /// Writes a member that is a value of a document.
  public mutating func member(_ name: String, _ value: JSONValue) {
    startMember(name)
    writeTree(value.document, value.index)
  }

  /// Writes a member that is a string, or `null`.
  public mutating func member(_ name: String, _ value: String?) {
    if let value { member(name, value) } else { memberNull(name) }
  }

  /// Writes a member that is a whole number, or `null`.
  public mutating func member(_ name: String, _ value: Int?) {
    if let value { member(name, value) } else { memberNull(name) }
  }

  /// Writes a member that is a whole number, or `null`.
  public mutating func member(_ name: String, _ value: Int64?) {
    if let value { member(name, value) } else { memberNull(name) }
  }

  /// Writes a member that is `true`, `false` or `null`.
  public mutating func member(_ name: String, _ value: Bool?) {
    if let value { member(name, value) } else { memberNull(name) }
  }

  /// Writes a member that is a number as it was written, or `null`.
  public mutating func member(_ name: String, _ value: JSONNumber?) {
    if let value { member(name, value) } else { memberNull(name) }
  }

  /// Writes a member that is a value of a document, or `null`.
  public mutating func member(_ name: String, _ value: JSONValue?) {
    if let value { member(name, value) } else { memberNull(name) }
  }

  /// Writes a member that is `null`.
  public mutating func memberNull(_ name: String) {
    startMember(name)
    writeNull()
  }

  /// Writes a member that is a number from its text, which must be one in RFC 8259 form.
  public mutating func member(_ name: String, number text: String) {
    precondition(JSONNumber.isNumber(text.utf8), "the text is no JSON number")
    startMember(name)
    writePlain(text)
  }

  /// Writes a member from bytes that must be one valid JSON value; a debug build checks that.
  public mutating func member(_ name: String, raw bytes: [UInt8]) {
    assert(JSONWriter.isValue(bytes), "the bytes are no JSON value")
    startMember(name)
    writePlain(bytes.span)
  }

  /// Writes a member from text that must be one valid JSON value; a debug build checks that.
  public mutating func member(_ name: String, raw text: String) {
    member(name, raw: Array(text.utf8))
  }
}

// MARK: Details

extension JSONWriter {
  /// Writes what stands at a tape index; recursion is bounded by the depth readers allow.
  mutating func writeTree(_ document: JSONDocument, _ index: Int) {
    let entry = document.entry(index)
    switch entry.form {
    case .null: writeNull()
    case .isTrue: writeBoolean(true)
    case .isFalse: writeBoolean(false)
    case .number:
      if entry.has(JSONTape.relaxed) {
        writePlain(document.numberText(at: index))
      } else {
        writePlain(document.bytes.span.extracting(entry.range))
      }
    case .string: writeText(document, entry)
    case .array:
      writeContainer(.array) { writer in
        var child = index + 1
        while child < Int(entry.next) {
          writer.startValue()
          writer.writeTree(document, child)
          child = Int(document.entry(child).next)
        }
      }
    case .object:
      writeContainer(.object) { writer in
        var child = index + 1
        while child < Int(entry.next) {
          writer.writeName(document, document.entry(child))
          writer.writeTree(document, child + 1)
          child = Int(document.entry(child + 1).next)
        }
      }
    }
  }

  /// Writes a string of a document.
  private mutating func writeText(_ document: JSONDocument, _ entry: JSONTape.Entry) {
    let span = document.bytes.span
    if entry.has(JSONTape.escaped) {
      writeString(UTF8Text.unescaped(span, entry.contentRange).span)
    } else {
      writeString(span.extracting(entry.contentRange))
    }
  }

  /// Writes a name of a document and what stands before its value.
  private mutating func writeName(_ document: JSONDocument, _ entry: JSONTape.Entry) {
    let span = document.bytes.span
    if entry.has(JSONTape.escaped) {
      startMember(UTF8Text.unescaped(span, entry.contentRange).span)
    } else {
      startMember(span.extracting(entry.contentRange))
    }
  }

  /// Returns whether bytes are one JSON value.
  private static func isValue(_ bytes: [UInt8]) -> Bool {
    do {
      _ = try JSONDocument.parse(bytes)
      return true
    } catch {
      return false
    }
  }
}
