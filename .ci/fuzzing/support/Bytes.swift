/// Copies what libFuzzer hands over.
func copied(_ start: UnsafePointer<UInt8>?, _ count: Int) -> [UInt8] {
  Array(UnsafeBufferPointer(start: start, count: count))
}

/// Returns what stands before and behind the first zero byte.
func halves(_ bytes: [UInt8]) -> (first: [UInt8], second: [UInt8]) {
  guard let middle = bytes.firstIndex(of: 0) else { return (bytes, []) }
  return (Array(bytes[..<middle]), Array(bytes[(middle + 1)...]))
}

/// Ends the process, so that libFuzzer keeps the input.
func check(_ holds: Bool, _ message: @autoclosure () -> String) {
  if !holds { fatalError(message()) }
}
