import { existsSync, readFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { ListKind } from "@bullseye/core/lists/kinds";
import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import { TestHome } from "./support.ts";

/** Public lists that are not part of this repository; `BULLSEYE_DATA` says where they lie. Tests of those that are missing are skipped by name. */
const root = fileURLToPath(new URL("../../", import.meta.url));
const data = resolve(root, process.env.BULLSEYE_DATA ?? "../shared/data");
const FORTUNE = "fortune1000/Fortune_1000.csv";
const CRM = "crm-maven/accounts.csv";
const PIPELINE = "crm-maven/sales_pipeline.csv";
const CUSTOMERS = "northwind/customers.csv";
const ORDERS = "northwind/orders.csv";
const DIRECTORY = "pdl-companies-sample/companies_pdl_share20.csv";

type Row = Record<string, string>;

const bytes = (path: string): Buffer => readFileSync(resolve(data, path));
/** The list as another parser reads it: by header, without blank records. */
const rowsOf = (path: string): Row[] =>
  parse(bytes(path), { columns: true, bom: true, relax_column_count: true, skip_records_with_empty_values: true }) as Row[];
const distinct = (values: Iterable<string | undefined>): Set<string> =>
  new Set([...values].filter((value): value is string => !!value));

function needs(...paths: string[]): (name: string, work: () => Promise<void>) => void {
  const missing = paths.filter((path) => !existsSync(resolve(data, path)));
  return (name, work) => {
    if (missing.length > 0) test.skip(`${name} (missing: ${missing.join(", ")})`, () => {});
    else test(name, work);
  };
}

async function drop(home: TestHome, path: string, kind: ListKind) {
  const run = await home.drop({ name: basename(path), kind, text: bytes(path) });
  expect(run, run.differences?.join()).toMatchObject({ status: "done", balanced: true });
  const { in: all, ...classes } = run.rows!;
  expect(Object.values(classes).reduce((sum, n) => sum + n)).toBe(all);
  return run;
}

/** Names as far as nobody would call them different: letters and digits only. */
const plain = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

describe("lists that people really have", () => {
  needs(FORTUNE)("the thousand largest companies", async () => {
    const home = new TestHome();
    const rows = rowsOf(FORTUNE);
    const run = await drop(home, FORTUNE, "accounts");
    expect(run.rows).toMatchObject({ in: rows.length, rejected: 0, blank: 0, footer: 0 });
    const names = distinct(rows.map((row) => plain(row.company!)));
    const accounts = await home.accounts();
    // Two names may lead to one website, so that there may be fewer accounts than names, never more.
    expect(accounts.length).toBe(run.rows!.accepted);
    expect(accounts.length).toBeLessThanOrEqual(names.size);
    expect(accounts.length).toBeGreaterThan(names.size * 0.97);
    const walmart = accounts.find((item) => item.result!.show.name === "Walmart")!;
    expect(walmart.result!.show.employees).toBe(Number(rows.find((row) => row.company === "Walmart")!["num. of employees"]));
    const stated = rows.reduce((sum, row) => sum + Number(row["num. of employees"]), 0);
    const shown = accounts.reduce(
      (sum, item) => sum + (typeof item.result!.show.employees === "number" ? item.result!.show.employees : 0),
      0,
    );
    expect(Math.abs(shown - stated) / stated).toBeLessThan(0.03);
  });

  needs(CRM, PIPELINE)("a CRM's accounts and its pipeline", async () => {
    const home = new TestHome();
    const accounts = rowsOf(CRM);
    const deals = rowsOf(PIPELINE);
    const run = await drop(home, CRM, "accounts");
    expect(run.rows).toMatchObject({ in: accounts.length, accepted: accounts.length, merged: 0, rejected: 0 });
    expect(await home.accounts()).toHaveLength(distinct(accounts.map((row) => plain(row.account!))).size);
    const pipeline = await drop(home, PIPELINE, "deals");
    const nameless = deals.filter((row) => !row.account).length;
    expect(nameless).toBeGreaterThan(0);
    expect(pipeline.rows).toMatchObject({ in: deals.length, rejected: nameless });
    expect(pipeline.rows!.accepted).toBe(distinct(deals.filter((row) => row.account).map((row) => row.opportunity_id)).size);
    const stored = await home.accounts();
    expect(stored).toHaveLength(distinct([...accounts, ...deals].map((row) => row.account && plain(row.account))).size);
    let won = 0;
    let lost = 0;
    for (const { groups } of stored)
      for (const { deals: summary } of groups) {
        won += summary?.won.deals ?? 0;
        lost += summary?.lost.deals ?? 0;
      }
    const stage = (name: string): number => deals.filter((row) => row.account && row.deal_stage === name).length;
    expect({ won, lost }).toEqual({ won: stage("Won"), lost: stage("Lost") });
  });

  needs(CUSTOMERS, ORDERS)("a trader's customers and their orders", async () => {
    const home = new TestHome();
    const customers = rowsOf(CUSTOMERS);
    const run = await drop(home, CUSTOMERS, "accounts");
    expect(run.rows!.in).toBe(customers.length);
    const orders = await drop(home, ORDERS, "orders");
    // Unquoted commas in addresses make rows too long; those with text beyond the header are rejected.
    const width = (row: string[], header: string[]): boolean => row.slice(header.length).every((cell) => cell.trim() === "");
    const [header, ...records] = parse(bytes(ORDERS), { relax_column_count: true }) as string[][];
    const whole = records.filter((row) => width(row, header!));
    expect(orders.rows).toMatchObject({ in: records.length, accepted: whole.length, rejected: records.length - whole.length });
    const byCustomer = new Map<string, number>();
    for (const row of whole) byCustomer.set(row[1]!, (byCustomer.get(row[1]!) ?? 0) + 1);
    const counted = (await home.accounts()).flatMap(({ result }) => (result!.show.tx ? [result!.show.tx[0]] : []));
    expect(counted.reduce((sum, n) => sum + n, 0)).toBe(whole.length);
    expect(counted.sort((a, b) => a - b)).toEqual([...byCustomer.values()].sort((a, b) => a - b));
  });

  needs(FORTUNE, DIRECTORY)("a directory to enrich from", async () => {
    const home = new TestHome();
    const rows = rowsOf(DIRECTORY);
    const run = await drop(home, DIRECTORY, "reference");
    const keyed = rows.filter((row) => row.domain || row["linkedin url"]);
    expect(run.rows!.in).toBe(rows.length);
    expect(run.rows!.accepted + run.rows!.merged).toBeGreaterThanOrEqual(keyed.length * 0.99);
    expect(run.rows!.rejected).toBeLessThanOrEqual(rows.length - keyed.length + keyed.length * 0.01);
    expect(await home.accounts()).toEqual([]);
    await drop(home, FORTUNE, "accounts");
    const directory = distinct(rows.map((row) => row.domain?.toLowerCase()));
    const accounts = await home.accounts();
    const known = accounts.filter((item) => directory.has(item.result!.show.domain ?? ""));
    expect(known.length).toBeGreaterThan(0);
    for (const item of known) expect(item.ref?.map((statement) => statement.k)).toEqual(["reference"]);
  });
});
