public import DrydockExchange
import DrydockJSON
public import DrydockKernel

/// Reads recordings: native JSON Lines, or HAR 1.2; the content tells which.
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
    case .lines:
      NativeReader.read(bytes, file: file)
    case .compressed(let how):
      (
        nil,
        [
          Diagnostic(
            file: file,
            message: "the file is compressed with \(how); unpack it first",
            id: "recording-compressed",
            notes: ["for example: zcat \(file) | drydock verify -"]
          )
        ]
      )
    case .empty:
      (nil, [Diagnostic(file: file, message: "the file is empty", id: "recording-empty")])
    }
  }

  private enum Form {
    case har
    case lines
    case compressed(String)
    case empty
  }

  /// Tells a HAR, one object over many lines with `log`, from lines of objects.
  private static func form(of bytes: [UInt8]) -> Form {
    if bytes.starts(with: [0x1F, 0x8B]) { return .compressed("gzip") }
    if bytes.count > 2, bytes[0] == 0x78, [0x01, 0x5E, 0x9C, 0xDA].contains(bytes[1]) {
      return .compressed("zlib")
    }
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    guard let first = bytes[start...].firstIndex(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) })
    else { return .empty }
    let lineEnd = bytes[first...].firstIndex(of: 0x0A) ?? bytes.endIndex
    let firstLine = Array(bytes[first..<lineEnd])
    if let document = try? JSONDocument.parse(firstLine), document.root.kind == .object {
      return document.root["log"] == nil ? .lines : .har
    }
    return .har
  }
}

/// Reads the native form.
enum NativeReader {
  static func read(
    _ bytes: [UInt8],
    file: String
  ) -> (recording: Recording?, diagnostics: [Diagnostic]) {
    var list = DiagnosticList()
    var recording = Recording(title: "")
    var lines = JSONLines()
    lines.append(bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...])
    lines.finish()
    let endsWhole = bytes.last == 0x0A
    var isFirst = true
    while true {
      let record: JSONLines.Record
      do {
        guard let next = try lines.next() else { break }
        record = next
      } catch {
        list.append(error.diagnostic(file: file, bytes: bytes))
        break
      }
      let isLast = record.offset + record.bytes.count >= bytes.count - 1
      do {
        let document = try JSONDocument.parse(record.bytes)
        var reader = ExchangeReader(file: file, line: record.line, record: record.number)
        if isFirst, document.root["drydock"] != nil {
          reader.readHeader(document.root, into: &recording)
        } else if recording.exchanges.count >= RecordingFormat.exchangesMax {
          reader.add("more than \(RecordingFormat.exchangesMax) exchanges", document.root)
        } else if let exchange = reader.readExchange(document.root) {
          recording.exchanges.append(exchange)
        }
        for diagnostic in reader.diagnostics { list.append(diagnostic) }
      } catch {
        var diagnostic = error.diagnostic(file: file, bytes: record.bytes)
        diagnostic.line = (diagnostic.line ?? 1) + record.line - 1
        if isLast, !endsWhole {
          diagnostic.severity = .warning
          diagnostic.message = "the last line is cut off and was left out: \(diagnostic.message)"
        }
        list.append(diagnostic)
      }
      isFirst = false
    }
    return (list.hasErrors && recording.exchanges.isEmpty ? nil : recording, list.all)
  }
}
