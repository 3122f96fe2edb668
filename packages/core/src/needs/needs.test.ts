import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { OrderLine } from "../account/facts.ts";
import { NEED_WEIGHTS } from "./config.ts";
import { evidenceOf, type Told } from "./evidence.testing.ts";
import { classifyNeeds, levelOf, needScore, playOf } from "./needs.ts";
import { NEED_AXES, needSignals } from "./signals.ts";

const needs = (told: Told) => classifyNeeds(evidenceOf(told), {});
const values = (told: Told) => Object.fromEntries(Object.entries(needs(told)).map(([name, cell]) => [name, cell!.value]));
const line = (fields: Partial<OrderLine>, times = 1) => Array.from({ length: times }, () => fields);

describe("classifyNeeds", () => {
  it("says nothing of a company of which only firmographics are known", () => {
    expect(needs({ fields: { vertical: "healthcare", employees: 300, ownership: "government", sizeClass: "large" } })).toEqual(
      {},
    );
  });

  it("abstains on one signal and answers on two independent ones", () => {
    expect(needs({ fields: { slaLevel: "Platinum" } })).toEqual({});
    expect(values({ fields: { slaLevel: "Platinum", customerPriority: "High" } })).toEqual({
      "needs.serviceExpectation": "high",
      "needs.serviceExpectation.score": 100,
    });
  });

  it("counts signals of one column once", () => {
    const input = evidenceOf({ fields: { vertical: "retail" }, lines: line({ channel: "website" }, 4) });
    expect(needSignals("priceSensitivity", input).map((signal) => signal.source)).toEqual(["vertical"]);
    expect(classifyNeeds(input, {})).toEqual({});
  });

  it("finds a buyer by quotes of made-to-measure goods for whom service counts", () => {
    const cells = needs({
      fields: { vertical: "healthcare", slaLevel: "gold" },
      lines: line({ channel: "quote", text: "custom spec, sla applies" }, 4),
    });
    expect(cells["needs.customisation"]).toMatchObject({ value: "high", method: "derived", source: "rule:needs-customisation" });
    expect(cells["needs.customisation"]!.evidence).toContain("100 % of 4 orders came from a quote (+30)");
    expect(cells["needs.serviceExpectation"]!.value).toBe("high");
    expect(cells["needs.play"]).toMatchObject({ value: "concierge", evidence: ["customisation high, serviceExpectation high"] });
  });

  it("finds a price buyer of one category", () => {
    const lines = line({ discount: 0.2, category: "paper", sku: "p1" }, 5);
    expect(values({ fields: { vertical: "retail" }, lines })).toMatchObject({
      "needs.priceSensitivity": "high",
      "needs.priceSensitivity.score": 88,
      "needs.featureBreadth": "low",
      "needs.featureBreadth.score": 10,
      "needs.play": "value",
    });
  });

  it("lets full prices and other reasons for losing lower the price axis", () => {
    const cells = values({
      lines: line({ discount: 0 }, 6),
      deals: ["competitor", "timing", "product"].map((lostReason) => ({ outcome: "lost" as const, lostReason })),
    });
    expect(cells).toEqual({ "needs.priceSensitivity": "low", "needs.priceSensitivity.score": 14 });
  });

  it("does not take missing discounts, channels or reasons for an answer", () => {
    expect(needs({ lines: line({}, 9), deals: [{ outcome: "lost" }, { outcome: "won" }] })).toEqual({});
  });

  it("grows surer with sources and never surer than derived values may be", () => {
    const two = needs({ fields: { slaLevel: "gold", customerPriority: "high" } })["needs.serviceExpectation"]!;
    const three = needs({ fields: { slaLevel: "gold", customerPriority: "high", vertical: "healthcare" } })[
      "needs.serviceExpectation"
    ]!;
    expect(two.confidence).toBeCloseTo(0.533, 3);
    expect(three.confidence).toBeCloseTo(0.6, 10);
  });

  it("keeps scores within 0..100, levels in step with them and two sources behind each", () => {
    const told: fc.Arbitrary<Told> = fc.record(
      {
        fields: fc.record(
          {
            vertical: fc.constantFrom("retail", "healthcare", "education", "other"),
            slaLevel: fc.constantFrom("gold", "bronze", "x"),
            customerPriority: fc.constantFrom("high", "low", "unknown"),
            technologies: fc.constantFrom(["SAP Ariba"], ["NetSuite", "Odoo"], ["WordPress"]),
            description: fc.constantFrom("OEM parts", "a bakery"),
            ownership: fc.constantFrom("government", "private"),
          },
          { requiredKeys: [] },
        ) as fc.Arbitrary<Record<string, string>>,
        lines: fc.array(
          fc.record(
            {
              channel: fc.constantFrom("website", "phone", "amazon", "ariba", "quote"),
              discount: fc.constantFrom(0, 0.5),
              category: fc.constantFrom("a", "b", "c", "d"),
              text: fc.constantFrom("bespoke", "cheapest", "same-day", "plain"),
              poNumber: fc.boolean(),
              shipTo: fc.constantFrom("DE|1|a", "DE|2|b", "DE|3|c"),
            },
            { requiredKeys: [] },
          ),
          { maxLength: 12 },
        ),
        deals: fc.array(
          fc.record({ outcome: fc.constant("lost" as const), lostReason: fc.constantFrom("price", "service", "timing") }),
        ),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(told, (each) => {
        const input = evidenceOf(each);
        const cells = classifyNeeds(input, {});
        for (const axis of NEED_AXES) {
          const signals = needSignals(axis, input);
          const sources = new Set(signals.map((signal) => signal.source)).size;
          const score = cells[`needs.${axis}.score`];
          expect(score === undefined).toBe(sources < 2);
          if (score === undefined) continue;
          expect(score.value).toBeGreaterThanOrEqual(0);
          expect(score.value).toBeLessThanOrEqual(100);
          expect(cells[`needs.${axis}`]!.value).toBe(levelOf(score.value as number));
          expect(score.confidence).toBeLessThanOrEqual(0.8);
          expect(score.evidence!.length).toBe(signals.length);
        }
      }),
    );
  });
});

describe("needScore and playOf", () => {
  it("adds points to the middle and stays on the scale", () => {
    const signal = (points: number) => ({ source: "x", points, evidence: "" });
    expect(needScore([])).toBe(50);
    expect(needScore([signal(20), signal(-5)])).toBe(65);
    expect(needScore([signal(80)])).toBe(100);
    expect(needScore([signal(-80)])).toBe(0);
  });

  it("cuts at 33 and 66", () => {
    expect([32, 33, 66, 67].map(levelOf)).toEqual(["low", "medium", "medium", "high"]);
  });

  it("can reach every level of every axis", () => {
    for (const axis of NEED_AXES) {
      const points = Object.values(NEED_WEIGHTS[axis]).flatMap((weight) =>
        "points" in weight ? [weight.points] : [weight.high, weight.low],
      );
      const sum = (keep: (each: number) => boolean) =>
        needScore(points.filter(keep).map((each) => ({ source: "", points: each, evidence: "" })));
      expect(levelOf(sum((each) => each > 0))).toBe("high");
      expect(levelOf(sum((each) => each < 0))).toBe("low");
    }
  });

  it("answers a play only where the levels decide", () => {
    expect(playOf({ customisation: "low", serviceExpectation: "low" })).toBe("convenience");
    expect(playOf({ priceSensitivity: "high" })).toBe(null);
    expect(playOf({ customisation: "high", serviceExpectation: "medium" })).toBe(null);
  });
});
