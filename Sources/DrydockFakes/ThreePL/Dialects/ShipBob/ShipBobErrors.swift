import DrydockExchange
import DrydockJSON
import DrydockKernel

/// What the platform says when it refuses, in the four shapes its parts use.
///
/// - The gateway in front: `{"statusCode":429,"message":"Rate limit is exceeded. …"}`.
/// - Orders: `{"ReferenceId":["…"]}`, a list of messages per member, the key empty for the whole.
/// - Inventory and lookups: `{"type","title","status","detail","instance"}`.
/// - Returns: `{"message","errors","details","stackTrace"}`.
enum ShipBobErrors {
  static func gateway(_ status: Int, _ message: String) -> Response {
    var writer = JSONWriter()
    writer.object {
      $0.member("statusCode", status)
      $0.member("message", message)
    }
    return json(status, writer)
  }

  static func modelState(_ status: Int, _ problems: [ShipBobReader.Problem]) -> Response {
    var writer = JSONWriter()
    writer.object { writer in
      var written: [String] = []
      for problem in problems where !written.contains(problem.key) {
        written.append(problem.key)
        writer.memberArray(problem.key) { writer in
          for other in problems where other.key == problem.key { writer.value(other.message) }
        }
      }
    }
    return json(status, writer)
  }

  static func problem(
    _ status: Int,
    _ title: String,
    detail: String,
    instance: Substring
  ) -> Response {
    var writer = JSONWriter()
    writer.object {
      $0.member("type", "https://tools.ietf.org/html/rfc9110#section-15.5.\(status - 399)")
      $0.member("title", title)
      $0.member("status", status)
      $0.member("detail", detail)
      $0.member("instance", String(instance))
    }
    return json(status, writer, type: "application/problem+json")
  }

  static func returns(_ status: Int, _ message: String, errors: [String] = []) -> Response {
    var writer = JSONWriter()
    writer.object {
      $0.member("message", message)
      $0.memberArray("errors") { writer in for error in errors { writer.value(error) } }
      $0.memberNull("details")
      $0.memberNull("stackTrace")
    }
    return json(status, writer)
  }

  static func json(
    _ status: Int,
    _ writer: JSONWriter,
    type: String = "application/json; charset=utf-8"
  ) -> Response {
    Response(status, headers: ["Content-Type": type], body: writer.bytes)
  }
}
