import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Random } from "../reading/random.ts";
import { TestHome } from "../workflow/support.ts";
import { companies } from "./companies.ts";
import { scoreShape, scoreTable } from "./score.ts";
import { type Shape, writeShape } from "./shape.ts";
import { SHAPES } from "./shapes.ts";

/** Floors of the issue: nothing accepted may be wrong, and of what a vendor's file means this much is accepted without a question. */
const PRECISION = 1;
const RECALL = 0.95;
const SEED = 4;
const table = companies(1000, SEED);
const scores = SHAPES.map((shape, at) => scoreShape(shape, writeShape(shape, table, new Random(SEED + at))));

describe("a thousand companies in every shape", () => {
  it("prints what came back", () => {
    console.log(`\n${scoreTable(scores)}\n`);
    expect(scores.length).toBe(SHAPES.length);
  });

  it.each(scores.map((score, at) => [score.shape, score, SHAPES[at]!] as const))("%s", (_, score, shape) => {
    expect(score.fingerprint).toBe(shape.fingerprint);
    expect(score.wrong).toEqual([]);
    expect(score.right / score.accepted).toBe(PRECISION);
    if (score.vendor) expect(score.right / score.meant).toBeGreaterThanOrEqual(RECALL);
    expect(score.asked).toBe(score.toAsk);
    expect(score.rows).toBe(shape.rows(table).length);
    expect(score.equal).toBe(score.values);
  });

  it("tells what is wrong where something is", () => {
    const [linkedin] = SHAPES;
    const broken: Shape = {
      ...linkedin!,
      columns: linkedin!.columns.map((each) => ({ ...each, field: each.field === "city" ? "state" : each.field })),
    };
    const { wrong, right, accepted } = scoreShape(broken, writeShape(broken, table.slice(0, 50), new Random(1)));
    expect(wrong).toEqual(["city: taken for city, means state"]);
    expect(right).toBe(accepted - 1);
  });
});

/** What the accounts of a home say of themselves. */
async function accountsOf(home: TestHome) {
  const accounts = await home.accounts();
  return accounts.map(({ result }) => result!.show).sort((a, b) => (a.name! < b.name! ? -1 : 1));
}

describe("through the workflow", () => {
  const few = companies(250, SEED);
  const lists = SHAPES.filter(({ kind }) => kind === "accounts");

  it("all lists of companies together are the companies of the table, once each", async () => {
    const home = new TestHome();
    let apart = 0;
    for (const [at, shape] of lists.entries()) {
      const { bytes, says } = writeShape(shape, few, new Random(SEED + at));
      apart += says.filter((said) => said.get("registration") !== undefined && said.get("domain") === undefined).length;
      writeFileSync(join(home.directory, `list-${at}.csv.list.json`), JSON.stringify({ source: shape.source }));
      const run = await home.drop({ name: `list-${at}.csv`, text: bytes, kind: "accounts" });
      const after = shape.after ?? [];
      const blank = after.filter((line) => line === '""').length;
      expect(run, `${shape.id}: ${run.differences?.join()}`).toMatchObject({
        status: "done",
        balanced: true,
        rows: { in: few.length + after.length, rejected: 0, blank, footer: after.length - blank },
      });
    }
    const shown = await accountsOf(home);
    const truth = [...few].sort((a, b) => (a.name < b.name ? -1 : 1));
    // A row with a registration number and no address of the company's own is a company in its own right: a name joins no two that have keys.
    expect(shown.length).toBe(few.length + apart);
    expect(shown.filter(({ domain }) => domain !== null).map(({ name, domain, country }) => ({ name, domain, country }))).toEqual(
      truth.map(({ name, domain, country }) => ({ name, domain, country })),
    );
  });
});

describe("orders through the workflow", () => {
  it("come together from lines that go on without a customer (trap 15), for the companies of the table", async () => {
    const few = companies(250, SEED);
    const shape = SHAPES.find(({ id }) => id === "Shopify orders")!;
    const home = new TestHome();
    const run = await home.drop({ name: "orders.csv", text: writeShape(shape, few, new Random(SEED)).bytes, kind: "orders" });
    expect(run).toMatchObject({ status: "done", balanced: true, rows: { rejected: 0 } });
    const said = new Map((await accountsOf(home)).map(({ name, tx }) => [name, tx]));
    const buyers = few.filter(({ orders }) => orders.length > 0);
    expect([...said.keys()]).toEqual(buyers.map(({ name }) => name).sort());
    for (const { name, orders } of buyers) {
      const placed = orders.filter(({ status }) => status === "placed");
      const last =
        placed
          .map(({ date }) => date)
          .sort()
          .at(-1) ?? null;
      const worth = placed.reduce((sum, { total }) => sum + total, 0);
      expect([name, ...said.get(name)!]).toEqual([name, placed.length, worth, placed.length === 0 ? null : "USD", last]);
    }
  });
});
