import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { reconcile } from "@bullseye/core/queries/reconcile";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { expect, test } from "vitest";
import { TestHome } from "./support.ts";

const RUNS = process.env.BULLSEYE_LONG ? 200 : 15;
const HEADER = "Customer ID,Company,Website,Country,Employees";
const WRONG = ["N/A,-,,DE,7", ",,,,3", "-,n/a,,,"];
const RIGHT = [
  "C1,Acme GmbH,acme.example,DE,12",
  ",Acme GmbH,,DE,13",
  "C2,Beta Ltd,beta.example,GB,40",
  "C2,Beta,,GB,41",
  ",Gamma,,,5",
  "C4,Delta AG,www.delta.example,CH,900",
];

/** A row as it should have been, how it was dropped where that was wrong, and in which of the files that came back it was corrected (-1: in none). */
const row = fc.record({
  right: fc.constantFrom(...RIGHT),
  wrong: fc.option(fc.constantFrom(...WRONG), { nil: null, freq: 1 }),
  back: fc.integer({ min: -1, max: 2 }),
});

test("rows that come back in any number of files, in any order and pieces, end as if they had been right at once", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { minLength: 2, maxLength: 14 }),
      fc.constantFrom("append" as const, "snapshot" as const),
      fc.constantFrom({}, { rangeBytes: 70, partitionRows: 2 }),
      async (rows, mode, settings) => {
        const text = (lines: string[]): string => `${[HEADER, ...lines].join("\n")}\n`;
        const list = { name: "l.csv", list: "l", kind: "accounts" as const, mode };
        const home = new TestHome({ settings, kept: true });
        const plain = new TestHome({ kept: true });
        try {
          const dropped = await home.drop({ ...list, text: text(rows.map(({ right, wrong }) => wrong ?? right)) });
          const wrong = rows.filter((each) => each.wrong !== null).length;
          expect(dropped.rows!.rejected).toBe(wrong);
          const [head, ...records] =
            dropped.rejects === null ? [[]] : (parse(readFileSync(join(home.path, dropped.rejects!), "utf8")) as string[][]);
          for (const file of [0, 1, 2]) {
            const back = records
              .filter((cells) => rows[Number(cells[5]) - 2]!.back === file)
              .map((cells) => [...rows[Number(cells[5]) - 2]!.right.split(","), ...cells.slice(5)]);
            if (back.length === 0) continue;
            const path = join(home.directory, `back-${file}.csv`);
            const quoted = [head!, ...back.reverse()].map((cells) =>
              cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(";"),
            );
            writeFileSync(path, quoted.join("\r\n"));
            const opened = await home.at("2026-11-20");
            const { run } = await opened.run(await opened.prepare({ file: path }));
            expect(run).toMatchObject({ list: "l", balanced: true, rows: { in: rows.length } });
          }
          const left = rows.map(({ right, wrong, back }) => (wrong !== null && back < 0 ? wrong : right));
          const once = await plain.drop({ ...list, text: text(left) });
          const told = async (at: TestHome): Promise<unknown> =>
            JSON.parse(JSON.stringify(await at.accounts()), (key, value) => (key === "v" ? 0 : value));
          expect(await told(home)).toEqual(await told(plain));
          const { ports } = await home.at("2026-11-20");
          const { versions } = (await ports.runs.list("l"))!;
          expect((await ports.runs.run(versions.at(-1)!.runId))!.rows).toEqual(once.rows);
          expect((await reconcile(ports)).differences).toEqual([]);
        } finally {
          await home.dispose();
          await plain.dispose();
        }
      },
    ),
    { numRuns: RUNS, seed: 20261123 },
  );
});
