import { usdText } from "../cost/amount.ts";
import { costOf } from "../cost/cost-of.ts";
import type { Usage } from "../cost/meter.ts";
import { html, type Markup } from "./markup.ts";
import { count } from "./wording.ts";

/** What the run costs on AWS at list price, by service; nothing where it was not counted. */
export function costSection(usage: Usage | null): Markup | null {
  if (usage === null) return null;
  const cost = costOf(usage);
  if (cost.amount === 0n) return null;
  return html`<section><h2>On AWS this run costs about ${usdText(cost.amount)}</h2>
<p class="soft">Counted from the calls that this run made, at the list prices of ${cost.prices} in ${cost.region}, without free tiers. Storage by the month is not in it; on a laptop, GB-seconds are an estimate.</p>
<div class="wide"><table><thead><tr><th>Service</th><th class="n">Cost</th><th>What was counted</th></tr></thead><tbody>${cost.services.map(
    ({ service, amount, lines }) =>
      html`<tr><td class="name">${service}</td><td class="n">${usdText(amount)}</td><td>${lines.map(({ what, quantity }) => `${count(quantity < 10 ? Math.round(quantity * 10) / 10 : Math.round(quantity))} ${what}`).join(", ")}</td></tr>`,
  )}</tbody></table></div></section>`;
}
