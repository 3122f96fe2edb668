import {
  decisionsFile,
  proposed,
  proposeMerge,
  proposeUnmerge,
  standingDecisions,
} from "@bullseye/core/operations/match-companies/decide";
import { decisionOf } from "@bullseye/core/operations/match-companies/decisions";
import { currentMatching } from "@bullseye/core/operations/match-companies/state";
import { reconcile } from "@bullseye/core/queries/reconcile";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { namesText } from "../../packages/cli/src/run-result.ts";
import { storeContent } from "./store-content.ts";
import { TestHome, type TestList } from "./support.ts";

const csv = (name: string, ...rows: string[]): TestList => ({ name: `${name}.csv`, text: `${rows.join("\n")}\n` });

const KEYED = csv(
  "keyed",
  "Company,Website,City,Country",
  "Nordlicht Hydraulik GmbH,nordlicht-hydraulik.example,Kiel,Germany",
  "Brennerei Altstadt AG,brennerei-altstadt.example,Bonn,Germany",
  "Summit Dental Supply,summit-dental.example,Boise,United States",
);
const NAMED = csv(
  "named",
  "Account,City,Country",
  "Nordlicht Hydraulick GmbH,Kiel,Germany",
  "Altstadt Brennerei,Bonn,Germany",
  "Kowalski Logistics,Gdansk,Poland",
  "Summit Dental Supply,Leeds,United Kingdom",
);
const MORE = csv("more", "Account,City,Country", "Kowalsky Logistics Sp. z o.o.,Gdansk,Poland");

/** Name, domain and number of rows of each account, sorted. */
async function accountsOf(home: TestHome): Promise<string[]> {
  return (await home.accounts())
    .map(({ result, groups }) => {
      const rows = groups.flatMap(({ st }) => st).reduce((sum, { r }) => sum + r.length, 0);
      return `${result!.show.name} ${result!.show.domain ?? "-"} ${rows}`;
    })
    .sort();
}

/** What stands of accounts, in tables that runs and lists are no part of. */
function standing(home: TestHome): Record<string, string[]> {
  const { accounts, parked, aliases, facts, wants } = storeContent(home.path);
  return { accounts: accounts!, parked: parked!, aliases: aliases!, facts: facts!, wants: wants! };
}

/** Drops the decisions that shall stand; takes the list back where none shall. */
async function decided(home: TestHome, decisions: Awaited<ReturnType<typeof standingDecisions>>): Promise<void> {
  if (decisions.length === 0) return void (await home.undo("decisions"));
  const text = await decisionsFile(await home.ports(), decisions);
  await home.drop({ name: "decisions.csv", list: "decisions", kind: "matches", mode: "snapshot", origin: "first-party", text });
}

describe("companies that share no key", () => {
  test("are one account where their names are similar, whichever list comes first", async () => {
    const [one, other] = [new TestHome(), new TestHome()];
    for (const list of [KEYED, NAMED, MORE]) await one.drop(list);
    for (const list of [MORE, NAMED, KEYED]) await other.drop(list);
    const found = await accountsOf(one);
    expect(found).toEqual([
      "Brennerei Altstadt AG brennerei-altstadt.example 2",
      expect.stringMatching(/^Kowalsk[iy] Logistics.* - 2$/),
      "Nordlicht Hydraulik GmbH nordlicht-hydraulik.example 2",
      "Summit Dental Supply - 1",
      "Summit Dental Supply summit-dental.example 1",
    ]);
    expect(await accountsOf(other)).toEqual(found);
    expect((await reconcile(await one.ports())).differences).toEqual([]);
  });

  test("are counted as joined by the run that joined them, and as standing by all after it", async () => {
    const home = new TestHome();
    expect((await home.drop(KEYED)).names).toMatchObject({ joined: 0, joinedNow: 0 });
    const two = (await home.drop(NAMED)).names!;
    expect(two).toMatchObject({ joined: 2, joinedNow: 2 });
    expect(namesText(two)).toMatch(/^2 joined now; 2 standing/);
    expect((await home.drop(MORE)).names).toMatchObject({ joined: 3, joinedNow: 1 });
    expect((await home.refresh()).names).toMatchObject({ joined: 3, joinedNow: 0 });
    expect((await home.undo("more")).names).toMatchObject({ joined: 2, joinedNow: 0 });
  });

  test("part again when the list that named one of them is withdrawn, and nothing is left of it", async () => {
    const [home, never] = [new TestHome(), new TestHome()];
    for (const list of [KEYED, NAMED]) await home.drop(list);
    await home.undo("named");
    await never.drop(KEYED);
    expect(standing(home)).toEqual(standing(never));
    expect((await currentMatching(await home.ports()))!.edges).toEqual([]);
  });

  test("stay two where the rules ask for more, and join at the refresh after the rules ask for less", async () => {
    const home = new TestHome({ config: { matching: "namesAndPlace: { same: 1, review: 0.4 }\n" } });
    for (const list of [KEYED, NAMED]) await home.drop(list);
    expect(await accountsOf(home)).toHaveLength(7);
    const { review } = (await currentMatching(await home.ports()))!;
    expect(review.map(({ low, high }) => [low.name, high.name])).toContainEqual([
      "Nordlicht Hydraulick GmbH",
      "Nordlicht Hydraulik GmbH",
    ]);
    home.configure("matching", "{}\n");
    await home.refresh();
    expect(await accountsOf(home)).toHaveLength(5);
  });

  test("are compared at the refresh where the base is larger than a run compares", async () => {
    const home = new TestHome({ config: { matching: "compareInRun: 2\n" } });
    for (const list of [KEYED, NAMED]) await home.drop(list);
    expect(await accountsOf(home)).toHaveLength(7);
    expect((await currentMatching(await home.ports()))!.put).toBe(
      "names are compared at the next refresh, for the base is large",
    );
    await home.refresh();
    expect(await accountsOf(home)).toHaveLength(5);
  });

  test("never share an account where website, country or registration number differ", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            name: fc.constantFrom("Acme Pumps", "Acme Pumpes", "ACME Pumps Ltd", "Acme Pump"),
            site: fc.constantFrom("", "acme-pumps.example", "acmepumps.example"),
            country: fc.constantFrom("", "DE", "FR"),
          }),
          { minLength: 2, maxLength: 6 },
        ),
        async (rows) => {
          const home = new TestHome();
          try {
            await home.drop(
              csv("any", "Company,Website,Country", ...rows.map(({ name, site, country }) => `${name},${site},${country}`)),
            );
            for (const { groups } of await home.accounts()) {
              const stated = groups.flatMap(({ st }) => st.map(({ f }) => f));
              expect(new Set(stated.map(({ domain }) => domain).filter(Boolean)).size).toBeLessThanOrEqual(1);
              const weak = stated.filter(({ domain }) => !domain);
              expect(new Set(weak.map(({ country }) => country).filter(Boolean)).size).toBeLessThanOrEqual(1);
            }
          } finally {
            await home.dispose();
          }
        },
      ),
      { numRuns: process.env.BULLSEYE_LONG ? 100 : 12, seed: 20261123 },
    );
  });
});

describe("what a person decides", () => {
  test("joins two accounts, and taking it back restores the store byte for byte", async () => {
    const home = new TestHome();
    for (const list of [KEYED, NAMED, MORE]) await home.drop(list);
    const before = standing(home);
    const ports = await home.ports();
    const merge = await proposeMerge(ports, "summit-dental.example", "brennerei-altstadt.example");
    await decided(home, merge.decisions);
    expect(await accountsOf(home)).toHaveLength(4);
    expect((await reconcile(await home.ports())).differences).toEqual([]);
    const again = await proposeUnmerge(await home.ports(), "summit-dental.example").catch(() =>
      home.ports().then((each) => proposeUnmerge(each, "brennerei-altstadt.example")),
    );
    expect(again).toMatchObject({ change: "withdrawn", decisions: [] });
    await decided(home, again.decisions);
    expect(standing(home)).toEqual(before);
  });

  test("any decisions, taken back in any order, leave what was there", async () => {
    const homes = ["nordlicht-hydraulik.example", "brennerei-altstadt.example", "summit-dental.example", "Kowalski Logistics"];
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(3), fc.nat(3)), { minLength: 1, maxLength: 3 }),
        fc.boolean(),
        async (pairs, lifo) => {
          const home = new TestHome();
          try {
            for (const list of [KEYED, NAMED]) await home.drop(list);
            const before = standing(home);
            for (const [a, b] of pairs) {
              const proposal = await proposeMerge(await home.ports(), homes[a]!, homes[b]!).catch(() => null);
              if (proposal) await decided(home, proposal.decisions);
            }
            for (;;) {
              const left = await standingDecisions(await home.ports());
              if (left.length === 0) break;
              await decided(home, lifo ? left.slice(0, -1) : left.slice(1));
            }
            expect(standing(home)).toEqual(before);
          } finally {
            await home.dispose();
          }
        },
      ),
      { numRuns: process.env.BULLSEYE_LONG ? 60 : 8, seed: 20261123 },
    );
  });

  test("parts what a similar name had joined, and what a key had joined", async () => {
    const home = new TestHome();
    for (const list of [KEYED, NAMED]) await home.drop(list);
    const proposal = await proposeUnmerge(await home.ports(), "Altstadt Brennerei");
    expect(proposal).toMatchObject({ change: "added", decision: { relation: "alone" } });
    await decided(home, proposal.decisions);
    expect(await accountsOf(home)).toContain("Altstadt Brennerei - 1");
    await home.refresh();
    expect(await accountsOf(home)).toContain("Altstadt Brennerei - 1");
  });

  test("that two are different keeps their names from joining them, also later", async () => {
    const home = new TestHome({ config: { matching: "namesAndPlace: { same: 1, review: 0.4 }\n" } });
    for (const list of [KEYED, NAMED]) await home.drop(list);
    const ports = await home.ports();
    const { review } = (await currentMatching(ports))!;
    const pair = review.find(({ low }) => low.name === "Nordlicht Hydraulick GmbH")!;
    const { low, high } = decisionOf("different", pair.low as never, pair.high as never, ports.digest);
    await decided(home, proposed([], { relation: "different", low, high }, ports.digest));
    expect((await currentMatching(await home.ports()))!.review.map((each) => each.low.id)).not.toContain(low.id);
    home.configure("matching", "{}\n");
    await home.refresh();
    expect(await accountsOf(home)).toContain("Nordlicht Hydraulick GmbH - 1");
  });

  test("holds for rows that come later", async () => {
    const home = new TestHome();
    for (const list of [KEYED, NAMED]) await home.drop(list);
    await decided(
      home,
      (await proposeMerge(await home.ports(), "summit-dental.example", "brennerei-altstadt.example")).decisions,
    );
    await home.drop(
      csv("later", "Company,Website", "Summit Dental Supplies,summit-dental.example", "Altstadt,brennerei-altstadt.example"),
    );
    expect(await accountsOf(home)).toHaveLength(4);
    expect((await home.accounts()).map(({ id }) => id)).toHaveLength(new Set((await home.accounts()).map(({ id }) => id)).size);
  });

  test("may come as anybody's own list, by domain and name; rows that name no company are rejected with a reason", async () => {
    const home = new TestHome();
    for (const list of [KEYED, NAMED]) await home.drop(list);
    const run = await home.drop({
      ...csv(
        "same-firms",
        "Company,Relation,Other Company",
        "summit-dental.example,same,brennerei-altstadt.example",
        "Kowalski Logistics (PL),same,nordlicht-hydraulik.example",
        "summit-dental.example,perhaps,brennerei-altstadt.example",
        ",same,brennerei-altstadt.example",
      ),
      kind: "matches",
    });
    expect(run.rows).toMatchObject({ in: 4, accepted: 2, rejected: 2 });
    expect(await accountsOf(home)).toHaveLength(3);
    await home.undo("same-firms");
    expect(await accountsOf(home)).toHaveLength(5);
  });
});
