import { availableParallelism } from "node:os";
import { type ResourceLimits, Worker } from "node:worker_threads";
import { BugError, TransientError } from "@bullseye/core/errors";
import type { TaskRunner } from "./task-runner.ts";
import { rebuildError, type WireError } from "./wire-error.ts";

export interface WorkerPoolOptions {
  /** The worker's module; it calls `serveTasks`. */
  module: URL;
  /** How many workers; the machine's cores where missing. */
  workers?: number;
  /** Reaches each worker as `workerData`. */
  data?: unknown;
  /** Memory bounds of each worker, in MB. */
  limits?: ResourceLimits;
}

/** From the pool: a task, or the request to close down. */
export type ToWorker = { id: number; resource: string; input: unknown } | { close: true };
/** From a worker: that it is ready, or what became of a task. */
export type FromWorker = { ready: true } | { id: number; output: unknown } | { id: number; error: WireError };

interface Pending {
  resolve(output: unknown): void;
  reject(error: Error): void;
}

interface Slot {
  worker: Worker | null;
  ready: boolean;
  generation: number;
  pending: Map<number, Pending>;
}

const CLOSE_MILLISECONDS = 5_000; // [design] what a worker gets to close its files before it is terminated

/**
 * Runs tasks on worker threads. A worker that dies fails its tasks with TransientError and is replaced at the next task; one that dies before it is ready
 * fails them with BugError. Idle workers don't keep the process alive.
 */
export class WorkerPool implements TaskRunner {
  readonly workers: number;
  readonly #options: WorkerPoolOptions;
  readonly #slots: Slot[];
  #nextId = 0;
  #closing: Promise<void> | null = null;

  constructor(options: WorkerPoolOptions) {
    this.#options = options;
    this.workers = options.workers ?? availableParallelism();
    if (!(this.workers >= 1)) throw new BugError(`a pool needs a worker, not ${this.workers}`);
    this.#slots = Array.from({ length: this.workers }, () => ({ worker: null, ready: false, generation: 0, pending: new Map() }));
  }

  generation(affinity: number): number {
    return this.#slots[affinity % this.workers]!.generation;
  }

  run(resource: string, input: unknown, affinity: number | null): Promise<unknown> {
    if (this.#closing !== null) return Promise.reject(new BugError(`${resource}: the worker pool is closed`));
    const slot = affinity === null ? this.#leastLoaded() : this.#slots[affinity % this.workers]!;
    const worker = slot.worker ?? this.#start(slot);
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      slot.pending.set(id, { resolve, reject });
      worker.ref();
      try {
        worker.postMessage({ id, resource, input } satisfies ToWorker);
      } catch (cause) {
        slot.pending.delete(id);
        if (slot.pending.size === 0) worker.unref();
        reject(new BugError(`${resource}: the input can't be sent to a worker`, { cause }));
      }
    });
  }

  /** Waits for the tasks under way, then lets every worker close down. */
  close(): Promise<void> {
    this.#closing ??= Promise.all(this.#slots.map((slot) => closeSlot(slot))).then(() => undefined);
    return this.#closing;
  }

  #leastLoaded(): Slot {
    return this.#slots.reduce((least, slot) => (slot.pending.size < least.pending.size ? slot : least));
  }

  #start(slot: Slot): Worker {
    const { module, data, limits } = this.#options;
    const worker = new Worker(module, { workerData: data, ...(limits === undefined ? {} : { resourceLimits: limits }) });
    slot.worker = worker;
    slot.ready = false;
    let reason: Error | null = null;
    worker.on("message", (message: FromWorker) => receive(slot, message));
    worker.on("error", (error: Error) => {
      reason = error;
    });
    worker.on("exit", (code) => lose(slot, reason, code));
    return worker;
  }
}

function receive(slot: Slot, message: FromWorker): void {
  if ("ready" in message) {
    slot.ready = true;
    return;
  }
  const task = slot.pending.get(message.id);
  if (task === undefined) return;
  slot.pending.delete(message.id);
  if (slot.pending.size === 0) slot.worker?.unref();
  if ("error" in message) task.reject(rebuildError(message.error));
  else task.resolve(message.output);
}

/** `reason` is what the worker threw; it is no text of ours, so only its code or name is told. */
function lose(slot: Slot, reason: (Error & { code?: string }) | null, code: number): void {
  const { pending, ready } = slot;
  slot.worker = null;
  slot.generation += 1;
  slot.pending = new Map();
  const why = reason === null ? `exit code ${code}` : (reason.code ?? reason.name);
  for (const task of pending.values()) {
    if (ready) {
      const hint =
        why === "ERR_WORKER_OUT_OF_MEMORY" ? "Give the workers more memory, or make the partitions smaller." : undefined;
      task.reject(new TransientError(`a worker died (${why})`, { ...(hint === undefined ? {} : { hint }), cause: reason }));
    } else {
      task.reject(new BugError(`a worker did not start (${why}): ${reason?.message ?? "it left early"}`, { cause: reason }));
    }
  }
}

async function closeSlot(slot: Slot): Promise<void> {
  await Promise.allSettled([...slot.pending.values()].map((task) => settled(task)));
  const { worker } = slot;
  if (worker === null) return;
  worker.ref();
  const gone = new Promise<void>((resolve) => worker.once("exit", () => resolve()));
  const timer = setTimeout(() => void worker.terminate(), CLOSE_MILLISECONDS);
  worker.postMessage({ close: true } satisfies ToWorker);
  await gone;
  clearTimeout(timer);
}

/** Resolves when a task under way ends either way. */
function settled(task: Pending): Promise<void> {
  return new Promise((done) => {
    const { resolve, reject } = task;
    task.resolve = (output) => {
      resolve(output);
      done();
    };
    task.reject = (error) => {
      reject(error);
      done();
    };
  });
}
