package import DrydockKernel

/// When a fault may fire.
///
/// Intervals hold their first instant and not their last.
///
///     window       ───┌──────┐──────────────
///     windows      ───┌──┐──────┌────┐──────        a fault calendar
///     recurring    ───┌┐────┌┐────┌┐────┌┐──        nightly maintenance, flapping
///     ramp         ─────▁▂▃▄▅▆▇────────────        odds grow from nothing
package enum TimeGate: Hashable, Sendable {
  /// One interval.
  package struct Window: Hashable, Sendable {
    /// The first instant.
    package var from: VirtualInstant
    /// The first instant after it.
    package var to: VirtualInstant

    package init(from: VirtualInstant, to: VirtualInstant) {
      self.from = from
      self.to = to
    }
  }

  /// The whole run.
  case always
  /// One interval.
  case window(from: VirtualInstant, to: VirtualInstant)
  /// Several intervals, in any order; those that touch or overlap count as one.
  case windows([Window])
  /// One interval, in which the odds grow evenly from none at its first instant to all at its last.
  case ramp(from: VirtualInstant, to: VirtualInstant)
  /// Opens at an instant and every so often after it, each time for a while, until an end if any.
  case recurring(
    every: Duration,
    for: Duration,
    from: VirtualInstant,
    to: VirtualInstant? = nil
  )
}

/// The opening that an instant lies in.
struct Phase: Sendable {
  /// When it opened; nothing for a gate that is always open.
  var opened: VirtualInstant?
  /// When it closes, if ever.
  var closes: VirtualInstant?
  /// How far a ramp has come, in nanoseconds, and how long it is.
  var ramp: (part: UInt64, whole: UInt64)?
}

/// A time gate with its windows in order.
struct TimeTable: Sendable {
  private let gate: TimeGate
  private let windows: [TimeGate.Window]

  init(_ gate: TimeGate) {
    self.gate = gate
    windows = if case .windows(let list) = gate { TimeTable.joined(list) } else { [] }
  }

  /// Returns the opening that an instant lies in, if the gate is open.
  ///
  /// - Complexity: O(log n) in the number of windows.
  func phase(at now: VirtualInstant) -> Phase? {
    switch gate {
    case .always: return Phase()
    case .window(let from, let to):
      return from <= now && now < to ? Phase(opened: from, closes: to) : nil
    case .windows: return window(at: now).map { Phase(opened: $0.from, closes: $0.to) }
    case .ramp(let from, let to):
      guard from <= now, now < to else { return nil }
      let part = UInt64(max(0, now.nanoseconds(since: from)))
      let whole = UInt64(max(1, to.nanoseconds(since: from)))
      return Phase(opened: from, closes: to, ramp: (part, whole))
    case .recurring(let every, let length, let from, let to):
      let period = every.wholeNanoseconds
      let open = length.wholeNanoseconds
      guard from <= now, to.map({ now < $0 }) ?? true, period > 0, open > 0 else { return nil }
      guard open < period else { return Phase(opened: from, closes: to) }
      let since = now.nanoseconds(since: from) % period
      guard since < open else { return nil }
      let opened = now.advanced(byNanoseconds: -since)
      let closes = opened.advanced(byNanoseconds: open)
      return Phase(opened: opened, closes: to.map { min($0, closes) } ?? closes)
    }
  }

  private func window(at now: VirtualInstant) -> TimeGate.Window? {
    var low = 0
    var high = windows.count
    while low < high {
      let middle = (low + high) / 2
      if windows[middle].to <= now { low = middle + 1 } else { high = middle }
    }
    guard low < windows.count, windows[low].from <= now else { return nil }
    return windows[low]
  }

  private static func joined(_ list: [TimeGate.Window]) -> [TimeGate.Window] {
    var result: [TimeGate.Window] = []
    let ordered = list.filter { $0.from < $0.to }
      .sorted { ($0.from, $0.to) < ($1.from, $1.to) }
    for window in ordered {
      if let last = result.last, window.from <= last.to {
        result[result.count - 1].to = max(last.to, window.to)
      } else {
        result.append(window)
      }
    }
    return result
  }
}
