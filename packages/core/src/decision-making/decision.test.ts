import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Interval } from "../account/attribute.ts";
import { evidenceOf, type Told } from "../needs/evidence.testing.ts";
import { committeeOf } from "./committee.ts";
import { classifyDecision } from "./decision.ts";

const decide = (told: Told) => classifyDecision(evidenceOf(told), {});
const values = (told: Told) => Object.fromEntries(Object.entries(decide(told)).map(([name, cell]) => [name, cell!.value]));

describe("classifyDecision", () => {
  it("says nothing where nothing is known", () => {
    expect(decide({ fields: { name: "Example", vertical: "retail" } })).toEqual({});
    expect(decide({ lines: [{ currency: undefined, amount: undefined }], deals: [{ outcome: "open" }], contacts: [{}] })).toEqual(
      {},
    );
  });

  it("answers by the size prior where nothing else is known, as a prior", () => {
    expect(decide({ fields: { employees: 300 } })).toEqual({
      "decision.committeeSize": {
        value: 4,
        range: [3, 6],
        confidence: 0.4,
        method: "prior",
        source: "rule:committee",
        asOf: "2026-01-01",
        evidence: ["companies of 100-499 employees: 4 (3-6)"],
      },
      "decision.committeeBand": expect.objectContaining({ value: "medium", method: "prior" }),
    });
  });

  it.each([
    [9, 1, [1, 2], 0.4],
    [49, 2, [1, 3], 0.4],
    [[11, 50], 2, [1, 3], 0.4],
    [[51, 200], 3, [2, 6], 0.2],
    [[501, 1000], 6, [4, 9], 0.4],
    [[10_001, null], 8, [5, 13], 0.4],
    [[null, 9], 1, [1, 2], 0.4],
  ] as const)("employees %j: %i people", (employees, people, range, confidence) => {
    const cell = decide({ fields: { employees: employees as number | Interval } })["decision.committeeSize"]!;
    expect([cell.value, cell.range, cell.confidence]).toEqual([people, range, confidence]);
  });

  it("takes the size class where employees are unknown", () => {
    expect(values({ fields: { sizeClass: "enterprise" } })["decision.committeeSize"]).toBe(8);
    expect(values({ fields: { sizeClass: "unknown" } })).toEqual({});
  });

  it("lets small orders need fewer people and large deals more", () => {
    const size = (amount: number) =>
      values({ fields: { employees: 300 }, deals: [{ amount, currency: "EUR" }] })["decision.committeeSize"];
    expect([100_000, 2_000_000, 10_000_000, 50_000_000].map(size)).toEqual([2, 4, 5, 6]);
  });

  it("learns from won deals, and more from more of them", () => {
    const told = (deals: number): Told => ({
      fields: { employees: 300 },
      deals: Array.from({ length: deals }, () => ({
        roles: ["a", "b", "c", "d", "e", "f", "g", "h"],
        createdAt: "2025-01-01",
        closedAt: "2025-03-02",
      })),
    });
    const [one, five] = [decide(told(1)), decide(told(5))];
    const [a, b] = [one["decision.committeeSize"]!, five["decision.committeeSize"]!];
    expect(a.method).toBe("derived");
    expect(a.value).toBeGreaterThan(4);
    expect(b.value).toBeGreaterThanOrEqual(a.value as number);
    expect(b.confidence).toBeGreaterThan(a.confidence);
    expect(b.evidence![0]).toBe("8 roles on a won deal (5 deals)");
    expect(five["decision.cycleDays"]!.evidence![0]).toMatch(/^(59|60|61) days to a won deal \(median of 5\)$/);
    expect(five["decision.cycleBand"]!.value).toBe("medium");
  });

  it("does not take a CRM's zeros for observations", () => {
    const zeros = { employees: 300, buyingRoles: 0, decisionMakers: 0, associatedContacts: 0 };
    expect(decide({ fields: zeros })).toEqual(decide({ fields: { employees: 300 } }));
  });

  it("moves up to known roles and down to associated contacts without narrowing", () => {
    const contacts = ["CFO", "Buyer", "IT Manager", "Legal Counsel", "CEO", "Store Manager"].map((title) => ({ title }));
    const up = decide({ fields: { employees: 300 }, contacts })["decision.committeeSize"]!;
    expect([up.value, up.method, up.confidence]).toEqual([6, "prior", 0.4]);
    expect(decide({ fields: { employees: 300, associatedContacts: 3 } })["decision.committeeSize"]!.value).toBe(3);
    expect(decide({ fields: { employees: 300, associatedContacts: 1 } })["decision.committeeSize"]!.value).toBe(3);
    expect(decide({ fields: { employees: 300, associatedContacts: 40 } })["decision.committeeSize"]!.value).toBe(4);
  });

  it("estimates the cycle by value, by stated days, and lets open deals only lengthen it", () => {
    const cycle = (told: Told) => decide(told)["decision.cycleDays"];
    expect(cycle({ lines: [{ amount: 1_000_000 }] })).toMatchObject({
      value: 30,
      range: [14, 75],
      method: "prior",
      confidence: 0.4,
    });
    expect(cycle({ fields: { daysToClose: 40 } })).toMatchObject({ method: "derived", evidence: ["40 days to close"] });
    const open = { outcome: "open", createdAt: "2025-10-01" } as const;
    expect(cycle({ deals: [open] })).toBe(undefined);
    const waiting = cycle({ lines: [{ amount: 1_000_000 }], deals: [open] })!;
    expect([waiting.value, waiting.evidence![0]]).toEqual([75, "1 open deal, 92 days old in the middle"]);
  });

  it("says nothing of value in a currency that is not about a dollar", () => {
    expect(values({ lines: [{ amount: 1_000_000, currency: "JPY" }] })).toEqual({});
    expect(values({ lines: [{ amount: 1_000_000, currency: "" }] })).toEqual({});
  });

  it("knows tenders, approved vendors and ad hoc buying, and abstains between", () => {
    const formality = (told: Told) => values(told)["decision.formality"];
    expect(formality({ fields: { ownership: "government" } })).toBe("tender_rfp");
    expect(formality({ fields: { vertical: "education" } })).toBe("tender_rfp");
    expect(formality({ lines: [{ poNumber: true }, { poNumber: false }] })).toBe("approved_vendor");
    expect(formality({ lines: [{ paymentTerms: "net 30" }] })).toBe("approved_vendor");
    expect(formality({ lines: [{ channel: "ariba" }] })).toBe("approved_vendor");
    expect(formality({ lines: Array(4).fill({ poNumber: false }) })).toBe("ad_hoc");
    expect(formality({ lines: Array(2).fill({ poNumber: false }) })).toBe(undefined);
    expect(formality({ lines: Array(9).fill({}) })).toBe(undefined);
  });

  it("lists the departments that titles show", () => {
    const contacts = ["CFO", "Buyer", "Store Manager", "asdf"].map((title) => ({ title }));
    expect(values({ contacts })["decision.departments"]).toEqual(["procurement", "finance", "operations", "user_dept"]);
  });

  it("puts the index together where half of its weight is known", () => {
    const cells = decide({ fields: { employees: 5000, ownership: "government", daysToClose: 200 } });
    const index = cells["decision.dmci"]!;
    expect(index.evidence).toEqual([
      "8 people (5-13)",
      expect.stringMatching(/^\d+ days \(\d+-\d+\)$/),
      "tender_rfp",
      "structure unknown",
    ]);
    expect(cells["decision.band"]!.value).toBe("enterprise");
    const [low, high] = index.range as [number, number];
    expect(low).toBeLessThan(index.value as number);
    expect(high).toBeGreaterThan(index.value as number);
    expect(decide({ fields: { employees: 5000 } })["decision.dmci"]).toBe(undefined);
  });

  it("calls an index of two priors a prior", () => {
    const index = decide({ fields: { employees: 300 }, lines: [{ amount: 1_000_000 }] })["decision.dmci"]!;
    expect([index.method, index.confidence <= 0.4]).toEqual(["prior", true]);
  });
});

describe("committeeOf", () => {
  it("stays within its range, at one person or more, and is no surer than its method allows", () => {
    const fields = fc.record(
      {
        employees: fc.oneof(fc.nat(50_000), fc.constantFrom<Interval>([11, 50], [51, 200], [10_001, null], [null, 10])),
        buyingRoles: fc.nat(30),
        decisionMakers: fc.nat(30),
        associatedContacts: fc.nat(200),
      },
      { requiredKeys: [] },
    ) as fc.Arbitrary<Record<string, number>>;
    const deals = fc.array(
      fc.record({
        roles: fc.uniqueArray(fc.constantFrom("a", "b", "c", "d", "e")),
        amount: fc.nat(90_000_000),
        currency: fc.constant("USD"),
      }),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(fc.record({ fields, deals }, { requiredKeys: [] }), (told) => {
        const input = evidenceOf(told);
        const cells = classifyDecision(input, {});
        const cell = cells["decision.committeeSize"];
        if (cell === undefined) {
          expect(input.attributes.employees).toBe(undefined);
          return;
        }
        const [low, high] = cell.range as [number, number];
        expect(low).toBeGreaterThanOrEqual(1);
        expect(cell.value).toBeGreaterThanOrEqual(low);
        expect(cell.value).toBeLessThanOrEqual(high);
        expect(cell.confidence).toBeLessThanOrEqual(cell.method === "prior" ? 0.4 : 0.8);
        expect(classifyDecision(input, {})).toEqual(cells);
      }),
    );
  });

  it("hands out shared evidence unchanged", () => {
    const before = JSON.stringify(committeeOf(evidenceOf({ fields: { employees: 300 } }), null));
    decide({ fields: { employees: 300, buyingRoles: 7 }, contacts: [{ title: "CFO" }, { title: "Buyer" }] });
    expect(JSON.stringify(committeeOf(evidenceOf({ fields: { employees: 300 } }), null))).toBe(before);
  });
});
