import type { Matching, ReviewCompany } from "../operations/match-companies/state.ts";
import { html, type Markup } from "./markup.ts";
import { many, percent } from "./wording.ts";

/** Pairs that a report shows. */
const SHOWN = 10;

const nameOf = ({ name, domain, place }: ReviewCompany): string =>
  [name, domain, place].filter((each) => each !== null).join(", ");

/** Companies that may be one, for somebody to look at; nothing where there are none. */
export function matchingSection(matching: Matching | null): Markup | null {
  if (matching === null || (matching.review.length === 0 && matching.put === null)) return null;
  const { review, more, put } = matching;
  const all = review.length + more;
  return html`<section><h2>To review</h2>
${put === null ? null : html`<p class="soft">Not everything was looked at: ${put}.</p>`}
${
  all === 0
    ? null
    : html`<p>${many(all, "pair")} of companies look alike and ${all === 1 ? "stays" : "stay"} two until somebody decides: <code>bullseye review</code>.</p>
<div class="wide"><table><thead><tr><th class="n">Sure</th><th>Company</th><th>And</th><th>Because</th></tr></thead><tbody>${review
        .slice(0, SHOWN)
        .map(
          ({ low, high, confidence, reasons }) =>
            html`<tr><td class="n">${percent(confidence, 1)}</td><td>${nameOf(low)}</td><td>${nameOf(high)}</td><td>${reasons.slice(0, 2).join("; ")}</td></tr>`,
        )}</tbody></table></div>`
}</section>`;
}
