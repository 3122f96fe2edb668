import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ObjectBatches } from "@bullseye/aws/batches";
import type { ObjectCreated } from "@bullseye/aws/intake/received-events";
import { startList } from "@bullseye/aws/intake/start-list";
import { adConnector, createHttp } from "@bullseye/connectors";
import { afterDelivery, type QueuedPush } from "@bullseye/core/audiences/after-delivery";
import { approvePlan, queueApproved, waitingPlans } from "@bullseye/core/audiences/approve";
import { TransientError } from "@bullseye/core/errors";
import type { ExecutionStart } from "@bullseye/core/ledger/execution";
import { ACTIVE_CONFIGURATION, pinConfiguration } from "@bullseye/core/operations/active-configuration";
import type { DeliverPushOutcome } from "@bullseye/core/operations/deliver-push/deliver-push";
import { queueOf } from "@bullseye/core/operations/queue-pushes/queue-pushes";
import { versionKey } from "@bullseye/core/operations/run-context";
import { TURN } from "@bullseye/core/operations/take-turn/take-turn";
import { noteDelivery } from "@bullseye/core/report/note-delivery";
import { WorkerBatches } from "@bullseye/local/batches";
import { readConfiguration } from "@bullseye/local/configuration";
import { MemoryJournal } from "@bullseye/local/engine/journal";
import { runWorkflow } from "@bullseye/local/engine/run-workflow";
import { handlerFor, type TaskRunner } from "@bullseye/local/engine/task-runner";
import { meteredHandlers } from "@bullseye/local/metering";
import { type LocalPorts, openPorts } from "@bullseye/local/ports";
import { targetAccounts } from "@bullseye/local/workflow";
import { Random } from "../reading/random.ts";
import type { Command, World, WorldFile } from "./worlds.ts";

/** What goes wrong where events start runs, as on AWS. */
export interface StagePlan {
  seed: number;
  /** What lies between two deliveries is dropped, and begins, at once; in any order. */
  together: boolean;
  /** Every event comes twice, the second time while the first is at work. */
  eventsTwice: boolean;
  /** Share of tasks at which a worker dies. */
  deaths: number;
  /** Batches stay in a worker's memory. */
  live: boolean;
  /** Every message comes to two workers. */
  redelivered: boolean;
}

/** Nothing goes wrong. */
export const QUIET_STAGE: StagePlan = { seed: 0, together: false, eventsTwice: false, deaths: 0, live: true, redelivered: false };

/** The faults of a seed on a stage. */
export function stagePlanOf(seed: number): StagePlan {
  const random = new Random(seed ^ 0x57a6e);
  const plan: StagePlan = {
    seed,
    together: random.chance(0.7),
    eventsTwice: random.chance(0.6),
    deaths: random.pick([0, 0.02, 0.05]),
    live: random.chance(0.5),
    redelivered: random.chance(0.5),
  };
  return plan.together || plan.deaths > 0 || plan.redelivered ? plan : { ...plan, together: true, eventsTwice: true };
}

const WORKERS = 3;
/** An iteration that loses its worker a third time fails its run. */
const MOST_DEATHS = 2;
const BUCKET = "lists";

/** Lets the others go on. */
const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1));

/** One world whose lists are dropped into a bucket that keeps versions, and whose runs are started by its events. */
export class Stage {
  readonly path: string;
  readonly ports: LocalPorts;
  deaths = 0;
  readonly #world: World;
  readonly #plan: StagePlan;
  readonly #random: Random;
  readonly #executions = new Map<string, Promise<void>>();
  readonly #workers: Array<{ ports: LocalPorts; generation: number }>;
  /** By version id, which file it is. */
  readonly #versions = new Map<string, number>();
  /** Runs that have a place in the line. */
  readonly #inLine = new Set<string>();

  constructor(world: World, directory: string, plan: StagePlan = QUIET_STAGE, plant: (ports: LocalPorts) => void = () => {}) {
    this.#world = world;
    this.#plan = plan;
    this.#random = new Random(plan.seed);
    this.path = join(directory, "home");
    for (const [name, text] of Object.entries(world.config)) write(join(this.path, "config", `${name}.yaml`), text);
    this.ports = openPorts(this.path, { adConnector, http: createHttp(), environment: () => undefined }, world.settings);
    this.ports.clock = { ...this.ports.clock, sleep: pause };
    plant(this.ports);
    this.#workers = Array.from({ length: WORKERS }, () => ({ ports: this.#worker(), generation: 0 }));
  }

  /** The file of the world that a version of the bucket is. */
  fileOf(versionId: string): WorldFile | undefined {
    return this.#world.files[this.#versions.get(versionId) ?? -1];
  }

  async live(): Promise<void> {
    const { objects } = this.ports;
    const sha = await pinConfiguration(this.ports, readConfiguration(this.path));
    await objects.put(ACTIVE_CONFIGURATION, JSON.stringify({ sha }));
    let group: number[] = [];
    for (const [index, { does }] of this.#world.commands.entries()) {
      if (does !== "push") group.push(index);
      if (does !== "push" && this.#plan.together) continue;
      await this.#begin(group, sha);
      group = [];
      if (does === "push") await this.#push();
    }
    await this.#begin(group, sha);
    await this.#deliverAll();
    await objects.remove("personal/versions/");
    await objects.remove("map-results/");
  }

  close(): void {
    this.ports.close();
  }

  /** A container: ports of its own, over the same store. */
  #worker(): LocalPorts {
    const { objects } = this.ports;
    return { ...this.ports, batches: this.#plan.live ? new WorkerBatches(objects) : new ObjectBatches(objects) };
  }

  /** Starts runs, all of them while another has the turn, so that the line decides. */
  async #begin(indexes: readonly number[], sha: string): Promise<void> {
    const { leases } = this.ports;
    const several = indexes.length > 1;
    if (several) await leases.take(TURN, "another", 600);
    const before = this.#executions.size;
    this.#inLine.clear();
    const starts = indexes.map((index) => () => this.#start(index, this.#world.commands[index]!, sha));
    const order = several ? this.#random.sample(starts, starts.length) : starts;
    for (const start of order) await start();
    const mine = [...this.#executions.values()].slice(before);
    if (several) {
      let over = false;
      void Promise.allSettled(mine).then(() => {
        over = true;
      });
      while (this.#inLine.size < mine.length && !over) await pause();
      await leases.release(TURN, "another");
    }
    await Promise.all(mine);
  }

  async #start(index: number, command: Command, sha: string): Promise<void> {
    // S3 tells the time of a drop by the second.
    const time = `${command.day}T08:00:${String(index).padStart(2, "0")}.000Z`;
    const { digest, objects, runs } = this.ports;
    if (command.does === "drop") {
      const { name, kind, list, mode, bytes } = this.#world.files[command.file]!;
      const key = `inbox/${kind}/${list}/${name}`;
      const versionId = `v${index}`;
      this.#versions.set(versionId, command.file);
      await objects.put(versionKey(versionId), bytes);
      await objects.put(key, bytes);
      await objects.put(`${key}.list.json`, JSON.stringify({ mode, source: { origin: "first-party" } }));
      const event: ObjectCreated = {
        source: "aws.s3",
        "detail-type": "Object Created",
        time,
        detail: { bucket: { name: BUCKET }, object: { key, size: bytes.length, "version-id": versionId } },
      };
      const times = this.#plan.eventsTwice ? 2 : 1;
      await Promise.all(
        Array.from({ length: times }, () => startList(this.ports, { start: async (start) => this.#execute(start) }, event)),
      );
      return;
    }
    const list = command.does === "undo" ? command.list : null;
    const name = digest.id(`${command.does} ${index}`);
    await runs.putRun({
      runId: name,
      type: command.does === "undo" ? "undo" : "refresh",
      status: "waiting",
      list,
      kind: this.#world.files.find((file) => file.list === list)?.kind ?? null,
      version: null,
      input: { key: null, versionId: "", asOf: command.day, configSha: sha },
      startedAt: time,
    });
    this.#execute({ name, input: { bucket: BUCKET, refresh: true, asOf: command.day, droppedAt: time, configSha: sha } });
  }

  /** Step Functions: one execution of a name, whoever asks for another. */
  #execute({ name, input }: ExecutionStart): boolean {
    if (this.#executions.has(name)) return false;
    const { objects } = this.ports;
    const tasks: TaskRunner = {
      workers: WORKERS,
      generation: (affinity) => this.#workers[affinity % WORKERS]!.generation,
      run: (resource, task, affinity) => this.#task(resource, task, affinity ?? this.#random.integer(0, WORKERS - 1)),
    };
    const running = runWorkflow({
      workflow: targetAccounts(),
      name,
      input,
      tasks,
      objects: {
        getJson: async (key) => JSON.parse(Buffer.from(await objects.get(key)).toString("utf8")) as unknown,
        putJson: (key, value) => objects.put(key, JSON.stringify(value)),
      },
      journal: new MemoryJournal(),
      clock: { now: () => Date.now(), sleep: pause },
      random: () => 0,
      concurrency: WORKERS,
      affinityOf: (item) => (item as { partition?: number }).partition ?? null,
    });
    const ended = running.then(() => undefined);
    // Waited for once all have begun; until then nobody listens.
    ended.catch(() => {});
    this.#executions.set(name, ended);
    return true;
  }

  async #task(resource: string, input: unknown, affinity: number): Promise<unknown> {
    const worker = this.#workers[affinity % WORKERS]!;
    const { generation, ports } = worker;
    const dies =
      this.deaths < MOST_DEATHS && this.#random.chance(this.#plan.deaths)
        ? this.#random.pick(["before", "after"] as const)
        : null;
    if (dies === "before") this.#die(worker, generation);
    const output = dies === "before" ? undefined : await handlerFor(meteredHandlers(ports), resource)(structuredClone(input));
    if (dies === "after") this.#die(worker, generation);
    // Its other tasks die with it; what they wrote stays written.
    if (worker.generation !== generation) throw new TransientError("a worker died (exit code 7)");
    const { runId, failed } = input as { runId: string; failed?: boolean };
    if (resource === "take-turn") this.#inLine.add(runId);
    if (resource === "close-run" && !failed) await noteDelivery(ports, runId, runId);
    return output;
  }

  #die(worker: { ports: LocalPorts; generation: number }, generation: number): void {
    if (worker.generation !== generation || this.deaths === MOST_DEATHS) return;
    this.deaths++;
    worker.generation++;
    worker.ports = this.#worker();
  }

  /** A person approves, and the workers of the platforms deliver. */
  async #push(): Promise<void> {
    for (const { planHash } of await waitingPlans(this.ports)) await approvePlan(this.ports, planHash);
    await queueApproved(this.ports);
    await this.#deliverAll();
  }

  /** Until the queues are empty. */
  async #deliverAll(): Promise<void> {
    const queue = queueOf("linkedin");
    for (let round = 0; (await this.ports.queue.depth(queue)) > 0; round++) {
      if (round > 50) throw new Error("the queue does not get empty");
      const messages = await this.ports.queue.receive(queue, 10);
      const copies = this.#plan.redelivered ? [...messages, ...messages] : messages;
      await Promise.all(copies.map((message, n) => this.#deliver(message as QueuedPush, `worker ${n}`)));
      for (const { receipt } of messages) await this.ports.queue.done(queue, receipt);
    }
  }

  async #deliver(message: QueuedPush, worker: string): Promise<void> {
    const deliver = handlerFor(meteredHandlers(this.ports), "deliver-push");
    for (;;) {
      const outcome = (await deliver({ ...message.body, worker })) as DeliverPushOutcome;
      if (outcome.outcome === "defer") {
        await pause();
        continue;
      }
      try {
        await afterDelivery(this.ports, message, outcome, worker);
        return;
      } catch (error) {
        // The queue gives the message again.
        if (!(error instanceof TransientError)) throw error;
        await pause();
      }
    }
  }
}

function write(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}
