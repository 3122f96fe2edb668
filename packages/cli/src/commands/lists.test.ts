import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { desk } from "../cli.testing.ts";

const here = desk();

it("an undo says how what it removes is let go, in this home; spreadsheets get no formulas", async () => {
  await here.run("init", "--home", "desk");
  const rules = join("desk", "config", "audiences.yaml");
  here.file(rules, readFileSync(join(here.path, rules), "utf8").replaceAll("mode: api", "mode: file"));
  const crm = here.file(
    "crm.csv",
    [
      "Company,Website,Country,Industry,Employees,Annual Revenue",
      "=Ashgrove Labs LLC,ashgrove-labs.example,United States,Manufacturing,900,80000000",
      "Harrowgate Plastics plc,harrowgate-plastics.example,United Kingdom,Manufacturing,520,60000000",
    ].join("\n"),
  );
  const common = ["--home", "desk", "--workers", "0", "--as-of", "2026-11-20"];
  const ran = await here.run("run", crm, "--source", "first-party", "--approve", ...common);
  expect([ran.code, ran.err]).toEqual([0, ""]);

  const { out: csv } = await here.run("accounts", "--csv", ...common);
  expect(csv).toContain(",'=Ashgrove Labs LLC,ashgrove-labs.example,US,");
  expect(csv).toMatch(/,900,/);

  const undone = await here.run("lists", "undo", "crm", ...common);
  expect(undone.code).toBe(0);
  expect(undone.out).toMatch(
    /Nothing of these goes out before somebody approves it:\n {2}bullseye audiences approve [0-9a-f]{12} --home \S*desk /,
  );
});

it("a rejects file keeps spreadsheets from running its cells, and corrected it is read as it was meant", async () => {
  const crm = here.file("crm.csv", "Company,Website,Phone,Note\n-,,+49 30 901820,=1+1\nAlder GmbH,alder.example,,-x\n");
  const common = ["--home", "desk", "--workers", "0", "--as-of", "2026-11-20", "--quiet"];
  const { runs } = (await here.json("run", crm, ...common)) as { runs: Array<{ rejects: string }> };
  const rejects = readFileSync(join(here.path, "desk", runs[0]!.rejects), "utf8");
  expect(rejects).toMatch(/^'-,,\+49 30 901820,'=1\+1,2,no-identity,.*,"-,,\+49 30 901820,=1\+1"$/m);
  const corrected = here.file("corrected.csv", rejects.replace(/^'-,,/m, "Birch Ltd,birch.example,"));
  await here.run("run", corrected, "--list", "crm", "--kind", "accounts", ...common);
  const { contributions: _, ...birch } = (await here.json("explain", "birch.example", ...common)) as Record<string, unknown>;
  expect(birch).toMatchObject({ name: "Birch Ltd" });
  const { events } = (await here.json("trace", "birch.example", ...common)) as { events: unknown[] };
  expect(JSON.stringify(events)).not.toContain("'=1+1");
});
