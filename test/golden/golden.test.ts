import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { RunRecord } from "@bullseye/core/ledger/records";
import type { ListKind } from "@bullseye/core/lists/kinds";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { TestHome } from "../workflow/support.ts";

/**
 * A small, mixed set of lists and what becomes of it, word for word. A change of scores, tiers, segments or of what a platform is told shows
 * up here as a difference in `expected/`. Where it is meant, accept it and read the difference in the commit:
 *
 *     node scripts/node24.mjs node_modules/vitest/vitest.mjs run test/golden -u
 */
const LISTS: ReadonlyArray<[file: string, kind: ListKind]> = [
  ["directory.csv", "reference"],
  ["crm-report.csv", "accounts"],
  ["marketing-companies.csv", "accounts"],
  ["shop.csv", "orders"],
  ["pipeline.csv", "deals"],
  ["people.csv", "contacts"],
  ["do-not-target.csv", "suppressions"],
];

const AUDIENCES = `
segments:
  - { id: mid-market, name: Mid-market, when: { employees: { between: [50, 999] } } }
  - { id: regulars, name: Regulars, when: { transactions.orders12m: { atLeast: 4 } } }
  - { id: won, name: Won before, when: { deals.won: { atLeast: 1 } } }
  - { id: committee, name: Several decide, when: { decision.band: [coordinated, enterprise] } }
audiences:
  - { id: best, name: Best, platform: linkedin, mode: file, include: { tiers: [A, B] } }
  - { id: regulars, name: Regulars, platform: linkedin, mode: file, include: { segments: [regulars] } }
`;

const read = (file: string): Uint8Array => readFileSync(new URL(`lists/${file}`, import.meta.url));
const expected = (file: string): string => new URL(`expected/${file}`, import.meta.url).pathname;
const lines = (values: readonly unknown[]): string => values.map((value) => `${JSON.stringify(value)}\n`).join("");

describe("the golden lists", () => {
  let home: TestHome;
  const runs: RunRecord[] = [];
  let delivered: RunRecord;

  beforeAll(async () => {
    home = new TestHome({ config: { audiences: AUDIENCES }, kept: true });
    for (const [name, kind] of LISTS) runs.push(await home.drop({ name, kind, text: read(name) }));
    delivered = await home.approve();
  });
  afterAll(() => home.dispose());

  test("end where their rows ended", async () => {
    const rows = runs.map(({ list, kind, rows, accounts, balanced }) => ({ list, kind, rows, accounts, balanced }));
    expect(rows.every((run) => run.balanced)).toBe(true);
    await expect(lines(rows)).toMatchFileSnapshot(expected("runs.jsonl"));
  });

  test("give these accounts, scores, tiers, segments and audiences", async () => {
    const accounts = (await home.accounts()).map(({ id, result }) => {
      const { score, low, high, tier, out, segments, audiences, suppressed, show } = result!;
      return {
        id,
        name: show.name,
        domain: show.domain,
        score,
        low,
        high,
        tier,
        out,
        segments,
        audiences,
        suppressed,
        tx: show.tx,
      };
    });
    expect(accounts.length).toBeGreaterThan(15);
    expect(new Set(accounts.map((account) => account.tier)).size).toBeGreaterThan(2);
    await expect(lines(accounts)).toMatchFileSnapshot(expected("accounts.jsonl"));
  });

  test.each(["best", "regulars"])("tell a platform this of the audience %s", async (id) => {
    const counts = delivered.audiences!.find((audience) => audience.id === id)!;
    expect(counts.exported).toBe(counts.desired);
    expect(counts.files).toHaveLength(1);
    await expect(readFileSync(join(home.path, counts.files[0]!), "utf8")).toMatchFileSnapshot(expected(`${id}.csv`));
  });
});
