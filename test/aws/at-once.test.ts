import { approvePlan, queueApproved, waitingPlans } from "@bullseye/core/audiences/approve";
import { TURN } from "@bullseye/core/operations/take-turn/take-turn";
import { afterEach, expect, test, vi } from "vitest";
import { startPlatform, type TestPlatform } from "../workflow/platform.ts";
import { type Content, contentOf, differencesOf } from "./content.ts";
import { activateRules, dropEveryday, EVERYDAY, FEWER_ORDERS, keyOf } from "./everyday.ts";
import { time } from "./passing-time.ts";
import { expectNoFailures, TestStage } from "./support.ts";

vi.mock("node:timers/promises", () => import("./passing-time.ts"));

let stage: TestStage;
let platform: TestPlatform | undefined;
afterEach(async () => {
  await stage?.close();
  await platform?.sandbox.close();
  platform = undefined;
});

/** The same object dropped twice and another list, all before any run began. */
async function threeDrops(together: boolean): Promise<{ content: Content; turns: number }> {
  stage = await TestStage.start();
  await activateRules(stage);
  let turns = 0;
  const plain = stage.invoke.bind(stage);
  stage.invoke = (functionId, event, now) => {
    if (functionId === "take-turn") turns++;
    return plain(functionId, event, now);
  };
  const drops = [
    { key: keyOf("orders"), body: EVERYDAY.orders.body, sidecar: EVERYDAY.orders.sidecar, at: "2026-11-20T08:00:00Z" },
    { key: keyOf("orders"), body: FEWER_ORDERS, sidecar: EVERYDAY.orders.sidecar, at: "2026-11-20T08:00:01Z" },
    { key: keyOf("crm"), body: EVERYDAY.crm.body, sidecar: EVERYDAY.crm.sidecar, at: "2026-11-20T08:00:02Z" },
  ];
  if (together) {
    for (const drop of drops) expectNoFailures(await stage.invoke("intake", await stage.put(drop)));
    // While another has the turn all get in line, the last one first.
    await stage.ports.leases.take(TURN, "another", 600);
    const names = [...stage.steps.executions.keys()];
    const running = names.toReversed().map((name) => stage.run(name));
    while (turns < 12) await new Promise((resolve) => setTimeout(resolve, 10));
    await stage.ports.leases.release(TURN, "another");
    expect((await Promise.all(running)).map(({ status }) => status)).toEqual(["done", "done", "done"]);
  } else for (const drop of drops) expect(await stage.drop(drop)).toMatchObject({ status: "done" });
  const content = await contentOf(stage.ports);
  return { content, turns };
}

test("runs that are started at once take their turns, in the order of their drops, and read the version that they are of", async () => {
  const apart = await threeDrops(false);
  expect(apart.turns).toBe(3);
  await stage.close();
  const together = await threeDrops(true);
  expect(together.turns).toBeGreaterThan(3);
  expect(differencesOf(together.content, apart.content)).toEqual([]);
}, 120_000);

test("two workers with a message of one audience each tell the platform once, one after the other", async () => {
  platform = await startPlatform();
  time.pass = platform.sleep;
  stage = await TestStage.start({}, platform.environment);
  const { secrets, settings } = platform.sandbox.connections.linkedin!;
  stage.standIns.secrets.set("bullseye/test/linkedin", JSON.stringify({ ...secrets, ...settings }));
  await activateRules(stage);
  await dropEveryday(stage, "crm", 0);
  for (const { planHash } of await waitingPlans(stage.ports)) await approvePlan(stage.ports, planHash);
  // Queued twice: SQS brings each message at least once.
  for (let time = 0; time < 2; time++) await queueApproved(stage.ports);
  const told = (await stage.ports.audiences.pushes("told"))[0]!;
  const { Records } = await stage.receive();
  const mine = Records.filter(({ body }) => JSON.parse(body).body.pushId === told.pushId);
  expect(mine).toHaveLength(2);
  const answers = await Promise.all(mine.map((record) => stage.invoke("deliver", { Records: [record] })));
  for (const answer of answers) expectNoFailures(answer);
  await stage.acknowledge(mine);
  const rest = Records.filter((record) => !mine.includes(record));
  expectNoFailures(await stage.invoke("deliver", { Records: rest }));
  await stage.acknowledge(rest);
  await stage.deliverAll();
  const posted = platform.sandbox.state.requests.filter(({ route, status }) => route === "members" && status === 200);
  expect(posted.reduce((sum, { elements = 0 }) => sum + elements, 0)).toBe(told.add);
  expect(platform.domains("told")).toHaveLength(told.add);
  expect(await stage.ports.audiences.push(told.pushId)).toMatchObject({ status: "done" });
}, 120_000);
