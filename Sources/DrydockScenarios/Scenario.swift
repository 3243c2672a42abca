public import DrydockKernel
public import DrydockVerification
package import DrydockWorld

/// An authored story, resolved and checked: the plan of its run and what must hold in it.
public struct Scenario: Sendable {
  /// The title, which says what happens.
  public var title: String
  /// Why the story is worth playing.
  public var because: String
  /// The file, as the user gave it.
  public var file: String
  /// The plan of the run.
  package var plan: Plan
  /// What must hold besides the rules.
  public var expectations: [Verifier.Expectation]
  /// The rules that judge it; nothing for all.
  public var rules: [String]?
  /// Rules whose breach the story is about, with the reason the author gives.
  public var allowed: [String: String]
  /// The moves of partners to other versions of their messages, which a catalogue resolves.
  package var versions: [VersionWish]
  /// The versions that are to judge, whatever others the catalogue has.
  package var pins: [VersionPin]
  /// The seed it is played with when none is asked for.
  public var seed: Seed

  /// Reads a scenario file.
  ///
  /// - Parameters:
  ///   - bytes: JSON, or JSON with comments, trailing commas and unquoted names.
  ///   - file: The path, as the user gave it.
  /// - Returns: The scenario, or what is wrong with the file: all of it, up to a bound.
  /// - Complexity: Linear in the bytes.
  public static func read(_ bytes: [UInt8], file: String) -> Result<Scenario, ScenarioError> {
    ScenarioReader.read(bytes, file: file)
  }
}

/// What is wrong with a scenario file.
public struct ScenarioError: Error, Sendable {
  /// Every mistake found, in the order of the file.
  public var diagnostics: [Diagnostic]
}
