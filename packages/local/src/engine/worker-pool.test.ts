import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { BugError, CredentialError, TransientError } from "@bullseye/core/errors";
import { afterEach, describe, expect, it } from "vitest";
import { mapOver, Rig } from "./fixtures/rig.ts";
import { WorkerPool, type WorkerPoolOptions } from "./worker-pool.ts";

const here = (name: string) => new URL(`./fixtures/${name}`, import.meta.url);
const pools: WorkerPool[] = [];

function open(options: Partial<WorkerPoolOptions> = {}): WorkerPool {
  const pool = new WorkerPool({ module: here("worker.ts"), workers: 2, ...options });
  pools.push(pool);
  return pool;
}

afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()));
});

type Where = { threadId: number; calls: number; data: unknown };
const where = (pool: WorkerPool, affinity: number | null) => pool.run("where", null, affinity) as Promise<Where>;

describe("WorkerPool", () => {
  it("answers, with the caller's data in every worker", async () => {
    const pool = open({ data: { folder: "x" } });
    expect(await pool.run("echo", { a: [1, null] }, null)).toEqual({ a: [1, null] });
    expect(await pool.run("nothing", 1, null)).toBeUndefined();
    expect((await where(pool, 1)).data).toEqual({ folder: "x" });
  });

  it("keeps an affinity on one worker, and spreads tasks without one", async () => {
    const pool = open();
    const [a, b, c, d] = await Promise.all([where(pool, 0), where(pool, 1), where(pool, 2), where(pool, 3)]);
    expect([c!.threadId, d!.threadId]).toEqual([a!.threadId, b!.threadId]);
    expect(a!.threadId).not.toBe(b!.threadId);
    expect([a!.calls, c!.calls, d!.calls]).toEqual([1, 2, 2]);
    const free = await Promise.all([where(pool, null), where(pool, null)]);
    expect(new Set(free.map(({ threadId }) => threadId)).size).toBe(2);
  });

  it("rebuilds errors in their own classes", async () => {
    const pool = open();
    const busy = await pool.run("busy", null, 0).catch((error: unknown) => error);
    expect(busy).toBeInstanceOf(TransientError);
    expect(busy).toMatchObject({ message: "too many calls", hint: "wait", retryAfter: 9 });
    const expired = await pool.run("expired", null, 0).catch((error: unknown) => error);
    expect(expired).toBeInstanceOf(CredentialError);
    expect(expired).toMatchObject({ name: "CredentialError", message: "token expired", hint: "connect again" });
    const broken = await pool.run("broken", null, 0).catch((error: unknown) => error);
    expect(broken).toBeInstanceOf(BugError);
    expect((broken as Error).message).toMatch(/^TypeError: /);
    await expect(pool.run("unsendable", null, 0)).rejects.toBeInstanceOf(BugError);
    await expect(pool.run("unheard-of", null, 0)).rejects.toThrow('no operation is registered for "unheard-of"');
    expect((await where(pool, 0)).calls).toBe(1);
  });

  it("refuses an input that can't be sent, and goes on", async () => {
    const pool = open();
    await expect(pool.run("echo", () => 0, 0)).rejects.toBeInstanceOf(BugError);
    expect(await pool.run("echo", 1, 0)).toBe(1);
  });

  it("replaces a worker that exits, failing all its tasks and those of no other worker", async () => {
    const pool = open();
    const before = await where(pool, 0);
    const other = await where(pool, 1);
    expect([pool.generation(0), pool.generation(1)]).toEqual([0, 0]);
    const rested = pool.run("pause", 50, 1);
    const ends = await Promise.allSettled([pool.run("pause", 60_000, 0), pool.run("exit", null, 0)]);
    for (const end of ends) {
      expect(end).toMatchObject({
        status: "rejected",
        reason: { name: "TransientError", message: "a worker died (exit code 7)" },
      });
    }
    expect(await rested).toBe("rested");
    expect([pool.generation(0), pool.generation(2), pool.generation(1)]).toEqual([1, 1, 0]);
    const after = await where(pool, 0);
    expect([after.calls, after.threadId === before.threadId]).toEqual([1, false]);
    expect((await where(pool, 1)).threadId).toBe(other.threadId);
  });

  it("replaces a worker that runs out of memory", async () => {
    const pool = open({ workers: 1, limits: { maxOldGenerationSizeMb: 24 } });
    const end = await pool.run("leak", null, 0).catch((error: unknown) => error);
    expect(end).toBeInstanceOf(TransientError);
    expect((end as TransientError).message).toMatch(/ERR_WORKER_OUT_OF_MEMORY/);
    expect(await pool.run("echo", "still here", 0)).toBe("still here");
  });

  it("says that a module does not load instead of trying it again", async () => {
    const pool = open({ module: here("broken-worker.ts") });
    const end = await pool.run("echo", 1, 0).catch((error: unknown) => error);
    expect(end).toBeInstanceOf(BugError);
    expect((end as Error).message).toMatch(/did not start.*the module can't load/);
  });

  it("closes after the tasks under way, and takes none after", async () => {
    const pool = open();
    const rested = pool.run("pause", 30, 0);
    const closed = pool.close();
    await expect(pool.run("echo", 1, 1)).rejects.toThrow("the worker pool is closed");
    await closed;
    expect(await rested).toBe("rested");
  });

  it("does not keep a process alive that forgot to close it", async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [fileURLToPath(here("forgetful-process.ts"))], {
      timeout: 30_000,
    });
    expect(stdout).toBe("done");
  });

  it("runs a Map whose iterations survive the death of a worker", async () => {
    const pool = open();
    const rig = new Rig();
    await rig.objects.putJson("items", ["echo", "echo", "exit", "echo"]);
    const json = mapOver(
      {
        Note: { Type: "Task", Resource: "where", ResultPath: null, Next: "Pick" },
        Pick: { Type: "Choice", Choices: [{ Variable: "$", StringEquals: "exit", Next: "Die" }], Default: "Go" },
        Die: { Type: "Task", Resource: "exit", End: true },
        Go: { Type: "Task", Resource: "echo", End: true },
      },
      { ToleratedFailurePercentage: 25 },
    );
    await rig.run(json, {}, { tasks: pool, concurrency: 2 });
    const done = (await rig.objects.getJson("results/run-1-0/SUCCEEDED_0.json")) as { Name: string }[];
    const lost = (await rig.objects.getJson("results/run-1-0/FAILED_0.json")) as { Name: string; Cause: string }[];
    expect(done.map(({ Name }) => Name)).toEqual(["run-1-0-0", "run-1-0-1", "run-1-0-3"]);
    expect(lost.map(({ Name }) => Name)).toEqual(["run-1-0-2"]);
    expect(lost[0]!.Cause).toMatch(/3 workers died; Die: a worker died \(exit code 7\)/);
  });
});
