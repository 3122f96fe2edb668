import { currentFamilies, readFamilies } from "@bullseye/core/operations/families";
import { NO_CHANGES } from "@bullseye/core/ports";
import { openExplainer } from "@bullseye/core/queries/explain";
import { trace } from "@bullseye/core/queries/trace";
import { domainId } from "@bullseye/core/resolve/identity";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { TestHome, type TestList } from "./support.ts";

const FREE = "limits: { removeShare: 1, addShare: 1 }";
const AUDIENCES = `audiences:
  - { id: alone, name: Alone, platform: linkedin, mode: file, include: { employees: { atLeast: 1 } }, ${FREE} }
  - { id: family, name: Family, platform: linkedin, mode: file, suppress: { family: parent }, include: { employees: { atLeast: 1 } }, ${FREE} }
  - { id: rivals, name: Rivals, platform: linkedin, mode: file, suppress: { classes: [competitors], family: parent }, include: { employees: { atLeast: 1 } }, ${FREE} }
`;

/** Acme Group > Acme Pumps > Acme Seals, Acme Group > Acme Valves; Zeta stands alone. */
const ACCOUNTS: TestList = {
  name: "crm.csv",
  kind: "accounts",
  text: "Company,Website,Employees\nAcme Group,group.example,900\nAcme Pumps,pumps.example,50\nAcme Seals,seals.example,20\nAcme Valves,valves.example,30\nZeta,zeta.example,40\n",
};
const LINKS: TestList = {
  name: "links.csv",
  kind: "accounts",
  text: "Company,Website,Parent Company\nAcme Pumps,pumps.example,group.example\nAcme Seals,seals.example,pumps.example\nAcme Valves,valves.example,Acme Group\n",
};
const CUSTOMERS: TestList = { name: "customers.csv", kind: "suppressions", text: "Domain,Reason\ngroup.example,customer\n" };
const RIVALS: TestList = { name: "rivals.csv", kind: "suppressions", text: "Company,Reason\nAcme Pumps,competitor\n" };
/** Nobody but the decision and the suppression names holding.example. */
const DECISION: TestList = {
  name: "same.csv",
  kind: "matches",
  text: "Company,Relation,Other company\nholding.example,same,group.example\n",
};
const HOLDING: TestList = { name: "holding.csv", kind: "suppressions", text: "Domain,Reason\nholding.example,customer\n" };

/** Whom an audience leaves out, by the beginnings of their domains, and why where a family does. */
async function left(home: TestHome, audience: string): Promise<string[]> {
  const items = await home.accounts();
  const { ports } = await home.at("2026-11-20");
  const told = new Set<string>();
  await home.approve();
  for await (const { account, state } of ports.audiences.members(audience)) if (state === "exported") told.add(account);
  return items
    .filter(({ id }) => !told.has(id))
    .map(
      ({ result }) =>
        `${result!.show.domain!.split(".")[0]}${result!.keptOut?.[audience] ? `: ${result!.keptOut[audience]}` : ""}`,
    )
    .sort();
}

/** Why members are not sent once a customer is saved under a domain between plan and sending, as a run that is still under way does. */
async function refused(home: TestHome, value: string): Promise<string[]> {
  const { ports } = await home.at("2026-11-20");
  const entry = { type: "domain" as const, value, reason: "customer", classes: ["customers" as const] };
  const suppressions = [{ key: domainId(value, ports.digest), list: "late", version: 1, entry }];
  await ports.accounts.save({ ...NO_CHANGES, suppressions }, 99);
  await home.approve();
  const reasons: string[] = [];
  for await (const { state, reason } of ports.audiences.members("family")) if (state === "parked") reasons.push(reason!);
  return reasons.sort();
}

const opened = (settings = {}): TestHome => new TestHome({ config: { audiences: AUDIENCES }, settings });

const permutations = <T>(all: readonly T[]): T[][] =>
  all.length <= 1 ? [[...all]] : all.flatMap((each, at) => permutations(all.toSpliced(at, 1)).map((rest) => [each, ...rest]));

const PUMPS = "pumps: its parent Acme Group is a customer";
const VALVES = "valves: its parent Acme Group is a customer";
const SEALS = "seals: its ultimate parent Acme Group is a customer";

describe("an audience that asks about families", () => {
  test.each(
    permutations([ACCOUNTS, LINKS, CUSTOMERS]).map((order) => [order.map(({ name }) => name).join(", "), order] as const),
  )("leaves out whatever lies below a suppressed company, as long as list and links stand: %s", async (_, order) => {
    const home = opened({ partitionRows: 2 });
    for (const list of order) await home.drop(list);
    expect(await left(home, "family")).toEqual(["group", PUMPS, SEALS, VALVES]);
    expect(await left(home, "alone")).toEqual(["group"]);
    expect(await left(home, "rivals")).toEqual([]);
    await home.undo("links");
    expect(await left(home, "family")).toEqual(["group"]);
    await home.drop({ ...LINKS, text: LINKS.text.toString().replace("Acme Seals,seals.example,pumps.example\n", "") });
    expect(await left(home, "family")).toEqual(["group", PUMPS, VALVES]);
    await home.undo("customers");
    expect(await left(home, "family")).toEqual([]);
  });

  test("looks up and not aside, and class by class", async () => {
    const home = opened();
    for (const list of [ACCOUNTS, LINKS, RIVALS]) await home.drop(list);
    expect(await left(home, "rivals")).toEqual(["pumps", "seals: its parent Acme Pumps is a competitor"]);
    expect(await left(home, "family")).toEqual(["pumps", "seals: its parent Acme Pumps is a competitor"]);
    await home.drop(CUSTOMERS);
    expect(await left(home, "rivals")).toEqual(["pumps", "seals: its parent Acme Pumps is a competitor"]);
    await home.undo("rivals");
    expect(await left(home, "family")).toEqual(["group", PUMPS, SEALS, VALVES]);
  });

  test.each(permutations([DECISION, HOLDING]).map((order) => [order.map(({ name }) => name).join(", "), order] as const))(
    "follows a suppression under a key that a person decided to be the parent: %s",
    async (_, order) => {
      const home = opened();
      for (const list of [ACCOUNTS, LINKS, ...order]) await home.drop(list);
      expect(await left(home, "family")).toEqual(["group", PUMPS, SEALS, VALVES]);
      await home.undo("same");
      expect(await left(home, "family")).toEqual([]);
    },
  );

  test("says why in its plan, in explain and in trace", async () => {
    const home = opened();
    for (const list of [ACCOUNTS, LINKS]) await home.drop(list);
    const run = await home.drop(CUSTOMERS);
    expect(run.audiences!.find(({ id }) => id === "family")).toMatchObject({
      desired: 1,
      blocked: [
        { rule: "suppressed", reason: "suppressed as customers", n: 1 },
        { rule: "suppressed", reason: "suppressed: its parent Acme Group is a customer", n: 2 },
        { rule: "suppressed", reason: "suppressed: its ultimate parent Acme Group is a customer", n: 1 },
      ],
    });
    const ports = await home.ports();
    const item = (await home.accounts()).find(({ result }) => result!.show.domain === "seals.example")!;
    const why = "suppressed: its ultimate parent Acme Group is a customer";
    expect((await (await openExplainer(ports)).explain(item)).blocked).toEqual([`family: ${why}`]);
    const events = await trace(ports, "seals.example");
    expect(events.find(({ what }) => what === "kept out of family")!.why).toBe(why);
    expect(events.filter(({ what }) => what.startsWith("planned for")).map(({ what }) => what.split(" ")[2]!)).not.toContain(
      "family",
    );
  });

  test("is asked once more at the moment of sending", async () => {
    const home = opened();
    for (const list of [ACCOUNTS, LINKS]) await home.drop(list);
    expect(await refused(home, "group.example")).toEqual([
      "suppressed: customers",
      "suppressed: its parent Acme Group is a customer",
      "suppressed: its parent Acme Group is a customer",
      "suppressed: its ultimate parent Acme Group is a customer",
    ]);
  });

  test("is asked so of keys that a person decided to be the parent", async () => {
    const home = opened();
    for (const list of [ACCOUNTS, LINKS, DECISION]) await home.drop(list);
    expect(await refused(home, "holding.example")).toHaveLength(4);
  });

  test("is asked so of every company above, not of the nearest and the highest alone", async () => {
    const home = opened();
    for (const list of [ACCOUNTS, LINKS]) await home.drop(list);
    await home.drop({ name: "zeta.csv", text: "Company,Website,Parent Company\nZeta,zeta.example,seals.example\n" });
    expect(await refused(home, "pumps.example")).toEqual([
      "suppressed: a company above it, Acme Pumps is a customer",
      "suppressed: customers",
      "suppressed: its parent Acme Pumps is a customer",
    ]);
  });

  test("is found in a home whose families were looked up before suppressions were, once its rules ask", async () => {
    const home = new TestHome({ config: { audiences: AUDIENCES.replaceAll("family: parent", "family: company") } });
    for (const list of [ACCOUNTS, LINKS, CUSTOMERS]) await home.drop(list);
    expect(await left(home, "family")).toEqual(["group"]);
    const ports = await home.ports();
    const { suppressions, ...older } = (await currentFamilies(ports))!;
    expect(suppressions).toBe(true);
    await ports.objects.put("matching/families.json", JSON.stringify(older));
    home.configure("audiences", AUDIENCES);
    await home.drop({ name: "more.csv", text: "Company,Website\nYota,yota.example\n" });
    expect((await readFamilies(ports, await currentFamilies(ports))).suppressed.size).toBe(1);
    expect((await left(home, "family")).filter((each) => each.includes(":"))).toEqual([PUMPS, SEALS, VALVES]);
  });
});

/** Lists that come and go in any order; what stands in the end decides, and nothing else. */
const ALL = [ACCOUNTS, LINKS, CUSTOMERS, RIVALS, DECISION, HOLDING];

test("whatever came and went in whatever order: whom audiences leave out depends on what stands", {
  timeout: 240_000,
}, async () => {
  const result = async (home: TestHome): Promise<unknown> =>
    (await home.accounts()).map(({ id, result }) => [id, result!.suppressed, result!.suppressedAs, result!.keptOut]);
  const nameOf = ({ name }: TestList): string => name.replace(".csv", "");
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(ALL.length - 1), { minLength: 4, maxLength: 9 }), async (steps) => {
      const [home, fresh] = [opened({ partitionRows: 2 }), opened()];
      try {
        const standing = new Set<TestList>();
        for (const [nth, step] of steps.entries()) {
          const list = ALL[step]!;
          if (standing.delete(list)) await home.undo(nameOf(list));
          else {
            standing.add(list);
            // Other bytes each time, so that it is never the same file again.
            await home.drop({ ...list, text: `${list.text}${"\n".repeat(nth)}` });
          }
        }
        for (const list of ALL) if (standing.has(list)) await fresh.drop(list);
        if (standing.size > 0) expect(await result(home)).toEqual(await result(fresh));
        else expect(await result(home)).toEqual([]);
      } finally {
        await home.dispose();
        await fresh.dispose();
      }
    }),
    { numRuns: process.env.BULLSEYE_LONG ? 60 : 8, seed: 20_261_123 },
  );
});
