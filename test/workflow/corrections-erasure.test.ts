import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RunRecord } from "@bullseye/core/ledger/records";
import { reconcile } from "@bullseye/core/queries/reconcile";
import type { RunOutcome } from "@bullseye/local";
import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import { makeZip } from "../reading/make-zip.ts";
import { textOfHome } from "./store-content.ts";
import { TestHome, type TestList } from "./support.ts";

const DAY = "2026-11-20";

const HEADER = "Email,First Name,Last Name,Title,Company";
const PEOPLE: TestList = {
  name: "people.csv",
  list: "people",
  kind: "contacts",
  text: [
    HEADER,
    "lee@nordlicht.example,Lee,Marsh,CTO,Nordlicht",
    "kim.quist at nordlicht,Kim,Quist,CFO,",
    "no address,Ana,Solo,Owner,",
    "none at all,Bo,Third,Clerk,",
    "",
  ].join("\n"),
};

type Rejects = string[][];

const rejectsOf = (home: TestHome, run: RunRecord): Rejects =>
  parse(readFileSync(join(home.path, run.rejects!), "utf8")) as Rejects;

const csv = (records: Rejects, delimiter = ","): string =>
  records.map((cells) => `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(delimiter)}\n`).join("");

async function sendBack(home: TestHome, name: string, body: string | Uint8Array): Promise<RunOutcome> {
  const at = await home.at(DAY);
  const file = join(home.directory, name);
  writeFileSync(file, body);
  return at.run(await at.prepare({ file }));
}

const contactsOf = async (home: TestHome): Promise<string[]> => {
  const found: string[] = [];
  for await (const { item } of (await home.at(DAY)).ports.accounts.scanFacts("contact"))
    found.push((JSON.parse(item) as { contact: { personal: { email: string } } }).contact.personal.email);
  return found.sort();
};

const expectBalanced = async (home: TestHome): Promise<void> =>
  expect((await reconcile((await home.at(DAY)).ports)).differences).toEqual([]);

const TRAILS = ["quist", "kim"];
const trailsOf = (home: TestHome): string[] => {
  const text = textOfHome(home.path);
  return TRAILS.filter((trail) => text.includes(trail));
};

const right = (cells: string[], email: string, company: string): string[] => [
  email,
  cells[1]!,
  cells[2]!,
  cells[3]!,
  company,
  ...cells.slice(5),
];

describe("somebody whose row came back corrected and who is erased then", () => {
  test.each([
    ["sent back.csv", (records: Rejects) => csv(records)],
    ["von Anna.csv", (records: Rejects) => `\ufeff${csv(records, ";")}`],
    ["packed.zip", (records: Rejects) => makeZip([{ name: "sent back.csv", content: csv(records) }])],
  ] as const)(
    "%s: leaves file, rejects, corrections and the bytes that were kept, and comes back with none of them",
    async (name, packed) => {
      const home = new TestHome();
      const run = await home.drop(PEOPLE);
      const before = rejectsOf(home, run);
      const [head, kim, ana, bo] = before as [string[], string[], string[], string[]];
      await sendBack(
        home,
        name,
        packed([head, right(kim, "kim.quist@nordlicht.example", "Nordlicht"), right(ana, "ana@solo.example", "Solo")]),
      );
      expect(await contactsOf(home)).toEqual(["ana@solo.example", "kim.quist@nordlicht.example", "lee@nordlicht.example"]);
      const erasure = await home.erase("kim.quist@nordlicht.example");
      expect(erasure.pending).toEqual([]);
      expect(erasure.removed.filter(({ where }) => where.startsWith("personal/corrections/people/"))).toMatchObject([{ n: 1 }]);
      // Nobody can tell that the row of the file means the address that somebody wrote into it later, so it is emptied by its number.
      expect(trailsOf(home)).toEqual([]);
      expect(textOfHome(home.path)).toContain("ana@solo.example");
      expect(await contactsOf(home)).toEqual(["ana@solo.example", "lee@nordlicht.example"]);
      await expectBalanced(home);
      // What was saved before the erasure is sent back once more, with the row that is still open.
      const again = await sendBack(
        home,
        "later.csv",
        csv([head, right(kim, "kim.quist@nordlicht.example", "Nordlicht"), right(bo, "bo@third.example", "Third")]),
      );
      expect(again.run).toMatchObject({ status: "done", balanced: true });
      expect(await contactsOf(home)).toEqual(["ana@solo.example", "bo@third.example", "lee@nordlicht.example"]);
      await expectBalanced(home);
    },
  );
});

test("an erased row does not come back by being filled in, whatever is written into it", async () => {
  const home = new TestHome();
  await home.drop({
    ...PEOPLE,
    name: "early.csv",
    list: "early",
    text: `${HEADER}\nkim@nordlicht.example,Kim,Quist,CFO,Nordlicht\n`,
  });
  await home.erase("kim@nordlicht.example");
  const text = `${HEADER}\nlee@nordlicht.example,Lee,Marsh,CTO,Nordlicht\nkim@nordlicht.example,Kim,Quist,CFO,Nordlicht\nno address,Ana,Solo,Owner,\n`;
  const run = await home.drop({ ...PEOPLE, text });
  const [head, kim, ana] = rejectsOf(home, run) as [string[], string[], string[]];
  expect(kim).toEqual(["", "", "", "", "", "3", "erased", "", expect.any(String), ""]);
  const outcome = await sendBack(
    home,
    "filled.csv",
    csv([
      head,
      ["other@nordlicht.example", "K", "Q", "CFO", "Nordlicht", ...kim.slice(5)],
      right(ana, "ana@solo.example", "Solo"),
    ]),
  );
  // Its record was emptied in the file that is read again, and an empty one has nothing to correct.
  expect(outcome.run).toMatchObject({ rows: { in: 3, accepted: 2, rejected: 0, blank: 1 }, rejects: null, balanced: true });
  expect(await contactsOf(home)).toEqual(["ana@solo.example", "lee@nordlicht.example"]);
  await expectBalanced(home);
});
