package import DrydockKernel
import Foundation

/// A file, a pipe or standard input, read piece by piece.
package struct ByteStream: ~Copyable {
  /// What diagnostics call it.
  package let name: String
  private let descriptor: Int32

  /// Opens a file, or standard input for `-`.
  package init(_ path: String) throws(Diagnostic) {
    let (name, descriptor) = try ByteStream.open(path)
    self.name = name
    self.descriptor = descriptor
  }

  private static func open(_ path: String) throws(Diagnostic) -> (String, Int32) {
    if path == "-" { return ("standard input", STDIN_FILENO) }
    guard Files.exists(path) else { throw Files.missing(path) }
    guard !Files.isFolder(path) else { throw Files.folder(path) }
    let descriptor = unsafe Foundation.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw unreadable(path) }
    return (path, descriptor)
  }

  deinit {
    if descriptor != STDIN_FILENO { close(descriptor) }
  }

  /// Appends at most a number of bytes and returns how many came; none at the end.
  package mutating func read(atMost count: Int, into bytes: inout [UInt8]) throws(Diagnostic) -> Int
  {
    let start = bytes.count
    var came = 0
    if bytes.capacity < start + count {
      bytes.reserveCapacity(max(start + count, bytes.capacity * 2))
    }
    bytes.append(addingCapacity: count) { room in
      unsafe room.withUnsafeMutableBufferPointer { buffer, initialized in
        // The system call writes at most `count` bytes from the buffer's first.
        repeat {
          came = unsafe Foundation.read(descriptor, buffer.baseAddress, count)
        } while came < 0 && errno == EINTR
        initialized = max(came, 0)
      }
    }
    guard came >= 0 else { throw ByteStream.unreadable(name) }
    return came
  }

  /// Appends everything that is left.
  ///
  /// - Throws: That the bytes, with those before, are more than the limit, or cannot be read.
  package mutating func readRest(
    into bytes: inout [UInt8],
    atMost limit: Int
  ) throws(Diagnostic) {
    while try read(atMost: 1 << 20, into: &bytes) > 0 {
      guard bytes.count <= limit else { throw Files.tooLarge(name, limit) }
    }
  }

  private static func unreadable(_ name: String) -> Diagnostic {
    let reason = unsafe String(cString: strerror(errno))
    return Diagnostic(
      file: name,
      message: "cannot be read: \(reason.prefix(1).lowercased())\(reason.dropFirst())",
      id: "file-unreadable"
    )
  }
}
