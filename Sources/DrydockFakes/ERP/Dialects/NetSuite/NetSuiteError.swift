import DrydockExchange
import DrydockJSON
import DrydockKernel

/// Why the platform refuses a call, in its own words.
struct NetSuiteError: Error, Hashable, Sendable {
  /// The part of the request that is wrong, if the platform names one.
  enum Place: Hashable, Sendable {
    case none
    /// A member of the body, such as `item.items[0].item`.
    case path(String)
    case query(String)
    case header(String)
    case url(String)
  }

  var status: Int
  var code: String
  var detail: String
  var place: Place

  init(_ status: Int = 400, _ code: String, _ detail: String, at place: Place = .none) {
    self.status = status
    self.code = code
    self.detail = detail
    self.place = place
  }

  // MARK: Errors by name

  static let invalidLogin = NetSuiteError(
    401,
    "INVALID_LOGIN",
    "Invalid login attempt. For more details, see the Login Audit Trail in the NetSuite UI at "
      + "Setup > Users/Roles > User Management > View Login Audit Trail."
  )
  static let insufficientPermission = NetSuiteError(
    403,
    "INSUFFICIENT_PERMISSION",
    "Permission Violation: You need a higher level of permission to access this resource."
  )
  static let concurrencyLimit = NetSuiteError(
    429,
    "CONCURRENCY_LIMIT_EXCEEDED",
    "Concurrent request limit exceeded. Request blocked."
  )
  static let malformed = NetSuiteError(
    400,
    "INVALID_REQUEST",
    "The request could not be understood by the server due to malformed syntax."
  )
  static let unexpected = NetSuiteError(
    500,
    "UNEXPECTED_ERROR",
    "An unexpected error occurred. Error ID: jrgbpyylphhishmmlxyt"
  )

  static func notFound(_ path: some StringProtocol) -> NetSuiteError {
    NetSuiteError(
      404,
      "NOT_FOUND",
      "The requested resource does not exist.",
      at: .url(String(path))
    )
  }

  static func noRecord(_ path: some StringProtocol) -> NetSuiteError {
    NetSuiteError(
      404,
      "NONEXISTENT_ID",
      "The record instance does not exist. Provide a valid record instance ID.",
      at: .url(String(path))
    )
  }

  static func methodNotAllowed(_ method: String) -> NetSuiteError {
    NetSuiteError(
      405,
      "METHOD_NOT_ALLOWED",
      "The \(method) method is not supported for this resource."
    )
  }

  static func invalidValue(_ value: String, of field: String, at path: String) -> NetSuiteError {
    NetSuiteError(
      400,
      "INVALID_CONTENT",
      "Error while accessing resource: You have entered an Invalid Field Value \(value) for the "
        + "following field: \(field)",
      at: .path(path)
    )
  }

  static func parameter(_ name: String, _ detail: String) -> NetSuiteError {
    NetSuiteError(400, "INVALID_PARAMETER", detail, at: .query(name))
  }

  static func userError(_ detail: String, at place: Place = .none) -> NetSuiteError {
    NetSuiteError(400, "USER_ERROR", "Error while accessing resource: \(detail)", at: place)
  }

  /// Whether this says that an order as such is not wanted, rather than that the call went wrong.
  var refusesContent: Bool {
    status == 400 && ["USER_ERROR", "INVALID_CONTENT", "INVALID_KEY_OR_REF"].contains(code)
  }

  // MARK: On the wire

  static let contentType = "application/vnd.oracle.resource+json; type=error; charset=UTF-8"

  /// Returns the error as the platform answers it.
  func response(_ generation: ERPSettings.Generation) -> Response {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member(
        "type",
        generation == .y2020
          ? "https://www.w3.org/Protocols/rfc2616/rfc2616-sec10.html"
          : "https://www.rfc-editor.org/rfc/rfc9110.html#section-15"
      )
      writer.member("title", Self.title(of: status))
      writer.member("status", status)
      writer.memberArray("o:errorDetails") { writer in
        writer.object { writer in
          writer.member("detail", detail)
          switch place {
          case .none: break
          case .path(let path): writer.member("o:errorPath", path)
          case .query(let name): writer.member("o:errorQueryParam", name)
          case .header(let name): writer.member("o:errorHeader", name)
          case .url(let path): writer.member("o:errorUrl", path)
          }
          writer.member("o:errorCode", code)
        }
      }
    }
    var headers: HeaderFields = ["Content-Type": Self.contentType]
    if status == 401 {
      headers.append("WWW-Authenticate", "Bearer error=\"invalid_token\"")
    }
    return Response(status, headers: headers, body: writer.bytes)
  }

  /// The title of a status; the platform keeps that of 400 at 429.
  private static func title(of status: Int) -> String {
    switch status {
    case 401: "Unauthorized"
    case 403: "Forbidden"
    case 404: "Not Found"
    case 405: "Method Not Allowed"
    case 415: "Unsupported Media Type"
    case 500: "Internal Server Error"
    default: "Bad Request"
    }
  }
}

extension NetSuiteError {
  /// Creates the platform's error for what the books refuse.
  ///
  /// - Parameters:
  ///   - refusal: Why.
  ///   - list: The path of the lines in the body, such as `item.items`.
  init(_ refusal: ERPRefusal, list: String = "item.items") {
    switch refusal {
    case .missing(let field, let line):
      self = .userError(
        "Please enter value(s) for: \(Self.label(of: field))",
        at: .path(line.map { "\(list)[\($0)].\(Self.member(of: field))" } ?? Self.member(of: field))
      )
    case .unknownRecord(let kind, let id):
      self = .invalidValue(id, of: kind == .invoice ? "doc" : "id", at: "apply.items[0].doc")
    case .unknownCustomer(let text): self = .invalidValue(text, of: "entity", at: "entity")
    case .unknownLine(let number, let position):
      self = .invalidValue(String(number), of: "orderLine", at: "\(list)[\(position)].orderLine")
    case .alreadyExists:
      self = NetSuiteError(
        400,
        "DUP_RCRD",
        "Error while accessing resource: This record already exists",
        at: .path("externalId")
      )
    case .externalIDDiffers(_, let found):
      self = .invalidValue(found, of: "externalId", at: "externalId")
    case .itemDiffers(let line), .itemNotAllowed(let line):
      self = .userError(
        "The item of this line cannot be changed.",
        at: .path("\(list)[\(line)].item")
      )
    case .lineInUse(let number):
      self = .userError("Line \(number) cannot be deleted: it is linked to other transactions.")
    case .quantityBelowFulfilled(let line):
      self = .userError(
        "The quantity cannot be less than the quantity fulfilled.",
        at: .path("\(list)[\(line)].quantity")
      )
    case .quantityExceeds(let available, let line):
      self = .userError(
        "The quantity exceeds the remaining quantity of \(available).",
        at: .path("\(list)[\(line)].quantity")
      )
    case .outOfStock(let sku, let line):
      self = .userError(
        "There is not enough on hand of \(sku) at this location.",
        at: .path("\(list)[\(line)].quantity")
      )
    case .tooLarge(let line):
      self = NetSuiteError(
        400,
        "INVALID_CONTENT",
        "Error while accessing resource: The value is out of range.",
        at: line.map { .path("\(list)[\($0)]") } ?? .path(list)
      )
    default: self = .userError(Self.sentence(of: refusal, list: list))
    }
  }

  /// The sentence of a refusal that names no part of the body.
  private static func sentence(of refusal: ERPRefusal, list: String) -> String {
    switch refusal {
    case .creditHold(let customer): "Customer \(customer) is on credit hold."
    case .creditLimit(let customer): "Customer \(customer) exceeds the credit limit."
    case .priceDiffers(let sku, let expected, let found, let line):
      "The rate \(found.decimalString) of \(sku) in line \(line + 1) differs from the price list: "
        + expected.decimalString
    case .amountDiffers(let expected, let found, let line):
      "The amount \(found.decimalString) in \(list)[\(line)] must be \(expected.decimalString)"
    case .countryRefused(let country):
      "A workflow exception was thrown: deliveries to \(country) are not allowed."
    case .pendingApproval: "The transaction is pending approval."
    case .orderClosed: "The transaction is closed and cannot be changed."
    case .approvalNotRevocable: "The approval cannot be taken back once lines are in progress."
    case .nothingToDo: "You must enter at least one line item for this transaction."
    case .stageGoesBack: "The status of a fulfillment cannot go back."
    case .closedPeriod: "You cannot create or change a transaction in a closed accounting period."
    case .creditRefused: "A workflow exception was thrown: credit memos need a manager's review."
    case .creditExceedsInvoiced(let left):
      "The credit exceeds what is left of the invoiced amount: \(left.decimalString)"
    default: "The request could not be completed."
    }
  }

  private static func label(of field: ERPRefusal.Field) -> String {
    switch field {
    case .customer: "Customer"
    case .items: "Items"
    case .item: "Item"
    case .quantity: "Quantity"
    case .location: "Location"
    case .postalCode: "Zip"
    case .amount: "Amount"
    case .orderLine: "Order Line"
    case .account: "Account"
    }
  }

  private static func member(of field: ERPRefusal.Field) -> String {
    switch field {
    case .customer: "entity"
    case .items: "item"
    case .postalCode: "shippingAddress.zip"
    default: field.rawValue
    }
  }
}
