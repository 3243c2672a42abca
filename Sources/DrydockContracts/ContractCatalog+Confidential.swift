public import DrydockExchange
package import DrydockJSON

extension ContractCatalog {
  /// Returns what must not be written down of an exchange, by the contracts that recognise it.
  ///
  /// Nothing for a half that no contract recognises.
  /// - Complexity: Linear in the bytes of the exchange.
  public func confidential(
    of request: Request,
    answered response: Response?
  ) -> (request: Confidential?, response: Confidential?) {
    let asked = contract(ofRequest: request, body: Self.document(request.body))
    let answered = response.flatMap {
      contract(of: $0, to: request, body: Self.document($0.body))
    }
    return (asked.map(Confidential.init), answered.map(Confidential.init))
  }

  private static func document(_ bytes: [UInt8]) -> JSONDocument? {
    // What is no JSON has no members to tell contracts apart by.
    bytes.isEmpty ? nil : try? JSONDocument.parse(bytes)
  }
}

extension Confidential {
  init(_ contract: Contract) {
    self.init(secret: contract.secret, personal: contract.personal)
  }
}

extension Contract {
  /// Tells whether what stands at a place of the payload is confidential, or within what is.
  package func hides(_ place: JSONPointer) -> Bool {
    (secret + personal).contains { text in
      guard text.hasPrefix("/"), let pattern = try? JSONPointer(parsing: text) else { return false }
      return pattern.tokens.count <= place.tokens.count
        && zip(pattern.tokens, place.tokens).allSatisfy { $0 == "*" || $0 == $1 }
    }
  }
}
