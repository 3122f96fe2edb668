import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { RunRecord } from "@bullseye/core/ledger/records";
import type { ListKind } from "@bullseye/core/lists/kinds";
import { listView } from "@bullseye/core/queries/lists";
import { reconcile } from "@bullseye/core/queries/reconcile";
import { trace } from "@bullseye/core/queries/trace";
import type { RunOutcome } from "@bullseye/local";
import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import { TestHome, type TestList } from "./support.ts";

const DAY = "2026-11-20";

/** Records of a rejects file, the header first. */
type Rejects = string[][];

function rejectsOf(home: TestHome, run: RunRecord): Rejects {
  return parse(readFileSync(join(home.path, run.rejects!), "utf8")) as Rejects;
}

const csv = (records: Rejects, delimiter = ","): string =>
  records.map((cells) => `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(delimiter)}\n`).join("");

/** Drops a file by its name alone, as `bullseye run FILE` does. */
async function bare(home: TestHome, name: string, text: string | Uint8Array, list?: string): Promise<RunOutcome> {
  const at = await home.at(DAY);
  const file = join(home.directory, name);
  writeFileSync(file, text);
  return at.run(await at.prepare({ file, list }));
}

async function expectBalanced(home: TestHome): Promise<void> {
  expect((await reconcile((await home.at(DAY)).ports)).differences).toEqual([]);
}

async function openRows(home: TestHome, list: string): Promise<number> {
  const { openRejects } = await listView((await home.at(DAY)).ports, list);
  return openRejects.reduce((sum, { rows }) => sum + rows, 0);
}

/** The accounts without the numbers that tell one version of a list from another. */
async function accountsOf(home: TestHome): Promise<unknown> {
  return JSON.parse(JSON.stringify(await home.accounts()), (key, value) => (key === "v" || key === "version" ? 0 : value));
}

async function everything(home: TestHome): Promise<unknown> {
  const { ports } = await home.at(DAY);
  const facts: unknown[] = [];
  for (const kind of ["order", "deal", "contact"] as const)
    for await (const { version: _, item, ...fact } of ports.accounts.scanFacts(kind))
      facts.push({ ...fact, item: JSON.parse(item, (key, value) => (key === "version" ? 0 : value)) });
  return { accounts: await accountsOf(home), facts, suppressed: await ports.accounts.suppressionCount() };
}

interface Case {
  kind: ListKind;
  header: string;
  rows: string[];
  /** Wrong rows by index, and what they should have been. */
  wrong: Record<number, string>;
}

const CASES: Case[] = [
  {
    kind: "accounts",
    header: "Customer ID,Company,Website,Country,Employees",
    rows: [
      "C1,Acme GmbH,acme.example,DE,120",
      ",n/a,,DE,40",
      "C3,Beta Ltd,beta.example,GB,15",
      "C4,Gamma, SA,gamma.example,FR,30",
      "C5,Acme,www.acme.example,DE,130",
      ",-,,,7",
    ],
    wrong: { 1: ",Delta AG,delta.example,DE,40", 3: "C4,Gamma SA,gamma.example,FR,31", 5: ",Acme GmbH,acme.example,,7" },
  },
  {
    kind: "orders",
    header: "Order ID,Customer ID,Order Date,SKU,Quantity,Unit Price",
    rows: [
      "O1,K1,2026-10-01,s1,3,10.00",
      "O2,,2026-09-01,s1,1,10.00",
      "O2,,2026-09-01,s4,2,3.00",
      "O3,K3,2026-09-02,s1,1,10.00",
      "O1,K1,2026-10-01,s2,2,9.00",
    ],
    wrong: { 1: "O2,K2,2026-09-01,s1,1,10.00", 2: "O2,K2,2026-09-01,s4,2,3.00" },
  },
  {
    kind: "contacts",
    header: "Email,First Name,Last Name,Title,Company",
    rows: [
      "a.one@acme.example,A,One,CEO,Acme",
      ",,,,",
      "no address,B,Two,Buyer,",
      "c.three@beta.example,C,Three,Head of IT,Beta",
    ],
    wrong: { 2: "b.two@acme.example,B,Two,Buyer,Acme" },
  },
  {
    kind: "deals",
    header: "Deal ID,Company,Deal Stage,Amount,Close Date",
    rows: ["D1,Beta,Closed Won,1000,2026-05-01", "D2,,Closed Lost,50,2026-05-02"],
    wrong: { 1: "D2,Gamma,Closed Lost,50,2026-05-02" },
  },
  {
    kind: "suppressions",
    header: "Domain,Reason",
    rows: ["acme.example,competitor", "not a domain at all,asked"],
    wrong: { 1: "beta.example,asked" },
  },
  {
    kind: "reference",
    header: "Company,Domain,Employees,Industry",
    rows: ["Acme,acme.example,100,Manufacturing", "Nameless,,7,Retail"],
    wrong: { 1: "Beta,beta.example,7,Retail" },
  },
];

const textOf = ({ header, rows }: Case, right: boolean, wrong: Case["wrong"] = {}): string =>
  `${[header, ...rows.map((row, at) => (right ? (wrong[at] ?? row) : row))].join("\n")}\n`;

/** The rejects with the right cells in the place of the wrong ones. */
function corrected(rejects: Rejects, { header, wrong }: Case): Rejects {
  const width = header.split(",").length;
  return rejects.map((cells, at) => {
    const right = wrong[Number(cells[width]) - 2];
    return at === 0 || right === undefined ? cells : [...right.split(","), ...cells.slice(width)];
  });
}

describe("dropping only the corrected rejects completes the same list", () => {
  test.each(CASES)("$kind: as if the right file had come at once", async (each) => {
    const seed: TestList = {
      name: "seed.csv",
      kind: "accounts",
      text: "Customer ID,Company,Website,Country\nK1,Acme,acme.example,DE\nK2,Beta,beta.example,GB\n",
    };
    for (const mode of ["append", "snapshot"] as const) {
      const plain = new TestHome();
      const home = new TestHome();
      const list: TestList = { name: "list.csv", list: "list", kind: each.kind, mode, text: textOf(each, true, each.wrong) };
      await plain.drop(seed);
      await plain.drop(list);
      await home.drop(seed);
      const run = await home.drop({ ...list, text: textOf(each, false) });
      expect(run.rows!.rejected).toBeGreaterThanOrEqual(Object.keys(each.wrong).length);
      expect(await openRows(home, "list")).toBe(run.rows!.rejected);
      const outcome = await bare(home, "sent back.csv", csv(corrected(rejectsOf(home, run), each)));
      expect(outcome.run).toMatchObject({ list: "list", kind: each.kind, status: "done", balanced: true });
      expect(await everything(home)).toEqual(await everything(plain));
      const left = run.rows!.rejected - Object.keys(each.wrong).length;
      expect(await openRows(home, "list")).toBe(left);
      expect(outcome.run.correction!.rows).toMatchObject({ in: run.rows!.rejected, rejected: left });
      expect((await (await home.at(DAY)).ports.runs.list("list"))!.mode).toBe(mode);
      await expectBalanced(home);
      await (await home.at(DAY)).undo("list");
      const without = new TestHome();
      await without.drop(seed);
      expect(await accountsOf(home)).toEqual(await accountsOf(without));
    }
  });

  test("columns from a spreadsheet: semicolons, a byte order mark, apostrophes before formulas, another encoding, another name, fewer rows", async () => {
    const header = "Company,Website,Country,Phone";
    const rows = ["Müller GmbH,mueller.example,DE,+49 30 1", "n/a,,DE,+49 30 2", "-,,FR,=1+2", "-,,,"];
    const right = ["Müller GmbH,mueller.example,DE,+49 30 1", "Größe AG,groesse.example,DE,+49 30 2", "Épée SA,,FR,=1+2", "-,,,"];
    const file = (lines: string[]): string => `${[header, ...lines].join("\n")}\n`;
    const plain = new TestHome();
    await plain.drop({ name: "l.csv", list: "list", kind: "accounts", text: file(right) });
    const guarded = (cell: string): string => (/^[=+\-@]/.test(cell) ? `'${cell}` : cell);
    const damage: Array<(records: Rejects) => string | Uint8Array> = [
      (records) => `\ufeff${csv(records, ";")}`,
      (records) => Buffer.from(`\ufeff${csv(records, "\t")}`, "utf16le"),
      (records) => Buffer.from(csv(records, ";").replaceAll("\n", "\r\n"), "latin1"),
      (records) => csv(records.map((cells, at) => (at === 0 ? cells : cells.map(guarded)))),
    ];
    for (const damaged of damage) {
      const home = new TestHome();
      const run = await home.drop({ name: "l.csv", list: "list", kind: "accounts", text: file(rows) });
      const [head, first, second] = rejectsOf(home, run) as [string[], string[], string[]];
      first.splice(0, 2, "Größe AG", "groesse.example");
      second.splice(0, 1, "Épée SA");
      await bare(home, "von Anna zurück (2).csv", damaged([head, first, second]));
      expect(await everything(home)).toEqual(await everything(plain));
      // The row that was not sent back waits.
      expect(await openRows(home, "list")).toBe(1);
      await expectBalanced(home);
    }
  });

  const TWO_WRONG = "Company,Website,Country\nAcme,acme.example,DE\nn/a,,DE\n-,,FR\n";

  test("some now and some later, one of them once more; the same file again changes nothing; a trace tells it all", async () => {
    const home = new TestHome();
    const run = await home.drop({ name: "l.csv", list: "list", kind: "accounts", text: TWO_WRONG });
    const [head, first, second] = rejectsOf(home, run) as [string[], string[], string[]];
    const as = (cells: string[], name: string): string[] => [name, ...cells.slice(1)];
    const once = await bare(home, "a.csv", csv([head, as(first, "Beta"), second]));
    expect(once.run.correction!.rows).toMatchObject({ in: 2, accepted: 1, rejected: 1 });
    expect(rejectsOf(home, once.run).map((cells) => cells.slice(3, 5))).toEqual([
      ["_row", "_reason"],
      ["4", "no-identity"],
    ]);
    expect((await bare(home, "a.csv", csv([head, as(first, "Beta"), second]))).alreadyImported).toBe(true);
    // From the rejects of the first run, although the second has its own.
    const twice = await bare(home, "b.csv", csv([head, as(first, "Betamax"), as(second, "Gamma")]));
    expect(twice.run).toMatchObject({ version: 3, rows: { in: 3, accepted: 3, rejected: 0 }, rejects: null });
    expect(await openRows(home, "list")).toBe(0);
    const plain = new TestHome();
    const right = "Company,Website,Country\nAcme,acme.example,DE\nBetamax,,DE\nGamma,,FR\n";
    await plain.drop({ name: "l.csv", list: "list", kind: "accounts", text: right });
    expect(await everything(home)).toEqual(await everything(plain));
    await expectBalanced(home);
    const { ports } = await home.at(DAY);
    const told = (await trace(ports, "list:3")).map(({ what }) => what);
    expect(told).toEqual(expect.arrayContaining(["came in l.csv, version 1 of the list", "rejected", "accepted", "withdrawn"]));
    expect(told.join()).toContain("read with the corrections in b.csv, version 3 of the list, in place of version 2");
    expect((await bare(home, "l.csv", TWO_WRONG, "list")).alreadyImported).toBe(true);
    expect((await ports.objects.list("personal/corrections/")).every((key) => key.includes(twice.run.runId))).toBe(true);
    await (await home.at(DAY)).undo("list");
    expect(await home.accounts()).toEqual([]);
    expect(await (await home.at(DAY)).ports.objects.list("personal/corrections/")).toEqual([]);
    expect(await (await home.at(DAY)).ports.objects.list("personal/versions/")).toEqual([]);
  });

  test("what is corrected later counts as of the day of its file", async () => {
    const early = "2026-10-01";
    const list: TestList = { name: "l.csv", list: "list", kind: "accounts", text: TWO_WRONG };
    const home = new TestHome();
    const [head, first] = rejectsOf(home, await home.drop(list, early)) as [string[], string[]];
    await bare(home, "a.csv", csv([head, ["Beta", ...first.slice(1)]]));
    const plain = new TestHome();
    await plain.drop({ ...list, text: TWO_WRONG.replace("n/a", "Beta") }, early);
    const said = async (at: TestHome): Promise<unknown> =>
      (await at.accounts()).map(({ groups }) => groups.map(({ home: id, st }) => [id, st.map(({ d, r, f }) => [d, r, f])]));
    expect(await said(home)).toEqual(await said(plain));
    expect(JSON.stringify(await said(home))).toContain(early);
  });

  test("a row that came back twice with different cells stays open, one with the same cells counts once", async () => {
    const home = new TestHome();
    const run = await home.drop({ name: "l.csv", list: "list", kind: "accounts", text: TWO_WRONG });
    const [head, first, second] = rejectsOf(home, run) as [string[], string[], string[]];
    const beta = ["Beta", ...first.slice(1)];
    const { run: next } = await bare(
      home,
      "a.csv",
      csv([head, ["X", ...second.slice(1)], beta, beta, ["Y", ...second.slice(1)]]),
    );
    expect(next.correction!.rows).toEqual({ in: 4, accepted: 1, merged: 1, rejected: 2, blank: 0, footer: 0 });
    expect(rejectsOf(home, next).map((cells) => cells[4])).toEqual(["_reason", "corrected-twice"]);
    expect(await openRows(home, "list")).toBe(1);
    await expectBalanced(home);
  });

  test("one of several files of a list, which ranks as before: a later file still has the last word", async () => {
    const early = "Company,Website,Country,Employees\nAcme,acme.example,DE,10\nn/a,,DE,\nBeta,beta.example,GB,5\n";
    const late = "Company,Website,Country,Employees\nAcme,acme.example,DE,999\nBeta,beta.example,GB,5\n-,,,\n";
    const drop = (name: string, text: string): TestList => ({ name, list: "list", kind: "accounts", text });
    const plain = new TestHome();
    await plain.drop(drop("jan.csv", early.replace("n/a,,DE,", "Acme,acme.example,DE,77")));
    await plain.drop(drop("feb.csv", late));
    const home = new TestHome();
    const first = await home.drop(drop("jan.csv", early));
    await home.drop(drop("feb.csv", late));
    const records = rejectsOf(home, first);
    records[1]!.splice(0, 4, "Acme", "acme.example", "DE", "77");
    await bare(home, "x.csv", csv(records));
    const shown = async (at: TestHome): Promise<unknown> => (await at.accounts()).map(({ id, result }) => [id, result!.show]);
    expect(await shown(home)).toEqual(await shown(plain));
    expect(JSON.stringify(await shown(home))).toContain("999");
    await expectBalanced(home);
    await expectBalanced(plain);
    expect(await openRows(home, "list")).toBe(1);
  });

  test("a later snapshot withdraws corrections too", async () => {
    const home = new TestHome();
    const list = { name: "l.csv", list: "list", kind: "accounts", mode: "snapshot" } as const;
    const run = await home.drop({ ...list, text: TWO_WRONG });
    const [head, first] = rejectsOf(home, run) as [string[], string[]];
    await bare(home, "a.csv", csv([head, ["Beta", ...first.slice(1)]]));
    expect((await home.dropped({ ...list, text: TWO_WRONG })).alreadyImported).toBe(true);
    const next = "Company,Website,Country\nAcme,acme.example,DE\n";
    await home.drop({ ...list, text: next });
    const plain = new TestHome();
    await plain.drop({ ...list, text: next });
    expect(await everything(home)).toEqual(await everything(plain));
    expect(await openRows(home, "list")).toBe(0);
    await expectBalanced(home);
  });

  test("lists that are alike are asked for; what is no rejects of a list that stands is refused in one line", async () => {
    const home = new TestHome();
    const run = await home.drop({ name: "a.csv", list: "one", kind: "accounts", text: TWO_WRONG });
    await home.drop({ name: "b.csv", list: "two", kind: "accounts", text: TWO_WRONG });
    const records = rejectsOf(home, run);
    records[1]![0] = "Beta";
    await expect(bare(home, "x.csv", csv(records))).rejects.toMatchObject({
      name: "InputError",
      message: "x.csv holds rejected rows that fit the lists one, two",
      hint: expect.stringContaining("--list"),
    });
    expect((await bare(home, "x.csv", csv(records), "two")).run).toMatchObject({ list: "two", status: "done" });
    const refused = async (name: string, edit: (copy: Rejects) => unknown): Promise<string> => {
      const copy = records.map((cells) => [...cells]);
      edit(copy);
      return bare(home, name, csv(copy), "one").then(
        () => "accepted",
        (error: Error) => error.message,
      );
    };
    expect(await refused("n.csv", (copy) => copy[1]!.splice(3, 1, ""))).toBe(
      "n.csv: row 2 has no number in _row, so nobody can tell which row it corrects",
    );
    expect(await refused("r.csv", (copy) => copy[1]!.splice(3, 1, "2"))).toBe('r.csv: row 2 of the list "one" was not rejected');
    expect(await refused("h.csv", (copy) => copy[0]!.splice(0, 1, "Firm"))).toBe(
      "h.csv holds rejected rows, and no list that stands has their columns",
    );
    const { ports } = await home.at(DAY);
    // Bytes that are not kept any more cannot be completed.
    await ports.objects.remove("personal/versions/");
    writeFileSync(join(home.path, "inbox", "accounts", "one", basename("a.csv")), "Company\nOther\n");
    expect(await refused("late.csv", () => {})).toBe(
      "a.csv was dropped over since, so its rejected rows cannot be put into their places",
    );
    await expectBalanced(home);
  });
});
