import DrydockJSON
import DrydockKernel

/// A body of a Pact, where it is JSON.
struct PactBody {
  let value: JSONNode
  let place: JSONPointer

  /// Reads a body; nothing where there is none, or where it is no JSON, which is listed.
  init?(
    _ body: ImportSource.Place,
    _ message: ImportSource.Place,
    _ source: inout ImportSource
  ) {
    let isWrapped =
      body["content"] != nil && (body["contentType"] != nil || body["encoded"] != nil)
    let declared =
      isWrapped ? body["contentType"]?.string : PactBody.contentType(message)
    if let declared, !MediaType.isJSON(declared) {
      if !body.value.isNull {
        source.leaveOut(
          "'\(declared)' is not carried over: no JSON",
          "import-media-type",
          at: body.pointer
        )
      }
      return nil
    }
    guard isWrapped, let content = body["content"] else {
      if body.value.isNull || body["contentType"] != nil && body["content"] == nil { return nil }
      if declared == nil, let text = body.string, text.hasPrefix("<") {
        source.leaveOut("the body looks like XML, no JSON", "import-media-type", at: body.pointer)
        return nil
      }
      self.init(JSONNode(body.value), body.pointer)
      return
    }
    if content.value.isNull { return nil }
    guard let text = content.string, let encoding = body["encoded"],
      encoding.value.bool == true || encoding.string?.lowercasedASCII == "base64"
        || encoding.string?.lowercasedASCII == "json"
    else {
      self.init(JSONNode(content.value), content.pointer)
      return
    }
    let isText = encoding.string?.lowercasedASCII == "json"
    guard let bytes = isText ? Array(text.utf8) : Base64.decode(text),
      let document = try? JSONDocument.parse(bytes)
    else {
      source.leaveOut(
        "the encoded body cannot be read as JSON",
        "import-pact-part",
        at: content.pointer
      )
      return nil
    }
    self.init(JSONNode(document.root), content.pointer)
  }

  private init(_ value: JSONNode, _ place: JSONPointer) {
    self.value = value
    self.place = place
  }

  /// Returns the content type by the headers or metadata.
  private static func contentType(_ message: ImportSource.Place) -> String? {
    for part in ["headers", "metaData", "metadata"] {
      for member in message[part]?.members ?? []
      where ["content-type", "contenttype"].contains(member.name.lowercasedASCII) {
        return member.place.string ?? member.place.elements.first?.string
      }
    }
    return nil
  }
}

/// Paths of a Pact as templates.
///
///     /orders/7   with a rule ^/orders/[0-9]+$                     →   /orders/{part2}
///     /orders/7   with a generator /orders/${orderId}              →   /orders/{orderId}
enum PactPath {
  static func template(
    _ path: String,
    _ request: ImportSource.Place,
    _ source: inout ImportSource
  ) -> String {
    let text = path.hasPrefix("/") ? path : "/" + path
    let plain = text.filter { !"{}".contains($0) }
    if let made = generated(request) { return made }
    let rules = request["matchingRules"]
    let rule =
      rules?["path"]?["matchers"]?.elements.first ?? rules?["$.path"] ?? rules?["path"]
    guard let rule, rule.value.count > 0 else {
      return PathTemplate(plain) == nil ? "/" : plain
    }
    let segments = plain.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
    var patterns: [Substring] = []
    if let regex = rule["regex"]?.string {
      var inner = regex[...]
      if inner.hasPrefix("^") { inner = inner.dropFirst() }
      if inner.hasSuffix("$") { inner = inner.dropLast() }
      patterns = inner.replacing("\\/", with: "/").dropFirst()
        .split(separator: "/", omittingEmptySubsequences: false)
    }
    source.leaveOut(
      "of the rule of the path only which segments vary is carried over",
      "import-pact-rule",
      at: rule.pointer
    )
    let parts = segments.enumerated().map { index, segment -> String in
      let isFixed =
        patterns.count == segments.count
        ? patterns[index].replacing("\\", with: "") == segment
        : !segment.utf8.contains { (0x30...0x39).contains($0) }
      return isFixed ? String(segment) : "{part\(index + 1)}"
    }
    return "/" + parts.joined(separator: "/")
  }

  /// Returns the path of a generator with provider state: `/orders/${orderId}`.
  private static func generated(_ request: ImportSource.Place) -> String? {
    guard let expression = request["generators"]?["path"]?["expression"]?.string else { return nil }
    let text = expression.replacing("${", with: "{")
    let path = ServerAddress.parts(text).base
    return PathTemplate(path) == nil ? nil : path
  }
}
