import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { desk } from "../cli.testing.ts";
import {
  ErrorDocument,
  InitDocument,
  ListsDocument,
  ReconcileDocument,
  RunListDocument,
  RunsDocument,
  TraceDocument,
} from "../contract.ts";

const here = desk();

const ACCOUNTS = [
  "Company,Website,Country,Employees,Industry",
  "Alder GmbH,https://www.alder.example,Germany,1200,Machinery",
  "Birch AG,birch.example,Switzerland,80,Software",
  "",
  "Alder,alder.example,Germany,1200,Machinery",
  "N/A,-,,,",
].join("\n");
const PEOPLE = "First Name,Last Name,Email,Title,Company\nAda,Example,ada@alder.example,Head of Procurement,Alder GmbH\n";

const run = async (...argv: string[]) => RunsDocument.parse(await here.json("run", ...argv, "--as-of", "2026-03-31")).runs;

describe("run", () => {
  it("says where every row went, and nothing new for the same bytes", async () => {
    const file = here.file("crm.csv", ACCOUNTS);
    const [first] = await run(file);
    expect(first).toMatchObject({
      list: "crm",
      kind: "accounts",
      alreadyImported: false,
      balanced: true,
      rows: { in: 5, accepted: 2, merged: 1, rejected: 1, blank: 1, footer: 0 },
      accounts: { created: 2, updated: 0, unchanged: 0 },
    });
    expect(Object.values(first!.tiers).reduce((sum, n) => sum + n, 0)).toBe(2);
    const rejects = readFileSync(join(here.path, ".bullseye", first!.rejects!), "utf8");
    expect(rejects).toContain("Company,Website,Country,Employees,Industry,_row,_reason,_column,_hint,_text");
    expect(rejects).toContain(",6,");
    const [again] = await run(file);
    expect(again).toMatchObject({
      alreadyImported: true,
      balanced: true,
      rows: first!.rows,
      accounts: { created: 0, updated: 0, unchanged: 2 },
    });
  });

  it("runs several files in order, and what the lists, runs, ledger and traces say fits", async () => {
    const files = [here.file("crm.csv", ACCOUNTS), here.file("people.csv", PEOPLE)];
    const runs = await run(...files, "--source", "first-party");
    expect(runs.map(({ list, kind }) => [list, kind])).toEqual([
      ["crm", "accounts"],
      ["people", "contacts"],
    ]);
    const { lists } = ListsDocument.parse(await here.json("lists"));
    expect(lists.map(({ id, source, versions }) => [id, source.origin, versions[0]!.status])).toEqual([
      ["crm", "first-party", "standing"],
      ["people", "first-party", "standing"],
    ]);
    const listed = RunListDocument.parse(await here.json("runs")).runs;
    expect(new Set(listed.map((each) => each.runId))).toEqual(new Set(runs.map((each) => each.runId)));
    const ledger = ReconcileDocument.parse(await here.json("reconcile"));
    expect([ledger.balanced, ledger.differences]).toEqual([true, []]);
    expect(new Map(ledger.runs.map((each) => [each.runId, each.rows]))).toEqual(
      new Map(runs.map((each) => [each.runId, each.rows])),
    );

    const traced = async (key: string) => TraceDocument.parse(await here.json("trace", key)).events;
    expect((await traced("crm:6")).map(({ stage, what }) => [stage, what])).toContainEqual(["import-list", "rejected"]);
    expect((await traced("crm:4")).map(({ what }) => what)).toContain("blank");
    expect((await traced("crm:5")).map(({ what }) => what)).toContain("merged");
    for (const key of ["alder.example", "Alder GmbH", "https://www.alder.example/about"]) {
      const rows = (await traced(key)).filter((event) => event.list === "crm").map((event) => event.row);
      expect(rows).toEqual(expect.arrayContaining([2, 5]));
    }
    const person = await here.run("trace", "Ada@Alder.example", "--json");
    expect(TraceDocument.parse(JSON.parse(person.out)).events).toContainEqual(
      expect.objectContaining({ list: "people", row: 2, what: "names this person" }),
    );
    expect(person.out.toLowerCase()).not.toContain("ada@");
    for (const [key, said] of [
      ["crn:2", 'there is no list "crn"; did you mean "crm"?'],
      ["crm:99", 'the list "crm" has no row 99; the header is row 1, the last record row 6'],
      ["nobody@alder.example", "nobody here has that e-mail address; its company is here: bullseye trace"],
      ["no-such-company.example", 'nothing here is called "no-such-company.example"; ask for LIST:ROW'],
    ] as const) {
      const missing = await here.run("trace", key);
      expect([missing.code, missing.err.startsWith(said)]).toEqual([2, true]);
    }

    const undone = ListsDocument.parse(await here.json("lists", "undo", "crm")).lists;
    expect(undone[0]!.versions[0]!.status).toBe("withdrawn");
    expect(ReconcileDocument.parse(await here.json("reconcile")).balanced).toBe(true);
    expect((await here.run("lists", "undo", "crm")).err).toBe('nothing of the list "crm" stands; there is nothing to withdraw\n');
  });

  it("refreshes as of another day", async () => {
    await run(here.file("crm.csv", ACCOUNTS));
    const [refreshed] = RunsDocument.parse(await here.json("refresh", "--as-of", "2026-04-01")).runs;
    expect(refreshed).toMatchObject({ list: null, alreadyImported: false, balanced: true });
    expect((await here.run("refresh", "--as-of", "2026-04-01")).out).toMatch(
      /accounts {3}[1-9]\d* judged anew, 0 of them with other evidence/,
    );
    expect((await here.run("refresh", "--icp", "nobodys")).code).toBe(2);
  });

  it("finds a ledger that was changed", async () => {
    await run(here.file("crm.csv", ACCOUNTS));
    const { gunzipSync, gzipSync } = await import("node:zlib");
    const { runId } = RunListDocument.parse(await here.json("runs")).runs[0]!;
    const ledger = join(here.path, ".bullseye", "objects", "ledger", runId, "rows", "0.jsonl.gz");
    const lines = gunzipSync(readFileSync(ledger)).toString("utf8").split("\n");
    writeFileSync(ledger, gzipSync(lines.slice(1).join("\n")));
    const said = await here.run("reconcile", "--json");
    const { balanced, differences } = ReconcileDocument.parse(JSON.parse(said.out));
    expect([said.code, balanced]).toEqual([1, false]);
    expect(differences.join("\n")).toContain("its ledger has");
    expect(differences.join("\n")).toContain("not in the ledger");
  });
});

describe("init", () => {
  it("writes the examples once and leaves them alone afterwards", async () => {
    const { home, files } = InitDocument.parse(await here.json("init"));
    const icp = join(home, "config", "icp.yaml");
    expect(files.every((file) => existsSync(join(home, file)))).toBe(true);
    writeFileSync(icp, `${readFileSync(icp, "utf8")}\n# mine\n`);
    expect(InitDocument.parse(await here.json("init")).files).toEqual(files);
    expect(readFileSync(icp, "utf8")).toContain("# mine");
  });
});

describe("bad input stops everything before anything is stored", () => {
  const binary = Uint8Array.from({ length: 4096 }, (_, at) => (at * 37) % 9);
  it.each([
    ["an empty file", "a.csv", "", "a.csv: The file is empty; export the list again"],
    ["a header without rows", "a.csv", "Company,Website\n", "a.csv has a header and no rows"],
    ["blank rows only", "a.csv", "Company,Website\n,\n\n , \n", "a.csv has a header and no rows"],
    [
      "an archive that was cut off",
      "a.csv",
      Uint8Array.from([0x50, 0x4b, 3, 4, 20, 0, 8, 0]),
      "a.csv: The zip archive is damaged or cut off",
    ],
    ["binary data", "a.csv", binary, "a.csv: The file is binary data"],
    ["a web page", "a.csv", "<!doctype html><html><body>no</body></html>", "a.csv: The file is a web page"],
    ["no column that identifies anybody", "a.csv", "Petal,Sepal\n1.4,5.1\n1.3,4.9\n", "a.csv: no column identifies a company"],
  ])("%s", async (_, name, content, said) => {
    const good = here.file("good.csv", ACCOUNTS);
    const plain = await here.run("run", good, here.file(name, content));
    expect(plain.code).toBe(2);
    expect(plain.err.startsWith(said)).toBe(true);
    expect(plain.err.trimEnd()).not.toContain("\n");
    expect(plain.out).toBe("");
    const json = await here.run("run", good, join(here.path, name), "--json");
    expect([json.code, json.err]).toEqual([2, ""]);
    expect(ErrorDocument.parse(JSON.parse(json.out)).error.name).toBe("InputError");
    expect(existsSync(join(here.path, ".bullseye"))).toBe(false);
  });

  it("a missing file, a directory, a name that cannot name a list", async () => {
    mkdirSync(join(here.path, "folder"));
    const file = here.file("a.csv", ACCOUNTS);
    for (const [argv, said] of [
      [["missing.csv"], "there is no file missing.csv; check the path"],
      [[join(here.path, "folder")], "is no file; name a CSV file"],
      [[file, "--list", "My List"], '"My List" cannot name a list; '],
    ] as const) {
      const result = await here.run("run", ...argv);
      expect([result.code, result.err.includes(said)]).toEqual([2, true]);
    }
    expect(existsSync(join(here.path, ".bullseye"))).toBe(false);
  });

  it("a typo in the profile", async () => {
    const { home } = InitDocument.parse(await here.json("init"));
    const icp = join(home, "config", "icp.yaml");
    writeFileSync(icp, readFileSync(icp, "utf8").replace(/^rules:/m, "ruels:"));
    const said = await here.run("run", here.file("a.csv", ACCOUNTS));
    expect(said.code).toBe(2);
    expect(said.err).toMatch(/config\/icp\.yaml.*ruels/);
    expect(said.err.trimEnd()).not.toContain("\n");
    expect(existsSync(join(home, "store.sqlite"))).toBe(false);
  });

  it("another kind for a list that is there", async () => {
    await run(here.file("crm.csv", ACCOUNTS));
    const said = await here.run("run", here.file("people.csv", PEOPLE), "--list", "crm", "--kind", "contacts");
    expect(said.code).toBe(2);
    expect(said.err).toBe(
      'the list "crm" holds accounts, and people.csv holds contacts; give it another --list name, or the right --kind\n',
    );
    expect(RunListDocument.parse(await here.json("runs")).runs.length).toBe(1);
  });
});
