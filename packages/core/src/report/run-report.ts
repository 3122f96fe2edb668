import { audienceSection } from "./audience-section.ts";
import { costSection } from "./cost-section.ts";
import { html, type Markup } from "./markup.ts";
import { matchingSection } from "./matching-section.ts";
import type { Coverage, RejectGroup, RunReportData } from "./run-report-data.ts";
import { REPORT_STYLE } from "./style.ts";
import { count, many, percent, points, words } from "./wording.ts";

const TIER_COLOURS: Readonly<Record<string, string>> = { A: "--tA", B: "--tB", C: "--tC", D: "--tD", X: "--tX", unknown: "--tU" };
const tierColour = (tier: string): string => `var(${TIER_COLOURS[tier] ?? "--c2"})`;

/** A share as a width in CSS. */
const width = (part: number, whole: number): string => `${whole === 0 ? 0 : Math.round((part / whole) * 10_000) / 100}%`;

const KIND_WORDS: Readonly<Record<string, string>> = {
  accounts: "a list of companies",
  contacts: "a list of people",
  orders: "a list of orders",
  deals: "a list of deals",
  reference: "facts about companies to look up",
  suppressions: "whom not to target",
  matches: "which companies are one",
};

const ROW_CLASSES = [
  { key: "accepted", colour: "--c1", means: "taken in" },
  { key: "merged", colour: "--c2", means: "joined another row about the same" },
  { key: "rejected", colour: "--c3", means: "could not be used" },
  { key: "blank", colour: "--c4", means: "empty" },
  { key: "footer", colour: "--c5", means: "totals and notes below the data" },
] as const;

function title({ run, file }: RunReportData): string {
  if (file !== null) return file;
  if (run.type === "erase") return `Erasure from ${run.list ?? "a list"}`;
  return run.type === "undo" ? `Withdrawal of ${run.list ?? "a list"}` : "Refresh of all accounts";
}

function head(data: RunReportData): Markup {
  const { run } = data;
  const about: string[] = [];
  if (run.kind !== null && data.file !== null) about.push(KIND_WORDS[run.kind] ?? run.kind);
  if (run.list !== null) about.push(`list ${run.list}${run.version === null ? "" : `, version ${run.version}`}`);
  if (data.mode !== null) about.push(data.mode === "snapshot" ? "replaces the version before" : "adds to what was there");
  if (data.origin !== null) about.push(data.origin === "unknown" ? "source not declared" : `source ${data.origin}`);
  return html`<header>
<div class="eyebrow">Bullseye run report</div>
<h1>${title(data)}</h1>
<p>${about.join(" · ")}</p>
<p>As of ${run.input.asOf} · run <code>${run.runId}</code></p>
${data.origin === "unknown" ? html`<p class="warn">Nobody declared where this list comes from. Its companies are scored, but never sent to an ad platform. Declare it with <code>--source</code> and run the same file again.</p>` : null}
</header>`;
}

function figures({ run, accounts, scope }: RunReportData): Markup {
  const figure = (n: string, label: string, tone = ""): Markup =>
    html`<div class="figure"><b class="${tone}">${n}</b><span>${label}</span></div>`;
  const { created = 0, updated = 0, unchanged = 0, removed = 0 } = run.accounts ?? {};
  const inAll = run.rows === undefined ? null : figure(count(run.rows.in), "rows in the file");
  return html`<div class="figures">
${inAll}
${figure(count(accounts), scope === "list" ? "accounts in this list" : "accounts in all")}
${figure(count(created), "new accounts")}
${figure(count(updated), "accounts changed")}
${unchanged > 0 ? figure(count(unchanged), "accounts unchanged") : null}
${removed > 0 ? figure(count(removed), "joined or removed") : null}
${run.balanced === false ? figure("no", "balanced", "bad") : run.rows === undefined ? null : figure("yes", "every row accounted for", "good")}
</div>`;
}

function rowsSection({ run }: RunReportData): Markup | null {
  const { rows } = run;
  if (rows === undefined) return null;
  const parts = ROW_CLASSES.filter(({ key }) => rows[key] > 0);
  const sum = parts.reduce((total, { key }) => total + rows[key], 0);
  return html`<section>
<h2>Where every row went</h2>
<p>Every row of the file ended in exactly one of these.</p>
<div class="stack" role="img" aria-label="${parts.map(({ key }) => `${rows[key]} ${key}`).join(", ")}">${parts.map(
    ({ key, colour }) =>
      html`<i style="width:${width(rows[key], rows.in)};background:var(${colour})" title="${key}: ${count(rows[key])}"></i>`,
  )}</div>
<ul class="legend">${parts.map(
    ({ key, colour, means }) =>
      html`<li><i style="background:var(${colour})"></i><b>${count(rows[key])}</b> ${key} <span class="soft">(${percent(rows[key], rows.in)}, ${means})</span></li>`,
  )}</ul>
<p class="sum">${parts.map(({ key }) => count(rows[key])).join(" + ") || "0"} = ${count(sum)} of ${many(rows.in, "row")}</p>
</section>`;
}

function rejectRow({ n, reason, column, hint }: RejectGroup): Markup {
  return html`<tr><td class="n">${count(n)}</td><td>${words(reason)}</td><td>${column || "–"}</td><td>${hint}</td></tr>`;
}

function rejectsSection({ run, rejects, cellProblems }: RunReportData): Markup | null {
  if (rejects.length === 0 && cellProblems.length === 0) return null;
  const turnedAway = html`<h2>Rows that could not be used</h2>
<p>They are in <a href="../${run.rejects ?? ""}">${run.rejects ?? "the rejects"}</a> as they were. Correct them and run the corrected rows with <code>--list ${run.list ?? "NAME"}</code>.</p>
<div class="wide"><table><thead><tr><th class="n">Rows</th><th>Why</th><th>Column</th><th>What to do next</th></tr></thead><tbody>${rejects.map(rejectRow)}</tbody></table></div>`;
  const leftOut = html`<h3>Values left out</h3><p class="soft">The rows were kept; these cells say nothing that could be read.</p>
<div class="wide"><table><tbody>${cellProblems.map(({ what, n }) => html`<tr><td class="n">${count(n)}</td><td>${what}</td></tr>`)}</tbody></table></div>`;
  return html`<section>${rejects.length > 0 ? turnedAway : html`<h2>Rows that could not be used</h2><p>None.</p>`}${cellProblems.length > 0 ? leftOut : null}</section>`;
}

function barRow(label: Markup, n: number, whole: number, colour: string): Markup {
  return html`<div>${label}</div><div class="bar"><i style="width:${width(n, whole)};background:${colour}"></i></div><div class="n">${count(n)} <span class="soft">${percent(n, whole)}</span></div>`;
}

const tierBadge = (tier: string): Markup =>
  html`<span class="tier" style="background:${tierColour(tier)}">${tier === "unknown" ? "?" : tier}</span>`;

const TIER_NOTES: Readonly<Record<string, string>> = { X: "disqualified", unknown: "too little is known" };

function tiersSection({ run, tiers, segments, accounts, scope }: RunReportData): Markup | null {
  if (accounts === 0) return null;
  const whose = scope === "list" ? "the accounts of this list" : "all accounts";
  return html`<section>
<div class="two"><div>
<h2>Tiers</h2><p class="soft">How well ${whose} fit the profile.${
    run.sites
      ? ` ${many(run.sites.accounts, "account")} with several places, ${count(run.sites.sites)} in all: each place has a score of its own, and an account counts once, as its best.`
      : ""
  }</p>
<div class="bars">${tiers.map(({ id, n }) => barRow(html`${tierBadge(id)} ${TIER_NOTES[id] ?? ""}`, n, accounts, tierColour(id)))}</div>
</div><div>
<h2>Segments</h2><p class="soft">An account can be in several, or in none.</p>
${segments.length === 0 ? html`<p>No account is in a segment.</p>` : html`<div class="bars">${segments.map(({ name, n }) => barRow(html`${name}`, n, accounts, "var(--c1)"))}</div>`}
</div></div>
</section>`;
}

function bestSection({ best, scope, looked }: RunReportData): Markup | null {
  if (best.length === 0) return null;
  const from = looked === null ? "" : ` Chosen from a sample of ${many(looked, "account")}.`;
  return html`<section class="long">
<h2>The best ${scope === "list" ? "of this list" : "accounts"}</h2>
<p>The mark is the score, the bar what it may still turn out to be.${from}</p>
<div class="wide"><table class="broad"><thead><tr><th class="n">#</th><th>Company</th><th>Tier</th><th>Score, 0 to 100</th><th>What earned it most</th></tr></thead><tbody>${best.map(
    (each, at) => html`<tr>
<td class="n">${at + 1}</td>
<td><b>${each.name}</b><br><span class="soft">${[each.domain, each.country].filter((part) => part !== null).join(" · ")}</span>${each.suppressed ? html`<br><span class="warn">never targeted</span>` : null}</td>
<td>${tierBadge(each.tier)}</td>
<td><b>${each.score === null ? "–" : points(each.score)}</b> <span class="soft">${each.low === each.high ? "for sure" : `${points(each.low)} to ${points(each.high)}`}</span>
<div class="range"><i style="left:${width(each.low, 100)};width:${width(each.high - each.low, 100)}"></i>${each.score === null ? null : html`<b style="left:${width(each.score, 100)}"></b>`}</div></td>
<td><ul class="reasons">${each.reasons.map(({ what, value, points: earned }) => html`<li><b>+${points(earned)}</b> ${what}: ${value}</li>`)}</ul></td>
</tr>`,
  )}</tbody></table></div>
</section>`;
}

const ORIGINS = [
  { key: "lists", colour: "--c1", label: "your lists" },
  { key: "reference", colour: "--c2", label: "reference lists" },
  { key: "derived", colour: "--tA", label: "worked out from other facts" },
  { key: "estimated", colour: "--c4", label: "estimated from companies like them" },
] as const;

function coverageRow(each: Coverage, sample: number): Markup {
  const known = ORIGINS.reduce((sum, { key }) => sum + each[key], 0);
  return html`<div>${each.label}</div><div class="bar">${ORIGINS.map(({ key, colour }) =>
    each[key] === 0
      ? null
      : html`<i style="width:${width(each[key], sample)};background:var(${colour})" title="${count(each[key])}"></i>`,
  )}</div><div class="n">${percent(known, sample)}</div>`;
}

function coverageSection({ coverage, sample, accounts }: RunReportData): Markup | null {
  if (sample === 0 || coverage.length === 0) return null;
  const groups = [...new Set(coverage.map((each) => each.group))];
  const of = sample === accounts ? `the ${many(accounts, "account")}` : `a sample of ${many(sample, "account")}`;
  return html`<section>
<h2>What is known</h2>
<p>The share of ${of} of which each is known. What is not known is never held against an account; it widens its score to a range.</p>
<ul class="legend">${ORIGINS.map(({ colour, label }) => html`<li><i style="background:var(${colour})"></i>${label}</li>`)}</ul>
<div class="two">${groups.map(
    (group) =>
      html`<div><h3>${group}</h3><div class="bars">${coverage.filter((each) => each.group === group).map((each) => coverageRow(each, sample))}</div></div>`,
  )}</div>
</section>`;
}

function failure({ run }: RunReportData): Markup | null {
  if (run.status !== "failed") return null;
  return html`<section><h2 class="bad">This run failed</h2><p>${run.error?.message ?? (run.differences ?? []).join("; ")}</p>${
    run.error?.hint ? html`<p>${run.error.hint}</p>` : null
  }<p>Nothing of it stands. <code>bullseye runs retry ${run.runId}</code> takes it up again.</p></section>`;
}

/** The report of one run as one HTML page: no scripts, nothing loaded from elsewhere, no personal data. Equal data give equal bytes. */
export function renderRunReport(data: RunReportData): string {
  const page = html`<main>
${head(data)}
${failure(data)}
${figures(data)}
${rowsSection(data)}
${rejectsSection(data)}
${matchingSection(data.matching)}
${tiersSection(data)}
${bestSection(data)}
${coverageSection(data)}
${audienceSection(data.audiences)}
${costSection(data.usage)}
<footer>Written by <code>bullseye</code> for run ${data.run.runId}. One row's whole life: <code>bullseye trace LIST:ROW</code>. One account's score: <code>bullseye explain DOMAIN</code>.</footer>
</main>`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${html`${title(data)}`.text} – Bullseye run report</title><style>${REPORT_STYLE}</style></head>
<body>
${page.text}
</body></html>
`;
}
