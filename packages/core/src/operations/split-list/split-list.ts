import { gzipSync } from "node:zlib";
import * as z from "zod";
import { tombstonesOf } from "../../erasure/tombstones.ts";
import { InputError, NotFoundError } from "../../errors.ts";
import { rankAfter, rankOf, versionThatSays } from "../../ledger/list-versions.ts";
import type { ListRecord, ListVersion, RunRecord } from "../../ledger/records.ts";
import type { SourceDeclaration } from "../../lists/kinds.ts";
import { joinLabels } from "../../lists/labels.ts";
import type { Ports } from "../../ports.ts";
import { partitionBits } from "../../resolve/identity.ts";
import { operation } from "../operation.ts";
import {
  evidencePrefix,
  ledgerKey,
  type ReferenceVersion,
  type Retraction,
  type RunContext,
  readJson,
  retractionKey,
  runKey,
  workKey,
  writeJson,
} from "../run-context.ts";
import { staying } from "../shared-homes.ts";
import { type Drop, openDrop } from "./open-drop.ts";

export { listNameOf, parseInboxKey } from "./open-drop.ts";

/** One piece of work for import-list: a range of the file, a ledger object whose homes forget what the list said before, or what its versions said of homes that they share. */
export type ImportRange =
  | { index: number; start: number; end: number; firstRecord: number; records: number }
  | { index: number; ledger: string }
  | { index: number; evidence: string };

const Input = z.object({
  runId: z.string(),
  bucket: z.string(),
  key: z.string().nullable(),
  versionId: z.string().nullable(),
  asOf: z.string(),
  configSha: z.string(),
  fence: z.number(),
});

const Pointer = z.object({ bucket: z.string(), key: z.string(), count: z.number() });

/** Finds out what a dropped file is and cuts it into ranges; pins everything that decides the run. Without a list it writes no range. */
export const splitList = operation({
  id: "split-list",
  input: Input,
  output: z.object({ kind: z.string().nullable(), ranges: Pointer, alreadyImported: z.boolean() }),
  async run(ports, input) {
    await ports.accounts.claim(input.fence);
    const known = await ports.runs.run(input.runId);
    const drop = input.key === null ? null : await openDrop(ports, input.key, input.versionId ?? "", input.runId);
    const takesBack = known?.type === "undo" || known?.type === "erase";
    const type: RunRecord["type"] = drop ? "list" : takesBack ? known.type : "refresh";
    const listId = drop?.list ?? known?.list ?? null;
    const previous = listId === null ? null : await ports.runs.list(listId);
    if (takesBack && !drop && previous === null)
      throw new NotFoundError(`there is no list "${listId}"`, { hint: "see bullseye lists" });
    if (drop && previous && previous.kind !== drop.kind && holdsSomething(previous))
      throw new InputError(`the list "${drop.list}" holds ${previous.kind}, and ${drop.fileName} holds ${drop.kind}`, {
        hint: "give it another --list name, or the right --kind",
      });
    const run: RunRecord = {
      ...(known ?? { startedAt: ports.clock.now(), status: "running" as const }),
      runId: input.runId,
      type,
      status: "running",
      list: listId,
      kind: drop?.kind ?? previous?.kind ?? null,
      version: null,
      input: { key: input.key, versionId: input.versionId ?? "", asOf: input.asOf, configSha: input.configSha },
    };
    if (drop) {
      const same = versionThatSays(previous, { ...drop, contentHash: drop.droppedHash });
      if (same) {
        await ports.runs.putRun({ ...run, version: same.version });
        await writeJson(ports, runKey(input.runId, "already-imported.json"), same);
        await pin(ports, run, input.fence, null, null, drop.source);
        return { kind: drop.kind, ranges: await manifest(ports, input, []), alreadyImported: true };
      }
    }
    const change = drop ? await changeOf(ports, run, previous, drop) : takesBack ? await takingBack(ports, run, previous!) : null;
    if (drop) await openVersion(ports, run, previous, drop, change!);
    const version = change?.version ?? previous?.versions.at(-1)?.version ?? 0;
    const ranges: ImportRange[] = drop ? drop.ranges.map((range, index) => ({ index, ...range })) : [];
    for (const each of change?.retracts ?? [])
      for (const ledger of await ports.objects.list(ledgerKey(each.runId, "rows/")))
        ranges.push({ index: ranges.length, ledger });
    if (change?.stays)
      for (const evidence of await ports.objects.list(evidencePrefix(listId!))) ranges.push({ index: ranges.length, evidence });
    if (type === "erase") ranges.push({ index: 0, ledger: await retractedHomes(ports, input.runId) });
    await ports.runs.putRun({ ...run, version });
    await pin(ports, { ...run, version }, input.fence, drop, change, drop?.source ?? null);
    return { kind: run.kind, ranges: await manifest(ports, input, ranges), alreadyImported: false };
  },
});

/** What a run does to the versions of its list. */
interface ListChange {
  version: number;
  /** The number under which its rows are filed. */
  rank: number;
  /** The version whose place it takes. */
  replaces: ListVersion | null;
  /** Versions that stand no more when the run has ended. */
  gone: ListVersion[];
  /** Those of them whose rows are taken back; what the others said is said again. */
  retracts: ListVersion[];
  /** Ranks of all versions whose statements go with them. */
  withdraws: number[];
  /** Ranks of the other versions that stand, lowest first, where what was kept of them is said again in the place of what is taken back. */
  stays: number[] | null;
  alone: boolean;
}

/** Whether the list is of its kind for good: nothing may change while some of it stands or is on its way. */
const holdsSomething = ({ versions }: ListRecord): boolean =>
  versions.some(({ status }) => status === "standing" || status === "running");

async function changeOf(ports: Ports, run: RunRecord, previous: ListRecord | null, drop: Drop): Promise<ListChange> {
  const versions = previous?.versions ?? [];
  const mine = versions.find((each) => each.runId === run.runId);
  const version = mine?.version ?? (versions.at(-1)?.version ?? 0) + 1;
  const others = versions.filter((each) => each.runId !== run.runId);
  const standing = others.filter(({ status }) => status === "standing");
  const corrects = drop.correction?.contentHash === drop.droppedHash;
  const anew = drop.base !== null && (corrects || (drop.base.reading ?? drop.reading) !== drop.reading);
  const replaces = anew ? drop.base : null;
  const rank = replaces === null ? version : (mine?.rank ?? rankAfter({ ...previous!, versions: others }, replaces));
  const common = { version, rank, replaces };
  if (drop.mode === "snapshot" && !corrects) {
    const mates = ({ batch, runId }: ListVersion): boolean =>
      drop.batch !== undefined && batch === drop.batch && runId !== replaces?.runId;
    const gone = standing.filter((each) => !mates(each));
    const withdraws = others.filter((each) => !mates(each)).map(rankOf);
    const stays = replaces ? await staying(ports, previous!, replaces, gone, "reads") : null;
    return { ...common, gone, retracts: gone, withdraws, stays, alone: gone.length === standing.length };
  }
  if (replaces === null) return { ...common, gone: [], retracts: [], withdraws: [], stays: null, alone: standing.length === 0 };
  const alone = standing.length === 1;
  // Rows that are corrected for the first time only add to what the file said before.
  if (!alone && corrects && !drop.recorrects)
    return { ...common, gone: [replaces], retracts: [], withdraws: [], stays: null, alone };
  const stays = await staying(ports, previous!, replaces, [replaces], "reads");
  return { ...common, gone: [replaces], retracts: [replaces], withdraws: [rankOf(replaces)], stays, alone };
}

/** What an undo or an erasure does. */
async function takingBack(ports: Ports, run: RunRecord, list: ListRecord): Promise<ListChange> {
  return run.type === "undo" ? undoing(ports, list, run.undoes) : erasing(list);
}

async function undoing(ports: Ports, list: ListRecord, only: number | undefined): Promise<ListChange> {
  const version = list.versions.at(-1)?.version ?? 0;
  const gone = list.versions.filter(
    (each) => (only === undefined || each.version === only) && (each.status === "standing" || each.status === "failed"),
  );
  const ranks = only === undefined ? list.versions.map(rankOf) : gone.map(rankOf);
  const one = only === undefined ? undefined : gone[0];
  const stays = one ? await staying(ports, list, one, gone, "undo") : null;
  return { version, rank: version, replaces: null, gone, retracts: gone, withdraws: ranks, stays, alone: only === undefined };
}

/** What the list says stays, but for what the run takes out of it. */
function erasing(list: ListRecord): ListChange {
  const version = list.versions.at(-1)?.version ?? 0;
  const withdraws = list.versions.map(rankOf);
  return { version, rank: version, replaces: null, gone: [], retracts: [], withdraws, stays: null, alone: false };
}

/** The homes of an erasure in the form of a ledger, for import-list to forget. */
async function retractedHomes(ports: Ports, runId: string): Promise<string> {
  const { homes } = await readJson<Retraction>(ports, retractionKey(runId));
  const key = workKey(runId, "retracted.jsonl.gz");
  await ports.objects.put(key, gzipSync(homes.map((home) => `${JSON.stringify([0, "accepted", home])}\n`).join("")));
  return key;
}

async function manifest(
  ports: Ports,
  { runId, bucket }: { runId: string; bucket: string },
  ranges: ImportRange[],
): Promise<z.infer<typeof Pointer>> {
  const key = workKey(runId, "ranges.json");
  await writeJson(ports, key, ranges);
  return { bucket, key, count: ranges.length };
}

/** Writes the version down, and what the drop says about its list. */
async function openVersion(
  ports: Ports,
  run: RunRecord,
  previous: ListRecord | null,
  drop: Drop,
  change: ListChange,
): Promise<void> {
  const versions = previous?.versions ?? [];
  const mine = versions.find((each) => each.runId === run.runId);
  const forcedOrigin = drop.forcedOrigin ?? previous?.forcedOrigin;
  const opened: ListVersion = {
    version: change.version,
    runId: run.runId,
    // The copy of a file of which rows were erased is that file.
    contentHash: change.replaces?.contentHash ?? drop.contentHash,
    ...(change.replaces?.erasedHashes ? { erasedHashes: change.replaces.erasedHashes } : {}),
    file: drop.fileName,
    asOf: change.replaces?.asOf ?? run.input.asOf,
    status: mine?.status ?? "running",
    reading: drop.reading,
    keeps: true,
    ...(drop.sheet === undefined ? {} : { sheet: drop.sheet }),
    ...(change.rank === change.version ? {} : { rank: change.rank }),
    ...(change.replaces === null ? {} : { replaces: change.replaces.version }),
    ...(drop.batch === undefined ? {} : { batch: drop.batch }),
    ...(drop.correction === null ? {} : { correction: drop.correction }),
  };
  await ports.runs.putList({
    id: drop.list,
    kind: drop.kind,
    mode: drop.mode,
    source: forcedOrigin === undefined ? drop.source : { ...drop.source, origin: forcedOrigin },
    ...(forcedOrigin === undefined ? {} : { forcedOrigin }),
    ...joinLabels(previous ?? {}, drop.labels),
    versions: [...versions.filter((each) => each.runId !== run.runId), opened],
  });
}

/** Keeps the tombstones of this moment for the run; answers whether there are any. */
async function pinTombstones(ports: Ports, runId: string): Promise<boolean> {
  const marks = (await tombstonesOf(ports)).flatMap((each) => each.marks);
  if (marks.length > 0) await writeJson(ports, runKey(runId, "tombstones.json"), marks);
  return marks.length > 0;
}

/** Writes the context that every operation of the run reads. */
async function pin(
  ports: Ports,
  run: RunRecord,
  fence: number,
  drop: Drop | null,
  change: ListChange | null,
  source: SourceDeclaration | null,
): Promise<void> {
  const lists = await ports.runs.lists();
  const bits = partitionBits(Math.max(drop?.dataRecords ?? 0, await ports.accounts.count()), ports.settings.partitionRows);
  const gone = new Set(change?.gone.map(({ runId }) => runId));
  const references: ReferenceVersion[] = [];
  for (const list of lists) {
    if (list.kind !== "reference") continue;
    const standing = list.versions.filter(
      (each) => (each.status === "standing" && !gone.has(each.runId)) || (each.runId === run.runId && drop !== null),
    );
    for (const each of standing.sort((a, b) => rankOf(b) - rankOf(a)))
      references.push({
        list: list.id,
        version: rankOf(each),
        bits: each.runId === run.runId ? bits : (each.bits ?? 0),
        asOf: each.asOf,
      });
  }
  const context: RunContext = {
    runId: run.runId,
    type: run.type,
    asOf: run.input.asOf,
    saidOn: change?.replaces?.asOf ?? run.input.asOf,
    configSha: run.input.configSha,
    fence,
    list: run.list,
    kind: run.kind,
    version: change?.rank ?? run.version ?? 0,
    withdraws: change?.withdraws ?? [],
    gone: [...gone],
    stays: change?.stays ?? null,
    order: change?.version ?? 0,
    alone: change?.alone ?? false,
    source,
    bits,
    emptyStore: await ports.accounts.isEmpty(),
    origins: lists.map((list) => [list.id, { origin: list.source.origin, reference: list.kind === "reference" }]),
    references,
    table: drop?.table ?? null,
    people: run.type === "erase" ? (await readJson<Retraction>(ports, retractionKey(run.runId))).people : null,
    tombstones: drop ? await pinTombstones(ports, run.runId) : false,
  };
  await writeJson(ports, runKey(run.runId, "context.json"), context);
  await ports.runs.putRun({ ...run, bits });
}
