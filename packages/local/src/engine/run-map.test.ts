import { InputError, TransientError } from "@bullseye/core/errors";
import { describe, expect, it } from "vitest";
import { mapOver, mapState, Rig } from "./fixtures/rig.ts";
import type { TaskRunner } from "./task-runner.ts";

const task = (Resource: string, rest: Record<string, unknown>) => ({ Type: "Task", Resource, ...rest });
const numbers = (count: number) => Array.from({ length: count }, (_, n) => ({ n }));

async function rigOver(items: unknown): Promise<Rig> {
  const rig = new Rig();
  await rig.objects.putJson("items", items);
  return rig;
}

describe("Map", () => {
  it("runs each item through the machine and writes the results as Step Functions does", async () => {
    const rig = await rigOver(numbers(3));
    const json = mapOver(
      { Double: task("double", { End: true }) },
      { ItemSelector: { "run.$": "$$.Execution.Name", "n.$": "$$.Map.Item.Value.n", "i.$": "$$.Map.Item.Index", "k.$": "$.k" } },
    );
    const double = async (input: unknown) => ({ m: (input as { n: number }).n * 2 });
    const output = await rig.run(json, { double }, { input: { k: "v" } });
    expect(output).toEqual({ ResultWriterDetails: { Bucket: "work", Key: "results/run-1-0/manifest.json" } });
    const manifest = (await rig.objects.getJson("results/run-1-0/manifest.json")) as {
      ResultFiles: Record<string, { Key: string; Size: number }[]>;
    };
    const [file] = manifest.ResultFiles.SUCCEEDED!;
    expect(manifest).toEqual({ DestinationBucket: "work", ResultFiles: { SUCCEEDED: [file], FAILED: [], PENDING: [] } });
    expect(file!.Size).toBe(rig.objects.texts.get(file!.Key)!.length);
    const entries = (await rig.objects.getJson(file!.Key)) as { Input: string; Output: string }[];
    expect(entries.map((entry) => entry.Output)).toEqual(['{"m":0}', '{"m":2}', '{"m":4}']);
    expect(entries[2]).toMatchObject({ Name: "run-1-0-2", Status: "SUCCEEDED", Input: '{"run":"run-1","n":2,"i":2,"k":"v"}' });
    expect(rig.progress.map(({ done }) => done)).toEqual([0, 1, 2, 3]);
  });

  it("has the item for input without a selector, and succeeds over no items", async () => {
    const json = mapOver({ Take: task("take", { End: true }) }, { ResultPath: null });
    const taken: unknown[] = [];
    const take = { take: async (input: unknown) => void taken.push(input) };
    expect(await (await rigOver([7, "x"])).run(json, take)).toEqual({});
    expect(taken).toEqual([7, "x"]);
    expect(await (await rigOver([])).run(json, {}, { input: { a: 1 } })).toEqual({ a: 1 });
  });

  it.each([
    [3, 8, 3],
    [0, 5, 5],
    [50, 2, 2],
  ])("MaxConcurrency %i, concurrency %i: %i in flight", async (MaxConcurrency, concurrency, expected) => {
    const rig = await rigOver(numbers(20));
    let running = 0;
    let most = 0;
    const work = async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
    };
    await rig.run(mapOver({ Work: task("work", { End: true }) }, { MaxConcurrency }), { work }, { concurrency });
    expect(most).toBe(expected);
  });

  it("fails with the first error's message once more failed than is tolerated, and starts no more", async () => {
    const rig = await rigOver(numbers(100));
    let calls = 0;
    const work = async (input: unknown) => {
      calls += 1;
      if ((input as { n: number }).n % 10 === 3) throw new InputError("bad row", { hint: "mend it" });
      return 0;
    };
    const json = mapOver({ Work: task("work", { End: true }) }, { ToleratedFailurePercentage: 2 });
    await expect(rig.run(json, { work }, { concurrency: 1 })).rejects.toMatchObject({
      name: "InputError",
      message: "Each: 3 of 100 failed; number 3: bad row",
      hint: "mend it",
    });
    expect(calls).toBe(24);
    const failed = (await rig.objects.getJson("results/run-1-0/FAILED_0.json")) as unknown[];
    const pending = (await rig.objects.getJson("results/run-1-0/PENDING_0.json")) as unknown[];
    expect([failed.length, pending.length]).toEqual([3, 76]);
    expect(failed[0]).toMatchObject({ Error: "InputError", Status: "FAILED" });
  });

  it("tolerates exactly the percentage that is given", async () => {
    const rig = await rigOver(numbers(100));
    const work = async (input: unknown) => {
      if ((input as { n: number }).n < 5) throw new InputError("bad");
      return 0;
    };
    const json = mapOver({ Work: task("work", { End: true }) }, { ToleratedFailurePercentage: 5 });
    expect(await rig.run(json, { work })).toHaveProperty("ResultWriterDetails");
  });

  it("is caught under the names AWS gives to its failures", async () => {
    const catching = (name: string) => ({
      StartAt: "Each",
      States: {
        Each: {
          ...mapState({ Work: task("work", { End: true }) }),
          End: true,
          Catch: [{ ErrorEquals: [name], ResultPath: "$.error", Next: "Over" }],
        },
        Over: { Type: "Succeed", OutputPath: "$.error.Error" },
      },
    });
    const work = async () => {
      throw new InputError("bad");
    };
    const failing = catching("States.ExceedToleratedFailureThreshold");
    expect(await (await rigOver([1])).run(failing, { work })).toBe("States.ExceedToleratedFailureThreshold");
    const unread = catching("States.ItemReaderFailed");
    expect(await new Rig().run(unread, { work })).toBe("States.ItemReaderFailed");
    expect(await (await rigOver({ not: "an array" })).run(unread, { work })).toBe("States.ItemReaderFailed");
    const unwritten = await rigOver([]);
    unwritten.objects.putJson = async () => {
      throw new TransientError("disk full");
    };
    expect(await unwritten.run(catching("States.ResultWriterFailed"), { work })).toBe("States.ResultWriterFailed");
  });

  it("loops inside an iteration until its Choice lets it out", async () => {
    const rig = await rigOver([{ left: 3 }]);
    const json = mapOver({
      Work: task("work", { Next: "More" }),
      More: { Type: "Choice", Choices: [{ Variable: "$.left", NumericEquals: 0, Next: "Done" }], Default: "Rest" },
      Rest: { Type: "Wait", SecondsPath: "$.left", Next: "Work" },
      Done: { Type: "Succeed" },
    });
    await rig.run(json, { work: async (input) => ({ left: (input as { left: number }).left - 1 }) });
    expect(rig.clock.sleeps).toEqual([2000, 1000]);
  });
});

describe("affinity", () => {
  class Recorder implements TaskRunner {
    readonly workers = 3;
    readonly calls: { resource: string; n: number; affinity: number | null }[] = [];

    async run(resource: string, input: unknown, affinity: number | null): Promise<unknown> {
      this.calls.push({ resource, n: (input as { n: number }).n, affinity });
      await new Promise((resolve) => setImmediate(resolve));
      return input;
    }
  }
  const twoSteps = { A: task("a", { Next: "B" }), B: task("b", { End: true }) };

  it("keeps all states of an iteration on one worker and spreads iterations over the workers", async () => {
    const rig = await rigOver(numbers(30));
    const tasks = new Recorder();
    await rig.run(mapOver(twoSteps), {}, { tasks, concurrency: 3 });
    const workers = new Map<number, Set<number | null>>();
    for (const { n, affinity } of tasks.calls) workers.set(n, (workers.get(n) ?? new Set()).add(affinity));
    expect([...workers.values()].every((set) => set.size === 1)).toBe(true);
    expect(workers.size).toBe(30);
    const load = [0, 1, 2].map((worker) => tasks.calls.filter((call) => call.affinity === worker).length);
    expect(load).toEqual([20, 20, 20]);
  });

  it("sends an item where the caller pins it, in every Map", async () => {
    const rig = await rigOver(numbers(10));
    const tasks = new Recorder();
    await rig.run(mapOver(twoSteps), {}, { tasks, affinityOf: (item) => (item as { n: number }).n + 40 });
    expect(tasks.calls).toHaveLength(20);
    expect(tasks.calls.every(({ n, affinity }) => affinity === n + 40)).toBe(true);
  });

  it("has no affinity outside Maps", async () => {
    const tasks = new Recorder();
    await new Rig().run({ StartAt: "A", States: { A: task("a", { End: true }) } }, {}, { tasks });
    expect(tasks.calls[0]!.affinity).toBeNull();
  });
});

describe("a worker that is replaced under an iteration", () => {
  /** Loses its worker whenever step b of an item in `deadly` runs, as often as it says. */
  class Fragile implements TaskRunner {
    readonly workers = 1;
    readonly calls: string[] = [];
    lives = 0;
    readonly deadly: Map<number, number>;

    constructor(deadly: Map<number, number>) {
      this.deadly = deadly;
    }

    generation(): number {
      return this.lives;
    }

    async run(resource: string, input: unknown): Promise<unknown> {
      const { n } = input as { n: number };
      this.calls.push(`${resource}${n}`);
      const left = this.deadly.get(n) ?? 0;
      if (resource === "b" && left > 0) {
        this.deadly.set(n, left - 1);
        this.lives += 1;
        throw new TransientError("a worker died");
      }
      return input;
    }
  }
  const Retry = [{ ErrorEquals: ["TransientError"] }];
  const json = mapOver({ A: task("a", { Next: "B", Retry }), B: task("b", { End: true, Retry }) });

  it("starts the iteration again from its first state", async () => {
    const rig = await rigOver(numbers(2));
    const tasks = new Fragile(new Map([[0, 2]]));
    await rig.run(json, {}, { tasks, concurrency: 1 });
    expect(tasks.calls).toEqual(["a0", "b0", "a0", "b0", "a0", "b0", "a1", "b1"]);
    expect(rig.clock.sleeps).toEqual([]);
  });

  it("gives up on an iteration that kills every worker", async () => {
    const rig = await rigOver(numbers(2));
    const tasks = new Fragile(new Map([[0, 99]]));
    await expect(rig.run(json, {}, { tasks, concurrency: 1 })).rejects.toMatchObject({
      name: "TransientError",
      message: "Each: 1 of 2 failed; number 0: 3 workers died; B: a worker died",
    });
  });
});
