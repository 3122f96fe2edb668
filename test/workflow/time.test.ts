import { describe, expect, test } from "vitest";
import { everythingOf } from "./store-content.ts";
import { TestHome, type TestList } from "./support.ts";

const ICP = `
id: fit
name: Fit
version: 1
scoring: { minimumCoverage: 0, priorFit: 0.5, priorWeight: 25 }
tiers: { A: 80, B: 40, D: 0 }
rules:
  - id: size
    dimension: firmographic
    attribute: employees
    weight: 50
    bands: [{ points: 10 }, { from: 100, points: 50 }]
  - id: recent
    dimension: behavioural
    attribute: lastActivityAt
    weight: 50
    decay: { halfLifeDays: 60 }
`;

const AUDIENCES = `
audiences:
  - { id: hot, name: Hot, platform: linkedin, mode: file, include: { tiers: [A] } }
  - { id: large, name: Large, platform: linkedin, mode: file, include: { employees: { atLeast: 100 } } }
`;

/** Ten companies of which somebody heard yesterday, ten of which nobody heard for long, ten that are small. */
const companies = (): TestList => {
  const rows = ["Company,Website,Country,Employees,Last Activity"];
  for (let n = 0; n < 30; n++) {
    const [employees, activity] = n < 10 ? [500, "2026-11-19"] : n < 20 ? [500, "2025-01-10"] : [20, "2026-11-19"];
    rows.push(`Company ${n},c${n}.example,DE,${employees},${activity}`);
  }
  return { name: "crm.csv", kind: "accounts", text: `${rows.join("\n")}\n` };
};

const config = { icp: ICP, audiences: AUDIENCES };

/** Everything but what tells of the runs themselves. */
function judgement(home: TestHome): unknown {
  const { store, files } = everythingOf(home.path);
  const { runs, audiences, pushes, ...tables } = store;
  return {
    tables,
    files: Object.fromEntries(Object.entries(files).filter(([path]) => !/^objects\/(runs|map-results)\//.test(path))),
  };
}

describe("time goes by", () => {
  test("scores with decay change, accounts leave, and their removal is planned once", async () => {
    const home = new TestHome({ config });
    await home.drop(companies());
    const before = await home.approve();
    expect(before.audiences).toMatchObject([
      { id: "hot", desired: 10, exported: 10 },
      { id: "large", desired: 20, exported: 20 },
    ]);
    const scores = new Map((await home.accounts()).map((item) => [item.id, item.result!]));

    const later = await home.at("2027-01-19");
    const refreshed = (await later.refresh()).run;
    expect(refreshed).toMatchObject({ type: "refresh", balanced: true, status: "done" });
    const [hot, large] = refreshed.audiences!;
    expect(hot).toMatchObject({ id: "hot", desired: 0, told: 10, add: 0, remove: 10, awaitingApproval: true });
    expect(large).toMatchObject({ id: "large", desired: 20, told: 20, add: 0, remove: 0, awaitingApproval: false });
    for (const item of await home.accounts()) {
      const was = scores.get(item.id)!;
      const is = item.result!;
      expect(is.asOf).toBe("2027-01-19");
      if (was.tier === "A") expect(is).toMatchObject({ tier: "B", audiences: ["large"] });
      expect(is.score!).toBeLessThan(was.score!);
    }
    const recent = [...scores.values()].filter((result) => result.tier === "A");
    expect(recent).toHaveLength(10);

    const again = (await (await home.at("2027-01-19")).refresh()).run;
    expect(again.audiences![0]).toMatchObject({ hash: hot!.hash, remove: 10, awaitingApproval: true });
    const pushes = await (await home.at("2027-01-19")).ports.audiences.pushes("hot");
    expect(pushes.filter((push) => push.remove > 0)).toHaveLength(1);

    const sent = await home.approve();
    expect(sent.audiences![0]).toMatchObject({ id: "hot", exported: 0, awaitingApproval: false });
    const last = (await (await home.at("2027-01-19")).refresh()).run;
    expect(last.audiences).toMatchObject([
      { id: "hot", desired: 0, told: 0, add: 0, remove: 0, hash: null },
      { id: "large", desired: 20, told: 20, add: 0, remove: 0, hash: null },
    ]);
    expect((await (await home.at("2027-01-19")).ports.audiences.pushes("hot")).filter((push) => push.remove > 0)).toHaveLength(1);
  });

  test("a refresh on the same day changes nothing, byte for byte", async () => {
    const home = new TestHome({ config });
    await home.drop(companies());
    await home.drop({
      name: "orders.csv",
      kind: "orders",
      text: "Order ID,Company,Order Date,SKU,Quantity,Unit Price\nO1,Company 1,2026-10-01,s1,3,10.00\nO2,Company 3,2026-09-01,s1,1,10.00\n",
    });
    await home.approve();
    const before = judgement(home);
    const { run } = await (await home.at("2026-11-20")).refresh();
    expect(run.accounts).toMatchObject({ created: 0, updated: 0, removed: 0 });
    expect(judgement(home)).toEqual(before);
    await (await home.at("2026-11-20")).refresh();
    expect(judgement(home)).toEqual(before);
  });

  test("a refresh 60 days later and back again ends where it began", async () => {
    const home = new TestHome({ config });
    await home.drop(companies());
    const before = await home.accounts();
    await (await home.at("2027-01-19")).refresh();
    expect(await home.accounts()).not.toEqual(before);
    await (await home.at("2026-11-20")).refresh();
    expect(await home.accounts()).toEqual(before);
  });
});
