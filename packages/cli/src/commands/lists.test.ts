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
