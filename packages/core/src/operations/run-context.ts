import type { Day } from "../account/attribute.ts";
import type { ListOrigin } from "../account/merge.ts";
import type { ListKind, SourceDeclaration } from "../lists/kinds.ts";
import type { ListMapping } from "../lists/mapping/list-mapping.ts";
import type { Dialect } from "../lists/reading/dialect.ts";
import type { Ports } from "../ports.ts";
import type { PlainParts } from "./plain-parts.ts";

/** Everything that a run pins before its first row is read; immutable, read by every operation of the run. */
export interface RunContext {
  runId: string;
  type: "list" | "refresh" | "undo" | "erase";
  asOf: Day;
  /** The day as of which the rows of the list count: of a file that is read anew or corrected that of its first drop. */
  saidOn: Day;
  configSha: string;
  /** The turn of the run; goes with everything that it saves. */
  fence: number;
  /** Null for a refresh. */
  list: string | null;
  kind: ListKind | null;
  /** The number under which the rows of this run are filed (`rankOf`). */
  version: number;
  /** Runs whose versions stand no more when this one has ended. */
  gone: string[];
  /** Ranks of the versions whose rows are forgotten where the run retracts. */
  withdraws: number[];
  /** Ranks of the other versions that stand where rows of one of several are taken back, lowest first; null where none does. */
  stays: number[] | null;
  /** Which of the list's versions the run is, in the order in which they came. */
  order: number;
  /** No other version of the list stands when the run has ended. */
  alone: boolean;
  source: SourceDeclaration | null;
  bits: number;
  /** The store held nothing when the run began. */
  emptyStore: boolean;
  /** Origins of all lists as declared when the run began. */
  origins: Array<[list: string, origin: ListOrigin]>;
  /** Standing reference versions, the list of this run included, newest first. */
  references: ReferenceVersion[];
  table: TableContext | null;
  /** Of an erasure that is about a person: only what names him is forgotten; null where homes are forgotten as a whole. */
  people: Retraction["people"];
  /** Whether `runs/<run>/tombstones.json` holds marks of erased people and companies that rows are held against. */
  tombstones: boolean;
}

/** What an erasure takes out of one list; written before its run starts, and gone with its work. */
export interface Retraction {
  homes: string[];
  /** Ids of contacts, and hashes of buyers in orders. */
  people: { contacts: string[]; buyers: string[] } | null;
}

/** Where a run of type `erase` finds what it takes out. */
export const retractionKey = (runId: string): string => workKey(runId, "retraction.json");

/** How the file of a run is read. */
export interface TableContext {
  /** The object that ranges point into, where it is the dropped file itself. */
  key: string;
  /** Where ranges point into instead when the file was packed or transcoded. */
  parts: PlainParts | null;
  dialect: Dialect;
  mapping: ListMapping;
  header: string[];
  /** Physical record number of the (last) header record; 0 without a header. */
  headerRecord: number;
  /** Physical record number of the first footer record; null without a footer. */
  footerFrom: number | null;
  records: number;
  /** Objects with rows that are read as they came back corrected. */
  corrections?: string[];
}

/** One standing version of a reference list and where its slices lie. */
export interface ReferenceVersion {
  list: string;
  version: number;
  bits: number;
  asOf: Day;
}

/** Short-lived objects of a run; they may hold personal data and go when the run closes. */
export const workKey = (runId: string, rest: string): string => `personal/work/${runId}/${rest}`;

/** Where the lines lie that a round reads; `import-list` writes those of round 0, the round before those of the next. */
export const patchPrefix = (runId: string, round: number): string => workKey(runId, `patch/${round}/`);

/** Where a home keeps the bytes of a dropped file: until its run ends, and as long as rows of it may come back corrected. */
export const versionKey = (versionId: string): string => `personal/versions/${versionId}`;

/** Objects of a run that stay. */
export const runKey = (runId: string, rest: string): string => `runs/${runId}/${rest}`;

/** What a partition saves, in counts; it is there before the partition is saved. */
export const savedKey = (runId: string, partition: number): string => runKey(runId, `saved/${partition}.json`);

/** Whether a run has saved a partition, or was about to. */
export async function mayHaveSaved(ports: Ports, runId: string): Promise<boolean> {
  return (await ports.objects.list(runKey(runId, "saved/"))).length > 0;
}

/** Ledger objects of a run. */
export const ledgerKey = (runId: string, rest: string): string => `ledger/${runId}/${rest}`;

/** What versions of a list said of homes that they share (`resolve/evidence.ts`); they name people. */
export const evidencePrefix = (list: string, runId = ""): string =>
  `personal/evidence/${list}/${runId === "" ? "" : `${runId}/`}`;

/** Where the slice of a reference version for one partition lies. */
export const referenceKey = (list: string, version: number, bits: number, partition: number): string =>
  `personal/reference/${list}/${version}/${bits}-${partition}.jsonl`;

const contexts = new WeakMap<Ports, Map<string, Promise<RunContext>>>();

/** The context of a run; read once by each worker. */
export function contextOf(ports: Ports, runId: string): Promise<RunContext> {
  let known = contexts.get(ports);
  if (!known) {
    known = new Map();
    contexts.set(ports, known);
  }
  let context = known.get(runId);
  if (!context) {
    context = readJson<RunContext>(ports, runKey(runId, "context.json"));
    context.catch(() => known.delete(runId));
    known.set(runId, context);
  }
  return context;
}

/** A JSON object from the object store. */
export async function readJson<T>(ports: Pick<Ports, "objects">, key: string): Promise<T> {
  return JSON.parse(Buffer.from(await ports.objects.get(key)).toString("utf8")) as T;
}

/** A JSON object into the object store. */
export async function writeJson(ports: Ports, key: string, value: unknown): Promise<void> {
  await ports.objects.put(key, JSON.stringify(value));
}
