import { existsSync } from "node:fs";
import type { Day } from "@bullseye/core/account/attribute";
import { unfinishedErasure } from "@bullseye/core/erasure/erase";
import { InputError } from "@bullseye/core/errors";
import type { ListDescription } from "@bullseye/core/ledger/describe-list";
import type { ListRecord, RunRecord } from "@bullseye/core/ledger/records";
import { pinConfiguration } from "@bullseye/core/operations/active-configuration";
import type { ConfigurationTexts } from "@bullseye/core/operations/configuration";
import type { Retraction } from "@bullseye/core/operations/run-context";
import type { Ports } from "@bullseye/core/ports";
import { Home, type HomeOptions, type PreparedDrop, prepareDrop, type RunOutcome, readConfiguration } from "@bullseye/local";
import { deliverAll } from "@bullseye/local/deliver";
import type { Workplace } from "./workplace.ts";

/** A home on this machine as commands see it. */
export class HomeWorkplace implements Workplace {
  readonly #home: Home;
  readonly keepsOldVersions = null;

  constructor(path: string, options: HomeOptions) {
    this.#home = new Home(path, options);
  }

  get ports(): Ports {
    return this.#home.ports;
  }

  get asOf(): Day {
    return this.#home.asOf;
  }

  async configuration(): Promise<ConfigurationTexts> {
    return readConfiguration(this.#home.path);
  }

  configurationSha(): Promise<string> {
    return pinConfiguration(this.ports, readConfiguration(this.#home.path));
  }

  exclusively<T>(work: () => Promise<T>): Promise<T> {
    return this.#home.exclusively(work);
  }

  run(drop: PreparedDrop): Promise<RunOutcome> {
    return this.#home.run(drop);
  }

  refresh(): Promise<RunOutcome> {
    return this.#home.refresh();
  }

  undo(list: string, version?: number): Promise<RunOutcome> {
    return this.#home.undo(list, version);
  }

  describe(list: string, given: ListDescription): Promise<ListRecord> {
    return this.#home.describe(list, given);
  }

  eraseFrom(list: string, what: Retraction): Promise<RunOutcome> {
    return this.#home.eraseFrom(list, what);
  }

  betweenRuns<T>(work: () => Promise<T>): Promise<T> {
    return this.#home.betweenRuns(work);
  }

  async retry(run: RunRecord): Promise<RunOutcome> {
    if (run.status === "done")
      throw new InputError(`run ${run.runId} is done`, { hint: "only failed and unfinished runs are retried" });
    if (run.type === "refresh") return this.refresh();
    if (run.type === "undo") return this.undo(run.list!, run.undoes);
    if (run.type === "erase") throw unfinishedErasure(run.runId);
    const key = run.input.key!;
    const file = this.#home.ports.objects.path(key);
    if (!existsSync(file)) throw new InputError(`${key} is not there any more`, { hint: "run the file itself again" });
    const list = run.list ?? undefined;
    const lists = await this.ports.runs.lists();
    const drop = await prepareDrop({ file, kind: run.kind ?? undefined, list }, { lists, ports: this.ports });
    if (drop.versionId !== run.input.versionId)
      throw new InputError(`${key} holds other bytes now`, { hint: "run that file: bullseye run FILE" });
    return this.run(drop);
  }

  /** The workers of a laptop are this process: they deliver what is queued. */
  deliver(): Promise<void> {
    return deliverAll(this.ports);
  }

  settle(run: RunRecord): Promise<RunRecord> {
    return this.#home.deliver(run);
  }

  /** The key of a home is known from the start. */
  async useHashKey(): Promise<void> {}

  locate(key: string): string {
    return key;
  }

  close(): Promise<void> {
    return this.#home.close();
  }
}
