import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { approvePlan, queueApproved, waitingPlans } from "@bullseye/core/audiences/approve";
import { usd } from "@bullseye/core/cost/amount";
import { costOf } from "@bullseye/core/cost/cost-of";
import type { Usage } from "@bullseye/core/cost/meter";
import { usageOfRun } from "@bullseye/core/cost/usage-objects";
import type { Ports } from "@bullseye/core/ports";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeList } from "../../bench/make-list.ts";
import { TestStage } from "../aws/support.ts";
import { TestHome } from "../workflow/support.ts";

/** How far what a laptop counts may be from the calls really made, in USD by service. */
const TOLERANCE = 0.05;

const ROWS = 3_000;
const AUDIENCES = `
audiences:
  - { id: best, name: Best, platform: linkedin, mode: file, include: { tiers: [A] } }
`;
const AT = "2026-11-20T08:00:00Z";

/** By service in USD; time is left out, for stand-ins answer at once. */
function servicesOf(usage: Usage): Record<string, number> {
  const { "lambda.gbSecond": _, ...counted } = usage;
  return Object.fromEntries(costOf(counted).services.map(({ service, amount }) => [service, usd(amount)]));
}

/** The stand-in of DynamoDB counts the table alone: an entry of the listing index that comes costs a further unit. */
async function indexEntries(ports: Ports): Promise<number> {
  let entries = 0;
  for await (const { result } of ports.accounts.scan("", null, "all")) if (result && /^[AB]$/.test(result.tier)) entries++;
  return entries;
}

async function letGo(ports: Ports): Promise<void> {
  for (const { planHash } of await waitingPlans(ports)) await approvePlan(ports, planHash);
  await queueApproved(ports);
}

describe("what a laptop counts", () => {
  const folder = mkdtempSync(join(tmpdir(), "bullseye-model-"));
  const file = join(folder, "made.csv");
  const home = new TestHome({ config: { audiences: AUDIENCES }, kept: true });
  let stage: TestStage;
  let counted: { run: Usage; all: Usage };
  let made: { run: Usage; all: Usage };

  beforeAll(async () => {
    makeList(file, ROWS);
    const body = readFileSync(file);
    const run = await home.drop({ name: "made.csv", kind: "accounts", text: body });
    counted = { run: run.usage!, all: (await usageOfRun((await home.at("2026-11-20")).ports, await home.approve()))! };

    stage = await TestStage.start();
    const texts = await (await home.at("2026-11-20")).ports.objects.get(`config/${run.input.configSha}.json`);
    await stage.ports.objects.put(`config/${run.input.configSha}.json`, texts);
    await stage.ports.objects.put("config/active.json", JSON.stringify({ sha: run.input.configSha, previous: [] }));
    const dropped = await stage.drop({
      key: "inbox/accounts/made/made.csv",
      body,
      sidecar: { mode: "append", source: { origin: "first-party" } },
      at: AT,
    });
    expect(dropped).toMatchObject({ status: "done", balanced: true, accounts: run.accounts });
    await letGo(stage.ports);
    expect(await stage.deliverAll()).toBe(1);
    const index = { "dynamodb.write": await indexEntries(stage.ports) };
    const add = (usage: Usage): Usage => ({ ...usage, "dynamodb.write": usage["dynamodb.write"]! + index["dynamodb.write"] });
    made = { run: add(dropped.usage!), all: add((await usageOfRun(stage.ports, dropped))!) };
  }, 180_000);

  afterAll(async () => {
    await stage?.close();
    await home.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  test.each(["run", "all"] as const)("is what the calls of the functions cost, service by service: %s", (which) => {
    const [model, calls] = [servicesOf(counted[which]), servicesOf(made[which])];
    expect(Object.keys(model).sort()).toEqual(Object.keys(calls).sort());
    for (const [service, price] of Object.entries(calls)) {
      const apart = Math.abs(model[service]! / price - 1);
      expect(apart, `${service}: counted ${JSON.stringify(counted[which])}, made ${JSON.stringify(made[which])}`).toBeLessThan(
        TOLERANCE,
      );
    }
  });

  test("enters the same states and calls the same functions", () => {
    for (const unit of ["stepFunctions.transition", "lambda.request"] as const) expect(counted.run[unit]).toBe(made.run[unit]);
  });
});
