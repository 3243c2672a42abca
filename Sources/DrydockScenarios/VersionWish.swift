package import DrydockExchange
package import DrydockKernel
package import DrydockWorld

/// A scenario's wish that a partner go over to another version, before a catalogue was asked.
package struct VersionWish: Sendable {
  /// Which messages it is about.
  package enum Scope: Hashable, Sendable {
    /// One message, in one version of its contract.
    case message(String, version: String)
    /// Every message that has a contract for a version of the platform.
    case platform(version: String)
  }

  /// The name in the trace, such as `versions/0`.
  package var id: String
  /// Who goes over.
  package var partner: PartnerID
  /// The platform it speaks as, which is the first folder of its contracts.
  package var platform: String
  /// What it goes over with.
  package var scope: Scope
  /// When.
  package var start: VersionSwitch.Start
  /// For how long both versions are written.
  package var overlap: Duration
  /// The share of messages in the new version meanwhile.
  package var share: Ratio
  /// Where the message is named, or else the wish stands.
  package var messagePlace: ScenarioPlace
  /// Where the version is named.
  package var versionPlace: ScenarioPlace
}

/// A scenario's wish that one version of a message judge.
package struct VersionPin: Hashable, Sendable {
  /// The message: `<platform>/<message>`.
  package var message: String
  /// The version.
  package var version: String
  /// Where it is said.
  package var place: ScenarioPlace
}

/// A place in a scenario's file, for what is found wrong after it was read.
package struct ScenarioPlace: Hashable, Sendable {
  package var line: Int
  package var column: Int
}
