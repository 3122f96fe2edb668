import type { OrderLine } from "../account/facts.ts";
import { CURRENCY_EXPONENT, MAX_AMOUNT } from "./config.ts";

const MILLION = 1_000_000;
const ONE = 1_000_000n;

/**
 * What a line says it costs, minor units: `amount`, else `quantity x unitPrice x (1 - discount)`, exact to six decimals of each factor and
 * rounded half away from zero to a minor unit; undefined where neither is stated, or where it is no integer or beyond `MAX_AMOUNT`. A
 * discount that is not a share (a code) takes nothing off.
 */
export function lineAmount(line: OrderLine): number | undefined {
  const { quantity, unitPrice } = line;
  const amount =
    line.amount ?? (quantity === undefined || unitPrice === undefined ? undefined : product(quantity, unitPrice, line.discount));
  return amount !== undefined && Number.isInteger(amount) && Math.abs(amount) <= MAX_AMOUNT ? amount : undefined;
}

/** Whether a stated sum can be what was paid: a positive integer within `MAX_AMOUNT`. */
export function isMoney(amount: number): boolean {
  return Number.isInteger(amount) && amount > 0 && amount <= MAX_AMOUNT;
}

function product(quantity: number, unitPrice: number, discount: unknown): number | undefined {
  const gross = quantity * unitPrice;
  if (!(Math.abs(gross) <= 2 * MAX_AMOUNT)) return undefined;
  const share = discountShareOf(discount);
  if (Number.isInteger(quantity) && Number.isInteger(unitPrice)) {
    if (share === 0) return gross;
    const scaled = gross * (MILLION - Math.round(share * MILLION));
    if (Number.isSafeInteger(scaled)) {
      const size = Math.abs(scaled) + MILLION / 2;
      const rounded = (size - (size % MILLION)) / MILLION;
      return scaled < 0 ? -rounded : rounded;
    }
  }
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
  const scaled = decimals(quantity) * decimals(unitPrice) * (ONE - decimals(share));
  const unit = ONE * ONE * ONE;
  const size = scaled < 0n ? -scaled : scaled;
  const rounded = (size + unit / 2n) / unit;
  return Number(scaled < 0n ? -rounded : rounded);
}

function decimals(value: number): bigint {
  return Number.isSafeInteger(value) ? BigInt(value) * ONE : BigInt(Math.round(value * MILLION));
}
