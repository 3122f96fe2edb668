import type { SuppressionClass, SuppressionEntry } from "./account/facts.ts";
import type { AccountItem, AliasRow, FactItem, FactKind, ParkedItem } from "./account/item.ts";
import type { AudienceState, MemberRow, PushRecord } from "./audiences/delivery.ts";
import type { AdConnector, ConnectorContext } from "./connector.ts";
import type { ListRecord, RunRecord } from "./ledger/records.ts";

/** Immutable blobs under slash-separated keys. Keys with personal data lie under `personal/`, `rejects/` or `work/` only. */
export interface ObjectStore {
  /** The whole object; NotFoundError when there is none. */
  get(key: string): Promise<Uint8Array>;
  /** Bytes `[start, end)` of an object. */
  range(key: string, start: number, end: number): Promise<Uint8Array>;
  /** Writes atomically: readers see the old object or the new one, never a part. */
  put(key: string, body: Uint8Array | string): Promise<void>;
  /** Size in bytes, or null where there is no such object. */
  size(key: string): Promise<number | null>;
  /** The key under which the bytes of one version of a dropped object stay the same, whatever is dropped over it. */
  pinned(key: string, versionId: string): Promise<string>;
  /** All keys under a prefix, sorted. */
  list(prefix: string): Promise<string[]>;
  /** Removes every object under a prefix. */
  remove(prefix: string): Promise<void>;
}

/** How a live object is written as lines (none of which holds a line break) and read back. */
export interface LineCodec<T> {
  toLines(value: T): string[];
  fromLines(lines: readonly string[]): T;
}

/**
 * Hands live objects from one operation of an iteration to the next. On a laptop the value stays in the worker's memory; on AWS it is
 * written. `kept` values survive the iteration (they are written once, as text) and are handed over live where they are still at hand.
 */
export interface Batches {
  /** For the next operation of the same iteration. */
  hand<T>(key: string, value: T, codec: LineCodec<T>): Promise<void>;
  /** What {@link hand} was given; BugError when it is gone. */
  take<T>(key: string, codec: LineCodec<T>): Promise<T>;
  /** Written durably as lines and kept live while memory allows. */
  keep(key: string, lines: string[], live: unknown): Promise<void>;
  /** The live object, or the lines it was written as. */
  find<T>(key: string): Promise<{ live: T } | { lines: string[] }>;
}

/** What planning needs of an account that some audience of a platform wants. */
export interface WantedMember {
  /** Key id by which the platform tells members apart; the account id where it may be told nothing. */
  key: string;
  /** Account id. */
  id: string;
  audiences: string[];
  /** `audience: rule` where the policy said no. */
  blocked: string[];
  /** The classes under which it is suppressed; empty where it is not. */
  suppressed: readonly SuppressionClass[];
  /** By audience, why companies above it keep it out; absent where none does. */
  keptOut?: Readonly<Record<string, string>> | undefined;
  /** Null where the platform may be told nothing. */
  fingerprint: string | null;
}

/** What one list says about a suppressed key. */
export interface Suppression {
  list: string;
  entry: SuppressionEntry;
}

/** Everything one partition changes, saved in one go; rows are sorted by key. */
export interface PartitionChanges {
  accounts: AccountItem[];
  accountsGone: string[];
  parked: ParkedItem[];
  parkedGone: string[];
  aliases: AliasRow[];
  aliasesGone: Array<{ key: string; target: string; list: string }>;
  facts: FactItem[];
  factsGone: Array<{ home: string; kind: FactKind; ref: string; list: string }>;
  suppressions: Array<{ key: string; list: string; version: number; entry: SuppressionEntry }>;
  suppressionsGone: Array<{ key: string; list: string }>;
}

/** Changes that change nothing. */
export const NO_CHANGES: Readonly<PartitionChanges> = {
  accounts: [],
  accountsGone: [],
  parked: [],
  parkedGone: [],
  aliases: [],
  aliasesGone: [],
  facts: [],
  factsGone: [],
  suppressions: [],
  suppressionsGone: [],
};

/** Accounts with what belongs to them, by key. Id ranges are half-open and in text order; a partition is one such range. */
export interface AccountStore {
  /** Whether the store holds anything that a resolver would have to look up. */
  isEmpty(): Promise<boolean>;
  count(): Promise<number>;
  accounts(ids: readonly string[]): Promise<Map<string, AccountItem>>;
  parked(ids: readonly string[]): Promise<Map<string, ParkedItem>>;
  aliases(keys: readonly string[]): Promise<Map<string, AliasRow[]>>;
  facts(homes: readonly string[], kind: FactKind): Promise<Map<string, FactItem[]>>;
  /** Name homes (accounts or parked) of blocks: ids that begin with one of these blocks (`resolve/identity.ts`). */
  blocks(prefixes: readonly string[]): Promise<{ accounts: AccountItem[]; parked: ParkedItem[] }>;
  /** Items in id order. `which`: all, or those whose classification reads the base. */
  scan(from: string, to: string | null, which: "all" | "dependent"): AsyncIterable<AccountItem>;
  /** The best accounts of a tier (`unknown` too, for those not yet scored): highest score first, none behind, equal ones by id. */
  ranked(tier: string, limit: number): Promise<AccountItem[]>;
  /** Accounts that audiences of a platform want, in order of key and id, without their evidence. */
  wants(platform: string): AsyncIterable<WantedMember>;
  /** Contacts (facts of kind contact) of all homes in home order. */
  scanFacts(kind: FactKind): AsyncIterable<FactItem>;
  /**
   * Saves what one partition changed. `fence` is the turn of the run that says so: where a run with a later turn has already written,
   * nothing is overwritten and BugError says that the turn was lost.
   */
  save(changes: PartitionChanges, fence: number): Promise<void>;
  /** Keeps out what earlier turns still have on their way, as if this one had saved already. BugError where a later one has. */
  claim(fence: number): Promise<void>;
  /** Which of these key ids are suppressed, by which lists (in list order); `except` leaves out what some versions of a list said last. */
  suppressed(
    keys: readonly string[],
    except?: { list: string; versions: readonly number[] },
  ): Promise<Map<string, Suppression[]>>;
  suppressionCount(): Promise<number>;
  /** Takes back the vouchers and suppressions that a failed version saved. */
  forgetVersion(list: string, version: number): Promise<void>;
}

/** Lists, their versions and runs. */
export interface RunStore {
  lists(): Promise<ListRecord[]>;
  list(id: string): Promise<ListRecord | null>;
  putList(list: ListRecord): Promise<void>;
  runs(): Promise<RunRecord[]>;
  run(id: string): Promise<RunRecord | null>;
  putRun(run: RunRecord): Promise<void>;
  /** Forgets a run that stored nothing. */
  removeRun(id: string): Promise<void>;
}

/** What each audience has been told, member by member, and the pushes that told it. */
export interface AudienceStore {
  state(audience: string): Promise<AudienceState | null>;
  putState(state: AudienceState): Promise<void>;
  /** Members of an audience in id order. */
  members(audience: string): AsyncIterable<MemberRow>;
  membersById(audience: string, ids: readonly string[]): Promise<Map<string, MemberRow>>;
  putMembers(rows: readonly MemberRow[], gone: ReadonlyArray<{ audience: string; id: string }>): Promise<void>;
  pushes(audience?: string): Promise<PushRecord[]>;
  push(id: string): Promise<PushRecord | null>;
  putPush(push: PushRecord): Promise<void>;
}

/** At-least-once delivery of small pointers. */
export interface Queue {
  send(queue: string, messages: ReadonlyArray<{ id: string; body: unknown }>, delaySeconds?: number): Promise<void>;
  receive(queue: string, max: number): Promise<Array<{ id: string; receipt: string; attempts: number; body: unknown }>>;
  done(queue: string, receipt: string): Promise<void>;
  /** Back into the queue after a delay without counting as a failed receive. */
  defer(queue: string, receipt: string, delaySeconds: number): Promise<void>;
  depth(queue: string): Promise<number>;
}

/** Rights that one holder has at a time, by name. */
export interface Leases {
  /**
   * Takes a lease for some seconds, or renews it for its holder. Null while another has it, and while somebody waits who came earlier:
   * whoever gives an `order` gets in line (text order) until he has had it, gives up, or has not asked for {@link WAITING_SECONDS};
   * whoever gives none comes after the line.
   * The fence is a number that grows whenever the holder changes.
   */
  take(name: string, holder: string, seconds: number, order?: string): Promise<number | null>;
  /** Lets go, or leaves the line; nothing where the holder is another. */
  release(name: string, holder: string): Promise<void>;
}

/** Seconds after which one who waits for a lease and does not ask again has left the line [design]: several times the workflow's wait. */
export const WAITING_SECONDS = 300;

/** Something that happened, told to whoever listens: pointers and counts, never a person's data. */
export interface PublishedEvent {
  /** kebab-case; a schema and an example of each lie in `events/published/`. */
  type: "run-closed" | "plan-awaiting-approval" | "push-delivered" | "audience-parked";
  /** The same for the same happening, so that a listener can drop repetitions. */
  id: string;
  /** ISO instant. */
  at: string;
  detail: Record<string, unknown>;
}

/** Tells the outside what happened; at least once. */
export interface EventBus {
  publish(events: readonly PublishedEvent[]): Promise<void>;
}

/** The only source of time. */
export interface Clock {
  /** ISO instant. */
  now(): string;
  sleep(milliseconds: number): Promise<void>;
}

/** Digests; in core because they are pure, a port because the keyed one needs a key that only the outside knows. */
export interface Digest {
  /** First 80 bits of SHA-256 as 20 hex digits. */
  id(text: string): string;
  /** SHA-256, 64 hex digits. */
  sha256(text: string | Uint8Array): string;
  /** Keyed hash, 20 hex digits: for personal keys in ledgers and indexes. */
  keyed(text: string): string;
}

/** All that an operation may ask of the world. */
export interface Ports {
  objects: ObjectStore;
  batches: Batches;
  accounts: AccountStore;
  runs: RunStore;
  audiences: AudienceStore;
  queue: Queue;
  leases: Leases;
  events: EventBus;
  clock: Clock;
  digest: Digest;
  /** The connector of a platform; NotFoundError for an unknown one. */
  adConnector(platform: string): AdConnector;
  /** What a connector may use for one audience: http, secrets of its platform, settings, base URLs read at run time. */
  connectorContext(platform: string, settings: Readonly<Record<string, unknown>>): ConnectorContext;
  /** Tunable numbers that shape a run, from configuration. */
  settings: RunSettings;
}

/** Sizes of work units [design]; results never depend on them (a test holds that). */
export interface RunSettings {
  /** Bytes of a range that one import-list reads. */
  rangeBytes: number;
  /** Data rows (or accounts) that one partition is cut for; the number of partitions is the next power of two. */
  partitionRows: number;
}
