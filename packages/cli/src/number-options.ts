import { InputError } from "@bullseye/core/errors";
import type { Values } from "./arguments.ts";

/** An option that counts something, from `least` up; undefined where it was not given. */
export function countOption(values: Values, option: string, least = 1): number | undefined {
  const value = values[option];
  if (value === undefined) return undefined;
  const number = typeof value === "string" && /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
  if (!(number >= least))
    throw new InputError(`--${option} ${String(value)} is ${number < least ? "too small" : "no number"}`, {
      hint: `write a whole number from ${least} up`,
    });
  return number;
}
