import { BugError } from "@bullseye/core/errors";
import { domainId } from "@bullseye/core/resolve/identity";
import { expect, test } from "vitest";
import { TestHome, type TestList } from "./support.ts";

const DOMAINS = ["a", "b", "c", "d", "e", "f"].map((each) => `firm-${each}.example`);
const accounts = `Website,Employees\n${DOMAINS.map((domain, at) => `${domain},${at + 1}\n`).join("")}`;
const outOf = (name: string, domains: readonly string[]): TestList => ({
  name,
  list: "out",
  kind: "suppressions",
  mode: "snapshot",
  text: `Domain,Reason\n${domains.map((domain) => `${domain},unsubscribed\n`).join("")}`,
});

test.each([
  ["another file of the list", 1, (home: TestHome) => home.drop(outOf("later.csv", DOMAINS.slice(0, 1)))],
  ["an undo", 0, (home: TestHome) => home.undo("out")],
] as const)("where %s breaks while it saves, whoever the list named before is still suppressed", async (_, left, take) => {
  let saves = Number.NEGATIVE_INFINITY;
  const home = new TestHome({
    settings: { partitionRows: 1 },
    adjust: (ports) => {
      const { save } = ports.accounts;
      ports.accounts.save = async (changes, fence) => {
        if (changes.accounts.length > 0 && ++saves === 2) throw new BugError("broken on purpose");
        return save.call(ports.accounts, changes, fence);
      };
    },
  });
  const suppressed = async (): Promise<number> => {
    const { accounts, digest } = await home.ports();
    return (await accounts.suppressed(DOMAINS.map((domain) => domainId(domain, digest)))).size;
  };
  await home.drop({ name: "crm.csv", kind: "accounts", text: accounts });
  await home.drop(outOf("out.csv", DOMAINS));
  saves = 0;
  await expect(take(home)).rejects.toThrow("broken on purpose");
  expect(await suppressed()).toBe(DOMAINS.length);
  await take(home);
  expect(await suppressed()).toBe(left);
  expect((await home.accounts()).filter(({ result }) => result!.suppressed !== undefined)).toHaveLength(left);
});
