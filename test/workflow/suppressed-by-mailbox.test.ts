import { expect, test } from "vitest";
import { TestHome, type TestList } from "./support.ts";

/** The name says nothing of the domain of the mailbox. */
const CONTACTS: TestList = {
  name: "fair.csv",
  kind: "contacts",
  text: "First name,Email,Company\nTest,t1@bwk.example,Brennerei Altstadt\n",
};
const ACCOUNTS: TestList = { name: "crm.csv", kind: "accounts", text: "Company,Website\nBrennerei Altstadt,bwk.example\n" };
const ASKED: TestList = { name: "asked.csv", kind: "suppressions", text: "Domain,Reason\nbwk.example,opted out\n" };

const suppressed = async (home: TestHome): Promise<boolean[]> =>
  (await home.accounts()).map(({ result }) => result!.suppressed !== undefined);

test.each([
  [CONTACTS, ASKED],
  [ASKED, CONTACTS],
])(
  "a company known by a mailbox is left out with the mailbox's domain, whichever list comes first, and no longer than that",
  async (...lists) => {
    const home = new TestHome();
    for (const list of lists) await home.drop(list);
    expect(await suppressed(home)).toEqual([true]);
    await home.undo("asked");
    expect(await suppressed(home)).toEqual([false]);
  },
);

test("a company that has joined the one whose mailbox it uses is looked at once, not for ever", async () => {
  const home = new TestHome();
  for (const list of [CONTACTS, ACCOUNTS, ASKED]) await home.drop(list);
  expect(await suppressed(home)).toEqual([true]);
});
