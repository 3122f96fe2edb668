import { currentMatching } from "@bullseye/core/operations/match-companies/state";
import { reconcile } from "@bullseye/core/queries/reconcile";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { TestHome, type TestHomeOptions, type TestList } from "./support.ts";

const HEADER = "Company,Website,LinkedIn,City,Country";

interface World {
  /** What each list says in the end; null where it was taken back. */
  steps: Array<{ list: number; rows: string[] | null }>;
  decisions: Array<[string, string]>;
}

const listOf = (list: number, rows: readonly string[]): TestList => ({
  name: `list${list}.csv`,
  list: `list${list}`,
  mode: "snapshot",
  kind: "accounts",
  text: `${[HEADER, ...rows].join("\n")}\n`,
});
const decisionsOf = (decisions: World["decisions"]): TestList => ({
  name: "decisions.csv",
  list: "decisions",
  mode: "snapshot",
  kind: "matches",
  text: `${["company,relation,other company", "unheard-of.example,alone,", ...decisions.map(([a, b]) => `${a},${a === b ? "alone" : "same"},${a === b ? "" : b}`)].join("\n")}\n`,
});

/** Who is with whom: the rows of each account, by what they say. */
async function together(home: TestHome): Promise<string[]> {
  return (await home.accounts())
    .map(({ id, groups }) =>
      [id, ...groups.flatMap(({ home: at, st }) => st.map(({ l, r, f }) => `${at} ${l} ${r} ${f.name}`)).sort()].join("; "),
    )
    .sort();
}

const row = fc
  .record({
    name: fc.constantFrom(
      "Nordlicht Hydraulik GmbH",
      "Nordlicht Hydraulick GmbH",
      "Nordlicht Hydraulik",
      "Nordlicht Hydraulic AG",
      "Kowalski Logistics",
      "Kowalsky Logistics",
    ),
    site: fc.constantFrom("", "", "", "nordlicht.example", "kowalski.example"),
    page: fc.constantFrom("", "", "", "linkedin.com/company/nordlicht", "linkedin.com/company/kowalski"),
    country: fc.constantFrom("Germany", "Germany", "Germany", "", "Poland"),
  })
  .map(({ name, site, page, country }) => `${name},${site},${page},${country === "Germany" ? "Kiel" : ""},${country}`);
const key = fc.constantFrom(
  "nordlicht.example",
  "kowalski.example",
  "linkedin.com/company/nordlicht",
  "Nordlicht Hydraulik (DE)",
  "Nordlicht Hydraulick (DE)",
  "Kowalski Logistics (DE)",
  "Kowalsky Logistics",
);
const world: fc.Arbitrary<World> = fc.record({
  steps: fc.array(
    fc.record({
      list: fc.nat(2),
      rows: fc.option(fc.array(row, { minLength: 1, maxLength: 3 }), { freq: 5 }),
    }),
    { minLength: 2, maxLength: 6 },
  ),
  decisions: fc.array(fc.tuple(key, key), { maxLength: 2 }),
});

describe("who is who", () => {
  test.each<[string, TestHomeOptions, boolean]>([
    ["however lists came, changed and went", {}, false],
    [
      "after a refresh, where the base is too large to compare names in a run",
      { config: { matching: "compareInRun: 1\n" } },
      true,
    ],
  ])(
    "is the same %s",
    async (_, options, refreshes) => {
      await fc.assert(
        fc.asyncProperty(world, fc.nat(5), async ({ steps, decisions }, at) => {
          const [lived, fresh] = [new TestHome({ ...options, kept: true }), new TestHome({ ...options, kept: true })];
          try {
            const standing = new Map<number, string[]>();
            let unique = 0;
            const decide = async (home: TestHome): Promise<void> => {
              if (decisions.length > 0) await home.drop(decisionsOf(decisions));
            };
            for (const [index, { list, rows }] of steps.entries()) {
              if (index === at) await decide(lived);
              if (refreshes && index === 3) await lived.refresh();
              if (rows === null) {
                if (!standing.has(list)) continue;
                standing.delete(list);
                await lived.undo(`list${list}`);
              } else {
                // A file of its own each time: the same bytes again are no new version.
                const text = [...rows, `Unrelated ${String.fromCharCode(65 + unique++)} Bakery,,,,France`];
                standing.set(list, text);
                await lived.drop(listOf(list, text));
              }
            }
            if (at >= steps.length) await decide(lived);
            for (const [list, rows] of [...standing].sort((a, b) => b[0] - a[0])) await fresh.drop(listOf(list, rows));
            await decide(fresh);
            if (refreshes) for (const home of [lived, fresh]) await home.refresh();
            expect(await together(lived)).toEqual(await together(fresh));
            expect((await reconcile(await lived.ports())).differences).toEqual([]);
            const edges = async (home: TestHome) => (await currentMatching(await home.ports()))?.edges ?? [];
            expect(await edges(lived)).toEqual(await edges(fresh));
          } finally {
            await lived.dispose();
            await fresh.dispose();
          }
        }),
        {
          numRuns: Number(process.env.RUNS ?? 15),
          seed: Number(process.env.SEED ?? 20261123),
          endOnFailure: !process.env.SHRINK,
        },
      );
    },
    600_000,
  );
});
