package import DrydockExchange
package import DrydockKernel
package import DrydockWorld

/// Plays a plan in virtual time: a synchronous, pure function of plan, seed and integration.
///
///     world.step() ─▶ deliveries ─▶ integration.receive ─▶ world.accept ─▶ …  until it is quiet
package enum Simulator {
  /// Plays a plan to its end and returns what happened.
  ///
  /// The run ends when nothing but background work has happened for the plan's settling time, or
  /// when one of its limits is reached, which the trace then says.
  /// - Complexity: O(e log e) in the events of the run.
  package static func run(
    _ plan: Plan,
    seed: Seed,
    against integration: consuming some Integration
  ) -> Run {
    var integration = integration
    var world = World(plan: plan, seed: seed)
    var outputs: [IntegrationOutput] = []
    while true {
      while let delivery = world.takeDelivery() {
        switch delivery {
        case .crash: integration.crash()
        case .input(let input, let background):
          outputs.removeAll(keepingCapacity: true)
          integration.receive(input, at: world.now, into: &outputs)
          world.accept(outputs, background: background)
        }
      }
      world.healWhenCalm()
      if world.nextInstant == nil || world.isQuiet { break }
      world.step()
    }
    world.conclude()
    return Run(
      trace: world.trace,
      seed: seed,
      staleFaults: world.staleFaults,
      staleVersions: world.staleVersions,
      failedVersions: world.failedVersions.map(Run.FailedVersion.init),
      staleCrashes: world.staleCrashes,
      events: world.steps
    )
  }
}

/// One plan played with one seed.
package struct Run: Sendable {
  /// What happened.
  package var trace: Trace
  /// The seed it was played with.
  package var seed: Seed
  /// The faults that no message ever matched, by name: the scenario no longer tests what it says.
  package var staleFaults: [String]
  /// The switches to another version after which no message was written, by name.
  package var staleVersions: [String]
  /// The switches whose upgrade did not apply to a message, and the first such message of each.
  package var failedVersions: [FailedVersion]
  /// The crashes that never came.
  package var staleCrashes: [String]
  /// How many queue events it took.
  package var events: Int

  /// A version that a message could not be written in.
  package struct FailedVersion: Hashable, Sendable {
    /// The name of the switch.
    package var id: String
    /// The message, in the words of faults.
    package var operation: String
    /// The version.
    package var version: String
    /// Why.
    package var reason: String
    /// When the first such message was written.
    package var at: VirtualInstant

    init(_ failure: VersionSwitches.Failure) {
      id = failure.id
      operation = failure.operation
      version = failure.version
      reason = failure.reason
      at = failure.at
    }
  }
}
