extension HTMLReport {
  /// The looks of sequence pictures.
  static let pictures: HTMLText = """
    .picture { overflow-x: auto; border: 1px solid var(--edge); border-radius: 10px;
      padding: 12px 8px 4px; }
    svg.sequence { display: block; margin: 0 auto; font-family: var(--sans); }
    .sequence text { font-size: 12px; fill: var(--ink); }
    .sequence .label, .sequence .side, .sequence .again { stroke: var(--ground); stroke-width: 4px;
      stroke-linejoin: round; paint-order: stroke; }
    .sequence .lane { stroke: var(--edge); stroke-width: 1.5; fill: none; }
    .sequence .lane.own { stroke: var(--quiet); }
    .sequence .head { fill: var(--panel); stroke: var(--edge); }
    .sequence .head.own { stroke: var(--quiet); stroke-width: 1.5; }
    .sequence text.name { font-size: 13px; font-weight: 600; }
    .sequence text.role, .sequence text.again { font-size: 11px; fill: var(--quiet); }
    .sequence text.time { font: 11px var(--mono); fill: var(--quiet); }
    .sequence rect.shown { fill: var(--shown); }
    .sequence text.flag { font-weight: 700; fill: var(--bad); }
    .sequence rect.blank { fill: var(--ground); }
    .sequence .torn { stroke: var(--quiet); stroke-width: 1.5; stroke-dasharray: 1 3; fill: none; }
    .sequence rect.gap { fill: var(--ground); stroke: var(--edge); }
    .sequence text.gap { font-size: 11px; fill: var(--quiet); }
    .sequence rect.busy { fill: var(--panel); stroke: var(--quiet); }
    .sequence rect.absence { fill: var(--bad-ground); stroke: var(--bad); }
    .sequence .hatch { stroke: var(--bad); stroke-width: 1; opacity: 0.6; fill: none; }
    .sequence .hit { fill: transparent; }
    .arrow .line, .arrow .open-tip, .arrow .ghost, .arrow .stop
      { stroke: var(--call); stroke-width: 1.6; fill: none; }
    .arrow .tip, .arrow .origin { fill: var(--call); stroke: none; }
    .arrow.webhook .line, .arrow.webhook .open-tip { stroke: var(--hook); }
    .arrow.webhook .line { stroke-dasharray: 6 4; }
    .arrow.webhook .tip, .arrow.webhook .origin { fill: var(--hook); }
    .arrow.answer .line { stroke-width: 1.1; stroke-dasharray: none; }
    .arrow.injected .line, .arrow.injected .open-tip, .arrow.injected .ghost,
    .arrow.injected .stop { stroke: var(--fault); }
    .arrow.injected .tip, .arrow.injected .origin { fill: var(--fault); }
    .arrow .ghost { opacity: 0.45; stroke-dasharray: 2 5; }
    .arrow .lost, .sequence .gave-up:not(text)
      { stroke: var(--bad); stroke-width: 2.4; fill: none; }
    .arrow .stop { stroke-width: 3; }
    .sequence a { text-decoration: none; cursor: pointer; }
    .sequence a:hover .label, .sequence a:focus-visible .label { text-decoration: underline; }
    .sequence a:focus-visible { outline: 2px solid var(--link); }
    .sequence tspan.count { font: 10.5px var(--mono); fill: var(--quiet); }
    .sequence tspan.status { font-weight: 700; font-size: 12px; }
    .sequence tspan.good { fill: var(--good); } .sequence tspan.poor { fill: var(--doubt); }
    .sequence tspan.bad { fill: var(--bad); }
    .sequence tspan.took, .sequence tspan.remark { fill: var(--quiet); }
    .arrow.injected tspan.remark { fill: var(--fault); }
    .sequence rect.fault { fill: var(--fault-ground); stroke: var(--fault); }
    .sequence text.fault { font-size: 11px; fill: var(--fault); font-weight: 600; }
    .sequence text.side { font-size: 11px; fill: var(--quiet); }
    .sequence text.side.gave-up, .sequence text.side.crash { fill: var(--bad); font-weight: 600; }
    .sequence path.fact { fill: var(--good); stroke: var(--ground); }
    .sequence text.side.fact { fill: var(--good); }
    .sequence circle.note { fill: var(--ground); stroke: var(--quiet); stroke-width: 1.6; }
    .sequence rect.breach { fill: var(--bad-ground); stroke: var(--bad); }
    .sequence rect.breach.mild { fill: var(--doubt-ground); stroke: var(--doubt); }
    .sequence text.breach { fill: var(--bad); font-weight: 600; }
    .sequence text.breach.mild { fill: var(--doubt); }
    .sequence .number { font-weight: 800; }

    """

  /// The looks on narrow screens and on paper.
  static let paper: HTMLText = """
    @media (max-width: 720px) {
      main { padding: 18px 14px 36px; }
      h1 { font-size: 27px; } h2 { font-size: 19px; }
      .runs .digest { display: none; }
      .runs thead th:nth-child(4), .runs td:nth-child(4) { display: none; }
      .runs th, .runs td { padding-right: 10px; }
      .again { flex-wrap: wrap; } .again pre { flex-basis: 100%; order: 3; }
      .finding dl { grid-template-columns: 1fr; gap: 0; }
      .finding dd { margin-bottom: 6px; }
      .message .body { padding-left: 8px; }
      .message > summary { grid-template-columns: 14px 22px auto 1fr; }
      .message > summary .what { grid-column: 2 / -1; }
      .headers th { white-space: normal; }
      .legend { grid-template-columns: 1fr; gap: 2px; }
      .legend dt { text-align: left; } .legend dt > svg { margin-left: 0; }
      .legend dd { margin-bottom: 10px; }
    }
    @media print {
      body { border-top: 0; font-size: 11px; }
      main { max-width: none; padding: 0; }
      .picture { overflow: visible; border: 0; padding: 0; }
      svg.sequence { max-width: 100%; height: auto; }
      .finding, .again { break-inside: avoid; }
      h2, h3 { break-after: avoid; }
      button.copy, .back { display: none; }
      pre.payload { max-height: none; }
    }

    """

  // MARK: Samples for the legend

  /// The mark of an injected fault.
  static let bolt: HTMLText =
    """
    <svg width="11" height="14" viewBox="0 0 11 14" aria-hidden="true"><path class="bolt" \
    d="M7 0L0 8h4.500L3 14L11 5.500H6.500z"/></svg>
    """

  /// Returns an arrow of a kind.
  static func sample(_ kind: StaticString) -> HTMLText {
    let isAnswer = kind.description.hasSuffix("answer")
    let tip: HTMLText =
      isAnswer
      ? "<path class=\"open-tip\" d=\"M50 3l8 5l-8 5\"/>"
      : "<path class=\"tip\" d=\"M58 8l-9 -5v10z\"/>"
    return
      """
      <svg class="sequence" width="60" height="16" viewBox="0 0 60 16" aria-hidden="true"><g \
      class="\(HTMLText(stringLiteral: kind))"><path class="line" d="M2 8H52"/>\(tip)</g></svg>
      """
  }

  /// An arrow that is lost on the way.
  static let lostSample: HTMLText =
    """
    <svg class="sequence" width="60" height="16" viewBox="0 0 60 16" aria-hidden="true"><g \
    class="arrow injected"><path class="line" d="M2 8H36"/><path class="ghost" d="M36 8H58"/>\
    <path class="lost" d="M31 3l10 10m0 -10l-10 10"/></g></svg>
    """

  /// The mark of a fact.
  static let factSample: HTMLText =
    """
    <svg class="sequence" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true"><path \
    class="fact" d="M8 3l5 5l-5 5l-5 -5z"/></svg>
    """

  /// The mark of a note.
  static let noteSample: HTMLText =
    """
    <svg class="sequence" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">\
    <circle class="note" cx="8" cy="8" r="4"/></svg>
    """

  /// A stretch without the integration.
  static let absenceSample: HTMLText =
    """
    <svg class="sequence" width="18" height="24" viewBox="0 0 18 24" aria-hidden="true"><rect \
    class="absence" x="1" y="1" width="16" height="22" rx="3"/><path class="hatch" d="M1 10l16 \
    -9M1 19l16 -9M4 23l13 -8"/></svg>
    """
}
