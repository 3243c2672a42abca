import DrydockKernel

extension HTMLReport {
  /// The source expression that lets the page's own style through its security policy.
  static let styleHash = hash(of: styleMarkup)
  /// The source expression that lets the page's own script through its security policy.
  static let scriptHash = hash(of: scriptMarkup)

  private static func hash(of markup: HTMLText) -> String {
    "sha256-" + Base64.encode(SHA256.hash(markup.bytes))
  }

  /// Unfolds what a link leads to, and makes the copy buttons work; the page reads without it.
  static let scriptMarkup: HTMLText = """

    (function () {
      function reveal() {
        var name = decodeURIComponent(location.hash.slice(1));
        var target = name && document.getElementById(name);
        if (!target) { return; }
        for (var part = target; part; part = part.parentElement) {
          if (part.tagName === "DETAILS") { part.open = true; }
        }
        target.scrollIntoView();
      }
      function copy(event) {
        var button = event.currentTarget;
        var code = button.parentElement.querySelector("code");
        function done() {
          button.textContent = "Copied";
          setTimeout(function () { button.textContent = "Copy"; }, 1500);
        }
        function select() {
          var range = document.createRange();
          range.selectNodeContents(code);
          getSelection().removeAllRanges();
          getSelection().addRange(range);
        }
        if (navigator.clipboard) {
          navigator.clipboard.writeText(code.textContent).then(done, select);
        } else { select(); }
      }
      document.querySelectorAll("button.copy").forEach(function (button) {
        button.hidden = false;
        button.addEventListener("click", copy);
      });
      addEventListener("hashchange", reveal);
      reveal();
    })();

    """

  /// The looks of the page: colours by scheme, then page, tables, findings, messages.
  static let styleMarkup: HTMLText = [colours, layout, tables, findings, messages, pictures, paper]
    .joined()

  private static let colours: HTMLText = """

    :root {
      color-scheme: light dark;
      --ground: #ffffff; --panel: #f6f7f9; --edge: #d9dee5; --faint: #edf0f3;
      --ink: #1a2029; --quiet: #57616e; --link: #0a58b0;
      --good: #18713a; --bad: #b3261e; --doubt: #855a00; --fault: #7a2bd6;
      --good-ground: #e5f5ea; --bad-ground: #fdeceb; --doubt-ground: #fdf3da;
      --fault-ground: #f3eafd; --shown: #fdf0ee; --call: #2a5b8f; --hook: #2f6d62;
      --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
      --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --ground: #10151b; --panel: #171e26; --edge: #303a46; --faint: #212a34;
        --ink: #e4e8ed; --quiet: #9ba6b3; --link: #7db7ff;
        --good: #63d08a; --bad: #ff8d84; --doubt: #e8bd66; --fault: #c9a2ff;
        --good-ground: #14301f; --bad-ground: #3b1a1a; --doubt-ground: #33290f;
        --fault-ground: #2a1c42; --shown: #2b1a1c; --call: #8fbdf0; --hook: #7cc9ba;
      }
    }

    """

  private static let layout: HTMLText = """
    * { box-sizing: border-box; }
    body { margin: 0; background: var(--ground); color: var(--ink);
      font: 15px/1.5 var(--sans); border-top: 5px solid var(--quiet); overflow-wrap: anywhere; }
    body.failed { border-top-color: var(--bad); }
    body.passed { border-top-color: var(--good); }
    body.inconclusive { border-top-color: var(--doubt); }
    main { max-width: 1140px; margin: 0 auto; padding: 28px 24px 48px; }
    h1 { font-size: 34px; line-height: 1.15; letter-spacing: -0.015em; margin: 2px 0 14px; }
    h2 { font-size: 22px; line-height: 1.3; letter-spacing: -0.01em; margin: 0 0 8px; }
    h3 { font-size: 16px; margin: 28px 0 10px; }
    h4 { font-size: 15px; margin: 0; line-height: 1.4; }
    h5 { font-size: 12px; margin: 16px 0 4px; color: var(--quiet); text-transform: uppercase;
      letter-spacing: 0.06em; }
    h5 small { text-transform: none; letter-spacing: 0; }
    p { margin: 6px 0; }
    a { color: var(--link); text-underline-offset: 2px; }
    a:focus-visible, summary:focus-visible, button:focus-visible, [tabindex]:focus-visible
      { outline: 2px solid var(--link); outline-offset: 2px; }
    code, pre, time { font-family: var(--mono); font-size: 0.88em; }
    code, time, th, td, dd, h2, h4 { unicode-bidi: isolate; }
    section { margin-top: 40px; }
    section.run { border-top: 1px solid var(--edge); padding-top: 28px; }
    .brand { margin: 0; color: var(--quiet); font-size: 13px; letter-spacing: 0.04em; }
    .sub { color: var(--quiet); font-size: 14px; }
    .more, .cut, .idle { color: var(--quiet); font-size: 13px; }
    .counts { list-style: none; display: flex; flex-wrap: wrap; gap: 8px; margin: 0; padding: 0; }
    .counts li { padding: 3px 12px; border-radius: 999px; font-size: 14px; }
    .verdict { display: inline-block; padding: 1px 9px; border-radius: 999px; font-size: 12px;
      font-weight: 600; line-height: 1.6; white-space: nowrap; vertical-align: 2px;
      letter-spacing: 0; }
    .failed.verdict, .counts .failed { background: var(--bad-ground); color: var(--bad); }
    .passed.verdict, .counts .passed { background: var(--good-ground); color: var(--good); }
    .inconclusive.verdict, .counts .inconclusive
      { background: var(--doubt-ground); color: var(--doubt); }
    .again { display: flex; align-items: center; gap: 12px; margin: 12px 0 4px; padding: 8px 12px;
      background: var(--panel); border: 1px solid var(--edge); border-radius: 8px; }
    .again .caption { color: var(--quiet); font-size: 13px; white-space: nowrap; }
    .again pre { margin: 0; flex: 1; white-space: pre-wrap; }
    button.copy { font: 600 12px var(--sans); padding: 4px 10px; border-radius: 6px;
      border: 1px solid var(--edge); background: var(--ground); color: var(--ink);
      cursor: pointer; }
    .reason { padding: 10px 14px; background: var(--doubt-ground); border-radius: 8px; }
    details.run { border: 1px solid var(--edge); border-radius: 8px; margin: 6px 0;
      padding: 8px 14px; }
    details.run > summary { cursor: pointer; }
    details.run[open] > summary { margin-bottom: 10px; font-weight: 600; }
    summary small { color: var(--quiet); font-weight: 400; }
    footer { margin-top: 56px; padding-top: 24px; border-top: 1px solid var(--edge);
      color: var(--quiet); font-size: 14px; }
    footer h2 { color: var(--ink); font-size: 18px; }
    .legend { display: grid; grid-template-columns: max-content 1fr; gap: 8px 18px;
      align-items: center; margin: 14px 0; }
    .legend dt { text-align: right; } .legend dd { margin: 0; }
    .legend dt > svg { display: block; margin: 0 0 0 auto; }

    """

  private static let tables: HTMLText = """
    .scroll { overflow-x: auto; }
    table { border-collapse: collapse; width: 100%; font-size: 14px; }
    caption { text-align: left; color: var(--quiet); font-size: 13px; padding: 4px 0 8px; }
    th, td { text-align: left; vertical-align: top; padding: 8px 14px 8px 0;
      border-bottom: 1px solid var(--faint); font-weight: 400; }
    thead th { color: var(--quiet); font-size: 12.5px; border-bottom-color: var(--edge);
      white-space: nowrap; vertical-align: bottom; }
    tbody tr:last-child > * { border-bottom: 0; }
    th.number, td.number { text-align: right; font-variant-numeric: tabular-nums;
      white-space: nowrap; }
    th:last-child, td:last-child { padding-right: 0; }
    td.number.bad { color: var(--bad); font-weight: 600; }
    td.number small { display: block; color: var(--quiet); }
    .runs .title { display: block; font-weight: 600; }
    .runs .file { display: block; color: var(--quiet); font-size: 13px; }
    .runs .first { display: block; margin-top: 2px; color: var(--bad); font-size: 13.5px; }
    .runs .first code { color: var(--quiet); }
    .runs td.digest { white-space: nowrap; color: var(--quiet); }
    .orders { max-width: 720px; }
    .indicators th code, .tallies th code { display: block; color: var(--quiet); }
    .tallies { max-width: 720px; margin-top: 24px; }
    td.plot, th.plot { width: 420px; padding-top: 4px; padding-bottom: 4px; }
    td.plot { vertical-align: middle; } .indicators tbody > tr > * { vertical-align: middle; }
    svg.plot { display: block; }
    .plot .grid { stroke: var(--faint); fill: none; }
    .plot .base { stroke: var(--edge); fill: none; }
    .plot .bars { fill: var(--call); opacity: 0.55; }
    .plot .p50 { stroke: var(--ink); stroke-width: 2; fill: none; }
    .plot .p95 { stroke: var(--fault); stroke-width: 1.5; stroke-dasharray: 3 2; fill: none; }
    .plot .largest { fill: var(--ground); stroke: var(--bad); stroke-width: 1.5; }
    .plot text { font: 10px var(--sans); fill: var(--quiet); }
    caption .p50 { border-bottom: 2px solid var(--ink); }
    caption .p95 { border-bottom: 2px dashed var(--fault); }

    """

  private static let findings: HTMLText = """
    .finding { border: 1px solid var(--edge); border-left: 4px solid var(--bad);
      border-radius: 8px; padding: 12px 16px 14px; margin: 10px 0; scroll-margin-top: 12px; }
    .finding.warning { border-left-color: var(--doubt); }
    .finding:target, .message:target { box-shadow: 0 0 0 2px var(--link); }
    .tag { display: inline-block; min-width: 26px; padding: 0 6px; border-radius: 5px;
      background: var(--bad); color: var(--ground); font: 700 12px/20px var(--sans);
      text-align: center; }
    .warning .tag { background: var(--doubt); }
    .rule { margin: 2px 0 8px; color: var(--quiet); font-size: 13.5px; }
    .rule code { margin: 0 4px; }
    .finding .tag { margin-right: 4px; }
    .rule .level { margin-left: 4px; color: var(--bad); }
    .warning .rule .level { color: var(--doubt); }
    .finding dl { display: grid; grid-template-columns: 84px 1fr; gap: 4px 12px; margin: 0;
      font-size: 14px; }
    .finding dt { color: var(--quiet); } .finding dd { margin: 0; min-width: 0; }
    .finding dd.found { font-weight: 600; }
    .injected:not(g) { color: var(--fault); font-weight: 600; white-space: nowrap; }
    .injected > svg { vertical-align: -2px; margin-right: 3px; }
    .bolt { fill: var(--fault); stroke: none; }
    details.others > summary { cursor: pointer; color: var(--link); font-size: 14px; }
    .expectations { list-style: none; padding: 0; margin: 0; }
    .expectations li { padding: 3px 0; }

    """

  private static let messages: HTMLText = """
    details.messages > summary { cursor: pointer; margin: 10px 0; color: var(--quiet); }
    .message { border-bottom: 1px solid var(--faint); scroll-margin-top: 12px; border-radius: 4px; }
    .message > summary { cursor: pointer; padding: 4px; font-size: 14px; display: grid;
      grid-template-columns: 14px 26px 130px 178px minmax(0, 1fr); gap: 0 10px;
      align-items: baseline; list-style: none; }
    .message > summary::-webkit-details-marker { display: none; }
    .message > summary::before { content: "▸"; color: var(--quiet); }
    .message[open] > summary::before { content: "▾"; }
    .message > summary:hover { background: var(--panel); }
    .message > summary time { color: var(--quiet); }
    .message .count { text-align: right; color: var(--quiet); font: 12px var(--mono); }
    .message > summary time { text-align: right; white-space: nowrap; }
    .message .who { color: var(--quiet); }
    .message b { font-weight: 600; }
    .message .tag { font-size: 11px; line-height: 17px; }
    .message .body { padding: 2px 12px 14px 60px; font-size: 14px; }
    .status { font-weight: 600; font-size: 13px; }
    .good.status { color: var(--good); } .poor.status { color: var(--doubt); }
    .bad.status { color: var(--bad); }
    .times { color: var(--quiet); font-size: 13px; }
    .violation { color: var(--bad); }
    .line { margin: 0 0 6px; }
    .headers { width: auto; font-size: 12.5px; margin: 4px 0 8px; }
    .headers th, .headers td { border: 0; padding: 0 14px 1px 0; font-family: var(--mono); }
    .headers th { color: var(--quiet); white-space: nowrap; }
    pre.payload { margin: 0; padding: 10px 12px; background: var(--panel);
      border: 1px solid var(--faint); border-radius: 6px; font-size: 12.5px; line-height: 1.45;
      white-space: pre-wrap; max-height: 460px; overflow: auto; }
    pre .key { color: var(--call); } pre .text { color: var(--hook); }
    pre mark { background: var(--bad-ground); color: inherit; border-bottom: 2px solid var(--bad); }
    pre .wrong { color: var(--bad); font-family: var(--sans); }
    .back { font-size: 13px; }

    """
}
