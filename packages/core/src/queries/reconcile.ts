import type { AudienceState, MemberRow, PushRecord } from "../audiences/delivery.ts";
import { type ErasedLedger, erasedLedger } from "../erasure/record.ts";
import { rankOf, standingVersions } from "../ledger/list-versions.ts";
import type { ListRecord, ListVersion, RowCounts, RunRecord } from "../ledger/records.ts";
import { LEDGER_STAGES, ledgerTexts, type RowEnd, rowEnds } from "../operations/ledger-lines.ts";
import { decisionsOfList } from "../operations/match-companies/decisions.ts";
import { planKey, type StoredPlan } from "../operations/plan-audiences/plan-audiences.ts";
import { readJson, referenceKey } from "../operations/run-context.ts";
import type { Ports } from "../ports.ts";

/** What the ledger of one run says, counted again line by line. */
export interface ReconciledRun {
  runId: string;
  type: RunRecord["type"];
  status: RunRecord["status"];
  list: string | null;
  version: number | null;
  rows: RowCounts;
  /** Rows that ended as counted and name somebody who was erased since. */
  erased: number;
  balanced: boolean;
  differences: string[];
}

/** The whole ledger against the stores. */
export interface Reconciliation {
  balanced: boolean;
  /** Newest first. */
  runs: ReconciledRun[];
  /** Everything that does not add up, in words. */
  differences: string[];
}

/** Homes looked up at a time. */
const PAGE = 1_000;
/** States of members that are not desired any more and that a platform still holds. */
const LEAVING: ReadonlySet<MemberRow["state"]> = new Set(["removing", "withdrawn"]);
/** Differences of one sort that are spelled out; the rest is counted [design]. */
const MOST_EXAMPLES = 3;

/** Counts one sort of difference and names the first few. */
class Differences {
  readonly #found = new Map<string, { n: number; examples: string[] }>();

  add(sort: string, example: string): void {
    const known = this.#found.get(sort) ?? { n: 0, examples: [] };
    known.n++;
    if (known.examples.length < MOST_EXAMPLES) known.examples.push(example);
    this.#found.set(sort, known);
  }

  words(): string[] {
    return [...this.#found].map(
      ([sort, { n, examples }]) => `${n} ${sort} (${examples.join(", ")}${n > examples.length ? ", …" : ""})`,
    );
  }
}

/** Rows of one standing version of a list of accounts: whether the ledger has them, and the home under which it filed them. */
interface VersionRows {
  run: ReconciledRun;
  /** First eight hex digits of the home by row; 0 where the row made no patch. */
  homes: Uint32Array;
  /** Whether an account names the row. */
  named: Uint8Array;
  filed: number;
  stated: number;
  differences: Differences;
}

const headOf = (home: string): number => Number.parseInt(home.slice(0, 8), 16) || 1;

/**
 * Counts the ledger again and holds it against the stores: that every row ended once, that the sums are those of the run, that what was
 * accepted stands, that accounts say nothing that is in no ledger, and that the members of every audience add up. `runId` limits it to one
 * run. Reads only.
 */
export async function reconcile(ports: Ports, runId?: string): Promise<Reconciliation> {
  const lists = new Map((await ports.runs.lists()).map((list) => [list.id, list]));
  const gone = await erasedLedger(ports);
  const runs: ReconciledRun[] = [];
  const versions = new Map<string, VersionRows>();
  for (const run of await ports.runs.runs()) {
    if (runId !== undefined && run.runId !== runId) continue;
    const version = run.list === null ? undefined : lists.get(run.list)?.versions.find((each) => each.runId === run.runId);
    runs.push(await reconcileRun(ports, run, lists.get(run.list ?? "") ?? null, version ?? null, versions, gone));
  }
  const differences: string[] = [];
  const unledgered = new Differences();
  await checkStatements(ports, lists, versions, runId === undefined ? unledgered : null);
  for (const each of versions.values()) {
    const named = each.stated + (await saidAgain(ports, lists.get(each.run.list!)!, each, versions));
    if (named !== each.filed && each.differences.words().length === 0)
      each.run.differences.push(`${each.filed} rows were accepted or merged and accounts name ${named} of them`);
    each.run.differences.push(...each.differences.words());
  }
  differences.push(...unledgered.words());
  if (runId === undefined) differences.push(...(await checkAudiences(ports)));
  for (const run of runs) {
    run.balanced = run.differences.length === 0;
    for (const difference of run.differences)
      differences.push(`run ${run.runId}${run.list === null ? "" : ` (${run.list})`}: ${difference}`);
  }
  return { balanced: differences.length === 0, runs, differences };
}

/**
 * Rows of a version that no account names any more because later ones of its list have spoken of the same homes since: what is said anew is
 * kept once, with the newest rows.
 */
async function saidAgain(
  ports: Ports,
  list: ListRecord,
  { run, homes, named }: VersionRows,
  versions: ReadonlyMap<string, VersionRows>,
): Promise<number> {
  const mine = list.versions.find((each) => each.runId === run.runId)!;
  const later = standingVersions(list).filter((each) => rankOf(each) > rankOf(mine));
  let again: Uint32Array | null = null;
  let count = 0;
  for (let row = 0; row < homes.length; row++) {
    if (homes[row] === 0 || named[row] === 1 || later.length === 0) continue;
    again ??= await sortedHomes(ports, list, later, versions);
    if (isAmong(again, homes[row]!)) count++;
  }
  return count;
}

/** Homes of some versions in one piece, for a list may have millions of rows; those that were not counted are read in their ledgers. */
async function sortedHomes(
  ports: Ports,
  list: ListRecord,
  of: readonly ListVersion[],
  versions: ReadonlyMap<string, VersionRows>,
): Promise<Uint32Array> {
  const parts: Uint32Array[] = [];
  for (const version of of)
    parts.push(versions.get(`${list.id} ${rankOf(version)}`)?.homes ?? (await homesInLedger(ports, version)));
  const all = new Uint32Array(parts.reduce((sum, homes) => sum + homes.length, 0));
  let at = 0;
  for (const homes of parts) {
    all.set(homes, at);
    at += homes.length;
  }
  return all.sort();
}

async function homesInLedger(ports: Ports, { runId }: ListVersion): Promise<Uint32Array> {
  const homes = new Uint32Array((await ports.runs.run(runId))?.rows?.in ?? 0);
  let at = 0;
  for await (const { text } of ledgerTexts(ports, runId, "rows"))
    for (const { home } of rowEnds(text)) if (home !== undefined) homes[at++] = headOf(home);
  return homes;
}

function isAmong(sorted: Uint32Array, home: number): boolean {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < home) low = middle + 1;
    else high = middle;
  }
  return sorted[low] === home;
}

async function reconcileRun(
  ports: Ports,
  run: RunRecord,
  list: ListRecord | null,
  version: ListVersion | null,
  versions: Map<string, VersionRows>,
  gone: ErasedLedger,
): Promise<ReconciledRun> {
  const rows: RowCounts = { in: 0, accepted: 0, merged: 0, rejected: 0, blank: 0, footer: 0 };
  const { runId, type, status } = run;
  const result: ReconciledRun = {
    runId,
    type,
    status,
    list: run.list,
    version: run.version,
    rows,
    erased: 0,
    balanced: true,
    differences: [],
  };
  if (status === "running")
    result.differences.push("it was not finished; the same command, or bullseye runs retry, continues it");
  if (status !== "done" || type !== "list" || !run.rows) return result;
  const found = new Differences();
  let unfiled = 0;
  const standing = version?.status === "standing" && list !== null;
  const once = new Uint8Array(run.rows.in + 3);
  const homes = standing && run.kind === "accounts" ? new Uint32Array(run.rows.in + 3) : null;
  const exist = standing ? new HomeCheck(ports, run, list, version, found, gone) : null;
  for (const stage of LEDGER_STAGES) {
    for await (const { key, text } of ledgerTexts(ports, runId, stage)) {
      await exist?.open(key);
      for (const end of rowEnds(text)) {
        rows.in++;
        rows[end.outcome]++;
        if (end.row >= once.length) found.add("rows in the ledger lie behind the end of the file", `row ${end.row}`);
        else if (once[end.row]! > 0) found.add("rows ended more than once", `row ${end.row}`);
        else once[end.row] = 1;
        const erased = end.home !== undefined && gone.homes.has(end.home);
        if (erased || gone.at(runId, end.row) !== null) result.erased++;
        if (erased) unfiled++;
        if (end.home === undefined || erased) continue;
        if (homes && end.row < homes.length) homes[end.row] = headOf(end.home);
        exist?.add(end);
        if (exist?.full) await exist.look();
      }
    }
  }
  await exist?.look();
  for (const name of Object.keys(rows) as Array<keyof RowCounts>)
    if (rows[name] !== run.rows[name])
      result.differences.push(`the run counted ${run.rows[name]} rows ${name}, its ledger has ${rows[name]}`);
  result.differences.push(...found.words());
  if (homes)
    versions.set(`${run.list} ${rankOf(version!)}`, {
      run: result,
      homes,
      named: new Uint8Array(homes.length),
      filed: rows.accepted + rows.merged - unfiled,
      stated: 0,
      differences: new Differences(),
    });
  return result;
}

/** Looks up whether what accepted rows were filed under still stands, some at a time. */
class HomeCheck {
  readonly #ports: Ports;
  readonly #run: RunRecord;
  readonly #list: ListRecord;
  readonly #version: ListVersion;
  readonly #found: Differences;
  readonly #gone: ErasedLedger;
  #slice: ReadonlySet<string> = new Set();
  #waiting = new Map<string, number>();

  constructor(ports: Ports, run: RunRecord, list: ListRecord, version: ListVersion, found: Differences, gone: ErasedLedger) {
    this.#gone = gone;
    this.#ports = ports;
    this.#run = run;
    this.#list = list;
    this.#version = version;
    this.#found = found;
  }

  get full(): boolean {
    return this.#waiting.size >= PAGE;
  }

  /** A ledger object begins; reference rows lie in the slice of the same partition. */
  async open(key: string): Promise<void> {
    if (this.#run.kind !== "reference") return;
    await this.look();
    const partition = Number(/rows\/(\d+)\./.exec(key)?.[1] ?? Number.NaN);
    const { bits } = this.#version;
    if (Number.isNaN(partition) || bits === undefined) return;
    const slice = referenceKey(this.#list.id, rankOf(this.#version), bits, partition);
    const lines =
      (await this.#ports.objects.size(slice)) === null ? "" : Buffer.from(await this.#ports.objects.get(slice)).toString("utf8");
    this.#slice = new Set(lines.split("\n").map((line) => line.slice(0, 20)));
  }

  add({ home, row }: RowEnd): void {
    if (!this.#waiting.has(home!)) this.#waiting.set(home!, row);
  }

  async look(): Promise<void> {
    const waiting = this.#waiting;
    if (waiting.size === 0) return;
    this.#waiting = new Map();
    const { accounts } = this.#ports;
    let missing = [...waiting.keys()].sort();
    if (this.#run.kind === "reference") missing = missing.filter((home) => !this.#slice.has(home));
    else if (this.#run.kind === "suppressions") {
      const known = await accounts.suppressed(missing);
      missing = missing.filter((home) => !known.has(home));
    } else if (this.#run.kind === "matches") {
      // A decision stands whether or not any row names the companies yet.
      const decided = new Set((await decisionsOfList(this.#ports, this.#list)).map(({ low }) => low.id));
      missing = missing.filter((home) => !decided.has(home));
    } else {
      const standing = await accounts.accounts(missing);
      missing = missing.filter((home) => !standing.has(home));
      const parked = missing.length > 0 ? await accounts.parked(missing) : new Map<string, unknown>();
      missing = missing.filter((home) => !parked.has(home));
    }
    missing = missing.filter((home) => !this.#gone.mayBeGone.has(home));
    for (const home of missing) this.#found.add("accepted rows stand nowhere", `row ${waiting.get(home)}`);
  }
}

/** Every row that an account names must be in a ledger, under that home. `unledgered` takes what belongs to no standing version. */
async function checkStatements(
  ports: Ports,
  lists: ReadonlyMap<string, ListRecord>,
  versions: ReadonlyMap<string, VersionRows>,
  unledgered: Differences | null,
): Promise<void> {
  if (unledgered === null && versions.size === 0) return;
  for await (const item of ports.accounts.scan("", null, "all")) {
    for (const { home, st } of item.groups) {
      for (const statement of st) {
        const version = statement.k === "accounts" ? versions.get(`${statement.l} ${statement.v}`) : undefined;
        if (!version) {
          if (!isStanding(lists, statement.l, statement.v))
            unledgered?.add(
              "statements of accounts come from no version that stands",
              `account ${item.id}, ${statement.l} version ${statement.v}`,
            );
          continue;
        }
        for (const row of statement.r) {
          version.stated++;
          version.named[row] = 1;
          if (version.homes[row] !== headOf(home))
            version.differences.add("rows of accounts are not in the ledger so", `account ${item.id}, row ${row}`);
        }
      }
    }
  }
}

function isStanding(lists: ReadonlyMap<string, ListRecord>, list: string, version: number): boolean {
  return lists.get(list)?.versions.some((each) => rankOf(each) === version && each.status === "standing") ?? false;
}

/** In every audience the members by state, but for those that leave, add up to what was desired when the last push ended. */
async function checkAudiences(ports: Ports): Promise<string[]> {
  const differences: string[] = [];
  const newest = new Map<string, PushRecord[]>();
  for (const push of await ports.audiences.pushes()) {
    const known = newest.get(push.audience);
    if (known) known.push(push);
    else newest.set(push.audience, [push]);
  }
  for (const [audience, pushes] of newest) {
    const state = await ports.audiences.state(audience);
    const wanted = await desiredWhenTold(ports, state, pushes);
    if (wanted === null) continue;
    let members = 0;
    for await (const member of ports.audiences.members(audience)) if (!LEAVING.has(member.state)) members++;
    if (members !== wanted)
      differences.push(`audience ${audience}: ${wanted} members were desired and ${members} are in a state`);
  }
  return differences;
}

/** How many members the last ended push was to leave; null while one is under way or none has ended. */
async function desiredWhenTold(ports: Ports, state: AudienceState | null, pushes: readonly PushRecord[]): Promise<number | null> {
  if (
    !state?.lastPushedHash ||
    pushes.some((push) => push.status === "queued" || push.status === "approved" || push.status === "parked")
  )
    return null;
  const key = planKey(state.id, state.lastPushedHash, "plan.json");
  if ((await ports.objects.size(key)) === null) return null;
  return (await readJson<StoredPlan>(ports, key)).counts.desired;
}
