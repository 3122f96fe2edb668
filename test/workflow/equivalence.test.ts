import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { judged, shuffled, TestHome, type TestList } from "./support.ts";

const lists = new URL("../../events/lists/", import.meta.url);
const read = (path: string, encoding: BufferEncoding = "utf8"): string => readFileSync(new URL(path, lists)).toString(encoding);

const reference: TestList = {
  name: "firmographics.csv",
  text: read("reference/firmographics.csv"),
  kind: "reference",
  origin: "public",
};

/** A small list with everything that makes resolving depend on order where it is done wrong. */
const HEADER = "Customer ID,Company,Website,LinkedIn,Country,Employees,Industry";
const ROWS = [
  "C1,Nordlicht Hydraulik GmbH,nordlicht.example,,DE,220,Manufacturing",
  "C2,Nordlicht Hydraulik,,,DE,230,Manufacturing",
  ",NORDLICHT HYDRAULIK GMBH,,linkedin.com/company/nordlicht,,,",
  "C3,Nordlicht Hydraulik GmbH,www.nordlicht.example,https://www.linkedin.com/company/nordlicht/,DE,,",
  "C4,Acme Ltd,acme-uk.example,,GB,40,Retail",
  "C5,Acme Inc.,acme-us.example,,US,4000,Retail",
  "C6,Acme,,,,17,Retail",
  "C7,Acme,,,GB,41,Retail",
  "C8,Acme,,,US,,Retail",
  "C9,Solo Name,,,FR,12,Hospitality",
  "C9,Solo Name,,,,13,Hospitality",
  ",,twin.example,,,900,Wholesale",
  ",Twin,twin.example,linkedin.com/company/twin,NL,800,Wholesale",
  ",Twin BV,,linkedin.com/company/twin,NL,,Wholesale",
];
const tricky = (rows: readonly string[], name = "companies.csv"): TestList => ({
  name,
  text: `${HEADER}\n${rows.join("\n")}\n`,
  kind: "accounts",
});

async function accountsAfter(
  drops: readonly TestList[],
  options?: ConstructorParameters<typeof TestHome>[0],
): Promise<unknown[]> {
  const home = new TestHome(options);
  for (const list of drops) {
    const run = await home.drop(list);
    expect(run.balanced, `${list.name}: ${run.differences}`).toBe(true);
  }
  return judged(await home.accounts());
}

describe("accounts and scores do not depend on how the lists came", () => {
  test("rows in any order", async () => {
    const expected = await accountsAfter([tricky(ROWS)]);
    for (const seed of [1, 2, 3, 4, 5, 6]) expect(await accountsAfter([tricky(shuffled(ROWS, seed))])).toEqual(expected);
  });

  test("one list a row, in any order", async () => {
    const expected = await accountsAfter([tricky(ROWS)]);
    for (const seed of [7, 8, 9]) {
      const drops = shuffled(
        ROWS.map((row, index) => tricky([row], `part-${index}.csv`)),
        seed,
      );
      expect(await accountsAfter(drops)).toEqual(expected);
    }
  });

  test("one list in many versions, where no version contradicts another (a later version of a list outranks an earlier one)", async () => {
    const distinct = ROWS.filter((row) => !/^C[279],|^,Twin BV/.test(row));
    const expected = await accountsAfter([tricky(distinct)]);
    const drops = distinct.map((row, index) => ({ ...tricky([row], `part-${index}.csv`), list: "companies" }));
    expect(await accountsAfter(drops)).toEqual(expected);
  });

  test("two lists about the same companies in either order, and a reference before, between or after them", async () => {
    const a = tricky(ROWS.slice(0, 7), "a.csv");
    const b = tricky(ROWS.slice(7), "b.csv");
    const expected = await accountsAfter([reference, a, b]);
    for (const order of [
      [b, a, reference],
      [a, reference, b],
      [reference, b, a],
    ])
      expect(await accountsAfter(order)).toEqual(expected);
  });

  test("partitions, ranges and threads of any size", async () => {
    const crm: TestList = { name: "crm-accounts.csv", text: read("accounts/crm-accounts.csv"), kind: "accounts" };
    const orders: TestList = { name: "shop-orders.csv", text: read("orders/shop-orders.csv"), kind: "orders" };
    const drops = [reference, crm, tricky(ROWS), orders];
    const expected = await accountsAfter(drops);
    expect(expected.length).toBeGreaterThan(400);
    const settings = [
      { partitionRows: 100, rangeBytes: 8 * 1024 * 1024 },
      { partitionRows: 5_000, rangeBytes: 7_000 },
      { partitionRows: 20, rangeBytes: 20_000 },
    ];
    for (const each of settings) expect(await accountsAfter(drops, { settings: each })).toEqual(expected);
    for (const workers of [1, 2])
      expect(await accountsAfter(drops, { workers, settings: { partitionRows: 50 } })).toEqual(expected);
  });

  test("the order in which orders, accounts and deals come", async () => {
    const accounts: TestList = {
      name: "accounts.csv",
      text: "Customer ID,Company,Website,Country\nK1,Alpha,alpha.example,DE\nK2,Beta,,DE\n",
      kind: "accounts",
    };
    const orders: TestList = {
      name: "orders.csv",
      text: "Order ID,Customer ID,Order Date,SKU,Quantity,Unit Price\nO1,K1,2026-10-01,s1,3,10.00\nO1,K1,2026-10-01,s2,1,5.50\nO2,K2,2026-09-01,s1,1,10.00\nO3,K3,2026-09-02,s1,1,10.00\n",
      kind: "orders",
    };
    const deals: TestList = {
      name: "deals.csv",
      text: "Deal ID,Company,Deal Stage,Amount,Close Date\nD1,Beta,Closed Won,1000,2026-05-01\nD2,Gamma,Closed Lost,50,2026-05-02\n",
      kind: "deals",
    };
    const expected = await accountsAfter([accounts, orders, deals]);
    expect(expected).toHaveLength(4);
    for (const order of [
      [orders, deals, accounts],
      [deals, accounts, orders],
      [orders, accounts, deals],
    ])
      expect(await accountsAfter(order)).toEqual(expected);
  });
});

describe("what is taken back was never there", () => {
  const first = tricky(ROWS.slice(0, 9), "first.csv");
  const second = tricky(ROWS.slice(4), "second.csv");

  test("undo equals never imported, byte for byte", async () => {
    const plain = new TestHome();
    await plain.drop(first);
    const home = new TestHome();
    await home.drop(first);
    await home.drop(second);
    await (await home.at("2026-11-20")).undo("second");
    expect(await home.accounts()).toEqual(await plain.accounts());
  });

  test("undo of the first of two equals the second alone", async () => {
    const plain = new TestHome();
    await plain.drop(second);
    const home = new TestHome();
    await home.drop(first);
    await home.drop(second);
    await (await home.at("2026-11-20")).undo("first");
    expect(await home.accounts()).toEqual(await plain.accounts());
  });

  test("undo of a reference list, of orders and of suppressions", async () => {
    const orders: TestList = {
      name: "orders.csv",
      text: "Order ID,Customer ID,Order Date,SKU,Quantity,Unit Price\nO1,C1,2026-10-01,s1,3,10.00\nO2,C9,2026-09-01,s1,1,10.00\n",
      kind: "orders",
    };
    const suppressions: TestList = {
      name: "never.csv",
      text: "Domain,Reason\nnordlicht.example,competitor\n",
      kind: "suppressions",
    };
    const plain = new TestHome();
    await plain.drop(first);
    const home = new TestHome();
    await home.drop(first);
    for (const list of [reference, orders, suppressions]) await home.drop(list);
    const between = (await home.accounts()).filter((item) => item.result!.suppressed !== undefined);
    expect(between).toHaveLength(1);
    for (const list of ["firmographics", "orders", "never"]) await (await home.at("2026-11-20")).undo(list);
    expect(await home.accounts()).toEqual(await plain.accounts());
  });

  test("a snapshot that lost rows retracts them", async () => {
    const whole: TestList = { ...first, list: "crm", mode: "snapshot" };
    const less: TestList = { ...tricky(ROWS.slice(0, 4), "less.csv"), list: "crm", mode: "snapshot" };
    const plain = new TestHome();
    await plain.drop({ ...less, list: "crm" });
    const home = new TestHome();
    await home.drop(whole);
    const run = await home.drop(less);
    expect(run.rows).toMatchObject({ in: 4 });
    expect(judged(await home.accounts())).toEqual(judged(await plain.accounts()));
  });
});
