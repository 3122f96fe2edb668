import type { OrderLine } from "../account/facts.ts";
import { CURRENCY_EXPONENT } from "./config.ts";

const MILLION = 1_000_000;
const ONE = 1_000_000n;

/**
 * What a line says it costs, minor units: `amount`, else `quantity x unitPrice x (1 - discount)`, exact to six decimals of each factor and
 * rounded half away from zero to a minor unit; undefined where neither is stated. A discount that is not a share (a code) takes nothing off.
 */
export function lineAmount(line: OrderLine): number | undefined {
  if (line.amount !== undefined) return line.amount;
  const { quantity, unitPrice } = line;
  if (quantity === undefined || unitPrice === undefined) return undefined;
  const share = discountShareOf(line.discount);
  const product = quantity * unitPrice;
  if (Number.isSafeInteger(quantity) && Number.isSafeInteger(unitPrice) && Number.isSafeInteger(product)) {
    if (share === 0) return product;
    const scaled = product * (MILLION - Math.round(share * MILLION));
    if (Number.isSafeInteger(scaled)) {
      const size = Math.abs(scaled) + MILLION / 2;
      const rounded = (size - (size % MILLION)) / MILLION;
      return scaled < 0 ? -rounded : rounded;
    }
  }
  if (!Number.isFinite(product)) return undefined;
  return inDecimals(quantity, unitPrice, share);
}

/** The discount of a line as a share 0..1; 0 for none, a code or a value out of range. */
export function discountShareOf(discount: unknown): number {
  return typeof discount === "number" && discount > 0 && discount <= 1 ? discount : 0;
}

/** Minor units as a person reads them: `48,200 EUR`, two decimals below a hundred; no currency where it is not stated. */
export function formatMoney(minor: number, currency: string): string {
  const exponent = CURRENCY_EXPONENT[currency] ?? 2;
  const units = minor / 10 ** exponent;
  const text = Math.abs(units) < 100 && !Number.isInteger(units) ? units.toFixed(exponent) : formatCount(Math.round(units));
  return currency === "" ? text : `${text} ${currency}`;
}

/** An integer with commas between thousands. */
export function formatCount(count: number): string {
  let digits = String(Math.abs(count));
  let text = "";
  while (digits.length > 3) {
    text = `,${digits.slice(-3)}${text}`;
    digits = digits.slice(0, -3);
  }
  return (count < 0 ? "-" : "") + digits + text;
}

function inDecimals(quantity: number, unitPrice: number, share: number): number {
  const product = decimals(quantity) * decimals(unitPrice) * (ONE - decimals(share));
  const unit = ONE * ONE * ONE;
  const size = product < 0n ? -product : product;
  const rounded = (size + unit / 2n) / unit;
  return Number(product < 0n ? -rounded : rounded);
}

function decimals(value: number): bigint {
  return Number.isSafeInteger(value) ? BigInt(value) * ONE : BigInt(Math.round(value * MILLION));
}
