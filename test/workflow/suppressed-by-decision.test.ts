import type { SuppressionEntry } from "@bullseye/core/account/facts";
import { NO_CHANGES } from "@bullseye/core/ports";
import { domainId } from "@bullseye/core/resolve/identity";
import { expect, test } from "vitest";
import { TestHome, type TestList } from "./support.ts";

const ACCOUNTS: TestList = {
  name: "crm.csv",
  kind: "accounts",
  text: "Company,Website,Employees\nAcme,acme.example,220\nBeta,beta.example,40\n",
};
/** Nobody but the decision and the suppression names acme-group.example. */
const DECISION: TestList = {
  name: "same.csv",
  kind: "matches",
  text: "Company,Relation,Other company\nacme-group.example,same,acme.example\n",
};
const CUSTOMERS: TestList = { name: "customers.csv", kind: "suppressions", text: "Domain,Reason\nacme-group.example,customer\n" };

const suppressed = async (home: TestHome): Promise<string[]> =>
  (await home.accounts()).filter(({ result }) => result!.suppressed !== undefined).map(({ result }) => result!.show.domain!);

const orders: TestList[][] = [
  [ACCOUNTS, DECISION, CUSTOMERS],
  [ACCOUNTS, CUSTOMERS, DECISION],
  [CUSTOMERS, DECISION, ACCOUNTS],
  [DECISION, ACCOUNTS, CUSTOMERS],
];
test.each(orders.map((order) => [order.map(({ name }) => name).join(", "), order] as const))(
  "a suppression under a key that a person decided to be the company counts: %s",
  async (_, order) => {
    const home = new TestHome();
    for (const list of order) await home.drop(list);
    expect(await suppressed(home)).toEqual(["acme.example"]);
    await home.undo("same");
    expect(await suppressed(home)).toEqual([]);
  },
);

test("a suppression under such a key that comes between plan and sending counts at the sending", async () => {
  const audiences =
    "audiences:\n  - { id: all, name: all, platform: linkedin, mode: file, include: { employees: { atLeast: 1 } } }\n";
  const home = new TestHome({ config: { audiences } });
  await home.drop(ACCOUNTS);
  await home.drop(DECISION);
  const { accounts, digest } = (await home.at("2026-11-20")).ports;
  const key = domainId("acme-group.example", digest);
  const entry: SuppressionEntry = {
    type: "domain",
    value: "acme-group.example",
    reason: "customer",
    classes: ["customers"],
  };
  await accounts.save({ ...NO_CHANGES, suppressions: [{ key, list: "never", version: 1, entry }] }, 1_000);
  const [done] = (await home.approve()).audiences!;
  expect(done).toMatchObject({ desired: 2, exported: 1, parked: 1 });
  const members = [];
  for await (const member of (await home.ports()).audiences.members("all")) members.push(member);
  expect(members.filter(({ state }) => state === "parked")).toMatchObject([{ reason: "suppressed: customers" }]);
});
