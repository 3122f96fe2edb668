import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { gzipSync } from "node:zlib";
import { nothingFound } from "@bullseye/core/erasure/found";
import { redactFamilies } from "@bullseye/core/erasure/redact-families";
import { tombstonesOf } from "@bullseye/core/erasure/tombstones";
import { reconcile } from "@bullseye/core/queries/reconcile";
import { trace } from "@bullseye/core/queries/trace";
import { describe, expect, test } from "vitest";
import { makeZip } from "../reading/make-zip.ts";
import { filesUnder, textOfHome } from "./store-content.ts";
import { TestHome, type TestList } from "./support.ts";

const AUDIENCES = `audiences:
  - { id: all, name: All, platform: linkedin, mode: file, include: { employees: { atLeast: 1 } }, limits: { removeShare: 1, addShare: 1 } }
`;

const ACCOUNTS: TestList = {
  name: "crm.csv",
  kind: "accounts",
  text: [
    "Customer ID,Company,Website,Country,Employees,Contact e-mail",
    "C1,Nordlicht Hydraulik GmbH,nordlicht.example,DE,220,kim.quist@nordlicht.example",
    "C2,Acme Ltd,acme.example,GB,40,",
    ",Nordlicht Hydraulik GmbH,,DE,221,",
    "C3,Solo Name,,FR,12,",
    "",
  ].join("\n"),
};
const PEOPLE: TestList = {
  name: "people.csv",
  kind: "contacts",
  text: [
    "First name,Last name,Job title,Company,Website,E-mail,Phone",
    "Kim,Quist,CFO,Nordlicht Hydraulik GmbH,nordlicht.example,Kim.Quist@nordlicht.example,+49 40 5550 101",
    "Lee,Marsh,CTO,Nordlicht Hydraulik GmbH,nordlicht.example,lee@nordlicht.example,+49 40 5550 102",
    "Ana,Solo,Owner,Studio Solo,studio-solo.example,ana@studio-solo.example,+34 91 5550 103",
    "Kim,Quist,,,,kim.quist@nordlicht.example,,",
    "",
  ].join("\n"),
};
const ORDERS: TestList = {
  name: "orders.csv",
  kind: "orders",
  text: [
    "Order ID,Customer ID,Company,Order Date,SKU,Quantity,Unit Price,Buyer email",
    "O1,C1,Nordlicht Hydraulik GmbH,2026-10-01,s1,3,10.00,kim.quist@nordlicht.example",
    "O2,C1,Nordlicht Hydraulik GmbH,2026-10-02,s1,3,10.00,lee@nordlicht.example",
    "",
  ].join("\n"),
};

const trailsIn = (home: TestHome, trails: readonly string[]): string[] => {
  const text = textOfHome(home.path);
  return trails.filter((trail) => text.includes(trail));
};

async function filled(...lists: TestList[]): Promise<TestHome> {
  const home = new TestHome({ config: { audiences: AUDIENCES } });
  for (const list of lists) await home.drop(list);
  await home.approve();
  return home;
}

const balance = async (home: TestHome) => reconcile((await home.at("2026-11-20")).ports);

describe("erasing a person", () => {
  test("leaves nothing of them anywhere, and all of everybody else", async () => {
    const home = await filled(ACCOUNTS, PEOPLE, ORDERS);
    expect(trailsIn(home, ["kim.quist@nordlicht.example"])).toHaveLength(1);
    const erasure = await home.erase("  KIM.QUIST@nordlicht.example");
    expect(erasure).toMatchObject({ kind: "person", pending: [] });
    expect(Object.fromEntries(erasure.removed.map(({ where, n }) => [where, n]))).toMatchObject({
      "inbox/contacts/people/people.csv": 2,
      "inbox/accounts/crm/crm.csv": 1,
      "inbox/orders/orders/orders.csv": 1,
      "store: contacts": 1,
      "store: buyers of orders": 1,
    });
    const text = textOfHome(home.path);
    for (const trail of ["kim.quist", "quist", "5550 101"]) expect(text).not.toContain(trail);
    for (const other of ["lee@nordlicht.example", "ana@studio-solo.example", "nordlicht.example"]) expect(text).toContain(other);
    expect((await home.accounts()).map((item) => item.result!.show.name).sort()).toEqual([
      "Acme Ltd",
      "Nordlicht Hydraulik GmbH",
      "Solo Name",
      "Studio Solo",
    ]);
    const { ports } = await home.at("2026-11-20");
    expect(await reconcile(ports)).toMatchObject({ balanced: true });
    expect(await trace(ports, "kim.quist@nordlicht.example")).toMatchObject([{ stage: "erase", what: "erased" }]);
    expect((await trace(ports, "people:2")).map(({ what }) => what)).toEqual(expect.arrayContaining(["accepted", "erased"]));
    expect((await trace(ports, "people:3")).map(({ what }) => what)).not.toContain("erased");
    const [stone] = await tombstonesOf(ports);
    expect(stone).toMatchObject({ id: erasure.tombstone, kind: "person" });
    expect(stone!.marks.every((mark) => /^[0-9a-f]{20}$/.test(mark))).toBe(true);
  });

  test("again takes nothing more, by the id of the contact too", async () => {
    const home = await filled(ACCOUNTS, PEOPLE, ORDERS);
    const { ports } = await home.at("2026-11-20");
    const id = ports.digest.keyed("kim.quist@nordlicht.example");
    const first = await home.erase(id);
    expect(first.removed.length).toBeGreaterThan(3);
    for (const key of [id, "kim.quist@nordlicht.example"]) expect((await home.erase(key)).removed).toEqual([]);
    expect(await tombstonesOf(ports)).toHaveLength(2);
    expect(await balance(home)).toMatchObject({ differences: [], balanced: true });
  });

  test("takes a company with them that nothing else named", async () => {
    const home = await filled(PEOPLE);
    await home.erase("ana@studio-solo.example");
    expect((await home.accounts()).map((item) => item.result!.show.domain)).toEqual(["nordlicht.example"]);
    expect(trailsIn(home, ["solo"])).toEqual([]);
    expect(await balance(home)).toMatchObject({ differences: [], balanced: true });
  });

  test("keeps them out of every later list, in whatever shape, and undo brings nobody back", async () => {
    const home = await filled(ACCOUNTS, PEOPLE, ORDERS);
    await home.erase("kim.quist@nordlicht.example");
    const { digest } = (await home.at("2026-11-20")).ports;
    const sha256 = digest.sha256("kim.quist@nordlicht.example");
    await (await home.at("2026-11-20")).undo("people");
    const again = await home.drop(PEOPLE);
    expect(again.rows).toMatchObject({ in: 4, accepted: 2, rejected: 2 });
    await home.drop({
      ...PEOPLE,
      name: "fair.csv",
      text: "Email,Name,Company\nKIM.QUIST@NORDLICHT.EXAMPLE ,Kim Quist,Nordlicht\n",
    });
    await home.drop({
      ...PEOPLE,
      name: "hashed.csv",
      text: `Email SHA256,Title,Company\n${sha256},CFO,Nordlicht Hydraulik GmbH\n`,
    });
    await home.drop({
      ...PEOPLE,
      name: "homeless.csv",
      text: "Email,Name,Company\nkim.quist@nordlicht.example,Kim Quist,\nx@mail.example,X,Acme\n",
    });
    await home.drop({ ...PEOPLE, name: "named.csv", text: "First name,Last name,Website\nKim,Quist,nordlicht.example\n" });
    await home.drop({ name: "out.csv", kind: "suppressions", text: "Email\nkim.quist@nordlicht.example\n" });
    const orders = await home.drop({ ...ORDERS, name: "more.csv", text: (ORDERS.text as string).replaceAll(/\bO(\d)/g, "P$1") });
    expect(orders.rows).toMatchObject({ accepted: 2, rejected: 0 });
    const kept = new DatabaseSync(join(home.path, "store.sqlite"));
    const store = JSON.stringify([
      kept.prepare("SELECT * FROM facts").all(),
      kept.prepare("SELECT * FROM suppressions").all(),
      kept.prepare("SELECT * FROM accounts").all(),
    ]).toLowerCase();
    kept.close();
    for (const trail of ["quist", sha256, digest.keyed("kim.quist@nordlicht.example")]) expect(store).not.toContain(trail);
    for (const each of readdirSync(join(home.path, "rejects"), { recursive: true, withFileTypes: true }))
      if (each.isFile()) expect(readFileSync(join(each.parentPath, each.name), "utf8").toLowerCase()).not.toContain("quist");
    expect(await balance(home)).toMatchObject({ differences: [], balanced: true });
  });
});

describe("copies of files that are packed or in another encoding", () => {
  const text =
    "First name,Last name,Company,Website,E-mail\nKim,Quist,Acme,acme.example,kim@acme.example\nLee,Marsh,Acme,acme.example,lee@acme.example\n";
  const inbox = (home: TestHome): string[] => Object.keys(filesUnder(home.path, "inbox/contacts/people"));

  test.each([
    ["people.csv.gz", gzipSync(text), "people.csv.gz"],
    ["people.csv", Buffer.from(`\ufeff${text}`, "utf16le"), "people.csv"],
    ["people.zip", makeZip([{ name: "people.csv", content: text }]), "table-of-people.zip.csv"],
  ])("%s", async (name, bytes, copy) => {
    const home = new TestHome();
    await home.drop({ name, list: "people", kind: "contacts", text: bytes });
    for (const removed of [
      [
        { where: `inbox/contacts/people/${copy}`, n: 1 },
        { where: "store: contacts", n: 1 },
      ],
      [],
    ])
      expect((await home.erase("kim@acme.example")).removed.filter(({ where }) => !where.startsWith("reports/"))).toEqual(
        removed,
      );
    expect(inbox(home)).toEqual([`inbox/contacts/people/${copy}`, `inbox/contacts/people/${copy}.list.json`]);
    expect(trailsIn(home, ["quist", "lee@acme.example"])).toEqual(["lee@acme.example"]);
    const kept = readFileSync(join(home.path, "inbox/contacts/people", copy));
    expect(await home.dropped({ name: copy, list: "people", kind: "contacts", text: kept })).toMatchObject({
      alreadyImported: true,
    });
    expect(await balance(home)).toMatchObject({ differences: [], balanced: true });
  });
});

describe("a private customer", () => {
  test("goes with name and orders, and comes back by neither", async () => {
    const text =
      "Order ID,Customer name,Order Date,Quantity,Unit Price,Email\nO1,Ana Solo,2026-10-01,1,5,ana@mail.example\nO2,Bo Case,2026-10-01,1,5,bo@mail.example\n";
    const home = await filled({ name: "shop.csv", kind: "orders", text });
    expect(await home.accounts()).toHaveLength(2);
    await home.erase("ana@mail.example");
    expect(await home.accounts()).toHaveLength(1);
    expect(trailsIn(home, ["ana@", "ana solo", "bo@mail.example"])).toEqual(["bo@mail.example"]);
    const later = await home.drop({ name: "later.csv", kind: "orders", text: text.replaceAll(/\bO(\d)/g, "P$1") });
    expect(later.rows).toMatchObject({ accepted: 1, rejected: 1 });
    expect(await home.accounts()).toHaveLength(1);
    expect(await balance(home)).toMatchObject({ differences: [], balanced: true });
  });
});

describe("erasing a company", () => {
  test("takes all its homes, people and orders, and plans its removal", async () => {
    const home = await filled(ACCOUNTS, PEOPLE, ORDERS);
    const erasure = await home.erase("www.nordlicht.example");
    expect(erasure.kind).toBe("company");
    expect(erasure.pending).toMatchObject([{ audience: "all", platform: "linkedin", n: 1 }]);
    expect((await home.accounts()).map((item) => item.result!.show.name).sort()).toEqual([
      "Acme Ltd",
      "Solo Name",
      "Studio Solo",
    ]);
    const { ports } = await home.at("2026-11-20");
    expect(await reconcile(ports)).toMatchObject({ differences: [], balanced: true });
    expect(await trace(ports, "nordlicht.example")).toMatchObject([{ stage: "erase" }]);
    expect((await trace(ports, "crm:2")).map(({ what }) => what)).toContain("erased");
    // What the platform holds can only be taken back by what was sent.
    const [push] = await ports.audiences.pushes("all");
    expect((await home.erase("nordlicht.example")).pending).toEqual(erasure.pending);
    await home.approve();
    const { confirmPush } = await import("@bullseye/core/audiences/approve");
    await confirmPush(ports, push!.pushId);
    expect((await home.erase("nordlicht.example")).pending).toEqual([]);
    expect(trailsIn(home, ["nordlicht", "quist", "acme.example"])).toEqual(["acme.example"]);
  });

  test("keeps it out by every key it had", async () => {
    const home = await filled(ACCOUNTS);
    await home.erase("nordlicht.example");
    const rejected = async (list: TestList) => (await home.drop(list)).rows!.rejected;
    expect(
      await rejected({
        ...ACCOUNTS,
        name: "a.csv",
        text: "Company,Website\nNordlicht,https://shop.nordlicht.example/x\nNew,new.example\n",
      }),
    ).toBe(1);
    expect(
      await rejected({
        ...ACCOUNTS,
        name: "b.csv",
        text: "Company,Country\nNORDLICHT HYDRAULIK GMBH,DE\nNordlicht Hydraulik GmbH,\nNordlicht Hydraulik,JP\n",
      }),
    ).toBe(2);
    expect(
      await rejected({ ...PEOPLE, name: "c.csv", text: "E-mail,Company\nnew@nordlicht.example,Nordlicht Hydraulik GmbH\n" }),
    ).toBe(1);
    expect(
      await rejected({
        ...ORDERS,
        name: "d.csv",
        text: "Order ID,Customer ID,Order Date,Quantity,Unit Price\nX1,C1,2026-10-01,1,1\nX2,C2,2026-10-01,1,1\n",
      }),
    ).toBe(1);
    expect(await balance(home)).toMatchObject({ differences: [], balanced: true });
  });

  test("not yet known is kept out from now on", async () => {
    const home = await filled(ORDERS);
    expect((await home.erase("acme.example")).removed).toEqual([]);
    expect((await home.drop(ACCOUNTS)).rows).toMatchObject({ rejected: 1 });
  });
});

test("a file that is dropped again under another list keeps nobody who was erased, in the inbox or beside it", async () => {
  const home = new TestHome();
  await home.drop(PEOPLE);
  await home.erase("kim.quist@nordlicht.example");
  const again: TestList = { ...PEOPLE, name: "again.csv", list: "again" };
  // One row can not be used, so that the bytes of the file are kept for it.
  const text = `${PEOPLE.text}Nobody,Known,,,,,\n`;
  const run = await home.drop({ ...again, text });
  expect(run.rows).toMatchObject({ in: 5, accepted: 2, rejected: 3 });
  expect(filesUnder(home.path, "objects/personal/versions")).not.toEqual({});
  // Records keep their places.
  expect(readFileSync(join(home.path, "inbox/contacts/again/again.csv"), "utf8").split("\n")).toHaveLength(7);
  expect(trailsIn(home, ["kim.quist@nordlicht.example"])).toEqual([]);
  expect(trailsIn(home, ["lee@nordlicht.example"])).toHaveLength(1);
  expect((await reconcile(await home.ports())).differences).toEqual([]);
  expect((await home.dropped({ ...again, text })).alreadyImported).toBe(true);
});

test("while another process has the store open, its log holds nobody who was erased", async () => {
  const home = new TestHome();
  await home.drop(PEOPLE);
  const watching = new DatabaseSync(join(home.path, "store.sqlite"));
  try {
    watching.prepare("SELECT count(*) FROM facts").get();
    await home.erase("kim.quist@nordlicht.example");
    for (const file of readdirSync(home.path).filter((each) => each.startsWith("store.sqlite")))
      expect(readFileSync(join(home.path, file), "latin1").toLowerCase(), file).not.toContain("kim.quist@nordlicht.example");
  } finally {
    watching.close();
  }
});

test("a company that kept those below it out is named by no run, plan, report or member any more", async () => {
  const audiences = AUDIENCES.replace("mode: file,", "mode: file, suppress: { family: parent },");
  const home = new TestHome({ config: { audiences } });
  const text =
    "Company,Website,Employees,Parent Company\nAcme & Group,group.example,900,\nPumps,pumps.example,50,group.example\nSeals,seals.example,20,pumps.example\n";
  await home.drop({ name: "crm.csv", kind: "accounts", text });
  await home.drop({ name: "customers.csv", kind: "suppressions", text: "Domain,Reason\ngroup.example,customer\n" });
  await home.approve();
  expect(textOfHome(home.path)).toContain("its ultimate parent acme & group is a customer");
  const erasure = await home.erase("group.example");
  expect(erasure.removed.map(({ where }) => where)).toContain("what keeps the companies below it out");
  for (const trail of ["acme & group", "acme &amp; group"]) expect(textOfHome(home.path)).not.toContain(trail);
  expect((await home.erase("group.example")).removed).toEqual([]);
  expect((await balance(home)).balanced).toBe(true);
});

test("a member that was not sent names no erased company as the reason", async () => {
  const home = await filled(ACCOUNTS);
  const { ports } = await home.at("2026-11-20");
  const reasons = async (): Promise<Set<string | undefined>> => {
    const found = new Set<string | undefined>();
    for await (const { reason } of ports.audiences.members("all")) found.add(reason);
    return found;
  };
  for await (const member of ports.audiences.members("all"))
    await ports.audiences.putMembers(
      [{ ...member, state: "parked", reason: "suppressed: its parent Acme Group is a customer" }],
      [],
    );
  await redactFamilies(ports, { ...nothingFound("company"), titles: ["Acme"] });
  expect(await reasons()).toEqual(new Set(["suppressed: its parent Acme Group is a customer"]));
  await redactFamilies(ports, { ...nothingFound("company"), titles: ["Acme Group"] });
  expect(await reasons()).toEqual(new Set(["suppressed: its parent (erased) is a customer"]));
});
