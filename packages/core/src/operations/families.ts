import { gunzipSync, gzipSync } from "node:zlib";
import type { Attributes } from "../account/attribute.ts";
import type { SuppressionClass } from "../account/facts.ts";
import { type CompanyFacts, type FamilyOf, type Kin, unfolded } from "../families/kin.ts";
import type { ParentReference } from "../families/reference.ts";
import type { FamilyCounts } from "../ledger/records.ts";
import type { Ports } from "../ports.ts";
import { readJson, runKey, writeJson } from "./run-context.ts";

/** What an account's rows say of its parent, and the account that this was found to mean. */
export interface FoundReference extends ParentReference {
  /** Account id; null where no account, or no single one, is meant. */
  to: string | null;
}

/** Everything about families; `references` and `kin` by account, `facts` by parent. */
export interface FamilyTables {
  references: Map<string, FoundReference>;
  kin: Map<string, Kin>;
  facts: Map<string, CompanyFacts>;
  /** Companies above others that are suppressed, with their classes. */
  suppressed: Map<string, readonly SuppressionClass[]>;
}

/** Where the slices of one state lie: by the first `digits` of account ids, each under the hash of its content. */
export interface FamilyIndex {
  digits: number;
  slices: Record<string, string>;
  counts: FamilyCounts;
  /** It says which companies above others are suppressed; absent in what was written before that was looked up. */
  suppressions?: true;
}

const PREFIX = "matching/families/";
/** What stands. */
const CURRENT_FAMILIES = "matching/families.json";
/** What stands once the run is closed. */
const familiesKey = (runId: string): string => runKey(runId, "families.json");

/** Accounts with a family that one slice is cut for, and the most digits that slices are told apart by [design]. */
const SLICE = 10_000;
const MOST_DIGITS = 2;

interface Slice {
  references: Array<[string, FoundReference]>;
  kin: Array<[string, Kin]>;
  facts: Array<[string, CompanyFacts]>;
  /** Absent for none. */
  suppressed?: Array<[string, readonly SuppressionClass[]]>;
}

/** The state that the last closed run left; null before the first that knew of families. */
export async function currentFamilies(ports: Ports): Promise<FamilyIndex | null> {
  return (await ports.objects.size(CURRENT_FAMILIES)) === null ? null : readJson<FamilyIndex>(ports, CURRENT_FAMILIES);
}

/** The state that a run works with, once its barrier is past. */
export const familiesOfRun = (ports: Ports, runId: string): Promise<FamilyIndex> => readJson(ports, familiesKey(runId));

async function sliceOf(ports: Ports, name: string): Promise<Slice> {
  return JSON.parse(gunzipSync(await ports.objects.get(`${PREFIX}${name}`)).toString("utf8")) as Slice;
}

/** Reads a whole state. */
export async function readFamilies(ports: Ports, index: FamilyIndex | null): Promise<FamilyTables> {
  const tables: FamilyTables = { references: new Map(), kin: new Map(), facts: new Map(), suppressed: new Map() };
  for (const name of Object.values(index?.slices ?? {})) {
    const slice = await sliceOf(ports, name);
    for (const [id, each] of slice.references) tables.references.set(id, each);
    for (const [id, each] of slice.kin) tables.kin.set(id, each);
    for (const [id, each] of slice.facts) tables.facts.set(id, each);
    for (const [id, each] of slice.suppressed ?? []) tables.suppressed.set(id, each);
  }
  return tables;
}

const byId = <T>(a: [string, T], b: [string, T]): number => (a[0] < b[0] ? -1 : 1);

/** Writes a whole state for a run; equal slices are the same objects, so that what nothing changed is not written again. */
export async function writeFamilies(
  ports: Ports,
  runId: string,
  { references, kin, facts, suppressed }: FamilyTables,
  counts: FamilyCounts,
  before: FamilyIndex | null,
): Promise<void> {
  const most = Math.max(references.size, kin.size);
  let digits = 0;
  while (digits < MOST_DIGITS && most > SLICE * 16 ** digits) digits++;
  const slices = new Map<string, Slice>();
  const at = (id: string): Slice => {
    const prefix = id.slice(0, digits);
    let slice = slices.get(prefix);
    if (!slice) {
      slice = { references: [], kin: [], facts: [] };
      slices.set(prefix, slice);
    }
    return slice;
  };
  for (const each of references) at(each[0]).references.push(each);
  for (const each of kin) at(each[0]).kin.push(each);
  for (const each of suppressed) {
    const slice = at(each[0]);
    slice.suppressed ??= [];
    slice.suppressed.push(each);
  }
  const known = new Set(Object.values(before?.slices ?? {}));
  const index: FamilyIndex = { digits, slices: {}, counts, suppressions: true };
  for (const [prefix, slice] of [...slices].sort(byId)) {
    slice.references.sort(byId);
    slice.kin.sort(byId);
    const above = new Set(slice.kin.flatMap(([, each]) => [each.parent?.id, each.top]));
    for (const id of above) if (typeof id === "string" && facts.has(id)) slice.facts.push([id, facts.get(id)!]);
    slice.facts.sort(byId);
    slice.suppressed?.sort(byId);
    const text = JSON.stringify(slice);
    const name = `${ports.digest.id(text)}.json.gz`;
    if (!known.has(name)) await ports.objects.put(`${PREFIX}${name}`, gzipSync(text));
    index.slices[prefix] = name;
  }
  await writeJson(ports, familiesKey(runId), index);
}

/** Makes what a run found out stand, and clears away what it replaces. */
export async function settleFamilies(ports: Ports, runId: string): Promise<void> {
  const index = await familiesOfRun(ports, runId);
  await writeJson(ports, CURRENT_FAMILIES, index);
  const kept = new Set(Object.values(index.slices).map((name) => `${PREFIX}${name}`));
  for (const key of await ports.objects.list(PREFIX)) if (!kept.has(key)) await ports.objects.remove(key);
}

/** Looks families up account by account; each slice is read once. */
export class FamilyReader {
  readonly #ports: Ports;
  readonly #index: FamilyIndex | null;
  readonly #slices = new Map<string, Promise<{ kin: Map<string, Kin>; factsOf: FamilyOf["factsOf"] }>>();

  constructor(ports: Ports, index: FamilyIndex | null) {
    this.#ports = ports;
    this.#index = index;
  }

  /** Undefined for an account without one. */
  async of(id: string): Promise<FamilyOf | undefined> {
    const prefix = id.slice(0, this.#index?.digits ?? 0);
    const name = this.#index?.slices[prefix];
    if (name === undefined) return undefined;
    let slice = this.#slices.get(prefix);
    if (!slice) {
      slice = this.#read(name);
      this.#slices.set(prefix, slice);
    }
    const { kin, factsOf } = await slice;
    const own = kin.get(id);
    return own && { kin: own, factsOf };
  }

  async #read(name: string): Promise<{ kin: Map<string, Kin>; factsOf: FamilyOf["factsOf"] }> {
    const slice = await sliceOf(this.#ports, name);
    const facts = new Map(slice.facts);
    const seen = new Map<string, Attributes>();
    const factsOf = (id: string): Attributes | undefined => {
      const stated = facts.get(id);
      let all = seen.get(id);
      if (!all && stated) {
        all = unfolded(stated);
        seen.set(id, all);
      }
      return all;
    };
    return { kin: new Map(slice.kin), factsOf };
  }
}
