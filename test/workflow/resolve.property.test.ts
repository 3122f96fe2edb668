import fc from "fast-check";
import { expect, test } from "vitest";
import { judged, TestHome, type TestList } from "./support.ts";

/** Few keys and many rows: everything collides with everything. */
const row = fc.record({
  id: fc.constantFrom("", "", "K1", "K2", "K3"),
  name: fc.constantFrom("", "Acme", "Acme GmbH", "ACME Ltd.", "Borea", "Borea Corp", "Cetus"),
  domain: fc.constantFrom("", "", "", "acme.example", "acme-uk.example", "borea.example"),
  linkedin: fc.constantFrom("", "", "", "linkedin.com/company/acme", "linkedin.com/company/borea"),
  country: fc.constantFrom("", "", "DE", "GB"),
  lei: fc.constantFrom("", "", "", "", "5493001KJTIIGC8Y1R12", "529900T8BM49AURSDO55"),
});

type Row = typeof row extends fc.Arbitrary<infer T> ? T : never;

const HEADER = "Customer ID,Company,Website,LinkedIn,Country,LEI,Employees";

/** Employees follow from the keys, so that rows that say the same keys never contradict each other. */
function line(each: Row): string {
  const text = `${each.name}${each.domain}${each.linkedin}${each.id}`;
  let size = 7;
  for (const letter of text) size = (size * 31 + letter.charCodeAt(0)) % 5000;
  return [each.id, each.name, each.domain, each.linkedin, each.country, each.lei, String(size + 1)].join(",");
}

function list(name: string, rows: readonly Row[]): TestList {
  return { name: `${name}.csv`, text: `${HEADER}\n${rows.map(line).join("\n")}\n`, kind: "accounts" };
}

async function accountsOf(
  lists: readonly TestList[],
  undo: readonly string[] = [],
): Promise<{ judged: unknown[]; ids: string[] }> {
  const home = new TestHome({ settings: { partitionRows: 3 } });
  for (const each of lists) expect((await home.drop(each)).balanced).toBe(true);
  for (const each of undo) await (await home.at("2026-11-20")).undo(each);
  const items = await home.accounts();
  await home.dispose();
  return { judged: judged(items), ids: items.map((item) => item.id) };
}

const identified = (each: Row): boolean => [each.id, each.name, each.domain, each.linkedin, each.lei].some((key) => key !== "");

test("whatever the rows, pieces and order: the same accounts; and an undone list was never there", {
  timeout: 240_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(row.filter(identified), { minLength: 2, maxLength: 9 }),
      fc.integer({ min: 1, max: 8 }),
      async (rows, cut) => {
        const first = rows.slice(0, cut);
        const second = rows.slice(cut);
        const whole = await accountsOf([list("whole", rows)]);
        const reversed = await accountsOf([list("whole", rows.toReversed())]);
        expect(reversed).toEqual(whole);
        const parts = [list("first", first), list("second", second)].filter((_, index) => [first, second][index]!.length > 0);
        const forwards = await accountsOf(parts);
        expect(forwards).toEqual(whole);
        expect(await accountsOf(parts.toReversed())).toEqual(whole);
        if (parts.length < 2) return;
        expect(await accountsOf(parts, ["second"])).toEqual(await accountsOf([parts[0]!]));
        expect(await accountsOf(parts.toReversed(), ["first"])).toEqual(await accountsOf([parts[1]!]));
      },
    ),
    { numRuns: process.env.BULLSEYE_LONG ? 300 : 25, seed: 20_261_120, endOnFailure: false },
  );
});
