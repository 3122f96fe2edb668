import { expect, test } from "vitest";
import { TestHome, type TestList } from "./support.ts";

const ACCOUNTS: TestList = { name: "crm.csv", kind: "accounts", text: "Company,Website\nAcme,acme.example\nBeta,beta.example\n" };
const ALONE: TestList = {
  name: "alone.csv",
  kind: "matches",
  text: "Company,Relation,Other company\nacme.example,alone,\nbeta.example,alone,\n",
};
const CUSTOMERS: TestList = { name: "customers.csv", kind: "suppressions", text: "Domain,Reason\nacme.example,customer\n" };

test("a company that stands alone by decision is looked at again without end of rounds", async () => {
  const home = new TestHome();
  for (const list of [ACCOUNTS, ALONE, CUSTOMERS])
    expect(await home.drop(list)).toMatchObject({ status: "done", balanced: true });
  expect((await home.accounts()).map(({ result }) => result!.suppressed).filter(Boolean)).toHaveLength(1);
});
