import DrydockExchange
import DrydockJSON
import DrydockKernel

/// A JSON object of a request, read member by member; what is not read is refused.
struct ShopifyBody {
  /// The member it stands under, for errors.
  let name: String
  let value: JSONValue

  /// Reads a request's body, which must be a JSON object; errors call it by a name.
  static func root(
    of request: Request,
    named root: String
  ) throws(ShopifyFailure) -> ShopifyBody {
    let type = request.headers["Content-Type"] ?? ""
    guard type.prefix(while: { $0 != ";" }).lowercased() == "application/json" else {
      throw .missingRoot(root)
    }
    var options = JSONReadOptions.strict
    options.bytesMax = StoreLimits.bodyBytesMax
    let document: JSONDocument
    do {
      document = try JSONDocument.parse(request.body, options: options)
    } catch {
      throw .missingRoot(root)
    }
    guard document.root.kind == .object else { throw .missingRoot(root) }
    return ShopifyBody(name: root, value: document.root)
  }

  /// Reads the one member of a request's body that holds everything.
  static func member(
    _ name: String,
    of request: Request
  ) throws(ShopifyFailure) -> ShopifyBody {
    let body = try root(of: request, named: name)
    guard let member = body.value[name], member.kind == .object, body.value.count == 1 else {
      throw .missingRoot(name)
    }
    return ShopifyBody(name: name, value: member)
  }

  /// Refuses members other than these.
  func allow(_ names: String...) throws(ShopifyFailure) {
    for member in value.members where !names.contains(member.name) {
      throw .invalid(member.name, "is not a permitted parameter of \(name)")
    }
  }

  /// Returns a member unless it is absent or null.
  func present(_ name: String) -> JSONValue? {
    guard let member = value[name], !member.isNull else { return nil }
    return member
  }

  func string(_ name: String) throws(ShopifyFailure) -> String? {
    guard let member = present(name) else { return nil }
    guard let text = member.string else { throw .invalid(name, "expected String to be a String") }
    return text
  }

  func bool(_ name: String) throws(ShopifyFailure) -> Bool? {
    guard let member = present(name) else { return nil }
    guard let flag = member.bool else { throw .invalid(name, "must be true or false") }
    return flag
  }

  func integer(_ name: String) throws(ShopifyFailure) -> Int64? {
    guard let member = present(name) else { return nil }
    guard let number = member.int else { throw .invalid(name, "is not an integer") }
    return number
  }

  func requiredInteger(_ name: String) throws(ShopifyFailure) -> Int64 {
    guard let number = try integer(name) else { throw .invalid(name, "can't be blank") }
    return number
  }

  /// Reads an amount, which may be written as text or as a number, of the shop's currency.
  func money(_ name: String, _ currency: CurrencyCode) throws(ShopifyFailure) -> Money? {
    guard let member = present(name) else { return nil }
    guard let text = member.string ?? member.number?.text,
      let money = Money(parsing: text, currency: currency)
    else { throw .invalid(name, "is not a number") }
    return money
  }

  /// Reads the objects of an array; nothing where it is absent or null.
  func objects(_ name: String) throws(ShopifyFailure) -> [ShopifyBody]? {
    guard let member = present(name) else { return nil }
    guard member.kind == .array else { throw .invalid(name, "must be an array") }
    var objects: [ShopifyBody] = []
    for element in member.elements {
      guard element.kind == .object else { throw .invalid(name, "must be an array of objects") }
      objects.append(ShopifyBody(name: name, value: element))
    }
    return objects
  }

  func object(_ name: String) throws(ShopifyFailure) -> ShopifyBody? {
    guard let member = present(name) else { return nil }
    guard member.kind == .object else { throw .invalid(name, "must be an object") }
    return ShopifyBody(name: name, value: member)
  }
}
