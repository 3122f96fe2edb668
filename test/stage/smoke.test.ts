import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EXAMPLE_CONFIGURATION } from "@bullseye/core/icp/examples/index";
import { afterAll, beforeAll, expect, test } from "vitest";
import { smoke } from "../../scripts/smoke-checks.ts";
import { DeployedStage } from "./deployed-stage.ts";

let stage: DeployedStage;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "bullseye-smoke-test-"));
  stage = await DeployedStage.start();
  const active = { sha: await pinned(), previous: [] };
  await stage.ports.objects.put("config/active.json", JSON.stringify(active));
});

afterAll(async () => {
  await stage.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The examples, with every audience written to files. */
const CONFIGURATION = {
  ...EXAMPLE_CONFIGURATION,
  audiences: EXAMPLE_CONFIGURATION.audiences.replaceAll("mode: api", "mode: file"),
};

async function pinned(): Promise<string> {
  const { pinConfiguration } = await import("@bullseye/core/operations/active-configuration");
  return pinConfiguration(stage.ports, CONFIGURATION);
}

const LIST = [
  "Company,Website,Country,Industry,Employees,Annual Revenue",
  "Ashgrove Labs LLC,ashgrove-labs.example,United States,Manufacturing,900,80000000",
  "Harrowgate Plastics plc,harrowgate-plastics.example,United Kingdom,Manufacturing,520,60000000",
  "Small Desk,small-desk.example,Peru,Consulting,3,",
].join("\n");

const options = () => ({
  stage: "test",
  ports: stage.ports,
  configuration: CONFIGURATION,
  lists: [["accounts", join(folder, "fair.csv")]] as const,
  seconds: 600,
  onStep: () => {},
});

test("a stage that works passes, twice, and keeps no account", { timeout: 300_000 }, async () => {
  writeFileSync(join(folder, "fair.csv"), LIST);
  for (let time = 1; time <= 2; time++) {
    const { checks, costs } = await smoke(options());
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
    expect(checks).toHaveLength(8);
    expect(costs.length).toBeGreaterThanOrEqual(2);
    expect(costs.every(({ usd }) => usd > 0)).toBe(true);
    expect(await stage.ports.accounts.count()).toBe(0);
  }
});

test("a stage that is in use, or whose functions fail, does not pass, and says why", { timeout: 300_000 }, async () => {
  stage.broken.set("score-partition", "BugError");
  const failing = await smoke(options());
  stage.broken.clear();
  expect(failing.checks.map(({ ok }) => ok)).toEqual([true, false, true]);
  expect(failing.checks[1]!.said).toContain("score-partition is broken");

  const accounts = Object.create(stage.ports.accounts, { count: { value: async () => 3 } }) as typeof stage.ports.accounts;
  const { checks } = await smoke({ ...options(), ports: { ...stage.ports, accounts } });
  expect(checks[0]).toMatchObject({ ok: false, said: expect.stringContaining("it holds 3 accounts") });
});
