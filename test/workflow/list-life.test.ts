import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { desk } from "../../packages/cli/src/cli.testing.ts";
import { makeZip } from "../reading/make-zip.ts";

interface RunSaid {
  alreadyImported: boolean;
  list: string;
  version: number;
  kind: string;
  rows: { in: number; accepted: number; rejected: number };
}
interface ListSaid {
  id: string;
  kind: string;
  mode: string;
  name?: string;
  owner?: string;
  tags?: string[];
  source: { origin: string };
  openRejects: Array<{ rows: number; rejects: string }>;
  versions: Array<{ version: number; status: string; replacedBy?: number }>;
}

const table = desk();

async function run(...argv: string[]): Promise<RunSaid[]> {
  const said = await table.run("run", ...argv, "--json");
  expect(said.code, said.err + said.out).toBe(0);
  return (JSON.parse(said.out) as { runs: RunSaid[] }).runs;
}

async function accounts(field = "name"): Promise<unknown[]> {
  const all = (await table.json("accounts")) as Array<Record<string, unknown>>;
  return all.map((each) => each[field]).sort();
}

async function list(id: string): Promise<ListSaid> {
  return ((await table.json("lists", "show", id)) as { lists: ListSaid[] }).lists[0]!;
}

async function lists(...argv: string[]): Promise<string[]> {
  return ((await table.json("lists", ...argv)) as { lists: ListSaid[] }).lists.map(({ id }) => id);
}

const differences = async (): Promise<string[]> => ((await table.json("reconcile")) as { differences: string[] }).differences;

async function refused(...argv: string[]): Promise<string> {
  const said = await table.run(...argv);
  expect(said.code).toBe(2);
  expect(said.err.trim()).not.toContain("\n");
  return said.err.trim();
}

const statuses = ({ versions }: ListSaid): unknown[] => versions.map(({ status, replacedBy }) => replacedBy ?? status);

describe("a file that is run again", () => {
  const CRM = "Company,Website,Country,Größe\nAcme,acme.example,DE,120\nBeta,beta.example,GB,15\n";

  test.each(["append", "snapshot"])("under a new answer it takes its own place, once (%s)", async (mode) => {
    const file = table.file("crm.csv", CRM);
    await run(file, "--mode", mode, "--kind", "accounts");
    expect(await accounts("employees")).toEqual([null, null]);
    expect((await run(file))[0]).toMatchObject({ alreadyImported: true });
    await table.run("inspect", file, "--map", "Größe=employees");
    expect((await run(file))[0]).toMatchObject({ alreadyImported: false, version: 2, rows: { in: 2, accepted: 2 } });
    expect(await accounts("employees")).toEqual([120, 15]);
    expect((await run(file))[0]).toMatchObject({ alreadyImported: true, version: 2 });
    expect(statuses(await list("crm"))).toEqual([2, "standing"]);
    expect(await differences()).toEqual([]);
  });

  test("corrections stay where the corrected file is read anew", async () => {
    const file = table.file("crm.csv", `${CRM}n/a,,DE,7\n-,,,8\n`);
    await run(file, "--kind", "accounts");
    const { rejects } = (await list("crm")).openRejects[0]!;
    const records = readFileSync(join(table.path, ".bullseye", rejects), "utf8").split("\n");
    await run(table.file("back.csv", `${records[0]}\n${records[1]!.replace("n/a,", "Delta,")}\n`));
    await table.run("inspect", file, "--map", "Größe=employees");
    expect((await run(file))[0]).toMatchObject({ version: 3, rows: { in: 4, accepted: 3, rejected: 1 } });
    expect(await accounts("employees")).toEqual([120, 15, 7]);
    expect((await run(join(table.path, "back.csv")))[0]).toMatchObject({ alreadyImported: true });
    expect(await differences()).toEqual([]);
  });

  test("one of several files is read otherwise than those before it that name the same companies", async () => {
    const jan = table.file("jan.csv", CRM);
    const feb = table.file("feb.csv", CRM.replace("Beta,beta", "Gamma,gamma"));
    await run(jan, feb, "--list", "crm", "--kind", "accounts");
    await table.run("inspect", jan, "--map", "Größe=employees");
    await run(feb, "--list", "crm");
    expect(await accounts("employees")).toEqual([120, 15, null]);
    expect(statuses(await list("crm"))).toEqual(["standing", 3, "standing"]);
    await run(jan, "--list", "crm");
    expect(await accounts("employees")).toEqual([120, 15, 15]);
    expect(statuses(await list("crm"))).toEqual([4, 3, "standing", "standing"]);
    expect(await differences()).toEqual([]);
  });

  test("another sheet takes the place of the first; another kind withdraws what was read by mistake", async () => {
    const zip = makeZip([
      { name: "one.csv", content: "Company,Website\nAcme,acme.example\n" },
      { name: "two.csv", content: "Company,Website\nBeta,beta.example\n" },
    ]);
    const file = table.file("book.zip", zip);
    expect(await refused("run", file)).toMatch(/holds 2 tables/);
    await run(file, "--sheet", "one.csv");
    expect((await run(file, "--sheet", "one.csv"))[0]).toMatchObject({ alreadyImported: true });
    await run(file, "--sheet", "two.csv");
    expect(await accounts()).toEqual(["Beta"]);
    expect((await run(file, "--sheet", "two.csv", "--kind", "reference"))[0]).toMatchObject({
      kind: "reference",
      rows: { accepted: 1 },
    });
    expect(await accounts()).toEqual([]);
    expect(await list("book")).toMatchObject({ kind: "reference" });
    await run(table.file("more.csv", "Company,Website\nDelta,delta.example\n"), "--list", "book");
    expect(await refused("run", file, "--sheet", "one.csv", "--kind", "accounts")).toMatch(
      /holds reference, and book\.zip holds accounts/,
    );
    expect(await differences()).toEqual([]);
  });
});

describe("several files of one list", () => {
  const file = (name: string, ...companies: string[]): string =>
    table.file(name, ["Company,Website", ...companies.map((each) => `${each},${each.toLowerCase()}.example`), ""].join("\n"));

  test("that are given together are one snapshot", async () => {
    const [north, south] = [file("north.csv", "Acme", "Beta"), file("south.csv", "Beta", "Gamma")];
    await run(file("old.csv", "Acme", "Zeta"), "--list", "crm", "--mode", "snapshot");
    await run(north, south, "--list", "crm", "--mode", "snapshot");
    expect(await accounts()).toEqual(["Acme", "Beta", "Gamma"]);
    for (const again of await run(north, south, "--list", "crm")) expect(again.alreadyImported).toBe(true);
    expect(await differences()).toEqual([]);
    await run(south, "--list", "crm");
    expect(await accounts()).toEqual(["Beta", "Gamma"]);
    expect(await differences()).toEqual([]);
  });

  test("of one snapshot, one is read anew and takes nothing from the others", async () => {
    const crm = (name: string, header: string, ...rows: string[]): string => {
      table.file(`${name}.list.json`, JSON.stringify({ mode: "snapshot", batch: "2026-11" }));
      return table.file(name, [`Company,Website,${header}`, ...rows, ""].join("\n"));
    };
    const south = crm("south.csv", "Size", "Beta,beta.example,7", "Gamma,gamma.example,8");
    const north = crm("north.csv", "Größe", "Acme,acme.example,9", "Beta,beta.example,7");
    await run(south, north, "--list", "crm", "--kind", "accounts");
    await table.run("inspect", north, "--map", "Größe=employees");
    await run(north, "--list", "crm");
    expect(statuses(await list("crm"))).toEqual(["standing", 3, "standing"]);
    expect(await accounts()).toEqual(["Acme", "Beta", "Gamma"]);
    expect(await differences()).toEqual([]);
    await table.run("inspect", south, "--map", "Size=employees");
    await run(south, "--list", "crm");
    expect(await accounts("employees")).toEqual([7, 8, 9]);
    expect(await differences()).toEqual([]);
  });

  test("one version is withdrawn as if it had never come", async () => {
    await run(file("a.csv", "Acme"), file("b.csv", "Beta"), file("c.csv", "Beta", "Gamma"), "--list", "crm");
    await table.run("lists", "undo", "crm", "--version", "3");
    expect(await accounts()).toEqual(["Acme", "Beta"]);
    expect(await differences()).toEqual([]);
    await run(join(table.path, "c.csv"), "--list", "crm");
    expect(await refused("lists", "undo", "crm", "--version", "9")).toMatch(/no version 9/);
    await table.run("lists", "undo", "crm", "--version", "1");
    expect(await accounts()).toEqual(["Beta", "Gamma"]);
    expect(statuses(await list("crm"))).toEqual(["withdrawn", "standing", "withdrawn", "standing"]);
    expect(await refused("lists", "undo", "crm", "--version", "1")).toMatch(/does not stand/);
    expect((await run(join(table.path, "a.csv"), "--list", "crm"))[0]).toMatchObject({ alreadyImported: false, version: 5 });
    expect(await differences()).toEqual([]);
    await run(file("all.csv", "Omega"), "--list", "crm", "--mode", "snapshot");
    expect(await refused("lists", "undo", "crm", "--version", "6")).toMatch(/a snapshot that withdrew version/);
    expect(await accounts()).toEqual(["Omega"]);
  });
});

describe("names, owners, tags and sources", () => {
  const CRM = "Company,Website\nAcme,acme.example\n";

  test("come with a file or later, are shown and looked for, and stay after an undo", async () => {
    const file = table.file("crm.csv", CRM);
    const beside = { name: "Customers of the north", tags: ["north"], mode: "snapshot" };
    writeFileSync(`${file}.list.json`, JSON.stringify(beside));
    await run(file, "--owner", "Sales Ops", "--tag", "fair", "--tag", "north");
    expect(await list("crm")).toMatchObject({
      ...beside,
      owner: "Sales Ops",
      tags: ["fair", "north"],
      source: { origin: "unknown" },
    });
    await run(table.file("other.csv", CRM.replace("Acme,acme", "Beta,beta")), "--owner", "partners");
    expect(await lists("--tag", "fair", "--owner", "sales ops")).toEqual(["crm"]);
    expect(await lists("--owner", "partners")).toEqual(["other"]);
    expect(await lists("--tag", "none")).toEqual([]);
    const said = await table.run(
      "lists",
      "set",
      "crm",
      "--name",
      "The north",
      "--tag",
      "q4",
      "--untag",
      "fair",
      "--source",
      "first-party",
    );
    expect(said.code, said.err).toBe(0);
    expect(said.out).toMatch(/The north \(crm\): accounts, snapshot, source first-party/);
    // What stands beside the file in the inbox says the same, so that a file of that name dropped over it changes nothing of it.
    expect((await run(join(table.path, ".bullseye/inbox/accounts/crm/crm.csv"), "--list", "crm"))[0]).toMatchObject({
      alreadyImported: true,
    });
    const described = { name: "The north", owner: "Sales Ops", tags: ["north", "q4"], source: { origin: "first-party" } };
    expect(await list("crm")).toMatchObject(described);
    await table.run("lists", "undo", "crm");
    expect(await list("crm")).toMatchObject(described);
  });

  test("a source takes effect for every account at once", async () => {
    await run(table.file("crm.csv", CRM));
    const before = (await table.json("runs")) as { runs: unknown[] };
    await table.run("lists", "set", "crm", "--tag", "x");
    expect(((await table.json("runs")) as { runs: unknown[] }).runs).toHaveLength(before.runs.length);
    await table.run("lists", "set", "crm", "--source", "partner");
    expect(((await table.json("runs")) as { runs: Array<{ type: string }> }).runs[0]).toMatchObject({ type: "refresh" });
  });

  test("an address is no owner; nothing is set where nothing is given", async () => {
    const file = table.file("crm.csv", CRM);
    const said = await refused("run", file, "--owner", "anna@acme.example");
    expect(said).toMatch(/an owner is a role or a team/);
    expect(said).not.toContain("anna");
    writeFileSync(`${file}.list.json`, JSON.stringify({ owner: "anna@acme.example" }));
    expect(await refused("run", file)).toMatch(/crm\.csv\.list\.json: owner: an owner is a role or a team/);
    writeFileSync(`${file}.list.json`, "{}");
    await run(file);
    expect(await refused("lists", "set", "crm")).toMatch(/needs something to set/);
    expect(await refused("lists", "set", "crm", "--tag", "Two Words")).toMatch(/a tag is a word/);
    expect(await refused("lists", "show", "crm", "--tag", "x")).toMatch(/has no option --tag/);
    expect(await refused("lists", "set", "nobody", "--tag", "x")).toMatch(/there is no list/);
  });

  test("a list with open rejects says how it is completed, and that works as it is said", async () => {
    mkdirSync(join(table.path, "in"));
    await run(table.file("in/crm.csv", `${CRM}n/a,\n`));
    const said = await table.run("lists", "show", "crm");
    expect(said.out).toContain("Open: 1 row of crm.csv (version 1) was rejected.");
    const command = /bullseye (run \S+\.csv)/.exec(said.out)![1]!;
    const [, path] = command.split(" ") as [string, string];
    writeFileSync(join(table.path, path), readFileSync(join(table.path, path), "utf8").replace("n/a,", "Beta,"));
    const back = await table.run("run", join(table.path, path));
    expect(back.code, back.err).toBe(0);
    expect(back.out).toMatch(/corrected +1 in: 1 accepted; they take their places in version 1/);
    expect((await table.run("lists", "show", "crm")).out).not.toContain("Open:");
    expect(await accounts()).toEqual(["Acme", "Beta"]);
  });
});
