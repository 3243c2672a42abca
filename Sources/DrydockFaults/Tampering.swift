package import DrydockExchange
package import DrydockKernel

/// A change to the message that a partner sends: a webhook, or the answer to a call.
package enum Tampering: Hashable, Sendable {
  /// The signature of a webhook does not fit its bytes.
  case wrongSignature
  /// A webhook carries no signature.
  case missingSignature
  /// The body ends after a share of its bytes, while its head still says the whole length.
  case truncatedBody(at: Ratio)
  /// The body is no longer well-formed in its format.
  case malformedBody

  /// Changes a webhook.
  ///
  /// - Parameters:
  ///   - request: The webhook.
  ///   - signatureHeader: The header that carries the platform's signature, if it signs.
  package func apply(to request: inout Request, signatureHeader: String?) {
    switch self {
    case .wrongSignature:
      guard let signatureHeader, let value = request.headers[signatureHeader] else { return }
      request.headers[signatureHeader] = Tampering.forged(value)
    case .missingSignature:
      guard let signatureHeader else { return }
      request.headers[signatureHeader] = nil
    case .truncatedBody, .malformedBody: request.body = changed(request.body)
    }
  }

  /// Changes the answer to a call; answers carry no signature.
  package func apply(to response: inout Response) {
    response.body = changed(response.body)
  }

  private func changed(_ body: [UInt8]) -> [UInt8] {
    switch self {
    case .wrongSignature, .missingSignature: body
    case .truncatedBody(let share):
      Array(body.prefix(Int(min(UInt64(body.count), share.share(of: UInt64(body.count))))))
    case .malformedBody: Tampering.garbled(body)
    }
  }

  /// Returns a signature that differs in one sign in the middle of each of its parts.
  ///
  /// A digit stands there instead, which is a legal sign of Base64 and of hexadecimal.
  private static func forged(_ value: String) -> String {
    value.split(separator: " ", omittingEmptySubsequences: false)
      .map { part in
        var bytes = Array(part.utf8)
        guard !bytes.isEmpty else { return String(part) }
        // The middle of what follows a prefix such as `v1,` or `hmac-sha256-hex=`.
        let start = bytes.dropLast(2).lastIndex { $0 == 0x2C || $0 == 0x3D }.map { $0 + 1 } ?? 0
        let middle = (start + bytes.count - 1) / 2
        bytes[middle] = bytes[middle] == 0x30 ? 0x31 : 0x30
        return String(decoding: bytes, as: UTF8.self)
      }
      .joined(separator: " ")
  }

  /// Returns a body in which one separator near the middle is another sign.
  private static func garbled(_ body: [UInt8]) -> [UInt8] {
    let separators: [UInt8] = Array(":,={}[]<>".utf8)
    var changed = body
    let middle = body.count / 2
    if let index = body[middle...].firstIndex(where: separators.contains)
      ?? body[..<middle].lastIndex(where: separators.contains)
    {
      changed[index] = UInt8(ascii: "#")
    } else {
      changed.append(UInt8(ascii: "#"))
    }
    return changed
  }
}
