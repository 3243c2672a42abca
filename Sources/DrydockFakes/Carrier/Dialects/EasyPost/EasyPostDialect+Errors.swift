import DrydockExchange
import DrydockJSON
import DrydockKernel

/// What the platform says when it refuses.
///
/// Details are objects with a field and a message, or plain sentences: both forms are real.
extension EasyPostDialect {
  static let unauthorised = error(
    401,
    "APIKEY.INACTIVE",
    "This api key is no longer active. Please use a different api key or reactivate this key."
  )

  static let notFound = error(
    404,
    "NOT_FOUND",
    "The requested resource could not be found.",
    sentence: "The requested resource could not be found."
  )

  static let malformed = error(
    400,
    "BAD_REQUEST",
    "The request could not be understood by the server due to malformed syntax."
  )

  static func required(_ field: String) -> Response {
    error(
      422,
      "PARAMETER.REQUIRED",
      "Missing required parameter.",
      field: field,
      reason: "cannot be blank"
    )
  }

  static func invalid(_ field: String) -> Response {
    error(
      422,
      "PARAMETER.INVALID",
      "Invalid parameter.",
      field: field,
      reason: "is invalid"
    )
  }

  func refusal(_ refusal: Refusal) -> Response {
    switch refusal {
    case .throttled:
      return Self.error(
        429,
        "RATE_LIMITED",
        "You have exceeded the rate limit. Please slow down your requests."
      )
    case .unavailable(let status, let retryAfter):
      var response = Self.error(status, "SERVICE.UNAVAILABLE", "The service is unavailable.")
      if let retryAfter {
        let seconds = (retryAfter.wholeNanoseconds + 999_999_999) / 1_000_000_000
        response.headers.append("Retry-After", String(max(1, seconds)))
      }
      return response
    case .maintenancePage:
      let page = "<html><body><h1>Scheduled maintenance</h1></body></html>"
      return Response(200, headers: ["Content-Type": "text/html"], body: Array(page.utf8))
    case .unauthorised: return Self.unauthorised
    case .forbidden:
      return Self.error(403, "FORBIDDEN", "You are not allowed to do that with this api key.")
    }
  }

  private static func error(
    _ status: Int,
    _ code: String,
    _ message: String,
    sentence: String? = nil,
    field: String? = nil,
    reason: String = ""
  ) -> Response {
    var writer = JSONWriter()
    writer.object { writer in
      writer.memberObject("error") { writer in
        writer.member("code", code)
        writer.member("message", message)
        writer.memberArray("errors") { writer in
          if let sentence { writer.value(sentence) }
          if let field {
            writer.object {
              $0.member("field", field)
              $0.member("message", reason)
            }
          }
        }
      }
    }
    return Response(
      status,
      headers: ["Content-Type": "application/json; charset=utf-8"],
      body: writer.bytes
    )
  }
}
