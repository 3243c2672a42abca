import DrydockExchange
import DrydockJSON
import DrydockKernel

/// Reads the native form.
enum NativeReader {
  static func read(
    _ bytes: [UInt8],
    file: String
  ) -> (recording: Recording?, diagnostics: [Diagnostic]) {
    var list = DiagnosticList()
    var recording = Recording(title: "")
    let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
    var lines = JSONLines()
    lines.append(text)
    lines.finish()
    let endsWhole = text.last == 0x0A
    while true {
      let record: JSONLines.Record
      do {
        guard let next = try lines.next() else { break }
        record = next
      } catch {
        // A line beyond the limit; the next call goes on behind it.
        list.append(error.diagnostic(file: file, bytes: bytes))
        continue
      }
      let isLast = record.offset + record.bytes.count >= text.count - 1
      do {
        let root = try JSONDocument.parse(record.bytes).root
        var reader = ExchangeReader(
          file: file,
          line: record.line,
          record: recording.exchanges.count + 1
        )
        reader.read(root, into: &recording)
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
    }
    var diagnostics = list.all
    if list.omittedCount > 0 {
      diagnostics.append(
        Diagnostic(
          file: file,
          severity: .note,
          message: "\(list.omittedCount) more lines like these are not shown",
          id: "diagnostics-omitted"
        )
      )
    }
    return (list.hasErrors && recording.exchanges.isEmpty ? nil : recording, diagnostics)
  }
}
