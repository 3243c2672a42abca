/// The containers that are open during a scan.
///
/// They are linked through their own `next` until they close, so nesting takes no stack and no
/// recursion: the innermost is here, with what is around it on the tape.
struct JSONNesting {
  /// Marks the root, which has no container around it.
  private static let outside = UInt32.max

  /// The index of the innermost open container.
  private var container = JSONNesting.outside
  /// The byte that closes it.
  private(set) var closer: UInt8 = 0
  /// The children of it so far.
  var children: UInt32 = 0
  private var depth = 0
  private let depthMax: Int

  init(depthMax: Int) {
    self.depthMax = depthMax
  }

  /// Whether any container is open.
  @inline(__always)
  var isOpen: Bool {
    container != JSONNesting.outside
  }

  /// Whether the innermost open container is an object.
  @inline(__always)
  var inObject: Bool {
    closer == UInt8(ascii: "}")
  }

  /// Opens the container that a bracket starts.
  @inline(__always)
  mutating func open(
    _ bracket: UInt8,
    at position: Int,
    _ tape: inout JSONScanner.Tape
  ) throws(JSONError) {
    guard depth < depthMax else {
      throw JSONError(.depthExceeded(limit: depthMax), offset: position)
    }
    depth &+= 1
    if isOpen { tape[Int(container)].tag = packedTag }
    let form: JSONTape.Form = bracket == UInt8(ascii: "{") ? .object : .array
    let index = UInt32(truncatingIfNeeded: tape.count)
    tape.append(
      JSONTape.Entry(form, 0, from: position, to: position, next: Int(container))
    )
    container = index
    // The closing brackets stand two behind the opening ones in ASCII.
    closer = bracket &+ 2
    children = 0
  }

  /// Closes the innermost container behind its closing bracket.
  @inline(__always)
  mutating func close(at position: Int, _ tape: inout JSONScanner.Tape) {
    let index = Int(container)
    container = tape[index].next
    tape[index].length = UInt32(truncatingIfNeeded: position) &- tape[index].offset
    tape[index].next = UInt32(truncatingIfNeeded: tape.count)
    tape[index].tag = packedTag
    depth &-= 1
    guard isOpen else {
      closer = 0
      return
    }
    let tag = tape[Int(container)].tag
    closer =
      tag & 0xF == JSONTape.Form.object.rawValue ? UInt8(ascii: "}") : UInt8(ascii: "]")
    children = tag >> JSONTape.countShift
  }

  /// The tag of the innermost container as it is now.
  @inline(__always)
  private var packedTag: UInt32 {
    let form = inObject ? JSONTape.Form.object : JSONTape.Form.array
    return form.rawValue | min(children, JSONTape.countMax) << JSONTape.countShift
  }
}
