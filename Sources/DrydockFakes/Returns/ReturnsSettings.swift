package import DrydockKernel

/// What a returns platform starts with and how it behaves.
package struct ReturnsSettings: Hashable, Sendable {
  /// The host that the platform answers on.
  package var host = "api.loopreturns.com"
  /// The key that calls must carry.
  package var apiKey = "loop-api-key"
  /// The secret that signs webhooks.
  package var webhookSecret = "loop-webhook-secret"
  /// Whether a return that can be made is approved without a person.
  package var approvesAutomatically = true
  /// Whether only what was fulfilled can be returned.
  package var requiresFulfilment = true
  /// What is kept back of each refund.
  package var handlingFee: Money?
  /// How long a label takes to be made.
  package var labelDelay = Duration.seconds(2)
  /// How long processing takes after it was asked for.
  package var processingDelay = Duration.seconds(20)
  /// How many of the next processings fail.
  package var processingFailures = 0
  /// How long a label may stay without a scan before its return expires.
  package var labelLifetime = Duration.seconds(28 * 86_400)
  /// Where return parcels go.
  package var destination = StoryCommand.Address(
    name: "Returns Desk",
    street: "50 Wharf Street",
    city: "Portland",
    provinceCode: "ME",
    zip: "04101",
    countryCode: "US"
  )

  package init() {}
}
