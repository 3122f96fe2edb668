import type { Method } from "../account/attribute.ts";

/** An estimate in whole units with its 80 % interval, before it becomes a cell. `evidence` may be shared: never change it. */
export interface Estimate {
  value: number;
  low: number;
  high: number;
  confidence: number;
  method: Method;
  evidence: readonly string[];
}

/** A class with how sure it is and why. */
export interface Verdict<Class extends string | boolean> {
  value: Class;
  confidence: number;
  evidence: readonly string[];
}

/** The name of the band that a number falls into; bands carry their upper bound, which belongs to them where `inclusive`. */
export function bandOf<Name extends string>(
  bands: ReadonlyArray<readonly [number, Name]>,
  value: number,
  inclusive: boolean,
): Name {
  let at = 0;
  while (at < bands.length - 1 && (inclusive ? value > bands[at]![0] : value >= bands[at]![0])) at++;
  return bands[at]![1];
}
