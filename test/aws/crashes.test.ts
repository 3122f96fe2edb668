import { approvePlan, queueApproved, waitingPlans } from "@bullseye/core/audiences/approve";
import { TURN } from "@bullseye/core/operations/take-turn/take-turn";
import { afterEach, describe, expect, test, vi } from "vitest";
import { startPlatform, type TestPlatform } from "../workflow/platform.ts";
import { type Content, contentOf, differencesOf } from "./content.ts";
import { type Attempts, armCrashes, crashingTasks, invokeThroughCrashes, repeatingTasks } from "./crashes.ts";
import { activateRules, EVERYDAY, FEWER_ORDERS, keyOf } from "./everyday.ts";
import { time } from "./passing-time.ts";
import { expectNoFailures, TestStage } from "./support.ts";

vi.mock("node:timers/promises", () => import("./passing-time.ts"));

/** How a stage's functions are called: once each, twice each, or with a crash at their writes, one after the other. */
type Weather = "calm" | "twice" | "crash before" | "crash after";

/** A crash before a write leaves what one after the write before it leaves; that both are the same takes long to see. */
const WEATHERS: ReadonlyArray<[Weather]> = process.env.BULLSEYE_LONG
  ? [["twice"], ["crash after"], ["crash before"]]
  : [["twice"], ["crash after"]];
const STRIDE = process.env.BULLSEYE_LONG ? 1 : 3;

const DROPS: ReadonlyArray<[name: keyof typeof EVERYDAY, body: string]> = [
  ["crm", EVERYDAY.crm.body],
  ["orders", EVERYDAY.orders.body],
  ["never", EVERYDAY.never.body],
  ["orders", FEWER_ORDERS],
];

let stage: TestStage;
let platform: TestPlatform;
let disarm: (() => void) | undefined;

afterEach(async () => {
  disarm?.();
  await stage?.close();
  await platform?.sandbox.close();
});

interface Life {
  content: Content;
  /** Kinds and ids of what was published. */
  published: string[];
  /** What of a run must not stay. */
  left: string[];
  /** What each run came to, without times and ids. */
  runs: unknown[];
  platform: string[] | null;
  attempts: Attempts;
}

/** Drops, approves, delivers, withdraws and refreshes, in some weather; answers what there is at the end. */
async function live(weather: Weather): Promise<Life> {
  platform = await startPlatform();
  time.pass = platform.sleep;
  stage = await TestStage.start({}, platform.environment);
  const { secrets, settings } = platform.sandbox.connections.linkedin!;
  stage.standIns.secrets.set("bullseye/test/linkedin", JSON.stringify({ ...secrets, ...settings }));
  const attempts: Attempts = { invocations: 0, crashes: 0, stride: STRIDE, begun: new Map() };
  const when = weather === "crash before" ? "before" : "after";
  disarm = armCrashes();
  const invoke = async (functionId: string, event: unknown): Promise<unknown> => {
    if (weather.startsWith("crash")) return invokeThroughCrashes(stage, functionId, event, when, attempts);
    const output = await stage.invoke(functionId, event);
    return weather === "twice" ? stage.invoke(functionId, event) : output;
  };
  const tasks = () =>
    weather === "calm" ? stage.tasks() : weather === "twice" ? repeatingTasks(stage) : crashingTasks(stage, when, attempts);
  const deliver = async (): Promise<void> => {
    for (let empty = 0; empty < 30; ) {
      // One by one: whoever died holds his leases until he himself comes again.
      const event = await stage.receive("linkedin", 1);
      if (event.Records.length > 0) {
        expectNoFailures(await invoke("deliver", event));
        await stage.acknowledge(event.Records);
      } else if ((await stage.ports.queue.depth("push-linkedin")) === 0) return;
      else empty += await new Promise<number>((resolve) => setTimeout(resolve, 100, 1));
    }
    throw new Error("the queue does not become empty");
  };

  const configSha = await activateRules(stage);
  for (const [second, [name, body]] of DROPS.entries()) {
    const at = `2026-11-20T08:00:0${second}Z`;
    const event = await stage.put({ key: keyOf(name), body, sidecar: EVERYDAY[name].sidecar, at });
    expectNoFailures(await invoke("intake", event));
    expect(stage.steps.executions.size).toBe(second + 1);
    expect(await stage.run([...stage.steps.executions.keys()].at(-1)!, tasks()), name).toMatchObject({
      status: "done",
      balanced: true,
    });
    await deliver();
  }
  for (const { planHash } of await waitingPlans(stage.ports)) await approvePlan(stage.ports, planHash);
  await queueApproved(stage.ports);
  await deliver();
  expect(await stage.undo("never", "2026-11-20T09:00:00.000Z", configSha, tasks())).toMatchObject({ status: "done" });
  await deliver();
  const { runId } = (await invoke("refresh-schedule", { scheduledTime: "2027-01-19T03:00:00Z" })) as { runId: string };
  expect(await stage.run(runId, tasks())).toMatchObject({ status: "done" });
  await deliver();
  return { ...(await lookBack()), attempts };
}

const TIMES = new Set(["startedAt", "endedAt", "usage", "runId"]);

async function lookBack(): Promise<Omit<Life, "attempts">> {
  const { ports } = stage;
  const runs = (await ports.runs.runs()).map((run) =>
    Object.fromEntries(Object.entries(run).filter(([field]) => !TIMES.has(field))),
  );
  const left = await ports.objects.list("personal/work/");
  // Nobody has the turn: another gets it at once.
  if ((await ports.leases.take(TURN, "somebody", 1)) === null) left.push("the turn");
  const published = stage.standIns.events.map(({ DetailType, Detail }) => `${DetailType} ${JSON.parse(Detail).id}`);
  return {
    content: await contentOf(ports),
    published: [...new Set(published)].sort(),
    left,
    runs,
    platform: platform.domains("told"),
  };
}

describe("a stage whose functions", () => {
  let calm: Life;

  test("are all well comes to an end, and leaves nothing lying about", async () => {
    calm = await live("calm");
    expect(calm.left).toEqual([]);
    expect(calm.published.length).toBeGreaterThan(8);
    expect(calm.platform!.length).toBeGreaterThan(3);
    expect(calm.content.accounts.length).toBeGreaterThan(10);
  }, 120_000);

  test.each(WEATHERS)(
    "are called %s comes to the same end",
    async (weather) => {
      const { attempts, ...stormy } = await live(weather);
      if (weather !== "twice") expect(attempts.crashes).toBeGreaterThan(100);
      expect(differencesOf(stormy.content, calm.content)).toEqual([]);
      expect(stormy.left).toEqual([]);
      expect(stormy.published).toEqual(calm.published);
      expect(stormy.runs).toEqual(calm.runs);
      expect(stormy.platform).toEqual(calm.platform);
    },
    process.env.BULLSEYE_LONG ? 3_000_000 : 600_000,
  );
});
