import DrydockExchange
import DrydockKernel

/// Acknowledges every webhook and does nothing about it.
struct AcknowledgingIntegration: Integration {
  mutating func receive(
    _ input: IntegrationInput,
    at now: VirtualInstant,
    into outputs: inout [IntegrationOutput]
  ) {
    if case .webhook(let exchange, _, _) = input {
      outputs.append(.respond(exchange, Response(200)))
    }
  }

  mutating func crash() {}
}

/// Counts its own making, as a class that keeps state between runs would show.
final class CountingIntegration: Integration {
  let number: Int

  init(number: Int) {
    self.number = number
  }

  func receive(
    _ input: IntegrationInput,
    at now: VirtualInstant,
    into outputs: inout [IntegrationOutput]
  ) {
    guard case .started = input else { return }
    outputs.append(.note(IntegrationNote(.replayed, text: "integration \(number)")))
  }

  func crash() {}
}
