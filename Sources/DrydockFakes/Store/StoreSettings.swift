package import DrydockKernel

/// What a store starts with and how it behaves.
package struct StoreSettings: Hashable, Sendable {
  /// The host that the store answers on.
  package var host = "acme-dist.myshopify.com"
  /// The token that calls must carry.
  package var accessToken = "shpat_acme-dist-access-token"
  /// The app's client secret, which signs webhooks.
  package var webhookSecret = "shpss_acme-dist-client-secret"
  /// The version of the interface that subscriptions and unversioned answers speak.
  package var apiVersion = "2026-04"
  /// The shop's zone, in which it writes dates.
  package var zone = ZoneRules.named("America/New_York") ?? .utc
  /// Units available to sell at the start, by SKU.
  package var stock: [Level] = []
  /// Units available to sell at the start of every SKU that `stock` does not name.
  package var stockOtherwise = 100
  /// Whether the checkout sells more than is available.
  package var oversells = false
  /// Whether `orders/updated` follows each `orders/create`, as on the platform.
  package var updatesAfterCreation = true
  /// How long after `orders/create` that update is sent.
  package var updateDelay = Duration.milliseconds(900)
  /// Whether a change of available stock is announced.
  package var announcesStock = false
  /// Whether an order is archived, and so left out of open lists, when all of it is fulfilled.
  package var archivesFulfilled = true
  /// The number of the first exchange order.
  package var exchangeNumberFrom = 9001

  package init() {}

  /// Units of a SKU available to sell.
  package struct Level: Hashable, Sendable {
    package var sku: String
    package var available: Int

    package init(sku: String, available: Int) {
      self.sku = sku
      self.available = available
    }
  }
}
