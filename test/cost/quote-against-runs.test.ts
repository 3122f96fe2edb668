import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { usd } from "@bullseye/core/cost/amount";
import { costOf } from "@bullseye/core/cost/cost-of";
import type { Usage } from "@bullseye/core/cost/meter";
import { quotedUsage, refreshUsage } from "@bullseye/core/cost/quote";
import { RUN_SETTINGS } from "@bullseye/local/ports";
import { afterAll, describe, expect, test } from "vitest";
import { makeList } from "../../bench/make-list.ts";
import { TestHome } from "../workflow/support.ts";

/** How far a quote may be from what is metered afterwards: of a first import, of a list that meets a base, of a refresh. */
const FIRST = 0.1;
const LATER = 0.35;

const folder = mkdtempSync(join(tmpdir(), "bullseye-quote-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function made(rows: number, seed: number): Buffer {
  const file = join(folder, `${rows}-${seed}.csv`);
  makeList(file, rows, seed);
  return readFileSync(file);
}

const priceOf = (usage: Usage): number => usd(costOf(usage).amount);
const within = (quoted: Usage, metered: Usage, tolerance: number): void => {
  const ratio = priceOf(quoted) / priceOf(metered);
  expect(ratio, `quoted ${JSON.stringify(quoted)}, metered ${JSON.stringify(metered)}`).toBeGreaterThan(1 - tolerance);
  expect(ratio, `quoted ${JSON.stringify(quoted)}, metered ${JSON.stringify(metered)}`).toBeLessThan(1 + tolerance);
};
const common = { audiences: 3, suppressed: false, settings: RUN_SETTINGS };

describe("a quote", () => {
  test.each([400, 6_000, 20_000])("of a first list of %i rows is what the run was metered at, within a tenth", async (rows) => {
    const text = made(rows, 1);
    const run = await new TestHome().drop({ name: "made.csv", kind: "accounts", text });
    within(quotedUsage({ kind: "accounts", rows, bytes: text.length, stored: 0, ...common }), run.usage!, FIRST);
  });

  test("of a list that meets a base, and of its refresh, within a third", async () => {
    const home = new TestHome();
    await home.drop({ name: "made.csv", kind: "accounts", text: made(8_000, 1) });
    const stored = await (await home.at("2026-11-21")).ports.accounts.count();
    const more = made(2_000, 7);
    const run = await home.drop({ name: "more.csv", kind: "accounts", text: more }, "2026-11-21");
    within(quotedUsage({ kind: "accounts", rows: 2_000, bytes: more.length, stored, ...common }), run.usage!, LATER);
    const now = await home.at("2026-11-22");
    const refreshed = await now.refresh();
    within(refreshUsage({ ...common, stored: await now.ports.accounts.count() }), refreshed.run.usage!, LATER);
  });
});
