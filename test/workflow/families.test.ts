import { currentFamilies, readFamilies } from "@bullseye/core/operations/families";
import { listingOf } from "@bullseye/core/queries/accounts";
import { openExplainer } from "@bullseye/core/queries/explain";
import { reconcile } from "@bullseye/core/queries/reconcile";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { storeContent } from "./store-content.ts";
import { TestHome, type TestList } from "./support.ts";

const list = (name: string, header: string, ...rows: string[]): TestList => ({
  name: `${name}.csv`,
  text: `${[header, ...rows].join("\n")}\n`,
});

/** `child > parent` by name for every account that has one, `?` behind a parent that is no account, and `n children` of the others. */
async function families(home: TestHome): Promise<string[]> {
  const items = await home.accounts();
  const { digest } = await home.ports();
  const names = new Map(items.map(({ id, result }) => [id, result!.show.name ?? result!.show.domain]));
  return items
    .flatMap((item) => {
      const { parent, name } = listingOf(item, digest);
      if (!parent) return [];
      return [`${name} > ${parent.id === null ? `${parent.name}?` : names.get(parent.id)}`];
    })
    .sort();
}

const standing = (home: TestHome): unknown => {
  const { accounts, parked, aliases, facts } = storeContent(home.path);
  return { accounts, parked, aliases, facts };
};

const state = async (home: TestHome): Promise<unknown> => {
  const ports = await home.ports();
  const index = await currentFamilies(ports);
  return { index, tables: await readFamilies(ports, index) };
};

const PARENTS = list(
  "groups",
  "Account ID,Company,Website,Country,Employees,Annual Revenue,Industry",
  "001A000001KqPZkIAN,Borealis Group AG,borealis-group.example,Germany,12000,$900M,Manufacturing",
  "001A000001KqPZlIAN,Cetus Holding,cetus.example,United States,3000,$200M,Retail",
);
const CHILDREN = list(
  "units",
  "Account ID,Company,Website,Country,Employees,Parent Account ID,Parent Company",
  "001A000001KqPZmIAN,Borealis Pumps,borealis-pumps.example,Germany,40,001A000001KqPZk,",
  "001A000001KqPZnIAN,Borealis France,borealis.example,France,12,,Borealis Group",
  "001A000001KqPZoIAN,Cetus Shops,cetus-shops.example,United States,90,,cetus.example",
  "001A000001KqPZpIAN,Dorado Foods,dorado.example,Spain,55,,Dorado International",
  "001A000001KqPZqIAN,Pumps East,pumps-east.example,Poland,7,001A000001KqPZm,Borealis Pumps",
);
const LINKS = [
  "Borealis France > Borealis Group AG",
  "Borealis Pumps > Borealis Group AG",
  "Cetus Shops > Cetus Holding",
  "Dorado Foods > Dorado International?",
  "Pumps East > Borealis Pumps",
];

describe("a parent that a list names", () => {
  test("is found by its record, domain or name, whichever list comes first, and by nothing once its list is withdrawn", async () => {
    const [one, other, never] = [new TestHome(), new TestHome({ settings: { partitionRows: 2 } }), new TestHome()];
    for (const each of [PARENTS, CHILDREN]) await one.drop(each);
    for (const each of [CHILDREN, PARENTS]) await other.drop(each);
    expect(await families(one)).toEqual(LINKS);
    expect(await families(other)).toEqual(LINKS);
    expect(await state(other)).toEqual(await state(one));
    expect((await one.drop(CHILDREN)).families).toEqual({ children: 4, parents: 3, outside: 1, selves: 0, cycles: 0 });
    expect((await reconcile(await other.ports())).differences).toEqual([]);
    await other.undo("groups");
    await never.drop(CHILDREN);
    expect(await families(other)).toEqual([
      "Borealis France > Borealis Group?",
      "Borealis Pumps > null?",
      "Cetus Shops > cetus.example?",
      "Dorado Foods > Dorado International?",
      "Pumps East > Borealis Pumps",
    ]);
    expect(standing(other)).toEqual(standing(never));
    expect(await state(other)).toEqual(await state(never));
  });

  test("is none where two companies of that name could be meant, unless one is of the same country", async () => {
    const home = new TestHome();
    await home.drop(list("a", "Company,Website,Country", "Argo,argo.example,Germany", "Argo,argo-us.example,United States"));
    await home.drop(
      list(
        "b",
        "Company,Website,Country,Parent Company",
        "Argo Nord,n.example,Germany,Argo GmbH",
        "Argo Sud,s.example,Spain,Argo",
      ),
    );
    expect(await families(home)).toHaveLength(2);
    const { digest } = await home.ports();
    const [nord, sud] = ["Argo Nord", "Argo Sud"];
    const items = (await home.accounts()).map((item) => listingOf(item, digest));
    const german = items.find(({ domain }) => domain === "argo.example")!;
    expect(items.find(({ name }) => name === nord)!.parent!.id).toBe(german.id);
    expect(items.find(({ name }) => name === sud)!.parent).toEqual({ id: null, name: "Argo" });
  });

  test("shows in explain, with what is known of it, and is judged anew when that changes", async () => {
    const home = new TestHome({ settings: { partitionRows: 2 } });
    for (const each of [PARENTS, CHILDREN]) await home.drop(each);
    const about = async (): Promise<Record<string, unknown>> => {
      const explainer = await openExplainer(await home.ports());
      const item = (await home.accounts()).find(({ result }) => result!.show.name === "Pumps East")!;
      return Object.fromEntries((await explainer.explain(item)).family.map(({ attribute, value }) => [attribute, value]));
    };
    expect(await about()).toMatchObject({
      "family.level": "child",
      "parent.name": "Borealis Pumps",
      "parent.employees": 40,
      "ultimateParent.name": "Borealis Group AG",
      "ultimateParent.employees": 12000,
      "ultimateParent.revenueUsd": 900_000_000,
      "ultimateParent.vertical": "manufacturing",
    });
    await home.drop(list("news", "Website,Employees", "borealis-group.example,13000"), "2026-11-21");
    expect((await about())["ultimateParent.employees"]).toBe(13000);
  });

  test("is found too in a base that was filled before anybody looked, and where names are not compared", async () => {
    const home = new TestHome({ config: { matching: "compareInRun: 0\n" }, settings: { partitionRows: 2 } });
    for (const each of [PARENTS, CHILDREN]) await home.drop(each);
    expect(await families(home)).toEqual(LINKS);
    const before = await state(home);
    await (await home.ports()).objects.remove("matching/families");
    expect(await currentFamilies(await home.ports())).toBeNull();
    await home.refresh();
    expect(await families(home)).toEqual(LINKS);
    expect(await state(home)).toEqual(before);
  });

  test("moves with the accounts that are merged, and back", async () => {
    const home = new TestHome({ settings: { partitionRows: 2 } });
    for (const each of [PARENTS, CHILDREN]) await home.drop(each);
    const before = await state(home);
    const pair = "borealis-group.example,same,cetus.example";
    await home.drop({ ...list("same", "Company,Relation,Other Company", pair), kind: "matches" });
    const merged = await families(home);
    expect(new Set([merged[0], merged[1], merged[2]].map((each) => each!.split(" > ")[1])).size).toBe(1);
    expect(merged).toHaveLength(5);
    await home.undo("same");
    expect(await families(home)).toEqual(LINKS);
    expect(await state(home)).toEqual(before);
  });
});

describe("a parent that a person names", () => {
  test("goes before what lists say, and goes with its list", async () => {
    const home = new TestHome({ settings: { partitionRows: 2 } });
    for (const each of [PARENTS, CHILDREN]) await home.drop(each);
    const before = await state(home);
    const run = await home.drop({
      ...list(
        "tree",
        "Company,Relation,Other Company",
        "dorado.example,parent,Cetus Holding",
        "Borealis Pumps (DE),parent,cetus.example",
        "nobody.example,parent,cetus.example",
      ),
      kind: "matches",
    });
    expect(run.rows).toMatchObject({ in: 3, accepted: 3 });
    expect(await families(home)).toEqual([
      "Borealis France > Borealis Group AG",
      "Borealis Pumps > Cetus Holding",
      "Cetus Shops > Cetus Holding",
      "Dorado Foods > Cetus Holding",
      "Pumps East > Borealis Pumps",
    ]);
    await home.undo("tree");
    expect(await state(home)).toEqual(before);
  });
});

describe("a profile at the level of parents", () => {
  const profile = (level: string): string => `id: ours
name: Ours
version: 1
level: ${level}
tiers: { A: 80, B: 40, C: 20, D: 0 }
rules:
  - id: size
    dimension: firmographic
    attribute: employees
    bands: [{ points: 10 }, { from: 1000, points: 50 }]
  - id: place
    dimension: firmographic
    attribute: country
    map: { PL: 50, DE: 20 }
`;

  test("judges a subsidiary by the size of its ultimate parent, says so, and leaves it in its own place", async () => {
    const home = new TestHome({ config: { icp: profile("company") } });
    for (const each of [PARENTS, CHILDREN]) await home.drop(each);
    const explained = async (): Promise<{ score: number | null; size: unknown }> => {
      const item = (await home.accounts()).find(({ result }) => result!.show.name === "Pumps East")!;
      expect(item.result!.show).toMatchObject({ employees: 7, country: "PL", domain: "pumps-east.example" });
      const { score, contributions } = await (await openExplainer(await home.ports())).explain(item);
      return { score, size: contributions[0] };
    };
    expect(await explained()).toMatchObject({ score: 60, size: { value: 7, points: 10 } });
    home.configure("icp", profile("parent"));
    await home.refresh();
    expect(await explained()).toMatchObject({
      score: 100,
      size: { value: 12000, points: 50, origin: "observed", of: "of its ultimate parent Borealis Group AG" },
    });
    await home.undo("groups");
    expect(await explained()).toMatchObject({ size: { value: 40, of: "of its parent Borealis Pumps" } });
  });

  test("is refused for a level that there is not", async () => {
    const home = new TestHome({ config: { icp: profile("planet") } });
    await expect(home.drop(PARENTS)).rejects.toThrow(/level/);
  });
});

/** Few companies under few keys, with parents that name themselves, each other and nobody. */
const row = fc.record({
  at: fc.nat(4),
  domain: fc.boolean(),
  country: fc.constantFrom("DE", "FR"),
  parent: fc.option(fc.tuple(fc.nat(5), fc.constantFrom("id", "name", "domain"))),
});

const NAMES = ["Argo", "Borea", "Cetus", "Dorado", "Eridan", "Fornax"];

function lineOf({ at, domain, country, parent }: typeof row extends fc.Arbitrary<infer T> ? T : never): string {
  const [of, how] = parent ?? [0, "none"];
  const site = (index: number): string => `${NAMES[index]!.toLowerCase()}.example`;
  const named = how === "name" ? NAMES[of]! : how === "domain" ? site(of) : "";
  return [`K${at}`, NAMES[at], domain ? site(at) : "", country, how === "id" ? `K${of}` : "", named].join(",");
}

test("whatever the rows, pieces and order: the same families; and an undone list was never there", {
  timeout: 240_000,
}, async () => {
  const header = "Customer ID,Company,Website,Country,Parent Account ID,Parent Company";
  const after = async (lists: readonly TestList[], undo?: string): Promise<unknown> => {
    const home = new TestHome({ settings: { partitionRows: 2 } });
    try {
      for (const each of lists) expect((await home.drop(each)).balanced).toBe(true);
      if (undo !== undefined) await home.undo(undo);
      const explainer = await openExplainer(await home.ports());
      for (const item of await home.accounts()) await explainer.rescore(item);
      const { tables } = (await state(home)) as { tables: Awaited<ReturnType<typeof readFamilies>> };
      return { families: await families(home), kin: [...tables.kin], accounts: (await home.accounts()).map(({ id }) => id) };
    } finally {
      await home.dispose();
    }
  };
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 2, maxLength: 8 }), fc.integer({ min: 1, max: 7 }), async (rows, cut) => {
      const [a, b] = [rows.slice(0, cut), rows.slice(cut)].map((part, at) => list(`l${at}`, header, ...part.map(lineOf)));
      if (cut >= rows.length) return;
      const there = await after([a!, b!]);
      expect(await after([b!, a!])).toEqual(there);
      expect(await after([a!, b!], "l1")).toEqual(await after([a!]));
      expect(await after([b!, a!], "l0")).toEqual(await after([b!]));
    }),
    { numRuns: process.env.BULLSEYE_LONG ? 100 : 10, seed: 20_261_124 },
  );
});
