import DrydockJSON

/// An answer that says no, in one of the shapes that Loop uses; some come with status 200.
struct LoopFailure: Error, Hashable, Sendable {
  /// How the body says it.
  enum Shape: Hashable, Sendable {
    /// `{"error": {"code", "http_code", "message"}}`, the two codes swapped as on the platform.
    case error(code: String, httpCode: String, String)
    /// `{"errors": {"message", "code"}}`
    case coded(String, code: String)
    /// `{"errors": ["…"]}`
    case list([String])
    /// `{"message": "…"}`
    case message(String)
    /// `{"content": "…"}`
    case content(String)
    /// `"false"`
    case no
  }

  var status: Int
  var shape: Shape

  init(_ status: Int, _ shape: Shape) {
    self.status = status
    self.shape = shape
  }

  /// The answer's body.
  var body: [UInt8] {
    var writer = JSONWriter(escapesSlashes: true, escapesNonASCII: true)
    switch shape {
    case .no: writer.value("false")
    case .error(let code, let httpCode, let text):
      writer.object {
        $0.memberObject("error") {
          $0.member("code", code)
          $0.member("http_code", httpCode)
          $0.member("message", text)
        }
      }
    case .coded(let text, let code):
      writer.object {
        $0.memberObject("errors") {
          $0.member("message", text)
          $0.member("code", code)
        }
      }
    case .list(let texts):
      writer.object { $0.memberArray("errors") { for text in texts { $0.value(text) } } }
    case .message(let text): writer.object { $0.member("message", text) }
    case .content(let text): writer.object { $0.member("content", text) }
    }
    return writer.bytes
  }

  static let unauthorised = LoopFailure(
    401,
    .error(code: "401", httpCode: "GEN-UNAUTHORIZED", "Unauthorized.")
  )
  static let forbidden = LoopFailure(
    403,
    .error(code: "403", httpCode: "GEN-FORBIDDEN", "Forbidden.")
  )
  static let unknownRoute = LoopFailure(404, .message("Not Found"))
  static let wrongMethod = LoopFailure(405, .message("Method Not Allowed"))
  static let unknownReturn = LoopFailure(404, .coded("Return not found.", code: "NOT_FOUND"))
  static let throttled = LoopFailure(429, .message("Too Many Attempts."))

  /// The request is malformed.
  static func invalid(_ text: String) -> LoopFailure { LoopFailure(422, .list([text])) }
}

extension LoopFailure {
  /// Says why a return is not settled: with status 200, and in a shape for each reason.
  init(processing refusal: ReturnsRefusal) {
    switch refusal {
    case .cancelled:
      self.init(200, .message("Return is cancelled and therefore cannot be processed."))
    case .inReview: self.init(200, .content("Return is flagged and cannot be processed."))
    case .closed:
      self.init(
        200,
        .coded(
          "Return is closed and therefore cannot be processed.",
          code: "UNPROCESSABLE_RETURN"
        )
      )
    case .expired:
      self.init(
        200,
        .coded(
          "Return is expired and therefore cannot be processed.",
          code: "UNPROCESSABLE_RETURN"
        )
      )
    default: self = .unknownReturn
    }
  }

  /// Says why a return is not closed, cancelled, flagged or noted.
  init(acting refusal: ReturnsRefusal) {
    switch refusal {
    case .cancelled, .closed, .expired: self.init(200, .no)
    case .tooManyNotes: self = .invalid("The note could not be added.")
    default: self = .unknownReturn
    }
  }
}
