import { reconcile } from "@bullseye/core/queries/reconcile";
import { expect, test } from "vitest";
import { storeContent } from "./store-content.ts";
import { TestHome, type TestList } from "./support.ts";

const DAY = "2026-11-20";

const COMPANIES: TestList = {
  name: "crm.csv",
  kind: "accounts",
  text: [
    "Company,Website,Country,Employees",
    "Summit Dental,summit-dental.example,US,12",
    "Brennerei Altstadt,brennerei-altstadt.example,DE,40",
    "Kowalski Logistics,kowalski.example,PL,300",
    "Nordlicht Hydraulik,nordlicht-hydraulik.example,DE,220",
    "",
  ].join("\n"),
};

const decisions = (name: string, ...rows: string[]): TestList => ({
  name,
  list: "decided",
  kind: "matches",
  text: `${["Company,Relation,Other Company", ...rows].join("\n")}\n`,
});
const SUMMIT = "summit-dental.example,same,brennerei-altstadt.example";
const KOWALSKI = "kowalski.example,same,nordlicht-hydraulik.example";

const suppressions = (name: string, ...rows: string[]): TestList => ({
  name,
  list: "out",
  kind: "suppressions",
  text: `${["Domain,Reason", ...rows].join("\n")}\n`,
});

async function home(...lists: TestList[]): Promise<TestHome> {
  const home = new TestHome();
  for (const list of [COMPANIES, ...lists]) await home.drop(list);
  return home;
}

/** What stands, without the numbers that tell one version of a list from another, and without what would stand again if the last run had failed. */
const stands = async (home: TestHome): Promise<unknown> => {
  const { ports } = await home.at(DAY);
  expect((await reconcile(ports)).differences).toEqual([]);
  const { accounts, parked, suppressions } = storeContent(home.path);
  const numberless = [...accounts!, ...parked!].map((row) => row.replaceAll(/"(v|version)":[0-9.]+/g, ""));
  return [numberless, suppressions!.map((row) => row.replaceAll(/\|[0-9.]+/g, "").replace(/,"before":.*/, "}"))];
};

const count = async (home: TestHome): Promise<number> => (await home.accounts()).length;

test("of two files of decisions one can be taken back, or read as a snapshot that replaces both", async () => {
  const both = await home(decisions("one.csv", SUMMIT), decisions("two.csv", KOWALSKI));
  expect(await count(both)).toBe(2);
  await (await both.at(DAY)).undo("decided", 1);
  expect(await count(both)).toBe(3);
  expect(await stands(both)).toEqual(await stands(await home(decisions("two.csv", KOWALSKI))));
  const replaced = await home(decisions("one.csv", SUMMIT), { ...decisions("two.csv", KOWALSKI), mode: "snapshot" });
  expect(await stands(replaced)).toEqual(await stands(both));
  // A snapshot that is appended to stands beside what comes.
  await replaced.drop({ ...decisions("three.csv", SUMMIT), mode: "append" });
  expect(await count(replaced)).toBe(2);
  await (await replaced.at(DAY)).undo("decided");
  expect(await count(replaced)).toBe(4);
});

test("of two files of suppressions one can be taken back where no other names the same, and a snapshot keeps no class of the last", async () => {
  const sales = "summit-dental.example,competitor";
  const both = await home(suppressions("one.csv", sales), suppressions("two.csv", "kowalski.example,asked us to stop"));
  await (await both.at(DAY)).undo("out", 1);
  expect(await stands(both)).toEqual(await stands(await home(suppressions("two.csv", "kowalski.example,asked us to stop"))));
  const again = await home(suppressions("one.csv", sales), {
    ...suppressions("two.csv", "summit-dental.example,asked us to stop"),
    mode: "snapshot",
  });
  expect(await stands(again)).toEqual(
    await stands(await home(suppressions("two.csv", "summit-dental.example,asked us to stop"))),
  );
  const shared = await home(suppressions("one.csv", sales), suppressions("two.csv", "summit-dental.example,asked us to stop"));
  await expect((await shared.at(DAY)).undo("out", 1)).rejects.toMatchObject({ name: "InputError" });
});
