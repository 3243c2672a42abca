package import DrydockJSON

/// An OpenAPI document, as far as it says which values are exchanged.
///
///     paths./orders.post.requestBody.content.application/json.schema   ──▶ one part
///     paths./orders.post.responses.201.content.application/json.schema ──▶ another
///
/// References inside the document are followed; nothing is ever fetched.
///
/// - Source: OpenAPI 3.0 and 3.1, and the same parts of Swagger 2.0.
package struct OpenAPIDocument: Sendable {
  /// What is exchanged where.
  package struct Part: Hashable, Sendable {
    /// Which way a part travels, and which piece of the message it is.
    package enum Role: Hashable, Sendable {
      case request
      case requestBody(String)
      case response(status: String)
      case responseBody(status: String, String)
      case parameter(place: String, name: String)
      case responseHeader(status: String, name: String)

      /// Whether the client writes it.
      package var isRequest: Bool {
        switch self {
        case .request, .requestBody, .parameter: true
        case .response, .responseBody, .responseHeader: false
        }
      }

      /// The part in words.
      package var words: String {
        switch self {
        case .request: "request body"
        case .response(let status): "response \(status)"
        case .requestBody(let media): "request body \(media)"
        case .responseBody(let status, let media): "response \(status) \(media)"
        case .parameter(let place, let name): "\(place) parameter '\(name)'"
        case .responseHeader(let status, let name): "response \(status) header '\(name)'"
        }
      }
    }

    /// Method and path, names of path parameters left out.
    package var operation: String
    package var role: Role
    /// Where its schema is; nothing where any value will do.
    package var schema: JSONPointer?
    /// Where the part itself is.
    package var place: JSONPointer
    package var isRequired: Bool
  }

  /// The document as it was read.
  package let source: JSONDocument
  /// The document for what clients write, and for what servers write, in plain JSON Schema.
  package let requests: JSONDocument
  package let responses: JSONDocument
  /// Whether schemas are those of OpenAPI 3.0 or before.
  package let isOld: Bool
  /// The operations, in the order of the document: method and path, and where they are.
  package private(set) var operations: [(name: String, place: JSONPointer)] = []
  /// All parts.
  package private(set) var parts: [Part] = []

  private static let methods = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
  ]
  private static let partsMax = 100_000

  /// Reads a document; nothing where it is none of OpenAPI.
  package init?(_ document: JSONDocument) {
    let version = document.root["openapi"]?.string ?? document.root["swagger"]?.string
    guard let version else { return nil }
    isOld = version.hasPrefix("3.0") || version.hasPrefix("2")
    source = document
    let node = JSONNode(document.root)
    requests = OpenAPIDocument.plain(node, isOld: isOld, without: "readOnly") ?? document
    responses = OpenAPIDocument.plain(node, isOld: isOld, without: "writeOnly") ?? document
    for section in ["paths", "webhooks"] {
      for path in document.root[section]?.members.map({ $0 }) ?? [] {
        let name = section == "paths" ? path.name : "webhook:" + path.name
        read(name, path.value, JSONPointer(tokens: [section, path.name]))
      }
    }
  }

  private static func plain(_ node: JSONNode, isOld: Bool, without mark: String) -> JSONDocument? {
    let rewriter = OpenAPISchemaRewriter(isOld: isOld, mark: mark)
    return try? JSONDocument.parse(rewriter.rewritten(node).bytes())
  }

  /// Follows references to other places of the document.
  private func resolved(
    _ value: JSONValue,
    _ place: JSONPointer
  ) -> (value: JSONValue, place: JSONPointer) {
    var current = (value, place)
    for _ in 0..<32 {
      guard let text = current.0["$ref"]?.string, text.hasPrefix("#"),
        let pointer = try? JSONPointer(parsing: text), let target = source.root.at(pointer)
      else { break }
      current = (target, pointer)
    }
    return current
  }

  private mutating func read(_ path: String, _ value: JSONValue, _ place: JSONPointer) {
    let (item, itemPlace) = resolved(value, place)
    let shared = item["parameters"].map { ($0, itemPlace.appending("parameters")) }
    for method in OpenAPIDocument.methods {
      guard let operation = item[method] else { continue }
      let name = method.uppercased() + " " + OpenAPIDocument.withoutNames(path)
      let here = itemPlace.appending(method)
      operations.append((name, here))
      readParameters(operation, here, shared, name, path)
      readRequestBody(operation, here, name)
      readResponses(operation, here, name)
    }
  }

  /// Returns a path with the names of its parameters left out.
  private static func withoutNames(_ path: String) -> String {
    path.split(separator: "/", omittingEmptySubsequences: false).map { segment in
      segment.hasPrefix("{") && segment.hasSuffix("}") ? "{}" : String(segment)
    }.joined(separator: "/")
  }

  private mutating func add(
    _ operation: String,
    _ role: Part.Role,
    _ schema: JSONPointer?,
    _ place: JSONPointer,
    required: Bool
  ) {
    guard parts.count < OpenAPIDocument.partsMax else { return }
    parts.append(
      Part(operation: operation, role: role, schema: schema, place: place, isRequired: required)
    )
  }

  private mutating func readParameters(
    _ operation: JSONValue,
    _ place: JSONPointer,
    _ shared: (JSONValue, JSONPointer)?,
    _ name: String,
    _ path: String
  ) {
    var seen: Set<String> = []
    let own = operation["parameters"].map { ($0, place.appending("parameters")) }
    for (list, listPlace) in [own, shared].compactMap({ $0 }) {
      for (index, element) in list.elements.enumerated() {
        let (parameter, here) = resolved(element, listPlace.appending(index))
        guard let place = parameter["in"]?.string, let label = parameter["name"]?.string,
          seen.insert(place + " " + label).inserted
        else { continue }
        let isRequired = parameter["required"]?.bool ?? false
        if place == "body" {
          add(name, .request, nil, here, required: isRequired)
          let schema = parameter["schema"].map { _ in here.appending("schema") }
          add(name, .requestBody("*/*"), schema, here, required: false)
          continue
        }
        // A parameter of the path is known by its place, whatever its name.
        let slots = path.split(separator: "/").filter { $0.hasPrefix("{") }
        let slot = slots.firstIndex(of: "{\(label)}")
        let known = place == "path" ? "{\(slot.map { String($0 + 1) } ?? label)}" : label
        let role = Part.Role.parameter(place: place, name: known)
        add(name, role, schema(of: parameter, here), here, required: isRequired)
      }
    }
  }

  /// Returns where the schema of a parameter or header is.
  private func schema(of parameter: JSONValue, _ place: JSONPointer) -> JSONPointer? {
    if parameter["schema"] != nil { return place.appending("schema") }
    if let media = parameter["content"]?.members.first(where: { $0.value["schema"] != nil }) {
      return place.appending("content").appending(media.name).appending("schema")
    }
    return parameter["type"] != nil ? place : nil
  }

  private mutating func readRequestBody(
    _ operation: JSONValue,
    _ place: JSONPointer,
    _ name: String
  ) {
    guard let value = operation["requestBody"] else { return }
    let (body, here) = resolved(value, place.appending("requestBody"))
    let isRequired = body["required"]?.bool ?? false
    add(name, .request, nil, here, required: isRequired)
    for media in body["content"]?.members.map({ $0 }) ?? [] {
      let there = here.appending("content").appending(media.name)
      let schema = media.value["schema"].map { _ in there.appending("schema") }
      add(name, .requestBody(media.name), schema, there, required: false)
    }
  }

  private mutating func readResponses(
    _ operation: JSONValue,
    _ place: JSONPointer,
    _ name: String
  ) {
    for response in operation["responses"]?.members.map({ $0 }) ?? [] {
      let status = response.name
      let start = place.appending("responses").appending(status)
      let (value, here) = resolved(response.value, start)
      add(name, .response(status: status), nil, here, required: false)
      for media in value["content"]?.members.map({ $0 }) ?? [] {
        let there = here.appending("content").appending(media.name)
        let schema = media.value["schema"].map { _ in there.appending("schema") }
        add(name, .responseBody(status: status, media.name), schema, there, required: false)
      }
      if value["schema"] != nil {
        let schema = here.appending("schema")
        add(name, .responseBody(status: status, "*/*"), schema, here, required: false)
      }
      for header in value["headers"]?.members.map({ $0 }) ?? [] {
        let label = here.appending("headers").appending(header.name)
        let (inner, there) = resolved(header.value, label)
        add(
          name,
          .responseHeader(status: status, name: header.name.lowercased()),
          schema(of: inner, there),
          there,
          required: inner["required"]?.bool ?? false
        )
      }
    }
  }
}
