/** An exact sum of money in 10^-18 USD: fine enough for a millionth of any unit at any price of the file. Never negative. */
export type Amount = bigint;

/** Usage is counted in millionths of a unit (half a read unit, a fraction of a GB-second). */
export const MICRO = 1_000_000;

const ATTO_DIGITS = 18;

/** Reads a decimal text such as `0.0000133334` exactly; null where it is no decimal with 12 digits behind the point or fewer. */
export function parseUsd(text: string): Amount | null {
  const match = /^(\d{1,9})(?:\.(\d{1,12}))?$/.exec(text);
  if (!match) return null;
  return BigInt(match[1]!) * 10n ** BigInt(ATTO_DIGITS) + BigInt((match[2] ?? "").padEnd(ATTO_DIGITS, "0"));
}

/** An amount in whole nano-dollars (10^-9 USD), half of one rounded up. */
export function nanoDollars(amount: Amount): number {
  return Number((amount + 500_000_000n) / 1_000_000_000n);
}

/** An amount in USD as JSON carries it, to the nano-dollar. */
export function usd(amount: Amount): number {
  return nanoDollars(amount) / 1e9;
}

/** An amount for people: `12.40 USD`, `0.012 USD`, `0.000045 USD`, `0 USD`; two digits that say something, or cents. */
export function usdText(amount: Amount): string {
  const value = usd(amount);
  if (value === 0) return amount === 0n ? "0 USD" : "under 0.000001 USD";
  if (value < 0.000001) return "under 0.000001 USD";
  const digits = value >= 0.1 ? 2 : Math.min(6, 1 - Math.floor(Math.log10(value)));
  return `${value.toFixed(digits)} USD`;
}
