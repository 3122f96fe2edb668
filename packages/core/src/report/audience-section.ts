import { unsuppressedWords } from "../audiences/counts.ts";
import { html, type Markup } from "./markup.ts";
import type { RunReportData } from "./run-report-data.ts";
import { count, many, words } from "./wording.ts";

type ReportedAudience = RunReportData["audiences"][number];

/** Digits of a plan's hash that people copy. */
const SHOWN_DIGITS = 12;

const DELIVERED = ["exported", "accepted", "confirmed", "rejected", "parked", "pending"] as const;

function standing(each: ReportedAudience): Markup {
  if (each.awaitingApproval)
    return html`<p class="warn">Waits for your approval: ${each.approvalReasons.join("; ")}. Let it go with <code>bullseye audiences approve ${each.hash?.slice(0, SHOWN_DIGITS)}</code></p>`;
  if (each.parkedReason) return html`<p class="bad">Held up: ${each.parkedReason}</p>`;
  if (each.add + each.remove === 0) return html`<p class="good">The platform agrees with the rules: nothing to tell.</p>`;
  const told = DELIVERED.filter((key) => each[key] > 0).map((key) => `${count(each[key])} ${key}`);
  return html`<p class="good">${told.length > 0 ? told.join(", ") : "On its way."}</p>`;
}

function one(each: ReportedAudience): Markup {
  const how = each.mode === "file" ? "upload file" : "sent by API";
  return html`<div class="audience">
<h3>${each.name} <span class="soft">${each.platform}, ${how} · ${each.id}</span></h3>
<div class="chips"><span><b>${count(each.desired)}</b> wanted</span><span><b>${count(each.told)}</b> told before</span><span><b>${count(each.add)}</b> to add</span><span><b>${count(each.remove)}</b> to remove</span></div>
${standing(each)}
${each.blocked.length === 0 ? null : html`<p>Kept out:</p><ul class="plain">${each.blocked.map(({ n, rule, reason }) => html`<li>${many(n, "account")}: ${reason} <span class="soft">(${words(rule)})</span></li>`)}</ul>`}
${unsuppressedWords(each) === null ? null : html`<p class="warn">${unsuppressedWords(each)}</p>`}
${each.files.length === 0 ? null : html`<p>Files: ${each.files.map((file) => html`<a href="../${file}">${file}</a> `)}</p>`}
</div>`;
}

/** What the platforms are to know, what they know already, and what is held up and why. */
export function audienceSection(audiences: readonly ReportedAudience[]): Markup | null {
  if (audiences.length === 0) return null;
  return html`<section class="long"><h2>Audiences</h2><p>What the rules want on each platform, and what became of it.</p>${audiences.map(one)}</section>`;
}
