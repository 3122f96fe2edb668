import { NO_CHANGES } from "@bullseye/core/ports";
import { reconcile } from "@bullseye/core/queries/reconcile";
import { expect, test } from "vitest";
import { TestHome, type TestList } from "./support.ts";

const ASOF = "2026-11-20";
const HEADER = "Customer ID,Company,Website,Country,Employees";
const list = (name: string, rows: readonly string[], mode: TestList["mode"] = "append"): TestList => ({
  name,
  kind: "accounts",
  list: "crm",
  mode,
  text: `${[HEADER, ...rows].join("\n")}\n`,
});

const ACME = "C1,Acme,acme.example,DE,40";
const BETA = "C2,Beta,beta.example,FR,12";
const GAMMA = "C3,Gamma,gamma.example,NL,900";

test("rows that a later version of their list says again, or anew, are missed nowhere", async () => {
  const home = new TestHome();
  await home.drop(list("one.csv", [ACME, BETA]));
  const first = await home.drop(list("two.csv", [ACME, "C2,Beta,beta.example,FR,15", GAMMA]));
  const { ports } = await home.at(ASOF);
  expect((await reconcile(ports)).differences).toEqual([]);
  expect((await reconcile(ports, first.runId)).differences).toEqual([]);
});

test("an account that is gone although no later version speaks of it is missed", async () => {
  const home = new TestHome();
  await home.drop(list("one.csv", [ACME, BETA]));
  await home.drop(list("two.csv", [ACME, GAMMA]));
  const gone = (await home.accounts()).find(({ result }) => result!.show.name === "Beta")!;
  const { ports } = await home.at(ASOF);
  await ports.accounts.save({ ...NO_CHANGES, accountsGone: [gone.id] }, Number.MAX_SAFE_INTEGER);
  expect((await reconcile(ports)).differences.join()).toContain("1 accepted rows stand nowhere");
});

test("statements that are gone although no later version speaks of their company are missed", async () => {
  const home = new TestHome();
  await home.drop(list("one.csv", [ACME, BETA]));
  await home.drop(list("two.csv", [ACME, GAMMA]));
  const item = (await home.accounts()).find(({ result }) => result!.show.name === "Beta")!;
  const { ports } = await home.at(ASOF);
  const bare = { ...item, groups: item.groups.map((group) => ({ ...group, st: [] })) };
  await ports.accounts.save({ ...NO_CHANGES, accounts: [bare] }, Number.MAX_SAFE_INTEGER);
  expect((await reconcile(ports)).differences.join()).toContain("2 rows were accepted or merged and accounts name 1 of them");
});

test("members that a new file leaves out are not desired and not missed", async () => {
  const audience = "  - { id: all, name: All, platform: linkedin, mode: file, include: { employees: { atLeast: 1 } } }\n";
  const home = new TestHome({ config: { audiences: `audiences:\n${audience}` } });
  await home.drop(list("one.csv", [ACME, BETA, GAMMA], "snapshot"));
  await home.approve();
  await home.drop(list("two.csv", [ACME], "snapshot"));
  const run = await home.approve();
  expect(run.audiences).toMatchObject([{ exported: 1, withdrawn: 2 }]);
  expect((await reconcile((await home.at(ASOF)).ports)).differences).toEqual([]);
});
