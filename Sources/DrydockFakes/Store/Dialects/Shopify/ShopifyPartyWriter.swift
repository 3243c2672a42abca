import DrydockExchange
import DrydockJSON
import DrydockKernel

/// Writes who an order is for and where it goes.
struct ShopifyPartyWriter {
  let order: StoreBooks.Order

  /// Writes the order's address.
  func writeAddress(_ name: String, into writer: inout JSONWriter) {
    let address = order.address
    let (first, last) = Self.names(address.name)
    writer.memberObject(name) {
      $0.member("first_name", first)
      $0.member("address1", address.street)
      $0.memberNull("phone")
      $0.member("city", address.city)
      $0.member("zip", address.zip)
      $0.member(
        "province",
        RegionNames.province(address.provinceCode, country: address.countryCode)
      )
      $0.member("country", RegionNames.country(address.countryCode))
      $0.member("last_name", last)
      $0.memberNull("address2")
      $0.memberNull("company")
      $0.memberNull("latitude")
      $0.memberNull("longitude")
      $0.member("name", address.name)
      $0.member("country_code", address.countryCode)
      $0.member("province_code", address.provinceCode)
    }
  }

  /// Writes the order's customer.
  func writeCustomer(currency: CurrencyCode, into writer: inout JSONWriter) {
    let identifier = ShopifyIdentifier.customer(order.customerNumber)
    let (first, last) = Self.names(order.address.name)
    writer.memberObject("customer") {
      $0.member("id", identifier)
      $0.memberNull("created_at")
      $0.memberNull("updated_at")
      $0.member("first_name", first)
      $0.member("last_name", last)
      $0.member("state", "disabled")
      $0.memberNull("note")
      $0.member("verified_email", true)
      $0.memberNull("multipass_identifier")
      $0.member("tax_exempt", false)
      $0.memberObject("email_marketing_consent") {
        $0.member("state", "not_subscribed")
        $0.member("opt_in_level", "single_opt_in")
        $0.memberNull("consent_updated_at")
      }
      $0.memberNull("sms_marketing_consent")
      $0.member("tags", "")
      $0.member("email", order.customer)
      $0.memberNull("phone")
      $0.member("currency", currency.code)
      $0.memberArray("tax_exemptions") { _ in }
      $0.member("admin_graphql_api_id", ShopifyDialect.globalID("Customer", identifier))
      writeDefaultAddress(customer: identifier, first: first, last: last, into: &$0)
    }
  }

  private func writeDefaultAddress(
    customer: Int64,
    first: String,
    last: String,
    into writer: inout JSONWriter
  ) {
    let address = order.address
    writer.memberObject("default_address") {
      $0.member("id", ShopifyIdentifier.address(order.customerNumber))
      $0.member("customer_id", customer)
      $0.member("first_name", first)
      $0.member("last_name", last)
      $0.memberNull("company")
      $0.member("address1", address.street)
      $0.memberNull("address2")
      $0.member("city", address.city)
      $0.member(
        "province",
        RegionNames.province(address.provinceCode, country: address.countryCode)
      )
      $0.member("country", RegionNames.country(address.countryCode))
      $0.member("zip", address.zip)
      $0.memberNull("phone")
      $0.member("name", address.name)
      $0.member("province_code", address.provinceCode)
      $0.member("country_code", address.countryCode)
      $0.member("country_name", RegionNames.country(address.countryCode))
      $0.member("default", true)
    }
  }

  /// Splits a person's name before its last word.
  static func names(_ name: String) -> (first: String, last: String) {
    guard let space = name.lastIndex(of: " ") else { return ("", name) }
    return (String(name[..<space]), String(name[name.index(after: space)...]))
  }
}
