import DrydockJSON
import DrydockKernel

extension JSONWriter {
  /// Writes an amount as text, and under `…_set` in the shop's and the customer's currency.
  mutating func shopifyMoney(_ name: String, _ money: Money) {
    member(name, money.decimalString)
    shopifyMoneyBag(name + "_set", money)
  }

  /// Writes an amount in the shop's and the customer's currency, which are one here.
  mutating func shopifyMoneyBag(
    _ name: String,
    _ money: Money,
    currencyName: String = "currency_code"
  ) {
    let amount = money.decimalString
    let code = money.currency.code
    memberObject(name) {
      $0.memberObject("shop_money") {
        $0.member("amount", amount)
        $0.member(currencyName, code)
      }
      $0.memberObject("presentment_money") {
        $0.member("amount", amount)
        $0.member(currencyName, code)
      }
    }
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
