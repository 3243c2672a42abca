import DrydockKernel
import DrydockPlayer

/// Fingerprints of what is allowed: the first word of each line; `#` begins a comment.
///
///     # agreed with the partner until June
///     3f2a9c01b7de   quantity of 0 in cancelled lines
struct AllowList: Sendable {
  private let path: String
  /// The fingerprints and the lines that they stand on.
  private let entries: [(fingerprint: String, line: Int)]
  /// The fingerprints.
  let fingerprints: Set<String>

  /// Reads a list.
  init(_ path: String) throws(Diagnostic) {
    let bytes = try Files.read(path, atMost: Files.authoredBytesMax)
    var entries: [(String, Int)] = []
    let lines = String(decoding: bytes, as: UTF8.self)
      .split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in lines.enumerated() {
      let text = line.prefix { $0 != "#" }
      guard let word = text.split(whereSeparator: \.isWhitespace).first else { continue }
      entries.append((String(word), index + 1))
    }
    self.path = path
    self.entries = entries
    fingerprints = Set(entries.map(\.0))
  }

  /// Returns a warning for each entry that nothing was found for.
  func unused(_ used: Set<String>) -> [Diagnostic] {
    entries.filter { !used.contains($0.fingerprint) }.map { entry in
      Diagnostic(
        file: path,
        line: entry.line,
        severity: .warning,
        message: "'\(entry.fingerprint)' allows nothing that was found",
        id: "allow-unused"
      )
    }
  }
}
