import { approvePlan, queueApproved, waitingPlans } from "@bullseye/core/audiences/approve";
import { EXAMPLE_CONFIGURATION } from "@bullseye/core/icp/examples/index";
import { ACTIVE_CONFIGURATION, pinConfiguration } from "@bullseye/core/operations/active-configuration";
import type { TestStage } from "./support.ts";

/** Audiences of both modes that small lists fill. */
const AUDIENCES = `
audiences:
  - { id: everyone, name: Everyone, platform: linkedin, mode: file, include: { employees: { atLeast: 1 } } }
  - { id: told, name: Told, platform: linkedin, mode: api, suppress: { family: parent }, include: { employees: { atLeast: 15 } } }
`;

const FIRST_PARTY = { mode: "append", source: { origin: "first-party", relationship: "customers" } };
const SNAPSHOT = { ...FIRST_PARTY, mode: "snapshot" };

const HEADER = "Customer ID,Company,Website,LinkedIn,Country,Employees,Industry,Parent Account ID,Parent Company";
const COMPANIES = [
  "C1,Nordlicht Hydraulik GmbH,nordlicht.example,linkedin.com/company/nordlicht,DE,220,Manufacturing",
  ",Nordlicht Hydraulik GmbH,,linkedin.com/company/nordlicht,,,",
  "C2,Acme Ltd,acme.example,,GB,40,Retail,C1,",
  "C3,Solo Name,,,FR,12,Hospitality,,Weiler Pumpen",
  "C4,Weiler Pumpen AG,weiler.example,,DE,,",
  "N/A,-,,,,7,Retail",
  ...Array.from({ length: 14 }, (_, n) => `F${n},Firma ${"abcdefghijklmn"[n]},firma-${n}.example,,DE,${10 + n},Retail`),
];

/** A file, its sidecar and the kind of list, by the name of the list. */
export const EVERYDAY = {
  firmographics: {
    kind: "reference",
    body: "name,website,country,size,industry\nweiler pumpen,weiler.example,Germany,51-200,machinery\n",
    sidecar: { mode: "append", source: { origin: "public" } },
  },
  crm: { kind: "accounts", body: [HEADER, ...COMPANIES, ""].join("\n"), sidecar: FIRST_PARTY },
  people: {
    kind: "contacts",
    body: "First Name,Last Name,Email,Title,Company,Website\nAda,Beispiel,ada@nordlicht.example,CFO,Nordlicht Hydraulik GmbH,nordlicht.example\n",
    sidecar: FIRST_PARTY,
  },
  orders: {
    kind: "orders",
    body: "Order ID,Customer ID,Order Date,SKU,Quantity,Unit Price\nO1,C1,2026-10-01,s1,3,10.00\nO1,C1,2026-10-01,s2,1,5.50\nO2,C9,2026-09-01,s1,1,10.00\n",
    sidecar: SNAPSHOT,
  },
  never: { kind: "suppressions", body: "Domain,Reason\nacme.example,competitor\n", sidecar: FIRST_PARTY },
} as const;

/** The second version of the orders: a snapshot that lost one. */
export const FEWER_ORDERS =
  "Order ID,Customer ID,Order Date,SKU,Quantity,Unit Price\nO1,C1,2026-10-01,s1,3,10.00\nO1,C1,2026-10-01,s2,1,5.50\n";

/** Activates rules with {@link AUDIENCES}. */
export async function activateRules(stage: TestStage): Promise<string> {
  const sha = await pinConfiguration(stage.ports, { ...EXAMPLE_CONFIGURATION, audiences: AUDIENCES });
  await stage.ports.objects.put(ACTIVE_CONFIGURATION, JSON.stringify({ sha, previous: [] }));
  return sha;
}

/** Where a list of {@link EVERYDAY} is dropped. */
export const keyOf = (name: keyof typeof EVERYDAY): string => `inbox/${EVERYDAY[name].kind}/${name}/${name}.csv`;

/** Drops one of the lists; `second` of the day tells its place in the order. */
export function dropEveryday(
  stage: TestStage,
  name: keyof typeof EVERYDAY,
  second: number,
  body: string | Uint8Array = EVERYDAY[name].body,
) {
  const at = new Date(Date.UTC(2026, 10, 20, 8, 0, second)).toISOString().replace(".000Z", "Z");
  return stage.drop({ key: keyOf(name), body, sidecar: EVERYDAY[name].sidecar, at });
}

/** Approves what waits and hands it to the workers. */
export async function approveAll(stage: TestStage): Promise<void> {
  for (const { planHash } of await waitingPlans(stage.ports)) await approvePlan(stage.ports, planHash);
  await queueApproved(stage.ports);
}

/** The rejects of the first version of a list as they come back: another company in their first row, dropped beside the list under a name of their own. */
export async function sentBack(stage: TestStage, name: keyof typeof EVERYDAY, company: string, second: number) {
  const [first] = (await stage.ports.runs.list(name))!.versions;
  const run = await stage.ports.runs.run(first!.runId);
  const rejects = Buffer.from(await stage.ports.objects.get(run!.rejects!)).toString("utf8");
  const at = new Date(Date.UTC(2026, 10, 20, 9, 0, second)).toISOString().replace(".000Z", "Z");
  return { key: `inbox/${EVERYDAY[name].kind}/${name}/back.csv`, body: rejects.replace("N/A,'-,", `,${company},`), at };
}
