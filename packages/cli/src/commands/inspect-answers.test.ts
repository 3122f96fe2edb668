import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { desk } from "../cli.testing.ts";
import { runCli } from "../run-cli.ts";

const here = desk();
const LIST = ["Firma;Wert 2024;Letzter Kontakt;Code", "Alder GmbH;1200000;03/04/2026;x", "Birch AG;3000000;05/06/2026;y"].join(
  "\n",
);

interface Inspected {
  columns: Array<{ header: string; field: string | null; guess?: string; review: boolean; decided?: number; reason: string }>;
}
const columnsOf = async (file: string): Promise<Inspected["columns"]> =>
  ((await here.json("inspect", file)) as Inspected).columns;

/** All versions in the home, oldest first. */
function versions(): string[] {
  const root = join(here.path, ".bullseye/objects/config/mappings");
  return readdirSync(root).flatMap((folder) =>
    readdirSync(join(root, folder))
      .sort()
      .map((name) => join(root, folder, name)),
  );
}

/** Runs a command line before somebody who types these lines. */
async function answering(
  lines: string[],
  ...argv: string[]
): Promise<{ code: number; out: string; questions: string[]; left: number }> {
  let out = "";
  const questions: string[] = [];
  const typed = [...lines];
  const code = await runCli(argv, {
    terminal: {
      out: (text) => {
        out += text;
      },
      err: () => {},
      colours: false,
      progressColumns: null,
      now: () => 0,
      ask: async (question) => {
        questions.push(question);
        return typed.shift() ?? "-";
      },
    },
    cwd: here.path,
    debug: false,
  });
  return { code, out, questions, left: typed.length };
}

describe("inspect --map", () => {
  it("settles columns for every later file with the header, in versions that stay", async () => {
    const file = here.file("kunden.csv", LIST);
    const first = await here.run("inspect", file, "--map", "Wert 2024=revenue:EUR", "--map", "3=lastActivityAt:dmy");
    expect([first.code, first.err]).toEqual([0, expect.stringContaining("version 1 for this header")]);
    const [one] = versions();
    const written = readFileSync(one!, "utf8");
    expect(await columnsOf(here.file("kunden-2.csv", LIST.replace("Alder", "Cedar")))).toMatchObject([
      { field: "name" },
      { field: "revenue", review: false, decided: 1, reason: "decided by you (version 1)" },
      { field: "lastActivityAt", review: false, decided: 1 },
      { field: "extra.code" },
    ]);
    await here.run("inspect", file, "--map", "Code=none");
    expect(versions().length).toBe(2);
    expect(readFileSync(one!, "utf8")).toBe(written);
    expect((await columnsOf(file)).map(({ field, decided }) => [field, decided])).toEqual([
      ["name", undefined],
      ["revenue", 2],
      ["lastActivityAt", 2],
      [null, 2],
    ]);
    await here.run("inspect", file, "--map", "Code=none");
    expect(versions().length).toBe(2);
  });

  it("is what a run reads by", async () => {
    const file = here.file("kunden.csv", LIST);
    await here.run("inspect", file, "--map", "Wert 2024=revenue:EUR");
    const run = await here.run("run", file, "--source", "first-party", "--as-of", "2026-11-20");
    expect(run.code, run.err).toBe(0);
    const shown = (await here.run("accounts", "--json")).out;
    expect(shown).toContain("1200000");
  });

  it("lets a file in that nothing identified", async () => {
    const file = here.file("wer.csv", "Wer,Was\nAlder,x\nBirch,y\n");
    expect((await here.run("run", file)).code).toBe(2);
    expect((await here.run("inspect", file, "--map", "Wer=name")).code).toBe(0);
    expect((await here.run("run", file, "--source", "first-party", "--as-of", "2026-11-20")).code).toBe(0);
  });

  it.each([
    ["Wert=revenue", /there is no column "Wert"; columns: 1 Firma/],
    ["Firma=contact.email", /no field "contact.email"/],
    ["Firma", /names no column and field/],
    ["Firma=name:soon", /"soon" does not say how a column is written/],
  ])("refuses %s in one line", async (flag, said) => {
    const result = await here.run("inspect", here.file("kunden.csv", LIST), "--map", flag);
    expect(result.code).toBe(2);
    expect(result.err).toMatch(said);
  });
});

describe("inspect --answer", () => {
  it("asks about each column that needs a look, until it can take the answer", async () => {
    const file = here.file("kunden.csv", LIST.replace("Wert 2024", "Umsatz"));
    expect((await columnsOf(file)).filter(({ review }) => review).map(({ header }) => header)).toEqual([
      "Umsatz",
      "Letzter Kontakt",
    ]);
    const said = await answering(["", "euros", "EUR", "colour", "?", "", "dmy"], "inspect", file, "--answer");
    expect([said.code, said.left]).toEqual([0, 0]);
    expect(said.out).toContain("For example: 1200000 | 3000000");
    expect(said.out).toContain('a list of accounts has no field "colour"');
    expect(said.questions.length).toBe(7);
    expect(await columnsOf(file)).toMatchObject([
      { field: "name" },
      { field: "revenue", review: false, decided: 1 },
      { field: "lastActivityAt", review: false, decided: 1 },
      {},
    ]);
  });

  it("asks which stages mean won, and takes it as a flag too", async () => {
    const file = here.file(
      "deals.csv",
      "Deal Name,Deal Stage,Company,Amount,Currency\nA,Phase 5,Alder GmbH,5,EUR\nB,Phase 1,Birch AG,6,EUR\n",
    );
    await answering(["", "Phase 5; Phase 6", ""], "inspect", file, "--answer");
    expect(readFileSync(versions()[0]!, "utf8")).toContain('"phase 6"');
    await here.run("inspect", file, "--map", "Deal Stage=deal.stage:won Phase 5:lost Phase 1");
    expect(JSON.parse(readFileSync(versions()[1]!, "utf8")).answers).toMatchObject([
      { field: "deal.stage", won: ["phase 5"], lost: ["phase 1"] },
    ]);
  });

  it("stores nothing where everything was left open", async () => {
    const file = here.file("kunden.csv", LIST);
    await answering(["-", "-"], "inspect", file, "--answer");
    expect((await columnsOf(file)).some(({ decided }) => decided !== undefined)).toBe(false);
  });

  it("says what to do where nobody can answer", async () => {
    const result = await here.run("inspect", here.file("kunden.csv", LIST), "--answer");
    expect([result.code, result.err]).toEqual([2, expect.stringContaining("--map")]);
  });
});
