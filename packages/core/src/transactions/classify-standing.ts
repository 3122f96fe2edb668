import type { Attributes, Day } from "../account/attribute.ts";
import type { BasePins } from "../base/base.ts";
import { counted, derived, until } from "./cells.ts";
import { AOV_BANDS, BAND_CURRENCIES } from "./config.ts";
import { dayOf } from "./day-number.ts";
import { formatMoney } from "./money.ts";
import type { OrderView } from "./order-view.ts";
import { type Cuts, quintileOf, rfmSegment } from "./rfm.ts";
import type { Loyalty, Rhythm } from "./rhythm.ts";

/** Adds the fifths of recency, frequency and money in the base, and their segment; nothing while the base is too small to cut. */
export function quintiles(
  cells: Attributes,
  view: OrderView,
  rhythm: Rhythm,
  dated: number,
  loyalty: Loyalty | null,
  base: BasePins,
  asOf: Day,
): void {
  const { recency: recencyCuts, frequency: frequencyCuts } = base;
  if (recencyCuts === undefined || frequencyCuts === undefined) return;
  const days = view.asOf - rhythm.last;
  const recency = (6 - quintileOf(days, recencyCuts)) as 1 | 2 | 3 | 4 | 5;
  const changes = nextRecencyCut(days, recencyCuts);
  const r = derived(
    "rule:transactions.recency@1",
    recency,
    view.orders,
    dated,
    asOf,
    fifth(recency, `${days} days since the last order`, base.n),
  );
  cells["transactions.recency"] = changes === null ? r : until(r, dayOf(rhythm.last + changes));
  const frequency = quintileOf(view.orders, frequencyCuts);
  cells["transactions.frequency"] = derived(
    "rule:transactions.frequency@1",
    frequency,
    view.orders,
    1,
    asOf,
    fifth(frequency, counted(view.orders, "order"), base.n),
  );
  const moneyCuts = base.monetary[view.currency];
  if (moneyCuts === undefined || view.priced === 0) return;
  const monetary = quintileOf(view.revenue, moneyCuts);
  const known = view.priced / view.orders;
  const words = fifth(monetary, formatMoney(view.revenue, view.currency), base.n);
  cells["transactions.monetary"] = derived("rule:transactions.monetary@1", monetary, view.orders, known, asOf, words);
  const segment = rfmSegment(recency, frequency, monetary);
  const evidence = `recency ${recency}, frequency ${frequency}, money ${monetary} of 5${loyalty === null ? "" : ` (loyalty ${loyalty})`}`;
  const rfm = derived("rule:transactions.rfm@1", segment, view.orders, Math.min(dated, known), asOf, evidence);
  cells["transactions.rfm"] = changes === null ? rfm : until(rfm, dayOf(rhythm.last + changes));
}

function fifth(quintile: number, what: string, n: number): string {
  return `${what}: fifth ${quintile} of 5 among ${n} accounts with orders`;
}

/** Days since the last order from which the recency fifth may be another; null past the last cut. */
function nextRecencyCut(days: number, cuts: Cuts): number | null {
  for (const cut of cuts) {
    if (days < cut) return cut;
    if (days === cut) return cut + 1;
  }
  return null;
}

/** Adds the average order value (minor units), its band and its fifth. The view has priced orders. */
export function orderValue(cells: Attributes, view: OrderView, base: BasePins, asOf: Day): void {
  const { currency, priced } = view;
  const aov = Math.round(view.revenue / priced);
  const evidence = `${formatMoney(aov, currency)} an order on average of ${counted(priced, "order")}`;
  cells["transactions.aov"] = derived("rule:transactions.aov@1", aov, priced, 1, asOf, evidence);
  if (BAND_CURRENCIES.has(currency)) {
    const band = AOV_BANDS.find(([below]) => aov / 100 < below) ?? AOV_BANDS[AOV_BANDS.length - 1]!;
    cells["transactions.aovBand"] = derived("rule:transactions.aov-band@1", band[1], priced, 1, asOf, evidence);
  }
  const cuts = base.aov[currency];
  if (cuts === undefined) return;
  const quintile = quintileOf(aov, cuts);
  cells["transactions.aovQuintile"] = derived(
    "rule:transactions.aov-quintile@1",
    quintile,
    priced,
    1,
    asOf,
    fifth(quintile, evidence, base.n),
  );
}
