import DrydockJSON
import DrydockKernel

extension JSONWriter {
  /// Writes an amount as text, and under a second name in the shop's and the customer's currency.
  mutating func shopifyMoney(_ name: String, _ bagName: String, _ money: Money) {
    let amount = money.decimalString
    member(name, amount)
    member(bagName, raw: MoneyBag.bytes(amount, money.currency.code, MoneyBag.code))
  }

  /// Writes an amount in the shop's and the customer's currency, which are one here.
  mutating func shopifyMoneyBag(_ name: String, _ money: Money) {
    member(name, raw: MoneyBag.bytes(money.decimalString, money.currency.code, MoneyBag.code))
  }

  /// Writes such an amount with the shorter name that transactions give to the currency.
  mutating func shopifyUnsettledBag(_ name: String, _ money: Money) {
    member(name, raw: MoneyBag.bytes(money.decimalString, money.currency.code, MoneyBag.currency))
  }

  /// Writes an amount as a number, without the zeros that the platform leaves out.
  mutating func shopifyNumber(_ name: String, _ money: Money) {
    var text = Substring(money.decimalString)
    if text.utf8.contains(0x2E) {
      while text.hasSuffix("0"), !text.hasSuffix(".0") { text.removeLast() }
    } else {
      text += ".0"
    }
    member(name, number: String(text))
  }
}

/// The text of an amount in two currencies, which is almost half of an order's payload.
///
/// It is put together from pieces, since nothing in it has to be escaped.
private enum MoneyBag {
  static let code = Array("\",\"currency_code\":\"".utf8)
  static let currency = Array("\",\"currency\":\"".utf8)
  private static let shop = Array("{\"shop_money\":{\"amount\":\"".utf8)
  private static let presentment = Array("\"},\"presentment_money\":{\"amount\":\"".utf8)
  private static let end = Array("\"}}".utf8)

  static func bytes(_ amount: String, _ currency: String, _ name: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(192)
    bytes += shop
    bytes += amount.utf8
    bytes += name
    bytes += currency.utf8
    bytes += presentment
    bytes += amount.utf8
    bytes += name
    bytes += currency.utf8
    bytes += end
    return bytes
  }
}
