import { readFileSync } from "node:fs";
import { join } from "node:path";
import { linkedin } from "@bullseye/connectors/ads/linkedin/index";
import type { MemberRow } from "@bullseye/core/audiences/delivery";
import type { AudienceCounts } from "@bullseye/core/ledger/records";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startPlatform, type TestPlatform } from "./platform.ts";
import { filesUnder } from "./store-content.ts";
import { TestHome, type TestList } from "./support.ts";

const audience = (id: string, mode: "file" | "api", least: number, more = ""): string =>
  `  - { id: ${id}, name: ${id}, platform: linkedin, mode: ${mode}, include: { employees: { atLeast: ${least} } }${more} }\n`;
const FILE = `audiences:\n${audience("large", "file", 100)}`;
const API = `audiences:\n${audience("large", "api", 100)}`;

/** Companies 0 … n-1 with 500 employees each, but for those in `small`. */
function companies(n: number, small: readonly number[] = [], list = "crm"): TestList {
  const rows = Array.from({ length: n }, (_, k) => `Company ${k},www.c${k}.example,DE,${small.includes(k) ? 5 : 500}`);
  return {
    name: `${list}.csv`,
    list,
    kind: "accounts",
    mode: "snapshot",
    text: `Company,Website,Country,Employees\n${rows.join("\n")}\n`,
  };
}

const domains = (n: number, without: readonly number[] = []): string[] =>
  Array.from({ length: n }, (_, k) => k)
    .flatMap((k) => (without.includes(k) ? [] : [`c${k}.example`]))
    .sort();

async function membersOf(home: TestHome, id: string): Promise<MemberRow[]> {
  const members: MemberRow[] = [];
  for await (const member of (await home.at("2026-11-20")).ports.audiences.members(id)) members.push(member);
  return members;
}

/** The records of a file in the outbox. */
function upload(home: TestHome, path: string): { header: string[]; rows: string[][] } {
  const [header, ...rows] = parse(readFileSync(join(home.path, path), "utf8"), { bom: true }) as string[][];
  return { header: header!, rows };
}

const website = (row: readonly string[]): string => row[1]!;
const outbox = (home: TestHome): string[] => Object.keys(filesUnder(home.path, "outbox"));
const settled = ({ exported, accepted, confirmed, rejected, parked, pending }: AudienceCounts): number =>
  exported + accepted + confirmed + rejected + parked + pending;

describe("an audience that a person uploads", () => {
  test("writes nothing before approval, then the whole list in the platform's template", async () => {
    const home = new TestHome({ config: { audiences: FILE } });
    const run = await home.drop(companies(12, [3]));
    expect(run.audiences).toMatchObject([
      {
        id: "large",
        desired: 11,
        told: 0,
        add: 11,
        remove: 0,
        awaitingApproval: true,
        approvalReasons: ["first push of this audience", expect.stringMatching(/^no-suppressions: /)],
        pending: 11,
      },
    ]);
    expect(outbox(home)).toEqual([]);
    expect(await membersOf(home, "large")).toEqual([]);

    await home.at("2026-11-20");
    const [done] = (await home.approve()).audiences!;
    expect(done).toMatchObject({ awaitingApproval: false, exported: 11, pending: 0 });
    expect(settled(done!)).toBe(11);
    expect(outbox(home)).toEqual([`outbox/linkedin/large/${done!.hash}/linkedin-companies.csv`]);
    expect(done!.files).toEqual(outbox(home));
    const { header, rows } = upload(home, done!.files[0]!);
    expect(header.join(",")).toBe(
      "companyname,companywebsite,companyemaildomain,linkedincompanypageurl,stocksymbol,industry,city,state,companycountry,zipcode",
    );
    expect(rows.map(website).sort()).toEqual(domains(12, [3]));
    const members = await membersOf(home, "large");
    expect(members.map((member) => member.state)).toEqual(new Array(11).fill("exported"));
    expect(new Set(members.map((member) => member.account)).size).toBe(11);
  });

  test("plans only the difference and writes the whole list again", async () => {
    const home = new TestHome({ config: { audiences: FILE } });
    await home.drop(companies(12));
    await home.approve();
    const run = await home.drop(companies(13));
    const [planned] = run.audiences!;
    expect(planned).toMatchObject({ desired: 13, told: 12, add: 1, remove: 0, awaitingApproval: false, exported: 13 });
    expect(upload(home, planned!.files[0]!).rows.map(website).sort()).toEqual(domains(13));
    expect(outbox(home)).toHaveLength(2);
    const again = (await (await home.at("2026-11-20")).refresh()).run;
    expect(again.audiences).toMatchObject([{ desired: 13, told: 13, add: 0, remove: 0, hash: null }]);
    expect(outbox(home)).toHaveLength(2);
  });

  test("honours a suppression that comes between plan and sending", async () => {
    const home = new TestHome({ config: { audiences: FILE } });
    await home.drop(companies(12));
    const open = await home.at("2026-11-20");
    const [accounts] = (await home.accounts()).filter((item) => item.result!.show.domain === "c7.example");
    await open.ports.accounts.save(
      {
        accounts: [],
        accountsGone: [],
        parked: [],
        parkedGone: [],
        aliases: [],
        aliasesGone: [],
        facts: [],
        factsGone: [],
        suppressions: [
          { key: accounts!.id, list: "never", version: 1, entry: { type: "domain", value: "c7.example", reason: "asked" } },
        ],
        suppressionsGone: [],
      },
      1_000,
    );
    const [done] = (await home.approve()).audiences!;
    expect(upload(home, done!.files[0]!).rows.map(website).sort()).toEqual(domains(12, [7]));
    const refused = (await membersOf(home, "large")).filter((member) => member.state !== "exported");
    expect(refused).toMatchObject([{ account: accounts!.id, state: "parked", reason: "suppressed" }]);
    expect(done).toMatchObject({ exported: 11, parked: 1 });
  });

  test("takes a company out when a suppression list comes", async () => {
    const home = new TestHome({ config: { audiences: FILE } });
    await home.drop(companies(12));
    await home.approve();
    const run = await home.drop({
      name: "never.csv",
      kind: "suppressions",
      text: "Domain,Reason\nhttps://WWW.C7.example/,asked\n",
    });
    expect(run.audiences).toMatchObject([
      {
        desired: 11,
        told: 12,
        add: 0,
        remove: 1,
        awaitingApproval: false,
        exported: 11,
        blocked: [{ rule: "suppressed", n: 1 }],
      },
    ]);
    expect(upload(home, run.audiences![0]!.files[0]!).rows.map(website).sort()).toEqual(domains(12, [7]));
  });

  test("never has companies of a list whose origin nobody declared, though they are stored and scored", async () => {
    const home = new TestHome({ config: { audiences: FILE } });
    const run = await home.drop({ ...companies(5), origin: "unknown" });
    expect(run.audiences).toMatchObject([{ desired: 0, add: 0, hash: null, blocked: [{ rule: "undeclared-origin", n: 5 }] }]);
    const accounts = await home.accounts();
    expect(accounts).toHaveLength(5);
    for (const { result } of accounts) {
      expect(result!.tier).toMatch(/^([ABCD]|unknown)$/);
      expect(result!.audiences).toEqual([]);
    }
    await home.approve();
    expect(outbox(home)).toEqual([]);
    // Declared later, the same bytes are wanted.
    const outcome = await home.dropped({ ...companies(5), origin: "first-party" });
    expect(outcome.alreadyImported).toBe(true);
    const open = await home.at("2026-11-20");
    expect((await open.refresh()).run.audiences).toMatchObject([{ desired: 5, add: 5, blocked: [] }]);
  });

  test("asks the policy by origin, country and identifier", async () => {
    const policy = `
rules:
  - { id: no-french, decision: deny, country: FR, reason: not in France }
  - { id: no-broker-names, decision: deny, origin: broker, identifier: [name, linkedin-page], reason: licence }
  - { id: broker-domains, decision: allow, origin: broker, identifier: [domain, place, industry], reason: licence, source: contract }
  - { id: own, decision: allow, origin: first-party, reason: own, source: own records }
  - { id: unread, decision: allow, origin: public, reason: nobody read a source for this }
`;
    const home = new TestHome({ config: { audiences: FILE, policy } });
    await home.drop(companies(2));
    await home.drop({
      name: "vendor.csv",
      kind: "accounts",
      origin: "broker",
      text: "Company,Website,Country,Employees\nBroker One,one.example,DE,300\nBroker Two,two.example,FR,300\nBroker Name,,DE,300\n",
    });
    await home.drop({
      name: "register.csv",
      kind: "accounts",
      origin: "public",
      text: "Company,Website,Country,Employees\nPublic,public.example,DE,300\n",
    });
    await home.approve();
    const open = await home.at("2026-11-20");
    const [counts] = (await open.refresh()).run.audiences!;
    expect(counts!.desired).toBe(3);
    expect(Object.fromEntries(counts!.blocked.map(({ rule, n }) => [rule, n]))).toEqual({
      "no-french": 1,
      "no-broker-names": 1,
      unread: 1,
    });
    const [path] = outbox(home).slice(-1);
    const rows = upload(home, path!).rows.map((row) => row.slice(0, 2));
    expect(rows.sort()).toEqual([
      ["", "one.example"],
      ["Company 0", "c0.example"],
      ["Company 1", "c1.example"],
    ]);
  });

  test("counts two accounts of one domain as one member", async () => {
    const home = new TestHome({ config: { audiences: FILE } });
    const text = [
      "Company,Website,Registration Number,Country,Employees",
      "Twin East,twin.example,HRB 1111 Berlin,DE,300",
      "Twin West,twin.example,HRB 2222 Bonn,DE,300",
      "Alone,alone.example,,DE,300",
    ];
    const run = await home.drop({ name: "crm.csv", kind: "accounts", text: `${text.join("\n")}\n` });
    const accounts = await home.accounts();
    const twins = accounts.filter((item) => item.result!.show.domain === "twin.example");
    const [counts] = run.audiences!;
    expect(counts!.desired).toBe(2);
    expect(counts!.blocked).toEqual(twins.length === 2 ? [expect.objectContaining({ rule: "same-member", n: 1 })] : []);
    const [done] = (await home.approve()).audiences!;
    expect(upload(home, done!.files[0]!).rows.map(website).sort()).toEqual(["alone.example", "twin.example"]);
  });

  test("waits for approval of what is large, and of nothing else", async () => {
    const home = new TestHome({ config: { audiences: FILE } });
    await home.drop(companies(20));
    await home.approve();
    const small = await home.drop(companies(20, [0, 1]));
    expect(small.audiences).toMatchObject([{ remove: 2, told: 20, awaitingApproval: false, exported: 18 }]);
    const large = await home.drop(companies(20, [0, 1, 2, 3]));
    expect(large.audiences).toMatchObject([{ remove: 2, told: 18, awaitingApproval: true }]);
    expect(large.audiences![0]!.approvalReasons.join()).toContain("removes 2 of 18");
    expect(outbox(home)).toHaveLength(2);
    const back = await home.drop(companies(20, [0, 1, 2]));
    expect(back.audiences).toMatchObject([{ remove: 1, awaitingApproval: false, exported: 17 }]);
    const half = await home.drop(companies(25, [0, 1, 2]));
    expect(half.audiences).toMatchObject([{ add: 5, awaitingApproval: false }]);
    const more = await home.drop(companies(37, [0, 1, 2]));
    expect(more.audiences).toMatchObject([{ add: 12, told: 22, awaitingApproval: true }]);
    expect(more.audiences![0]!.approvalReasons.join()).toContain("adds 12 to 22");
    expect((await home.approve()).audiences).toMatchObject([{ exported: 34, awaitingApproval: false }]);
    home.configure("audiences", `${FILE}# changed\n`);
    const configured = await home.drop(companies(38, [0, 1, 2]));
    expect(configured.audiences).toMatchObject([
      { add: 1, awaitingApproval: true, approvalReasons: ["first plan of a new configuration"] },
    ]);
  });
});

describe("an audience that is told by API", () => {
  let platform: TestPlatform;
  beforeAll(async () => {
    platform = await startPlatform();
  });
  afterAll(() => platform.sandbox.close());
  beforeEach(() => platform.sandbox.reset());

  const connected = (audiences = API): TestHome =>
    new TestHome({ config: { audiences }, environment: { ...platform.environment }, adjust: (ports) => platform.adjust(ports) });

  test("ends with the platform holding exactly what is desired, and every member confirmed", async () => {
    const home = connected();
    const run = await home.drop(companies(30, [4, 5]));
    expect(run.audiences).toMatchObject([{ desired: 28, awaitingApproval: true, pending: 28 }]);
    expect(platform.domains("large")).toBeNull();
    const [told] = (await home.approve()).audiences!;
    expect(told).toMatchObject({ confirmed: 28, pending: 0, parked: 0, rejected: 0, awaitingApproval: false });
    expect(platform.domains("large")).toEqual(domains(30, [4, 5]));
    const next = await home.drop(companies(32, [4, 5, 6]));
    expect(next.audiences).toMatchObject([{ desired: 29, told: 28, add: 2, remove: 1, awaitingApproval: false, confirmed: 29 }]);
    expect(platform.domains("large")).toEqual(domains(32, [4, 5, 6]));
    expect(platform.sandbox.state.violations).toEqual([]);
    const sent = platform.sandbox.state.requests
      .filter((request) => request.route === "members")
      .map((request) => request.elements);
    expect(sent).toEqual([28, 3]);
    expect((await (await home.at("2026-11-20")).refresh()).run.audiences).toMatchObject([{ add: 0, remove: 0, confirmed: 29 }]);
    expect(platform.sandbox.state.requests.filter((request) => request.route === "members")).toHaveLength(2);
  });

  test.each([
    ["drop-after-commit", 1],
    ["drop-before-commit", 1],
    ["throttle", 3],
    ["expire-token", 1],
    ["html-502", 2],
    ["html-502-after-commit", 1],
    ["short-answer", 1],
    ["transient-element", 1],
    ["not-ready", 2],
  ] as const)("is the same with the fault %s", async (fault, times) => {
    const home = connected();
    await home.drop(companies(30));
    await home.at("2026-11-20");
    platform.sandbox.faults.next(fault, { times, on: "members" });
    const [told] = (await home.approve()).audiences!;
    expect(platform.sandbox.faults.waiting).toEqual([]);
    expect(told).toMatchObject({ confirmed: 30, pending: 0, parked: 0, rejected: 0 });
    platform.sandbox.faults.next(fault, { on: "members" });
    const next = await home.drop(companies(31, [2, 3]));
    expect(next.audiences).toMatchObject([{ add: 1, remove: 2, confirmed: 29, pending: 0 }]);
    expect(platform.domains("large")).toEqual(domains(31, [2, 3]));
    const members = await membersOf(home, "large");
    expect(members.map((member) => member.state)).toEqual(new Array(29).fill("confirmed"));
    expect(new Set(members.map((member) => member.account)).size).toBe(29);
    expect(platform.sandbox.state.violations).toEqual([]);
  });

  test("an element that the platform refuses is rejected with the reason, the others stand", async () => {
    const home = connected();
    await home.drop(companies(10));
    await home.at("2026-11-20");
    platform.sandbox.faults.next("reject-element");
    const [told] = (await home.approve()).audiences!;
    expect(told).toMatchObject({ confirmed: 9, rejected: 1 });
    expect((await membersOf(home, "large")).filter((member) => member.state === "rejected")).toMatchObject([
      { reason: expect.stringContaining("organization urn") },
    ]);
    expect(platform.domains("large")).toHaveLength(9);
    expect((await (await home.at("2026-11-20")).refresh()).run.audiences).toMatchObject([{ add: 0, remove: 0, rejected: 1 }]);
  });

  test("parks without credentials, while an audience in file mode goes on", async () => {
    const both = `${API}${audience("everyone", "file", 1)}`;
    const environment: Record<string, string> = {
      LINKEDIN_AD_ACCOUNT: "1",
      LINKEDIN_SOURCE_PLATFORM: "BULLSEYE_SANDBOX",
      ...platform.sandbox.bases,
    };
    const home = new TestHome({ config: { audiences: both }, environment, adjust: (ports) => platform.adjust(ports) });
    await home.drop(companies(10, [1]));
    await home.at("2026-11-20");
    const counts = Object.fromEntries((await home.approve()).audiences!.map((each) => [each.id, each]));
    expect(counts.everyone).toMatchObject({ exported: 10, parked: 0 });
    expect(counts.large).toMatchObject({ confirmed: 0, parked: 9, pending: 0 });
    expect(counts.large!.parkedReason).toMatch(/accessToken/);
    expect(platform.sandbox.state.requests).toEqual([]);
    Object.assign(environment, platform.environment);
    const retried = Object.fromEntries((await home.approve()).audiences!.map((each) => [each.id, each]));
    expect(retried.large).toMatchObject({ confirmed: 9, parked: 0 });
    expect(retried.large!.parkedReason).toBeUndefined();
    expect(platform.domains("large")).toEqual(domains(10, [1]));
  });

  test("parks where the platform says that the account must be connected again, and goes on afterwards", async () => {
    const home = connected();
    await home.drop(companies(10));
    await home.at("2026-11-20");
    platform.sandbox.faults.next("expire-token");
    platform.sandbox.faults.next("revoke-refresh");
    const [parked] = (await home.approve()).audiences!;
    expect(parked).toMatchObject({ confirmed: 0, parked: 10 });
    expect(parked!.parkedReason).toMatch(/invalid_grant.*connect/);
    expect(parked!.parkedReason).not.toMatch(/sandbox-(access|refresh)/);
    platform.sandbox.reset();
    expect((await home.approve()).audiences).toMatchObject([{ confirmed: 10, parked: 0 }]);
    expect(platform.domains("large")).toEqual(domains(10));
  });

  test("honours a suppression list that comes while the push waits", async () => {
    const home = connected();
    await home.drop(companies(10));
    const run = await home.drop({ name: "never.csv", kind: "suppressions", text: "Domain,Reason\nc7.example,asked\n" });
    expect(run.audiences).toMatchObject([{ desired: 9, awaitingApproval: true }]);
    await home.approve();
    expect(platform.domains("large")).toEqual(domains(10, [7]));
  });

  test("takes out a company that was told when its list is withdrawn", async () => {
    const home = connected();
    await home.drop(companies(20));
    await home.drop({
      name: "fair.csv",
      kind: "accounts",
      text: "Company,Website,Country,Employees\nFair,fair.example,DE,400\n",
    });
    await home.approve();
    expect(platform.domains("large")).toContain("fair.example");
    const { run } = await (await home.at("2026-11-20")).undo("fair");
    expect(run.audiences).toMatchObject([{ desired: 20, remove: 1, awaitingApproval: false, confirmed: 20 }]);
    expect(platform.domains("large")).toEqual(domains(20));
  });

  test("names no company twice, whatever it is called by", () => {
    const key = (domain: string): string => linkedin.memberKey({ id: "", name: "x", domain });
    expect(key("c1.example")).toBe(key("https://WWW.C1.example/path"));
  });
});
