import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { ListRecord, RunRecord } from "@bullseye/core/ledger/records";
import type { RunStore } from "@bullseye/core/ports";
import { Records } from "./records.ts";
import { byText } from "./rows.ts";
import { Table } from "./table.ts";

/** Lists and runs on DynamoDB. */
export class DynamoRuns implements RunStore {
  readonly #lists: Records<ListRecord>;
  readonly #runs: Records<RunRecord>;

  constructor(client: DynamoDBClient, table: string) {
    const one = new Table(client, table);
    this.#lists = new Records(one, "L");
    this.#runs = new Records(one, "R");
  }

  lists(): Promise<ListRecord[]> {
    return this.#lists.all();
  }

  list(id: string): Promise<ListRecord | null> {
    return this.#lists.get(id);
  }

  putList(list: ListRecord): Promise<void> {
    return this.#lists.put(list.id, list);
  }

  /** Newest first. */
  async runs(): Promise<RunRecord[]> {
    const runs = await this.#runs.all();
    return runs.sort((a, b) => byText(b.startedAt, a.startedAt) || byText(a.runId, b.runId));
  }

  run(id: string): Promise<RunRecord | null> {
    return this.#runs.get(id);
  }

  putRun(run: RunRecord): Promise<void> {
    return this.#runs.put(run.runId, run);
  }

  removeRun(id: string): Promise<void> {
    return this.#runs.delete(id);
  }
}
