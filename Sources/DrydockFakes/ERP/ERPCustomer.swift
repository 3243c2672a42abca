package import DrydockKernel

/// A customer, who is known by an e-mail address.
package struct ERPCustomer: Hashable, Sendable {
  package var id: Int64
  package var email: String
  package var name: String
  package var creditLimit: Money?
  package var isHeld: Bool
  /// What the customer's orders are worth, less what was credited; kept where there is a limit.
  package var exposure: Money
}

/// Where goods go, as far as the ERP keeps it.
package struct ERPAddress: Hashable, Sendable {
  package var addressee: String?
  package var street: String?
  package var city: String?
  package var state: String?
  package var postalCode: String?
  package var country: String?

  package init() {}
}

/// Who an order or a credit memo is for, as the caller names the customer.
package enum ERPCustomerReference: Hashable, Sendable {
  case id(Int64)
  case email(String)
}
