import { test } from "vitest";
import { activateRules, dropEveryday } from "./everyday.ts";
import { TestStage } from "./support.ts";
test("profile", async () => {
  const stage = await TestStage.start();
  await activateRules(stage);
  const times: Record<string, number[]> = {};
  const plain = stage.invoke.bind(stage);
  stage.invoke = async (id, event, now) => { const t = performance.now(); try { return await plain(id, event, now); } finally { (times[id] ??= []).push(Math.round(performance.now() - t)); } };
  for (const [s, name] of (["crm", "orders", "people", "never"] as const).entries()) await dropEveryday(stage, name, s);
  console.log(times);
  await stage.close();
}, 100000);
