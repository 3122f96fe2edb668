import type { Day } from "../account/attribute.ts";
import { readJson } from "../operations/run-context.ts";
import { CURRENT_BASE } from "../operations/summarise-base/summarise-base.ts";
import type { Ports } from "../ports.ts";

/** What the stored accounts were scored with last. */
export interface CurrentScoring {
  /** Version of the base's cut points. */
  version: string;
  configSha: string;
  asOf: Day;
}

/** What the last run that ended scored with; null before the first. */
export async function currentScoring(ports: Ports): Promise<CurrentScoring | null> {
  if ((await ports.objects.size(CURRENT_BASE)) === null) return null;
  return readJson<CurrentScoring>(ports, CURRENT_BASE);
}
