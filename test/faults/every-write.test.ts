import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { approvePlan, queueApproved, waitingPlans } from "@bullseye/core/audiences/approve";
import type { Home, RunOutcome } from "@bullseye/local";
import { afterEach, describe, expect, test, vi } from "vitest";
import { differences, type Everything, everythingOf, leftovers } from "../workflow/store-content.ts";
import { TestHome, type TestHomeOptions, type TestList } from "../workflow/support.ts";
import { Crash } from "./crash.ts";

const AUDIENCES = `
audiences:
  - { id: everyone, name: Everyone, platform: linkedin, mode: file, include: { employees: { atLeast: 1 } } }
`;

const LISTS: readonly TestList[] = [
  {
    name: "accounts.csv",
    kind: "accounts",
    text: [
      "Customer ID,Company,Website,LinkedIn,Country,Employees,Industry,Parent Company",
      "C1,Nordlicht Hydraulik GmbH,nordlicht.example,linkedin.com/company/nordlicht,DE,220,Manufacturing",
      ",Nordlicht Hydraulik GmbH,,linkedin.com/company/nordlicht,,,",
      "C2,Acme Ltd,acme.example,,GB,40,Retail,Nordlicht Hydraulik",
      "C3,Solo Name,,,FR,12,Hospitality",
      "",
      "N/A,-,,,,7,Retail",
      "C3,Solo Name,,,FR,12,Hospitality",
      "",
    ].join("\n"),
  },
  {
    name: "orders.csv",
    kind: "orders",
    text: "Order ID,Customer ID,Order Date,SKU,Quantity,Unit Price\nO1,C1,2026-10-01,s1,3,10.00\nO1,C1,2026-10-01,s2,1,5.50\nO2,C9,2026-09-01,s1,1,10.00\n",
  },
  { name: "never.csv", kind: "suppressions", text: "Domain,Reason\nacme.example,competitor\n" },
];

async function drop(home: Home, directory: string, { name, kind, text }: TestList): Promise<RunOutcome> {
  const file = join(directory, name);
  writeFileSync(file, text);
  return home.run(await home.prepare({ file, kind, origin: "first-party" }));
}

/** What a person does; done again after a crash, every step either does its part or finds it done. */
async function dropAndDeliver(directory: string, home: Home): Promise<void> {
  const { ports } = home;
  for (const list of LISTS) expect((await drop(home, directory, list)).run).toMatchObject({ status: "done", balanced: true });
  for (const { planHash } of await waitingPlans(ports)) await approvePlan(ports, planHash);
  await queueApproved(ports);
  const newest = (await ports.runs.runs()).find((run) => run.list === LISTS.at(-1)!.name.slice(0, -4));
  await home.deliver(newest!);
}

async function undo(directory: string, home: Home): Promise<void> {
  const done = (await home.ports.runs.runs()).some((run) => run.type === "undo" && run.status === "done");
  if (!done) expect((await home.undo("never")).run).toMatchObject({ type: "undo", status: "done", balanced: true });
  expect(await drop(home, directory, LISTS[0]!)).toMatchObject({ alreadyImported: true });
}

const OPTIONS: TestHomeOptions = { config: { audiences: AUDIENCES }, settings: { partitionRows: 4, rangeBytes: 200 } };

const realNow = Date.now;

type Step = (directory: string, home: Home) => Promise<void>;

/** Does some steps, then one with a crash at one write, and the same again; answers what there is at the end. */
async function withCrash(
  before: readonly Step[],
  step: Step,
  at: number,
  when: "before" | "after",
): Promise<{ crashed: boolean; writes: number; after: Everything; left: string[] }> {
  const crash = new Crash(at, when);
  const home = new TestHome(OPTIONS);
  const first = await home.at("2026-11-20");
  for (const each of before) await each(home.directory, first);
  crash.arm(first.ports);
  const outcome = await Promise.race([step(home.directory, first), crash.happened]);
  if (outcome === "crashed") {
    // A message that was being delivered stays hidden for a while.
    vi.spyOn(Date, "now").mockImplementation(() => realNow() + 600_000);
    await step(home.directory, await home.at("2026-11-20")).finally(() => vi.restoreAllMocks());
  }
  const after = everythingOf(home.path);
  const left = leftovers(home.path);
  await home.dispose();
  return { crashed: outcome === "crashed", writes: crash.writes, after, left };
}

afterEach(() => void vi.restoreAllMocks());

describe("a crash at any single write, and the same commands again", () => {
  const stride = process.env.BULLSEYE_LONG ? 1 : 4;

  test.each<[string, Step[], Step, number]>([
    ["lists, approval and delivery", [], dropAndDeliver, 100],
    ["withdrawing a list", [dropAndDeliver], undo, 20],
  ])(
    "%s end where they end without it, and nothing is left behind",
    async (_, before, step, least) => {
      const whole = await withCrash(before, step, Number.POSITIVE_INFINITY, "before");
      expect(whole.writes).toBeGreaterThan(least);
      expect(whole.left).toEqual([]);
      const wrong: string[] = [];
      for (let at = 1; at <= whole.writes; at += stride) {
        const when = (at / stride) % 2 < 1 ? "before" : "after";
        try {
          const { crashed, after, left } = await withCrash(before, step, at, when);
          expect(crashed).toBe(true);
          wrong.push(...differences(after, whole.after).map((what) => `${when} write ${at}: ${what}`));
          wrong.push(...left.map((path) => `${when} write ${at}: left behind ${path}`));
        } catch (error) {
          wrong.push(`${when} write ${at}: ${error}`);
        }
      }
      expect(wrong).toEqual([]);
    },
    300_000,
  );
});
