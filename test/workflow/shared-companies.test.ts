import { describe, expect, test } from "vitest";
import { desk } from "../../packages/cli/src/cli.testing.ts";
import { textOfHome } from "./store-content.ts";
import { TestHome } from "./support.ts";

const table = desk();

async function done(...argv: string[]): Promise<void> {
  const said = await table.run(...argv);
  expect(said.code, said.err + said.out).toBe(0);
}

/** Files of one list by kind, in which the same companies come again; of the first a column is named that nobody knows. */
const LISTS: Record<string, { files: Record<string, string>; map: string }> = {
  accounts: {
    map: "Xyz=employees",
    files: {
      a: "Company,Website,Country,Xyz\nAcme,acme.example,DE,120\nAcme Pumps,acme.example,FR,90\nBeta,beta.example,GB,15\n",
      b: "Company,Website,Country\nAcme,acme.example,DE\nBeta Ltd,beta.example,GB\n",
      c: "Company,Website,Country,Industry\nAcme,acme.example,DE,Retail\n",
    },
  },
  contacts: {
    map: "Xyz=contact.title",
    files: {
      a: "First Name,Last Name,Email,Xyz,Company Name\nTest,One,one@acme.example,CEO,Acme\nTest,Two,two@acme.example,CFO,Acme\n",
      b: "First Name,Last Name,Email,Company Name,Department\nTest,One,one@acme.example,Acme,Sales\n",
      c: "First Name,Last Name,Email,Company Name,Country\nTester,One,one@acme.example,Acme,DE\n",
    },
  },
  orders: {
    map: "Xyz=order.quantity",
    files: {
      a: "Order ID,Customer ID,Order Date,SKU,Unit Price,Xyz\nO1,K1,2026-01-10,s1,10.00,3\nO1,K1,2026-01-10,s2,2.00,1\nO2,K1,2026-02-10,s1,9.00,2\n",
      b: "Order ID,Customer ID,Order Date,SKU,Quantity,Unit Price\nO1,K1,2026-01-10,s1,4,10.00\nO3,K1,2026-03-10,s1,1,5.00\n",
      c: "Order ID,Customer ID,Order Date,SKU,Quantity,Unit Price,Note\nO1,K1,2026-01-11,s1,5,10.00,again\n",
    },
  },
  deals: {
    map: "Xyz=deal.amount",
    files: {
      a: "Deal ID,Company,Deal Stage,Close Date,Xyz\nD1,Acme,Closed Won,2026-01-10,1000\nD2,Acme,Closed Lost,2026-01-11,500\n",
      b: "Deal ID,Company,Deal Stage,Amount,Close Date\nD1,Acme,Closed Lost,700,2026-02-10\nD3,Acme,Closed Won,40,2026-02-11\n",
      c: "Deal ID,Company,Deal Stage,Amount,Close Date,Deal Name\nD1,Acme,Closed Won,900,2026-03-10,more\nD4,Acme,Closed Won,90,2026-03-11,new\n",
    },
  },
};

describe.each(Object.entries(LISTS))("a list of %s whose files speak of the same companies", (kind, { files, map }) => {
  const list = ["--list", "crm", "--kind", kind] as const;
  const write = (): string[] => Object.entries(files).map(([name, text]) => table.file(`${name}.csv`, text));
  const said = async (): Promise<string> => {
    expect(((await table.json("reconcile")) as { differences: string[] }).differences).toEqual([]);
    const accounts = (await table.json("accounts")) as Array<{ id: string }>;
    const explained = [];
    for (const { id } of accounts) explained.push(await table.json("explain", id));
    const contacts = kind === "contacts" ? (await table.run("contacts", "--jsonl", "--personal")).out : "";
    // Which version said something is numbered anew.
    return JSON.stringify([accounts, explained, contacts]).replaceAll(/crm@[\d.]+/g, "crm");
  };

  test.each([1, 2, 3])("is without its file number %i as if that had never come, and with it again as before", async (n) => {
    const all = write();
    for (const [index, file] of all.entries()) if (index !== n - 1) await done("run", file, ...list);
    const without = await said();
    await done("lists", "undo", "crm");
    for (const file of all) await done("run", file, ...list);
    const whole = await said();
    expect(whole).not.toBe(without);
    await done("lists", "undo", "crm", "--version", String(all.length - 1 + n));
    expect(await said()).toBe(without);
    if (n !== all.length) return;
    await done("run", all[n - 1]!, ...list);
    expect(await said()).toBe(whole);
  });

  test("is, where its first file is read anew, as if it had been read so at once", async () => {
    const all = write();
    for (const file of all) await done("run", file, ...list);
    const before = await said();
    await done("inspect", all[0]!, "--kind", kind, "--map", map);
    await done("run", all[0]!, ...list);
    const anew = await said();
    expect(anew).not.toBe(before);
    await done("lists", "undo", "crm");
    for (const file of all) await done("run", file, ...list);
    expect(await said()).toBe(anew);
  });
});

test("what is kept of files that share a company holds nobody who was erased", async () => {
  const home = new TestHome();
  const { a, b } = LISTS.contacts!.files;
  for (const [name, text] of Object.entries({ a: a!, b: b! }))
    await home.drop({ name: `${name}.csv`, list: "crm", kind: "contacts", text });
  const kept = (): string[] => textOfHome(home.path).match(/personal\/evidence\/.*/g) ?? [];
  expect(kept()).toHaveLength(1);
  expect(textOfHome(home.path)).toContain("two@acme.example");
  await home.erase("two@acme.example");
  expect(textOfHome(home.path)).not.toContain("two@acme.example");
  await (await home.at("2026-11-20")).undo("crm", 2);
  expect(textOfHome(home.path)).not.toContain("two@acme.example");
  expect((await home.accounts())[0]!.groups[0]!.contacts).toMatchObject({ people: 1 });
  expect(kept()).toEqual([]);
});
