import { gunzipSync } from "node:zlib";
import { InputError } from "../errors.ts";
import { rankOf, standingVersions } from "../ledger/list-versions.ts";
import type { ListRecord, ListVersion } from "../ledger/records.ts";
import { PATCH_KINDS } from "../lists/kinds.ts";
import type { Ports } from "../ports.ts";
import { ledgerKey } from "./run-context.ts";

/** How many homes are made room for at first. */
const FIRST_ROOM = 1_024;

/**
 * Ranks of the versions that stay when one version of a list is taken back, because its file `reads` otherwise or is `undo`ne; what was kept of
 * them is said again. `gone` are all that go with it. Null where none stays. InputError where what one of them said of a company cannot be told from what the other said.
 */
export async function staying(
  ports: Pick<Ports, "objects">,
  list: ListRecord,
  version: ListVersion,
  gone: readonly ListVersion[],
  purpose: "reads" | "undo",
): Promise<number[] | null> {
  const others = standingVersions(list).filter(({ runId }) => !gone.some((each) => each.runId === runId));
  if (others.length === 0) return null;
  const entangled = PATCH_KINDS.has(list.kind) ? others.filter(({ keeps }) => !(keeps && version.keeps)) : others;
  await refuseEntangled(ports, list, version, entangled, purpose);
  return PATCH_KINDS.has(list.kind) ? others.map(rankOf) : null;
}

async function refuseEntangled(
  ports: Pick<Ports, "objects">,
  list: ListRecord,
  version: ListVersion,
  others: readonly ListVersion[],
  purpose: "reads" | "undo",
): Promise<void> {
  if (others.length === 0) return;
  const mine = await homesOf(ports, version);
  for (const other of others) {
    let shared = 0;
    for await (const home of homes(ports, other)) if (has(mine, home)) shared++;
    if (shared === 0) continue;
    const about = `version ${other.version} (${other.file}) of the list "${list.id}" names ${shared === 1 ? "a company" : "companies"} that version ${version.version} (${version.file}) names too`;
    throw new InputError(
      purpose === "undo" ? `${about}, and what it said of them was not kept beside that` : `${about}, and is read as before`,
      {
        hint: `bullseye lists undo ${list.id} withdraws all of it; then run the files that are to stand, in the order in which they came`,
      },
    );
  }
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
