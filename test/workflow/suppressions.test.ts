import type { AudienceCounts } from "@bullseye/core/ledger/records";
import { type ContactListing, listContacts } from "@bullseye/core/queries/contacts";
import { trace } from "@bullseye/core/queries/trace";
import { describe, expect, test } from "vitest";
import { TestHome, type TestList } from "./support.ts";

const AUDIENCES = `audiences:
  - { id: all, name: All, platform: linkedin, mode: file, include: { employees: { atLeast: 1 } }, limits: { removeShare: 1, addShare: 1 } }
  - { id: cross-sell, name: Cross-sell, platform: linkedin, mode: file, suppress: [competitors], include: { employees: { atLeast: 1 } }, limits: { removeShare: 1, addShare: 1 } }
`;

const companies = (n: number): TestList => ({
  name: "crm.csv",
  kind: "accounts",
  text: `Company,Website,Employees\n${Array.from({ length: n }, (_, k) => `Company ${k},c${k}.example,500`).join("\n")}\n`,
});

const never = (text: string, list = "never"): TestList => ({ name: `${list}.csv`, list, kind: "suppressions", text });

const of = (counts: readonly AudienceCounts[] | undefined, id: string): AudienceCounts => counts!.find((each) => each.id === id)!;

async function peopleOf(ports: Parameters<typeof listContacts>[0]): Promise<ContactListing[]> {
  const people: ContactListing[] = [];
  for await (const each of listContacts(ports)) people.push(each);
  return people;
}

describe("classes of suppressions", () => {
  test("an audience leaves out those that it respects, and everybody who opted out", async () => {
    const home = new TestHome({ config: { audiences: AUDIENCES } });
    await home.drop(companies(6));
    const run = await home.drop(
      never("Domain,Reason\nc0.example,customer\nc1.example,competitor\nc2.example,unsubscribed\nc3.example,open deal\n"),
    );
    expect(of(run.audiences, "all")).toMatchObject({
      desired: 2,
      blocked: [
        { rule: "suppressed", reason: "suppressed as competitors", n: 1 },
        { rule: "suppressed", reason: "suppressed as customers", n: 1 },
        { rule: "suppressed", reason: "suppressed as opted out; nobody is told of them", n: 1 },
        { rule: "suppressed", reason: "suppressed for open deals", n: 1 },
      ],
    });
    expect(of(run.audiences, "cross-sell")).toMatchObject({ desired: 4, blocked: [{ n: 1 }, { n: 1 }] });
    const { ports } = await home.at("2026-11-20");
    const why = (await trace(ports, "c0.example")).find(({ what }) => what === "suppressed");
    expect(why?.why).toBe("customers: customer");
  });

  test("versions and rows of one list, and several lists, suppress together", async () => {
    const home = new TestHome({ config: { audiences: AUDIENCES } });
    await home.drop(companies(3));
    await home.drop(never("Domain,Reason\nc0.example,customer\nc1.example,customer\nc1.example,opted out\n"));
    await home.drop(never("Domain\nc2.example\n", "our-customers"));
    expect(of((await home.drop(never("Domain\nc2.example\n", "competitors"))).audiences, "cross-sell")).toMatchObject({
      desired: 1,
    });
    const run = await home.drop(never("Domain,Reason\nc0.example,competitor\n"));
    expect(of(run.audiences, "cross-sell")).toMatchObject({ desired: 0 });
    expect(of((await (await home.at("2026-11-20")).undo("competitors")).run.audiences, "cross-sell")).toMatchObject({
      desired: 1,
    });
  });

  test("a person's address keeps nobody but that person out", async () => {
    const home = new TestHome({ config: { audiences: AUDIENCES } });
    await home.drop(companies(1));
    await home.drop({
      name: "people.csv",
      kind: "contacts",
      text: "E-mail,Title,Company\nKim@C0.example,CFO,Company 0\nlee@c0.example,CTO,Company 0\n",
    });
    const run = await home.drop(never("Email,Reason\n KIM@c0.example,opt-out\n"));
    expect(of(run.audiences, "all")).toMatchObject({ desired: 1, blocked: [] });
    const { ports } = await home.at("2026-11-20");
    const people = await peopleOf(ports);
    expect(people.map(({ title, consent, suppressed }) => [title, consent, suppressed]).sort()).toEqual([
      ["CFO", "denied", "opted-out: opt-out"],
      ["CTO", "unknown", null],
    ]);
  });
});

describe("a run without a suppression list", () => {
  test("waits until somebody acknowledges that for the audience, once", async () => {
    const home = new TestHome({ config: { audiences: AUDIENCES } });
    const first = of((await home.drop(companies(3))).audiences, "all");
    expect(first).toMatchObject({ awaitingApproval: true, unsuppressed: null });
    expect(first.approvalReasons.at(-1)).toMatch(/^no-suppressions: /);
    const done = of((await home.approve()).audiences, "all");
    expect(done.unsuppressed).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(of((await home.drop(companies(4))).audiences, "all")).toMatchObject({ awaitingApproval: false, exported: 4 });
  });

  test("is asked anew when a list stood and went, and not for what only removes", async () => {
    const home = new TestHome({ config: { audiences: AUDIENCES } });
    await home.drop(companies(10));
    await home.approve();
    const suppressed = of((await home.drop(never("Domain\nc1.example\n"))).audiences, "all");
    expect(suppressed).toMatchObject({ remove: 1, awaitingApproval: false });
    expect(suppressed).not.toHaveProperty("unsuppressed");
    const { run } = await (await home.at("2026-11-20")).undo("never");
    expect(of(run.audiences, "all")).toMatchObject({ add: 1, awaitingApproval: true, unsuppressed: null });
    expect(of(run.audiences, "all").approvalReasons).toEqual([expect.stringMatching(/^no-suppressions: /)]);
    const smaller = await home.drop({ ...companies(9), mode: "snapshot" });
    expect(of(smaller.audiences, "all")).toMatchObject({ add: 1, remove: 1, awaitingApproval: true });
    await home.approve();
    const shrunk = await home.drop({ ...companies(8), mode: "snapshot" });
    expect(of(shrunk.audiences, "all")).toMatchObject({ add: 0, remove: 1, awaitingApproval: false });
  });

  test("does not ask where one stands from the beginning", async () => {
    const home = new TestHome({ config: { audiences: AUDIENCES } });
    await home.drop(never("Domain\nelsewhere.example\n"));
    const planned = of((await home.drop(companies(3))).audiences, "all");
    expect(planned.approvalReasons).toEqual(["first push of this audience"]);
  });
});
