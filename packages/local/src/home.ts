import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Day } from "@bullseye/core/account/attribute";
import { BugError, InputError, isKnownError, NotFoundError } from "@bullseye/core/errors";
import {
  described,
  describedByDrop,
  type ListDescription,
  sourceDiffers,
  storeDescription,
} from "@bullseye/core/ledger/describe-list";
import { standingVersions, versionThatSays } from "@bullseye/core/ledger/list-versions";
import { isFileOf, type ListRecord, type RunRecord } from "@bullseye/core/ledger/records";
import { runIdOf } from "@bullseye/core/ledger/run-id";
import { closeRun } from "@bullseye/core/operations/close-run/close-run";
import { clearCorrections } from "@bullseye/core/operations/corrections";
import { type Retraction, retractionKey } from "@bullseye/core/operations/run-context";
import { undoable } from "@bullseye/core/operations/undoable";
import type { RunSettings } from "@bullseye/core/ports";
import { noteDelivery } from "@bullseye/core/report/note-delivery";
import { afterRun } from "./after-run.ts";
import { pinConfiguration, readConfiguration } from "./configuration.ts";
import { deliverAll } from "./deliver.ts";
import { type DropOptions, droppedFile, inboxKey, type PreparedDrop, place, prepareDrop } from "./drop.ts";
import { type Progress, systemClock } from "./engine/engine.ts";
import { FileJournal } from "./engine/journal.ts";
import { continuable, runWorkflow } from "./engine/run-workflow.ts";
import { InlineRunner, type TaskRunner } from "./engine/task-runner.ts";
import { WorkerPool } from "./engine/worker-pool.ts";
import { HomeLock } from "./home-lock.ts";
import { letBytesGo } from "./kept-bytes.ts";
import { meteredHandlers } from "./metering.ts";
import { type LocalPorts, openPorts, type Surroundings } from "./ports.ts";
import { TEMPORARY } from "./store/objects.ts";
import { WriteLock } from "./store/write-lock.ts";
import type { WorkerData } from "./worker.ts";
import { targetAccounts } from "./workflow.ts";

/** Files smaller than this run in this thread: starting workers would take longer [design]. */
const INLINE_BYTES = 3 * 1024 * 1024;

/** How a home is opened. */
export interface HomeOptions {
  surroundings: Surroundings;
  /** URL of a module that exports `surroundings`, for the workers. */
  surroundingsModule: string;
  settings?: Partial<RunSettings>;
  /** Threads; 0 runs everything in this one; by default as many as there are cores where a run is worth it. */
  workers?: number | undefined;
  asOf?: Day | undefined;
  onProgress?: (progress: Progress) => void;
}

/** A run and whether its file had been imported before. */
export interface RunOutcome {
  run: RunRecord;
  alreadyImported: boolean;
  seconds: number;
}

/** Bullseye on a laptop: one directory with inbox, store, objects, outbox, rejects, reports and configuration. */
export class Home {
  readonly path: string;
  readonly ports: LocalPorts;
  readonly #options: HomeOptions;
  readonly #lock = new WriteLock();
  readonly #busy: HomeLock;
  #pool: WorkerPool | null = null;
  #inline: TaskRunner | null = null;

  constructor(path: string, options: HomeOptions) {
    this.path = path;
    this.#options = options;
    this.#busy = new HomeLock(path);
    this.ports = openPorts(path, options.surroundings, options.settings, this.#lock);
  }

  /** Whether a directory is a home already. */
  static exists(path: string): boolean {
    return existsSync(join(path, "store.sqlite"));
  }

  async close(): Promise<void> {
    await this.#pool?.close();
    this.ports.close();
  }

  get asOf(): Day {
    return this.#options.asOf ?? this.ports.clock.now().slice(0, 10);
  }

  /** Looks at a file without storing anything. */
  async prepare(options: DropOptions): Promise<PreparedDrop> {
    return prepareDrop(options, { lists: await this.ports.runs.lists(), ports: this.ports });
  }

  /** Drops a file and runs the workflow to its end; an interrupted run of the same bytes is continued. */
  async run(drop: PreparedDrop): Promise<RunOutcome> {
    return this.#exclusive((finished) => this.#run(drop, finished));
  }

  /** Runs what changes the home outside of a run (approvals, deliveries) while no other process does. */
  exclusively<T>(work: () => Promise<T>): Promise<T> {
    return this.#exclusive(work);
  }

  /** Alone in the home, and after what killed processes left behind was cleared away. */
  #exclusive<T>(work: (finished: ReadonlySet<string>) => Promise<T>): Promise<T> {
    return this.#busy.hold(async () => {
      await this.#abandon();
      await this.#sweep();
      return work(await this.#finish());
    });
  }

  /** Delivers for runs that were done when their process was killed; answers which. */
  async #finish(): Promise<Set<string>> {
    const finished = new Set<string>();
    for (const run of await this.ports.runs.runs()) {
      if (run.status !== "done" || run.report !== undefined) continue;
      await this.deliver(run);
      finished.add(run.runId);
    }
    return finished;
  }

  /** What a Bullseye with another workflow began and did not end cannot be continued: it has failed, and may be started again. */
  async #abandon(): Promise<void> {
    const journal = new FileJournal(join(this.path, "journal"));
    const error = { Error: "TransientError", Cause: "another version of Bullseye began this run and did not end it" };
    for (const run of await this.ports.runs.runs())
      if (run.status === "running" && !continuable({ name: run.runId, input: inputOf(run), workflow: targetAccounts(), journal }))
        await closeRun.run(this.ports, { runId: run.runId, failed: true, error });
  }

  /** Short-lived objects outlive a process that was killed in its last moments; those of runs that can go on stay. */
  async #sweep(): Promise<void> {
    const keep = new Set((await this.#running()).map((run) => run.runId));
    const work = this.ports.objects.path("personal/work/");
    for (const name of existsSync(work) ? readdirSync(work) : [])
      if (!keep.has(name)) rmSync(join(work, name), { recursive: true, force: true });
    await letBytesGo(this.ports);
    for (const folder of [join(this.path, TEMPORARY), this.ports.objects.path("map-results/")])
      rmSync(folder, { recursive: true, force: true });
    this.ports.queue.reappear();
    this.ports.leases.free();
    const journals = join(this.path, "journal");
    for (const name of existsSync(journals) ? readdirSync(journals) : [])
      if (!keep.has(name.replace(/\.jsonl$/, ""))) rmSync(join(journals, name), { force: true });
  }

  async #running(): Promise<RunRecord[]> {
    return (await this.ports.runs.runs()).filter((run) => run.status === "running");
  }

  async #run(drop: PreparedDrop, finished: ReadonlySet<string>): Promise<RunOutcome> {
    const started = performance.now();
    const key = inboxKey(drop);
    await this.#finishOthers((run) => run.input.key === key && run.input.versionId === drop.versionId);
    const list = await this.#ofKind(drop);
    const runs = (await this.ports.runs.runs()).filter((run) => run.input.key === key && run.input.versionId === drop.versionId);
    const interrupted = runs.find((run) => run.status === "running");
    if (!interrupted) {
      const same = versionThatSays(list, droppedFile(drop));
      if (list && same) {
        const before = (await this.ports.runs.run(same.runId))!;
        const seconds = (performance.now() - started) / 1000;
        if (finished.has(same.runId)) return { run: before, alreadyImported: false, seconds };
        await this.#describe(list, describedByDrop(list, drop.sidecar));
        return { run: unchanged(before), alreadyImported: true, seconds };
      }
    }
    const configSha = interrupted?.input.configSha ?? (await pinConfiguration(this.ports, readConfiguration(this.path)));
    place(this.ports.objects, drop);
    const runId =
      interrupted?.runId ?? runIdOf(this.ports.digest, { bucket: "local", key, versionId: drop.versionId, attempt: runs.length });
    const startedAt = interrupted?.startedAt ?? this.ports.clock.now();
    const input = {
      bucket: "local",
      key,
      versionId: drop.versionId,
      asOf: interrupted?.input.asOf ?? this.asOf,
      droppedAt: startedAt,
      configSha,
    };
    if (!interrupted)
      await this.ports.runs.putRun({
        runId,
        type: "list",
        status: "running",
        list: drop.list,
        kind: drop.kind,
        version: null,
        input: { key, versionId: drop.versionId, asOf: input.asOf, configSha },
        startedAt,
      });
    try {
      const run = await this.#execute(runId, input, drop.size);
      await afterRun(this.ports, run);
      return { run, alreadyImported: false, seconds: (performance.now() - started) / 1000 };
    } catch (error) {
      if (isKnownError(error) && error.name === "InputError") await this.#forget(runId, drop);
      throw error;
    }
  }

  /** A file that cannot be read leaves nothing behind; one that was read before stays. */
  async #forget(runId: string, drop: PreparedDrop): Promise<void> {
    const inbox = this.ports.objects.path(inboxKey(drop));
    const list = await this.ports.runs.list(drop.list);
    const stands = standingVersions(list).some((each) => isFileOf(each, drop.versionId));
    if (inbox !== drop.path && !stands) for (const path of [inbox, `${inbox}.list.json`]) rmSync(path, { force: true });
    for (const prefix of [`personal/work/${runId}/`, `runs/${runId}/`, `ledger/${runId}/`])
      await this.ports.objects.remove(prefix);
    if (list) await clearCorrections(this.ports, list);
    rmSync(join(this.path, "journal", `${runId}.jsonl`), { force: true });
    await this.ports.runs.removeRun(runId);
    await letBytesGo(this.ports);
  }

  /**
   * The list that a file is dropped into. Where it holds another kind and is this file alone, read otherwise by mistake, it is withdrawn first;
   * where it holds anything else that is an InputError.
   */
  async #ofKind(drop: PreparedDrop): Promise<ListRecord | null> {
    const list = await this.ports.runs.list(drop.list);
    const standing = standingVersions(list);
    if (!list || list.kind === drop.kind || standing.length === 0) return list;
    if (standing.some((each) => !isFileOf(each, drop.versionId)))
      throw new InputError(`the list "${drop.list}" holds ${list.kind}, and ${drop.fileName} holds ${drop.kind}`, {
        hint: "give it another --list name, or the right --kind",
      });
    await this.#withoutFile("undo", list);
    const before = this.ports.objects.path(`inbox/${list.kind}/${drop.list}/${drop.fileName}`);
    if (before !== drop.path) for (const path of [before, `${before}.list.json`]) rmSync(path, { force: true });
    return this.ports.runs.list(drop.list);
  }

  /** Changes name, owner, tags or source of a list; answers the list. */
  async describe(id: string, given: ListDescription): Promise<ListRecord> {
    return this.#exclusive(async () => {
      const list = await this.ports.runs.list(id);
      if (!list) throw new NotFoundError(`there is no list "${id}"`, { hint: "bullseye lists shows them" });
      return this.#describe(list, described(list, given));
    });
  }

  /** Another source changes what may be activated, and that needs a look at every account. */
  async #describe(list: ListRecord, next: ListRecord): Promise<ListRecord> {
    if (JSON.stringify(list) === JSON.stringify(next)) return list;
    await storeDescription(this.ports, next);
    if (sourceDiffers(list, next)) await this.refresh();
    return next;
  }

  /** The workflow without a list: decay, expiry, changed rules. */
  async refresh(): Promise<RunOutcome> {
    return this.#exclusive(() => this.#withoutFile("refresh", null));
  }

  /** Withdraws a list, or one version of it, as if it had never come. */
  async undo(list: string, version?: number): Promise<RunOutcome> {
    const known = await this.ports.runs.list(list);
    if (!known) throw new NotFoundError(`there is no list "${list}"`, { hint: "bullseye lists shows them" });
    const begun = (await this.ports.runs.runs()).some(
      (run) => run.type === "undo" && run.list === list && run.status === "running",
    );
    const undoes = begun ? undefined : await undoable(this.ports, known, version);
    return this.#exclusive(() => this.#withoutFile("undo", known, { undoes }));
  }

  /** Takes out of a list what names somebody; run as any other, so that what hung on it is decided anew. */
  async eraseFrom(list: string, what: Retraction): Promise<RunOutcome> {
    const known = await this.ports.runs.list(list);
    if (!known) throw new NotFoundError(`there is no list "${list}"`, { hint: "bullseye lists shows them" });
    return this.#exclusive(() => this.#withoutFile("erase", known, { what }));
  }

  /** Works while no run is at work nor half done. */
  betweenRuns<T>(work: () => Promise<T>): Promise<T> {
    return this.#exclusive(async () => {
      await this.#finishOthers(() => false);
      return work().finally(() => this.ports.emptyLog());
    });
  }

  async #withoutFile(
    type: "refresh" | "undo" | "erase",
    list: ListRecord | null,
    { undoes, what }: { undoes?: number | undefined; what?: Retraction } = {},
  ): Promise<RunOutcome> {
    const started = performance.now();
    await this.#finishOthers((run) => what === undefined && run.type === type && run.list === (list?.id ?? null));
    const runs = await this.ports.runs.runs();
    // What an erasure takes out lies with its run, so that another is not that one.
    const interrupted = what
      ? undefined
      : runs.find((run) => run.status === "running" && run.type === type && run.list === (list?.id ?? null));
    const configSha = interrupted?.input.configSha ?? (await pinConfiguration(this.ports, readConfiguration(this.path)));
    const asOf = interrupted?.input.asOf ?? this.asOf;
    const startedAt = interrupted?.startedAt ?? this.ports.clock.now();
    const runId =
      interrupted?.runId ?? this.ports.digest.id(`local|${type}|${list?.id ?? ""}|${asOf}|${configSha}|${runs.length}`);
    if (what) await this.ports.objects.put(retractionKey(runId), JSON.stringify(what));
    if (!interrupted)
      await this.ports.runs.putRun({
        runId,
        type,
        status: "running",
        list: list?.id ?? null,
        kind: list?.kind ?? null,
        version: null,
        ...(undoes === undefined ? {} : { undoes }),
        input: { key: null, versionId: "", asOf, configSha },
        startedAt,
      });
    const size = (await this.ports.accounts.count()) * 100;
    const run = await this.#execute(runId, { bucket: "local", refresh: true, asOf, droppedAt: startedAt, configSha }, size);
    await afterRun(this.ports, run);
    return { run, alreadyImported: false, seconds: (performance.now() - started) / 1000 };
  }

  /** A run pinned what it read of the store: one that was cut short goes to its end before another changes the store under it. */
  async #finishOthers(isMine: (run: RunRecord) => boolean): Promise<void> {
    for (const run of (await this.ports.runs.runs()).reverse()) {
      if (run.status !== "running" || isMine(run)) continue;
      await this.#execute(run.runId, inputOf(run), 0).then(
        (done) => afterRun(this.ports, done),
        () => {},
      );
    }
  }

  async #execute(runId: string, input: unknown, size: number): Promise<RunRecord> {
    const objects = this.ports.objects;
    const tasks = this.#runner(size);
    await runWorkflow({
      workflow: targetAccounts(),
      name: runId,
      input,
      tasks,
      objects: {
        getJson: async (key) => JSON.parse(Buffer.from(await objects.get(key)).toString("utf8")) as unknown,
        putJson: (key, value) => objects.put(key, JSON.stringify(value)),
      },
      journal: new FileJournal(join(this.path, "journal")),
      clock: systemClock,
      random: Math.random,
      concurrency: tasks.workers ?? 1,
      affinityOf: (item) => {
        const partition = (item as { partition?: number }).partition;
        return typeof partition === "number" ? partition : null;
      },
      ...(this.#options.onProgress ? { onProgress: this.#options.onProgress } : {}),
    });
    rmSync(join(this.path, "journal", `${runId}.jsonl`), { force: true });
    rmSync(objects.path("map-results/"), { recursive: true, force: true });
    const run = await this.ports.runs.run(runId);
    if (!run) throw new BugError(`run ${runId} ended without a record`);
    return this.deliver(run);
  }

  /** Delivers what is approved, notes in the run what became of it, and writes its report. */
  async deliver(run: RunRecord): Promise<RunRecord> {
    await deliverAll(this.ports);
    return noteDelivery(this.ports, run.runId, "laptop");
  }

  #runner(size: number): TaskRunner {
    const { workers } = this.#options;
    if (workers === 0 || (workers === undefined && size < INLINE_BYTES)) {
      this.#inline ??= new InlineRunner(meteredHandlers(this.ports));
      return this.#inline;
    }
    this.#pool ??= new WorkerPool({
      module: new URL("./worker.ts", import.meta.url),
      ...(workers === undefined ? {} : { workers }),
      data: {
        home: this.path,
        settings: this.#options.settings ?? {},
        surroundings: this.#options.surroundingsModule,
        lock: this.#lock.shared,
      } satisfies WorkerData,
    });
    return this.#pool;
  }
}

/** What the execution of a run is started with. */
function inputOf({ type, input: { key, versionId, asOf, configSha }, startedAt: droppedAt }: RunRecord) {
  return type === "list"
    ? { bucket: "local", key, versionId, asOf, droppedAt, configSha }
    : { bucket: "local", refresh: true, asOf, droppedAt, configSha };
}

/** What a run came to, said again for the same bytes: nothing was created or updated. */
function unchanged(run: RunRecord): RunRecord {
  const { created = 0, updated = 0, unchanged: same = 0 } = run.accounts ?? {};
  return { ...run, accounts: { created: 0, updated: 0, unchanged: created + updated + same, removed: 0 } };
}
