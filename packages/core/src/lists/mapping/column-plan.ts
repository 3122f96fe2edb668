import { type DateFormat, voteDateFormat } from "../values/date.ts";
import { scan, scanDecimal } from "../values/decimal.ts";
import { headerUnit } from "../values/header-unit.ts";
import { voteNumberFormat } from "../values/number-format.ts";
import { MONEY_TYPES, NUMBER_TYPES, type ValueType } from "./fields.ts";
import { headerKey } from "./header.ts";
import type { ColumnPlan } from "./list-mapping.ts";

/** A plan with the reason why a person should look at it, null when the sample settles everything. */
export interface PlannedColumn {
  plan: ColumnPlan;
  review: string | null;
}

const REGISTRATION_KINDS: readonly (readonly [RegExp, string])[] = [
  [/duns/, "duns"],
  [/^lei/, "lei"],
  [/vat|ust|umsatzsteuer|tva|btw/, "vat"],
];
/** Share of digit-only order ids from which `C…` ids are cancellations [design]. */
const DIGIT_IDS = 0.5;

/** Decides from header and sampled cells (trimmed, filled) how a column of that type is read. `region` is the declared ISO alpha-2 country. */
export function planColumn(type: ValueType, header: string, cells: readonly string[], region: string | undefined): PlannedColumn {
  const plan: ColumnPlan = { type };
  let review: string | null = null;
  if (NUMBER_TYPES.has(type)) {
    const format = voteNumberFormat(cells);
    plan.decimal = format.decimal;
    // A fraction makes no sense in a count, so a lone `1.234` there is a thousand without doubt.
    review = type === "count-range" || type === "integer" ? null : format.review;
    if (format.review?.includes("two ways")) review = format.review;
  }
  if (MONEY_TYPES.has(type)) {
    const unit = headerUnit(header);
    if (unit !== null) {
      if (unit.power > 0) plan.power = unit.power;
      if (unit.currency !== undefined) plan.currency = unit.currency;
    }
  }
  if (type === "share") plan.hundred = inHundredths(header, cells, plan.decimal ?? ".");
  if (type === "date") {
    const format: DateFormat = voteDateFormat(cells, region);
    plan.order = format.order;
    if (format.serial === true) plan.serial = true;
    review = format.review;
  }
  if (type === "registration") {
    const key = headerKey(header);
    plan.registration = REGISTRATION_KINDS.find(([pattern]) => pattern.test(key))?.[1] ?? "company-number";
    const country = /siren|siret/.test(key) ? "FR" : key.startsWith("kvk") ? "NL" : undefined;
    if (country !== undefined) plan.country = country;
  }
  return { plan, review };
}

/** Whether a share column is written as `15` for 15 %. */
function inHundredths(header: string, cells: readonly string[], decimal: "." | ","): boolean {
  for (const cell of cells) {
    if (!cell.endsWith("%") && scanDecimal(cell, decimal) && Math.abs(scan.mantissa) > 10 ** scan.scale) return true;
  }
  return header.includes("%") && !cells.some((cell) => /^0?[.,]\d/.test(cell));
}

/** Whether the sampled order ids are digits, so that `C` before digits marks a cancellation. */
export function hasDigitIds(cells: readonly string[]): boolean {
  let digits = 0;
  for (const cell of cells) if (/^\d+(?:\.0)?$/.test(cell)) digits++;
  return cells.length > 0 && digits >= cells.length * DIGIT_IDS;
}
