/** The look of a report: one column, light and dark by the reader's preference, plain black on white in print. Colours are told apart by name too. */
export const REPORT_STYLE = `
:root { color-scheme: light dark; --page: #f6f7f9; --card: #fff; --ink: #1b2330; --soft: #5b6676; --line: #e1e5eb; --track: #eceff3; --accent: #2456c7;
  --good: #1d7a4f; --warn: #a85d00; --bad: #b3261e; --c1: #2456c7; --c2: #6f9bea; --c3: #c2410c; --c4: #9aa5b5; --c5: #d3dae4;
  --tA: #12694a; --tB: #3a8f6a; --tC: #b58a1b; --tD: #b06a3b; --tX: #8d2f2f; --tU: #8b95a5; }
@media (prefers-color-scheme: dark) { :root { --page: #12161c; --card: #1a2029; --ink: #e7ebf1; --soft: #9ba7b8; --line: #2c3541; --track: #29313d; --accent: #86abff;
  --good: #57c793; --warn: #e7a54a; --bad: #ff8a80; --c1: #6f9bff; --c2: #3f68bd; --c3: #ff9d66; --c4: #68748a; --c5: #424d5e;
  --tA: #3fae83; --tB: #2f7f60; --tC: #c79f3c; --tD: #b9764a; --tX: #c25f5f; --tU: #6b7688; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
main { max-width: 980px; margin: 0 auto; padding: 32px 20px 48px; }
header p { margin: 2px 0; color: var(--soft); }
h1 { font-size: 26px; line-height: 1.2; margin: 4px 0 6px; overflow-wrap: anywhere; }
h2 { font-size: 17px; margin: 0 0 4px; }
h3 { font-size: 14px; margin: 18px 0 6px; }
section { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 18px 20px; margin-top: 16px; }
section > p { margin: 0 0 12px; color: var(--soft); }
a { color: var(--accent); }
code { font: 13px/1.4 ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; background: var(--track); padding: 1px 5px; border-radius: 4px; overflow-wrap: anywhere; }
.eyebrow { text-transform: uppercase; letter-spacing: .08em; font-size: 12px; font-weight: 600; color: var(--accent); }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(130px, 1fr)); gap: 10px; margin-top: 16px; }
.figure { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 12px 14px; }
.figure b { display: block; font-size: 24px; line-height: 1.2; font-variant-numeric: tabular-nums; }
.figure span { color: var(--soft); font-size: 13px; }
.good { color: var(--good); } .warn { color: var(--warn); } .bad { color: var(--bad); } .soft { color: var(--soft); }
.stack { display: flex; height: 26px; border-radius: 6px; overflow: hidden; background: var(--track); gap: 1px; }
.stack i { display: block; min-width: 3px; }
.legend { display: flex; flex-wrap: wrap; gap: 4px 22px; margin: 10px 0 0; padding: 0; list-style: none; }
.legend i, .key { display: inline-block; width: 11px; height: 11px; border-radius: 3px; margin-right: 7px; }
.legend b { font-variant-numeric: tabular-nums; }
.sum { margin: 10px 0 0 !important; font-variant-numeric: tabular-nums; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
table.broad { min-width: 660px; }
.name { white-space: nowrap; }
th { text-align: left; font-size: 12px; font-weight: 600; color: var(--soft); border-bottom: 1px solid var(--line); padding: 4px 12px 6px 0; vertical-align: bottom; }
td { padding: 8px 12px 8px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
tr:last-child td { border-bottom: 0; }
th:last-child, td:last-child { padding-right: 0; }
.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.bars { display: grid; grid-template-columns: minmax(120px, 42%) 1fr max-content; gap: 6px 12px; align-items: center; }
.bars .n { min-width: 76px; }
.bar { height: 14px; border-radius: 4px; background: var(--track); overflow: hidden; display: flex; }
.bar i { display: block; }
.tier { display: inline-block; min-width: 26px; padding: 0 7px; border-radius: 5px; color: #fff; font-weight: 600; text-align: center; font-size: 13px; line-height: 20px; }
.range { position: relative; width: 120px; height: 8px; margin-top: 6px; border-radius: 4px; background: var(--track); }
.range i { position: absolute; top: 0; height: 8px; border-radius: 4px; background: var(--c2); }
.range b { position: absolute; top: -3px; width: 4px; height: 14px; margin-left: -2px; border-radius: 2px; background: var(--ink); }
.reasons { margin: 0; padding: 0; list-style: none; font-size: 14px; }
.reasons b { font-variant-numeric: tabular-nums; font-weight: 600; }
.two { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(330px, 100%), 1fr)); gap: 18px 36px; }
.audience { border-top: 1px solid var(--line); padding: 14px 0 4px; }
.audience:first-of-type { border-top: 0; padding-top: 4px; }
.audience h3 { margin: 0; font-size: 15px; }
.audience p { margin: 4px 0; }
.chips { display: flex; flex-wrap: wrap; gap: 6px 20px; margin: 6px 0; }
.chips b { font-variant-numeric: tabular-nums; }
ul.plain { margin: 6px 0 0; padding-left: 18px; }
footer { color: var(--soft); font-size: 13px; margin-top: 20px; }
@media print { :root { --page: #fff; --card: #fff; --ink: #000; --soft: #444; --line: #bbb; --track: #eee; }
  body { font-size: 11pt; } main { max-width: none; padding: 0; } section, .figure { break-inside: avoid; } .long { break-inside: auto; } tr { break-inside: avoid; }
  * { -webkit-print-color-adjust: exact; print-color-adjust: exact; } }
`;
