import type { Digest } from "@bullseye/core/ports";
import { domainId, linkedinId } from "@bullseye/core/resolve/identity";
import { expect, test } from "vitest";
import { TestHome, type TestList } from "./support.ts";

const ACCOUNTS: TestList = {
  name: "crm.csv",
  kind: "accounts",
  text: "Company,Website,LinkedIn\nAcme,acme.example,linkedin.com/company/acme\nBeta,beta.example,\nAcme,,linkedin.com/company/acme\n",
};

const decisions = (name: string, ...rows: string[]): TestList => ({
  name: `${name}.csv`,
  kind: "matches",
  text: `company,relation,other company\n${rows.join("\n")}\n`,
});

/** Homes as a file of decisions writes them, with whatever kind of key somebody makes of them. */
const written = (digest: Digest) => ({
  acme: (rank: number) => `${rank}:${domainId("acme.example", digest)}`,
  beta: (rank: number) => `${rank}:${domainId("beta.example", digest)}`,
  page: (rank: number) => `${rank}:${linkedinId("company/acme", digest)}`,
});

async function opened(...lists: TestList[]): Promise<{ home: TestHome } & ReturnType<typeof written>> {
  const home = new TestHome();
  const { digest } = await home.ports();
  for (const list of lists) await home.drop(list);
  return { home, ...written(digest) };
}

test("a circle of two rows that call their companies another kind of key each time", async () => {
  const { home, acme, beta } = await opened(ACCOUNTS);
  const list = decisions("same", `${acme(3)},same,${beta(2)}`, `${acme(2)},same,${beta(3)}`);
  await expect(home.drop(list)).rejects.toMatchObject({ name: "InputError", message: expect.stringMatching(/row [23]/) });
  expect(await home.accounts()).toHaveLength(2);
});

test("one row against a key of the rows themselves", async () => {
  const { home, acme, page } = await opened(ACCOUNTS);
  const error = await home.drop(decisions("same", "", `${acme(1)},same,${page(2)}`)).catch((thrown) => thrown);
  expect(error).toMatchObject({
    name: "InputError",
    message: expect.stringContaining(`row 3 of the list "same" calls ${acme(1)} a name, and it is a domain`),
    hint: `write ${acme(3)} there, or name the company by its domain, page or name`,
  });
  expect((await home.drop(decisions("same", "", `${acme(3)},same,${page(2)}`))).status).toBe("done");
});

test("two lists, of which one is wrong about a company that nobody has named yet", async () => {
  const { home, acme, beta } = await opened();
  await home.drop(decisions("first", `${acme(3)},same,${beta(2)}`));
  await expect(home.drop(decisions("second", `${acme(3)},same,${beta(3)}`))).rejects.toMatchObject({
    name: "InputError",
    message: expect.stringContaining(
      `row 2 of the list "second" calls ${beta(3)} a domain, and the list "first" calls it a LinkedIn page`,
    ),
    hint: "write the same number before the id in both, or name the company by its domain, page or name",
  });
});

test("rows that come after a decision that was wrong about them", async () => {
  const { home, acme, beta } = await opened();
  await home.drop(decisions("early", `${acme(1)},same,${beta(3)}`));
  await expect(home.drop(ACCOUNTS)).rejects.toMatchObject({
    name: "InputError",
    message: expect.stringContaining(`the list "early" calls ${acme(1)} a name, and it is a domain`),
  });
  // The list as it should be, and the rows come in.
  await home.drop({ ...decisions("early", `${acme(3)},same,${beta(3)}`), mode: "snapshot" });
  await home.drop(ACCOUNTS);
  expect(await home.accounts()).toHaveLength(1);
});
