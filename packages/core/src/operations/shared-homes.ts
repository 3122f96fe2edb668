import { gunzipSync } from "node:zlib";
import { InputError } from "../errors.ts";
import { rankOf, standingVersions } from "../ledger/list-versions.ts";
import type { ListRecord, ListVersion } from "../ledger/records.ts";
import type { ListKind } from "../lists/kinds.ts";
import type { Ports } from "../ports.ts";
import { ledgerKey } from "./run-context.ts";

/** How many homes are made room for at first. */
const FIRST_ROOM = 1_024;

/**
 * Refuses to take back what one version of a list said where that would take more: of what two versions say of one company the later one
 * is kept, and nobody remembers what the earlier one said. What is read `reads` anew or `undo`ne is told in the error.
 */
export async function refuseEntangled(
  ports: Pick<Ports, "objects">,
  list: ListRecord,
  version: ListVersion,
  purpose: "reads" | "undo",
): Promise<void> {
  const others = standingVersions(list).filter((each) => each.runId !== version.runId && mixes(list.kind, version, each));
  if (others.length === 0) return;
  const mine = await homesOf(ports, version);
  for (const other of others) {
    let shared = 0;
    for await (const home of homes(ports, other)) if (has(mine, home)) shared++;
    if (shared === 0) continue;
    const about = `version ${other.version} (${other.file}) of the list "${list.id}" names ${shared === 1 ? "a company" : "companies"} that version ${version.version} (${version.file}) names too`;
    if (purpose === "undo")
      throw new InputError(`${about}, and what it said of them was not kept beside that`, {
        hint: `bullseye lists undo ${list.id} withdraws all of it; then run the files that are to stand again`,
      });
    throw new InputError(`${about}, and is read as before`, {
      hint:
        list.kind === "accounts"
          ? `run the files of the list again in the order in which they came, ${other.file} before ${version.file}`
          : `bullseye lists undo ${list.id} withdraws all of it; then run its files again in the order in which they came`,
    });
  }
}

/** Whether taking back what a version said may take what another one said, where both speak of one company. */
function mixes(kind: ListKind, version: ListVersion, other: ListVersion): boolean {
  const earlier = rankOf(other) < rankOf(version);
  // A statement about a company is kept by whoever said it last, and one of a lower rank that comes later is kept beside it.
  if (kind === "accounts") return earlier && other.version < version.version;
  return earlier || (kind !== "orders" && kind !== "deals");
}

async function* homes(ports: Pick<Ports, "objects">, { runId }: ListVersion): AsyncGenerator<bigint> {
  for (const key of await ports.objects.list(ledgerKey(runId, "rows/")))
    for (const line of gunzipSync(await ports.objects.get(key))
      .toString("utf8")
      .split("\n"))
      if (line !== "") yield BigInt(`0x${(JSON.parse(line) as [number, string, string])[2].slice(0, 16)}`);
}

/** The first 64 bits of the homes of a version, sorted: eight bytes for a row, whatever the size of the list. */
async function homesOf(ports: Pick<Ports, "objects">, version: ListVersion): Promise<BigUint64Array> {
  let all = new BigUint64Array(FIRST_ROOM);
  let n = 0;
  for await (const home of homes(ports, version)) {
    if (n === all.length) {
      const more = new BigUint64Array(n * 2);
      more.set(all);
      all = more;
    }
    all[n++] = home;
  }
  return all.subarray(0, n).sort();
}

function has(sorted: BigUint64Array, home: bigint): boolean {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < home) low = middle + 1;
    else high = middle;
  }
  return low < sorted.length && sorted[low] === home;
}
