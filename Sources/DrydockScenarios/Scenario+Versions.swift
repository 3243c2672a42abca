package import DrydockContracts
import DrydockExchange
import DrydockKernel
package import DrydockWorld

extension Scenario {
  /// Returns the plan and the contracts that judge it, with every version looked up.
  ///
  /// A version that the catalogue was pinned to before stays: who plays has the last word.
  /// - Parameter catalog: The contracts of all versions.
  /// - Returns: The plan with its switches, and the catalogue with its pins.
  /// - Throws: Every version that is not there, or that no fake can speak.
  /// - Complexity: O(contracts) where the scenario names versions, else O(1).
  package func resolved(
    with catalog: ContractCatalog
  ) throws(ScenarioError) -> (plan: Plan, catalog: ContractCatalog) {
    var diagnostics: [Diagnostic] = []
    var plan = plan
    for (position, wish) in versions.enumerated() {
      let paths = paths(of: wish, catalog, &diagnostics)
      for path in paths {
        checkOrder(of: path, position, catalog, &diagnostics)
        guard let operation = path.operation else {
          diagnostics.append(
            found(
              Diagnostic(
                file: file,
                message: "'\(path.target.stem)' is neither a webhook nor an answer of a partner",
                id: "scenario-unknown-message"
              ),
              at: wish.messagePlace
            )
          )
          continue
        }
        plan.versions.append(Self.change(wish, operation, path))
      }
    }
    var pinned = catalog
    for pin in pins where catalog.pins[pin.message] == nil {
      do {
        pinned = try pinned.pinned([pin.message: pin.version])
      } catch {
        diagnostics.append(
          found(
            Diagnostic(file: file, message: error.message, id: "scenario-unknown-pin"),
            at: pin.place
          )
        )
      }
    }
    guard diagnostics.isEmpty else { throw ScenarioError(diagnostics: diagnostics) }
    return (plan, pinned)
  }

  private func paths(
    of wish: VersionWish,
    _ catalog: ContractCatalog,
    _ diagnostics: inout [Diagnostic]
  ) -> [UpgradePath] {
    do {
      switch wish.scope {
      case .message(let message, let version):
        return [try catalog.upgradePath(of: "\(wish.platform)/\(message)", to: version)]
      case .platform(let version):
        return try catalog.upgradePaths(of: wish.platform, apiVersion: version)
      }
    } catch {
      switch error.subject {
      case .message:
        diagnostics.append(
          found(
            Diagnostic(file: file, message: error.message, id: "scenario-unknown-message"),
            at: wish.messagePlace
          )
        )
      case .version:
        diagnostics.append(
          found(
            Diagnostic(file: file, message: error.message, id: "scenario-unknown-version"),
            at: wish.versionPlace
          )
        )
      }
      return []
    }
  }

  /// Versions only rise, so of those that have begun the last one is spoken.
  private func checkOrder(
    of path: UpgradePath,
    _ position: Int,
    _ catalog: ContractCatalog,
    _ diagnostics: inout [Diagnostic]
  ) {
    let wish = versions[position]
    var ignored: [Diagnostic] = []
    for earlier in versions[..<position] where earlier.partner == wish.partner {
      for other in paths(of: earlier, catalog, &ignored)
      where other.target.stem == path.target.stem {
        if !path.target.isNewer(than: other.target) {
          diagnostics.append(
            found(
              Diagnostic(
                file: file,
                message: "'\(wish.partner)' speaks version '\(other.target.version)' of "
                  + "'\(path.target.stem)' before this and cannot go over to "
                  + "'\(path.target.version)'",
                id: "scenario-version-goes-back"
              ),
              at: wish.versionPlace
            )
          )
        } else if case .at(let before) = earlier.start, case .at(let after) = wish.start,
          after < before
        {
          diagnostics.append(
            found(
              Diagnostic(
                file: file,
                message: "'\(wish.partner)' speaks version '\(path.target.version)' of "
                  + "'\(path.target.stem)' before version '\(other.target.version)', which begins "
                  + "later",
                id: "scenario-version-goes-back"
              ),
              at: wish.versionPlace
            )
          )
        }
      }
    }
  }

  private static func change(
    _ wish: VersionWish,
    _ operation: String,
    _ path: UpgradePath
  ) -> VersionSwitch {
    VersionSwitch(
      wish.id,
      partner: wish.partner,
      channel: path.target.channel,
      operation: operation,
      version: path.target.version,
      start: wish.start,
      overlap: wish.overlap,
      share: wish.share,
      headers: path.headers
    ) { payload in
      do throws(UpgradeFailure) {
        return .success(try path.applied(to: payload))
      } catch {
        return .failure(VersionSwitch.Refusal(reason: error.description))
      }
    }
  }

  private func found(_ diagnostic: Diagnostic, at place: ScenarioPlace) -> Diagnostic {
    var placed = diagnostic
    placed.line = place.line
    placed.column = place.column
    return placed
  }
}
