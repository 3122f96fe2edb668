import { gunzipSync } from "node:zlib";
import type { Ports } from "../../ports.ts";
import type { Evidence } from "../../resolve/evidence.ts";
import { evidenceLine, retractLine } from "../../resolve/lines.ts";
import type { ShuffleWriter } from "../shuffle.ts";

/** Tells the homes that a ledger object names to forget what the list said before */
export async function retract(ports: Ports, ledger: string, shuffle: ShuffleWriter): Promise<void> {
  const homes = new Set<string>();
  for (const line of gunzipSync(await ports.objects.get(ledger))
    .toString("utf8")
    .split("\n")) {
    if (line === "") continue;
    const [, , home] = JSON.parse(line) as [number, string, string];
    homes.add(home);
  }
  for (const home of homes) shuffle.add(retractLine(home));
}

/** Brings what was kept beside the store to the homes that it is about. */
export async function readEvidence(ports: Ports, key: string, shuffle: ShuffleWriter): Promise<void> {
  for (const line of gunzipSync(await ports.objects.get(key))
    .toString("utf8")
    .split("\n"))
    if (line !== "") shuffle.add(evidenceLine((JSON.parse(line) as Evidence).home, line));
}
