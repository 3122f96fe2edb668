import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { desk } from "../cli.testing.ts";
import { EraseDocument } from "../contract.ts";

const here = desk();
const PEOPLE =
  "First name,Last name,Job title,Company,Website,E-mail\nKim,Quist,CFO,Acme Ltd,acme.example,kim@acme.example\nLee,Marsh,CTO,Acme Ltd,acme.example,lee@acme.example\n";

test("erase says what it took out, keeps the person out, and names nobody", async () => {
  const file = here.file("people.csv", PEOPLE);
  expect((await here.run("run", file, "--source", "first-party")).code).toBe(0);
  const said = await here.run("erase", "KIM@acme.example", "--json");
  const { removed, pending, tombstone } = EraseDocument.parse(JSON.parse(said.out));
  expect(removed).toContainEqual({ where: "inbox/contacts/people/people.csv", n: 1 });
  expect(pending).toEqual([]);
  expect(said.out + said.err).not.toMatch(/kim|quist/i);
  expect(await here.json("erase", "--list")).toMatchObject({ tombstones: [{ tombstone, kind: "person" }] });
  expect(await here.json("trace", "kim@acme.example")).toMatchObject({ events: [{ what: "erased" }] });
  expect(await here.json("reconcile")).toMatchObject({ balanced: true });
  expect(await here.json("run", file)).toMatchObject({ runs: [{ alreadyImported: true }] });
  const copy = here.file("again.csv", readFileSync(`${here.path}/.bullseye/inbox/contacts/people/people.csv`));
  expect(await here.json("run", copy, "--list", "people", "--kind", "contacts")).toMatchObject({
    runs: [{ alreadyImported: true }],
  });
  const other = here.file("other.csv", PEOPLE);
  expect(await here.json("run", other, "--source", "first-party")).toMatchObject({
    runs: [{ rows: { accepted: 1, rejected: 1 } }],
  });
  const rejects = readFileSync(`${here.path}/.bullseye/rejects/other/${(await runs())[0]}.csv`, "utf8");
  expect(rejects).toContain("erased");
  expect(rejects).not.toMatch(/kim|quist/i);
});

async function runs(): Promise<string[]> {
  return ((await here.json("runs")) as { runs: Array<{ runId: string }> }).runs.map(({ runId }) => runId);
}

test("export-person tells all that is stored, and nothing of others", async () => {
  await here.run("run", here.file("people.csv", PEOPLE), "--source", "first-party");
  const known = await here.json("export-person", "kim@acme.example");
  expect(known).toMatchObject({
    contacts: [
      {
        personal: { email: "kim@acme.example", firstName: "Kim", lastName: "Quist" },
        title: "CFO",
        account: { domain: "acme.example" },
        sources: [{ list: "people", version: 1, row: 2, file: "people.csv", origin: "first-party" }],
      },
    ],
    erased: null,
  });
  expect(JSON.stringify(known)).not.toMatch(/lee|marsh/i);
  const written = await here.run("export-person", "kim@acme.example", "--out", "kim.json");
  expect(written).toMatchObject({ code: 0, out: "" });
  expect(JSON.parse(readFileSync(`${here.path}/kim.json`, "utf8"))).toMatchObject({ contacts: [{ title: "CFO" }] });
  await here.run("erase", "kim@acme.example");
  expect(await here.json("export-person", "kim@acme.example")).toMatchObject({
    contacts: [],
    orders: [],
    erased: expect.any(String),
  });
});

test("what names nobody for sure is refused", async () => {
  await here.run("run", here.file("people.csv", PEOPLE), "--source", "first-party");
  expect(await here.run("erase", "nobody-here")).toMatchObject({ code: 2 });
  expect(await here.run("erase", "ffffffffffffffffffff")).toMatchObject({ code: 2 });
  expect(await here.run("export-person", "acme.example")).toMatchObject({ code: 2 });
});
