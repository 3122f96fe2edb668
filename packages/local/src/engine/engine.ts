import { setTimeout as delay } from "node:timers/promises";
import { BugError, TransientError } from "@bullseye/core/errors";
import type { Journal } from "./journal.ts";
import type { Context } from "./json-path.ts";
import type { TaskRunner } from "./task-runner.ts";
import type { WholeWorkflow } from "./workflow.ts";

/** The part of the object store that the engine uses: manifests in, results out. The local store has one bucket, so only keys count. */
export interface EngineObjects {
  getJson(key: string): Promise<unknown>;
  putJson(key: string, value: unknown): Promise<void>;
}

/** Milliseconds since 1970, and sleep, cut short (rejecting) by the signal. */
export interface EngineClock {
  now(): number;
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** The machine's own time. */
export const systemClock: EngineClock = {
  now: () => Date.now(),
  sleep: (milliseconds, signal) => delay(milliseconds, undefined, signal === undefined ? {} : { signal }),
};

/** A state began or moved on: `done` of `total` units (1 for a Task, the iterations for a Map). */
export interface Progress {
  state: string;
  done: number;
  total: number;
}

export interface RunOptions {
  workflow: WholeWorkflow;
  /** The execution's name, 1 to 80 of [A-Za-z0-9_-]. The same name again continues, or gives the same end again. */
  name: string;
  input: unknown;
  tasks: TaskRunner;
  objects: EngineObjects;
  journal: Journal;
  clock: EngineClock;
  /** 0 (included) to 1 (excluded); only for the jitter of retries. */
  random: () => number;
  /** Most iterations of a Map in flight at once; a Map's own MaxConcurrency bounds it further. */
  concurrency: number;
  /** The affinity of a Map's item (a partition's number, to meet the same worker in every Map); null where any worker will do, as for all items by default. */
  affinityOf?: (item: unknown, index: number) => number | null;
  onProgress?: (progress: Progress) => void;
  /** Stops at the next boundary with a TransientError; nothing is journalled as failed, and the same name continues later. */
  signal?: AbortSignal;
}

/** What a machine (the workflow, or one iteration of a Map) runs in. */
export interface Scope {
  readonly run: RunOptions;
  readonly context: Context;
  readonly affinity: number | null;
  /** Whether the worker that held this iteration's live objects is gone. */
  readonly lost: () => boolean;
}

/** The worker behind an iteration was replaced: the iteration starts again from its first state. */
export class IterationLost extends Error {
  override readonly name = "IterationLost" as const;
}

export function assertRunning(run: RunOptions): void {
  if (run.signal?.aborted) throw interrupted(run);
}

export async function sleep(run: RunOptions, milliseconds: number): Promise<void> {
  assertRunning(run);
  if (milliseconds <= 0) return;
  try {
    await run.clock.sleep(milliseconds, run.signal);
  } catch (error) {
    throw run.signal?.aborted ? interrupted(run) : error;
  }
}

function interrupted(run: RunOptions): TransientError {
  return new TransientError(`run ${run.name} was interrupted`, { hint: "Run it again: it continues where it stopped." });
}

const PAYLOAD_BYTES = 262_144; // Step Functions quotas: input or result size of a state, 256 KiB

/** The value as JSON has it. Past the size that AWS carries it is a BugError, as there (States.DataLimitExceeded, which no Catch sees). */
export function asPayload(value: unknown, where: string): unknown {
  const text = JSON.stringify(value ?? null);
  if (Buffer.byteLength(text) > PAYLOAD_BYTES) {
    throw new BugError(`${where}: a payload of ${text.length} characters; Step Functions carries ${PAYLOAD_BYTES} bytes`, {
      hint: "Put the data into an object and hand on a pointer.",
    });
  }
  return JSON.parse(text);
}
