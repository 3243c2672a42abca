import DrydockJSON

/// Whatever is read can be written and read again, and is then the same.
@c(LLVMFuzzerTestOneInput)
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = copied(start, count)
  if let document = try? JSONDocument.parse(bytes, options: .relaxed) {
    let text = JSONNode(document.root).bytes()
    let again = try? JSONDocument.parse(text)
    check(again != nil, "what was written is not JSON")
    if let again { check(JSONNode(again.root) == JSONNode(document.root), "changed by writing") }
  }
  do {
    let document = try JSONDocument.parse(bytes)
    check((try? JSONDocument.parse(bytes, options: .relaxed)) != nil, "strict and not relaxed")
    if let canonical = try? CanonicalJSON.bytes(of: document.root) {
      check((try? JSONDocument.parse(canonical)) != nil, "canonical form is not JSON")
    }
    var lines = JSONDocument(over: bytes)
    let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
    check((try? lines.reread(0..<bytes.count)) != nil || hasMark, "reread differs")
  } catch {
    check(error.offset <= bytes.count, "error beyond the end")
    _ = error.diagnostic(file: "f", bytes: bytes)
  }
  var lines = JSONLines(lineBytesMax: 256)
  lines.append(bytes)
  lines.finish()
  while true {
    guard let record = try? lines.next() else { break }
    check(!record.bytes.contains(0x0A), "a record with a line feed")
  }
  return 0
}
