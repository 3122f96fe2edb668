import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { approvePlan, queueApproved, waitingPlans } from "@bullseye/core/audiences/approve";
import type { Home } from "@bullseye/local";
import type { LocalPorts } from "@bullseye/local/ports";
import { afterEach, describe, expect, test, vi } from "vitest";
import { differences, type Everything, everythingOf, leftovers } from "../workflow/store-content.ts";
import { TestHome, type TestHomeOptions, type TestList } from "../workflow/support.ts";

const AUDIENCES = `
audiences:
  - { id: everyone, name: Everyone, platform: linkedin, mode: file, include: { employees: { atLeast: 1 } } }
`;

const LISTS: readonly TestList[] = [
  {
    name: "accounts.csv",
    kind: "accounts",
    text: [
      "Customer ID,Company,Website,LinkedIn,Country,Employees,Industry",
      "C1,Nordlicht Hydraulik GmbH,nordlicht.example,linkedin.com/company/nordlicht,DE,220,Manufacturing",
      ",Nordlicht Hydraulik GmbH,,linkedin.com/company/nordlicht,,,",
      "C2,Acme Ltd,acme.example,,GB,40,Retail",
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

/** Stops the world at one write: before it (it never happened) or after it (nobody heard of it). */
class Crash {
  writes = 0;
  readonly #at: number;
  readonly #when: "before" | "after";
  readonly happened: Promise<"crashed">;
  #crash!: (value: "crashed") => void;

  constructor(at: number, when: "before" | "after") {
    this.#at = at;
    this.#when = when;
    this.happened = new Promise((resolve) => {
      this.#crash = resolve;
    });
  }

  /** Makes every method that changes something count, and the chosen one never come back. */
  arm(ports: LocalPorts): void {
    const CHANGES: Record<string, readonly string[]> = {
      objects: ["put", "remove"],
      accounts: ["save", "forgetVersion"],
      runs: ["putList", "putRun", "removeRun"],
      audiences: ["putState", "putMembers", "putPush"],
      queue: ["send", "receive", "done", "defer"],
    };
    const open = ports as unknown as Record<string, Record<string, (...args: unknown[]) => Promise<unknown>>>;
    for (const [port, names] of Object.entries(CHANGES)) {
      const target = open[port]!;
      for (const name of names) {
        const work = target[name]!.bind(target);
        target[name] = async (...args) => {
          const mine = ++this.writes;
          if (mine > this.#at) return new Promise(() => {});
          if (mine < this.#at) return work(...args);
          if (this.#when === "after") await work(...args);
          this.#crash("crashed");
          return new Promise(() => {});
        };
      }
    }
  }
}

async function dropAll(directory: string, open: () => Promise<Home>): Promise<Home> {
  const home = await open();
  for (const { name, kind, text } of LISTS) {
    const file = join(directory, name);
    writeFileSync(file, text);
    const outcome = await home.run(await home.prepare({ file, kind, origin: "first-party" }));
    expect(outcome.run).toMatchObject({ status: "done", balanced: true });
  }
  for (const { planHash } of await waitingPlans(home.ports)) await approvePlan(home.ports, planHash);
  await queueApproved(home.ports);
  const [newest] = (await home.ports.runs.runs()).filter((run) => run.list === "never" && run.type === "list");
  await home.deliver(newest!);
  const stands = (await home.ports.runs.list("never"))!.versions.some((version) => version.status === "standing");
  const undone = (await home.ports.runs.runs()).find((run) => run.type === "undo");
  if (stands || undone?.report === undefined) await home.undo("never");
  return home;
}

const OPTIONS: TestHomeOptions = { config: { audiences: AUDIENCES }, settings: { partitionRows: 4, rangeBytes: 200 } };

/** Runs everything with a crash at one write, then the same commands again; answers what there is at the end. */
async function withCrash(
  at: number,
  when: "before" | "after",
): Promise<{ crashed: boolean; writes: number; after: Everything; left: string[] }> {
  const crash = new Crash(at, when);
  let first = true;
  const home = new TestHome({
    ...OPTIONS,
    adjust: (ports) => {
      if (first) crash.arm(ports);
      first = false;
    },
  });
  const outcome = await Promise.race([dropAll(home.directory, () => home.at("2026-11-20")), crash.happened]);
  if (outcome === "crashed") {
    // A message that was being delivered stays hidden for a while.
    const now = Date.now;
    vi.spyOn(Date, "now").mockImplementation(() => now() + 600_000);
    await dropAll(home.directory, () => home.at("2026-11-20"));
    vi.restoreAllMocks();
  }
  const after = everythingOf(home.path);
  const left = leftovers(home.path);
  await home.dispose();
  return { crashed: outcome === "crashed", writes: crash.writes, after, left };
}

afterEach(() => void vi.restoreAllMocks());

describe("a crash at any single write, and the same commands again", () => {
  test("ends where an uninterrupted run ends, with nothing left behind", async () => {
    const whole = await withCrash(Number.POSITIVE_INFINITY, "before");
    expect(whole.writes).toBeGreaterThan(100);
    expect(whole.left).toEqual([]);
    const stride = process.env.BULLSEYE_LONG ? 1 : 4;
    const wrong: string[] = [];
    for (let at = 1; at <= whole.writes; at += stride) {
      const when = (at / stride) % 2 < 1 ? "before" : "after";
      const { crashed, after, left } = await withCrash(at, when);
      expect(crashed).toBe(true);
      wrong.push(...differences(after, whole.after).map((what) => `${when} write ${at}: ${what}`));
      wrong.push(...left.map((path) => `${when} write ${at}: left behind ${path}`));
    }
    expect(wrong).toEqual([]);
  });
});
