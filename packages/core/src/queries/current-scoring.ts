import type { Day } from "../account/attribute.ts";
import type { AccountResult } from "../account/item.ts";
import { readJson } from "../operations/run-context.ts";
import { CURRENT_BASE, type CurrentBase } from "../operations/summarise-base/summarise-base.ts";
import type { Ports } from "../ports.ts";

/** What the last run that ended scored with; null before the first. */
export async function currentScoring(ports: Ports): Promise<CurrentBase | null> {
  if ((await ports.objects.size(CURRENT_BASE)) === null) return null;
  return readJson<CurrentBase>(ports, CURRENT_BASE);
}

/** The day on which an account was judged last: when its result was written, or when a later look at everything left it as it was. */
export function judgedOn({ asOf }: AccountResult, { lookedAt }: CurrentBase): Day {
  return lookedAt !== undefined && lookedAt > asOf ? lookedAt : asOf;
}
