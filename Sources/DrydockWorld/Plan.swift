package import DrydockExchange
package import DrydockFakes
package import DrydockFaults
package import DrydockKernel

/// A scenario resolved and checked: everything a run needs but its seed.
///
/// Plan and seed determine a run to the byte.
package struct Plan: Sendable {
  /// The scenario's title.
  package var title: String
  /// The scenario's file, as reports name it; empty for a plan made in code.
  package var file: String
  /// When the run begins; nothing happens before.
  package var start: VirtualInstant
  /// The partners, in the scenario's order.
  package var partners: [PartnerPlan]
  /// Products and nodes.
  package var masterData: MasterData
  /// How the business wants things done.
  package var policy: IntegrationPolicy
  /// What goes wrong, in the order in which faults are asked.
  package var faults: [Fault]
  /// When partners go over to other versions of their messages, the earlier ones first.
  package var versions: [VersionSwitch]
  /// What people do, in order of instant, then of the scenario.
  package var story: [StoryStep]
  /// When the integration dies.
  package var crashes: [CrashPlan]
  /// How long the run goes on after the last thing that happened, so that reconciliation runs.
  package var settle: Duration
  /// What bounds a run that never becomes quiet.
  package var limits: RunLimits

  package init(
    title: String,
    file: String = "",
    start: VirtualInstant,
    partners: [PartnerPlan],
    masterData: MasterData,
    policy: IntegrationPolicy = .init(),
    faults: [Fault] = [],
    versions: [VersionSwitch] = [],
    story: [StoryStep] = [],
    crashes: [CrashPlan] = [],
    settle: Duration? = nil,
    limits: RunLimits = .init()
  ) {
    self.title = title
    self.file = file
    self.start = start
    self.partners = partners
    self.masterData = masterData
    self.policy = policy
    self.faults = faults
    self.versions = versions
    self.story = story
    self.crashes = crashes
    self.settle = settle ?? policy.reconcileEvery + policy.publishEvery + .seconds(3600)
    self.limits = limits
  }
}

/// One partner of a plan: its name and what its fake starts with.
package struct PartnerPlan: Sendable {
  /// The partner's name.
  package var id: PartnerID
  /// Kind, dialect, books at the start and behaviour switches.
  package var settings: PartnerSettings

  package init(id: PartnerID, settings: PartnerSettings) {
    self.id = id
    self.settings = settings
  }
}

/// One step of the story.
package struct StoryStep: Hashable, Sendable {
  /// When it is played.
  package var at: VirtualInstant
  /// The partner that it is played at.
  package var partner: PartnerID
  /// What people do there.
  package var command: StoryCommand
  /// The step as reports show it.
  package var text: String

  package init(at: VirtualInstant, partner: PartnerID, command: StoryCommand, text: String) {
    self.at = at
    self.partner = partner
    self.command = command
    self.text = text
  }
}

/// A crash of the integration: when, and for how long it is away.
package struct CrashPlan: Hashable, Sendable {
  /// What makes it crash.
  package enum Trigger: Hashable, Sendable {
    /// An instant.
    case at(VirtualInstant)
    /// The nth matching message has had its effect, and its answer has not been given.
    ///
    /// For a call the partner has applied it; for a webhook the integration has taken its step, and
    /// everything that the step wanted to send is lost.
    case afterEffect(Match, nth: Int)
  }

  /// The name in the trace, such as `crashes/0`.
  package var id: String
  /// What makes it crash.
  package var trigger: Trigger
  /// How long it is away.
  package var away: Duration

  package init(id: String, trigger: Trigger, away: Duration = .seconds(60)) {
    self.id = id
    self.trigger = trigger
    self.away = away
  }
}

/// What bounds a run that never becomes quiet.
package struct RunLimits: Hashable, Sendable {
  /// How many queue events a run may take.
  package var eventsMax: Int
  /// How many trace events a run may record.
  package var traceMax: Int
  /// How long a run may last in virtual time.
  package var lasts: Duration

  package init(
    eventsMax: Int = 2_000_000,
    traceMax: Int = 4_000_000,
    lasts: Duration = .seconds(90 * 86_400)
  ) {
    self.eventsMax = eventsMax
    self.traceMax = traceMax
    self.lasts = lasts
  }
}
