import DrydockJSON
import DrydockKernel

/// A document that is imported, and all that is said about it.
///
/// Each place is spoken of once for each reason, however many operations lead to it. Notes are kept
/// up to a bound and counted beyond it.
struct ImportSource {
  let document: JSONDocument
  private(set) var notes: [ImportNote] = []
  /// How many notes were not kept.
  private(set) var droppedCount = 0
  /// Whether something is so wrong that nothing can be imported.
  private(set) var isBroken = false
  private var seen: Set<Saying> = []

  private struct Saying: Hashable {
    var pointer: JSONPointer
    var id: String
    var message: String
  }

  /// How many notes are kept.
  static let notesMax = 5_000
  /// How many references may follow one another.
  static let hopsMax = 64

  init(_ document: JSONDocument) {
    self.document = document
  }

  var root: JSONValue { document.root }

  // MARK: Saying

  /// Lists what is not carried over.
  mutating func leaveOut(_ message: String, _ id: String, at pointer: JSONPointer) {
    say(.note, message, id, at: pointer)
  }

  /// Lists what is carried over, though perhaps not as it was meant.
  mutating func warn(_ message: String, _ id: String, at pointer: JSONPointer) {
    say(.warning, message, id, at: pointer)
  }

  /// Says what is wrong; nothing of the document can be imported then.
  mutating func refuse(_ message: String, _ id: String, at pointer: JSONPointer) {
    isBroken = true
    say(.error, message, id, at: pointer)
  }

  private mutating func say(
    _ severity: Diagnostic.Severity,
    _ message: String,
    _ id: String,
    at pointer: JSONPointer
  ) {
    let notesMax = severity == .error ? ImportSource.notesMax * 2 : ImportSource.notesMax
    guard seen.count < notesMax else {
      droppedCount += 1
      return
    }
    let saying = Saying(pointer: pointer, id: id, message: message)
    guard seen.insert(saying).inserted else { return }
    let place = nearest(pointer)
    notes.append(
      ImportNote(
        pointer: place.pointer,
        offset: place.offset,
        severity: severity,
        message: message,
        id: id
      )
    )
  }

  /// Returns the deepest place on the way to a pointer that the document has.
  private func nearest(_ pointer: JSONPointer) -> (pointer: JSONPointer, offset: Int) {
    var value = document.root
    var tokens: [String] = []
    for token in pointer.tokens {
      guard let next = value.at(JSONPointer(tokens: [token])) else { break }
      value = next
      tokens.append(token)
    }
    return (JSONPointer(tokens: tokens), value.offset)
  }

  /// Returns the notes in the order of the document, with lines and columns.
  ///
  /// - Complexity: O(bytes + notes · log notes).
  func located() -> [ImportNote] {
    var located = notes.enumerated()
      .sorted { ($0.element.offset, $0.offset) < ($1.element.offset, $1.offset) }
      .map(\.element)
    var place = JSONLocation(line: 1, column: 1)
    var offset = 0
    for index in located.indices {
      while offset < located[index].offset, offset < document.bytes.count {
        let byte = document.bytes[offset]
        if byte == 0x0A {
          place.line += 1
          place.column = 1
        } else if byte & 0xC0 != 0x80 {
          place.column += 1
        }
        offset += 1
      }
      located[index].location = place
    }
    return located
  }

  // MARK: Following references

  /// A value of the document and where it is.
  struct Place {
    var value: JSONValue
    var pointer: JSONPointer

    /// The member with a name.
    subscript(name: String) -> Place? {
      value[name].map { Place(value: $0, pointer: pointer.appending(name)) }
    }

    /// The members of an object, with their names; none for anything else.
    var members: [(name: String, place: Place)] {
      value.members.map { ($0.name, Place(value: $0.value, pointer: pointer.appending($0.name))) }
    }

    /// The elements of an array; none for anything else.
    var elements: [Place] {
      value.elements.enumerated().map { Place(value: $1, pointer: pointer.appending($0)) }
    }

    var string: String? { value.string }
  }

  var rootPlace: Place { Place(value: document.root, pointer: .root) }

  /// Follows references to other places of the document; what leads nowhere is said.
  ///
  /// - Returns: The place, or nothing where a reference is broken or leads out of the document.
  mutating func resolved(_ place: Place) -> Place? {
    var current = place
    for _ in 0..<ImportSource.hopsMax {
      guard let reference = current["$ref"], let text = reference.string else { return current }
      guard let pointer = ImportSource.pointer(text) else {
        leaveOut(
          "reference '\(text)' leads out of the file",
          "import-external-reference",
          at: reference.pointer
        )
        return nil
      }
      guard let target = document.root.at(pointer) else {
        refuse(
          "reference '\(text)' leads nowhere",
          "import-unknown-reference",
          at: reference.pointer
        )
        return nil
      }
      current = Place(value: target, pointer: pointer)
    }
    refuse("references lead in a circle", "import-reference-loop", at: place.pointer)
    return nil
  }

  /// Returns where a reference within the document leads; nothing for one that leads out of it.
  static func pointer(_ reference: String) -> JSONPointer? {
    guard reference == "#" || reference.hasPrefix("#/") else { return nil }
    return try? JSONPointer(parsing: reference)
  }
}
