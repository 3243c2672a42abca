public import DrydockExchange
import DrydockJSON
public import DrydockKernel

/// Reads recordings: native JSON Lines, or HAR 1.1 and 1.2; the content tells which.
public enum RecordingReader {
  /// Reads a recording.
  ///
  /// A last line without its newline that does not parse was cut off by a crash: it is left out,
  /// with a warning. Any other broken line is an error with its line and column.
  /// - Parameters:
  ///   - bytes: The whole file.
  ///   - file: The path, as the user gave it.
  /// - Returns: What could be read, and what is wrong with the rest.
  /// - Complexity: Linear in the bytes.
  public static func read(
    _ bytes: [UInt8],
    file: String
  ) -> (recording: Recording?, diagnostics: [Diagnostic]) {
    switch form(of: bytes) {
    case .har: HARReader.read(bytes, file: file)
    case .lines: NativeReader.read(bytes, file: file)
    case .packed(let packing): (nil, [packing.diagnostic(file: file)])
    case .empty:
      (nil, [Diagnostic(file: file, message: "the file is empty", id: "recording-empty")])
    }
  }

  private enum Form {
    case har
    case lines
    case packed(Packing)
    case empty
  }

  /// Tells a HAR, one object over many lines or one with `log`, from lines of objects.
  private static func form(of bytes: [UInt8]) -> Form {
    if let packing = Packing.all.first(where: { bytes.starts(with: $0.mark) }) {
      return .packed(packing)
    }
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    guard let first = bytes[start...].firstIndex(where: { !isSpace($0) }) else { return .empty }
    let lineEnd = bytes[first...].firstIndex(of: 0x0A) ?? bytes.endIndex
    let line = bytes[first..<lineEnd]
    guard line.first == 0x7B else { return .har }
    // The first name after the brace; only an object over several lines has none on this line.
    let rest = line.dropFirst().drop(while: isSpace)
    if rest.isEmpty && lineEnd < bytes.endIndex || rest.starts(with: Array("\"log\"".utf8)) {
      return .har
    }
    return .lines
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }
}

/// A form in which files are packed, known by their first bytes, that must be undone first.
struct Packing: Hashable, Sendable {
  var mark: [UInt8]
  var message: String
  var command: String

  static let all = [
    Packing(mark: [0x1F, 0x8B], message: "compressed with gzip; unpack it", command: "zcat"),
    zlib(0x01), zlib(0x5E), zlib(0x9C), zlib(0xDA),
    Packing(
      mark: [0x28, 0xB5, 0x2F, 0xFD],
      message: "compressed with zstd; unpack it",
      command: "zstdcat"
    ),
    Packing(
      mark: [0x42, 0x5A, 0x68],
      message: "compressed with bzip2; unpack it",
      command: "bzcat"
    ),
    Packing(
      mark: [0xFD, 0x37, 0x7A, 0x58, 0x5A],
      message: "compressed with xz; unpack it",
      command: "xzcat"
    ),
    Packing(
      mark: [0x50, 0x4B, 0x03, 0x04],
      message: "a zip archive; unpack it",
      command: "unzip -p"
    ),
    Packing(
      mark: [0xFF, 0xFE],
      message: "text in UTF-16; convert it",
      command: "iconv -f UTF-16 -t UTF-8"
    ),
    Packing(
      mark: [0xFE, 0xFF],
      message: "text in UTF-16; convert it",
      command: "iconv -f UTF-16 -t UTF-8"
    ),
  ]

  private static func zlib(_ second: UInt8) -> Packing {
    Packing(mark: [0x78, second], message: "compressed with zlib; unpack it", command: "pigz -dc")
  }

  func diagnostic(file: String) -> Diagnostic {
    Diagnostic(
      file: file,
      message: "the file is \(message) first",
      id: "recording-compressed",
      notes: ["for example: \(command) \(file) | drydock verify -"]
    )
  }
}
