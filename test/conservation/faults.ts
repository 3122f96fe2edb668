import { BugError, TransientError } from "@bullseye/core/errors";
import type { TaskHandler } from "@bullseye/local/engine/task-runner";
import { meteredHandlers } from "@bullseye/local/metering";
import type { LocalPorts } from "@bullseye/local/ports";
import { Random } from "../reading/random.ts";

/** The n-th call of its sort since the home was opened; `before` it happened or `after` (nobody heard of it). */
export interface Moment {
  at: number;
  when: "before" | "after";
}

/** What goes wrong in a world. */
export interface FaultPlan {
  seed: number;
  /** Writes at which the process dies: the first of the first process, the second of the one after it. */
  crashes: Moment[];
  /** After a crash another command comes first. */
  otherFirst: boolean;
  /** Calls of operations that fail once. */
  failures: Moment[];
  /** Calls of operations at which something breaks that no retry mends: the run fails, and is begun anew. */
  breaks: number[];
  /** Share of operations that are called twice with one input. */
  twice: number;
  /** Messages come again after they were done with. */
  redelivered: boolean;
  /** Reads at which somebody writes other bytes over the dropped file, where it lies and where it came from. */
  overwrites: number[];
  /** Somebody does so between the look at a file and its drop. */
  overwrittenBefore: boolean;
  /** Batches are written and read, as on AWS; else they stay in memory. */
  written: boolean;
}

/** Calls by sort that a world makes when nothing goes wrong. */
export interface Calls {
  writes: number;
  reads: number;
  /** Calls inside of operations. */
  inside: number;
}

/** Nothing goes wrong. */
export const NO_FAULTS: FaultPlan = {
  seed: 0,
  crashes: [],
  otherFirst: false,
  failures: [],
  breaks: [],
  twice: 0,
  redelivered: false,
  overwrites: [],
  overwrittenBefore: false,
  written: false,
};

/** The faults of a seed, somewhere among the calls of its world. One sort always, a second one sometimes. */
export function faultsOf(seed: number, calls: Calls): FaultPlan {
  const random = new Random(seed ^ 0x5eed);
  const plan: FaultPlan = { ...NO_FAULTS, seed, crashes: [], failures: [], breaks: [], overwrites: [] };
  const moment = (most: number): Moment => ({ at: random.integer(1, Math.max(1, most)), when: random.pick(["before", "after"]) });
  const sorts: Array<() => void> = [
    () => {
      plan.crashes.push(moment(calls.writes));
      if (random.chance(0.3)) plan.crashes.push(moment(Math.ceil(calls.writes / 3)));
      plan.otherFirst = random.chance(0.4);
    },
    () => {
      plan.written = true;
      for (let n = random.integer(1, 3); n > 0; n--) plan.failures.push(moment(calls.inside));
    },
    () => {
      plan.written = true;
      plan.twice = random.pick([0.1, 0.5, 1]);
    },
    () => {
      plan.redelivered = true;
    },
    () => {
      for (let n = random.integer(1, 3); n > 0; n--) plan.overwrites.push(random.integer(1, Math.max(1, calls.reads)));
      plan.overwrittenBefore = random.chance(0.3);
    },
  ];
  const crash = sorts[0]!;
  const first = random.chance(0.45) ? crash : random.pick(sorts);
  first();
  if (random.chance(0.35)) random.pick(sorts.filter((sort) => sort !== first))();
  if (random.chance(0.3)) plan.written = true;
  if (random.chance(0.25)) {
    plan.breaks.push(random.integer(1, Math.max(1, calls.inside)));
    // What failed while another command ended it comes after that one.
    plan.otherFirst = false;
  }
  return plan;
}

const WRITES: Readonly<Record<string, readonly string[]>> = {
  objects: ["put", "remove"],
  accounts: ["save", "claim", "forgetVersion"],
  runs: ["putList", "putRun", "removeRun"],
  audiences: ["putState", "putMembers", "putPush"],
  queue: ["send", "receive", "done", "defer"],
  leases: ["take", "release"],
  events: ["publish"],
};

const READS: Readonly<Record<string, readonly string[]>> = {
  objects: ["get", "range", "size", "pinned", "list"],
  accounts: ["isEmpty", "count", "accounts", "parked", "aliases", "facts", "blocks", "ranked", "suppressed", "suppressionCount"],
  runs: ["lists", "list", "runs", "run"],
  audiences: ["state", "membersById", "pushes", "push"],
  queue: ["depth"],
};

/** Where it is noted what a task took: at no fixed number of calls, and it decides nothing. */
const USAGE = /^runs\/[^/]+\/(late-)?usage\//;

/** What is said where something breaks on purpose. */
export const BROKEN = "broken on purpose";

type Method = (...args: unknown[]) => Promise<unknown>;
const never = (): Promise<never> => new Promise(() => {});

/** Makes the calls of one open home go wrong as planned. */
export class Faults {
  /** Counted over all homes of a world that were opened one after the other. */
  readonly calls: Calls;
  /** Resolves when the process has died. */
  readonly crashed: Promise<"crashed">;
  /** Writes other bytes over what is being dropped; set while a drop is under way. */
  overwrite: (() => void) | null = null;
  readonly #plan: FaultPlan;
  readonly #crash: Moment | undefined;
  readonly #random: Random;
  #inside = 0;
  #unseen = false;
  #dead = false;
  #die!: (value: "crashed") => void;

  /** `deaths`: how often a process died before this one; `before`: what had been called by then. */
  constructor(plan: FaultPlan, deaths: number, before: Calls = { writes: 0, reads: 0, inside: 0 }) {
    this.calls = { ...before };
    this.#plan = plan;
    this.#crash = plan.crashes[deaths];
    this.#random = new Random(plan.seed + deaths);
    this.crashed = new Promise((resolve) => {
      this.#die = resolve;
    });
  }

  arm(ports: LocalPorts): void {
    const open = ports as unknown as Record<string, Record<string, Method>>;
    for (const [names, write] of [
      [READS, false],
      [WRITES, true],
    ] as const)
      for (const [port, methods] of Object.entries(names))
        for (const method of methods) {
          const target = open[port]!;
          const work = target[method]!.bind(target);
          target[method] = (...args) => this.#call(work, args, write, port === "objects");
        }
    if (this.#plan.redelivered) this.#redeliver(ports);
    const handlers = meteredHandlers(ports) as Record<string, TaskHandler>;
    for (const [id, handler] of Object.entries(handlers)) handlers[id] = (input) => this.#perform(id, handler, input);
  }

  /** Work of the test itself, in which nothing counts and nothing goes wrong. */
  async unseen<T>(work: () => Promise<T>): Promise<T> {
    this.#unseen = true;
    try {
      return await work();
    } finally {
      this.#unseen = false;
    }
  }

  async #call(work: Method, args: unknown[], write: boolean, object: boolean): Promise<unknown> {
    if (this.#dead) return never();
    if (this.#unseen) return work(...args);
    if (object && typeof args[0] === "string" && USAGE.test(args[0])) return work(...args);
    if (object && !write && this.overwrite !== null && this.#plan.overwrites.includes(++this.calls.reads)) this.overwrite();
    if (this.#inside > 0) {
      const calls = ++this.calls.inside;
      if (this.#plan.breaks.includes(calls)) throw new BugError(BROKEN);
      const failure = this.#plan.failures.find(({ at }) => at === calls);
      if (failure?.when === "after") await work(...args);
      if (failure) throw new TransientError("the line is down for a moment");
    }
    if (!write) return work(...args);
    const mine = ++this.calls.writes;
    if (mine !== this.#crash?.at) return work(...args);
    if (this.#crash.when === "after") await work(...args);
    this.#dead = true;
    this.#die("crashed");
    return never();
  }

  async #perform(id: string, handler: TaskHandler, input: unknown): Promise<unknown> {
    this.#inside++;
    try {
      if (!this.#random.chance(this.#plan.twice)) return await handler(input);
      const first = JSON.stringify(await handler(structuredClone(input)));
      const second = await handler(input);
      if (id !== "deliver-push" && JSON.stringify(second) !== first)
        throw new Error(`${id} answered ${first}, then ${JSON.stringify(second)}`);
      return second;
    } finally {
      this.#inside--;
    }
  }

  /** Every message comes once more after it was done with. */
  #redeliver({ queue }: LocalPorts): void {
    const again = new Set<string>();
    const bodies = new Map<string, unknown>();
    const receive = queue.receive.bind(queue);
    queue.receive = async (name, most) => {
      const messages = await receive(name, most);
      for (const { id, body } of messages) bodies.set(id, body);
      return messages;
    };
    const done = queue.done.bind(queue);
    queue.done = async (name, receipt) => {
      await done(name, receipt);
      if (again.has(receipt)) return;
      again.add(receipt);
      await queue.send(name, [{ id: receipt, body: bodies.get(receipt) }]);
    };
  }
}
