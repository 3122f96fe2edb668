import type { DecimalMark } from "./decimal.ts";
import { isMissing } from "./missing.ts";

/** How a column writes numbers. `review` says why a person should look; null when the sample settles it. */
export interface NumberFormat {
  decimal: DecimalMark;
  review: string | null;
}

const SEPARATED = /\d(?:[\d.,\s'’]*\d)?/u;

/**
 * Decides by vote over the sample whether `.` or `,` opens the fraction. `1.234,56`, `12,5`, `1.234.567` are evidence; `1.234` and `1,234`
 * alone are not: commas then count as thousands, dots as thousands under review.
 */
export function voteNumberFormat(sample: readonly string[]): NumberFormat {
  let dot = 0;
  let comma = 0;
  let undecidedDots = 0;
  let undecidedCommas = 0;
  for (const raw of sample) {
    const text = raw.trim();
    if (isMissing(text)) continue;
    const body = SEPARATED.exec(text)?.[0];
    if (body === undefined) continue;
    const vote = voteOf(body);
    if (vote === "dot") dot++;
    else if (vote === "comma") comma++;
    else if (vote === "undecided-dot") undecidedDots++;
    else if (vote === "undecided-comma") undecidedCommas++;
  }
  if (dot > 0 && comma > 0) {
    return {
      decimal: dot >= comma ? "." : ",",
      review: `numbers are written in two ways (${dot} like 1,234.56 and ${comma} like 1.234,56)`,
    };
  }
  if (comma > 0) return { decimal: ",", review: null };
  if (dot > 0 || undecidedDots === 0) return { decimal: ".", review: null };
  if (undecidedCommas > 0) {
    return {
      decimal: undecidedCommas > undecidedDots ? "." : ",",
      review: `numbers are written in two ways (${undecidedCommas} like 1,234 and ${undecidedDots} like 1.234)`,
    };
  }
  return { decimal: ",", review: "1.234 may be a thousand or a fraction; read as thousands" };
}

function voteOf(body: string): "dot" | "comma" | "undecided-dot" | "undecided-comma" | null {
  const lastDot = body.lastIndexOf(".");
  const lastComma = body.lastIndexOf(",");
  if (lastDot < 0 && lastComma < 0) return null;
  if (lastDot >= 0 && lastComma >= 0) return lastDot > lastComma ? "dot" : "comma";
  const last = Math.max(lastDot, lastComma);
  const isDot = lastDot >= 0;
  const several = body.indexOf(isDot ? "." : ",") !== last;
  if (several) return isDot ? "comma" : "dot";
  const after = body.length - last - 1;
  const digitsOnly = /^\d{1,3}$/.test(body.slice(0, last)) && body[0] !== "0" && /^\d{3}$/.test(body.slice(last + 1));
  if (after === 3 && digitsOnly) return isDot ? "undecided-dot" : "undecided-comma";
  return isDot ? "dot" : "comma";
}
