import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { TestHome, type TestList } from "./support.ts";

const list = (name: string, ...rows: string[]): TestList => ({
  name: `${name}.csv`,
  kind: "accounts",
  text: `${["Company,Website,City,Country", ...rows].join("\n")}\n`,
});

/** What the stored cards say, all of them together. */
function cardsOf(home: TestHome): string {
  const folder = join(home.path, "objects/personal/cards");
  return readdirSync(folder)
    .map((name) => gunzipSync(readFileSync(join(folder, name))).toString("utf8"))
    .join("");
}

test("nothing is left on any card of a company that had been joined by its name, was parted and went", async () => {
  const home = new TestHome();
  await home.drop(list("crm", "Nordlicht Hydraulik GmbH,nordlicht-hydraulik.example,Kiel,Germany"));
  await home.drop(list("fair", "Nordlicht Hydraulick GmbH,,Kiel,Germany"));
  // A further word about the company that the other one joined.
  await home.drop(list("web", "Nordlicht Hydraulik,nordlicht-hydraulik.example,Kiel,Germany"));
  expect(cardsOf(home)).toContain("Hydraulick");
  home.configure("matching", "namesAndPlace: { same: 1, review: 0.9 }\n");
  await home.refresh();
  expect(await home.accounts()).toHaveLength(2);
  await home.undo("fair");
  expect(cardsOf(home)).not.toContain("Hydraulick");
});

test("nor in the pairs to review, where the base is larger than a refresh compares", async () => {
  const home = new TestHome({ config: { matching: "namesAndPlace: { same: 1, review: 0.4 }\n" } });
  await home.drop(list("crm", "Nordlicht Hydraulik GmbH,nordlicht-hydraulik.example,Kiel,Germany"));
  await home.drop(list("fair", "Nordlicht Hydraulick GmbH,,Kiel,Germany", "Alder Bakery,,Rome,Italy", "Birch Mill,,Turin,Italy"));
  const said = (): string => readFileSync(join(home.path, "objects/matching/current.json"), "utf8");
  expect(said()).toContain("Hydraulick");
  home.configure("matching", "compareAtRefresh: 0\n");
  await home.undo("fair");
  await home.drop(list("more", "Cedar Works,cedar.example,Rome,Italy", "Delta Works,delta.example,Bari,Italy"));
  expect(said()).not.toContain("Hydraulick");
});

test("a company that joined another by its name leaves that one in the run in which a third comes in its place", async () => {
  const crm = (...rows: string[]): TestList => ({ ...list("crm", ...rows), list: "crm", mode: "snapshot" });
  const [home, never] = [new TestHome(), new TestHome()];
  const named = list("fair", "Nordlicht Hydraulick GmbH,,Kiel,Germany");
  const after = crm("Nordlicht Hydraulics GmbH,nordlicht-hydraulics.example,Kiel,Germany");
  for (const each of [crm("Nordlicht Hydraulik GmbH,nordlicht-hydraulik.example,Kiel,Germany"), named, after])
    await home.drop(each);
  for (const each of [named, after]) await never.drop(each);
  const together = async (each: TestHome): Promise<string[][]> =>
    (await each.accounts()).map(({ id, groups }) => [id, ...groups.map((group) => group.home)]);
  expect(await together(home)).toEqual(await together(never));
});
