import type { AccountEvidence } from "../needs/evidence.ts";
import { BAND_CURRENCIES, CURRENCY_EXPONENT } from "../transactions/config.ts";
import { typicalWonAmount } from "../transactions/deal-summary.ts";
import { formatMoney } from "../transactions/money.ts";
import { mainCurrencyOf } from "../transactions/summary.ts";

/** What the account typically spends at a time. */
export interface TypicalValue {
  /** Whole units of a currency worth about a dollar. */
  amount: number;
  /** As people read it: `typical order 48,200 EUR`. */
  text: string;
}

/**
 * The mean won deal, else the mean order, in the account's main currency; null where nothing is known or the currency is not about a
 * dollar, since the bands are absolute and there is no rate of exchange.
 */
export function typicalValue({ orders, deals }: AccountEvidence): TypicalValue | null {
  const deal = deals === null ? null : typicalWonAmount(deals);
  if (deal !== null) return valued(deal.amount, deal.currency, "deal");
  const currency = orders === null ? null : mainCurrencyOf(orders);
  if (currency === null) return null;
  const [, priced, revenue] = orders!.money[currency]!;
  return priced === 0 ? null : valued(Math.round(revenue / priced), currency, "order");
}

function valued(minor: number, currency: string, what: string): TypicalValue | null {
  if (!BAND_CURRENCIES.has(currency) || minor <= 0) return null;
  return { amount: minor / 10 ** (CURRENCY_EXPONENT[currency] ?? 2), text: `typical ${what} ${formatMoney(minor, currency)}` };
}
