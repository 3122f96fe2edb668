import { gunzipSync, gzipSync } from "node:zlib";
import type { SavedCounts } from "@bullseye/core/operations/save-partition/save-partition";
import { TURN } from "@bullseye/core/operations/take-turn/take-turn";
import type { PartitionChanges } from "@bullseye/core/ports";
import type { LocalPorts } from "@bullseye/local/ports";
import { expect, test } from "vitest";
import { Conservation } from "./conserve.ts";

/** Seeds that are looked at for a breach. */
const MOST_SEEDS = 60;

/** Changes what is put under keys of a form. */
function onPut(ports: LocalPorts, keys: RegExp, change: (body: Uint8Array | string) => Uint8Array | string): void {
  const { objects } = ports;
  const put = objects.put.bind(objects);
  objects.put = (key, body) => put(key, keys.test(key) ? change(body) : body);
}

/** Changes what partitions save. */
function onSave(ports: LocalPorts, change: (changes: PartitionChanges) => PartitionChanges): void {
  const { accounts } = ports;
  const save = accounts.save.bind(accounts);
  accounts.save = (changes, fence) => save(change(changes), fence);
}

const lines = (body: Uint8Array | string): string[] =>
  gunzipSync(body as Uint8Array)
    .toString("utf8")
    .split("\n");

/** Every way to lose something or count it twice, and what is said of it. */
const PLANTED: ReadonlyArray<[string, (ports: LocalPorts) => void, RegExp]> = [
  [
    "a row that falls out of the ledger",
    (ports) => onPut(ports, /^ledger\/[^/]+\/rows\//, (body) => gzipSync(lines(body).slice(1).join("\n"))),
    /rows in the ledger, \d+ written/,
  ],
  [
    "a row that is twice in the ledger",
    (ports) => onPut(ports, /^ledger\/[^/]+\/rows\//, (body) => gzipSync([lines(body)[0], ...lines(body)].join("\n"))),
    /ended more than once[\s\S]*rows ended twice/,
  ],
  [
    "a row that is counted twice",
    (ports) =>
      onPut(ports, /^runs\/[^/]+\/saved\//, (body) => {
        const counts = JSON.parse(String(body)) as SavedCounts;
        return JSON.stringify({ ...counts, accepted: counts.accepted + 1 });
      }),
    /does not balance/,
  ],
  [
    "an account that is not saved",
    (ports) => onSave(ports, (changes) => ({ ...changes, accounts: changes.accounts.slice(1) })),
    /accepted rows stand nowhere/,
  ],
  [
    "facts and vouchers that are not taken back",
    (ports) => onSave(ports, (changes) => ({ ...changes, factsGone: [], aliasesGone: [] })),
    /still hold/,
  ],
  [
    "a member that is counted twice",
    ({ audiences }) => {
      const put = audiences.putMembers.bind(audiences);
      audiences.putMembers = (rows, gone) =>
        put([...rows, ...rows.slice(0, 1).map((row) => ({ ...row, id: `${row.id}x` }))], gone);
    },
    /counts 1 companies more than once/,
  ],
  [
    "a file that is read where it lies instead of the version that was dropped",
    ({ objects }) => {
      objects.pinned = async (key) => key;
    },
    /rows, .* were written|it ended with/,
  ],
  [
    "work that is left behind",
    ({ objects }) => {
      const remove = objects.remove.bind(objects);
      objects.remove = async (prefix) => (prefix.startsWith("personal/work/") ? undefined : remove(prefix));
    },
    /left behind: objects\/personal\/work/,
  ],
  [
    "runs that do not wait for their turn",
    ({ leases }) => {
      const take = leases.take.bind(leases);
      leases.take = async (name, holder, seconds, order) => (name === TURN ? 1 : take(name, holder, seconds, order));
    },
    /it ended with|not as without faults|reconcile/,
  ],
  [
    "a queue that loses its messages",
    ({ queue }) => {
      queue.send = async () => {};
    },
    /everyone: push \S+ is queued/,
  ],
];

test.each(PLANTED)(
  "%s is found",
  async (_, plant, said) => {
    const conservation = new Conservation(plant);
    let found: string[] = [];
    for (let seed = 1; seed <= MOST_SEEDS && !said.test(found.join("\n")); seed++)
      found = (await conservation.try(seed)).breaches;
    expect(found.join("\n")).toMatch(said);
  },
  300_000,
);
