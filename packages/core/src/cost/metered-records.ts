import { packText } from "../account/stored-item.ts";
import type { AudienceState, MemberRow, PushRecord } from "../audiences/delivery.ts";
import type { ListRecord, RunRecord } from "../ledger/records.ts";
import type { AudienceStore, Ports, RunStore } from "../ports.ts";
import { recordBytes } from "./item-bytes.ts";
import type { Meter } from "./meter.ts";
import { queryUnits, readUnits, writeUnits } from "./request-units.ts";

/** Whole records, packed, in one item each; all of one kind under one partition key. */
class RecordUnits {
  readonly #meter: Meter;

  constructor(meter: Meter) {
    this.#meter = meter;
  }

  got<T>(record: T | null): T | null {
    this.#meter.count("dynamodb.read", record === null ? 1 : readUnits(bytesOf(record)));
    return record;
  }

  all<T>(records: T[]): T[] {
    this.#meter.count("dynamodb.read", queryUnits(records.reduce((sum, record) => sum + bytesOf(record), 0)));
    return records;
  }

  put(record: unknown): void {
    this.#meter.count("dynamodb.write", writeUnits(bytesOf(record)));
  }
}

const bytesOf = (record: unknown): number => recordBytes(packText(JSON.stringify(record)).length);

/** Lists and runs, counting the units of the table on AWS. */
export class MeteredRuns implements RunStore {
  readonly #ports: Ports;
  readonly #meter: Meter;
  readonly #units: RecordUnits;

  constructor(ports: Ports, meter: Meter) {
    this.#ports = ports;
    this.#meter = meter;
    this.#units = new RecordUnits(meter);
  }

  async lists(): Promise<ListRecord[]> {
    return this.#units.all(await this.#ports.runs.lists());
  }

  async list(id: string): Promise<ListRecord | null> {
    return this.#units.got(await this.#ports.runs.list(id));
  }

  putList(list: ListRecord): Promise<void> {
    this.#units.put(list);
    return this.#ports.runs.putList(list);
  }

  async runs(): Promise<RunRecord[]> {
    return this.#units.all(await this.#ports.runs.runs());
  }

  async run(id: string): Promise<RunRecord | null> {
    return this.#units.got(await this.#ports.runs.run(id));
  }

  putRun(run: RunRecord): Promise<void> {
    this.#units.put(run);
    return this.#ports.runs.putRun(run);
  }

  removeRun(id: string): Promise<void> {
    this.#meter.count("dynamodb.write");
    return this.#ports.runs.removeRun(id);
  }
}

/** Partition keys that the members of an audience are spread over: `packages/aws/src/dynamodb/audiences.ts`. */
const MEMBER_SHARDS = 16;

/** Members of a call that are packed to see how large they are [design]. */
const SAMPLED = 32;

/** What audiences have been told, counting the units of the table on AWS. */
export class MeteredAudiences implements AudienceStore {
  readonly #ports: Ports;
  readonly #meter: Meter;
  readonly #units: RecordUnits;

  constructor(ports: Ports, meter: Meter) {
    this.#ports = ports;
    this.#meter = meter;
    this.#units = new RecordUnits(meter);
  }

  async state(audience: string): Promise<AudienceState | null> {
    return this.#units.got(await this.#ports.audiences.state(audience));
  }

  putState(state: AudienceState): Promise<void> {
    this.#units.put(state);
    return this.#ports.audiences.putState(state);
  }

  /** Read shard by shard, where begun units of each are lost: half a unit on the average, all of it where a shard is empty. */
  async *members(audience: string): AsyncGenerator<MemberRow> {
    let count = 0;
    const sample: MemberRow[] = [];
    for await (const member of this.#ports.audiences.members(audience)) {
      count++;
      if (sample.length < SAMPLED) sample.push(member);
      yield member;
    }
    const bytes = sample.length === 0 ? 0 : (sample.reduce((sum, row) => sum + bytesOf(row), 0) / sample.length) * count;
    const each = bytes / MEMBER_SHARDS;
    this.#meter.count("dynamodb.read", each <= 4096 ? MEMBER_SHARDS : Math.round(MEMBER_SHARDS * (each / 4096 + 0.5)));
  }

  membersById(audience: string, ids: readonly string[]): Promise<Map<string, MemberRow>> {
    if (ids.length > 0) this.#meter.count("dynamodb.read", new Set(ids).size);
    return this.#ports.audiences.membersById(audience, ids);
  }

  putMembers(rows: readonly MemberRow[], gone: ReadonlyArray<{ audience: string; id: string }>): Promise<void> {
    const step = Math.max(1, Math.floor(rows.length / SAMPLED));
    const sample = rows.filter((_, index) => index % step === 0);
    const units = sample.reduce((sum, row) => sum + writeUnits(bytesOf(row)), 0);
    const all = sample.length === 0 ? 0 : Math.round((units * rows.length) / sample.length);
    if (all + gone.length > 0) this.#meter.count("dynamodb.write", all + gone.length);
    return this.#ports.audiences.putMembers(rows, gone);
  }

  /** Those of one audience are picked out of all that are read. */
  async pushes(audience?: string): Promise<PushRecord[]> {
    const all = this.#units.all(await this.#ports.audiences.pushes());
    return audience === undefined ? all : all.filter((push) => push.audience === audience);
  }

  async push(id: string): Promise<PushRecord | null> {
    return this.#units.got(await this.#ports.audiences.push(id));
  }

  putPush(push: PushRecord): Promise<void> {
    this.#units.put(push);
    return this.#ports.audiences.putPush(push);
  }
}
