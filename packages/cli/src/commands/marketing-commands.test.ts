import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AccountListing } from "@bullseye/core/queries/accounts";
import type { AudienceListing } from "@bullseye/core/queries/audiences";
import type { ContactListing } from "@bullseye/core/queries/contacts";
import type { Explanation } from "@bullseye/core/queries/explain";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { callCli, type Said } from "../cli.testing.ts";
import type { ResolvedRow } from "../company-resolution.ts";

let folder: string;
let home: string;

const bullseye = (...words: string[]): Promise<Said> => callCli(folder, words);

const at = (...words: string[]): string[] => [...words, "--home", home, "--as-of", "2026-11-20", "--workers", "0"];
const lines = <T>(text: string): T[] =>
  text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as T);
const write = (name: string, ...rows: string[]): string => {
  const path = join(folder, name);
  writeFileSync(path, `${rows.join("\n")}\n`);
  return path;
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "bullseye-cli-"));
  home = join(folder, "home");
  const accounts = write(
    "fair.csv",
    "Company,Website,Country,Industry,Employees,Annual Revenue",
    "Ashgrove Labs LLC,ashgrove-labs.example,United States,Manufacturing,900,80000000",
    "Harrowgate Plastics plc,harrowgate-plastics.example,United Kingdom,Manufacturing,520,60000000",
    "Harrowgate Plastics,,United Kingdom,,,",
    "Small Desk,small-desk.example,Peru,Consulting,3,",
    "N/A,,,,,",
    ",,,,,",
    "Ashgrove Labs,www.ashgrove-labs.example,,,,",
    "Olivar,olivar.example,Spain,Retail,120,12000000",
  );
  const people = write(
    "people.csv",
    "First Name,Last Name,Email,Job Title,Company Name,Company Domain Name,Marketing consent",
    "Adela,Ejemplar,adela@olivar.example,Purchasing Manager,Olivar,olivar.example,granted",
    "Tilda,Testerby,tilda@ashgrove-labs.example,Chief Executive Officer,Ashgrove Labs LLC,,",
  );
  const orders = write(
    "orders.csv",
    "Order ID,Order Date,Company,Website,Quantity,Unit Price,Currency",
    "O-1,2026-10-01,Olivar,olivar.example,2,10.25,EUR",
    "O-2,2026-11-01,Olivar,olivar.example,1,100,EUR",
  );
  for (const words of [
    ["--source", "first-party", accounts],
    ["--kind", "contacts", people],
    ["--kind", "orders", orders],
  ]) {
    const { code, err } = await bullseye(...at("run", ...words, "--quiet"));
    expect({ code, err }).toEqual({ code: 0, err: "" });
  }
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("accounts", () => {
  test("lists all of them best first, in every format the same", async () => {
    const { code, out } = await bullseye(...at("accounts", "--json"));
    const accounts = JSON.parse(out) as AccountListing[];
    expect(code).toBe(0);
    expect(accounts.map(({ domain }) => domain).sort()).toEqual([
      "ashgrove-labs.example",
      "harrowgate-plastics.example",
      "olivar.example",
      "small-desk.example",
    ]);
    const scores = accounts.map(({ score }) => score ?? -1);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(lines((await bullseye(...at("accounts", "--jsonl"))).out)).toEqual(accounts);
    expect((await bullseye(...at("accounts", "--csv"))).out.trim().split("\n")).toHaveLength(accounts.length + 1);
    expect(lines((await bullseye(...at("accounts", "--jsonl", "--limit", "2"))).out)).toEqual(accounts.slice(0, 2));
  });

  test("says where each comes from and what it bought", async () => {
    const accounts = JSON.parse((await bullseye(...at("accounts", "--json"))).out) as AccountListing[];
    const of = (domain: string): AccountListing => accounts.find((each) => each.domain === domain)!;
    expect(of("harrowgate-plastics.example").sources).toEqual([
      { list: "fair", row: 3 },
      { list: "fair", row: 4 },
    ]);
    expect(of("ashgrove-labs.example").sources.filter(({ list }) => list === "fair")).toEqual([
      { list: "fair", row: 2 },
      { list: "fair", row: 8 },
    ]);
    expect(of("olivar.example").transactions).toEqual({ orders: 2, revenue: 120.5, currency: "EUR", lastOrderAt: "2026-11-01" });
    expect(of("small-desk.example")).toMatchObject({ country: "PE", employees: 3, revenue: null, transactions: { orders: 0 } });
  });

  test("keeps to a tier or segment, and names those there are", async () => {
    const all = JSON.parse((await bullseye(...at("accounts", "--json"))).out) as AccountListing[];
    const tier = all[0]!.tier;
    const some = JSON.parse((await bullseye(...at("accounts", "--json", "--tier", tier))).out) as AccountListing[];
    expect(some).toEqual(all.filter((each) => each.tier === tier));
    const { code, err } = await bullseye(...at("accounts", "--segment", "mid-markt"));
    expect(code).toBe(2);
    expect(err).toContain("mid-market");
    expect(JSON.parse((await bullseye(...at("accounts", "--json", "--tier", "unknown"))).out)).toEqual([]);
  });
});

describe("contacts", () => {
  test("are at their accounts, without a name or address", async () => {
    const accounts = JSON.parse((await bullseye(...at("accounts", "--json"))).out) as AccountListing[];
    const { out } = await bullseye(...at("contacts", "--jsonl"));
    const contacts = lines<ContactListing>(out);
    const olivar = accounts.find(({ domain }) => domain === "olivar.example")!;
    expect(contacts.find(({ accountId }) => accountId === olivar.id)).toMatchObject({
      title: "Purchasing Manager",
      department: "procurement",
      consent: "granted",
      sources: [{ list: "people", row: 2 }],
    });
    expect(contacts).toHaveLength(2);
    expect(out).not.toMatch(/Ejemplar|adela|tilda/i);
    const personal = lines<ContactListing>((await bullseye(...at("contacts", "--jsonl", "--personal"))).out);
    expect(personal.map(({ personal: known }) => known?.email).sort()).toEqual([
      "adela@olivar.example",
      "tilda@ashgrove-labs.example",
    ]);
  });
});

describe("explain", () => {
  test("adds up to the stored score, whichever way the account is named", async () => {
    const [best] = JSON.parse((await bullseye(...at("accounts", "--json", "--limit", "1"))).out) as AccountListing[];
    const explained = JSON.parse((await bullseye(...at("explain", best!.id, "--json"))).out) as Explanation;
    const sum = explained.contributions.reduce((total, each) => total + Math.round(each.points * 100), 0) / 100;
    expect(explained).toMatchObject({
      account: best!.id,
      icp: "b2b-ecommerce",
      score: best!.score,
      low: best!.low,
      high: best!.high,
      tier: best!.tier,
    });
    expect(sum).toBe(best!.score);
    expect(explained.contributions.every(({ rule, origin }) => rule !== "" && origin !== undefined)).toBe(true);
    for (const words of [best!.id.slice(0, 8), `https://www.${best!.domain}/about`, best!.name!.toUpperCase()])
      expect(JSON.parse((await bullseye(...at("explain", words, "--json"))).out)).toEqual(explained);
  });

  test("names what there is when it cannot", async () => {
    expect((await bullseye(...at("explain", "nobody.example"))).code).toBe(2);
    const { code, err } = await bullseye(...at("explain", "olivar.example", "--icp", "other"));
    expect(code).toBe(2);
    expect(err).toContain("b2b-ecommerce");
  });

  test("for people it shows points, what is unknown and what would change the tier", async () => {
    const { out } = await bullseye(...at("explain", "olivar.example"));
    expect(out).toContain("What would change the tier:");
    expect(out).toContain("Not known; estimated from the rest");
    expect(out).toMatch(/company size +120/);
  });
});

describe("resolve", () => {
  test("has a line for each data row, and needs no home", async () => {
    const temporary = join(folder, "temporary");
    mkdirSync(temporary);
    vi.stubEnv("TMPDIR", temporary);
    const { code, out } = await bullseye("resolve", join(folder, "fair.csv"), "--jsonl");
    vi.unstubAllEnvs();
    const rows = lines<ResolvedRow>(out);
    expect(code).toBe(0);
    expect(rows.map(({ row }) => row)).toEqual([2, 3, 4, 5, 6, 8, 9]);
    const of = (row: number): ResolvedRow => rows.find((each) => each.row === row)!;
    expect(of(8).accountId).toBe(of(2).accountId);
    expect(of(8).method).toBe("domain");
    expect(of(4)).toMatchObject({ accountId: of(3).accountId, method: "name+place" });
    expect(of(5).method).toBe("new");
    expect(of(6)).toMatchObject({ accountId: null, method: "rejected", confidence: 0 });
    expect(existsSync(join(folder, ".bullseye"))).toBe(false);
    expect(readdirSync(temporary)).toEqual([]);
  });

  test("gives the ids that a run gives", async () => {
    const rows = lines<ResolvedRow>((await bullseye("resolve", join(folder, "fair.csv"), "--jsonl")).out);
    const accounts = JSON.parse((await bullseye(...at("accounts", "--json"))).out) as AccountListing[];
    for (const { id, sources } of accounts)
      for (const { list, row } of sources) if (list === "fair") expect(rows.find((each) => each.row === row)?.accountId).toBe(id);
  });

  test("refuses lists that name no companies", async () => {
    const file = write("never.csv", "Domain,Reason", "olivar.example,competitor");
    expect((await bullseye("resolve", file, "--kind", "suppressions")).code).toBe(2);
  });
});

describe("icp", () => {
  test("check and test answer in one shape", async () => {
    await bullseye("init", "--home", join(folder, "rules"));
    const profile = join(folder, "rules", "config", "icp.yaml");
    expect(JSON.parse((await bullseye("icp", "check", profile, "--json")).out)).toEqual({ ok: true, problems: [] });
    expect(JSON.parse((await bullseye("icp", "test", profile, "--json")).out)).toMatchObject({ ok: true, problems: [] });
    const wrong = write("wrong.yaml", readFileSync(profile, "utf8").replace("weight: 14", "wieght: 14"));
    const { code, out } = await bullseye("icp", "check", wrong, "--json");
    expect(code).toBe(2);
    expect(JSON.parse(out)).toMatchObject({ ok: false, problems: [{ path: "rules[0].wieght", line: 30 }] });
  });

  test("a verb that does not exist yet is said to be none", async () => {
    const { code, err } = await bullseye("icp", "learn", "--quiet");
    expect(code).toBe(2);
    expect(err).toContain("check and test");
  });
});

describe("audiences", () => {
  const listed = async (...words: string[]): Promise<AudienceListing[]> =>
    (JSON.parse((await bullseye(...at("audiences", ...words, "--json"))).out) as { audiences: AudienceListing[] }).audiences;

  test("from plan to a confirmed upload", async () => {
    const waiting = (await listed("plan")).find((each) => each.mode === "api" && each.awaitingApproval)!;
    expect(waiting).toMatchObject({ id: "strategic-accounts", told: 0, add: waiting.desired });
    expect(waiting.desired).toBeGreaterThan(0);
    const rules = join(home, "config", "audiences.yaml");
    await bullseye(...at("init"));
    writeFileSync(rules, readFileSync(rules, "utf8").replace("mode: api", "mode: file"));
    const { out: replanned, err } = await bullseye(...at("audiences", "plan", "--json"));
    expect(err).toContain("the rules have changed");
    const strategic = (JSON.parse(replanned) as { audiences: AudienceListing[] }).audiences[0]!;
    expect(strategic).toMatchObject({ mode: "file", awaitingApproval: true });
    expect(strategic.hash).not.toBe(waiting.hash);

    const dry = await bullseye(...at("audiences", "push", "--dry-run"));
    expect(dry.out).toContain("held: waits for approval");
    expect((await bullseye(...at("audiences", "approve", "000000"))).code).toBe(2);
    expect((await bullseye(...at("audiences", "approve", strategic.hash!.slice(0, 8)))).code).toBe(0);
    expect((await bullseye(...at("audiences", "push"))).code).toBe(0);
    const [told] = await listed("status");
    expect(told).toMatchObject({
      told: strategic.desired,
      add: 0,
      remove: 0,
      awaitingApproval: false,
      exported: strategic.desired,
    });
    expect(told!.files.length).toBeGreaterThan(0);
    for (const file of told!.files) expect(readFileSync(join(home, file), "utf8")).toContain("harrowgate-plastics.example");

    expect((await bullseye(...at("audiences", "confirm", told!.push!.pushId, "--matched", "1"))).code).toBe(0);
    expect((await listed("status"))[0]).toMatchObject({ exported: 0, confirmed: strategic.desired });
    expect((await listed("plan"))[0]).toMatchObject({ add: 0, remove: 0, told: strategic.desired });
  });

  test("an audience without credentials is parked, with the reason, and the push ends with 1", async () => {
    const rules = join(home, "config", "audiences.yaml");
    writeFileSync(
      rules,
      readFileSync(rules, "utf8").replace("    mode: file", "    mode: api").replace("{ tiers: [A] }", "{ tiers: [A, B] }"),
    );
    const [strategic] = await listed("plan");
    if (strategic!.add === 0) throw new Error("the fixture must leave something to tell");
    await bullseye(...at("audiences", "approve", strategic!.hash!.slice(0, 12)));
    const { code, err } = await bullseye(...at("audiences", "push", "--json"));
    expect(code).toBe(1);
    expect(err).toContain("strategic-accounts was not delivered");
    expect((await listed("status"))[0]!.parkedReason).toContain("adAccount");
    const doctor = await bullseye(...at("doctor", "--json"));
    expect(doctor.code).toBe(1);
    expect(JSON.parse(doctor.out)).toMatchObject({ ok: false });
    expect(doctor.out).toContain("held up: strategic-accounts");
    expect((await bullseye(...at("audiences", "retry"))).code).toBe(1);
    const again = await bullseye(...at("run", join(folder, "fair.csv"), "--source", "first-party", "--approve"));
    expect(again.code).toBe(0);
    expect(again.err).toMatch(/strategic-accounts was approved and not delivered: .*LINKEDIN_AD_ACCOUNT.*bullseye sandbox/);
  });

  test("freeze and unfreeze one that exists", async () => {
    await bullseye(...at("audiences", "freeze", "win-back-customers"));
    expect((await listed()).find(({ id }) => id === "win-back-customers")!.frozen).toBe(true);
    const { out } = await bullseye(...at("audiences"));
    expect(out).toMatch(/bullseye audiences unfreeze win-back-customers --home \S+home\n/);
    await bullseye(...at("audiences", "unfreeze", "win-back-customers"));
    expect((await listed()).find(({ id }) => id === "win-back-customers")!.frozen).toBe(false);
    expect((await bullseye(...at("audiences", "freeze", "win-back"))).code).toBe(2);
  });
});

test("doctor is content where nothing has been run yet", async () => {
  const { code, out } = await bullseye("doctor", "--home", join(folder, "nowhere"), "--json");
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ ok: true });
  expect(existsSync(join(folder, "nowhere"))).toBe(false);
});

test("every run leaves a report that its record names", async () => {
  const { runs } = JSON.parse((await bullseye(...at("runs", "--json"))).out) as {
    runs: Array<{ list: string | null; report: string | null }>;
  };
  expect(runs.length).toBeGreaterThanOrEqual(3);
  for (const { report } of runs) expect(readFileSync(join(home, report!), "utf8")).toContain("Bullseye run report");
  const fair = runs.find(({ list }) => list === "fair")!;
  expect(readFileSync(join(home, fair.report!), "utf8")).toContain("4 + 2 + 1 + 1 = 8 of 8 rows");
});
