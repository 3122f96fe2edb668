import type { AccountItem } from "@bullseye/core/account/item";
import { EXAMPLE_CONFIGURATION } from "@bullseye/core/icp/examples/index";
import { ACTIVE_CONFIGURATION, pinConfiguration } from "@bullseye/core/operations/active-configuration";
import type { Ports } from "@bullseye/core/ports";
import { type AccountListing, listAccounts } from "@bullseye/core/queries/accounts";
import { type ExportEntry, exportEntries, noExport } from "@bullseye/core/queries/export";
import { afterEach, expect, test } from "vitest";
import { TestHome } from "../workflow/support.ts";
import { TestStage } from "./support.ts";

const ICP = `id: ours
name: Ours
version: 1
level: site
scoring: { keptSites: 20 }
tiers: { A: 80, B: 50, C: 20, D: 0 }
rules:
  - { id: size, dimension: firmographic, attribute: employees, bands: [{ points: 10 }, { from: 100, points: 70 }] }
  - { id: country, dimension: firmographic, attribute: country, map: { DE: 30, PL: 20 } }
`;
const AUDIENCES = `audiences:
  - { id: family, name: Family, platform: linkedin, mode: file, suppress: { family: parent }, include: { employees: { atLeast: 0 } } }
`;
/** More than the profile keeps scores of. */
const BRANCHES = 30;

const LISTS = [
  {
    name: "crm",
    kind: "accounts",
    text: [
      "Account ID,Company,Website,Employees,Street,City,Postal Code,Country,Parent Company",
      "K1,Acme,acme.example,12,Kantstr. 1,Berlin,10623,Germany,",
      "K2,Acme,acme.example,180,ul. Piotrkowska 7,Lodz,90-406,Poland,",
      "K3,Acme Seals,seals.example,30,,Bonn,53111,Germany,acme.example",
      "K4,Zeta,zeta.example,40,,Bonn,53111,Germany,",
      ...Array.from(
        { length: BRANCHES },
        (_, at) => `B${at},Chain,chain.example,${at},Road ${at},Lodz,90-406,Poland,zeta.example`,
      ),
    ].join("\n"),
  },
  { name: "never", kind: "suppressions", text: "Domain,Reason\nacme.example,customer\n" },
] as const;

let stage: TestStage | null = null;
afterEach(() => stage?.close());

async function everything(ports: Ports): Promise<{ items: AccountItem[]; listed: AccountListing[]; exported: ExportEntry[] }> {
  const items: AccountItem[] = [];
  for await (const item of ports.accounts.scan("", null, "all")) items.push(item);
  const listed: AccountListing[] = [];
  for await (const account of listAccounts(ports)) listed.push(account);
  const exported: ExportEntry[] = [];
  for await (const entry of exportEntries(ports, "csv", {}, noExport())) exported.push(entry);
  return JSON.parse(JSON.stringify({ items, listed, exported })) as never;
}

test("a stage scores sites and keeps out families as a laptop does, also of a company with more branches than it keeps scores of", {
  timeout: 180_000,
}, async () => {
  const home = new TestHome({ config: { icp: ICP, audiences: AUDIENCES } });
  stage = await TestStage.start();
  const sha = await pinConfiguration(stage.ports, { ...EXAMPLE_CONFIGURATION, icp: ICP, audiences: AUDIENCES });
  await stage.ports.objects.put(ACTIVE_CONFIGURATION, JSON.stringify({ sha, previous: [] }));
  for (const [nth, { name, kind, text }] of LISTS.entries()) {
    const there = await home.drop({ name: `${name}.csv`, kind, text });
    const here = await stage.drop({
      key: `inbox/${kind}/${name}/${name}.csv`,
      body: text,
      sidecar: { mode: "append", source: { origin: "first-party", relationship: "customers" } },
      at: `2026-11-20T08:00:0${nth}Z`,
    });
    expect(here).toMatchObject({ status: "done", balanced: true });
    expect(here.sites).toEqual(there.sites);
    expect(here.audiences!.map(({ desired, blocked }) => ({ desired, blocked }))).toEqual(
      there.audiences!.map(({ desired, blocked }) => ({ desired, blocked })),
    );
  }
  const [is, should] = [await everything(stage.ports), await everything(await home.ports())];
  expect(is.items).toEqual(should.items);
  expect(is.listed).toEqual(should.listed);
  expect(is.exported).toEqual(should.exported);
  const chain = is.items.find(({ result }) => result!.show.domain === "chain.example")!;
  expect(chain.result!.sites).toMatchObject({ n: BRANCHES });
  expect(chain.result!.sites!.best).toHaveLength(20);
  const seals = is.items.find(({ result }) => result!.show.domain === "seals.example")!;
  expect(seals.result!.keptOut).toEqual({ family: "its parent Acme is a customer" });
});
