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
