import { type AttributeValue, type Cell, CONFIDENCE_CAP, type Day } from "../account/attribute.ts";
import { CONFIDENCE_HALF } from "./config.ts";

/** A sum, count or date of stated rows. `share` is the part of the rows that could be read for it. */
export function stated(rule: string, value: AttributeValue, share: number, asOf: Day, evidence: string): Cell {
  return {
    value,
    confidence: round(CONFIDENCE_CAP.observed * share),
    method: "observed",
    source: rule,
    asOf,
    evidence: [evidence],
  };
}

/** A judgement from `n` observations: confidence = cap x n / (n + `CONFIDENCE_HALF`) x share. */
export function derived(rule: string, value: AttributeValue, n: number, share: number, asOf: Day, evidence: string): Cell {
  const confidence = round((CONFIDENCE_CAP.derived * share * n) / (n + CONFIDENCE_HALF));
  return { value, confidence, method: "derived", source: rule, asOf, evidence: [evidence] };
}

/** The same cell with the day from which it counts as unknown again. */
export function until(cell: Cell, expiresAt: Day): Cell {
  cell.expiresAt = expiresAt;
  return cell;
}

/** A count with its noun: `1 order`, `18 orders`. */
export function counted(count: number, noun: string): string {
  return `${count} ${count === 1 ? noun : `${noun}s`}`;
}

/** A share as whole percent: `42 %`. */
export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function round(confidence: number): number {
  return Math.round(confidence * 1000) / 1000;
}
