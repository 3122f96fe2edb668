import { joinClasses, type SuppressionClass } from "../account/facts.ts";
import type { Ports, WantedMember } from "../ports.ts";
import { type Audience, respectedClass } from "./audiences.ts";

/** One member as a platform tells members apart, with every account that it stands for. */
export interface WantedKey {
  key: string;
  rows: WantedMember[];
}

/** What audiences of a platform want, a member at a time, in key order. */
export async function* wantedKeys(ports: Ports, platform: string): AsyncGenerator<WantedKey> {
  let rows: WantedMember[] = [];
  for await (const row of ports.accounts.wants(platform)) {
    if (rows.length > 0 && rows[0]!.key !== row.key) {
      yield { key: rows[0]!.key, rows };
      rows = [];
    }
    rows.push(row);
  }
  if (rows.length > 0) yield { key: rows[0]!.key, rows };
}

/** Why a member stays out of an audience: a class under which it is suppressed itself, or what is so of a company above it. */
export type KeptOut = { suppressed: SuppressionClass } | { family: string };

/**
 * The account that stands for a member in an audience: the first that is wanted and may be told. None where any account of the member is
 * suppressed under a class that the audience respects, itself or by its family: the platform would not tell them apart.
 */
export function memberFor({ rows }: WantedKey, audience: Audience): WantedMember | KeptOut | null {
  const wanted = rows.filter((row) => row.fingerprint !== null && row.audiences.includes(audience.id));
  if (wanted.length === 0) return null;
  const suppressed = respectedClass(audience, joinClasses(...rows.map((row) => row.suppressed)));
  if (suppressed !== undefined) return { suppressed };
  const [family] = rows.flatMap(({ keptOut }) => keptOut?.[audience.id] ?? []);
  return family === undefined ? wanted[0]! : { family };
}
