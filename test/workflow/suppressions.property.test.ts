import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type PlanLine, planKey } from "@bullseye/core/operations/plan-audiences/plan-audiences";
import { domainId } from "@bullseye/core/resolve/identity";
import fc from "fast-check";
import { expect, test } from "vitest";
import { TestHome } from "./support.ts";

const AUDIENCES = `audiences:
  - { id: all, name: All, platform: linkedin, mode: file, include: { employees: { atLeast: 1 } }, limits: { removeShare: 1, addShare: 1 } }
  - { id: cross-sell, name: Cross-sell, platform: linkedin, mode: file, suppress: [competitors], include: { employees: { atLeast: 1 } }, limits: { removeShare: 1, addShare: 1 } }
`;

const domainOf = (k: number): string => `c${k}.example`;
const REASONS = { customers: "customer", competitors: "competitor", "opted-out": "opted out" } as const;
type Reason = keyof typeof REASONS;

/** What somebody does next, to a company or to a list of all companies. */
type Step =
  | { does: "drop" | "undo"; list: "crm" | "fair" }
  | { does: "suppress" | "forgive"; company: number; reason: Reason }
  | { does: "erase"; company: number }
  | { does: "deliver" };

const company = fc.integer({ min: 0, max: 2 });
const reason = fc.constantFrom<Reason>("customers", "competitors", "opted-out");
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constantFrom("drop" as const, "undo" as const),
      list: fc.constantFrom("crm" as const, "fair" as const),
    }),
  },
  { weight: 3, arbitrary: fc.record({ does: fc.constantFrom("suppress" as const, "forgive" as const), company, reason }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant("erase" as const), company }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant("deliver" as const) }) },
);

/** What must be true after some steps, kept beside the home. */
class Expected {
  readonly lists = new Set<string>();
  readonly suppressed = new Set<string>();
  readonly erased = new Set<number>();

  allowed(audience: "all" | "cross-sell"): number[] {
    if (this.lists.size === 0) return [];
    return [0, 1, 2].filter((k) => !this.erased.has(k) && !this.#keptOut(k, audience));
  }

  #keptOut(k: number, audience: "all" | "cross-sell"): boolean {
    const respected: readonly Reason[] =
      audience === "all" ? ["customers", "competitors", "opted-out"] : ["competitors", "opted-out"];
    return respected.some((each) => this.suppressed.has(`${each}-${k}`));
  }
}

async function act(home: TestHome, expected: Expected, each: Step, nth: number): Promise<void> {
  switch (each.does) {
    case "drop": {
      // Other bytes each time, so that it is never the same file again.
      const rows = [0, 1, 2].map((k) => `Company ${k},https://www.C${k}.example/,${500 + nth}`).join("\n");
      await home.drop({ name: `${each.list}.csv`, kind: "accounts", text: `Company,Website,Employees\n${rows}\n` });
      expected.lists.add(each.list);
      return;
    }
    case "undo":
      if (expected.lists.delete(each.list)) await (await home.at("2026-11-20")).undo(each.list);
      return;
    case "suppress": {
      const list = `${each.reason}-${each.company}`;
      const text = `Domain,Reason\n${domainOf(each.company)},${REASONS[each.reason]}\nother${nth}.example,${REASONS[each.reason]}\n`;
      await home.drop({ name: `${list}.csv`, kind: "suppressions", text });
      expected.suppressed.add(list);
      return;
    }
    case "forgive": {
      const list = `${each.reason}-${each.company}`;
      if (expected.suppressed.delete(list)) await (await home.at("2026-11-20")).undo(list);
      return;
    }
    case "erase":
      await home.at("2026-11-20");
      await home.erase(domainOf(each.company));
      expected.erased.add(each.company);
      return;
    default:
      await home.at("2026-11-20");
      if ((await (await home.at("2026-11-20")).ports.runs.runs()).length > 0) await home.approve();
  }
}

/** Companies that the standing plan of an audience adds. */
async function added(home: TestHome, audience: string): Promise<number[]> {
  const { ports } = await home.at("2026-11-20");
  const state = await ports.audiences.state(audience);
  if (!state?.lastPlanHash) return [];
  const lines: PlanLine[] = [];
  for (const key of await ports.objects.list(planKey(audience, state.lastPlanHash, "")))
    if (key.endsWith(".jsonl"))
      for (const line of Buffer.from(await ports.objects.get(key))
        .toString("utf8")
        .split("\n")
        .filter(Boolean))
        lines.push(JSON.parse(line) as PlanLine);
  return [0, 1, 2].filter((k) =>
    lines.some(([action, , , account]) => action === "add" && account === domainId(domainOf(k), ports.digest)),
  );
}

test("whoever is suppressed or erased is in no plan's additions and in no file, whatever came in whatever order", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 9 }), async (steps) => {
      const home = new TestHome({ config: { audiences: AUDIENCES } });
      const expected = new Expected();
      for (const [nth, each] of [{ does: "drop", list: "crm" } as Step, ...steps, { does: "deliver" } as Step].entries()) {
        await act(home, expected, each, nth);
        for (const audience of ["all", "cross-sell"] as const) {
          const allowed = expected.allowed(audience);
          expect((await added(home, audience)).filter((k) => !allowed.includes(k))).toEqual([]);
        }
      }
      const { ports } = await home.at("2026-11-20");
      for (const audience of ["all", "cross-sell"] as const) {
        const allowed = expected.allowed(audience).map(domainOf);
        const members: string[] = [];
        for await (const { state, sent } of ports.audiences.members(audience))
          if (state === "exported") members.push((JSON.parse(sent!) as { domain: string }).domain);
        expect(members.sort()).toEqual(allowed);
        const [push] = (await ports.audiences.pushes(audience)).filter((each) => each.status === "done" && each.planHash);
        for (const file of push?.files ?? [])
          for (const k of [0, 1, 2])
            expect([k, readFileSync(join(home.path, file), "utf8").includes(domainOf(k))]).toEqual([
              k,
              allowed.includes(domainOf(k)),
            ]);
      }
      await home.dispose();
    }),
    { numRuns: 12 },
  );
}, 600_000);
