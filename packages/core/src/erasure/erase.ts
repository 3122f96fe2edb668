import { InputError, isKnownError } from "../errors.ts";
import { rankOf } from "../ledger/list-versions.ts";
import type { Retraction } from "../operations/run-context.ts";
import type { Ports } from "../ports.ts";
import { whoIsMeant } from "./asked.ts";
import { type Found, find, joinFound, nothingFound } from "./found.ts";
import { markHash } from "./marks.ts";
import { noteErasure } from "./record.ts";
import { redactCorrections } from "./redact-corrections.ts";
import { redactEvidence } from "./redact-evidence.ts";
import { redactFamilies } from "./redact-families.ts";
import { type ErasedRows, type Removed, redactInbox, redactKept, unreadNaming } from "./redact-lists.ts";
import {
  type Pending,
  pendingAudiences,
  redactMembers,
  redactOutbox,
  redactPlans,
  redactReference,
  redactRejects,
  redactReports,
} from "./redact-objects.ts";
import { setTombstone } from "./tombstones.ts";

/** Where somebody is erased: a home or a stage. */
export interface ErasingPlace {
  ports: Ports;
  /** Works while no run is at work. */
  betweenRuns<T>(work: () => Promise<T>): Promise<T>;
  /** Runs the workflow over what a list says of somebody, to forget it. */
  eraseFrom(list: string, what: Retraction): Promise<unknown>;
  /** What is kept for a while of objects that were overwritten, in words; null where nothing is. */
  keepsOldVersions: string | null;
}

/** What an erasure took out, and what is still to be done. Nothing in it names anybody. */
export interface Erasure {
  kind: Found["kind"];
  removed: Removed[];
  pending: Pending[];
  tombstone: string;
  /** The day of the first erasure by this key. */
  day: string;
}

const JOURNALS = "personal/erasures/";
/** What an erasure that was cut short had found. Personal, and gone when it is through. */
const journalKey = (tombstone: string): string => `${JOURNALS}${tombstone}.json`;

interface Journal {
  tombstone: string;
  /** Keyed hash of what was typed: once a company is gone, its name finds nobody, or somebody else. */
  words: string;
  found: Found;
}

/** For a run of an erasure that somebody asks to retry. */
export const unfinishedErasure = (runId: string): InputError =>
  new InputError(`run ${runId} is part of an erasure`, { hint: "give the same bullseye erase command again: it goes on" });

/**
 * Erases a person or a company everywhere: the tombstone first, so that no list brings them back meanwhile; then copies of files and rejects;
 * then, list by list, what the store holds, by runs that plan the removals; then outbox, plans and reports. Cut short, the same call goes on.
 */
export async function erase(place: ErasingPlace, key: string): Promise<Erasure> {
  const { ports } = place;
  const begun = await place.betweenRuns(() => begin(ports, key));
  const { found, tombstone, day, rows } = begun;
  const removed = [...begun.removed];
  for (const [list, homes] of Object.entries(found.lists)) {
    const people = found.kind === "person" ? { contacts: found.contacts, buyers: found.buyers } : null;
    await place.eraseFrom(list, { homes, people });
  }
  // After the runs: what they wrote on the way may still name who was there until the last of them.
  await place.betweenRuns(async () => {
    const went = await companiesThatWent(ports, found);
    for (const each of [found, went])
      for (const redact of [redactOutbox, redactPlans, redactReports, redactMembers, redactFamilies])
        removed.push(...(await redact(ports, each)));
  });
  for (const [what, n] of Object.entries(found.stored)) removed.push({ where: `store: ${what}`, n });
  const { homes } = await noteErasure(ports, {
    ...{ v: 1, tombstone, kind: found.kind, at: ports.clock.now(), done: true, homes: [], rows: byRun(rows) },
    removed,
  });
  await ports.objects.remove(journalKey(tombstone));
  const pending = await pendingAudiences(ports, await standingNowhere(ports, homes));
  for (const key of await unreadNaming(ports, found)) pending.push({ what: `${key} was never read, and names them: remove it` });
  if (place.keepsOldVersions !== null && removed.length > 0) pending.push({ what: place.keepsOldVersions });
  return { kind: found.kind, removed, pending, tombstone, day };
}

interface Begun {
  found: Found;
  tombstone: string;
  day: string;
  removed: Removed[];
  rows: ErasedRows[];
}

async function begin(ports: Ports, key: string): Promise<Begun> {
  const words = ports.digest.keyed(`erase ${key.trim().toLowerCase()}`);
  const { tombstone, found } = await lookUp(ports, key, await journals(ports), words);
  const marks = found.marks.map((mark) => markHash(mark, ports.digest));
  const { day } = await setTombstone(ports, { id: tombstone, kind: found.kind, day: ports.clock.now().slice(0, 10), marks });
  await ports.objects.put(journalKey(tombstone), JSON.stringify({ tombstone, words, found } satisfies Journal));
  const stated = await statedRows(ports, found);
  // Before anything goes, so that the ledger adds up at every moment.
  await noteErasure(ports, {
    ...{ v: 1, tombstone, kind: found.kind, at: ports.clock.now(), done: false, homes: homesOf(found), rows: byRun(stated) },
    removed: [],
  });
  const corrections = await redactCorrections(ports, found);
  const inbox = await redactInbox(ports, found, corrections.rows);
  const kept = await redactKept(ports, found, corrections.rows);
  const removed = [inbox, kept, corrections].flatMap((each) => each.removed);
  for (const redact of [redactRejects, redactReference, redactEvidence]) removed.push(...(await redact(ports, found)));
  return { found, tombstone, day, removed, rows: [inbox, kept, corrections].flatMap((each) => each.rows) };
}

async function journals(ports: Ports): Promise<Journal[]> {
  const found: Journal[] = [];
  for (const key of await ports.objects.list(JOURNALS))
    found.push(JSON.parse(Buffer.from(await ports.objects.get(key)).toString("utf8")) as Journal);
  return found;
}

/** Who is meant and what is stored of them; what the same words began goes on, whoever they mean by now. */
async function lookUp(
  ports: Ports,
  key: string,
  begun: readonly Journal[],
  words: string,
): Promise<Pick<Journal, "tombstone" | "found">> {
  const before = begun.find((each) => each.words === words);
  try {
    const asked = await whoIsMeant(ports, key);
    const tombstone = markHash(asked.mark, ports.digest);
    if (before && before.tombstone !== tombstone) return before;
    const same = begun.find((each) => each.tombstone === tombstone);
    return { tombstone, found: joinFound(same?.found ?? null, await find(ports, asked)) };
  } catch (error) {
    if (before && isKnownError(error)) return before;
    throw error;
  }
}

async function standingNowhere(ports: Ports, homes: readonly string[]): Promise<string[]> {
  const accounts = await ports.accounts.accounts([...homes].sort());
  const parked = await ports.accounts.parked([...homes].sort());
  return homes.filter((home) => !accounts.has(home) && !parked.has(home));
}

/** Companies that only the person's own rows had named, and that therefore went with them. */
async function companiesThatWent(ports: Ports, found: Found): Promise<Found> {
  const went = new Set(
    await standingNowhere(
      ports,
      found.companies.map(({ home }) => home),
    ),
  );
  const gone = found.companies.filter(({ home }) => went.has(home));
  return {
    ...nothingFound("company"),
    homes: gone.map(({ home }) => home),
    keys: gone.flatMap(({ keys }) => keys),
    titles: gone.flatMap(({ titles }) => titles),
  };
}

/** Homes of the ledger that may stand nowhere from now on. */
const homesOf = (found: Found): string[] => [...new Set([...found.homes, ...found.ids, ...Object.values(found.lists).flat()])];

async function statedRows(ports: Ports, found: Found): Promise<ErasedRows[]> {
  const lists = new Map((await ports.runs.lists()).map((list) => [list.id, list]));
  return found.rows.flatMap(({ list, version, row }) => {
    const run = lists.get(list)?.versions.find((each) => rankOf(each) === version)?.runId;
    return run === undefined ? [] : [{ run, rows: [row] }];
  });
}

function byRun(rows: readonly ErasedRows[]): Record<string, number[]> {
  const found: Record<string, number[]> = {};
  for (const { run, rows: more } of rows) found[run] = [...(found[run] ?? []), ...more];
  return found;
}
